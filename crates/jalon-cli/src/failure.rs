//! How a command ends badly.

use std::io;

use jalon::diagnostic::render;
use jalon::lang::Lang;
use jalon::program::{Diagnostics, Error};
use jalon_files::data::describe_error;
use jalon_files::{FileError, FileProblem, LoadError};

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
        Failure { message: format!("{}: {message}\n", lang.pick("erreur", "error")), code: 2 }
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

    /// A program that does not load.
    pub fn load(error: LoadError, lang: Option<Lang>) -> Failure {
        match error {
            LoadError::File(error) => Failure::file(&error, lang.unwrap_or_default()),
            LoadError::Program(error) => Failure::program(error, lang),
        }
    }

    /// What the engine refuses.
    pub fn program(error: Error, lang: Option<Lang>) -> Failure {
        let said = lang.unwrap_or_default();
        match error {
            Error::Diagnostics(diagnostics) => {
                Failure::finding(rendered(&diagnostics, lang.unwrap_or(diagnostics.lang)))
            }
            Error::Unknown { what, name, suggestion } => {
                Failure::usage(said, &unknown(what, &name, suggestion.as_deref(), said))
            }
            Error::Ambiguous { what, names } => {
                Failure::usage(said, &ambiguous(what, &names, said))
            }
            Error::ClockNeeded => Failure::usage(said, clock_needed(said)),
            Error::Record(errors) => {
                let lines: Vec<String> =
                    errors.iter().map(|error| describe_error(error, said)).collect();
                Failure { code: 1, ..Failure::usage(said, &lines.join("\n       ")) }
            }
        }
    }
}

/// Diagnostics for people, in colour on a terminal.
pub fn rendered(diagnostics: &Diagnostics, lang: Lang) -> String {
    let color = console::colors_enabled_stderr();
    render(&diagnostics.list, &diagnostics.sources, lang, color)
}

/// The name of a kind of declaration with its article.
fn kind(what: &str, lang: Lang) -> &'static str {
    match what {
        "score" => "score",
        "rule" => lang.pick("règle", "rule"),
        _ => "module",
    }
}

fn unknown(what: &str, name: &str, suggestion: Option<&str>, lang: Lang) -> String {
    let kind = kind(what, lang);
    let mut message = match (what, lang) {
        ("rule", Lang::Fr) => format!("aucune {kind} `{name}`"),
        (_, Lang::Fr) => format!("aucun {kind} `{name}`"),
        (_, Lang::En) => format!("no {kind} `{name}`"),
    };
    if let Some(suggestion) = suggestion {
        message += &lang.pick(
            format!(" ; vouliez-vous dire `{suggestion}` ?"),
            format!("; did you mean `{suggestion}`?"),
        );
    }
    message
}

fn ambiguous(what: &str, names: &[String], lang: Lang) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let names = names.join(", ");
    let option = if what == "score" { "--score" } else { "--module" };
    match (names.is_empty(), lang) {
        (true, Lang::Fr) => format!("le programme ne déclare aucun {what}"),
        (true, Lang::En) => format!("the program declares no {what}"),
        (false, Lang::Fr) => format!("plusieurs {what}s : {names} ; choisissez avec {option}"),
        (false, Lang::En) => format!("several {what}s: {names}; choose one with {option}"),
    }
}

fn clock_needed(lang: Lang) -> &'static str {
    lang.pick(
        "le programme lit l'heure ; ajoutez --now 2026-06-30T09:00 (ou --now now pour l'heure \
         présente), ou --now-column et le nom d'une colonne",
        "the program reads the clock; add --now 2026-06-30T09:00 (or --now now for the present \
         time), or --now-column with the name of a column",
    )
}
