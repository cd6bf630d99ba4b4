//! What may go wrong, as a status and a body that programs and people read.

use std::fmt;

use axum::http::StatusCode;
use jalon::blueprint::migration::{MappingError, Plan};
use jalon::diagnostic::Units;
use jalon::rehearsal::test::Report;
use jalon::workflow::{EventError, Refusal};
use jalon::{Error, Lang};
use jalon_files::LoadError;
use serde_json::{Value as Json, json};

/// Why a request is not answered as wished.
#[derive(Debug)]
pub enum Problem {
    /// There is no such record or effect.
    NotFound(String),
    /// The request is none: why.
    Malformed(String),
    /// The event cannot be read.
    Event(EventError),
    /// The rules refuse it: everything that stands in the way.
    Refused(Vec<Refusal>),
    /// The rules cannot be asked.
    Rules(Error),
    /// The rules do not load.
    Load(LoadError),
    /// The tests beside the rules fail.
    Tests(Report),
    /// The rules leave records in states that they do not have any more.
    Migration(Box<Plan>),
    /// The database fails.
    Store(rusqlite::Error),
}

impl Problem {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound(_) | Problem::Rules(Error::Unknown { .. }) => StatusCode::NOT_FOUND,
            Problem::Malformed(_) | Problem::Event(_) => StatusCode::BAD_REQUEST,
            Problem::Refused(_)
            | Problem::Rules(Error::Refused(_) | Error::Record(_))
            | Problem::Load(LoadError::Program(_))
            | Problem::Tests(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::Migration(_) => StatusCode::CONFLICT,
            Problem::Rules(_) | Problem::Load(_) | Problem::Store(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What is said to people.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Problem::NotFound(what) => {
                lang.pick(format!("`{what}` n'existe pas"), format!("there is no `{what}`"))
            }
            Problem::Malformed(why) => why.clone(),
            Problem::Event(error) => error.message(lang),
            Problem::Refused(refusals) => {
                let lines: Vec<String> = refusals.iter().map(|one| said(one, lang)).collect();
                lines.join("\n")
            }
            Problem::Rules(error) => error.message(lang),
            Problem::Load(error) => error.message(lang),
            Problem::Tests(report) => {
                let failed = failures(report, lang).len();
                lang.pick(
                    format!("{failed} attente(s) des tests ne sont pas remplies"),
                    format!("{failed} expectation(s) of the tests beside the rules fail"),
                )
            }
            Problem::Migration(plan) => plan.report(lang),
            Problem::Store(error) => error.to_string(),
        }
    }

    /// The body of the answer: the message, and what there is to take apart.
    pub fn body(&self, lang: Lang) -> Json {
        let mut body = json!({"error": self.message(lang)});
        match self {
            Problem::Refused(refusals) => {
                let reasons = refusals.iter().map(|one| {
                    json!({"message": said(one, lang), "field": one.field, "obstacle": one.obstacle})
                });
                body["reasons"] = reasons.collect();
            }
            Problem::Load(LoadError::Program(Error::Diagnostics(found))) => {
                body["diagnostics"] = found.form(lang, Units::Utf16);
            }
            Problem::Tests(report) => body["failures"] = failures(report, lang).into(),
            _ => {}
        }
        body
    }
}

fn said(refusal: &Refusal, lang: Lang) -> String {
    let obstacle = refusal.obstacle.as_ref();
    obstacle.map_or_else(|| refusal.message.clone(), |obstacle| obstacle.message(lang))
}

fn failures(report: &Report, lang: Lang) -> Vec<Json> {
    let failed = report.tests.iter().flat_map(|test| {
        test.failures.iter().map(move |failure| {
            json!({"test": test.name, "expected": failure.expected, "found": failure.message(lang)})
        })
    });
    failed.collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Problem {}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::Rules(error)
    }
}

impl From<LoadError> for Problem {
    fn from(error: LoadError) -> Problem {
        Problem::Load(error)
    }
}

impl From<EventError> for Problem {
    fn from(error: EventError) -> Problem {
        Problem::Event(error)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        Problem::Store(error)
    }
}

impl From<MappingError> for Problem {
    fn from(error: MappingError) -> Problem {
        Problem::Malformed(error.to_string())
    }
}
