//! The rule index on synthetic rules, from ten thousand to a million: how its time grows, what
//! it takes to build and to hold, and how it stands beside an index written by hand.
//!
//! `cargo bench -p jalon --bench index -- [rules…] [part of a set's name…]`. Every answer is checked against a plain loop
//! over the rules before anything is timed; sides are interleaved and the best round counts.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

#[path = "index/by_hand.rs"]
mod by_hand;
#[path = "index/rules.rs"]
mod rules;

use std::hint::black_box;
use std::time::{Duration, Instant};

use jalon::index::{IndexMatcher, LoweredRules, RuleIndex};
use jalon::{Clock, Program, Row};

use by_hand::ByHand;
use rules::{Kind, Lead, Rule, Rules};

/// Records of a round.
const RECORDS: usize = 1000;

/// Rules that are lowered together: no more than a cache holds.
const PORTION: usize = 1000;

/// Rounds; the best counts.
const ROUNDS: usize = 40;

/// Rounds of what takes long.
const LONG_ROUNDS: usize = 4;

/// A stop-watch for a machine on which others are at work too: of a long time it gives what this
/// thread had of a processor, where the system tells.
struct Watch {
    begun: Instant,
    had: Option<Duration>,
}

/// Times below this are read from the clock: the system counts by ticks.
const LONG: Duration = Duration::from_millis(40);

impl Watch {
    fn start() -> Watch {
        Watch { begun: Instant::now(), had: Watch::had() }
    }

    fn had() -> Option<Duration> {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }

    fn stop(&self) -> Duration {
        let passed = self.begun.elapsed();
        let had = Watch::had().zip(self.had).map(|(after, before)| after.saturating_sub(before));
        had.filter(|had| passed > LONG && *had > LONG / 2).unwrap_or(passed)
    }
}

/// One rule set with all that runs on it.
struct Case {
    kind: Kind,
    count: usize,
    matcher: IndexMatcher,
    rows: Vec<Row>,
    leads: Vec<Lead>,
    beside: Option<Beside>,
    matches: usize,
    best: Duration,
}

/// What a case is compared with where rules are few enough: the index by hand, which compares
/// texts as they are, and ours where fields are declared to be compared so.
struct Beside {
    by_hand: ByHand,
    exact: IndexMatcher,
    exact_rows: Vec<Row>,
    best_by_hand: Duration,
    best_exact: Duration,
}

fn main() {
    let counts: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![10_000, 100_000, 1_000_000] } else { counts };
    let program = Program::parse(rules::MODULE).unwrap();
    let named: Vec<String> =
        std::env::args().skip(1).filter(|arg| arg.starts_with(char::is_alphabetic)).collect();
    let asked = |kind: &Kind| named.is_empty() || named.iter().any(|n| kind.name().contains(n));
    for kind in [Kind::OneMatch, Kind::Growing, Kind::Peers].into_iter().filter(asked) {
        let mut cases: Vec<Case> =
            counts.iter().map(|count| Case::new(kind, *count, &program)).collect();
        for round in 0..ROUNDS {
            let quick = |case: &&mut Case| round < LONG_ROUNDS || case.best < LONG;
            cases.iter_mut().filter(quick).for_each(Case::round);
        }
        println!("{}", kind.name());
        cases.iter().for_each(Case::report);
        if let [first, .., last] = cases.as_slice() {
            let growth = last.best.as_secs_f64() / first.best.as_secs_f64();
            println!("  from {} to {} rules: {growth:.2} times", first.count, last.count);
        }
    }
}

impl Case {
    fn new(kind: Kind, count: usize, program: &Program) -> Case {
        let mut generator = Rules::new(kind, count, program);
        let leads: Vec<Lead> = (0..RECORDS).map(|_| generator.lead()).collect();
        let mut rules: Vec<Rule> = Vec::with_capacity(count);
        let mut builder = program.index_builder();
        let (mut lowering, mut adding) = (Duration::ZERO, Duration::ZERO);
        // In portions, as the conditions of a million rules take more than their index.
        while rules.len() < count {
            let portion: Vec<Rule> =
                (0..PORTION.min(count - rules.len())).map(|_| generator.rule()).collect();
            let conditions: Vec<_> = portion.iter().map(|rule| generator.condition(rule)).collect();
            let watch = Watch::start();
            let lowered = LoweredRules::new(conditions.iter().map(Some));
            lowering += watch.stop();
            let watch = Watch::start();
            builder.add_lowered(&lowered);
            adding += watch.stop();
            rules.extend(portion);
        }
        let watch = Watch::start();
        let index = builder.finish();
        let finishing = watch.stop();
        println!(
            "  {} {count} rules: lowered in {:.2} s, added in {:.2} s, laid out in {:.2} s, {:.0} bytes a rule, {} residue",
            kind.name(),
            lowering.as_secs_f64(),
            adding.as_secs_f64(),
            finishing.as_secs_f64(),
            index.size() as f64 / count as f64,
            index.residue(),
        );
        let rows: Vec<Row> = leads.iter().map(|lead| lead.row(program)).collect();
        let mut beside = (count <= 100_000).then(|| Beside::new(kind, &rules, &leads));
        let by_hand = beside.as_mut().map(|beside| &mut beside.by_hand);
        let matches = check(&index, &rules, &leads, &rows, by_hand);
        let matcher = index.matcher(&Clock::default()).unwrap();
        Case { kind, count, matcher, rows, leads, beside, matches, best: Duration::MAX }
    }

