//! Whether a document that no text was read for can be written: its text reads back the same.

use serde_json::Value;

use super::error::{Error, Problem};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::lang::Lang;
use crate::source::{SourceId, Sources};
use crate::syntax::ast::{Declaration, Document};
use crate::syntax::{self, Limits};

/// Prints each declaration in both languages and reads it again.
pub(crate) fn check(document: &Document) -> Result<(), Error> {
    for (at, declaration) in document.declarations.iter().enumerate() {
        for lang in [Lang::Fr, Lang::En] {
            one(declaration, lang).map_err(|error| error.inside(at).inside("declarations"))?;
        }
    }
    // Neither comments nor what stands next to a declaration make another one of it.
    let text = syntax::print(document, Lang::Fr);
    let (read, _) = syntax::parse(SourceId(0), &text, &Limits::default());
    let counts = |of: &Document| (of.declarations.len(), of.comments.len());
    let same = counts(&read) == counts(document);
    if same { Ok(()) } else { Err(Problem::OtherText { text }.into()) }
}

fn one(declaration: &Declaration, lang: Lang) -> Result<(), Error> {
    let alone = |declaration: &Declaration| Document {
        declarations: vec![declaration.clone()],
        ..Document::default()
    };
    let text = syntax::print(&alone(declaration), lang);
    let mut sources = Sources::default();
    let source = sources.add("JSON", text.as_str());
    let (read, found) = syntax::parse(source, &text, &Limits::default());
    let errors: Vec<Diagnostic> =
        found.into_iter().filter(|one| one.severity() == Severity::Error).collect();
    if !errors.is_empty() {
        let said = |lang| diagnostic::render(&errors, &sources, lang, false).trim_end().to_owned();
        return Err(Problem::NoText { fr: said(Lang::Fr), en: said(Lang::En) }.into());
    }
    let same = match read.declarations.as_slice() {
        [again] if read.comments.is_empty() && read.lang.is_none() => {
            meaning(&alone(declaration), lang) == meaning(&alone(again), lang)
        }
        _ => false,
    };
    if same { Ok(()) } else { Err(Problem::OtherText { text }.into()) }
}

/// What a document says, without what the printer may put otherwise: quotes that a name needs or
/// does not need, and the words that are printed in one language.
fn meaning(document: &Document, lang: Lang) -> Value {
    let mut value = super::to_json(document);
    plain(&mut value, lang);
    value
}

fn plain(value: &mut Value, lang: Lang) {
    match value {
        Value::Object(members) => {
            if let (1, Some(text)) = (members.len(), members.get_mut("quoted")) {
                *value = text.take();
                return plain(value, lang);
            }
            members.values_mut().for_each(|member| plain(member, lang));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| plain(value, lang)),
        // The word that empties a field.
        Value::String(text) if matches!(text.to_lowercase().as_str(), "vide" | "empty") => {
            *value = lang.pick("vide", "empty").into();
        }
        _ => {}
    }
}
