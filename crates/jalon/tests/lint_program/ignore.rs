//! What comments ask to ignore, and what is said of them.

use jalon::diagnostic::apply;
use std::fmt::Write;

use jalon::program::Loader;
use proptest::prelude::*;

use crate::codes;

/// The codes that loading it gives.
fn loaded(text: &str) -> Vec<&'static str> {
    let program = Loader::default().source("test.jalon", text).load().unwrap();
    program.diagnostics().list.iter().map(|d| d.code.id).collect()
}

const TWO: &str = "module A\n  N : liste X, X\n  M : liste Y, Y\n";

#[test]
fn a_comment_holds_for_the_file_the_declaration_or_the_line() {
    assert_eq!(codes(TWO), ["W0201", "W0201"]);
    let head = format!("# jalon: ignorer W0201\n\n{TWO}");
    assert_eq!(codes(&head), Vec::<&str>::new());
    let above =
        format!("module B\n  N : liste Z, Z\n# Des listes.\n# jalon : ignorer W0201\n{TWO}");
    assert_eq!(codes(&above), ["W0201"]);
    let first_line = TWO.replace("X, X\n", "X, X  # jalon: ignore W0201\n");
    assert_eq!(codes(&first_line), ["W0201"]);
    let second_line = TWO.replace("  M", "  # jalon: ignore W0201 (wanted)\n  # Twice.\n  M");
    assert_eq!(codes(&second_line), ["W0201"]);
    let both = first_line.replace("  M", "  # jalon: Ignorer w0201, N0401\n  M");
    assert_eq!(codes(&both), ["N0861"]);
}

#[test]
fn a_line_goes_on() {
    let text = "module A\n  N : texte\nscore S sur A\n  # jalon: ignorer W0207\n  +1 si N EST VIDE\n  \
                ET N N'EST PAS VIDE\n";
    assert!(codes(&text.replace("jalon:", "")).contains(&"W0207"));
    assert!(!codes(text).contains(&"W0207"), "{:?}", codes(text));
}

#[test]
fn loading_ignores_too_and_leaves_what_it_cannot_know() {
    assert_eq!(loaded(TWO), ["W0201", "W0201"]);
    let head = format!("# jalon: ignorer W0201, W0832\n\n{TWO}");
    assert_eq!(loaded(&head), Vec::<&str>::new());
    assert_eq!(codes(&head), ["N0861"]);
}

#[test]
fn errors_stay() {
    let text = "# jalon: ignorer E0159\n\nmodule A\n  N : txte\n";
    assert_eq!(codes(text), ["W0862", "E0159"]);
    let other = "# jalon: ignorer W0201\n\nmodule A\n  N : txte\n";
    assert_eq!(codes(other), ["E0159"], "what an error hides may be there");
}

#[test]
fn what_is_wrong_with_a_comment_is_said_with_a_way_out() {
    let cases = [
        ("# jalon: ignorer W9201\n", "W0860"),
        ("# jalon: ignorer tout\n", "W0860"),
        ("# jalon: ignorer W0201, W0404\n", "N0861"),
        ("# jalon: ignorer W0404, W0201\n", "N0861"),
        ("# jalon: ignorer W0201 et W0404\n", "W0201"),
        ("# jalon: ignorer\n", "W0863"),
        ("# jalon: ignorrer W0201\n", "W0864"),
        ("# jalon: ignorer N0861, W0404, W0201\n", ""),
        ("# jalon: ignorer N0861, W0201\n", "N0861"),
        ("# jalon : la langue des règles\n", "W0201"),
        ("# Le jalon: ignorer W0201\n", "W0201"),
    ];
    for (comment, code) in cases {
        let text = format!("{comment}\nmodule A\n  N : liste X, X\n");
        let list = Loader::default().source("test.jalon", &*text).check().list;
        let first = list.first().map_or("", |d| d.code.id);
        if comment.contains(" et ") {
            // After the codes comes a reason.
            assert!(list.is_empty(), "{comment}: {list:?}");
            continue;
        }
        assert_eq!(first, code, "{comment}: {list:?}");
        let Some(fix) = list.first().and_then(|d| d.fixes.last()).filter(|_| code != "W0201")
        else {
            continue;
        };
        let mended = apply(&text, &fix.edits);
        let again = codes(&mended);
        assert!(!again.contains(&code), "{comment}: {mended}");
    }
}

/// Declarations, each with a doubt or two.
const DOUBTFUL: [&str; 6] = [
    "module A{n}\n  N : liste X, X\n  M : liste Désabonné, Desabonné\n",
    "score S{n}\n  +0 si Nom EST VIDE\n  +1 si Nom EST VIDE ET Nom N'EST PAS Zoé\n",
    "score T{n}\n  +10 si Nom EST Zoé,\n    Léa\n  étoiles 1 dès 0, 2 dès 20\n",
    "règle \"R{n}\"\n  quand Nom modifié\n  alors\n    Nom : Zoé\n",
    "règle \"Q{n}\"\n  si Nom EST Zoé\n  alors\n    tâche \"T\"\n",
    "test \"t{n}\"\n  avec\n    Nom : Zoé\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// What is ignored for a file or a declaration is no more, and all else is as it was.
    #[test]
    fn what_is_ignored_vanishes_and_nothing_else(
        picked in prop::collection::vec((0..DOUBTFUL.len(), any::<bool>()), 1..6),
        codes in prop::sample::subsequence(
            vec!["W0201", "W0840", "W0844", "W0855", "W0857", "N0830", "N0202", "W0401", "W0545"], 0..6,
        ),
        head in any::<bool>(),
        carriage in any::<bool>(),
    ) {
        let comment = format!("# jalon: ignorer {}\n", codes.join(", "));
        let comment = if codes.is_empty() { String::new() } else { comment };
        let (mut plain, mut marked) = (String::new(), String::new());
        let mut held = Vec::new();
        if head && !codes.is_empty() {
            writeln!(marked, "{comment}").unwrap();
        }
        for (number, (which, ignored)) in picked.iter().enumerate() {
            let text = DOUBTFUL[*which].replace("{n}", &number.to_string());
            if *ignored && !head {
                marked += &comment;
            }
            held.push((plain.len(), head || *ignored));
            plain += &text;
            marked += &text;
        }
        if carriage {
            marked = marked.replace('\n', "\r\n");
        }
        let list = |text: &str| Loader::default().source("test.jalon", text).check().list;
        let place = |start: u32| held.iter().rev().find(|(from, _)| *from <= start as usize);
        let expected: Vec<_> = list(&plain)
            .iter()
            .filter(|d| {
                let ignored = place(d.span.start).is_some_and(|(_, ignored)| *ignored);
                !(ignored && codes.contains(&d.code.id))
            })
            .map(|d| d.code.id)
            .collect();
        let left = list(&marked);
        let left: Vec<_> = left.iter().map(|d| d.code.id).filter(|id| *id != "N0861").collect();
        prop_assert_eq!(left, expected, "{}", marked);
    }
}
