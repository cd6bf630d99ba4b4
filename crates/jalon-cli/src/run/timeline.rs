//! Decisions written as they are made: a timeline for people, or one JSON object a line.

use std::io::{IsTerminal, Write};

use jalon::lang::Lang;
use jalon::rehearsal::FiredBy;
use jalon::value::{Instant, Zone};
use jalon::workflow::{Decision, EventKind, Outcome, RecordKey, Step};
use jalon_files::data::Progress;
use jalon_files::write::Sink;
use jalon_files::{FileError, FileProblem};
use serde::Serialize;

use crate::args::{Form, RunArgs};
use crate::failure::Failure;
use crate::number;
use crate::progress::Bar;

/// What a decision answers.
#[derive(Clone, Copy, Debug)]
pub enum Happened<'h> {
    /// An event of the file.
    Event(EventKind<'h>),
    /// Something that was due.
    Due(&'h FiredBy),
}

/// Where decisions are written.
#[derive(Debug)]
pub struct Out {
    sink: Sink,
    name: String,
    form: Form,
    explained: bool,
    zone: Zone,
    lang: Lang,
    summary: Summary,
    bar: Bar,
}

/// What was decided, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    decisions: u64,
    due: u64,
    changes: u64,
    effects: u64,
    refused: u64,
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
    /// Where the options say: a file, or standard output.
    pub fn open(
        args: &RunArgs,
        progress: Progress,
        zone: Zone,
        lang: Lang,
    ) -> Result<Out, Failure> {
        let path = args.out.as_deref().filter(|path| path.as_os_str() != "-");
        let name = path.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        let sink = Sink::create(path).map_err(|error| failed(&name, error, lang))?;
        let on_terminal = args.out.is_none() && std::io::stdout().is_terminal();
        let form = args.format.unwrap_or(if on_terminal { Form::Text } else { Form::Json });
        let (summary, bar) = (Summary::default(), Bar::of_events(progress, lang));
        Ok(Out { sink, name, form, explained: args.explain, zone, lang, summary, bar })
    }

    /// Whether people read it: a timeline says what was held back or dropped, also where nobody
    /// asked why.
    pub fn is_timeline(&self) -> bool {
        self.form == Form::Text
    }

    /// Writes a decision.
    pub fn write(
        &mut self,
        at: Option<Instant>,
        what: &Happened<'_>,
        decision: &Decision,
    ) -> Result<(), Failure> {
        let text = match self.form {
            Form::Json => serde_json::to_string(&Line { at, decision }).unwrap_or_default(),
            Form::Text => self.entry(at, what, decision),
        };
        let blank = self.form == Form::Text && self.explained && self.summary.decisions > 0;
        self.summary.count(what, decision);
        self.bar.tick(self.summary.decisions);
        let written = writeln!(self.sink, "{}{text}", if blank { "\n" } else { "" });
        written.map_err(|error| failed(&self.name, error, self.lang))
    }

    /// Says something on standard error.
    pub fn aside(&mut self, message: &str) {
        self.bar.clear();
        // Nothing better can be done when standard error is closed.
        let _ = write!(std::io::stderr(), "{message}");
    }

    /// One entry of the timeline.
    fn entry(&self, at: Option<Instant>, what: &Happened<'_>, decision: &Decision) -> String {
        let at = at.map(|at| self.zone.local(at).to_string());
        let record = decision.record.as_ref().map(record);
        let parts = [at, record, Some(what.text(&decision.event, self.lang))];
        let head = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let is_draft = matches!(what, Happened::Event(EventKind::Draft { .. }));
        let told = if is_draft && decision.refusals.is_empty() {
            self.lang.pick("brouillon gardé", "draft kept").to_owned()
        } else if self.explained {
            decision.report_in(self.lang, self.zone)
        } else {
            decision.brief_in(self.lang, self.zone, |step| what.is_told(step))
        };
        told.lines().fold(head, |text, line| text + "\n  " + line)
    }

    /// Ends the output; it says what was decided.
    pub fn close(self) -> Result<Summary, Failure> {
        let Out { sink, name, lang, summary, mut bar, .. } = self;
        bar.clear();
        sink.finish().map_err(|error| failed(&name, error, lang))?;
        Ok(summary)
    }
}

impl Summary {
    fn count(&mut self, what: &Happened<'_>, decision: &Decision) {
        self.decisions += 1;
        self.due += u64::from(matches!(what, Happened::Due(_)));
        self.changes += decision.changes.len() as u64;
        self.effects += decision.effects.len() as u64;
        self.refused += u64::from(!decision.refusals.is_empty());
    }

    /// `2 échéances · 5 valeurs changées · 3 effets`
    pub fn text(&self, lang: Lang) -> String {
        let counted = |n, (one, many)| number::counted(n, one, many, lang);
        let due = lang.pick(("échéance", "échéances"), ("due", "due"));
        let changes =
            lang.pick(("valeur changée", "valeurs changées"), ("value changed", "values changed"));
        let effects = lang.pick(("effet", "effets"), ("effect", "effects"));
        let refused = lang.pick(("refusé", "refusés"), ("refused", "refused"));
        let mut parts = Vec::new();
        if self.due > 0 {
            parts.push(counted(self.due, due));
        }
        parts.extend([counted(self.changes, changes), counted(self.effects, effects)]);
        if self.refused > 0 {
            parts.push(counted(self.refused, refused));
        }
        parts.join(" · ")
    }
}

