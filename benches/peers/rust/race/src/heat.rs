//! One heat: contenders of several workers, checked, then timed in turns.

use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::probe;
use crate::process::{Process, Start};

/// What became of a contender.
#[derive(Clone, Debug)]
pub struct Entry {
    pub language: String,
    pub threads: usize,
    pub name: String,
    pub version: String,
    pub question: String,
    pub input: String,
    pub note: String,
    pub figures: Json,
    /// The checksum of its answers, or why there is none.
    pub answers: Result<i64, String>,
    /// Nanoseconds a lead, round by round.
    pub times: Vec<f64>,
    worker: usize,
    index: usize,
}

/// A heat that was run.
#[derive(Clone, Debug, Default)]
pub struct Heat {
    pub entries: Vec<Entry>,
    /// Processors that were free, before each round.
    pub free: Vec<f64>,
    /// Workers that could not start, and why.
    pub absent: Vec<String>,
}

impl Entry {
    /// The tool, of which it may be one spelling of several.
    fn tool(&self) -> &str {
        self.name.split(',').next().unwrap_or_default()
    }

    /// The median of its times.
    pub fn median(&self) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    }
}

impl Heat {
    /// Starts the workers, checks every contender once, then times them in turns: all of them
    /// once, then all again, as long as the time allows. A spelling that took twice as long as
    /// another of the same tool in the first round runs in no other.
    pub fn run(name: &str, starts: &[Start], rounds: usize, time: Duration) -> Heat {
        let mut heat = Heat::default();
        if starts.is_empty() {
            return heat;
        }
        eprintln!("\n{name}");
        let mut workers: Vec<Option<Process>> = Vec::new();
        for (worker, start) in starts.iter().enumerate() {
            eprintln!("  {} on {} thread(s): loading", start.language, start.threads);
            match Process::start(start) {
                Ok((process, contenders)) => {
                    heat.enter(start, worker, &contenders);
                    workers.push(Some(process));
                }
                Err(error) => {
                    heat.absent.push(format!("{}: {error}", start.language));
                    workers.push(None);
                }
            }
        }
        for entry in &mut heat.entries {
            if entry.answers.is_err() {
                continue;
            }
            let answer = ask(entry, "check", &mut workers, starts);
            entry.answers = answer.and_then(|answer| {
                answer["checksum"].as_i64().ok_or_else(|| format!("no checksum: {answer}"))
            });
        }
        let start = Instant::now();
        for round in 1..=rounds {
            // the next round takes about as long as those before
            if start.elapsed().mul_f64(round as f64 / (round - 1).max(1) as f64) > time {
                eprintln!("  the time allows no more rounds");
                break;
            }
            eprintln!("  round {round} of {rounds}");
            heat.free.extend(probe::free());
            let slow = heat.slow_spellings();
            let entries = heat.entries.iter_mut().zip(slow);
            for (entry, _) in entries.filter(|(entry, slow)| entry.answers.is_ok() && !slow) {
                match ask(entry, "time", &mut workers, starts) {
                    Ok(answer) => entry.times.extend(answer["ns"].as_f64()),
                    Err(error) => entry.answers = Err(error),
                }
            }
        }
        heat
    }

    fn enter(&mut self, start: &Start, worker: usize, contenders: &[Json]) {
        for (index, contender) in contenders.iter().enumerate() {
            let text = |name: &str| contender[name].as_str().unwrap_or_default().to_owned();
            self.entries.push(Entry {
                language: start.language.clone(),
                threads: start.threads,
                name: text("name"),
                version: text("version"),
                question: text("question"),
                input: text("input"),
                note: text("note"),
                figures: contender["figures"].clone(),
                answers: contender["error"].as_str().map_or(Ok(0), |error| Err(error.to_owned())),
                times: Vec::new(),
                worker,
                index,
            });
        }
    }

    /// For each entry, whether another spelling of the same tool took less than half its time.
    fn slow_spellings(&self) -> Vec<bool> {
        let slow = |entry: &Entry| {
            let other = |e: &&Entry| {
                e.tool() == entry.tool()
                    && (&e.language, e.threads, &e.question, &e.input)
                        == (&entry.language, entry.threads, &entry.question, &entry.input)
            };
            let times = self.entries.iter().filter(other).filter_map(Entry::median);
            let best = times.min_by(f64::total_cmp);
            matches!((entry.median(), best), (Some(time), Some(best)) if time > 2.0 * best)
        };
        self.entries.iter().map(slow).collect()
    }

    /// Processors that were free before the rounds of some heats, and a warning where others had
    /// them.
    pub fn free_shown<'h>(heats: impl IntoIterator<Item = &'h Heat>) -> String {
        let mut free: Vec<f64> = heats.into_iter().flat_map(|heat| &heat.free).copied().collect();
        free.sort_by(f64::total_cmp);
        let (Some(low), Some(high)) = (free.first(), free.last()) else {
            return "Processors free: not known on this system.".to_owned();
        };
        let (median, cores) = (free[free.len() / 2], probe::cores());
        let shown = format!(
            "Processors free before the rounds: {median:.2} of {cores} (from {low:.2} to {high:.2})."
        );
        if median < 0.8 * cores as f64 {
            return format!("{shown} **The machine was busy: these figures are rough.**");
        }
        shown
    }

    /// The answers that others are compared with: those of the function written by hand in
    /// Rust, else of the first contender of the question.
    pub fn reference(&self, question: &str) -> Option<i64> {
        let mut of_question = self.entries.iter().filter(|entry| entry.question == question);
        let by_hand = of_question
            .clone()
            .find(|entry| entry.answers.is_ok() && entry.name.starts_with("hand-written"));
        let entry = by_hand.or_else(|| of_question.find(|entry| entry.answers.is_ok()))?;
        entry.answers.clone().ok()
    }
}

/// Asks a contender's worker; one that has gone is started again for those that follow.
fn ask(
    entry: &Entry,
    command: &str,
    workers: &mut [Option<Process>],
    starts: &[Start],
) -> Result<Json, String> {
    let process = workers[entry.worker].as_mut().ok_or("its worker did not start")?;
    let answer = process.ask(command, entry.index);
    if answer.is_err() && !process.runs() {
        eprintln!("  {} has stopped: its worker is started again", entry.name);
        workers[entry.worker] =
            Process::start(&starts[entry.worker]).ok().map(|(process, _)| process);
    }
    answer
}
