//! Asking an index, record by record, with buffers that are reused.

use std::hint::black_box;

use super::atoms::Answers;
use super::build::{NONE, Timed};
use super::layout::{ELSEWHERE, RESIDUE};
use super::stab::Stab;
use super::verify::{Hits, NOTHING, State, Subject};
use super::{Inner, RuleIndex, RuleNumber};
use crate::checked::{Domain, OrderTest};
use crate::eval::run::Context;
use crate::value::{Clock, Interval, Lent, NoClock, Record};

/// An index ready for many records under one clock: reuses its buffers, so that a record costs
/// no allocation.
#[derive(Clone, Debug)]
pub struct IndexMatcher {
    index: RuleIndex,
    clock: Clock,
    times: Vec<Interval>,
    /// The keys on moments under the clock.
    moments: Vec<Moments>,
    state: State,
    /// The buckets that the keys of the record lead to, by start and end.
    buckets: Vec<(u32, u32)>,
    found: Vec<RuleNumber>,
    /// To put many numbers in order: a bit for each rule, and one for each word of these.
    order: [Vec<u64>; 2],
    affected: Vec<RuleNumber>,
    /// For each set of mentions whether it fails the record at hand, where that is known.
    failing: Vec<Option<bool>>,
}

/// The keys on the moments of one field.
#[derive(Clone, Debug)]
struct Moments {
    field: usize,
    /// First and last moments of all keys, in order.
    ends: Vec<i64>,
    stab: Stab,
}

/// More numbers are put in order by bits.
const FEW: usize = 48;

impl IndexMatcher {
    pub(super) fn new(index: RuleIndex, clock: &Clock) -> Result<IndexMatcher, NoClock> {
        let inner = &*index.0;
        let state = State {
            positions: vec![NONE; inner.slots],
            moments: vec![NOTHING; inner.fields.len()],
            folded: vec![String::new(); inner.fields.len()],
            searched: vec![true; inner.fields.len()],
            hits: Hits::new(inner.literals),
            buffer: String::new(),
            wrong: vec![false; inner.fields.len()],
            any_wrong: false,
            wrong_in_atoms: false,
            moments_in: Vec::new(),
            answers: Answers::new(inner.atoms.len()),
        };
        let words = inner.rules.len().div_ceil(64);
        let mut matcher = IndexMatcher {
            clock: clock.clone(),
            times: Vec::new(),
            moments: Vec::new(),
            state,
            buckets: Vec::new(),
            found: Vec::new(),
            order: [vec![0; words], vec![0; words.div_ceil(64)]],
            affected: Vec::new(),
            failing: vec![None; inner.mentions.len()],
            index,
        };
        matcher.set_clock(clock)?;
        Ok(matcher)
    }

    /// The index that it asks.
    pub fn index(&self) -> &RuleIndex {
        &self.index
    }

