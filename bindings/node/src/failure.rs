//! Errors as the JavaScript side reads them: JSON behind a prefix, so that one `catch` there
//! makes them instances of the package's error classes.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jalon::blueprint::migration::MappingError;
use jalon::blueprint::{InstanceError, Obstacle};
use jalon::diagnostic::Units;
use jalon::lang::{Lang, UnknownChoice};
use jalon::program::{Diagnostics, Error, Unreadable};
use jalon::users::UsersError;
use jalon::value::ClockError;
use jalon::value::clock::UnknownZone;
use jalon::workflow::{EventError, StateError};
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
    /// A present that cannot be read.
    Clock(String),
    /// A file that cannot be read.
    File(String),
    /// An instance that cannot be migrated.
    Migration(String),
}

impl From<napi::Error> for Failure {
    fn from(error: napi::Error) -> Failure {
        Failure::Js(error)
    }
}

/// Makes failures of what the engine says.
macro_rules! engine {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Failure {
                Failure::Engine(error.into())
            }
        })*
    };
}

engine!(
    Error,
    ClockError,
    EventError,
    InstanceError,
    MappingError,
    StateError,
    UnknownChoice,
    UnknownZone,
    UsersError,
);

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
            Failure::Migration(message) => plain("JALON_MIGRATION", message),
        }
    }
}

fn describe_engine(error: &Error, lang: Lang) -> Json {
    let (lang, mut description) = match error {
        Error::Diagnostics(found) => {
            let code = if found.has_syntax_errors() { "JALON_SYNTAX" } else { "JALON_CHECK" };
            (found.lang, json!({ "code": code, "diagnostics": diagnostics(found) }))
        }
        Error::Unknown { what, name: asked, suggestion: near } => {
            let code = "JALON_UNKNOWN";
            (lang, json!({ "code": code, "what": what, "asked": asked, "suggestion": near }))
        }
        Error::Ambiguous { what, names } => {
            (lang, json!({ "code": "JALON_AMBIGUOUS", "what": what, "names": names }))
        }
        Error::ClockNeeded => (lang, json!({ "code": "JALON_CLOCK" })),
        Error::Form(found) => (lang, json!({ "code": "JALON_FORM", "pointer": found.pointer() })),
        Error::Refused(found) => {
            let found = Obstacle::told(found);
            (lang, json!({ "code": "JALON_REFUSED", "obstacles": found, "lang": lang }))
        }
        Error::Record(problems) => {
            (lang, json!({ "code": "JALON_RECORD", "problems": problems, "lang": lang }))
        }
        Error::Unreadable(what) => (lang, json!({ "code": of_unreadable(what) })),
    };
    description["message"] = error.message(lang).into();
    description
}

/// The code of what a host gives and cannot be read.
fn of_unreadable(what: &Unreadable) -> &'static str {
    match what {
        Unreadable::Instance(error) if error.is_elsewhere() => "JALON_ARGUMENT",
        Unreadable::State(_) | Unreadable::Instance(_) => "JALON_STATE",
        Unreadable::Users(_) => "JALON_USERS",
        Unreadable::Event(_) => "JALON_EVENT",
        Unreadable::Clock(_) | Unreadable::Zone(_) => "JALON_CLOCK",
        Unreadable::Mapping(_) => "JALON_MIGRATION",
        _ => "JALON_ARGUMENT",
    }
}

/// A result as JSON.
pub(crate) fn to_json(result: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(result)
        .map_err(|error| napi::Error::from_reason(error.to_string()).into())
}

/// Findings, places counted as JavaScript counts them.
pub(crate) fn diagnostics(found: &Diagnostics) -> Json {
    found.form(found.lang, Units::Utf16)
}

/// There is nothing to be matched.
pub(crate) fn no_criterion() -> Failure {
    Failure::Argument("there is no criterion to match".to_owned())
}
