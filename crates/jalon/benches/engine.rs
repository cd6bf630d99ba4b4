//! What parsing, checking and compiling cost, and one record: scored, matched, explained, beside
//! a function written by hand that folds case the same way.

#![allow(clippy::panic, reason = "a benchmark that cannot start stops")]

mod leads;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jalon::value::{Clock, Interner};
use jalon::{Loader, Program};

use leads::{Hand, Lead, PLAIN, PROGRAM, leads, plain_exact, unlike};

/// So many rules on the fields of the bench's module.
fn rules(count: usize) -> String {
    let module = PROGRAM.split("score").next().unwrap_or_default();
    let mut text = module.to_owned();
    for i in 0..count {
        let _ = writeln!(
            text,
            "règle \"R{i}\" sur Prospects\n  quand créé ou modifié\n  si Fonction CONTIENT motif {i}, \
             directeur {} ET Effectif > {} ET Pays EST France, Monaco OU Source EST s{} ET Notes N'EST PAS VIDE\n  \
             alors\n    Source : fait\n",
            i % 97,
            i % 500,
            i % 31,
        );
    }
    text.replace(" OU Source", " ET Source")
}

fn loading(c: &mut Criterion) {
    let text = rules(10_000);
    let mut group = c.benchmark_group("10 000 rules");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse", |b| {
        b.iter(|| {
            let limits = jalon::syntax::Limits::default();
            jalon::syntax::parse(jalon::source::SourceId(0), black_box(&text), &limits)
        });
    });
    group.bench_function("parse, check and compile", |b| {
        b.iter(|| Loader::default().source("rules.jalon", black_box(&text)).load());
    });
    group.finish();
    c.bench_function("14 lines: parse, check and compile", |b| {
        b.iter(|| Program::parse(black_box(PROGRAM)).map(|p| p.score(None).is_ok()));
    });
}

/// How often [`interleaved`] runs each side.
const ROUNDS: usize = 200;

/// The best times of some ways, run in turns: on a busy machine only this is a fair ratio.
fn interleaved<const N: usize>(mut ways: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (best, way) in best.iter_mut().zip(&mut ways) {
            let start = Instant::now();
            way();
            *best = start.elapsed().min(*best);
        }
    }
    best
}

/// Prints what a score takes by hand and by a scorer on the same structures and on rows, having
/// checked that they agree.
fn beside(name: &str, program: &str, leads: &[Lead], mut hand: impl FnMut(&Lead) -> i32) {
    let program = Program::parse(program).unwrap_or_else(|error| panic!("{error}"));
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap_or_default();
    let score = program.score(None).unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = leads.iter().map(|lead| lead.row(&program)).collect();
    let binding = program.bind(None).unwrap_or_else(|error| panic!("{error}"));
    let (Ok(mut scorer), Ok(mut other)) = (score.scorer(&clock), score.scorer(&clock)) else {
        return;
    };
    for (lead, row) in leads.iter().zip(&rows) {
        assert_eq!(scorer.total(row).total, hand(lead).into(), "{lead:?}");
        assert_eq!(scorer.total(&binding.record(lead)).total, hand(lead).into(), "{lead:?}");
    }
    let [by_hand, structures, rows] = interleaved([
        &mut || {
            black_box(leads.iter().map(|lead| hand(black_box(lead))).sum::<i32>());
        },
        &mut || {
            let total = |lead| black_box(other.total(&binding.record(black_box(lead))));
            black_box(leads.iter().map(total).filter(|total| total.has_errors).count());
        },
        &mut || {
            let total = |row| black_box(scorer.total(black_box(row)));
            black_box(rows.iter().map(total).filter(|total| total.has_errors).count());
        },
    ]);
    let each = |time: Duration| time.as_nanos() as f64 / leads.len() as f64;
    let ratio = |time: Duration| time.as_secs_f64() / by_hand.as_secs_f64();
    println!(
        "{name}: by hand {:.0} ns; structures {:.0} ns, ratio {:.2}; rows {:.0} ns, ratio {:.2} (a record, best of {ROUNDS})",
        each(by_hand),
        each(structures),
        ratio(structures),
        each(rows),
        ratio(rows),
    );
}