    fn round(&mut self) {
        time(&mut self.matcher, &self.rows, self.matches, &mut self.best);
        if let Some(beside) = &mut self.beside {
            let watch = Watch::start();
            let mut found = 0;
            for lead in &self.leads {
                found += beside.by_hand.matches(black_box(lead)).len();
            }
            beside.best_by_hand = beside.best_by_hand.min(watch.stop());
            assert_eq!(black_box(found), self.matches);
            let Beside { exact, exact_rows, best_exact, .. } = beside;
            time(exact, exact_rows, self.matches, best_exact);
        }
    }

    fn report(&self) {
        let each = self.best.as_nanos() as f64 / RECORDS as f64;
        let matches = self.matches as f64 / RECORDS as f64;
        print!(
            "  {:>9} rules: {each:>9.0} ns a record, {matches:>7.2} matches, {:>6.1} ns a match",
            self.count,
            each / matches
        );
        if let Some(beside) = &self.beside {
            let by_hand = beside.best_by_hand.as_nanos() as f64 / RECORDS as f64;
            let exact = beside.best_exact.as_nanos() as f64 / RECORDS as f64;
            print!("; by hand {by_hand:.0} ns, ratio {:.2}", each / by_hand);
            print!("; without folding {exact:.0} ns, ratio {:.2}", exact / by_hand);
        }
        println!("{}", if self.kind == Kind::Peers { " (rules of peers)" } else { "" });
    }
}

impl Beside {
    fn new(kind: Kind, rules: &[Rule], leads: &[Lead]) -> Beside {
        let module = rules::MODULE.replace("texte", "texte, casse stricte");
        let program = Program::parse(&module).unwrap();
        let generator = Rules::new(kind, rules.len(), &program);
        let conditions: Vec<_> = rules.iter().map(|rule| generator.condition(rule)).collect();
        let mut builder = program.index_builder();
        builder.add_lowered(&LoweredRules::new(conditions.iter().map(Some)));
        Beside {
            by_hand: ByHand::new(rules),
            exact: builder.finish().matcher(&Clock::default()).unwrap(),
            exact_rows: leads.iter().map(|lead| lead.row(&program)).collect(),
            best_by_hand: Duration::MAX,
            best_exact: Duration::MAX,
        }
    }
}

/// One round over all records.
fn time(matcher: &mut IndexMatcher, rows: &[Row], matches: usize, best: &mut Duration) {
    let watch = Watch::start();
    let mut found = 0;
    for row in rows {
        found += matcher.matches(black_box(row)).len();
    }
    *best = (*best).min(watch.stop());
    assert_eq!(black_box(found), matches);
}

/// Compares the index with a loop over the rules, on some records where there are many rules;
/// the number of matches of all records.
fn check(
    index: &RuleIndex,
    rules: &[Rule],
    leads: &[Lead],
    rows: &[Row],
    mut by_hand: Option<&mut ByHand>,
) -> usize {
    let mut matcher = index.matcher(&Clock::default()).unwrap();
    let compared = (2_000_000 / rules.len()).clamp(10, 200);
    for (lead, row) in leads.iter().zip(rows).take(compared) {
        let found: Vec<u32> = matcher.matches(row).iter().map(|number| number.0).collect();
        let numbered = (0..).zip(rules);
        let expected: Vec<u32> =
            numbered.filter(|(_, rule)| rule.holds(lead)).map(|(number, _)| number).collect();
        assert_eq!(found, expected, "{lead:?}");
        if let Some(by_hand) = &mut by_hand {
            assert_eq!(by_hand.matches(lead), expected);
        }
    }
    rows.iter().map(|row| matcher.matches(row).len()).sum()
}
