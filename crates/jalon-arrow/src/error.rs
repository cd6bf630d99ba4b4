//! Why a frame cannot be scored.

use std::fmt;

use arrow_schema::ArrowError;
use jalon::lang::Lang;

/// Why a frame cannot be scored or matched; shown as its message, by `{:?}` too.
pub enum FrameError {
    /// The program, the score or the clock.
    Program(jalon::program::Error),
    /// The frame already has a column of a name that would be added.
    ColumnExists(String),
    /// The frame lacks the column of clocks.
    NoColumn(String),
    /// What is to be the present is neither a date or time nor one of the columns.
    NoNow(String),
    /// Arrow refused.
    Arrow(ArrowError),
}

impl FrameError {
    /// What is wrong and the way out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            FrameError::Program(error) => error.message(lang),
            FrameError::ColumnExists(name) => lang.pick(
                format!("les données ont déjà une colonne `{name}` : renommez-la ou retirez-la"),
                format!("the data already has a column `{name}`: rename it or leave it out"),
            ),
            FrameError::NoColumn(name) => lang.pick(
                format!("les données n'ont pas de colonne `{name}`"),
                format!("the data has no column `{name}`"),
            ),
            FrameError::NoNow(text) => lang.pick(
                format!(
                    "now : `{text}` n'est ni une colonne du tableau, ni une date, ni une heure"
                ),
                format!("now: `{text}` is neither a column of the frame nor a date or time"),
            ),
            FrameError::Arrow(error) => error.to_string(),
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Debug for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for FrameError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FrameError::Arrow(error) => Some(error),
            FrameError::Program(error) => Some(error),
            _ => None,
        }
    }
}

impl From<jalon::program::Error> for FrameError {
    fn from(error: jalon::program::Error) -> FrameError {
        FrameError::Program(error)
    }
}

impl From<ArrowError> for FrameError {
    fn from(error: ArrowError) -> FrameError {
        FrameError::Arrow(error)
    }
}
