//! What is remembered of a record as bytes: its key, then the parts of [`RecordState`] in their
//! order. Names that many records share (modules, rules, fields) are numbers.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::{RecordKey, RecordState, Timer, TimerCause};
use crate::approval::Lapse;
use crate::blueprint::{Draft, DueStep, History, Instance, Move, Progress};
use crate::value::Instant;
use crate::value::fold::same_name;

/// Names by number and numbers by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    list: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let (number, name): (u32, Arc<str>) = (self.list.len() as u32, name.into());
        self.list.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// The names that are this one, however it is written.
    pub(super) fn alike(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list.iter().map(|known| &**known).filter(move |known| same_name(known, name))
    }
}

/// Packs a record.
pub(super) fn pack(key: &RecordKey, state: &RecordState, names: &mut Names) -> Box<[u8]> {
    let mut writer = Writer { bytes: Vec::with_capacity(128), names };
    writer.name(&key.module);
    writer.text(&key.id);
    writer.list(&state.timers, Writer::timer);
    writer.list(&state.fired, |writer, rule| writer.name(rule));
    writer.list(&state.sent, |writer, (channel, sent)| {
        writer.name(channel);
        writer.list(sent, |writer, at| writer.instant(*at));
    });
    writer.list(&state.scores, |writer, (score, total)| {
        writer.name(score);
        writer.bytes.extend(total.serialize());
    });
    writer.list(&state.approvals, |writer, request| {
        // Few records wait for an approval, and what people said has no form of its own.
        writer.text(&serde_json::to_string(request).unwrap_or_default());
    });
    writer.list(&state.process, Writer::instance);
    writer.bytes.into_boxed_slice()
}

/// The module and the id of a packed record.
pub(super) fn key<'a>(bytes: &'a [u8], names: &'a Names) -> Option<(&'a str, &'a str)> {
    let mut reader = Reader { bytes, names };
    Some((reader.name()?, reader.text()?))
}

/// Unpacks a record; `None` of what was not packed here.
pub(super) fn unpack(bytes: &[u8], names: &Names) -> Option<(RecordKey, RecordState)> {
    let mut reader = Reader { bytes, names };
    let key = RecordKey { module: reader.owned_name()?, id: reader.text()?.to_owned() };
    let state = RecordState {
        timers: reader.list(Reader::timer)?,
        fired: reader.list(Reader::owned_name)?,
        sent: reader.list(|reader| Some((reader.owned_name()?, reader.list(Reader::instant)?)))?,
        scores: reader
            .list(|reader| Some((reader.owned_name()?, Decimal::deserialize(reader.array()?))))?,
        approvals: reader.list(|reader| serde_json::from_str(reader.text()?).ok())?,
        process: reader.option(Reader::instance)?,
    };
    Some((key, state))
}

const DATE: u8 = 0;
const LATER: u8 = 1;
const IDLE: u8 = 2;
const APPROVAL: u8 = 16;
const TRANSITION: u8 = 3;
const REMINDER: u8 = 4;
const ESCALATION: u8 = 5;

struct Writer<'n> {
    bytes: Vec<u8>,
    names: &'n mut Names,
}

