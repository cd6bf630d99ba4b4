//! How a command ends badly.

use std::io;

use jalon::diagnostic::render;
use jalon::lang::Lang;
use jalon::program::{Diagnostics, Error};
use jalon_files::{FileError, FileProblem};

/// What is printed on standard error, and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// The whole message, with its line end; empty for a silent end.
    pub message: String,
    /// 1 for findings, 2 for usage and files.
    pub code: u8,
}

impl Failure {
    /// Something in a program or in data.
    pub fn finding(message: String) -> Failure {
        Failure { message, code: 1 }
    }

    /// Something in what was asked, or with a file.
    pub fn usage(lang: Lang, message: &str) -> Failure {
        Failure { message: format!("{}: {message}\n", lang.pick("erreur ", "error")), code: 2 }
    }

    /// Findings that were printed already.
    pub fn silent_finding() -> Failure {
        Failure { message: String::new(), code: 1 }
    }

    /// A file that cannot be read or written. Standard output that is closed early, as `head`
    /// does, ends quietly.
    pub fn file(error: &FileError, lang: Lang) -> Failure {
        match error.problem() {
            FileProblem::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Failure { message: String::new(), code: 0 }
            }
            FileProblem::Data { .. } => {
                Failure { code: 1, ..Failure::usage(lang, &error.message(lang)) }
            }
            _ => Failure::usage(lang, &error.message(lang)),
        }
    }

    /// Standard output that cannot be written.
    pub fn stdout(error: io::Error, lang: Lang) -> Failure {
        Failure::file(&FileError::new("-", FileProblem::Io(error)), lang)
    }

    /// What the engine refuses, with the option that is the way out.
    pub fn program(error: Error, lang: Option<Lang>) -> Failure {
        let said = lang.unwrap_or_default();
        let message = error.message(said);
        match error {
            Error::Diagnostics(diagnostics) => {
                Failure::finding(rendered(&diagnostics, lang.unwrap_or(diagnostics.lang)))
            }
            Error::Unknown { .. } => Failure::usage(said, &message),
            Error::Ambiguous { names, .. } if names.is_empty() => Failure::usage(said, &message),
            Error::Ambiguous { what, .. } => {
                let with = said.pick("avec", "with");
                Failure::usage(said, &format!("{message} ({with} --{what})"))
            }
            Error::ClockNeeded => Failure::usage(said, clock_needed(said)),
            Error::Record(_) | Error::Refused(_) | Error::Form(_) | Error::Unreadable(_) => {
                Failure { code: 1, ..Failure::usage(said, &message) }
            }
        }
    }
}

/// Diagnostics for people, in colour on a terminal.
fn rendered(diagnostics: &Diagnostics, lang: Lang) -> String {
    let color = console::colors_enabled_stderr();
    render(&diagnostics.list, &diagnostics.sources, lang, color)
}

fn clock_needed(lang: Lang) -> &'static str {
    lang.pick(
        "le programme lit l'heure ; ajoutez --now 2026-06-30T09:00, ou --now now pour l'heure \
         présente",
        "the program reads the clock; add --now 2026-06-30T09:00, or --now now for the present \
         time",
    )
}
