//! statig: a machine a deal. It does not say which events it would take: a copy of the machine
//! tries them.

use std::rc::Rc;

use race::job::version;
use race::pipeline::{Deals, Event, Stream, TRANSITIONS};
use race::worker::Contender;
use statig::prelude::*;

/// What a machine knows of its deal.
#[derive(Clone, Copy)]
struct Sale {
    amount: i64,
}

/// What comes to a deal.
enum Asked {
    Qualify,
    Propose { quoted: bool },
    Win,
    Lose,
}

#[state_machine(initial = "State::fresh()", state(derive(Clone, Copy, PartialEq)))]
impl Sale {
    #[state(superstate = "open")]
    fn fresh(&self, event: &Asked) -> Outcome<State> {
        match event {
            Asked::Qualify if self.amount > 100 => Transition(State::qualified()),
            _ => Super,
        }
    }

    #[state(superstate = "open")]
    fn qualified(event: &Asked) -> Outcome<State> {
        match event {
            Asked::Propose { quoted: true } => Transition(State::proposal()),
            _ => Super,
        }
    }

    #[state(superstate = "open")]
    fn proposal(event: &Asked) -> Outcome<State> {
        match event {
            Asked::Win => Transition(State::won()),
            _ => Super,
        }
    }

    #[superstate]
    fn open(event: &Asked) -> Outcome<State> {
        match event {
            Asked::Lose => Transition(State::lost()),
            _ => Super,
        }
    }

    #[state]
    fn won() -> Outcome<State> {
        Handled
    }

    #[state]
    fn lost() -> Outcome<State> {
        Handled
    }
}

struct Machines {
    stream: Rc<Stream>,
    machines: Vec<statig::blocking::StateMachine<Sale>>,
}

pub fn contenders(stream: &Rc<Stream>) -> Vec<Contender> {
    let machines = Machines { stream: stream.clone(), machines: Vec::new() };
    Contender::by_stream("statig", &version("statig"), "struct", stream, machines)
}

fn asked(transition: usize, quoted: bool) -> Asked {
    match transition {
        0 => Asked::Qualify,
        1 => Asked::Propose { quoted },
        2 => Asked::Win,
        _ => Asked::Lose,
    }
}

/// Whether a machine takes an event.
fn takes(machine: &mut statig::blocking::StateMachine<Sale>, event: &Asked) -> bool {
    let before = *machine.state();
    machine.handle(event);
    *machine.state() != before
}

impl Deals for Machines {
    fn reset(&mut self) {
        let amounts = self.stream.amounts.iter();
        self.machines = amounts.map(|amount| Sale { amount: *amount }.state_machine()).collect();
        self.machines.iter_mut().for_each(statig::blocking::StateMachine::init);
    }

    fn available(&mut self, event: Event) -> usize {
        self.offered(event).count_ones() as usize
    }

    fn offered(&mut self, event: Event) -> i64 {
        let machine = &self.machines[event.deal];
        (0..TRANSITIONS.len())
            .map(|bit| i64::from(takes(&mut machine.clone(), &asked(bit, true))) << bit)
            .sum()
    }

    fn fire(&mut self, event: Event) -> bool {
        takes(&mut self.machines[event.deal], &asked(event.transition, event.quoted))
    }

    fn state(&self, deal: usize) -> usize {
        match self.machines[deal].state() {
            State::Fresh {} => 0,
            State::Qualified {} => 1,
            State::Proposal {} => 2,
            State::Won {} => 3,
            State::Lost {} => 4,
        }
    }
}
