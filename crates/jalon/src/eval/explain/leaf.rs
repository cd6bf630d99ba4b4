//! What one test read, what it was compared with, and why it came out as it did.

use super::errors::is_wrong;
use super::{Because, Read};
use crate::checked::{
    Domain, DynamicTest, FieldRef, Names, Operand, OrderTest, Predicate, SetTest, Term, Test,
    TextTest,
};
use crate::eval::expr::Machine;
use crate::eval::functions::print;
use crate::eval::run::{Context, State};
use crate::eval::value::{Buffers, Failure, Frame};
use crate::plan::block::{Block, Input, Owner};
use crate::plan::code::Code;
use crate::plan::logic::Tree;
use crate::plan::lower::mode;
use crate::plan::mention;
use crate::plan::text::LiteralTest;
use crate::value::fold::{NearMiss, near_miss};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Date, Instant, Interval, Moment, TimeSpec, Value, ValueRef};

/// What stands for a personal value.
pub(crate) const MASK: &str = "•••";

/// The most characters of a value that are shown.
const SHOWN: usize = 120;

/// The field or the expression that a test reads, for people.
pub(super) fn name(operand: &Operand) -> String {
    match operand {
        Operand::Field(field) => field_name(field),
        Operand::Expr(expr) => expr.source.clone(),
    }
}

/// A field's label.
pub(crate) fn field_name(field: &FieldRef) -> String {
    field.key.names.first().cloned().unwrap_or_default()
}

/// A value, printed, shortened, masked where it is personal.
pub(crate) fn shown(value: ValueRef<'_>, personal: bool) -> String {
    if personal {
        return MASK.to_owned();
    }
    let mut text = String::new();
    print(value, &mut text);
    if text.chars().count() > SHOWN {
        text = text.chars().take(SHOWN).chain(['…']).collect();
    }
    text
}

/// What a leaf's reasons are looked for in.
#[derive(Debug)]
pub(crate) struct Reasons<'r> {
    pub(crate) block: &'r Block,
    pub(crate) nested: &'r mut [State],
    pub(crate) frame: &'r Frame<'r>,
    pub(crate) context: &'r Context<'r>,
    pub(crate) buffers: &'r mut Buffers,
    pub(crate) names: &'r Names,
}

impl Reasons<'_> {
    /// What a test read.
    pub(crate) fn value(&mut self, test: &Test, wrong: bool) -> Read {
        match &test.left {
            Operand::Field(field) => read_field(self.frame, field, wrong),
            Operand::Expr(expr) => {
                let personal = mentions_personal(expr);
                let code = self.block.sources.iter().find_map(|source| match &source.input {
                    Input::Code { code, text, .. } if *text == expr.source => Some(code),
                    _ => None,
                });
                code.map_or(Read::Empty, |code| self.read(code, &expr.source, personal))
            }
        }
    }

    /// Whether the field on the left is itself one that no test can use.
    pub(crate) fn is_left_wrong(&self, test: &Test) -> bool {
        match &test.left {
            Operand::Field(field) => {
                let value = self.frame.get(field);
                let conflict = self.frame.conflict(field).is_some();
                conflict || is_wrong(value, field.domain, self.context.clock.zone)
            }
            Operand::Expr(_) => false,
        }
    }

    /// The value of an expression as it is shown.
    pub(crate) fn read(&mut self, code: &Code, text: &str, personal: bool) -> Read {
        let mut machine = Machine {
            block: self.block,
            nested: &mut *self.nested,
            context: self.context,
            buffers: &mut *self.buffers,
        };
        match machine.eval(code, self.frame) {
            Err(Failure::Wrong | Failure::Arithmetic) => Read::WrongType(text.to_owned()),
            Ok(value) => {
                let value = value.lend(&self.buffers.arena);
                if typed::is_empty(value) {
                    Read::Empty
                } else {
                    Read::Value(shown(value, personal))
                }
            }
        }
    }

    /// The values of the fields and expressions on the right.
    pub(crate) fn compared_with(&mut self, tree: &Tree) -> Vec<Read> {
        let mut plans = Vec::new();
        tree.each_bit(&mut |bit| {
            if let Some(Owner::Compare(index)) = self.block.owners.get(bit as usize) {
                plans.push(*index as usize);
            }
        });
        let mut read = Vec::new();
        for plan in plans {
            for (code, text) in &self.block.compares[plan].terms {
                let personal = matches!(code, Code::Field(field) if field.personal);
                read.push(self.read(code, text, personal));
            }
        }
        read
    }

    /// The interval that a date word or a window stood for.
    pub(crate) fn interval(&self, test: &Test) -> Option<(Option<String>, Option<String>)> {
        let specs: Vec<&TimeSpec> = mention::terms(&test.predicate)
            .iter()
            .filter_map(|term| match term {
                Term::Time(spec) => Some(spec),
                _ => None,
            })
            .collect();
        if !specs.iter().any(|spec| spec.reads_now()) {
            return None;
        }
        let clock = self.context.clock;
        let (domain, value) = match &test.left {
            Operand::Field(field) => (field.domain, typed::moment(self.frame.get(field)).value()),
            Operand::Expr(expr) => (expr.domain, None),
        };
        let days = match domain {
            Domain::Date => true,
            Domain::Dynamic => value.is_none_or(|value| matches!(value, Moment::Date(_))),
            _ => false,
        };
        let resolve = |spec: &TimeSpec| {
            if days { spec.date_interval(clock) } else { spec.instant_interval(clock) }.ok()
        };
        let between = matches!(
            test.predicate,
            Predicate::Time(OrderTest::Between, _)
                | Predicate::Dynamic(DynamicTest::Order(OrderTest::Between), _)
        );
        let interval = if let (true, [low, high]) = (between, specs.as_slice()) {
            Interval { from: resolve(low)?.from, to: resolve(high)?.to }
        } else {
            let place = value.map(|value| {
                if days {
                    i64::from(clock.zone.date_of(value).days())
                } else {
                    clock.zone.instant_of(value).micros()
                }
            });
            let mut intervals = specs.iter().filter_map(|spec| resolve(spec));
            let first = intervals.next()?;
            let holding = intervals.find(|i| place.is_some_and(|place| i.contains(place)));
            if place.is_some_and(|place| first.contains(place)) {
                first
            } else {
                holding.unwrap_or(first)
            }
        };
        let end = |end: Option<i64>| end.and_then(|end| iso(end, days, clock));
        Some((end(interval.from), end(interval.to)))
    }

    /// The reason that people miss; `positive` is the verdict of the positive test.
    pub(crate) fn because(
        &mut self,
        test: &Test,
        tree: &Tree,
        value: &Read,
        positive: bool,
    ) -> Option<Because> {
        match value {
            Read::Absent => return Some(Because::Absent),
            Read::Empty if test.predicate == Predicate::Empty => return None,
            Read::Empty => return Some(Because::Empty),
            Read::WrongType(_) => return Some(Because::WrongType),
            Read::Value(_) => {}
        }
        let Operand::Field(field) = &test.left else { return None };
        let texts = texts(self.frame.get(field));
        let unlisted = self.names.has_others(&field.key, &texts, mode(field.domain));
        let unlisted = unlisted.then_some(Because::Unlisted);
        if positive {
            return unlisted;
        }
        let terms = self.terms(test, tree);
        let missed = near_miss(mode(field.domain), |fold| {
            let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            let terms: Vec<String> = terms.iter().map(|text| fold(text)).collect();
            text_holds(&test.predicate, &texts, &terms)
        });
        let near = missed.map(|missed| match missed {
            NearMiss::Case => Because::Case,
            NearMiss::Accents => Because::Accents,
            NearMiss::OuterSpaces => Because::OuterSpaces,
        });
        near.or(unlisted)
    }

    /// The texts on the right, computed ones included.
    fn terms(&mut self, test: &Test, tree: &Tree) -> Vec<String> {
        let constant = |term: &Term| match term {
            Term::Const(Value::Text(text)) | Term::Untyped(text) => Some(text.clone()),
            _ => None,
        };
        let mut terms: Vec<String> =
            mention::terms(&test.predicate).iter().filter_map(constant).collect();
        if terms.len() < mention::terms(&test.predicate).len() {
            let computed = self.compared_with(tree).into_iter();
            terms.extend(computed.filter_map(|read| match read {
                Read::Value(text) => Some(text),
                _ => None,
            }));
        }
        terms
    }
}

