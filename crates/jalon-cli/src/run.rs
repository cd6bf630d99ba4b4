//! `jalon run`: rules on a file of events, against records in memory.

mod events;
mod store;

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};

use jalon::lang::Lang;
use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::Decision;
use jalon_files::data::Progress;
use jalon_files::{FileError, FileProblem};
use serde::Serialize;

use crate::args::{Form, RunArgs};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{clock, program};
use events::Events;
use store::Stored;

/// Runs rules on events.
pub fn run(args: &RunArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (program, lang) = program::load(files, lang, args.strict)?;
    let clock = clock::fixed(&args.clock, &program, lang)?;
    let zone = clock.zone;
    let until = match &args.until {
        Some(text) => Some(zone.instant_of(clock::moment("--until", text, lang)?)),
        None => None,
    };
    let failed = |error| Failure::program(error, Some(lang));
    let mut stage = Rehearsal::new(&program, clock);
    if args.explain {
        stage = stage.tracing();
    }
    if let Some(path) = &args.state
        && let Some(stored) = store::read(path, lang)?
    {
        stage = stored.onto(stage);
    }
    let events = Events::open(data, lang)?;
    let mut out = Out::open(args, events.progress(), lang)?;
    let mut bad = 0_u64;
    for read in events {
        let event = match read? {
            Ok(event) => event,
            Err(message) if args.strict => return Err(Failure::finding(message)),
            Err(message) => {
                bad += 1;
                // Nothing better can be done when standard error is closed.
                let _ = write!(std::io::stderr(), "{message}");
                continue;
            }
        };
        if let Some(now) = event.now(zone) {
            for fired in stage.advance(now).map_err(failed)? {
                out.write(Some(fired.at), &fired.decision, &stage)?;
            }
        }
        let decision = stage.send(&event).map_err(failed)?;
        out.write(stage.clock().now, &decision, &stage)?;
    }
    if let Some(until) = until {
        for fired in stage.advance(until).map_err(failed)? {
            out.write(Some(fired.at), &fired.decision, &stage)?;
        }
    }
    out.close()?;
    if let Some(path) = &args.state {
        store::write(path, &Stored::of(&stage), lang)?;
    }
    if bad > 0 { Err(Failure::silent_finding()) } else { Ok(()) }
}

/// Where decisions are written.
struct Out {
    writer: Box<dyn Write>,
    name: String,
    form: Form,
    lang: Lang,
    written: u64,
    bar: Bar,
}

/// A decision with its time.
#[derive(Serialize)]
struct Line<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Instant>,
    #[serde(flatten)]
    decision: &'d Decision,
}

impl Out {
    fn open(args: &RunArgs, progress: Progress, lang: Lang) -> Result<Out, Failure> {
        let (writer, name): (Box<dyn Write>, String) = match &args.out {
            Some(path) => {
                let name = path.display().to_string();
                let file = File::create(path).map_err(|error| {
                    Failure::file(&FileError::new(name.clone(), FileProblem::Io(error)), lang)
                })?;
                (Box::new(BufWriter::new(file)), name)
            }
            None => (Box::new(std::io::stdout().lock()), "-".to_owned()),
        };
        let on_terminal = args.out.is_none() && std::io::stdout().is_terminal();
        let form = args.format.unwrap_or(if on_terminal { Form::Text } else { Form::Json });
        Ok(Out { writer, name, form, lang, written: 0, bar: Bar::new(progress, lang) })
    }

    fn write(
        &mut self,
        at: Option<Instant>,
        decision: &Decision,
        stage: &Rehearsal,
    ) -> Result<(), Failure> {
        let text = match self.form {
            Form::Json => serde_json::to_string(&Line { at, decision }).unwrap_or_default(),
            Form::Text => self.timeline(at, decision, stage),
        };
        self.written += 1;
        self.bar.tick(self.written);
        let written = writeln!(self.writer, "{text}");
        written.map_err(|error| self.failed(error))
    }

    /// One entry of the timeline.
    fn timeline(&self, at: Option<Instant>, decision: &Decision, stage: &Rehearsal) -> String {
        let mut head = String::new();
        if let Some(at) = at {
            head = format!("{} · ", stage.clock().zone.local(at));
        }
        head += &decision.event;
        if let Some(record) = &decision.record {
            head = format!("{head} · {} {}", record.module, record.id);
        }
        let report = decision.report(self.lang);
        report.lines().fold(head, |text, line| text + "\n  " + line)
    }

    fn close(mut self) -> Result<(), Failure> {
        self.bar.clear();
        let flushed = self.writer.flush();
        flushed.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: std::io::Error) -> Failure {
        Failure::file(&FileError::new(self.name.clone(), FileProblem::Io(error)), self.lang)
    }
}
