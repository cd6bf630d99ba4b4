//! Why something could not be done, and diagnostics with their texts.

use std::fmt;

use crate::blueprint::Obstacle;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::eval::{Problem, RecordError};
use crate::lang::Lang;
use crate::source::Sources;
use crate::value::NoClock;

/// Why something could not be done.
#[derive(Clone, Debug)]
pub enum Error {
    /// The text has errors; all of them are here, and the sources they point into.
    Diagnostics(Diagnostics),
    /// No score, rule or module of that name.
    Unknown {
        /// `score`, `rule` or `module`.
        what: &'static str,
        /// The name asked for.
        name: String,
        /// A declared name that may have been meant.
        suggestion: Option<String>,
    },
    /// Several could be meant (a score by default, a module by default): one must be named. Or
    /// there is none at all.
    Ambiguous {
        /// `score` or `module`.
        what: &'static str,
        /// The names there are.
        names: Vec<String>,
    },
    /// The program reads the clock and none was given.
    ClockNeeded,
    /// Strict mode: a value of the wrong type, or an absent field.
    Record(Vec<RecordError>),
    /// The JSON given as a program is none.
    Form(crate::syntax::form::Error),
    /// What is asked of a record's process cannot be: all that stands in the way.
    Refused(Vec<Obstacle>),
}

/// Diagnostics with the texts they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    /// The texts.
    pub sources: Sources,
    /// The findings, in source order.
    pub list: Vec<Diagnostic>,
    /// The language of the texts.
    pub lang: Lang,
}

impl Error {
    /// The message in a language, ready for people; several lines for diagnostics.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Error::Diagnostics(diagnostics) => {
                diagnostic::render(&diagnostics.list, &diagnostics.sources, lang, false)
                    .trim_end()
                    .to_owned()
            }
            Error::Unknown { what, name, suggestion } => {
                unknown(what, name, suggestion.as_deref(), lang)
            }
            Error::Ambiguous { what, names } => ambiguous(what, names, lang),
            Error::ClockNeeded => NoClock.message(lang).to_owned(),
            Error::Form(error) => error.message(lang),
            Error::Refused(obstacles) => {
                let lines = obstacles.iter().map(|obstacle| obstacle.message(lang));
                lines.collect::<Vec<_>>().join("\n")
            }
            Error::Record(errors) => {
                let errors: Vec<String> = errors.iter().map(|error| error.message(lang)).collect();
                errors.join("\n")
            }
        }
    }
}

/// The French word of what is looked for, with its article's gender.
fn kind(what: &str, lang: Lang) -> (&str, bool) {
    match (lang, what) {
        (Lang::Fr, "rule") => ("règle", true),
        (Lang::Fr, "approval") => ("approbation", true),
        (Lang::Fr, "schedule") => ("planification", true),
        (Lang::Fr, "blueprint") => ("parcours", false),
        (Lang::Fr, "function") => ("fonction", true),
        _ => (what, false),
    }
}

fn unknown(what: &str, name: &str, suggestion: Option<&str>, lang: Lang) -> String {
    let (what, feminine) = kind(what, lang);
    let mut message = match lang {
        Lang::Fr => format!("{what} inconnu{} `{name}`", if feminine { "e" } else { "" }),
        Lang::En => format!("unknown {what} `{name}`"),
    };
    if let Some(near) = suggestion {
        message += &lang
            .pick(format!(" ; vouliez-vous dire `{near}` ?"), format!("; did you mean `{near}`?"));
    }
    message
}

fn ambiguous(what: &str, names: &[String], lang: Lang) -> String {
    let (what, feminine) = kind(what, lang);
    if names.is_empty() {
        return match lang {
            Lang::Fr => format!("le programme n'a pas de {what}"),
            Lang::En => format!("the program has no {what}"),
        };
    }
    let mut list: Vec<String> = names.iter().take(5).map(|name| format!("`{name}`")).collect();
    if names.len() > 5 {
        list.push("…".to_owned());
    }
    let list = list.join(", ");
    match lang {
        Lang::Fr => {
            let which = if feminine { "laquelle" } else { "lequel" };
            let plural = if what.ends_with('s') { "" } else { "s" };
            format!("il y a plusieurs {what}{plural} ; dites {which} : {list}")
        }
        Lang::En => format!("there are several {what}s; say which: {list}"),
    }
}

impl RecordError {
    /// What is wrong, naming module, field and value, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let field = match &self.module {
            Some(module) => format!("`{module}.{}`", self.field),
            None => format!("`{}`", self.field),
        };
        let value = &self.value;
        match &self.problem {
            Problem::WrongType { expected } => {
                let expected = type_name(expected, lang);
                lang.pick(
                    format!("{field} : `{value}` n'est pas {expected}"),
                    format!("{field}: `{value}` is not {expected}"),
                )
            }
            Problem::Conflict { keys: (a, b) } => lang.pick(
                format!("{field} : `{a}` et `{b}` portent des valeurs différentes"),
                format!("{field}: `{a}` and `{b}` carry different values"),
            ),
            Problem::Absent => lang.pick(
                format!("{field} : le champ est absent de la fiche"),
                format!("{field}: the record does not carry the field"),
            ),
            Problem::Arithmetic => lang.pick(
                format!("{field} : le calcul échoue (division par zéro, ou plus de 28 chiffres)"),
                format!("{field}: the calculation fails (division by zero, or beyond 28 digits)"),
            ),
        }
    }
}

/// A type with its article.
fn type_name(keyword: &str, lang: Lang) -> &str {
    let (fr, en) = match keyword {
        "text" => ("un texte", "a text"),
        "number" => ("un nombre", "a number"),
        "checkbox" => ("une case cochée ou non", "a checkbox state"),
        "multi-picklist" => ("une liste de valeurs", "a list of values"),
        "date" => ("une date", "a date"),
        "datetime" => ("une date-heure", "a date and time"),
        "lookup" => ("une référence", "a reference"),
        "records" => ("une liste de fiches", "a list of records"),
        _ => ("une valeur utilisable", "a usable value"),
    };
    lang.pick(fr, en)
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for RecordError {}

impl fmt::Display for Error {
    /// In the program's language for diagnostics, in English otherwise.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lang = match self {
            Error::Diagnostics(diagnostics) => diagnostics.lang,
            _ => Lang::En,
        };
        f.write_str(&self.message(lang))
    }
}

impl std::error::Error for Error {}

impl From<NoClock> for Error {
    fn from(_: NoClock) -> Error {
        Error::ClockNeeded
    }
}

impl Diagnostics {
    /// All of them for people, as rustc shows them; `color` adds ANSI colours.
    pub fn render(&self, color: bool) -> String {
        diagnostic::render(&self.list, &self.sources, self.lang, color)
    }

    /// Whether one is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity() == Severity::Error)
    }

    /// Whether one is an error or a warning; notes are not findings.
    pub fn has_findings(&self) -> bool {
        self.list.iter().any(|d| d.severity() != Severity::Note)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