/// Likewise of the plain lines on structures of interned texts, beside the function by hand on
/// plain structures.
fn beside_interned(name: &str, program: &str, leads: &[Lead], mut hand: impl FnMut(&Lead) -> i32) {
    let program = Program::parse(program).unwrap_or_else(|error| panic!("{error}"));
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap_or_default();
    let score = program.score(None).unwrap_or_else(|error| panic!("{error}"));
    let mut texts = Interner::new();
    let interned: Vec<_> = leads.iter().map(|lead| lead.interned(&mut texts)).collect();
    let binding = program.bind(None).unwrap_or_else(|error| panic!("{error}"));
    let Ok(mut scorer) = score.scorer(&clock) else { return };
    for (lead, interned) in leads.iter().zip(&interned) {
        assert_eq!(scorer.total(&binding.record(interned)).total, hand(lead).into(), "{lead:?}");
    }
    let [by_hand, interned] = interleaved([
        &mut || {
            black_box(leads.iter().map(|lead| hand(black_box(lead))).sum::<i32>());
        },
        &mut || {
            let total = |lead| black_box(scorer.total(&binding.record(black_box(lead))));
            black_box(interned.iter().map(total).filter(|total| total.has_errors).count());
        },
    ]);
    println!(
        "{name}: by hand {:.0} ns; interned {:.0} ns, ratio {:.2} (a record, best of {ROUNDS})",
        by_hand.as_nanos() as f64 / leads.len() as f64,
        interned.as_nanos() as f64 / leads.len() as f64,
        interned.as_secs_f64() / by_hand.as_secs_f64(),
    );
}

/// One record by hand and by the engine: texts that repeat and texts that do not, and rules
/// without a search.
fn by_hand(_: &mut Criterion) {
    let repeating = leads(2_000);
    let unlike = unlike(&repeating);
    let module = PROGRAM.split("score").next().unwrap_or_default();
    let plain = format!("{module}{PLAIN}");
    let exact = plain.replace(": texte\n", ": texte, casse stricte\n");
    let mut hand = Hand::new();
    let mut std = Hand::plain_rust();
    beside("14 lines, to_lowercase", PROGRAM, &repeating, |lead| std.score(lead));
    beside("8 plain lines, to_lowercase", &plain, &repeating, |lead| std.plain(lead));
    beside("14 lines, texts repeat", PROGRAM, &repeating, |lead| hand.score(lead));
    beside("14 lines, texts differ", PROGRAM, &unlike, |lead| hand.score(lead));
    beside("8 plain lines, texts repeat", &plain, &repeating, |lead| hand.plain(lead));
    beside("8 plain lines, texts differ", &plain, &unlike, |lead| hand.plain(lead));
    beside_interned("8 plain lines, texts interned", &plain, &repeating, |lead| hand.plain(lead));
    beside_interned("8 plain lines, exact case, texts interned", &exact, &repeating, plain_exact);
    beside("8 plain lines, exact case", &exact, &repeating, plain_exact);
}

fn one_record(c: &mut Criterion) {
    let program = Program::parse(PROGRAM).unwrap_or_else(|error| panic!("{error}"));
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap_or_default();
    let score = program.score(None).unwrap_or_else(|error| panic!("{error}"));
    let criterion =
        "Fonction CONTIENT directeur, gérant, ceo ET Pays EST France, Monaco ET Effectif > 50";
    let criterion = program.criterion(criterion, None).unwrap_or_else(|error| panic!("{error}"));
    let leads: Vec<Lead> = leads(2_000);
    let rows: Vec<_> = leads.iter().map(|lead| lead.row(&program)).collect();
    let objects: Vec<_> = leads.iter().map(Lead::json).collect();
    let mut hand = Hand::new();
    let Ok(mut scorer) = score.scorer(&clock) else { return };
    for ((lead, row), object) in leads.iter().zip(&rows).zip(&objects) {
        let by_hand = hand.score(lead).into();
        assert_eq!(scorer.total(row).total, by_hand, "{lead:?}");
        assert_eq!(scorer.total(object).total, by_hand, "{lead:?}");
        assert_eq!(score.evaluate(row, &clock).map(|r| r.total).ok(), Some(by_hand));
    }

    let mut by_hand = || leads.iter().map(|lead| hand.score(black_box(lead))).sum::<i32>();
    let mut by_rows = || rows.iter().filter(|row| scorer.total(black_box(*row)).has_errors).count();
    let mut group = c.benchmark_group("2 000 records");
    group.throughput(Throughput::Elements(leads.len() as u64));
    group.bench_function("score, by hand", |b| {
        b.iter(&mut by_hand);
    });
    group.bench_function("score, rows", |b| {
        b.iter(&mut by_rows);
    });
    group.bench_function("score, JSON", |b| {
        b.iter(|| objects.iter().filter(|o| scorer.total(black_box(*o)).has_errors).count());
    });
    let Ok(mut matcher) = criterion.matcher(&clock) else { return };
    group.bench_function("match, rows", |b| {
        b.iter(|| rows.iter().filter(|row| matcher.test(black_box(*row)).holds).count());
    });
    group.bench_function("match, JSON", |b| {
        b.iter(|| objects.iter().filter(|o| matcher.test(black_box(*o)).holds).count());
    });
    group.finish();

    let mut group = c.benchmark_group("one record");
    group.bench_function("score with reasons", |b| {
        b.iter(|| score.evaluate(black_box(&rows[0]), &clock));
    });
    group.bench_function("criterion with reasons", |b| {
        b.iter(|| criterion.explain(black_box(&rows[0]), &clock));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().without_plots();
    targets = by_hand, one_record, loading
}
criterion_main!(benches);
