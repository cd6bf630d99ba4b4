//! `jalon run`: rules on a file of events, against records in memory.

pub mod events;
pub mod store;
mod timeline;

use std::io::Write;
use std::time::Instant as Started;

use jalon::lang::Lang;
use jalon::program::Error;
use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::Incoming;

use crate::args::RunArgs;
use crate::failure::Failure;
use crate::{clock, number, program, progress, users};
use events::{Events, Read};
use store::Stored;
use timeline::{Happened, Out};

/// So many events that cannot be settled are named; the others are counted.
const MOST_NAMED: u64 = 10;

/// Runs rules on events.
pub fn run(args: &RunArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Started::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (program, lang) = program::load(files, lang, args.strict)?;
    let clock = clock::fixed(&args.clock, &program, lang)?;
    let (zone, now) = (clock.zone, clock.now);
    let until = match &args.until {
        Some(text) => Some(zone.instant_of(clock::moment("--until", text, lang)?)),
        None => None,
    };
    let users = users::of(&args.users, &program, lang)?;
    let mut stage = Rehearsal::new(&program, clock).with_users(users);
    if let Some(path) = &args.state
        && let Some(stored) = store::read(path, lang)?
    {
        stage = stored.onto(stage);
    }
    let events = Events::open(data, lang)?;
    let out = Out::open(args, events.progress(), zone, lang)?;
    if args.explain || out.is_timeline() {
        stage = stage.tracing();
    }
    let mut running = Running { stage, out, lang, bad: 0, events: 0 };
    if let Some(now) = now {
        running.advance(now)?;
    }
    for read in events {
        match read? {
            Read::Event(event, place) => match running.settle(&event)? {
                None => {}
                Some(error) => running.bad(&place.said(&of_event(&error, lang), lang), args)?,
            },
            Read::Bad(message) => running.bad(&message, args)?,
        }
    }
    if let Some(until) = until {
        running.advance(until)?;
    }
    running.close(args, started)
}

/// The records, and where decisions go.
struct Running {
    stage: Rehearsal,
    out: Out,
    lang: Lang,
    events: u64,
    /// Events that could not be settled.
    bad: u64,
}

impl Running {
    /// Fires what is due before an event, and settles it; the error is what is wrong with it.
    fn settle(&mut self, event: &Incoming) -> Result<Option<Error>, Failure> {
        if let Some(now) = event.now(self.stage.clock().zone) {
            self.advance(now)?;
        }
        match self.stage.send(event) {
            Ok(decision) => {
                self.events += 1;
                let what = Happened::Event(event.event().kind);
                self.out.write(self.stage.clock().now, &what, &decision).map(|()| None)
            }
            Err(error) => Ok(Some(error)),
        }
    }

    /// Lets the clock go on, and writes what was due.
    fn advance(&mut self, until: Instant) -> Result<(), Failure> {
        let failed = |error| Failure::program(error, Some(self.lang));
        while let Some(all) = self.stage.step(until).map_err(failed)? {
            for fired in all {
                self.out.write(Some(fired.at), &Happened::Due(&fired.by), &fired.decision)?;
            }
        }
        Ok(())
    }

    /// Names an event that could not be settled; when strict, it ends the work.
    fn bad(&mut self, message: &str, args: &RunArgs) -> Result<(), Failure> {
        if args.strict {
            return Err(Failure::finding(message.to_owned()));
        }
        self.bad += 1;
        if self.bad <= MOST_NAMED {
            self.out.aside(message);
        }
        Ok(())
    }

    /// Ends the output, then writes what is remembered: never before the decisions are out.
    fn close(self, args: &RunArgs, started: Started) -> Result<(), Failure> {
        let Running { stage, out, lang, events, bad } = self;
        let summary = out.close()?;
        if let Some(path) = &args.state {
            store::write(path, &Stored::of(&stage), lang)?;
        }
        let mut text = String::new();
        if bad > MOST_NAMED {
            let more = event_count(bad - MOST_NAMED, lang);
            text += &lang.pick(
                format!("… et encore {more} à revoir\n"),
                format!("… and {more} more to look at\n"),
            );
        }
        if !progress::is_quiet() {
            let parts = [event_count(events, lang), summary.text(lang)];
            let parts: Vec<String> =
                parts.into_iter().chain(progress::time(started, lang)).collect();
            text.extend(["\n", &parts.join(" · "), "\n"]);
        }
        // Nothing better can be done when standard error is closed.
        let _ = write!(std::io::stderr(), "{text}");
        if bad > 0 { Err(Failure::silent_finding()) } else { Ok(()) }
    }
}

fn event_count(events: u64, lang: Lang) -> String {
    let (one, many) = lang.pick(("événement", "événements"), ("event", "events"));
    number::counted(events, one, many, lang)
}

/// What is wrong with an event, with the key that is the way out.
pub fn of_event(error: &Error, lang: Lang) -> String {
    let message = error.message(lang);
    match error {
        Error::ClockNeeded => lang.pick(
            "le programme lit l'heure ; donnez `now` à l'événement, tel que \
             \"2026-06-30T09:00\", ou ajoutez --now"
                .to_owned(),
            "the program reads the clock; give the event `now`, such as \"2026-06-30T09:00\", \
             or add --now"
                .to_owned(),
        ),
        Error::Ambiguous { what, names } if !names.is_empty() => lang.pick(
            format!("{message} (clé `{what}` de l'événement)"),
            format!("{message} (key `{what}` of the event)"),
        ),
        _ => message,
    }
}