    /// The clock that it reads.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Moves the clock: every date word is resolved once.
    ///
    /// # Errors
    /// A rule reads the clock, and it has no `now`.
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), NoClock> {
        let index = &*self.index.0;
        if clock.now.is_none() && index.reads_clock {
            return Err(NoClock);
        }
        self.clock = clock.clone();
        index.times.resolve(clock, &mut self.times)?;
        self.state.moments_in.clear();
        for timed in &index.timed {
            let domain = index.fields[timed.field as usize].source.domain;
            self.state.moments_in.push(timed.moments(domain, clock)?);
        }
        self.moments = moments(index, &self.state.moments_in);
        Ok(())
    }

    /// The rules that hold of a record, in the order in which they were added. A rule that
    /// mentions a value of the wrong type does not hold.
    pub fn matches<R: Record + ?Sized>(&mut self, record: &R) -> &[RuleNumber] {
        self.run(&Lent(record));
        &self.found
    }

    /// The rules that mention a value of the wrong type, whatever they say of the record: in
    /// strict mode also those that mention an absent field. (Unlike [`IndexMatcher::matches`],
    /// this looks at every rule where there is such a value.)
    pub fn affected<R: Record + ?Sized>(&mut self, record: &R) -> &[RuleNumber] {
        let record = &Lent(record);
        self.read(record);
        let IndexMatcher { index, clock, times, state, affected, failing, .. } = self;
        let index = &*index.0;
        affected.clear();
        failing.clear();
        let mut subject = subject(index, record, clock, times, state);
        let wrong = |set: u32| Some(subject.fails(set));
        failing.extend((0..index.mentions.len() as u32).map(wrong));
        if failing.contains(&Some(true)) {
            let numbers = index.rules.iter().zip(0..);
            let of_rule = |(set, rule): (&u32, u32)| {
                (failing[*set as usize] == Some(true)).then_some(RuleNumber(rule))
            };
            affected.extend(numbers.filter_map(of_rule));
        }
        failing.fill(None);
        affected
    }

    /// After [`IndexMatcher::matches`]: whether a value of the wrong type was met on the way.
    /// [`IndexMatcher::affected`] tells for sure, of every rule.
    pub fn has_errors(&self) -> bool {
        self.state.any_wrong || self.state.wrong_in_atoms
    }

    /// Reads the fields of a record.
    fn read(&mut self, record: &dyn Record) {
        let index = &*self.index.0;
        let state = &mut self.state;
        state.hits.clear();
        state.any_wrong = false;
        state.wrong_in_atoms = false;
        state.answers.next_record();
        for (number, field) in index.fields.iter().enumerate() {
            field.read(number, record, &self.clock, index.strict, state);
        }
    }

    fn run(&mut self, record: &dyn Record) {
        self.read(record);
        self.look_up();
        let IndexMatcher { index, clock, times, state, buckets, found, failing, .. } = self;
        let index = &*index.0;
        found.clear();
        let all_plain = index.atoms.is_empty() && !state.any_wrong;
        if state.any_wrong {
            failing.fill(None);
        }
        // The first words of all buckets, that memory gives them all at the same time.
        let first = |(start, _): &(u32, u32)| index.entries.get(*start as usize).copied();
        black_box(buckets.iter().filter_map(first).fold(0, u32::wrapping_add));
        let mut subject = subject(index, record, clock, times, state);
        for (start, end) in &*buckets {
            let mut rest = &index.entries[*start as usize..*end as usize];
            while let [rule, words, after @ ..] = rest {
                let tests = if words & ELSEWHERE == 0 {
                    let (tests, after) = after.split_at(*words as usize);
                    rest = after;
                    tests
                } else {
                    rest = after;
                    let at = (words ^ ELSEWHERE) as usize;
                    &index.entries[at + 1..=at + index.entries[at] as usize]
                };
                if subject.all(tests) && (all_plain || !subject.fails_rule(*rule, failing)) {
                    found.push(RuleNumber(*rule));
                }
            }
        }
        self.put_in_order();
    }

    /// Looks the keys of the record up.
    fn look_up(&mut self) {
        let IndexMatcher { index, state, buckets, moments, .. } = self;
        let index = &*index.0;
        let keys = &index.keys;
        buckets.clear();
        let mut probe = |bucket: u32| {
            let bucket = bucket as usize;
            buckets.push((index.buckets[bucket], index.buckets[bucket + 1]));
        };
        probe(RESIDUE);
        for (position, (first, extent)) in state.positions.iter().zip(&keys.positions) {
            if position < extent {
                probe(first + position);
            }
        }
        for (pair, (a, b)) in (0..).zip(&keys.pairs) {
            let at = (state.positions[a.slot as usize], state.positions[b.slot as usize]);
            if at.0 != NONE
                && at.1 != NONE
                && let Some(bucket) = keys.pair_buckets.get(&(pair, a.cell(at.0), b.cell(at.1)))
            {
                probe(*bucket);
            }
        }
        for (slot, stab) in &keys.ranges {
            let position = state.positions[*slot as usize];
            if position != NONE {
                stab.each(position, &mut probe);
            }
        }
        for literal in &state.hits.list {
            let bucket = keys.literals[*literal as usize];
            if bucket != NONE {
                probe(bucket);
            }
        }
        for of_field in moments {
            let at = state.moments[of_field.field];
            if at != NOTHING {
                of_field.stab.each(position(&of_field.ends, at), &mut probe);
            }
        }
    }

    /// Puts the rules that were found in order, each once.
    fn put_in_order(&mut self) {
        let IndexMatcher { found, order: [bits, words], .. } = self;
        if found.len() <= FEW {
            found.sort_unstable();
            found.dedup();
            return;
        }
        for RuleNumber(rule) in found.drain(..) {
            let word = rule as usize / 64;
            bits[word] |= 1 << (rule % 64);
            words[word / 64] |= 1 << (word % 64);
        }
        for (high, summary) in words.iter_mut().enumerate() {
            while *summary != 0 {
                let word = high * 64 + summary.trailing_zeros() as usize;
                *summary &= *summary - 1;
                let mut rest = std::mem::take(&mut bits[word]);
                while rest != 0 {
                    found.push(RuleNumber((word * 64) as u32 + rest.trailing_zeros()));
                    rest &= rest - 1;
                }
            }
        }
    }
}

