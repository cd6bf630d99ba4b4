//! Jalon: an instance a deal, kept by the host; deals are structs of the application, or rows.

use std::rc::Rc;

use jalon::blueprint::{Given, Instance};
use jalon::program::Firing;
use jalon::value::Binding;
use jalon::workflow::{Context, State};
use jalon::{Clock, Program, Record, Row};
use race::job::version;
use race::pipeline::{Deals, Event, PIPELINE, QUOTE, STATES, Stream, TRANSITIONS};
use race::worker::Contender;
use rust_decimal::Decimal;

/// A deal in a struct of the application.
#[derive(Debug, Record)]
struct Deal {
    amount: Decimal,
    quote: Option<String>,
}

/// The records of the deals, as the application holds them.
enum Records {
    Structs(Binding<Deal>, Vec<Deal>),
    Rows(Vec<Row>),
}

impl Records {
    fn with<T>(&self, deal: usize, ask: impl FnOnce(&dyn Record) -> T) -> T {
        match self {
            Records::Structs(binding, deals) => ask(&binding.record(&deals[deal])),
            Records::Rows(rows) => ask(&rows[deal]),
        }
    }
}

/// Deals in the pipeline of a program.
struct Pipeline {
    program: Program,
    clock: Clock,
    /// Nothing is remembered but the instances.
    kept: State,
    records: Records,
    quoted: Given,
    entered: Vec<Instance>,
    instances: Vec<Instance>,
}

pub fn contenders(stream: &Rc<Stream>) -> Vec<Contender> {
    let program = Program::parse(PIPELINE).unwrap_or_else(|error| panic!("{error}"));
    let amounts = || stream.amounts.iter().map(|amount| Decimal::from(*amount));
    let deals = amounts().map(|amount| Deal { amount, quote: None }).collect();
    let row = |amount: Decimal| program.row(None).unwrap().with("Amount", amount);
    let records = [
        ("struct", Records::Structs(program.bind(None).unwrap(), deals)),
        ("native row", Records::Rows(amounts().map(row).collect())),
    ];
    let contender = |(input, records)| {
        let pipeline = Pipeline::new(program.clone(), records, stream.amounts.len());
        Contender::by_stream("Jalon", &version("jalon"), input, stream, pipeline)
    };
    records.into_iter().flat_map(contender).collect()
}

impl Pipeline {
    fn new(program: Program, records: Records, deals: usize) -> Pipeline {
        let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
        let kept = State::new();
        let context = Context::new(&clock, &kept);
        let enter = |record: &dyn Record| program.enter(None, record, &context).unwrap().unwrap();
        let entered: Vec<Instance> = (0..deals).map(|deal| records.with(deal, enter)).collect();
        let quoted = Given::new().with("Quote", QUOTE);
        let instances = entered.clone();
        Pipeline { program, clock, kept, records, quoted, entered, instances }
    }

    /// What is offered to a deal, counted as the host wants it.
    fn offers(&self, deal: usize, weight: impl Fn(&str) -> i64) -> i64 {
        let context = Context::new(&self.clock, &self.kept);
        self.records.with(deal, |record| {
            let offers = self.program.available(&self.instances[deal], record, None, &context);
            let offered = offers.unwrap().into_iter().filter(|offer| offer.offered);
            offered.map(|offer| weight(offer.transition)).sum()
        })
    }
}

impl Deals for Pipeline {
    fn reset(&mut self) {
        self.instances.clone_from(&self.entered);
    }

    fn available(&mut self, event: Event) -> usize {
        self.offers(event.deal, |_| 1) as usize
    }

    fn offered(&mut self, event: Event) -> i64 {
        let bit = |name: &str| TRANSITIONS.iter().position(|known| *known == name).unwrap();
        self.offers(event.deal, |name| 1 << bit(name))
    }

    fn fire(&mut self, event: Event) -> bool {
        let context = Context::new(&self.clock, &self.kept);
        let fired = self.records.with(event.deal, |record| {
            let firing = Firing {
                id: "e1",
                transition: TRANSITIONS[event.transition],
                given: if event.quoted { &self.quoted } else { Given::NONE },
                record,
                record_id: Some("7"),
                by: None,
            };
            let fired = self.program.fire(&self.instances[event.deal], &firing, &context);
            fired.ok().map(|fired| fired.instance)
        });
        let Some(instance) = fired else { return false };
        self.instances[event.deal] = instance;
        true
    }

    fn state(&self, deal: usize) -> usize {
        let state = &*self.instances[deal].state;
        STATES.iter().position(|known| *known == state).unwrap()
    }
}
