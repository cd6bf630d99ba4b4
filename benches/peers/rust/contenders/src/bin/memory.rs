//! What an evaluation of a million leads takes beyond the data: `memory batch LEADS`; what a step of
//! the pipeline and an instance take: `memory pipeline`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use jalon::blueprint::{Given, History, Instance};
use jalon::program::Firing;
use jalon::workflow::{Context, State};
use jalon::{Clock, Program};
use jalon_arrow::{FrameScorer, Now};
use race::pipeline::PIPELINE;

/// The system's allocator with a count of what is taken, how often, and its peak.
struct Counting;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static CALLS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on to the system's allocator unchanged
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let taken = TAKEN.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(taken, Relaxed);
        CALLS.fetch_add(1, Relaxed);
        // SAFETY: as above
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        TAKEN.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let count = std::env::args().nth(2).and_then(|a| a.parse().ok()).unwrap_or(1_000_000);
    match std::env::args().nth(1).as_deref() {
        Some("batch") => batch(count),
        Some("pipeline") => pipeline(),
        _ => Err("memory batch [LEADS] | memory pipeline".into()),
    }
}

/// How many allocations `run` makes.
fn calls<T>(run: impl FnOnce() -> T) -> (usize, T) {
    let before = CALLS.load(Relaxed);
    let made = run();
    (CALLS.load(Relaxed) - before, made)
}

fn pipeline() -> Outcome {
    let program = Program::parse(PIPELINE)?;
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").map_err(|e| format!("{e:?}"))?;
    let kept = State::new();
    let context = Context::new(&clock, &kept);
    let deal =
        |amount: i64| Ok::<_, jalon::program::Error>(program.row(None)?.with("Amount", amount));
    let (rich, poor) = (deal(2_000)?, deal(20)?);
    let new = program.enter(None, &rich, &context)?.ok_or("not entered")?;
    let fire = |instance: &Instance, record| {
        let firing = Firing {
            id: "e1",
            transition: "Qualify",
            given: Given::NONE,
            record,
            record_id: Some("7"),
            by: None,
        };
        program.fire(instance, &firing, &context).map(|fired| fired.instance)
    };
    let mut figures = serde_json::Map::new();
    // rooms to judge in are made once
    for _ in 0..2 {
        let (available, offers) = calls(|| program.available(&new, &rich, None, &context));
        let (made, after) = calls(|| fire(&new, &rich));
        let (refused, refusal) = calls(|| fire(&new, &poor));
        if offers?.len() != 2 || refusal.is_ok() {
            return Err("not the pipeline".into());
        }
        drop(after?);
        for (name, count) in [("available", available), ("fire", made), ("refused", refused)] {
            figures.insert(name.into(), count.into());
        }
    }
    const MANY: usize = 1_000;
    let before = TAKEN.load(Relaxed);
    let mut instances = Vec::with_capacity(MANY);
    for _ in 0..MANY {
        instances.push(fire(&new, &rich)?);
    }
    let with = TAKEN.load(Relaxed) - before;
    for instance in &mut instances {
        instance.history = History::default();
    }
    let without = TAKEN.load(Relaxed) - before;
    figures.insert("instance".into(), (without as f64 / MANY as f64).into());
    figures.insert("history".into(), ((with - without) as f64 / MANY as f64).into());
    println!("{}", serde_json::Value::Object(figures));
    Ok(())
}

fn batch(count: usize) -> Outcome {
    let leads = race::leads::leads(count);
    let program = Program::parse(include_str!("../../../../job/leads.jalon"))?;
    let score = program.score(None)?;
    for (input, codes) in [("plain text", false), ("dictionaries", true)] {
        let batch = race::columns::batch(&leads, codes)?;
        let mut scorer = FrameScorer::new(&score, Now::Fixed(Clock::default()))?.threads(2);
        let before = TAKEN.load(Relaxed);
        PEAK.store(before, Relaxed);
        let scored = scorer.score(&batch)?;
        let peak = PEAK.load(Relaxed) - before;
        let output: usize = scored.columns()[batch.num_columns()..]
            .iter()
            .map(|column| column.get_array_memory_size())
            .sum();
        let message = serde_json::json!({
            "input": input, "data": batch.get_array_memory_size(), "peak": peak, "output": output,
        });
        println!("{message}");
    }
    Ok(())
}
