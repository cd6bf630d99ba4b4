//! Values of a list that another value of it includes: `CONTIENT Clic, Clic CRM`.

use rustc_hash::FxHashMap;

use super::Lints;
use crate::checked::{Condition, Operand, Predicate, SetTest, Term, Test, TextTest};
use crate::diagnostic::catalogue::{REMOVE, Text, VALUE_ADDS_NOTHING};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::plan::lower::mode;
use crate::plan::text::LiteralTest;
use crate::source::{SourceId, Span};
use crate::syntax;
use crate::syntax::ast::{Criterion, Item, Right};
use crate::value::Value;
use crate::value::fold::fold;

/// In longer lists only equal values are looked for.
const MOST_COMPARED: usize = 100;

const BY_THIS: Text = Text { fr: "cette valeur suffit", en: "this value is enough" };

impl Lints<'_> {
    /// Looks at the lists of every test of a criterion.
    pub(super) fn items(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.items(part);
                }
            }
            Condition::Not(part) => self.items(part),
            Condition::Test(test) => self.list(test),
            // The criterion on its records is looked at by itself.
            Condition::Related(_) => {}
        }
    }

    fn list(&mut self, test: &Test) {
        let (how, terms) = match &test.predicate {
            Predicate::Text(TextTest::ContainsAll, terms) => (How::All, terms),
            Predicate::Text(how, terms) => (How::Any(LiteralTest::of(*how)), terms),
            Predicate::Set(SetTest::Equal | SetTest::ContainsAny | SetTest::ContainsAll, terms) => {
                (How::Any(LiteralTest::Equal), terms)
            }
            _ => return,
        };
        if terms.len() < 2 {
            return;
        }
        let mode = match &test.left {
            Operand::Field(field) => mode(field.domain),
            Operand::Expr(expr) => mode(expr.domain),
        };
        let text = |term: &Term| match term {
            Term::Const(Value::Text(text)) => Some(fold(text, mode).into_owned()),
            _ => None,
        };
        let Some(texts) = terms.iter().map(text).collect::<Option<Vec<String>>>() else { return };
        let needless = needless(&texts, how);
        if needless.is_empty() {
            return;
        }
        // A named constant has no places here.
        let Some(places) = self.places(test).filter(|places| places.len() == texts.len()) else {
            return;
        };
        for (at, by) in needless {
            let (span, other) = (places[at], places[by]);
            let value = self.text(span);
            let cut = match at.checked_sub(1) {
                Some(before) => Span { start: places[before].end, ..span },
                None => Span { end: places[1].start, ..span },
            };
            let fix = Fix {
                title: &REMOVE,
                args: [("old", value.clone())].into(),
                edits: vec![Edit { span: cut, text: String::new() }],
            };
            let found = Diagnostic::new(&VALUE_ADDS_NOTHING, span).arg("value", value);
            self.report(found.arg("other", self.text(other)).label(other, BY_THIS).fix(fix));
        }
    }

    /// Where the values of a test stand.
    fn places(&self, test: &Test) -> Option<Vec<Span>> {
        let text = self.sources.slice(test.span);
        let Ok(Criterion::Leaf(leaf)) = syntax::parse_criterion(SourceId::default(), text) else {
            return None;
        };
        let splits = std::iter::once(&leaf.split).chain(&leaf.others);
        let mut splits = splits.filter(|split| split.op.op == test.op);
        let Right::Items(items) = &splits.next()?.right else { return None };
        let place = |item: &Item| Span {
            source: test.span.source,
            start: test.span.start + item.name.span.start,
            end: test.span.start + item.name.span.end,
        };
        splits.next().is_none().then(|| items.iter().map(place).collect())
    }
}

/// How the values of a list are taken together.
#[derive(Clone, Copy)]
enum How {
    /// One of them is enough.
    Any(LiteralTest),
    /// Each must be contained.
    All,
}

/// The values that another one makes needless, and that one.
fn needless(texts: &[String], how: How) -> Vec<(usize, usize)> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut found = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if let Some(before) = first.get(text.as_str()) {
            found.push((at, *before));
            continue;
        }
        first.insert(text, at);
        if texts.len() > MOST_COMPARED {
            continue;
        }
        let by = texts.iter().position(|other| {
            other != text
                && match how {
                    How::Any(test) => test.passes(text, other),
                    How::All => other.contains(text.as_str()),
                }
        });
        found.extend(by.map(|by| (at, by)));
    }
    found
}
