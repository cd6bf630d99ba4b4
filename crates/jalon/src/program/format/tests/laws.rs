//! What holds of every program that is formatted.

use serde_json::Value;

use crate::checked::CheckedProgram;
use crate::checked::content::{of_approval, of_blueprint, of_rule};
use crate::lang::Lang;
use crate::lexicon::{relative_word, tick};
use crate::program::Loader;
use crate::source::SourceId;
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
    same("formatted twice", &formatted(&once, None).expect("what is formatted is read"), &once);
    for ((_, before), (name, after)) in texts.iter().zip(&once) {
        assert_eq!(document(before), document(after), "{name}: another document\n{after}");
    }
    let hashes = hashes(&loader(texts).draft().checked);
    let fr = formatted(texts, Some(Lang::Fr)).unwrap();
    let en = formatted(&fr, Some(Lang::En)).expect("English is read");
    let again = formatted(&en, Some(Lang::Fr)).expect("French is read");
    same("French, English, French", &again, &fr);
    same("English twice", &formatted(&en, Some(Lang::En)).unwrap(), &en);
    for (what, texts_of) in [("formatted", &once), ("French", &fr), ("English", &en)] {
        assert_eq!(said(texts), said(texts_of), "{what}: other comments");
        assert_eq!(hashes, self::hashes(&loader(texts_of).draft().checked), "{what}: other hashes");
    }
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

fn hashes(checked: &CheckedProgram) -> Vec<String> {
    let named = |name: &str, hash: String| format!("{name} {hash}");
    let rules = checked.rules.iter().map(|one| named(&one.name, of_rule(one, checked)));
    let blueprints = checked.blueprints.iter();
    let blueprints = blueprints.map(|one| named(&one.name, of_blueprint(one, checked)));
    let approvals = checked.approvals.iter();
    let approvals = approvals.map(|one| named(&one.name, of_approval(one, checked)));
    rules.chain(blueprints).chain(approvals).collect()
}

/// A document without places and quotes, ticks and date words in one spelling.
fn document(text: &str) -> Value {
    let (document, _) = parse(SourceId(0), text, &Limits::default());
    let mut value = serde_json::to_value(&document).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            // Which split of a leaf comes first depends on its quotes.
            if fields.contains_key("split") && fields.contains_key("text") {
                let words = fields["text"].as_str().unwrap_or("").replace(['"', ' '], "");
                *value = Value::String(words.to_lowercase());
                return;
            }
            for key in ["span", "ty_span", "quoted", "comments", "at"] {
                if !fields.get(key).is_some_and(|at| at.get("text").is_some()) {
                    fields.remove(key);
                }
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
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
