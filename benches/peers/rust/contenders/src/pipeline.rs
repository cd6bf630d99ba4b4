//! The pipeline: deals taken through five states.

mod jalon;
mod statig;

use std::rc::Rc;

use race::pipeline::{Deals, Event, Stream, offered, step};
use race::worker::{Contender, group};
use serde_json::json;

/// All that take deals through a pipeline.
pub fn contenders(events: usize) -> Vec<Contender> {
    let stream = Rc::new(Stream::new(events));
    let mut all = by_hand(&stream);
    all.extend(group("Jalon", || jalon::contenders(&stream)));
    all.extend(group("statig", || statig::contenders(&stream)));
    all
}

fn by_hand(stream: &Rc<Stream>) -> Vec<Contender> {
    let hand = Hand { stream: stream.clone(), states: vec![0; stream.amounts.len()] };
    let [made, state, guard, field] = stream.outcomes();
    let figures = json!({
        "deals": stream.amounts.len(), "made": made, "state": state, "guard": guard, "field": field,
    });
    let contenders = Contender::by_stream("hand-written Rust", "", "struct", stream, hand);
    contenders.into_iter().map(|contender| contender.figures(figures.clone())).collect()
}

/// A state a deal, and a match.
struct Hand {
    stream: Rc<Stream>,
    states: Vec<usize>,
}

impl Deals for Hand {
    fn reset(&mut self) {
        self.states.fill(0);
    }

    fn available(&mut self, event: Event) -> usize {
        self.offered(event).count_ones() as usize
    }

    fn offered(&mut self, event: Event) -> i64 {
        offered(self.states[event.deal], self.stream.amounts[event.deal])
    }

    fn fire(&mut self, event: Event) -> bool {
        let state = &mut self.states[event.deal];
        let after = step(*state, event.transition, self.stream.amounts[event.deal], event.quoted);
        *state = after.unwrap_or(*state);
        after.is_ok()
    }

    fn state(&self, deal: usize) -> usize {
        self.states[deal]
    }
}
