//! What holds of every program that is formatted.

use serde_json::Value;

use crate::checked::CheckedProgram;
use crate::checked::content::{Contents, Names};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::lexicon::{relative_word, tick};
use crate::program::Loader;
use crate::source::SourceId;
use crate::syntax::tests::programs::data;
use crate::syntax::{Limits, comments, parse};

/// Texts that are one program, by name.
pub(super) type Texts = Vec<(String, String)>;

fn loader(texts: &Texts) -> Loader {
    texts.iter().fold(Loader::default(), |loader, (name, text)| loader.source(name, text))
}

/// The texts, formatted; `None` where one of them has a syntax error.
pub(super) fn formatted(texts: &Texts, lang: Option<Lang>) -> Option<Texts> {
    let formatting = loader(texts).format(lang);
    let fine = formatting.files.iter().all(|file| !file.broken);
    fine.then(|| formatting.files.into_iter().map(|file| (file.name, file.text)).collect())
}

/// Checks every law.
pub(super) fn assert_laws(texts: &Texts) {
    let Some(once) = formatted(texts, None) else { return };
    same("formatted twice", &read("what is formatted", texts, &once, None), &once);
    for ((_, before), (name, after)) in texts.iter().zip(&once) {
        let (document, found) = (document(before), document(after));
        for (index, (found, expected)) in found.lines().zip(document.lines()).enumerate() {
            let around: Vec<_> = document.lines().skip(index.saturating_sub(12)).take(24).collect();
            let around = around.join("\n");
            assert_eq!(found, expected, "{name}: another document\n{before}\n{after}\n{around}");
        }
        assert_eq!(found.len(), document.len(), "{name}: another document");
    }
    let draft = loader(texts).draft();
    // Where there are errors, stand-ins are checked: they have no content to keep.
    let sound = !draft.diagnostics.iter().any(|d| d.severity() == Severity::Error);
    let hashes = hashes(&draft.checked);
    let fr = formatted(texts, Some(Lang::Fr)).unwrap();
    let en = read("French", texts, &fr, Some(Lang::En));
    let again = read("English", texts, &en, Some(Lang::Fr));
    same("French, English, French", &again, &fr);
    same("English twice", &formatted(&en, Some(Lang::En)).unwrap(), &en);
    for (what, texts_of) in [("formatted", &once), ("French", &fr), ("English", &en)] {
        assert_eq!(said(texts), said(texts_of), "{what}: other comments");
        let found = self::hashes(&loader(texts_of).draft().checked);
        assert!(
            !sound || hashes == found,
            "{what}: other hashes\n{}\n{}",
            texts[0].1,
            texts_of[0].1
        );
    }
}

/// What was formatted, formatted again: it must be read.
fn read(what: &str, before: &Texts, texts: &Texts, lang: Option<Lang>) -> Texts {
    formatted(texts, lang).unwrap_or_else(|| {
        let found = loader(texts).format(lang).diagnostics;
        let found: Vec<_> = found.list.iter().map(|d| d.message(Lang::En)).collect();
        panic!("{what} is not read: {found:?}\n{}\n{}", before[0].1, texts[0].1)
    })
}

fn same(what: &str, found: &Texts, expected: &Texts) {
    for ((name, found), (_, expected)) in found.iter().zip(expected) {
        for (found, expected) in found.lines().zip(expected.lines()) {
            assert_eq!(found, expected, "{name}: {what}");
        }
        assert_eq!(found, expected, "{name}: {what}");
    }
}

fn said(texts: &Texts) -> Vec<String> {
    let comments = texts.iter().flat_map(|(_, text)| comments(SourceId(0), text));
    comments.map(|comment| comment.text).collect()
}

fn hashes(checked: &CheckedProgram) -> Contents {
    Names::new(checked).all()
}

/// A document without places and quotes, ticks and date words in one spelling, line by line.
fn document(text: &str) -> String {
    let (document, _) = parse(SourceId(0), text, &Limits::default());
    let mut value = data(&document);
    value["comments"] = Value::Null;
    spelled(&mut value);
    serde_json::to_string_pretty(&value).unwrap()
}

fn spelled(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("quoted");
            fields.values_mut().for_each(spelled);
        }
        Value::Array(list) => list.iter_mut().for_each(spelled),
        Value::String(text) => {
            if let Some(ticked) = tick(text) {
                *text = ticked.to_string();
            } else if let Some(relative) = relative_word(text) {
                *text = format!("{relative:?}");
            }
        }
        _ => {}
    }
}