fn subject<'s>(
    index: &'s Inner,
    record: &'s dyn Record,
    clock: &'s Clock,
    times: &'s [Interval],
    state: &'s mut State,
) -> Subject<'s> {
    let context = Context { clock, times, totals: &[], strict: index.strict, moment: None };
    Subject { index, record, context, state }
}

impl Subject<'_> {
    /// Whether something that a rule mentions is of the wrong type.
    #[inline(never)]
    fn fails_rule(&mut self, rule: u32, failing: &mut [Option<bool>]) -> bool {
        let set = self.index.rules[rule as usize];
        if self.index.plain[set as usize] {
            return self.state.any_wrong
                && *failing[set as usize].get_or_insert_with(|| self.fails(set));
        }
        let fails = self.fails(set);
        self.state.wrong_in_atoms |= fails;
        fails
    }
}

/// The keys on moments, under a clock.
fn moments(index: &Inner, moments_in: &[(i64, i64)]) -> Vec<Moments> {
    let mut by_field: Vec<Vec<(i64, i64, u32)>> = vec![Vec::new(); index.fields.len()];
    for ((timed, bucket), (first, last)) in
        index.timed.iter().zip(&index.keys.timed).zip(moments_in)
    {
        if *bucket != NONE && first <= last {
            by_field[timed.field as usize].push((*first, *last, *bucket));
        }
    }
    let of_field = |(field, of_field): (usize, Vec<(i64, i64, u32)>)| {
        let mut ends: Vec<i64> =
            of_field.iter().flat_map(|(first, last, _)| [*first, *last]).collect();
        ends.sort_unstable();
        ends.dedup();
        let intervals: Vec<(u32, u32, u32)> = of_field
            .iter()
            .map(|(first, last, bucket)| (position(&ends, *first), position(&ends, *last), *bucket))
            .collect();
        Moments { field, stab: Stab::new(&intervals), ends }
    };
    by_field.into_iter().enumerate().filter(|(_, of)| !of.is_empty()).map(of_field).collect()
}

/// Where a moment stands among others: at one of them an odd place, else an even one.
fn position(ends: &[i64], at: i64) -> u32 {
    match ends.binary_search(&at) {
        Ok(index) => 2 * index as u32 + 1,
        Err(index) => 2 * index as u32,
    }
}

impl Timed {
    /// The first and the last moment that pass, days or microseconds as the field has them; the
    /// last before the first where none does.
    fn moments(&self, domain: Domain, clock: &Clock) -> Result<(i64, i64), NoClock> {
        const NEVER: (i64, i64) = (1, 0);
        let interval = |spec: &crate::value::TimeSpec| match domain {
            Domain::Date => spec.date_interval(clock),
            _ => spec.instant_interval(clock),
        };
        let Interval { from, to } = interval(&self.first)?;
        let (start, end) = (from.unwrap_or(NOTHING + 1), to.map_or(i64::MAX, |to| to - 1));
        Ok(match (self.test, &self.second) {
            (OrderTest::Equal, _) => (start, end),
            (OrderTest::Less, _) => from.map_or(NEVER, |from| (NOTHING + 1, from - 1)),
            (OrderTest::LessOrEqual, _) => (NOTHING + 1, end),
            (OrderTest::Greater, _) => to.map_or(NEVER, |to| (to, i64::MAX)),
            (OrderTest::GreaterOrEqual, _) => (start, i64::MAX),
            (OrderTest::Between, None) => NEVER,
            (OrderTest::Between, Some(second)) => {
                (start, interval(second)?.to.map_or(i64::MAX, |to| to - 1))
            }
        })
    }
}
