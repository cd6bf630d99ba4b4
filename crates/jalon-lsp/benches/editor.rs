//! What an editor waits for, in programs of a thousand and of ten thousand lines.
//!
//! `cargo bench -p jalon-lsp --bench editor -- [lines…]`. Each question is asked many times: the best and the median
//! of the wall's clock.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jalon::source::SourceId;
use jalon_lsp::completion::{Asked, completion};
use jalon_lsp::{
    Analysis, Encoding, SourceFile, Text, diagnostics, format, hover, navigation, rename,
};
use lsp_types::{Range, TextDocumentContentChangeEvent};

const ENCODING: Encoding = Encoding::Utf16;
const SOURCE: SourceId = SourceId(0);

/// A program of so many lines, as people write them: fields, scores, rules, blueprints.
fn program(lines: usize) -> String {
    let mut text = String::from(
        "module Prospects\n  Nom : texte\n  Pays : liste France, Monaco, Suisse\n  Montant : nombre\n  \
         Ville : texte\n  Statut : liste neuf, suivi, perdu\n  Appel : date\n",
    );
    let mut at = 0;
    while text.lines().count() + 12 < lines {
        for _ in 0..lines.div_ceil(100) {
            at += 1;
            write!(
                text,
                "# ce que fait la règle {at}\nrègle \"R{at}\" sur Prospects\n  quand créé ou modifié\n  \
                 si Pays EST France ET Montant > {at}\n    ET Ville CONTIENT ville{at}\n  alors\n    \
                 Statut : suivi\n    tâche \"Appeler ${{Nom}}\", échéance dans 2 jours\n\n"
            )
            .unwrap();
        }
        write!(text, "score S{at} sur Prospects\n  +10 si Ville EST ville{at}\n").unwrap();
    }
    text.push_str("règle \"N\" sur Prospects\n  quand créé\n  si Pays EST France\n  alors\n    Statut : neuf\n");
    text
}

/// Runs something many times, and prints the best and the median.
fn measured(what: &str, lines: usize, runs: usize, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{lines:>6} lines  {what:<32} best {:>10.2?}  median {:>10.2?}",
        times[0],
        times[runs / 2]
    );
}

fn file(text: &Arc<Text>) -> SourceFile {
    SourceFile {
        uri: "file:///a.jalon".parse().unwrap(),
        name: "a.jalon".into(),
        text: text.clone(),
    }
}

fn questions(lines: usize) {
    let text = Arc::new(Text::new(program(lines)));
    let lines = text.as_str().lines().count();
    let whole = text.as_str();
    let last = |needle: &str| whole.rfind(needle).unwrap();
    let analysis = Analysis::new(vec![file(&text)], None, ENCODING);
    let mut edited = Text::new(whole);
    let mut typed = false;
    measured("a keystroke until findings", lines, 15, || {
        let at = edited.position(last("France\n  alors") + 2, ENCODING);
        let mut end = at;
        end.character += u32::from(typed);
        let letter = if typed { "" } else { "x" };
        let change = TextDocumentContentChangeEvent {
            range: Some(Range::new(at, end)),
            range_length: None,
            text: letter.into(),
        };
        edited.apply(&change, ENCODING);
        typed = !typed;
        let fresh = Arc::new(Text::new(edited.as_str()));
        let analysis = Analysis::new(vec![file(&fresh)], None, ENCODING);
        assert!(
            diagnostics(&analysis, SOURCE).iter().any(|d| d.message.contains("Frxance")) == typed
        );
    });
    for (what, needle, label) in [
        ("completion of a value", "France\n  alors", "Monaco"),
        ("completion of a field", "Pays EST France\n  alors", "Montant"),
        ("completion at a line's start", "Statut : neuf", "tâche"),
    ] {
        let asked = Asked {
            text: &text,
            offset: last(needle),
            source: Some(SOURCE),
            snippets: true,
            encoding: ENCODING,
        };
        measured(what, lines, 101, || {
            assert!(completion(&analysis, &asked).items.iter().any(|item| item.label == label));
        });
    }
    for (what, needle) in [
        ("hover of a field", "Pays EST France\n  alors"),
        ("hover of a word", "alors\n    Statut : neuf"),
    ] {
        let at = last(needle) as u32 + 1;
        measured(what, lines, 101, || assert!(hover::hover(&analysis, SOURCE, at).is_some()));
    }
    let at = last("Montant >") as u32 + 1;
    measured("all uses of a field", lines, 21, || {
        assert!(navigation::references(&analysis, SOURCE, at, true).len() > lines / 20);
    });
    measured("rename of a field", lines, 21, || {
        assert!(rename::rename(&analysis, SOURCE, at, "Somme").is_ok());
    });
    let uri = "file:///a.jalon".parse().unwrap();
    measured("format", lines, 9, || {
        assert!(format::edits(&[file(&text)], &uri, ENCODING).is_some());
    });
}

fn main() {
    // `cargo test --benches` must not take minutes.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    for lines in if asked.is_empty() { vec![1_000, 10_000] } else { asked } {
        questions(lines);
    }
}
