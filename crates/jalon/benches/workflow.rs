//! What a decision costs beside the criteria of its rules, on how many records are remembered,
//! and what an armed timer takes.
//!
//! `cargo bench -p jalon --bench workflow`. Sides are interleaved and the best round counts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark")]
#![allow(unsafe_code, reason = "a global allocator can only be written with it")]

#[allow(dead_code, reason = "other benchmarks use the rest")]
mod leads;

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jalon::workflow::{Context, Decision, Event, EventKind, State};
use jalon::{Clock, Program, Row};

/// Counts what is allocated.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static CALLS: AtomicUsize = AtomicUsize::new(0);

/// What the system's allocator takes for a piece: a head, in steps of sixteen bytes.
fn taken(size: usize) -> usize {
    (size + 8).next_multiple_of(16).max(32)
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(taken(layout.size()), Ordering::Relaxed);
        CALLS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as asked for by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(taken(layout.size()), Ordering::Relaxed);
        // SAFETY: as asked for by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_add(taken(size), Ordering::Relaxed);
        LIVE.fetch_sub(taken(layout.size()), Ordering::Relaxed);
        CALLS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as asked for by the caller.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often each side is run.
const ROUNDS: usize = 400;

/// The best times of some ways, run in turns: on a busy machine only this is a fair ratio.
fn interleaved(ways: &mut [&mut dyn FnMut()]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; ways.len()];
    for _ in 0..ROUNDS {
        for (best, way) in best.iter_mut().zip(ways.iter_mut()) {
            let start = Instant::now();
            way();
            *best = start.elapsed().min(*best);
        }
    }
    best
}

/// The criteria of a hundred rules: texts, numbers, dates; a few of them hold of a lead.
fn criteria() -> Vec<String> {
    let countries = ["France", "Belgique", "Suisse", "Monaco", "Italie"];
    let each = |i: usize| match i % 5 {
        0 => format!("Pays EST {} ET Effectif > {}", countries[i / 5 % 5], 5 * i),
        1 => format!("Fonction CONTIENT directeur, motif {i} ET Source EST Salon"),
        2 => format!("Budget ENTRE {} ET {} ET Notes CONTIENT démo", 700 * i, 900 * i),
        3 => format!("Adresse e-mail CONTIENT domaine{i}. OU Étape EST étape {i}"),
        _ => format!("Secteur EST Banque, secteur {i} ET Créé > 2026-01-{:02}", 1 + i % 28),
    };
    (0..100).map(each).collect()
}