impl Happened<'_> {
    /// Whether a step is told where nobody asked why; also why a timer's rule does nothing.
    fn is_told(&self, step: &Step) -> bool {
        let dropped = match (self, step) {
            (Happened::Due(FiredBy::Timer(due)), Step::Rule { rule, outcome, .. }) => {
                rule == due && matches!(outcome, Outcome::NotHeld { .. })
            }
            _ => false,
        };
        dropped || step.is_notable()
    }

    /// `e1, créée`, `minuterie de « Relance »`
    fn text(&self, id: &str, lang: Lang) -> String {
        let quoted = |text: &str| lang.pick(format!("« {text} »"), format!("“{text}”"));
        let kind = match self {
            Happened::Due(FiredBy::Timer(rule)) => {
                let rule = quoted(rule);
                return lang.pick(format!("minuterie de {rule}"), format!("timer of {rule}"));
            }
            Happened::Due(FiredBy::Schedule(name)) => {
                let name = quoted(name);
                return lang.pick(format!("planification {name}"), format!("schedule {name}"));
            }
            Happened::Event(kind) => kind,
        };
        let what = match (kind, lang) {
            (EventKind::Created { .. }, Lang::Fr) => "créée".to_owned(),
            (EventKind::Updated { .. }, Lang::Fr) => "modifiée".to_owned(),
            (EventKind::Deleted { .. }, Lang::Fr) => "supprimée".to_owned(),
            (EventKind::Manual { rule, .. }, Lang::Fr) => format!("bouton {}", quoted(rule)),
            (EventKind::Manual { rule, .. }, Lang::En) => format!("button {}", quoted(rule)),
            (EventKind::Transition { transition, by, .. }, _) => {
                let by =
                    by.map(|by| lang.pick(format!(" par {}", by.name), format!(" by {}", by.name)));
                format!("transition {}{}", quoted(transition), by.unwrap_or_default())
            }
            (EventKind::Draft { transition, .. }, Lang::Fr) => {
                format!("brouillon de {}", quoted(transition))
            }
            (EventKind::Draft { transition, .. }, Lang::En) => {
                format!("draft of {}", quoted(transition))
            }
            (EventKind::Step { .. }, Lang::Fr) => "échéance du parcours".to_owned(),
            (EventKind::Step { .. }, Lang::En) => "due in the blueprint".to_owned(),
            (EventKind::Enter { .. }, Lang::Fr) => "entrée dans le parcours".to_owned(),
            (EventKind::Enter { .. }, Lang::En) => "into the blueprint".to_owned(),
            (EventKind::Exit { .. }, Lang::Fr) => "sortie du parcours".to_owned(),
            (EventKind::Exit { .. }, Lang::En) => "out of the blueprint".to_owned(),
            (EventKind::Activity { kind, .. }, _) => (*kind).to_owned(),
            (EventKind::Submit { approval, .. }, Lang::Fr) => {
                format!("soumise à {}", quoted(approval))
            }
            (EventKind::Vote { approval, .. }, Lang::Fr) => {
                format!("réponse à {}", quoted(approval))
            }
            (EventKind::Delegate { approval, .. }, Lang::Fr) => {
                format!("délégation de {}", quoted(approval))
            }
            (EventKind::Recall { approval, .. }, Lang::Fr) => {
                format!("rappel de {}", quoted(approval))
            }
            (EventKind::Submit { approval, .. }, Lang::En) => {
                format!("submitted to {}", quoted(approval))
            }
            (EventKind::Vote { approval, .. }, Lang::En) => {
                format!("answer to {}", quoted(approval))
            }
            (EventKind::Delegate { approval, .. }, Lang::En) => {
                format!("delegation of {}", quoted(approval))
            }
            (EventKind::Recall { approval, .. }, Lang::En) => {
                format!("recall of {}", quoted(approval))
            }
            (EventKind::Arm { .. }, Lang::Fr) => "minuteries à armer".to_owned(),
            (EventKind::Arm { .. }, Lang::En) => "timers to arm".to_owned(),
            (EventKind::Tick, Lang::Fr) => "l'heure avance".to_owned(),
            (EventKind::Tick, Lang::En) => "time goes on".to_owned(),
            (EventKind::Due { .. }, Lang::Fr) => "minuterie".to_owned(),
            (EventKind::Due { .. }, Lang::En) => "timer".to_owned(),
            (EventKind::Scheduled { schedule, .. }, Lang::Fr) => {
                format!("planification {}", quoted(schedule))
            }
            (EventKind::Scheduled { schedule, .. }, Lang::En) => {
                format!("schedule {}", quoted(schedule))
            }
            (kind, Lang::En) => kind.name().to_owned(),
        };
        format!("{what} ({id})")
    }
}

fn record(key: &RecordKey) -> String {
    format!("{} {}", key.module, key.id).trim().to_owned()
}

fn failed(name: &str, error: std::io::Error, lang: Lang) -> Failure {
    let problem = if error.kind() == std::io::ErrorKind::NotFound {
        FileProblem::NoFolder
    } else {
        FileProblem::Io(error)
    };
    Failure::file(&FileError::new(name, problem), lang)
}
