//! The Rust workers of the race: `contenders record|batch|grow|many|pipeline COUNT THREADS`.
//!
//! The race itself (`race`) starts them and asks them in turn.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a contender that cannot start says why")]

mod arrow_hand;
mod batch;
mod grow;
mod hand;
mod pipeline;
mod record;

#[path = "../../../../../crates/jalon/benches/index/by_hand.rs"]
mod by_hand;
#[allow(dead_code, reason = "the benchmark holds more than is raced")]
#[path = "../../../../../crates/jalon/benches/index/rules.rs"]
mod rules;

use race::worker::serve;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| args.get(index).and_then(|a| a.parse().ok());
    let leads: usize = number(1).unwrap_or(10_000);
    let threads: usize = number(2).unwrap_or(1);
    match args.first().map(String::as_str) {
        Some("record") => serve(record::contenders(leads)),
        Some("batch") => serve(batch::contenders(leads, threads)),
        Some("grow") => serve(grow::contenders(leads)),
        Some("many") => serve(grow::many::contenders(leads)),
        Some("pipeline") => serve(pipeline::contenders(leads)),
        _ => eprintln!("contenders record|batch|grow|many|pipeline [COUNT] [THREADS]"),
    }
}
