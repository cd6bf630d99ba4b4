//! `jalon simulate`: which outcomes change from an old program to a new one, on a file of records
//! or of events.

mod output;

use std::io::Write;
use std::time::Instant as Started;

use jalon::diff::Diff;
use jalon::lang::Lang;
use jalon::program::{Error, Program};
use jalon::rehearsal::Rehearsal;
use jalon::rehearsal::compare::{Comparison, Listed, Replaying, Tally, replayed};
use jalon::value::Instant;
use jalon::workflow::Incoming;
use jalon_files::data::{Batch, DataReader};

use crate::args::{As, SimulateArgs};
use crate::bad_values::{BadValues, Found};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::run::events::{Events, Read};
use crate::run::of_event;
use crate::{clock, program, threads, users};
use output::Output;

/// Compares two programs.
pub fn run(args: &SimulateArgs, lang: Option<Lang>) -> Result<(), Failure> {
    program::refuse_as_data(&args.data, lang)?;
    let (old, _) = program::load(&args.old, lang, false)?;
    let (new, lang) = program::load(&args.new, lang, false)?;
    let (bad, changed) = compare(args, &old, &new, None, lang)?;
    if bad || (changed && args.fail_on_change) { Err(Failure::silent_finding()) } else { Ok(()) }
}

/// Replays the data; whether some of it could not be settled, and whether anything changes. A JSON
/// report has what changes of the programs too, where that is known.
pub fn compare(
    args: &SimulateArgs,
    old: &Program,
    new: &Program,
    diff: Option<&Diff>,
    lang: Lang,
) -> Result<(bool, bool), Failure> {
    let started = Started::now();
    let until = match &args.until {
        Some(text) => Some(clock::moment("--until", text, lang)?),
        None => None,
    };
    let users = users::of(&args.users, new, lang)?;
    let stage = |program: &Program| {
        let clock = clock::fixed(&args.clock, program, lang)?;
        Ok::<_, Failure>(Rehearsal::new(program, clock).with_users(users.clone()))
    };
    let (old, new) = (stage(old)?, stage(new)?);
    let zone = new.clock().zone;
    let until = until.map(|until| zone.instant_of(until));
    let mut output = Output::new(args, diff, zone, lang);
    let comparing = Comparing { old, new, until, lang };
    let bad = if args.events {
        comparing.events(args, &mut output)?
    } else {
        comparing.records(args, &mut output)?
    };
    Ok((bad, output.close(started)?))
}

/// The stages of both programs, still empty.
struct Comparing {
    old: Rehearsal,
    new: Rehearsal,
    until: Option<Instant>,
    lang: Lang,
}

impl Comparing {
    /// Each record of a file on its own.
    fn records(self, args: &SimulateArgs, output: &mut Output) -> Result<bool, Failure> {
        let lang = self.lang;
        let reader = DataReader::open(&args.data).map_err(|error| Failure::file(&error, lang))?;
        let mut bar = Bar::new(reader.progress(), lang);
        let mut workers: Vec<Worker> =
            (0..threads::count(args.threads)).map(|_| self.worker(args)).collect();
        let mut bad = BadValues::new(lang, false);
        let (mut rows, none) = (0, Found::new(lang));
        threads::run(reader, lang, &mut workers, Worker::compare, |worker, batch| {
            bar.clear();
            bad.name_all(batch.issues(), &none)?;
            for changed in worker.changed.drain(..) {
                output.changed(changed)?;
            }
            output.count(std::mem::take(&mut worker.tally));
            rows += batch.len() as u64;
            bar.tick(rows);
            Ok(())
        })?;
        bar.clear();
        bad.close();
        Ok(false)
    }

    fn worker(&self, args: &SimulateArgs) -> Worker {
        Worker {
            comparison: Comparison::new(self.old.clone(), self.new.clone()),
            how: Replaying {
                module: args.module.clone(),
                updated: args.as_ == As::Updated,
                until: self.until,
                show: args.show,
            },
            lang: self.lang,
            changed: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// The events of a file in their order, which both programs remember. Whether some could not
    /// be settled.
    fn events(self, args: &SimulateArgs, output: &mut Output) -> Result<bool, Failure> {
        let (lang, zone) = (self.lang, self.new.clock().zone);
        let mut comparison = Comparison::new(self.old.tracing(), self.new.tracing());
        let failed = |error| Failure::program(error, Some(lang));
        let events = Events::open(&args.data, lang)?;
        let mut bar = Bar::of_events(events.progress(), lang);
        let (mut bad, mut done) = (0, 0);
        let mut aside = |bar: &mut Bar, message: &str| {
            bad += 1;
            bar.clear();
            // Nothing better can be done when standard error is closed.
            let _ = write!(std::io::stderr(), "{message}");
        };
        for read in events {
            let (event, place) = match read? {
                Read::Event(event, place) => (event, place),
                Read::Bad(message) => {
                    aside(&mut bar, &message);
                    continue;
                }
            };
            if let Some(now) = event.now(zone) {
                let due = comparison.advance(now).map_err(failed)?;
                output.due(now, due)?;
            }
            match comparison.send(&event) {
                Ok(differences) => {
                    done += 1;
                    bar.tick(done);
                    output.event(place.number(), event.event().id, differences)?;
                }
                Err(error) => aside(&mut bar, &place.said(&of_event(&error, lang), lang)),
            }
        }
        if let Some(until) = self.until {
            let due = comparison.advance(until).map_err(failed)?;
            output.due(until, due)?;
        }
        bar.clear();
        Ok(bad > 0)
    }
}

/// One thread's work: the records of a batch through both programs.
struct Worker {
    comparison: Comparison,
    how: Replaying,
    lang: Lang,
    changed: Vec<Listed>,
    tally: Tally,
}

impl Worker {
    fn compare(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.changed.clear();
        for index in 0..batch.len() {
            let row = batch.row_number(index);
            let event = replayed(row, batch.object(index), &self.how);
            let Ok(event) = Incoming::read(&event) else { continue };
            let differences = self
                .comparison
                .replay(&event, self.how.until)
                .map_err(|error| self.failed(row, error))?;
            self.tally.add(&differences);
            if !differences.is_empty() && self.changed.len() < self.how.show {
                self.changed.push(Listed { row: Some(row), event: None, until: None, differences });
            }
        }
        Ok(())
    }

    fn failed(&self, row: u64, error: Error) -> Failure {
        match error {
            Error::Record(_) => {
                let at = self.lang.pick(format!("ligne {row}"), format!("row {row}"));
                let why = error.message(self.lang);
                let message = self.lang.pick(format!("{at} : {why}"), format!("{at}: {why}"));
                Failure { code: 1, ..Failure::usage(self.lang, &message) }
            }
            error => Failure::program(error, Some(self.lang)),
        }
    }
}
