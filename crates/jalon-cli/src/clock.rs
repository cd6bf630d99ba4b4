//! The present: fixed on the command line, or in a column of the data.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use jalon::Program;
use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::value::fold::same_name;
use jalon::value::{Clock, ClockError, FieldKey, Instant, Moment, Record, Zone, read};
use jalon_files::data::{Batch, Cursor, Header, instant_of};

use crate::args::{ClockArgs, FixedClockArgs};
use crate::failure::Failure;

/// What rows take as the present.
#[derive(Clone, Debug)]
pub enum Present {
    /// The same for all.
    Fixed(Clock),
    /// Each its own.
    Column {
        /// The column.
        key: FieldKey,
        /// Zone and calendar.
        clock: Clock,
        /// That of the row before.
        last: Option<Instant>,
    },
}

/// What a row's clock is.
#[derive(Debug)]
pub enum RowClock {
    /// That of the row before.
    Same,
    /// Another.
    Moved(Clock),
    /// The column holds no date or time here.
    Unreadable,
}

impl Present {
    /// From the options.
    pub fn of(args: &ClockArgs, program: &Program, lang: Lang) -> Result<Present, Failure> {
        let clock = fixed(&args.fixed, program, lang)?;
        Ok(match &args.now_column {
            None => Present::Fixed(clock),
            Some(name) => {
                Present::Column { key: FieldKey::named([name.as_str()]), clock, last: None }
            }
        })
    }

    /// The clock before the first row.
    pub fn first(&self) -> Clock {
        match self {
            Present::Fixed(clock) => clock.clone(),
            Present::Column { clock, .. } => {
                Clock { now: Some(Instant::from_micros(0)), ..clock.clone() }
            }
        }
    }

    /// The clock of a row.
    pub fn at(&mut self, row: &Cursor<'_>) -> RowClock {
        let Present::Column { key, clock, last } = self else {
            return RowClock::Same;
        };
        match instant_of(row.get(key), clock.zone) {
            None => RowClock::Unreadable,
            Some(now) if *last == Some(now) => RowClock::Same,
            Some(now) => {
                *last = Some(now);
                RowClock::Moved(Clock { now: Some(now), ..clock.clone() })
            }
        }
    }

    /// Whether every row of a batch has a clock that can be read.
    pub fn all_readable(&self, batch: &Batch) -> bool {
        let Present::Column { key, clock, .. } = self else {
            return true;
        };
        let mut row = batch.cursor().bound([key]);
        (0..batch.len()).all(|index| {
            row.move_to(index);
            instant_of(row.get(key), clock.zone).is_some()
        })
    }

    /// Refuses data that lacks the column of clocks.
    pub fn require_column(&self, header: &Header, data: &Path, lang: Lang) -> Result<(), Failure> {
        let (Some(column), Some(names)) = (self.column(), header.names()) else {
            return Ok(());
        };
        if names.iter().any(|name| same_name(name.trim(), column)) {
            return Ok(());
        }
        let data = data.display();
        let mut message = lang.pick(
            format!("--now-column : `{data}` n'a pas de colonne `{column}`"),
            format!("--now-column: `{data}` has no column `{column}`"),
        );
        if let Some(name) = did_you_mean(column, names) {
            message += &lang.pick(
                format!(" ; vouliez-vous dire `{name}` ?"),
                format!("; did you mean `{name}`?"),
            );
        }
        Err(Failure::usage(lang, &message))
    }

    /// The column of clocks.
    pub fn key(&self) -> Option<&FieldKey> {
        match self {
            Present::Fixed(_) => None,
            Present::Column { key, .. } => Some(key),
        }
    }

    /// The name of the column of clocks.
    pub fn column(&self) -> Option<&str> {
        self.key()?.names.first().map(String::as_str)
    }
}

/// The clock that the options give a program; without `--now` it has no present.
pub fn fixed(args: &FixedClockArgs, program: &Program, lang: Lang) -> Result<Clock, Failure> {
    let zone = args.zone.as_deref().map(|name| zone(name, lang)).transpose()?;
    let now = match args.now.as_deref() {
        None => None,
        Some("now") => Some(Moment::Instant(system_now())),
        Some(text) => Some(moment("--now", text, lang)?),
    };
    Ok(program.clock(now, zone))
}

/// The date or time that an option gives.
pub fn moment(name: &str, text: &str, lang: Lang) -> Result<Moment, Failure> {
    let wrong = || ClockError::Now(text.to_owned()).message(lang);
    read::moment(text).ok_or_else(|| Failure::usage(lang, &option(name, &wrong(), lang)))
}

/// The zone that `--zone` names.
pub fn zone(name: &str, lang: Lang) -> Result<Zone, Failure> {
    Zone::parse(name)
        .map_err(|error| Failure::usage(lang, &option("--zone", &error.message(lang), lang)))
}

/// What is wrong with an option.
fn option(name: &str, why: &str, lang: Lang) -> String {
    lang.pick(format!("{name} : {why}"), format!("{name}: {why}"))
}

/// The system's clock, read only when it is asked for by name.
fn system_now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_micros(since.as_micros() as i64)
}
