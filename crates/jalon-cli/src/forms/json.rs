//! `jalon export --to json` and `jalon import --from json`: whole programs as JSON, and back.

use std::path::PathBuf;

use jalon::diagnostic::{Diagnostic, Severity};
use jalon::lang::Lang;
use jalon::program::Error;
use jalon::source::SourceId;
use jalon::syntax::{self, Limits};
use jalon::{Loader, form};

use crate::failure::Failure;
use crate::program;

/// The name of the form.
pub const NAME: &str = "json";

/// Programs as JSON: as they are written, whether or not what they mean is right.
pub fn export(files: &[PathBuf], asked: Option<Lang>) -> Result<String, Failure> {
    let sources = program::sources(files, asked)?;
    let mut documents = Vec::new();
    for (name, text) in sources {
        let (document, found) = syntax::parse(SourceId(0), &text, &Limits::default());
        if found.iter().any(|one| one.severity() == Severity::Error) {
            return Err(broken(name, text, asked));
        }
        documents.push(document);
    }
    let json = form::to_json(&form::joined(documents));
    Ok(format!("{json:#}\n"))
}

/// What is wrong with the syntax of a file, with its name and lines.
fn broken(name: String, text: String, asked: Option<Lang>) -> Failure {
    let mut diagnostics = Loader::default().source(name, text).check();
    diagnostics.list.retain(Diagnostic::is_of_syntax);
    Failure::program(Error::Diagnostics(diagnostics), asked)
}

/// A program as text, in the language asked for, else in its own.
pub fn import(json: &str, asked: Option<Lang>) -> Result<String, Failure> {
    let document = form::from_json(json);
    let document = document.map_err(|error| Failure::program(Error::Form(error), asked))?;
    Ok(syntax::print(&document, asked.or(document.lang).unwrap_or_default()))
}
