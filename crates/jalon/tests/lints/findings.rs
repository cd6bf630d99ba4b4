//! What lints say beside their code: which place, which other places, which way out. (Which program
//! gives which code is in the shared vectors.)

use std::path::Path;

use jalon::diagnostic::apply;
use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::source::Sources;
use jalon::syntax::{Limits, parse};

use crate::check;
use crate::random::MODULES;

/// The place, the labels and the text after the first fix, of the only finding on a criterion.
fn said(criterion: &str) -> (String, Vec<String>, Option<String>) {
    let text = format!("{MODULES}score S sur P\n  +1 si {criterion}\n");
    let found: Vec<_> =
        check(&text).into_iter().filter(|finding| finding.code.id.starts_with("W0")).collect();
    let [finding] = found.as_slice() else { panic!("{criterion}: {found:?}") };
    let at = |span: jalon::source::Span| text[span.start as usize..span.end as usize].to_owned();
    let fixed = finding.fixes.first().map(|fix| apply(&text, &fix.edits));
    let fixed = fixed.map(|text| text.split_once("+1 si ").unwrap().1.trim_end().to_owned());
    (at(finding.span), finding.labels.iter().map(|label| at(label.span)).collect(), fixed)
}

#[test]
fn a_contradiction_is_shown_by_the_parts_that_make_it() {
    let (place, labels, fix) =
        said("Montant > 10 ET (Nom EST a OU Pays EST Monaco) ET Rejet EST ✓ ET NON (Montant >= 5)");
    assert_eq!((place.as_str(), fix), ("NON (Montant >= 5)", None));
    assert_eq!(labels, ["Montant > 10"]);
}

#[test]
fn a_needless_part_goes_with_its_brackets_and_its_connective() {
    for (criterion, part, left) in [
        ("Montant > 10 ET Montant > 5", "Montant > 5", "Montant > 10"),
        ("Montant > 5 ET Montant > 10", "Montant > 5", "Montant > 10"),
        (
            "(Nom EST a OU Montant > 5) ET Montant > 10",
            "(Nom EST a OU Montant > 5)",
            "Montant > 10",
        ),
        (
            "Montant > 10 ET ((Nom EST a OU Montant > 5))",
            "((Nom EST a OU Montant > 5))",
            "Montant > 10",
        ),
        ("Montant > 10 ET NON (NON (Montant > 5))", "NON (NON (Montant > 5))", "Montant > 10"),
        ("NON (Montant > 5) ET Montant < 3", "NON (Montant > 5)", "Montant < 3"),
        (
            "Nom EST a ET (Montant > 5 OU Montant > 9 OU Rang > 3)",
            "Montant > 9",
            "Nom EST a ET (Montant > 5 OU Rang > 3)",
        ),
        (
            "Nom EST a\n    ET Montant > 10\n    ET Montant > 5",
            "Montant > 5",
            "Nom EST a\n    ET Montant > 10",
        ),
        (
            "Nom EST VIDE AND Nom NE CONTIENT PAS Directeur",
            "Nom NE CONTIENT PAS Directeur",
            "Nom EST VIDE",
        ),
        ("Nom CONTIENT Clic CRM, Open, Clic", "Clic CRM", "Nom CONTIENT Open, Clic"),
        ("Nom CONTIENT Clic, \"Clic CRM\"", "\"Clic CRM\"", "Nom CONTIENT Clic"),
    ] {
        let (place, _, fixed) = said(criterion);
        assert_eq!((place.as_str(), fixed.as_deref()), (part, Some(left)), "{criterion}");
    }
}

#[test]
fn the_part_that_is_enough_is_shown() {
    let (_, labels, _) = said("Pays EST France ET Montant > 10 ET Montant > 5");
    assert_eq!(labels, ["Montant > 10"]);
    // No other part alone is enough.
    let (place, labels, _) = said("Montant >= 3 ET Montant <= 3 ET Montant EST 3, 4");
    assert_eq!((place.as_str(), labels.len()), ("Montant EST 3, 4", 0));
}

#[test]
fn several_needless_parts_may_all_go() {
    let text =
        format!("{MODULES}score S sur P\n  +1 si Montant > 5 ET Montant > 5 ET Montant > 5\n");
    let found = check(&text);
    assert_eq!(found.len(), 2, "one of the three stays: {found:?}");
    let text = found.iter().rev().fold(text, |text, finding| apply(&text, &finding.fixes[0].edits));
    assert!(text.ends_with("+1 si Montant > 5\n"), "{text}");
    assert!(check(&text).is_empty());
}

