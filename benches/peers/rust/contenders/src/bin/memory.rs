//! What an evaluation of a million leads takes beyond the data: `memory LEADS`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use jalon::{Clock, Program};
use jalon_arrow::{FrameScorer, Now};

/// The system's allocator with a count of what is taken, and its peak.
struct Counting;

static TAKEN: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on to the system's allocator unchanged
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let taken = TAKEN.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(taken, Relaxed);
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(1_000_000);
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
