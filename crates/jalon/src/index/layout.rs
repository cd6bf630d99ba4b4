//! From gathered rules to an index: constants become positions, conjunctions go to the buckets
//! of their keys, side by side in the order in which a probe reads them.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::bounds::Bounds;
use super::build::{Builder, Mention, NONE};
use super::choose::{Choice, Counts, Grid};
use super::stab::Stab;
use super::words::{Kind, Tag, tests};
use super::{Field, Inner};
use crate::checked::{Domain, OrderTest};
use crate::plan::ids::Ids;
use crate::value::TimeSpec;

/// Set in the second word of an entry whose tests stand elsewhere, at the place that the other
/// bits say.
pub(super) const ELSEWHERE: u32 = 1 << 31;

/// The bucket of what no key finds.
pub(super) const RESIDUE: u32 = 0;

/// A position that nothing has.
const NOWHERE: u32 = NONE - 1;

/// A conjunction of more keys has its tests written once, and is pointed at.
const MAX_COPIES: usize = 2;

/// How many pairs of grids may be asked for each record.
const MAX_PAIRS: usize = 32;

/// A pair of grids that fewer conjunctions ask for is not kept.
const MIN_PAIRED: u32 = 16;

/// The buckets that keys lead to.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// By slot the bucket of its first position, and how many positions have buckets.
    pub(super) positions: Vec<(u32, u32)>,
    /// By slot: wider ranges.
    pub(super) ranges: Vec<(u32, Stab)>,
    /// By literal.
    pub(super) literals: Vec<u32>,
    /// By number of a test on moments.
    pub(super) timed: Vec<u32>,
    /// Pairs of grids.
    pub(super) pairs: Vec<(Grid, Grid)>,
    /// By index of the pair and both cells.
    pub(super) pair_buckets: FxHashMap<(u32, u32, u32), u32>,
}

impl Keys {
    /// How many bytes they take.
    pub(super) fn size(&self) -> usize {
        let ranges: usize = self.ranges.iter().map(|(_, stab)| stab.size()).sum();
        let tables = 4 * (self.literals.capacity() + self.timed.capacity());
        tables + ranges + 17 * self.pair_buckets.capacity() * 8 / 7
    }
}

/// Keys and the number of buckets, while they are chosen.
#[derive(Debug)]
struct Chosen {
    keys: Keys,
    ranges: FxHashMap<(u32, u32, u32), u32>,
    buckets: u32,
    /// Bucket, and where the conjunction stands in the stream.
    places: Vec<(u32, u32)>,
    /// The buckets of the conjunction at hand.
    found: Vec<u32>,
    /// Its tests by effort: place and length.
    order: Vec<(f32, u32, u32)>,
    /// Its tests in that order.
    body: Vec<u32>,
}

impl Builder {
    /// The index of the rules so far.
    pub(crate) fn finish(mut self, strict: bool) -> Inner {
        let bounds = self.order_constants();
        let positions = self.positions(&bounds);
        let counts = Counts::new(&self, &positions);
        let choices = self.choose(&counts);
        let mut chosen = Chosen::new(&self, &choices);
        let mut at = 0;
        for choice in choices {
            let next = at + 3 + (self.stream[at + 1] + self.stream[at + 2]) as usize;
            chosen.place(&mut self, &counts, at, choice);
            at = next;
        }
        let (buckets, entries) = chosen.write(&self.stream);
        let mut keys = chosen.keys;
        let mut by_slot: FxHashMap<u32, Vec<(u32, u32, u32)>> = FxHashMap::default();
        for ((slot, low, high), bucket) in chosen.ranges {
            by_slot.entry(slot).or_default().push((low, high, bucket));
        }
        keys.ranges = by_slot.into_iter().map(|(slot, of)| (slot, Stab::new(&of))).collect();
        keys.ranges.sort_unstable_by_key(|(slot, _)| *slot);
        keys.pair_buckets.shrink_to_fit();
        let reads_clock = self.times.list.iter().any(|(spec, _)| spec.reads_now())
            || self.timed.iter().any(|timed| {
                timed.first.reads_now() || timed.second.as_ref().is_some_and(TimeSpec::reads_now)
            });
        let slots = self.slots.len();
        let fields: Vec<Field> = self
            .fields
            .into_iter()
            .zip(bounds)
            .map(|(field, bounds)| Field::new(field, bounds, &keys))
            .collect();
        let plain = self
            .mentions
            .iter()
            .map(|set| set.iter().all(|mention| matches!(mention, Mention::Field(_))));
        Inner {
            plain: plain.collect(),
            fields,
            slots,
            keys,
            buckets,
            entries,
            programs: self.programs,
            atoms: self.atoms,
            timed: self.timed,
            times: self.times,
            mentions: self.mentions,
            rules: self.rules,
            literals: self.weights.len(),
            strict,
            reads_clock,
        }
    }

