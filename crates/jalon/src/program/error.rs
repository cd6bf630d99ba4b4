//! Why something could not be done, and diagnostics with their texts.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::Value as Json;

use super::unreadable::Unreadable;
use crate::blueprint::Obstacle;
use crate::diagnostic::{self, Diagnostic, Severity, Units};
use crate::eval::{Problem, RecordError};
use crate::lang::Lang;
use crate::source::Sources;
use crate::value::NoClock;

/// Why something could not be done.
///
/// Shown as its message, by `{:?}` too: so a `main` that returns it says what is wrong. What cannot be
/// read of what a host gives, such as a state or users, becomes one with `?`.
///
/// ```
/// use jalon::{Error, workflow::State};
///
/// fn run() -> Result<(), Error> {
///     State::read("{")?;
///     Ok(())
/// }
/// let error = run().unwrap_err();
/// assert_eq!(format!("{error:?}"), error.to_string());
/// ```
#[derive(Clone)]
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
    /// Something given beside rules and records cannot be read: a state, users, a clock…
    Unreadable(Unreadable),
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
            Error::Unreadable(what) => what.message(lang),
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
        "checkbox" => ("une case sélectionnée ou non", "a checkbox state"),
        "multi-picklist" => ("une liste de valeurs", "a list of values"),
        "date" => ("une date", "a date"),
        "datetime" => ("une date-heure", "a date and time"),
        "lookup" => ("une référence", "a reference"),
        "records" => ("une liste de fiches", "a list of records"),
        _ => ("une valeur utilisable", "a usable value"),
    };
    lang.pick(fr, en)
}

impl Serialize for RecordError {
    /// `{module, field, value, problem, message}`; the message in both languages, as `{fr, en}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Message {
            fr: String,
            en: String,
        }
        let message = Message { fr: self.message(Lang::Fr), en: self.message(Lang::En) };
        let mut form = serializer.serialize_struct("RecordError", 5)?;
        form.serialize_field("module", &self.module)?;
        form.serialize_field("field", &self.field)?;
        form.serialize_field("value", &self.value)?;
        form.serialize_field("problem", &self.problem)?;
        form.serialize_field("message", &message)?;
        form.end()
    }
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
    /// All of them as a JSON array, in a language, places counted as the strings of a host are. Each has
    /// `code`, `severity`, `message`, `text` (all of it on one line), `file`, `line`, `column`, `end_line`,
    /// `end_column`, `start`, `end`, `label`, `help`, `labels` (a place and its `text`) and `fixes` (a
    /// `title` and `edits`, each a place and the `text` that goes there). Serialised with serde they are
    /// the same, in their own language and in bytes.
    ///
    /// ```
    /// use jalon::{Lang, diagnostic::Units, program::Loader};
    ///
    /// let text = "module Leads\n  Pays : texte\nscore S sur Leads\n  +1 si Payz EST VIDE\n";
    /// let found = Loader::default().source("leads.jalon", text).check();
    /// let form = found.form(Lang::Fr, Units::Utf16);
    /// assert_eq!(form[0]["text"], "leads.jalon:4:9: erreur[E0203]: champ inconnu `Payz`");
    /// assert_eq!(form[0]["fixes"][0]["edits"][0]["text"], "Pays");
    /// ```
    pub fn form(&self, lang: Lang, units: Units) -> Json {
        diagnostic::form(&self.list, &self.sources, lang, units)
    }

    /// All of them for people, as rustc shows them; `color` adds ANSI colours.
    pub fn render(&self, color: bool) -> String {
        diagnostic::render(&self.list, &self.sources, self.lang, color)
    }

    /// Whether one is an error of a text that cannot be read, where others mean nothing.
    pub fn has_syntax_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_of_syntax)
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

impl Serialize for Diagnostics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.form(self.lang, Units::default()).serialize(serializer)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
