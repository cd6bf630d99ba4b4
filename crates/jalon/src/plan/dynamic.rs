//! Fields without a declared type: the value's type decides how constants are read.

use rust_decimal::Decimal;

use super::atom::{ConstantTest, Untyped, is_word};
use super::block::Times;
use super::kernel::{RawTest, TextTests, literals};
use super::logic::{Bit, is_set, set};
use super::number::{NumberKernel, NumberTest, ordered};
use super::text::{Literal, LiteralTest, TextKernel};
use super::time::{Axis, TimeId, passes};
use crate::checked::{DynamicTest, OrderTest, TextTest};
use crate::schema::TextMode;
use crate::value::fold::Folded;
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Interval, List, Moment, ValueRef, read};

/// The tests on one field.
#[derive(Clone, Debug, Default)]
pub(crate) struct DynamicKernel {
    /// The text tests, on values that are text.
    texts: TextKernel,
    /// What they were compiled from.
    literals: Vec<Literal>,
    raw: Vec<(RawTest, Bit)>,
    tests: Vec<Test>,
}

/// One test, with its constants in every reading.
#[derive(Clone, Debug)]
struct Test {
    kind: DynamicTest,
    terms: Vec<Term>,
    bit: Bit,
    /// Set when the value's type does not have the test.
    wrong: Bit,
    /// Whether a text needs more than the text kernel.
    beyond_text: bool,
}

#[derive(Clone, Debug)]
struct Term {
    constant: Untyped,
    word: bool,
    /// Numbers of its time on the axis of days and on that of instants.
    times: Option<[TimeId; 2]>,
}

/// What a test says of a value.
#[derive(Clone, Copy)]
enum Answer {
    Verdict(bool),
    Wrong,
}

impl DynamicKernel {
    /// Compiles the tests. The bit after each test's is its error.
    pub(super) fn new(tests: &[(&ConstantTest, Bit)], times: &mut Times) -> DynamicKernel {
        let mut kernel = DynamicKernel::default();
        let mut texts = Vec::new();
        for (test, bit) in tests {
            let ConstantTest::Dynamic(test, constants) = test else {
                kernel.raw.extend(RawTest::new(test).map(|test| (test, *bit)));
                continue;
            };
            if let DynamicTest::Text(test) = test {
                let spelled = constants.iter().map(|c| c.text.clone()).filter(|t| !t.is_empty());
                texts.extend(literals(LiteralTest::of(*test), &spelled.collect::<Vec<_>>(), *bit));
            }
            let terms: Vec<Term> = constants
                .iter()
                .map(|constant| Term {
                    word: constant.time.as_ref().is_some_and(is_word),
                    times: constant
                        .time
                        .as_ref()
                        .map(|spec| [times.add(spec, Axis::Days), times.add(spec, Axis::Micros)]),
                    constant: constant.clone(),
                })
                .collect();
            let beyond_text = match test {
                DynamicTest::Text(TextTest::Equal) => {
                    terms.iter().any(|term| term.word || term.constant.tick.is_some())
                }
                DynamicTest::Text(_) => false,
                DynamicTest::Order(_) => true,
            };
            kernel.tests.push(Test { kind: *test, terms, bit: *bit, wrong: *bit + 1, beyond_text });
        }
        kernel.texts = TextKernel::new(texts.clone());
        kernel.literals = texts;
        kernel
    }

    /// Sets the bits of the tests that a value passes, and the errors of those that its type
    /// does not have. `empty` says whether it holds nothing.
    pub(crate) fn run(
        &self,
        value: ValueRef<'_>,
        empty: bool,
        times: &[Interval],
        clock: &Clock,
        folded: &mut Folded,
        bits: &mut [u64],
    ) {
        match value {
            _ if empty => {
                // Nothing is not ticked.
                let not_ticked = |term: &Term| term.constant.tick == Some(false);
                self.each(bits, |test| {
                    Answer::Verdict(test.is_equality() && test.terms.iter().any(not_ticked))
                });
            }
            ValueRef::Text(text) => {
                self.texts.run(folded.fold(text, TextMode::default()), bits);
                self.raw(text, bits);
                for test in self.tests.iter().filter(|test| test.beyond_text) {
                    test.record(test.of_text(text, times, clock), bits);
                }
            }
            ValueRef::Int(number) => self.number(number.into(), bits),
            ValueRef::Number(number) => self.number(number, bits),
            ValueRef::Bool(ticked) => self.each(bits, |test| test.of_bool(ticked)),
            ValueRef::Date(date) => self.moment(Moment::Date(date), times, clock, bits),
            ValueRef::DateTime(local) => self.moment(Moment::Local(local), times, clock, bits),
            ValueRef::Instant(at) => self.moment(Moment::Instant(at), times, clock, bits),
            ValueRef::List(list) => self.each(bits, |test| test.of_list(list, folded)),
            ValueRef::Record(_) => match typed::reference(value) {
                Typed::Value(reference) => {
                    reference.any(|text| {
                        self.texts.run(folded.fold(text, TextMode::default()), bits);
                        false
                    });
                }
                _ => self.each(bits, |_| Answer::Wrong),
            },
            ValueRef::Absent | ValueRef::Empty | ValueRef::Invalid(_) => {}
        }
    }