/// The module, and a rule for each criterion that does one thing.
fn program(action: &str) -> Program {
    let mut text = leads::PROGRAM.split("score").next().unwrap_or_default().to_owned();
    text += "  id                    : texte\n  Date Push             : date\n";
    for (index, criterion) in criteria().iter().enumerate() {
        let _ = writeln!(
            text,
            "règle \"R{index}\" sur Prospects\n  quand créé ou modifié\n  si {criterion}\n  alors\n    {action}\n"
        );
    }
    Program::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn rows(program: &Program) -> Vec<Row> {
    let number = |(index, lead): (usize, leads::Lead)| {
        lead.row(program).with("id", format!("{}", 4_150_868_000_000 + index))
    };
    leads::leads(500).into_iter().enumerate().map(number).collect()
}

fn event<'e>(id: &'e str, row: &'e Row) -> Event<'e> {
    Event { id, module: Some("Prospects"), record: None, kind: EventKind::Created { record: row } }
}

fn decide(program: &Program, row: &Row, state: &State, clock: &Clock) -> Decision {
    let context = Context::new(clock, state);
    program.decide(&event("e1", row), &context).unwrap_or_else(|error| panic!("{error}"))
}

/// A decision over a hundred rules beside the time of their criteria.
fn beside_criteria(name: &str, action: &str, keep: impl Fn(&Decision) -> bool) {
    let program = program(action);
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap();
    let criteria: Vec<_> =
        criteria().iter().map(|text| program.criterion(text, None).unwrap()).collect();
    let state = State::new();
    let mut rows = rows(&program);
    rows.retain(|row| keep(&decide(&program, row, &state, &clock)));
    let mut judge = program.judge(None, &criteria, &clock).unwrap();
    let mut alone: Vec<_> =
        criteria.iter().map(|criterion| criterion.matcher(&clock).unwrap()).collect();
    let fired: usize =
        rows.iter().map(|row| decide(&program, row, &state, &clock).fired.len()).sum();
    let before = CALLS.load(Ordering::Relaxed);
    for row in &rows {
        decide(&program, row, &state, &clock);
    }
    let calls = CALLS.load(Ordering::Relaxed) - before;
    let best = interleaved(&mut [
        &mut || {
            for row in &rows {
                judge.run(black_box(row));
                black_box(judge.held().filter(|held| *held).count());
            }
        },
        &mut || {
            for row in &rows {
                let held = alone.iter_mut().map(|one| one.test(black_box(row)).holds);
                black_box(held.filter(|held| *held).count());
            }
        },
        &mut || {
            for row in &rows {
                black_box(decide(&program, row, &state, &clock));
            }
        },
    ]);
    let each = |time: Duration| time.as_nanos() as f64 / 1000.0 / rows.len() as f64;
    let [together, alone, decided] = best[..] else { return };
    println!(
        "{name} ({} records, {:.2} rules fire): a decision {:.2} µs; its criteria once, together {:.2} µs, \
         one by one {:.2} µs; {:.1} allocations",
        rows.len(),
        fired as f64 / rows.len() as f64,
        each(decided),
        each(together),
        each(alone),
        calls as f64 / rows.len() as f64,
    );
}

/// A state that remembers a timer of each of so many records, as decisions gave them.
fn armed(program: &Program, count: usize, rule: &str) -> State {
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap();
    let (mut state, nothing) = (State::new(), State::new());
    for index in 0..count {
        let mut row = program.row(Some("Prospects")).unwrap();
        row.set("id", format!("{}", 4_150_868_000_000_000 + index));
        row.set("Date Push", jalon::value::Date::from_days(20_700 + (index * 7919 % 1000) as i32));
        let id = format!("evt-20260630-{index:07}");
        let context = Context::new(&clock, &nothing);
        let decision = program.decide(&event(&id, &row), &context).unwrap();
        assert_eq!(decision.timers.len(), 1, "{rule}");
        state.apply(&decision.state);
    }
    state
}

/// What an armed timer takes, all that the state holds counted, one timer a record.
fn memory(count: usize) -> State {
    let module = leads::PROGRAM.split("score").next().unwrap_or_default();
    let mut last = State::new();
    for (name, rule) in [
        (
            "`puis 3 jours après`",
            "  quand créé\n  alors\n    Source : fait\n  puis 3 jours après\n    tâche \"Relancer\"\n",
        ),
        ("a date field", "  quand Date Push à 10h30\n  alors\n    tâche \"Relancer\"\n"),
    ] {
        let text = format!(
            "{module}  id : texte\n  Date Push : date\nrègle \"AP1 : EMAILING 10H30\" sur Prospects\n{rule}"
        );
        let program = Program::parse(&text).unwrap_or_else(|error| panic!("{error}"));
        armed(&program, 1, name);
        let before = LIVE.load(Ordering::Relaxed);
        let state = armed(&program, count, name);
        let bytes = LIVE.load(Ordering::Relaxed) - before;
        println!("{count} timers of {name}: {:.0} bytes each", bytes as f64 / count as f64);
        last = state;
    }
    last
}

/// Decisions and questions for what is due beside ten records and beside very many.
fn by_size(many: &State) {
    let program = program("Source : fait");
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap();
    let rows = rows(&program);
    let mut few = State::new();
    for (key, state) in many.records().take(10) {
        few.put(&key, &state);
    }
    let mut times = Vec::new();
    for state in [&few, many] {
        let now = state.next_due().unwrap();
        times.push(interleaved(&mut [
            &mut || {
                for row in &rows {
                    black_box(decide(&program, row, state, &clock));
                }
            },
            &mut || {
                black_box(
                    (0..rows.len()).filter(|_| black_box(state).next_due().is_some()).count(),
                );
            },
            &mut || {
                let earlier = jalon::value::Instant::from_micros(now.micros() - 1);
                black_box(
                    (0..rows.len()).map(|_| black_box(state).due(earlier).len()).sum::<usize>(),
                );
            },
        ]));
    }
    for (what, index) in [("a decision", 0), ("next_due", 1), ("due, nothing is", 2)] {
        let each = |time: Duration| time.as_nanos() as f64 / rows.len() as f64;
        println!(
            "{what}: {:.0} ns beside 10 records, {:.0} ns beside {}",
            each(times[0][index]),
            each(times[1][index]),
            many.len(),
        );
    }
}

fn main() {
    beside_criteria("100 rules, nothing fires", "Source : fait", |d| d.fired.is_empty());
    beside_criteria("100 rules, one fires", "Source : fait", |d| d.fired.len() == 1);
    beside_criteria("100 rules, as they come", "Source : fait", |_| true);
    beside_criteria("100 rules, an effect each", "étiqueter chaud", |_| true);
    let count = if std::env::args().any(|arg| arg == "--test") { 1_000 } else { 1_000_000 };
    by_size(&memory(count));
}
