//! What happens again and again: `chaque semaine le lundi, 5 fois`.
//!
//! A [`Recurrence`] is read and written as a sentence, in French and in English, and as the text
//! of an RFC 5545 rule; and it lists its occurrences from a start, in a time zone.
//!
//! ```
//! use jalon::{Lang, Zone, recurrence::Recurrence, value::LocalDateTime};
//!
//! let weekly = Recurrence::from_sentence("chaque semaine le lundi, 5 fois")?;
//! assert_eq!(weekly.sentence(Lang::En), "every week on Monday, 5 times");
//! assert_eq!(weekly.to_rrule()?, "FREQ=WEEKLY;BYDAY=MO;COUNT=5");
//!
//! let start = LocalDateTime::parse("2026-03-25T09:00").unwrap();
//! let paris = Zone::parse("Europe/Paris").unwrap();
//! let mondays: Vec<String> = weekly.occurrences(start, paris).map(|at| at.to_string()).collect();
//! assert_eq!(mondays[0], "2026-03-30T07:00Z");
//! assert_eq!(mondays.len(), 5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod occurrences;
mod pattern;
mod reader;
mod rrule;
mod sentence;
mod words;

pub(crate) use sentence::series;

use serde::{Deserialize, Serialize};

use crate::value::time::Moment;

pub use error::{Expected, Problem, RecurrenceError};
pub use occurrences::Occurrences;
pub use pattern::{Day, End, Frequency, Pattern};

/// What happens again and again, checked: it says nothing contradictory, and happens.
///
/// Two recurrences that mean the same by their days are equal: what is said twice, what has no
/// effect, and the order of a list leave no trace.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Pattern", into = "Pattern")]
pub struct Recurrence(Pattern);

impl Recurrence {
    /// The most occurrences that may be asked for.
    pub const MOST: u32 = 100_000;

    /// A recurrence of its parts.
    pub fn new(pattern: Pattern) -> Result<Recurrence, Problem> {
        pattern.checked().map(Recurrence)
    }

    /// Its parts.
    pub fn pattern(&self) -> &Pattern {
        &self.0
    }

    /// The same, its end as an instant: calendars that read RFC 5545 to the letter want `UNTIL`
    /// in UTC.
    #[must_use]
    pub fn until_in(&self, zone: crate::value::Zone) -> Recurrence {
        let mut pattern = self.0.clone();
        if let End::Until(until) = &mut pattern.end {
            // Rules count in seconds.
            let seconds = occurrences::last_instant(*until, zone).micros().div_euclid(1_000_000);
            *until = Moment::Instant(crate::value::Instant::from_micros(seconds * 1_000_000));
        }
        Recurrence(pattern)
    }
}

impl TryFrom<Pattern> for Recurrence {
    type Error = Problem;

    fn try_from(pattern: Pattern) -> Result<Recurrence, Problem> {
        Recurrence::new(pattern)
    }
}

impl From<Recurrence> for Pattern {
    fn from(recurrence: Recurrence) -> Pattern {
        recurrence.0
    }
}

#[cfg(test)]
mod tests;