    /// The tests on values that are all texts, where comparing texts is all there is to them.
    pub(crate) fn on_texts(&self) -> Option<TextTests> {
        if self.tests.iter().any(|test| test.beyond_text) {
            return None;
        }
        let (literals, raw) = (self.literals.clone(), self.raw.clone());
        Some(TextTests::of_literals(TextMode::default(), literals, raw))
    }

    /// The tests on values that are all numbers, and the errors of those that numbers do not
    /// have; `None` where numbers are compared as texts.
    pub(crate) fn on_numbers(&self) -> Option<(NumberKernel, Vec<Bit>)> {
        if !self.raw.is_empty() {
            return None;
        }
        let (mut tests, mut wrong) = (Vec::new(), Vec::new());
        for test in &self.tests {
            let terms: Vec<Decimal> =
                test.terms.iter().filter_map(|term| term.constant.number).collect();
            match test.kind {
                DynamicTest::Text(TextTest::Equal) => {
                    tests.push((NumberTest { test: OrderTest::Equal, terms }, test.bit));
                }
                DynamicTest::Order(order)
                    if terms.len() > usize::from(order == OrderTest::Between) =>
                {
                    tests.push((NumberTest { test: order, terms }, test.bit));
                }
                _ => wrong.push(test.wrong),
            }
        }
        Some((NumberKernel::new(tests), wrong))
    }

    /// The dates that it compares with, for values that are dates and for those that are instants.
    pub(crate) fn times(&self) -> impl Iterator<Item = (Axis, TimeId)> {
        let pairs = self.tests.iter().flat_map(|test| &test.terms).filter_map(|term| term.times);
        pairs.flat_map(|[days, micros]| [(Axis::Days, days), (Axis::Micros, micros)])
    }

    /// After a run: what the first test that the value's type does not have expected.
    pub(crate) fn expected(&self, bits: &[u64]) -> Option<&'static str> {
        let test = self.tests.iter().find(|test| is_set(bits, test.wrong))?;
        let any = |has: fn(&Untyped) -> bool| test.terms.iter().any(|term| has(&term.constant));
        Some(match test.kind {
            _ if any(|constant| constant.number.is_some()) => "number",
            _ if any(|constant| constant.time.is_some()) => "date",
            DynamicTest::Text(_) | DynamicTest::Order(_) => "text",
        })
    }

    fn each(&self, bits: &mut [u64], mut answer: impl FnMut(&Test) -> Answer) {
        for test in &self.tests {
            test.record(answer(test), bits);
        }
    }

    fn number(&self, number: Decimal, bits: &mut [u64]) {
        if !self.raw.is_empty() {
            let mut digits = read::NumberText::default();
            self.raw(read::decimal_text(number, &mut digits), bits);
        }
        self.each(bits, |test| test.of_number(number));
    }

    fn moment(&self, moment: Moment, times: &[Interval], clock: &Clock, bits: &mut [u64]) {
        self.each(bits, |test| test.of_moment(moment, times, clock));
    }

    fn raw(&self, text: &str, bits: &mut [u64]) {
        for (test, bit) in &self.raw {
            if test.passes(text) {
                set(bits, *bit);
            }
        }
    }
}

impl Test {
    fn is_equality(&self) -> bool {
        self.kind == DynamicTest::Text(TextTest::Equal)
    }

    fn record(&self, answer: Answer, bits: &mut [u64]) {
        match answer {
            Answer::Verdict(true) => set(bits, self.bit),
            Answer::Verdict(false) => {}
            Answer::Wrong => set(bits, self.wrong),
        }
    }