/// A field as it was read.
pub(crate) fn read_field(frame: &Frame<'_>, field: &FieldRef, wrong: bool) -> Read {
    let value = frame.get(field);
    match value {
        ValueRef::Absent => Read::Absent,
        _ if typed::is_empty(value) => Read::Empty,
        ValueRef::Invalid(_) => Read::WrongType(shown(value, field.personal)),
        _ if wrong => Read::WrongType(shown(value, field.personal)),
        _ => Read::Value(shown(value, field.personal)),
    }
}

/// Whether an expression reads a personal field.
pub(crate) fn mentions_personal(expr: &crate::checked::Expr) -> bool {
    let mut fields = Vec::new();
    mention::of_expr(expr, 0, &mut fields);
    fields.iter().any(|field| field.personal)
}

/// The texts of a value: of a set its items, of a reference its id and name.
fn texts(value: ValueRef<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    let mut push = |text: &str| {
        texts.push(text.to_owned());
        false
    };
    match value {
        ValueRef::Text(text) => {
            push(text);
        }
        ValueRef::List(_) => {
            if let Typed::Value(items) = typed::set(value) {
                items.any(push);
            }
        }
        ValueRef::Record(_) => {
            if let Typed::Value(reference) = typed::reference(value) {
                reference.any(push);
            }
        }
        _ => {}
    }
    texts
}

/// Whether a text test holds of texts and terms that are folded alike.
fn text_holds(predicate: &Predicate, texts: &[String], terms: &[String]) -> bool {
    let any = |test: LiteralTest| {
        texts.iter().any(|text| terms.iter().any(|term| test.passes(text, term)))
    };
    let each = |test: LiteralTest| {
        terms.iter().all(|term| texts.iter().any(|text| test.passes(text, term)))
    };
    match predicate {
        Predicate::Text(TextTest::ContainsAll, _)
        | Predicate::Dynamic(DynamicTest::Text(TextTest::ContainsAll), _) => {
            each(LiteralTest::Contains)
        }
        Predicate::Text(test, _) | Predicate::Dynamic(DynamicTest::Text(test), _) => {
            any(LiteralTest::of(*test))
        }
        Predicate::Set(SetTest::ContainsAny, _) => any(LiteralTest::Equal),
        Predicate::Set(SetTest::ContainsAll, _) => each(LiteralTest::Equal),
        Predicate::Set(SetTest::Equal, _) => {
            each(LiteralTest::Equal) && texts.iter().all(|text| terms.contains(text))
        }
        _ => false,
    }
}

/// An end of an interval as ISO text, local time for instants.
fn iso(end: i64, days: bool, clock: &Clock) -> Option<String> {
    if days {
        return Date::checked_from_days(end).map(|date| date.to_string());
    }
    Some(clock.zone.local(Instant::checked_from_micros(end)?).to_string())
}
