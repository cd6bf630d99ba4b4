//! What an editor waits for, on a program of 10 000 rules.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jalon::source::SourceId;
use jalon_lsp::completion::{Asked, completion};
use jalon_lsp::{Analysis, Encoding, SourceFile, Text, diagnostics, navigation};

fn program() -> String {
    let mut text = String::from(
        "module Prospects\n  Nom : texte\n  Pays : liste France, Monaco, Suisse\n  Montant : nombre\n  \
         Ville : texte\n  Statut : liste neuf, suivi, perdu\n",
    );
    for i in 0..10_000 {
        write!(
            text,
            "règle \"R{i}\" sur Prospects\n  quand créé ou modifié\n  si Pays EST France ET Montant > {i} ET \
             Ville CONTIENT ville{i}\n  alors\n    Statut : suivi\n"
        )
        .unwrap();
    }
    text
}

/// The best and the median of some runs.
fn measured(runs: usize, mut run: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    (times[0], times[runs / 2])
}

fn main() {
    // `cargo test --benches` must not take minutes.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut text = program();
    text.push_str("règle \"N\" sur Prospects\n  quand créé\n  si Pays EST ");
    let text = Arc::new(Text::new(text));
    let file = || SourceFile {
        uri: "file:///a.jalon".parse().unwrap(),
        name: "a.jalon".into(),
        text: text.clone(),
    };
    let mut analysis = Analysis::new(vec![file()], None, Encoding::Utf16);
    let (best, median) = measured(7, || {
        analysis = Analysis::new(vec![file()], None, Encoding::Utf16);
        assert!(!diagnostics(&analysis, SourceId(0)).is_empty());
    });
    println!("findings after a change: best {best:?}, median {median:?}");
    let asked = Asked {
        text: &text,
        offset: text.as_str().len(),
        source: Some(SourceId(0)),
        snippets: true,
        encoding: Encoding::Utf16,
    };
    let (best, median) = measured(101, || {
        let items = completion(&analysis, &asked);
        assert!(items.iter().any(|item| item.label == "Monaco"));
    });
    println!("completion: best {best:?}, median {median:?}");
    let at = text.as_str().rfind("Montant >").unwrap() as u32 + 1;
    let (best, median) = measured(21, || {
        assert_eq!(navigation::references(&analysis, SourceId(0), at, true).len(), 10_001);
    });
    println!("10 001 references: best {best:?}, median {median:?}");
    let mut edited = Text::new(text.as_str());
    let range = lsp_types::Range::new(
        edited.position(100, Encoding::Utf16),
        edited.position(100, Encoding::Utf16),
    );
    let change = lsp_types::TextDocumentContentChangeEvent {
        range: Some(range),
        range_length: None,
        text: "x".into(),
    };
    let (best, median) = measured(101, || edited.apply(&change, Encoding::Utf16));
    println!("an edit near the start: best {best:?}, median {median:?}");
}