    /// Beyond comparing texts: two tick words, a date word and ISO text, a text that is ordered
    /// by a number or a date.
    fn of_text(&self, text: &str, times: &[Interval], clock: &Clock) -> Answer {
        match self.kind {
            DynamicTest::Text(_) => {
                let ticked = read::tick(text);
                let tick = |term: &Term| ticked.is_some() && term.constant.tick == ticked;
                let moment = read::iso(text);
                let word = |term: &Term| {
                    term.word
                        && moment.is_some_and(|m| term.place(OrderTest::Equal, m, times, clock))
                };
                Answer::Verdict(self.terms.iter().any(|term| tick(term) || word(term)))
            }
            DynamicTest::Order(_) if self.terms.iter().all(|t| t.constant.number.is_some()) => {
                read::number(text).map_or(Answer::Wrong, |number| self.of_number(number))
            }
            DynamicTest::Order(_) => {
                read::moment(text).map_or(Answer::Wrong, |at| self.of_moment(at, times, clock))
            }
        }
    }

    fn of_number(&self, number: Decimal) -> Answer {
        let numbers = || self.terms.iter().filter_map(|term| term.constant.number);
        match self.kind {
            DynamicTest::Text(TextTest::Equal) => Answer::Verdict(numbers().any(|n| n == number)),
            DynamicTest::Text(_) => Answer::Wrong,
            DynamicTest::Order(OrderTest::Between) => {
                let mut bounds = numbers();
                match (bounds.next(), bounds.next()) {
                    (Some(low), Some(high)) => Answer::Verdict(low <= number && number <= high),
                    _ => Answer::Wrong,
                }
            }
            DynamicTest::Order(test) => match numbers().next() {
                Some(bound) => Answer::Verdict(ordered(test, number, bound)),
                None => Answer::Wrong,
            },
        }
    }

    fn of_bool(&self, ticked: bool) -> Answer {
        let all_ticks = self.terms.iter().all(|term| term.constant.tick.is_some());
        if !self.is_equality() || !all_ticks {
            return Answer::Wrong;
        }
        Answer::Verdict(self.terms.iter().any(|term| term.constant.tick == Some(ticked)))
    }

    fn of_moment(&self, at: Moment, times: &[Interval], clock: &Clock) -> Answer {
        if self.terms.iter().any(|term| term.times.is_none()) {
            return Answer::Wrong;
        }
        let place = |test, term: &Term| term.place(test, at, times, clock);
        match self.kind {
            DynamicTest::Text(TextTest::Equal) => {
                Answer::Verdict(self.terms.iter().any(|term| place(OrderTest::Equal, term)))
            }
            DynamicTest::Text(_) => Answer::Wrong,
            DynamicTest::Order(OrderTest::Between) => match self.terms.as_slice() {
                [low, high] => Answer::Verdict(
                    place(OrderTest::GreaterOrEqual, low) && place(OrderTest::LessOrEqual, high),
                ),
                _ => Answer::Wrong,
            },
            DynamicTest::Order(test) => {
                Answer::Verdict(self.terms.iter().any(|term| place(test, term)))
            }
        }
    }

    fn of_list(&self, list: &dyn List, folded: &mut Folded) -> Answer {
        let DynamicTest::Text(test @ (TextTest::Equal | TextTest::Contains)) = self.kind else {
            return Answer::Wrong;
        };
        let Typed::Value(items) = typed::set(ValueRef::List(list)) else { return Answer::Wrong };
        let mut holds = |item: &str, term: &Term| {
            folded.fold(item, TextMode::default()).text() == term.constant.text.as_bytes()
        };
        if test == TextTest::Contains {
            return Answer::Verdict(items.any(|item| self.terms.iter().any(|t| holds(item, t))));
        }
        let missing = self.terms.iter().any(|term| !items.any(|item| holds(item, term)));
        let other = items.any(|item| !self.terms.iter().any(|term| holds(item, term)));
        Answer::Verdict(!missing && !other)
    }
}

impl Term {
    /// Whether a moment passes a test against this date; a date by days, a time by instants.
    fn place(&self, test: OrderTest, at: Moment, times: &[Interval], clock: &Clock) -> bool {
        let Some([days, micros]) = self.times else { return false };
        let (at, id) = match at {
            Moment::Date(date) => (i64::from(date.days()), days),
            other => (clock.zone.instant_of(other).micros(), micros),
        };
        passes(test, at, &times[id as usize..=id as usize])
    }
}
