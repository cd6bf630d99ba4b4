//! The words of tests on fields, and the keys of tests that only the record executor answers.

use rust_decimal::Decimal;

use super::build::{Batch, Builder, FieldBuild, NONE, Timed};
use super::words::{Kind, MAX_COUNT, MAX_SLOTS, Tag};
use crate::checked::{Domain, DynamicTest, OrderTest, TextTest};
use crate::plan::atom::{Atom as PlanAtom, ConstantTest, Untyped};
use crate::plan::number::NumberTest;
use crate::plan::pool::Pool;
use crate::plan::text::LiteralTest;
use crate::plan::time::TimeTest;
use crate::value::TimeSpec;

/// What the keys of values without a declared type begin with, so that a text is never taken for
/// a number that is spelled alike.
pub(super) mod key {
    pub(crate) const TEXT: u8 = b't';
    pub(crate) const NUMBER: u8 = b'n';
    pub(crate) const TICKED: &[u8] = b"+";
    pub(crate) const NOT_TICKED: &[u8] = b"-";
    pub(crate) const MOMENT: &[u8] = b"d";
}

impl Builder {
    /// Writes the words of a test on a field; `None` where it needs the record executor.
    pub(super) fn write_simple(
        &mut self,
        field: u32,
        test: &ConstantTest,
        words: &mut Vec<u32>,
    ) -> Option<()> {
        let slot = self.fields[field as usize].slot;
        match (test, self.fields[field as usize].source.domain) {
            (ConstantTest::Empty, _) => {
                let slot = self.empty_slot(field)?;
                words.extend([Tag::new(Kind::Range, slot, 0).0, 1, 0]);
            }
            (ConstantTest::Ticked(ticked), Domain::Checkbox) => {
                words.extend([Tag::new(Kind::Range, slot, 0).0, u32::from(*ticked), 0]);
            }
            (ConstantTest::Text(LiteralTest::Equal, texts), Domain::Text(_)) => {
                self.symbols(field, texts, words)?;
            }
            (
                ConstantTest::Text(test, texts),
                Domain::Text(_) | Domain::Set(_) | Domain::Reference(_),
            ) => self.literals(field, *test, texts, words)?,
            (ConstantTest::Has(items), Domain::Set(_)) => {
                self.literals(field, LiteralTest::Equal, items, words)?;
            }
            (ConstantTest::Number(NumberTest { test, terms }), Domain::Number) => {
                self.order(field, *test, terms, words)?;
            }
            (ConstantTest::Time(TimeTest { test, terms }), Domain::Date) => {
                let day = |term: &TimeSpec| match term {
                    TimeSpec::Day(date) => Some(Decimal::from(date.days())),
                    _ => None,
                };
                match terms.iter().map(day).collect::<Option<Vec<Decimal>>>() {
                    Some(days) => self.order(field, *test, &days, words)?,
                    None => self.moments(field, *test, terms, words)?,
                }
            }
            (ConstantTest::Time(TimeTest { test, terms }), Domain::DateTime) => {
                self.moments(field, *test, terms, words)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// Where it is noted that a field is empty.
    fn empty_slot(&mut self, field: u32) -> Option<u32> {
        if let Some(slot) = self.fields[field as usize].empty {
            return Some(slot);
        }
        let slot = self.slots.len() as u32;
        if slot as usize >= MAX_SLOTS {
            return None;
        }
        self.slots.push(NONE);
        self.fields[field as usize].empty = Some(slot);
        Some(slot)
    }

    fn symbols(&mut self, field: u32, texts: &[String], words: &mut Vec<u32>) -> Option<()> {
        if texts.len() > MAX_COUNT {
            return None;
        }
        let FieldBuild { slot, symbols, .. } = &mut self.fields[field as usize];
        if let [one] = texts {
            words.extend([Tag::new(Kind::Range, *slot, 0).0, symbols.add(one.as_bytes())?, 0]);
            return Some(());
        }
        words.push(Tag::new(Kind::In, *slot, texts.len()).0);
        for text in texts {
            words.push(symbols.add(text.as_bytes())?);
        }
        Some(())
    }

    fn literals(
        &mut self,
        field: u32,
        test: LiteralTest,
        texts: &[String],
        words: &mut Vec<u32>,
    ) -> Option<()> {
        if texts.len() > MAX_COUNT || texts.iter().any(String::is_empty) {
            return None;
        }
        words.push(Tag::new(Kind::Literal, field, texts.len()).0);
        for text in texts {
            words.push(self.literal(field, test, text.as_bytes())?);
        }
        Some(())
    }

    /// The number of a literal of a field.
    fn literal(&mut self, field: u32, test: LiteralTest, text: &[u8]) -> Option<u32> {
        let next = self.weights.len() as u32;
        let number = self.fields[field as usize].known[test as usize].add(text, next)?;
        if number == next {
            let length = text.len().min(10) as i32;
            self.weights.push(if test == LiteralTest::Equal { 0.0 } else { 0.5_f32.powi(length) });
        }
        Some(number)
    }

    fn order(
        &mut self,
        field: u32,
        test: OrderTest,
        terms: &[Decimal],
        words: &mut Vec<u32>,
    ) -> Option<()> {
        if terms.len() > MAX_COUNT {
            return None;
        }
        let field = &mut self.fields[field as usize];
        let never = terms.is_empty() || (test == OrderTest::Between && terms.len() < 2);
        if never || (test == OrderTest::Equal && terms.len() > 1) {
            let terms = if never { &[] } else { terms };
            words.push(Tag::new(Kind::Among, field.slot, terms.len()).0);
            words.extend(terms.iter().map(|term| field.constant(*term)));
            return Some(());
        }
        let low = field.constant(terms[0]);
        let high = terms.get(1).map_or(low, |high| field.constant(*high));
        words.extend([Tag::new(Kind::Order, field.slot, test as usize).0, low, high]);
        Some(())
    }

    fn moments(
        &mut self,
        field: u32,
        test: OrderTest,
        terms: &[TimeSpec],
        words: &mut Vec<u32>,
    ) -> Option<()> {
        if terms.len() > MAX_COUNT {
            return None;
        }
        let timed = |first: &TimeSpec, second: Option<&TimeSpec>| Timed {
            field,
            test,
            first: first.clone(),
            second: second.cloned(),
        };
        let times: Vec<Timed> = match (test, terms) {
            (OrderTest::Equal, terms) => terms.iter().map(|term| timed(term, None)).collect(),
            (OrderTest::Between, [low, high, ..]) => vec![timed(low, Some(high))],
            (OrderTest::Between, _) | (_, []) => Vec::new(),
            (_, [one, ..]) => vec![timed(one, None)],
        };
        words.push(Tag::new(Kind::Timed, field, times.len()).0);
        for timed in times {
            words.push(self.timed(timed));
        }
        Some(())
    }

    /// Literals of which a record has one wherever a test on a field without a declared type
    /// holds; `None` where nothing of the kind can be said.
    pub(super) fn keys_of(&mut self, id: u32, pool: &Pool, batch: &mut Batch) -> Option<Vec<u32>> {
        let PlanAtom::Constant { source, test: ConstantTest::Dynamic(test, terms), .. } =
            &pool.atoms[id as usize]
        else {
            return None;
        };
        let DynamicTest::Text(test) = test else { return None };
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for term in terms {
            match test {
                TextTest::Equal => spellings(term, &mut texts),
                _ if term.text.is_empty() => return None,
                _ => texts.push(term.text.clone().into_bytes()),
            }
        }
        if terms.is_empty() || texts.len() > MAX_COUNT {
            return None;
        }
        let field = self.field(*source, pool, batch)?;
        texts.iter().map(|text| self.literal(field, LiteralTest::of(*test), text)).collect()
    }
}

/// The keys of every value that may equal a constant.
fn spellings(term: &Untyped, texts: &mut Vec<Vec<u8>>) {
    let keyed = |kind: u8, text: &str| [&[kind], text.as_bytes()].concat();
    texts.push(keyed(key::TEXT, &term.text));
    if let Some(number) = term.number {
        texts.push(keyed(key::NUMBER, &number.normalize().to_string()));
    }
    if let Some(ticked) = term.tick {
        texts.push(if ticked { key::TICKED } else { key::NOT_TICKED }.to_vec());
    }
    if term.time.is_some() {
        texts.push(key::MOMENT.to_vec());
    }
}
