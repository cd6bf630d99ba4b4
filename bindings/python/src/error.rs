//! Errors as Python exceptions, and the one way to run work without the interpreter.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jalon::diagnostic::render;
use jalon::lang::Lang;
use jalon::program::{Diagnostics, Error, Unreadable};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::{blueprint, reasons};

/// What is said of a panic.
pub const INTERNAL: &str = "internal error in jalon; please report it";

/// Runs work detached from the interpreter; a panic becomes a `JalonError`.
pub fn run<T: Send>(py: Python<'_>, work: impl Send + FnOnce() -> T) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)))
        .map_err(|_| raise(py, "JalonError", INTERNAL))
}

/// As [`run`], for work that can fail.
pub fn try_run<T: Send>(
    py: Python<'_>,
    lang: Lang,
    work: impl Send + FnOnce() -> Result<T, Error>,
) -> PyResult<T> {
    run(py, work)?.map_err(|error| exception(py, error, lang))
}

/// An exception of the Python package, by its class name.
pub fn raise(py: Python<'_>, class: &str, message: impl AsRef<str>) -> PyErr {
    build(py, class, |class| class.call1((message.as_ref(),)))
}

fn build<'py>(
    py: Python<'py>,
    class: &str,
    call: impl FnOnce(Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>,
) -> PyErr {
    py.import("jalon._errors")
        .and_then(|module| module.getattr(class))
        .and_then(call)
        .map_or_else(|error| error, PyErr::from_value)
}

/// The exception that says an error of the core.
pub fn exception(py: Python<'_>, error: Error, lang: Lang) -> PyErr {
    match error {
        Error::Diagnostics(found) => program_error(py, &found),
        Error::Unknown { .. } | Error::Ambiguous { .. } => {
            raise(py, "UnknownNameError", error.message(lang))
        }
        Error::ClockNeeded => {
            raise(py, "ClockError", error.message(lang).replace("(now)", "(now=)"))
        }
        Error::Record(ref problems) => build(py, "RecordError", |class| {
            let read = py.import("jalon._reading")?.getattr("problems")?;
            let problems = read.call1((reasons::json(problems)?, lang.code()))?;
            class.call1((error.message(lang), problems))
        }),
        Error::Unreadable(Unreadable::Choice(choice)) => {
            let option = format!("{}=", choice.what);
            PyValueError::new_err(choice.message(lang).replacen(choice.what, &option, 1))
        }
        Error::Unreadable(what) => match class_of(&what) {
            Some(class) => raise(py, class, what.message(lang)),
            None => PyValueError::new_err(what.message(lang)),
        },
        Error::Refused(found) => blueprint::refused(py, found, lang),
        Error::Form(ref found) => {
            build(py, "FormError", |class| class.call1((error.message(lang), found.pointer())))
        }
    }
}

/// The class of what a host gives and cannot be read; of what can be read and is not meant it is
/// `ValueError`.
fn class_of(what: &Unreadable) -> Option<&'static str> {
    match what {
        Unreadable::Instance(error) if error.is_elsewhere() => None,
        Unreadable::State(_) | Unreadable::Instance(_) => Some("StateError"),
        Unreadable::Users(_) => Some("UsersError"),
        Unreadable::Event(_) => Some("EventError"),
        Unreadable::Clock(_) | Unreadable::Zone(_) => Some("ClockError"),
        Unreadable::Mapping(_) => Some("MigrationError"),
        _ => Some("JalonError"),
    }
}

/// What is read, or the exception that says why it cannot be.
pub fn read<T>(py: Python<'_>, read: Result<T, impl Into<Error>>, lang: Lang) -> PyResult<T> {
    read.map_err(|error| exception(py, error.into(), lang))
}

fn program_error(py: Python<'_>, found: &Diagnostics) -> PyErr {
    let class = if found.has_syntax_errors() { "SyntaxError" } else { "CheckError" };
    let text = render(&found.list, &found.sources, found.lang, false);
    build(py, class, |class| {
        let list = py
            .import("jalon._diagnostics")?
            .call_method1("from_json", (reasons::diagnostics(found),))?;
        class.call1((text.trim_end(), list))
    })
}