    /// Orders the constants of each field and makes positions of them in every test.
    fn order_constants(&mut self) -> Vec<Option<Bounds>> {
        let mut ranks: Vec<(Vec<u32>, u32)> = Vec::new();
        let mut bounds = Vec::new();
        for field in &mut self.fields {
            let constants = std::mem::take(&mut field.constants);
            field.constant_ids = Ids::default();
            let mut order: Vec<u32> = (0..constants.len() as u32).collect();
            order.sort_unstable_by_key(|id| constants[*id as usize]);
            let mut rank = vec![0; order.len()];
            let mut sorted: Vec<Decimal> = Vec::with_capacity(order.len());
            for id in order {
                let constant = constants[id as usize];
                if sorted.last() != Some(&constant) {
                    sorted.push(constant);
                }
                rank[id as usize] = sorted.len() as u32 - 1;
            }
            let last = 2 * sorted.len() as u32;
            ranks.push((rank, last));
            bounds.push((!sorted.is_empty()).then(|| Bounds::new(sorted)));
        }
        let Builder { stream, programs, slots, .. } = self;
        let mut at = 0;
        while at < stream.len() {
            let end = at + 3 + (stream[at + 1] + stream[at + 2]) as usize;
            at += 3;
            while at < end {
                at += to_positions(&mut stream[at..], &ranks, slots);
            }
        }
        let mut at = 0;
        while at < programs.len() {
            at += 2 + to_positions(&mut programs[at + 2..], &ranks, slots);
        }
        bounds
    }

    /// How many positions each slot has.
    fn positions(&self, bounds: &[Option<Bounds>]) -> Vec<usize> {
        let of_slot = |field: &u32| match self.fields.get(*field as usize) {
            Some(field) if matches!(field.source.domain, Domain::Text(_)) => field.symbols.len(),
            Some(_) => bounds[*field as usize].as_ref().map_or(2, Bounds::positions),
            None => 2,
        };
        self.slots.iter().map(of_slot).collect()
    }
}

/// Rewrites one test on constants as one on positions; how many words it takes.
fn to_positions(words: &mut [u32], ranks: &[(Vec<u32>, u32)], slots: &[u32]) -> usize {
    let tag = Tag(words[0]);
    let length = tag.words();
    if !matches!(tag.kind(), Kind::Order | Kind::Among) {
        return length;
    }
    let (rank, last) = &ranks[slots[tag.slot()] as usize];
    let negated = |new: Tag| if tag.negated() { new.complement() } else { new };
    let at = |id: u32| 2 * rank[id as usize] + 1;
    if tag.kind() == Kind::Among {
        words[0] = negated(Tag::new(Kind::In, tag.slot() as u32, tag.count())).0;
        words[1..length].iter_mut().for_each(|id| *id = at(*id));
        return length;
    }
    let (low, high) = (at(words[1]), at(words[2]));
    let (low, high) = match OrderTest::ALL[tag.count()] {
        OrderTest::Equal => (low, low),
        OrderTest::Less => (0, low - 1),
        OrderTest::LessOrEqual => (0, low),
        OrderTest::Greater => (low + 1, *last),
        OrderTest::GreaterOrEqual => (low, *last),
        OrderTest::Between => (low, high),
    };
    if low <= high {
        let range = Tag::new(Kind::Range, tag.slot() as u32, 0);
        words[..3].copy_from_slice(&[negated(range).0, low, high - low]);
    } else {
        // From a high bound to a low one: no position, in as many words.
        let nowhere = Tag::new(Kind::In, tag.slot() as u32, 2);
        words[..3].copy_from_slice(&[negated(nowhere).0, NOWHERE, NOWHERE]);
    }
    length
}

