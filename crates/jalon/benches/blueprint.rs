//! What a step of a process costs: what is offered, what is made, what is refused and why, how
//! often that allocates, and what a record takes while it is inside.
//!
//! `cargo bench -p jalon --bench blueprint`. Sides are interleaved and the best round counts. With
//! a word after `--`, only the ways of which it is a part are run: for a profile.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark")]
#![allow(unsafe_code, reason = "a global allocator can only be written with it")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jalon::blueprint::{Given, History, Instance};
use jalon::program::{Fired, Firing};
use jalon::value::Binding;
use jalon::workflow::{Context, State};
use jalon::{Clock, Program, Record};
use rust_decimal::Decimal;

/// Counts what is allocated.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static CALLS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        CALLS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as asked for by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as asked for by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Five states, a guard, a field that must be given, a transition from everywhere.
const PIPELINE: &str = "
module Affaires
  Étape : liste Nouvelle, Qualifiée, Proposition, Gagnée, Perdue
  Montant : devise
  Devis : texte

parcours Vente sur Affaires, champ Étape
  états Nouvelle, Qualifiée, Proposition
  gagné Gagnée
  perdu Perdue
  transition Qualifier de Nouvelle vers Qualifiée
    avant
      si Montant > 100
  transition Proposer de Qualifiée vers Proposition
    pendant
      obligatoire Devis
  transition Gagner de Proposition vers Gagnée
  transition commune Perdre vers Perdue
";

/// A deal in a struct of the application.
#[derive(Debug, Record)]
struct Deal {
    #[jalon(name = "Étape")]
    stage: String,
    #[jalon(name = "Montant")]
    amount: Decimal,
    #[jalon(name = "Devis")]
    quote: Option<String>,
}

/// How many deals each way takes in a round.
const DEALS: usize = 1_000;
/// How often each way is run.
const ROUNDS: usize = 200;

/// A program, and its deals under a clock.
struct Desk {
    program: Program,
    clock: Clock,
    state: State,
}

impl Desk {
    fn context(&self) -> Context<'_> {
        Context::new(&self.clock, &self.state)
    }

    fn binding(&self) -> Binding<Deal> {
        self.program.bind::<Deal>(None).unwrap()
    }

    /// Instances in a state, by the transitions that lead there.
    fn inside(&self, ways: &[&str], deals: &[Deal]) -> Vec<Instance> {
        let (context, binding) = (self.context(), self.binding());
        let rich = deal(2_000);
        let given = Given::new().with("Devis", "D-7");
        deals
            .iter()
            .map(|deal| {
                let entered = self.program.enter(None, &binding.record(deal), &context);
                let mut instance = entered.unwrap().unwrap();
                for way in ways {
                    let given = if *way == "Proposer" { &given } else { Given::NONE };
                    instance =
                        self.fire(&instance, way, given, &binding.record(&rich), &context).unwrap();
                }
                instance
            })
            .collect()
    }

    fn fire(
        &self,
        instance: &Instance,
        transition: &str,
        given: &Given,
        record: &dyn Record,
        context: &Context<'_>,
    ) -> Option<Instance> {
        let firing = Firing { id: "e1", transition, given, record, record_id: Some("7"), by: None };
        self.program.fire(instance, &firing, context).ok().map(|Fired { instance, .. }| instance)
    }
}

fn deal(amount: i64) -> Deal {
    Deal { stage: "Nouvelle".into(), amount: amount.into(), quote: None }
}

/// A way to ask, the deals of a round, how many of them are taken, and its best round.
struct Way<'w> {
    name: &'static str,
    run: Box<dyn FnMut() -> usize + 'w>,
    /// How many are offered or made, by the first round.
    taken: usize,
    allocations: usize,
    best: Duration,
}

impl<'w> Way<'w> {
    /// A way that says of the deal of an index whether it was taken.
    fn new(name: &'static str, mut one: impl FnMut(usize) -> usize + 'w) -> Way<'w> {
        let run = Box::new(move || (0..DEALS).map(|i| one(black_box(i))).sum());
        Way { name, run, taken: 0, allocations: 0, best: Duration::MAX }
    }
}

