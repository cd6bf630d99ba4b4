//! Errors as the JavaScript side reads them: JSON behind a prefix, so that one `catch` there
//! makes them instances of the package's error classes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jalon::diagnostic::{Edit, Severity};
use jalon::lang::Lang;
use jalon::program::{Diagnostics, Error};
use jalon::source::{Sources, Span};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Why a call failed.
pub(crate) enum Failure {
    /// The engine's answer.
    Engine(Error),
    /// A JavaScript exception, thrown by a getter of a record for instance.
    Js(napi::Error),
    /// An argument that has no meaning here.
    Argument(String),
    /// A moment or a time zone that cannot be read.
    Clock(String),
    /// A file that cannot be read.
    File(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Engine(error)
    }
}

impl From<napi::Error> for Failure {
    fn from(error: napi::Error) -> Failure {
        Failure::Js(error)
    }
}

/// Runs a call: a failure becomes a JavaScript exception in a language, and so does a panic, which is a bug of
/// ours and must not end the process.
pub(crate) fn guard<T>(lang: Lang, call: impl FnOnce() -> Result<T, Failure>) -> napi::Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Failure::Js(error))) => Err(error),
        Ok(Err(failure)) => Err(throw(&failure.describe(lang))),
        Err(panic) => {
            let reason = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("unknown");
            let message = format!("internal error, please report it: {reason}");
            Err(throw(&json!({ "code": "JALON_INTERNAL", "message": message })))
        }
    }
}

fn throw(description: &Json) -> napi::Error {
    napi::Error::from_reason(format!("jalon:{description}"))
}

impl Failure {
    fn describe(&self, lang: Lang) -> Json {
        let plain = |code: &str, message: &str| json!({ "code": code, "message": message });
        match self {
            Failure::Engine(error) => describe_engine(error, lang),
            Failure::Js(error) => plain("JALON_INTERNAL", &error.reason),
            Failure::Argument(message) => plain("JALON_ARGUMENT", message),
            Failure::Clock(message) => plain("JALON_CLOCK", message),
            Failure::File(message) => plain("JALON_FILE", message),
        }
    }
}

fn describe_engine(error: &Error, lang: Lang) -> Json {
    let message = match error {
        Error::Diagnostics(found) => error.message(found.lang),
        _ => error.message(lang),
    };
    match error {
        Error::Diagnostics(found) => {
            let syntax = found.list.iter().any(|d| d.code.id.starts_with("E01"));
            json!({
                "code": if syntax { "JALON_SYNTAX" } else { "JALON_CHECK" },
                "message": message,
                "diagnostics": diagnostics(found),
            })
        }
        Error::Unknown { what, name, suggestion } => json!({
            "code": "JALON_UNKNOWN",
            "message": message,
            "what": what,
            "asked": name,
            "suggestion": suggestion,
        }),
        Error::Ambiguous { what, names } => json!({
            "code": "JALON_AMBIGUOUS",
            "message": message,
            "what": what,
            "names": names,
        }),
        Error::ClockNeeded => json!({ "code": "JALON_CLOCK", "message": message }),
        Error::Record(errors) => json!({
            "code": "JALON_RECORD",
            "message": message,
            "problems": errors,
        }),
    }
}

/// A result as JSON.
pub(crate) fn to_json(result: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(result)
        .map_err(|error| napi::Error::from_reason(error.to_string()).into())
}

/// Findings as plain data, places as lines, columns and offsets of the JavaScript string.
pub(crate) fn diagnostics(found: &Diagnostics) -> Json {
    let place = |span: Span| {
        let position = found.sources.position(span);
        let after = found.sources.position(Span { start: span.end, ..span });
        let (start, end) = utf16(&found.sources, span);
        json!({
            "file": found.sources.get(span.source).map(|source| &source.name),
            "line": position.line,
            "column": position.column,
            "endLine": after.line,
            "endColumn": after.column,
            "start": start,
            "end": end,
        })
    };
    let with = |mut object: Json, more: Json| {
        if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
            object.extend(more);
        }
        object
    };
    let edit = |edit: &Edit| with(json!({ "text": edit.text }), place(edit.span));
    let one = |d: &jalon::diagnostic::Diagnostic| {
        let labels = d.labels.iter().map(|label| {
            with(json!({ "text": label.text.fill(found.lang, &d.args) }), place(label.span))
        });
        let fixes = d.fixes.iter().map(|fix| {
            let edits: Vec<Json> = fix.edits.iter().map(edit).collect();
            json!({ "title": fix.title(found.lang), "edits": edits })
        });
        let about = json!({
            "code": d.code.id,
            "severity": match d.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "message": d.message(found.lang),
            "label": d.underline(found.lang),
            "help": d.help(found.lang),
            "labels": labels.collect::<Vec<_>>(),
            "fixes": fixes.collect::<Vec<_>>(),
        });
        with(about, place(d.span))
    };
    found.list.iter().map(one).collect()
}

/// Where a span starts and ends in its text, counted as JavaScript counts.
fn utf16(sources: &Sources, span: Span) -> (usize, usize) {
    let text = sources.get(span.source).map_or("", |source| source.text.as_str());
    let before = text.get(..span.start as usize).unwrap_or(text).encode_utf16().count();
    (before, before + sources.slice(span).encode_utf16().count())
}
