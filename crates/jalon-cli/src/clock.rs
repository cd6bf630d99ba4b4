//! The present: fixed on the command line, or in a column of the data.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::value::fold::same_name;
use jalon::value::{Clock, FieldKey, Instant, Record, Zone};
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
        /// Whose civil days and local times count.
        zone: Zone,
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
    pub fn of(args: &ClockArgs, lang: Lang) -> Result<Present, Failure> {
        match &args.now_column {
            None => Ok(Present::Fixed(fixed(&args.fixed, lang)?)),
            Some(name) => Ok(Present::Column {
                key: FieldKey::named([name.as_str()]),
                zone: zone(args.fixed.zone.as_deref(), lang)?,
                last: None,
            }),
        }
    }

    /// The clock before the first row.
    pub fn first(&self) -> Clock {
        match self {
            Present::Fixed(clock) => clock.clone(),
            Present::Column { zone, .. } => Clock::new(Some(Instant::from_micros(0)), *zone),
        }
    }

    /// The clock of a row.
    pub fn at(&mut self, row: &Cursor<'_>) -> RowClock {
        let Present::Column { key, zone, last } = self else {
            return RowClock::Same;
        };
        match instant_of(row.get(key), *zone) {
            None => RowClock::Unreadable,
            Some(now) if *last == Some(now) => RowClock::Same,
            Some(now) => {
                *last = Some(now);
                RowClock::Moved(Clock::new(Some(now), *zone))
            }
        }
    }

    /// Whether every row of a batch has a clock that can be read.
    pub fn all_readable(&self, batch: &Batch) -> bool {
        let Present::Column { key, zone, .. } = self else {
            return true;
        };
        let mut row = batch.cursor().bound([key]);
        (0..batch.len()).all(|index| {
            row.move_to(index);
            instant_of(row.get(key), *zone).is_some()
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

/// The clock that the options give; without `--now` it has no present.
pub fn fixed(args: &FixedClockArgs, lang: Lang) -> Result<Clock, Failure> {
    let zone = zone(args.zone.as_deref(), lang)?;
    match args.now.as_deref() {
        None => Ok(Clock::new(None, zone)),
        Some("now") => Ok(Clock::new(Some(system_now()), zone)),
        Some(text) => Clock::at(text, zone.name())
            .map_err(|error| Failure::usage(lang, &option("--now", &error.message(lang), lang))),
    }
}

fn zone(name: Option<&str>, lang: Lang) -> Result<Zone, Failure> {
    Zone::parse(name.unwrap_or("UTC"))
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