#[test]
fn messages_are_in_both_languages() {
    let text = format!(
        "{MODULES}règle R1 sur P\n  quand créé\n  si Nom CONTIENT France\n  alors\n    Pays : France\nrègle R2 sur P\n  quand créé\n  si Nom CONTIENT Monaco\n  alors\n    Pays : Monaco\n"
    );
    let found = check(&text);
    assert_eq!(
        found[0].message(Lang::Fr),
        "`R2` et `R1` écrivent des valeurs différentes dans `Pays` d'une même fiche"
    );
    assert_eq!(
        found[0].underline(Lang::En).unwrap(),
        "replaces the other value, for example where `Nom` = `france monaco`"
    );
}

#[test]
fn what_is_made_to_be_hard_ends() {
    let hard = [
        // So many ways that they cannot all be tried.
        (0..300)
            .map(|n| format!("(Nom CONTIENT a{n} OU Nom CONTIENT b{n} OU Montant > {n})"))
            .collect::<Vec<_>>()
            .join(" ET "),
        (0..2000).map(|n| format!("Montant N'EST PAS {n}")).collect::<Vec<_>>().join(" ET "),
        format!("Nom EST {}", (0..5000).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ")),
        format!(
            "Nom CONTIENT {} ET Nom NE CONTIENT PAS {}",
            (0..500).map(|n| format!("v{n}x")).collect::<Vec<_>>().join(", "),
            (0..500).map(|n| format!("w{n}")).collect::<Vec<_>>().join(", ")
        ),
    ];
    for criterion in hard {
        check(&format!("{MODULES}score S sur P\n  +1 si {criterion}\n"));
    }
}

/// Of a rule with a hundred branches each is shown a record that reaches it; those that none
/// reaches are still found.
#[test]
fn the_branches_of_a_long_rule_are_all_decided() {
    let rule = |branches: &[String]| {
        let branch = |(at, criterion): (usize, &String)| {
            let word = if at == 0 { "si" } else { "sinon si" };
            format!("  {word} {criterion}\n  alors\n    Nom : v{at}\n")
        };
        let branches: String = branches.iter().enumerate().map(branch).collect();
        let text =
            format!("{MODULES}règle R sur P\n  quand créé\n{branches}  sinon\n    Nom : w\n");
        let mut sources = Sources::default();
        let id = sources.add("test.jalon", text.as_str());
        let (document, _) = parse(id, &text, &Limits::default());
        let (program, _) = jalon::check::check(&[document], &sources);
        let analysis = jalon::lint::analyse(&program, &sources);
        let unreached = analysis.findings.iter().filter(|found| found.code.id == "W0806");
        let texts: Vec<String> = unreached.map(|d| sources.slice(d.span).to_owned()).collect();
        (texts, analysis.undecided)
    };
    let mut branches: Vec<String> =
        (0..100).map(|at| format!("Nom EST c{at} ET Montant > {at}")).collect();
    assert_eq!(rule(&branches), (Vec::new(), 0));
    branches[60] = "Nom EST c7 ET Montant > 12".to_owned();
    assert_eq!(rule(&branches), (vec![branches[60].clone()], 0));
}

/// The mistakes that the tables are known to have, and nothing that is none.
#[test]
fn the_real_tables_have_the_mistakes_that_are_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tables");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jalon"));
    files.sort();
    let loader = files.iter().fold(Loader::default(), |loader, path| {
        loader.source(path.display().to_string(), std::fs::read_to_string(path).unwrap())
    });
    let found = loader.check();
    let of = |code: &str| found.list.iter().filter(|d| d.code.id == code).collect::<Vec<_>>();
    let [empty] = of("W0206")[..] else { panic!("{:?}", of("W0206")) };
    assert_eq!(found.sources.slice(empty.span), "Nom NE CONTIENT PAS Directeur");
    assert_eq!(empty.fixes.len(), 1);
    let clashes = |code: &str| -> Vec<(&str, &str)> {
        let pairs = found.list.iter().filter(|d| d.code.id == code).map(|d| {
            let number = |arg: &str| d.args[arg].split(' ').next().unwrap();
            (number("name"), number("other"))
        });
        pairs.collect()
    };
    assert_eq!(
        clashes("W0810"),
        [("CM3", "CM2"), ("CM5", "CM4"), ("MAJ02", "MAJ01"), ("MAJ03", "MAJ01")],
    );
    // Where the criteria have no field in common it is worth no more than a note.
    assert_eq!(clashes("N0811"), [("MAJ01", "CM2"), ("MAJ02", "CM2"), ("MAJ03", "CM2")]);
    let lints = found.list.iter().filter(|d| ("0801".."0830").contains(&&d.code.id[1..]));
    assert_eq!(lints.count(), 7);
}