impl Builder {
    /// What each conjunction is found by. A pair of grids that few ask for is given up, and so
    /// are all but the most asked for.
    fn choose(&self, counts: &Counts) -> Vec<Choice> {
        let mut choices = Vec::new();
        let mut asked: FxHashMap<(Grid, Grid), u32> = FxHashMap::default();
        for (_, own, other) in conjunctions(&self.stream) {
            let choice = if other.is_empty() { counts.choose(own, self) } else { Choice::Nothing };
            if let Choice::Two(a, b, _) = choice {
                *asked.entry(grids(&own[a..], &own[b..])).or_default() += 1;
            }
            choices.push(choice);
        }
        let mut most: Vec<(u32, (Grid, Grid))> = asked
            .iter()
            .filter(|(_, asked)| **asked >= MIN_PAIRED)
            .map(|(pair, asked)| (*asked, *pair))
            .collect();
        most.sort_unstable();
        for (_, pair) in most.iter().rev().take(MAX_PAIRS) {
            asked.insert(*pair, 0);
        }
        for (choice, (_, own, _)) in choices.iter_mut().zip(conjunctions(&self.stream)) {
            if let Choice::Two(a, b, best) = *choice
                && asked.get(&grids(&own[a..], &own[b..])) != Some(&0)
            {
                *choice = Choice::One(best);
            }
        }
        choices
    }
}

/// The conjunctions of a stream: where each begins, its tests, those that it may be found by
/// instead.
fn conjunctions(stream: &[u32]) -> impl Iterator<Item = (usize, &[u32], &[u32])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let [_, words, access, after @ ..] = stream.get(at..)? else { return None };
        let (own, rest) = after.split_at(*words as usize);
        let other = &rest[..*access as usize];
        let start = at;
        at += 3 + own.len() + other.len();
        Some((start, own, other))
    })
}

/// The grids of a pair of tests, in order.
fn grids(a: &[u32], b: &[u32]) -> (Grid, Grid) {
    let (a, b) = (Grid::of(a), Grid::of(b));
    (a.min(b), a.max(b))
}

impl Chosen {
    fn new(builder: &Builder, choices: &[Choice]) -> Chosen {
        // The buckets of positions come first, in the order of positions.
        let mut positions = vec![(0, 0_u32); builder.slots.len()];
        let mut reach = |test: &[u32]| {
            let tag = Tag(test[0]);
            let asked = match tag.kind() {
                Kind::Range if test[2] == 0 => &test[1..2],
                Kind::In => &test[1..],
                _ => return,
            };
            let extent = &mut positions[tag.slot()].1;
            for position in asked.iter().filter(|position| **position != NOWHERE) {
                *extent = (*extent).max(position + 1);
            }
        };
        for (choice, (_, own, other)) in choices.iter().zip(conjunctions(&builder.stream)) {
            match choice {
                Choice::Nothing => tests(other).for_each(&mut reach),
                Choice::One(test) => reach(&own[*test..*test + Tag(own[*test]).words()]),
                Choice::Two(..) => {}
            }
        }
        let mut buckets = RESIDUE + 1;
        for (first, extent) in &mut positions {
            *first = buckets;
            buckets += *extent;
        }
        let keys = Keys {
            positions,
            literals: vec![NONE; builder.weights.len()],
            timed: vec![NONE; builder.timed.len()],
            ..Keys::default()
        };
        Chosen {
            keys,
            ranges: FxHashMap::default(),
            buckets,
            places: Vec::new(),
            found: Vec::new(),
            order: Vec::new(),
            body: Vec::new(),
        }
    }

    /// Finds the buckets of a conjunction and leaves in the stream what remains to be verified.
    fn place(&mut self, builder: &mut Builder, counts: &Counts, at: usize, choice: Choice) {
        let (words, access) = (builder.stream[at + 1] as usize, builder.stream[at + 2] as usize);
        let (own, other) = builder.stream[at + 3..at + 3 + words + access].split_at(words);
        self.found.clear();
        match choice {
            Choice::Nothing if access > 0 => {
                tests(other).for_each(|test| self.buckets_of(test, builder));
            }
            Choice::Nothing => self.found.push(RESIDUE),
            Choice::One(test) => {
                self.buckets_of(&own[test..test + Tag(own[test]).words()], builder);
            }
            Choice::Two(a, b, _) => self.buckets_of_two(&own[a..], &own[b..]),
        }
        self.found.sort_unstable();
        self.found.dedup();
        let implied = |place: usize| match choice {
            Choice::Nothing => false,
            Choice::One(test) => place == test && Tag(own[test]).kind() != Kind::Atom,
            Choice::Two(a, b, _) => (place == a || place == b) && own[place + 2] == 0,
        };
        self.order.clear();
        let mut place = 0;
        for test in tests(own) {
            if !implied(place) {
                self.order.push((effort(test, counts, builder), place as u32, test.len() as u32));
            }
            place += test.len();
        }
        self.order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        self.body.clear();
        for (_, place, length) in &self.order {
            self.body.extend_from_slice(&own[*place as usize..(place + length) as usize]);
        }
        let body = at + 3;
        builder.stream[at + 1] = self.body.len() as u32;
        builder.stream[at + 2] = u32::from(self.found.len() > MAX_COPIES);
        builder.stream[body..body + self.body.len()].copy_from_slice(&self.body);
        self.places.extend(self.found.iter().map(|bucket| (*bucket, at as u32)));
    }

