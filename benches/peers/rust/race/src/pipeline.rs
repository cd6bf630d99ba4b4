//! The pipeline: deals on their way through five states, and the events that come to them; the
//! same on every machine and for every language.

use serde_json::{Value as Json, json};

use crate::leads::Random;

/// The pipeline as Jalon reads it.
pub const PIPELINE: &str = include_str!("../../../job/pipeline.jalon");

/// Which transitions are offered to the deal of each event, as deals stand after half of them.
pub const AVAILABLE: &str = "what is offered";
/// Each event made or refused.
pub const FIRE: &str = "an event";
/// What is offered, then the event.
pub const BOTH: &str = "what is offered, then an event";

/// Where a deal stands; all begin in the first, the last two are ends.
pub const STATES: [&str; 5] = ["New", "Qualified", "Proposal", "Won", "Lost"];
/// What can be asked for.
pub const TRANSITIONS: [&str; 4] = ["Qualify", "Propose", "Win", "Lose"];
/// The number of a quote, where one is given.
pub const QUOTE: &str = "Q-2026-0417";

/// Deals with more may be qualified.
const ENOUGH: i64 = 100;
/// How many deals are on their way at a time.
const AT_A_TIME: usize = 1_000;

/// Something that comes to a deal.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub deal: usize,
    /// Its place in [`TRANSITIONS`].
    pub transition: usize,
    /// Whether a quote is given for it.
    pub quoted: bool,
}

/// Deals and events.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Of each deal its amount.
    pub amounts: Vec<i64>,
    pub events: Vec<Event>,
}

/// Why nothing is made of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    State,
    Guard,
    Field,
}

/// The pipeline written by hand: the state after an event.
///
/// # Errors
/// Why it stays as it is.
#[inline]
pub fn step(state: usize, transition: usize, amount: i64, quoted: bool) -> Result<usize, Refusal> {
    match (state, transition) {
        (0, 0) if amount > ENOUGH => Ok(1),
        (0, 0) => Err(Refusal::Guard),
        (1, 1) if quoted => Ok(2),
        (1, 1) => Err(Refusal::Field),
        (2, 2) => Ok(3),
        (0..=2, 3) => Ok(4),
        _ => Err(Refusal::State),
    }
}

/// What is offered in a state, by hand: a bit a transition, what is to be given not asked.
#[inline]
pub fn offered(state: usize, amount: i64) -> i64 {
    match state {
        0 if amount > ENOUGH => 0b1001,
        0 => 0b1000,
        1 => 0b1010,
        2 => 0b1100,
        _ => 0,
    }
}

impl Stream {
    /// So many events: most are what comes next for their deal, one in twenty loses it, some come
    /// at the wrong time. Deals that have ended make room for new ones.
    pub fn new(events: usize) -> Stream {
        let mut random = Random(417);
        let mut stream = Stream { amounts: Vec::new(), events: Vec::with_capacity(events) };
        let mut under_way: Vec<(usize, usize)> = Vec::new();
        while stream.events.len() < events {
            let place = random.below(AT_A_TIME.min(events));
            while under_way.len() <= place {
                under_way.push((stream.begin(&mut random), 0));
            }
            if under_way[place].1 > 2 && random.below(4) > 0 {
                under_way[place] = (stream.begin(&mut random), 0);
            }
            let (deal, state) = under_way[place];
            let transition = match random.below(20) {
                0 => 3,
                1..=3 => random.below(TRANSITIONS.len()),
                _ => state.min(3),
            };
            let quoted = transition == 1 && random.below(4) > 0;
            stream.events.push(Event { deal, transition, quoted });
            let after = step(state, transition, stream.amounts[deal], quoted);
            under_way[place].1 = after.unwrap_or(state);
        }
        stream
    }

    /// A new deal.
    fn begin(&mut self, random: &mut Random) -> usize {
        // one in five has too small an amount
        let amount =
            if random.below(5) == 0 { random.below(101) } else { 101 + random.below(9_900) };
        self.amounts.push(amount as i64);
        self.amounts.len() - 1
    }

    /// For the other languages; an event is its deal, its transition and what is given.
    pub fn json(&self) -> Json {
        let event = |event: &Event| json!([event.deal, event.transition, i32::from(event.quoted)]);
        json!({
            "states": STATES, "transitions": TRANSITIONS, "quote": QUOTE, "amounts": self.amounts,
            "events": self.events.iter().map(event).collect::<Vec<_>>(),
        })
    }

    /// How many events are made, and how many are refused by the state, the guard and the field.
    pub fn outcomes(&self) -> [usize; 4] {
        let (mut states, mut counts) = (vec![0; self.amounts.len()], [0; 4]);
        for event in &self.events {
            let state = &mut states[event.deal];
            let outcome = step(*state, event.transition, self.amounts[event.deal], event.quoted);
            *state = outcome.unwrap_or(*state);
            counts[match outcome {
                Ok(_) => 0,
                Err(Refusal::State) => 1,
                Err(Refusal::Guard) => 2,
                Err(Refusal::Field) => 3,
            }] += 1;
        }
        counts
    }
}

/// A contender's deals.
pub trait Deals {
    /// All deals in the first state again.
    fn reset(&mut self);
    /// What is offered to the deal of an event: how many transitions.
    fn available(&mut self, event: Event) -> usize;
    /// The same, a bit each.
    fn offered(&mut self, event: Event) -> i64;
    /// Whether an event was made.
    fn fire(&mut self, event: Event) -> bool;
    /// Where a deal stands.
    fn state(&self, deal: usize) -> usize;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_has_some_of_everything() {
        let stream = Stream::new(10_000);
        let [made, state, guard, field] = stream.outcomes();
        assert_eq!(made + state + guard + field, 10_000);
        assert!(made > 5_000, "{made}");
        assert!(state > 500 && guard > 500 && field > 500, "{state} {guard} {field}");
        assert!(stream.amounts.len() >= 1_000);
    }
}