impl Writer<'_> {
    /// Seven bits a byte, the lowest first; the last has its top bit clear.
    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn name(&mut self, name: &str) {
        let number = self.names.number(name);
        self.number(number);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.bytes.extend(text.bytes());
    }

    fn instant(&mut self, instant: Instant) {
        self.bytes.extend(instant.micros().to_le_bytes());
    }

    fn list<I: IntoIterator<IntoIter: ExactSizeIterator>>(
        &mut self,
        items: I,
        each: impl Fn(&mut Self, I::Item),
    ) {
        let items = items.into_iter();
        self.number(items.len() as u32);
        items.for_each(|item| each(self, item));
    }

    fn timer(&mut self, timer: &Timer) {
        self.text(&timer.id);
        self.instant(timer.due);
        self.name(&timer.rule);
        self.name(&timer.rule_hash);
        match &timer.cause {
            TimerCause::Date { trigger, field, value } => {
                self.bytes.push(DATE);
                self.number(*trigger);
                self.name(field);
                self.text(value);
            }
            TimerCause::Later { branch, later, fired } => {
                self.bytes.push(LATER);
                self.number(*branch);
                self.number(*later);
                self.instant(*fired);
            }
            TimerCause::Idle { trigger, since } => {
                self.bytes.push(IDLE);
                self.number(*trigger);
                self.instant(*since);
            }
            TimerCause::Approval { level, since, lapse } => {
                self.bytes.push(APPROVAL);
                self.number(*level);
                self.instant(*since);
                // The deadline is 0, reminders follow.
                self.number(match lapse {
                    Lapse::Deadline => 0,
                    Lapse::Reminder { number } => number.saturating_add(1),
                });
            }
            TimerCause::Process { since, step } => {
                self.step(step);
                self.instant(*since);
            }
        }
    }

    fn step(&mut self, step: &DueStep) {
        match step {
            DueStep::Transition { transition } => {
                self.bytes.push(TRANSITION);
                self.name(transition);
            }
            DueStep::Reminder { number } => {
                self.bytes.push(REMINDER);
                self.number(*number);
            }
            DueStep::Escalation { level } => {
                self.bytes.push(ESCALATION);
                self.number(*level);
            }
        }
    }

    fn instance(&mut self, instance: &Instance) {
        self.name(&instance.blueprint);
        self.name(&instance.content);
        self.name(&instance.state);
        self.instant(instance.since);
        self.list(&instance.told, Writer::step);
        self.list(&instance.left, |writer, left| writer.instant(*left));
        self.list(&instance.drafts, |writer, draft| {
            writer.name(&draft.transition);
            // What people typed has no form of its own.
            writer.text(&serde_json::to_string(&draft.given).unwrap_or_default());
            writer.instant(draft.saved);
            writer.list(&draft.by, |writer, by| writer.name(by));
        });
        self.list(&instance.progress, |writer, progress| {
            writer.name(&progress.transition);
            writer.list(&progress.done, |writer, child| writer.name(child));
        });
        self.list(instance.history.moves(), |writer, made| {
            writer.list(&made.transition, |writer, name| writer.name(name));
            writer.list(&made.from, |writer, state| writer.name(state));
            writer.name(&made.to);
            writer.instant(made.at);
            writer.list(&made.by, |writer, by| writer.name(by));
        });
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    names: &'a Names,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Some(number)
    }

    fn name(&mut self) -> Option<&'a str> {
        let number = self.number()? as usize;
        self.names.list.get(number).map(|name| &**name)
    }

    fn owned_name(&mut self) -> Option<String> {
        self.name().map(str::to_owned)
    }

    fn shared_name(&mut self) -> Option<Arc<str>> {
        let number = self.number()? as usize;
        self.names.list.get(number).cloned()
    }

    /// What is there or not; none at all of what was not packed here.
    #[allow(clippy::option_option, reason = "the outer one is how every reader fails")]
    fn option<T>(&mut self, each: impl Fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        self.list::<T, Vec<T>>(each).map(|mut found| found.pop())
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn instant(&mut self) -> Option<Instant> {
        self.array().map(|bytes| Instant::from_micros(i64::from_le_bytes(bytes)))
    }

    fn list<T, C: FromIterator<T>>(&mut self, each: impl Fn(&mut Self) -> Option<T>) -> Option<C> {
        let count = self.number()?;
        (0..count).map(|_| each(self)).collect()
    }

    fn timer(&mut self) -> Option<Timer> {
        let id = self.text()?.to_owned();
        let due = self.instant()?;
        let (rule, rule_hash) = (self.owned_name()?, self.owned_name()?);
        let cause = match self.byte()? {
            DATE => TimerCause::Date {
                trigger: self.number()?,
                field: self.owned_name()?,
                value: self.text()?.to_owned(),
            },
            LATER => TimerCause::Later {
                branch: self.number()?,
                later: self.number()?,
                fired: self.instant()?,
            },
            IDLE => TimerCause::Idle { trigger: self.number()?, since: self.instant()? },
            APPROVAL => TimerCause::Approval {
                level: self.number()?,
                since: self.instant()?,
                lapse: match self.number()?.checked_sub(1) {
                    None => Lapse::Deadline,
                    Some(number) => Lapse::Reminder { number },
                },
            },
            kind => TimerCause::Process { step: self.step(kind)?, since: self.instant()? },
        };
        Some(Timer { id, due, rule, rule_hash, cause })
    }

    /// A step of a kind that was read.
    fn step(&mut self, kind: u8) -> Option<DueStep> {
        Some(match kind {
            TRANSITION => DueStep::Transition { transition: self.owned_name()? },
            REMINDER => DueStep::Reminder { number: self.number()? },
            ESCALATION => DueStep::Escalation { level: self.number()? },
            _ => return None,
        })
    }

    fn instance(&mut self) -> Option<Instance> {
        let mut instance = Instance {
            blueprint: self.shared_name()?,
            content: self.shared_name()?,
            state: self.shared_name()?,
            since: self.instant()?,
            told: self.list(|reader| {
                let kind = reader.byte()?;
                reader.step(kind)
            })?,
            left: self.option(Reader::instant)?,
            drafts: self.list(|reader| {
                Some(Draft {
                    transition: reader.shared_name()?,
                    given: serde_json::from_str(reader.text()?).ok()?,
                    saved: reader.instant()?,
                    by: reader.option(Reader::shared_name)?,
                })
            })?,
            progress: self.list(|reader| {
                let transition = reader.shared_name()?;
                Some(Progress { transition, done: reader.list(Reader::shared_name)? })
            })?,
            history: History::default(),
        };
        for _ in 0..self.number()? {
            instance.history = instance.history.and(Move {
                transition: self.option(Reader::shared_name)?,
                from: self.option(Reader::shared_name)?,
                to: self.shared_name()?,
                at: self.instant()?,
                by: self.option(Reader::shared_name)?,
            });
        }
        Some(instance)
    }
}
