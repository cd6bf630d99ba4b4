//! A worker: it prints which contenders it has, then checks or times the one it is asked for,
//! line by line, so that the race can take turns among all languages.
//!
//! `check N` is answered by the checksum of N's answers, `time N` by nanoseconds a lead.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Instant;

use serde_json::{Value as Json, json};

use crate::pipeline::{AVAILABLE, BOTH, Deals, Event, FIRE, Stream};

/// What a contender is, and how it is run.
pub struct Contender {
    pub name: String,
    pub version: String,
    /// What the answers must be equal to those of: contenders of one question agree.
    pub question: String,
    /// What it is handed: a struct, JSON, plain columns.
    pub input: String,
    pub note: String,
    /// Figures beside the time, by name: how long building took, how many rules fire.
    pub figures: Json,
    pub check: Box<dyn FnMut() -> Result<i64, String>>,
    pub time: Box<dyn FnMut() -> f64>,
}

/// One turn takes about so long: a slow contender is handed fewer leads, a fast one all of them
/// several times.
const PASS_NS: f64 = 60e6;

/// The weight of an answer in a checksum: an answer in another place counts otherwise.
pub fn weighted(index: usize, answer: i64) -> i64 {
    answer.wrapping_mul((index % 9973) as i64 + 1)
}

impl Contender {
    /// One that answers lead by lead.
    pub fn by_lead(
        name: &str,
        version: &str,
        question: &str,
        input: &str,
        leads: usize,
        answer: impl FnMut(usize) -> i64 + 'static,
    ) -> Contender {
        let shared = Rc::new(RefCell::new(answer));
        let pass = Rc::new(Cell::new(leads));
        let (answers, allowed) = (shared.clone(), pass.clone());
        Contender {
            name: name.to_owned(),
            version: version.to_owned(),
            question: question.to_owned(),
            input: input.to_owned(),
            note: String::new(),
            figures: Json::Null,
            check: Box::new(move || {
                let answer = &mut *answers.borrow_mut();
                let start = Instant::now();
                let sum = (0..leads).fold(0, |sum, i| weighted(i, answer(i)).wrapping_add(sum));
                let each = start.elapsed().as_nanos() as f64 / leads as f64;
                allowed.set(((PASS_NS / each) as usize).clamp(50.min(leads), leads));
                Ok(sum)
            }),
            time: Box::new(move || {
                let answer = &mut *shared.borrow_mut();
                let leads = pass.get();
                let (start, mut passes) = (Instant::now(), 0);
                loop {
                    let sum =
                        (0..leads).fold(0_i64, |sum, i| sum.wrapping_add(answer(black_box(i))));
                    black_box(sum);
                    passes += 1;
                    let taken = start.elapsed().as_nanos() as f64;
                    if taken * f64::from(passes + 1) / f64::from(passes) > PASS_NS {
                        return taken / (f64::from(passes) * leads as f64);
                    }
                }
            }),
        }
    }

    /// One that answers all leads in one call, which the checksum function then reads.
    pub fn by_batch<T: 'static>(
        name: &str,
        version: &str,
        question: &str,
        input: &str,
        leads: usize,
        answer: impl FnMut() -> T + 'static,
        checksum: impl Fn(&T) -> Result<i64, String> + 'static,
    ) -> Contender {
        let shared = Rc::new(RefCell::new(answer));
        let answers = shared.clone();
        Contender {
            name: name.to_owned(),
            version: version.to_owned(),
            question: question.to_owned(),
            input: input.to_owned(),
            note: String::new(),
            figures: Json::Null,
            check: Box::new(move || checksum(&(*answers.borrow_mut())())),
            time: Box::new(move || {
                let answer = &mut *shared.borrow_mut();
                let start = Instant::now();
                let answered = black_box(answer());
                let each = start.elapsed().as_nanos() as f64 / leads as f64;
                drop(answered);
                each
            }),
        }
    }

    /// One that takes deals through the pipeline, asked in three ways. Each pass begins with all
    /// deals anew, outside the clock.
    pub fn by_stream(
        name: &str,
        version: &str,
        input: &str,
        stream: &Rc<Stream>,
        deals: impl Deals + 'static,
    ) -> Vec<Contender> {
        let shared = Rc::new(RefCell::new(deals));
        let asked = [Asked::Available, Asked::Fire, Asked::Both];
        let contender = |asked: Asked| {
            let (answers, timed) = (shared.clone(), shared.clone());
            let (answered, stream) = (stream.clone(), stream.clone());
            Contender {
                name: name.to_owned(),
                version: version.to_owned(),
                question: asked.question().to_owned(),
                input: input.to_owned(),
                note: String::new(),
                figures: Json::Null,
                check: Box::new(move || {
                    let deals = &mut *answers.borrow_mut();
                    let answers = asked.begin(deals, &answered).iter().enumerate();
                    Ok(answers.fold(0, |sum, (i, event)| {
                        weighted(i, asked.answer(deals, *event)).wrapping_add(sum)
                    }))
                }),
                time: Box::new(move || {
                    let deals = &mut *timed.borrow_mut();
                    let (mut taken, mut passes, mut asked_of) = (0.0, 0, 0);
                    loop {
                        let events = asked.begin(deals, &stream);
                        let start = Instant::now();
                        for event in events {
                            asked.run(deals, black_box(*event));
                        }
                        taken += start.elapsed().as_nanos() as f64;
                        passes += 1;
                        asked_of += events.len();
                        if taken * f64::from(passes + 1) / f64::from(passes) > PASS_NS {
                            return taken / asked_of as f64;
                        }
                    }
                }),
            }
        };
        asked.map(contender).into()
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Contender {
        self.note = note.into();
        self
    }

    #[must_use]
    pub fn figures(mut self, figures: Json) -> Contender {
        self.figures = figures;
        self
    }

    fn shown(&self) -> Json {
        json!({
            "name": self.name, "version": self.version, "question": self.question,
            "input": self.input, "note": self.note, "figures": self.figures,
        })
    }
}

