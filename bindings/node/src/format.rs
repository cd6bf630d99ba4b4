//! Texts in their canonical layout.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon::program::format as core;
use jalon::program::{Error, Loader};
use napi_derive::napi;
use serde_json::json;

use crate::failure::guard;
use crate::program::read_lang;

/// Formats texts that are one program: names and texts, the result as JSON.
#[napi]
pub fn format(
    names: Vec<String>,
    texts: Vec<String>,
    lang: Option<String>,
) -> napi::Result<String> {
    guard(Lang::En, || {
        let lang = read_lang(lang)?;
        let sources = names.into_iter().zip(texts);
        let loader = sources.fold(Loader::default(), |all, (name, text)| all.source(name, text));
        let core::Formatting { files, diagnostics } = loader.format(lang);
        if files.iter().any(|file| file.broken) {
            return Err(Error::Diagnostics(diagnostics).into());
        }
        let place = |span| {
            let at = diagnostics.sources.position(span);
            json!({ "line": at.line, "column": at.column })
        };
        let files = files.into_iter().map(|file| {
            let kept: Vec<_> = file.kept.iter().copied().map(place).collect();
            json!({
                "name": file.name, "text": file.text, "changed": file.changed, "kept": kept,
            })
        });
        Ok(files.collect::<serde_json::Value>().to_string())
    })
}

/// Formats a criterion that stands alone.
#[napi]
pub fn format_criterion(text: String, lang: Option<String>) -> napi::Result<String> {
    guard(Lang::En, || Ok(core::criterion(&text, read_lang(lang)?).map_err(Error::Diagnostics)?))
}