    /// Adds the buckets of a key, new where it has none.
    fn buckets_of(&mut self, test: &[u32], builder: &Builder) {
        let Chosen { keys, ranges, buckets, found, .. } = self;
        let mut of = |bucket: &mut u32| {
            if *bucket == NONE {
                *bucket = *buckets;
                *buckets += 1;
            }
            found.push(*bucket);
        };
        let tag = Tag(test[0]);
        match tag.kind() {
            Kind::Range if test[2] > 0 => {
                let range = (tag.slot() as u32, test[1], test[1] + test[2]);
                of(ranges.entry(range).or_insert(NONE));
            }
            Kind::Range | Kind::In => {
                let (first, _) = keys.positions[tag.slot()];
                let asked = test[1..].iter().take(tag.count().max(1));
                found.extend(asked.filter(|at| **at != NOWHERE).map(|at| first + at));
            }
            Kind::Literal => {
                test[1..].iter().for_each(|literal| of(&mut keys.literals[*literal as usize]));
            }
            Kind::Timed => test[1..].iter().for_each(|time| of(&mut keys.timed[*time as usize])),
            Kind::Atom => {
                let literals = &builder.atoms[test[1] as usize].keys;
                literals.iter().for_each(|literal| of(&mut keys.literals[*literal as usize]));
            }
            Kind::Program | Kind::Order | Kind::Among => found.push(RESIDUE),
        }
    }

    /// Adds the buckets of the cells of two tests.
    fn buckets_of_two(&mut self, a: &[u32], b: &[u32]) {
        let (a, b) = if Grid::of(a) <= Grid::of(b) { (a, b) } else { (b, a) };
        let grids = (Grid::of(a), Grid::of(b));
        let Keys { pairs, pair_buckets, .. } = &mut self.keys;
        let pair = pairs.iter().position(|pair| *pair == grids).unwrap_or_else(|| {
            pairs.push(grids);
            pairs.len() - 1
        });
        for first in grids.0.cells(a) {
            for second in grids.1.cells(b) {
                let next = self.buckets;
                let bucket = *pair_buckets.entry((pair as u32, first, second)).or_insert(next);
                self.buckets += u32::from(bucket == next);
                self.found.push(bucket);
            }
        }
    }

    /// Writes the conjunctions bucket by bucket; where each bucket starts, and the words.
    fn write(&self, stream: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let shared = |at: u32| stream[at as usize + 2] == 1;
        let length = |at: u32| if shared(at) { 2 } else { 2 + stream[at as usize + 1] };
        let mut starts = vec![0_u32; self.buckets as usize + 1];
        for (bucket, at) in &self.places {
            starts[*bucket as usize + 1] += length(*at);
        }
        for bucket in 0..self.buckets as usize {
            starts[bucket + 1] += starts[bucket];
        }
        let mut entries = vec![0_u32; starts[self.buckets as usize] as usize];
        let mut ends = starts.clone();
        // The tests of a conjunction with several keys stand together behind the buckets.
        let mut last_shared = (NONE, 0);
        for (bucket, at) in &self.places {
            let from = *at as usize;
            let to = ends[*bucket as usize] as usize;
            ends[*bucket as usize] += length(*at);
            let words = stream[from + 1] as usize;
            entries[to] = stream[from];
            if !shared(*at) {
                entries[to + 1] = words as u32;
                entries[to + 2..to + 2 + words]
                    .copy_from_slice(&stream[from + 3..from + 3 + words]);
                continue;
            }
            if last_shared.0 != *at {
                last_shared = (*at, entries.len() as u32);
                entries.push(words as u32);
                entries.extend_from_slice(&stream[from + 3..from + 3 + words]);
            }
            entries[to + 1] = ELSEWHERE | last_shared.1;
        }
        entries.shrink_to_fit();
        (starts, entries)
    }
}

/// In which order tests are verified: cheap ones first, and of these the ones that most fail.
fn effort(test: &[u32], counts: &Counts, builder: &Builder) -> f32 {
    let tag = Tag(test[0]);
    let kind = match tag.kind() {
        Kind::Range | Kind::Order => 0.0,
        Kind::In | Kind::Among => 1.0,
        Kind::Timed => 2.0,
        Kind::Literal => 4.0,
        Kind::Atom | Kind::Program => 100.0,
    };
    let chance = if tag.negated() { Some(0.9) } else { counts.chance(test, builder) };
    kind + chance.unwrap_or(0.5).min(0.99)
}