/// What is asked of deals.
#[derive(Clone, Copy)]
enum Asked {
    Available,
    Fire,
    Both,
}

impl Asked {
    fn question(self) -> &'static str {
        match self {
            Asked::Available => AVAILABLE,
            Asked::Fire => FIRE,
            Asked::Both => BOTH,
        }
    }

    /// Makes all deals ready, and says which events are asked: what is offered is asked of deals
    /// as they stand after half of them.
    fn begin<'s>(self, deals: &mut impl Deals, stream: &'s Stream) -> &'s [Event] {
        deals.reset();
        if !matches!(self, Asked::Available) {
            return &stream.events;
        }
        let (before, after) = stream.events.split_at(stream.events.len() / 2);
        for event in before {
            deals.fire(*event);
        }
        after
    }

    #[inline]
    fn run(self, deals: &mut impl Deals, event: Event) {
        if !matches!(self, Asked::Fire) {
            black_box(deals.available(event));
        }
        if !matches!(self, Asked::Available) {
            black_box(deals.fire(event));
        }
    }

    /// What is offered, the state after the event, and whether it was refused.
    fn answer(self, deals: &mut impl Deals, event: Event) -> i64 {
        let offered = if matches!(self, Asked::Fire) { 0 } else { deals.offered(event) };
        if matches!(self, Asked::Available) {
            return offered;
        }
        let refused = i64::from(!deals.fire(event));
        offered * 16 + refused * 8 + deals.state(event.deal) as i64
    }
}

/// Contenders that are set up together; where that fails, one that says why.
pub fn group(name: &str, make: impl FnOnce() -> Vec<Contender>) -> Vec<Contender> {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|panic| {
        let error = told(&*panic);
        let mut failed = Contender::by_lead(name, "", "", "", 0, |_| 0);
        failed.check = Box::new(move || Err(error.clone()));
        vec![failed]
    })
}

/// What a panic said.
fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panicked: {}", text.unwrap_or("without a message"))
}

/// Answers the race until it closes the input.
pub fn serve(mut contenders: Vec<Contender>) {
    say(&json!({ "contenders": contenders.iter().map(Contender::shown).collect::<Vec<_>>() }));
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Some((command, index)) = line.split_once(' ') else { return };
        let Some(contender) = index.parse().ok().and_then(|i: usize| contenders.get_mut(i)) else {
            return;
        };
        let answer = || match command {
            "check" => match (contender.check)() {
                Ok(checksum) => json!({ "checksum": checksum }),
                Err(error) => json!({ "error": error }),
            },
            _ => json!({ "ns": (contender.time)() }),
        };
        let answer = catch_unwind(AssertUnwindSafe(answer));
        say(&answer.unwrap_or_else(|panic| json!({ "error": told(&*panic) })));
    }
}

fn say(message: &Json) {
    let mut out = std::io::stdout().lock();
    // a race that went away is noticed at the next read
    let _ = writeln!(out, "{message}").and_then(|()| out.flush());
}