fn main() {
    let program = Program::parse(PIPELINE).unwrap_or_else(|error| panic!("{error}"));
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let desk = Desk { program, clock, state: State::new() };
    let deals: Vec<Deal> = (0..DEALS as i64).map(|i| deal(101 + i)).collect();
    let poor: Vec<Deal> = (0..DEALS as i64).map(|i| deal(i % 101)).collect();
    let (new, qualified) = (desk.inside(&[], &deals), desk.inside(&["Qualifier"], &deals));
    let (binding, quote) = (desk.binding(), Given::new().with("Devis", "D-7"));
    let (plain, traced) = (desk.context(), desk.context().trace(true));

    let available = |deals: &'_ [Deal], instances: &'_ [Instance], i: usize, context: &_| {
        let offers =
            desk.program.available(&instances[i], &binding.record(&deals[i]), None, context);
        offers.unwrap().iter().filter(|offer| offer.offered).count()
    };
    let fire = |deals: &'_ [Deal], instances: &'_ [Instance], i, transition, given, context: &_| {
        let record = binding.record(&deals[i]);
        usize::from(desk.fire(&instances[i], transition, given, &record, context).is_some())
    };
    let none = Given::NONE;
    let mut ways = [
        Way::new("available, a guard", |i| available(&deals, &new, i, &plain)),
        Way::new("available, no guard", |i| available(&deals, &qualified, i, &plain)),
        Way::new("available, why not", |i| available(&poor, &new, i, &traced)),
        Way::new("fire, a guard", |i| fire(&deals, &new, i, "Qualifier", none, &plain)),
        Way::new("fire, a field", |i| fire(&deals, &qualified, i, "Proposer", &quote, &plain)),
        Way::new("fire, common", |i| fire(&deals, &new, i, "Perdre", none, &plain)),
        Way::new("refused by the guard", |i| fire(&poor, &new, i, "Qualifier", none, &plain)),
        Way::new("refused by the field", |i| fire(&deals, &qualified, i, "Proposer", none, &plain)),
        Way::new("refused by the state", |i| fire(&deals, &new, i, "Gagner", none, &plain)),
        Way::new("refused, why", |i| fire(&poor, &new, i, "Qualifier", none, &traced)),
    ];
    let only = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    for way in &mut ways {
        (way.run)();
        let before = CALLS.load(Ordering::Relaxed);
        way.taken = (way.run)();
        way.allocations = CALLS.load(Ordering::Relaxed) - before;
    }
    for _ in 0..ROUNDS {
        for way in &mut ways {
            if only.as_ref().is_some_and(|word| !way.name.contains(word.as_str())) {
                continue;
            }
            let start = Instant::now();
            black_box((way.run)());
            way.best = start.elapsed().min(way.best);
        }
    }
    println!("{:22} {:>8} {:>12} {:>13}", "", "ns", "allocations", "taken");
    for way in ways.iter().filter(|way| way.best < Duration::MAX) {
        println!(
            "{:22} {:8.0} {:12.2} {:8} of {DEALS}",
            way.name,
            way.best.as_nanos() as f64 / DEALS as f64,
            way.allocations as f64 / DEALS as f64,
            way.taken
        );
    }
    memory(&desk, &deals);
}

/// What an instance takes, everything counted that it owns.
fn memory(desk: &Desk, deals: &[Deal]) {
    let before = LIVE.load(Ordering::Relaxed);
    let mut inside = desk.inside(&["Qualifier", "Proposer"], deals);
    let with = LIVE.load(Ordering::Relaxed) - before;
    for instance in &mut inside {
        instance.history = History::default();
    }
    let without = LIVE.load(Ordering::Relaxed) - before;
    println!(
        "an instance: {:.0} bytes without history, {:.0} with its entry and two steps",
        without as f64 / DEALS as f64,
        with as f64 / DEALS as f64
    );
}
