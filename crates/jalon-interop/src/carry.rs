//! From a checked criterion to a [`Tree`].

use jalon::checked::{
    Condition, DynamicTest, Expr, ExprKind, FieldRef, Operand as Read, OrderTest, Predicate,
    SetTest, Term, Test, TextTest,
};
use jalon::lang::UnknownChoice;
use jalon::lexicon::{Aggregate, Op, relative_word};
use jalon::value::{FieldKey, TimeSpec, Value, read};
use rust_decimal::prelude::ToPrimitive;

use crate::json::spelled;
use crate::left_out::{LeftOut, List, reasons};
use crate::tree::{HowMany, Leaf, Operand, Related, Tree};

/// Which of a field's names others are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldNames {
    /// The first API name where one is declared, else the label.
    #[default]
    Api,
    /// The label.
    Label,
}

impl FieldNames {
    /// `api` or `label`.
    pub fn from_name(name: &str) -> Option<FieldNames> {
        match name {
            "api" => Some(FieldNames::Api),
            "label" => Some(FieldNames::Label),
            _ => None,
        }
    }

    /// The names meant by `api` or `label`.
    ///
    /// # Errors
    /// Another word, with those two.
    pub fn named(name: &str) -> Result<FieldNames, UnknownChoice> {
        FieldNames::from_name(name)
            .ok_or_else(|| UnknownChoice::new("names", name, ["api", "label"]))
    }

    /// The name of a field, or the path to it.
    pub fn of(self, key: &FieldKey) -> String {
        if let Some((reference, field)) = key.path.as_deref().filter(|_| key.names.len() > 1) {
            return format!("{}.{}", self.of(reference), self.of(field));
        }
        let label = key.names.first();
        let name = match self {
            FieldNames::Api => key.names.get(1).or(label),
            FieldNames::Label => label,
        };
        name.cloned().unwrap_or_default()
    }
}

/// The tree of a checked criterion, for a form that is called so in messages.
///
/// # Errors
/// Everything that no tree holds: expressions, windows of time, formats, changes.
pub fn tree(
    condition: &Condition,
    names: FieldNames,
    form: &'static str,
) -> Result<Tree, Vec<LeftOut>> {
    let mut carrier = Carrier { names, form, left_out: List::default() };
    let tree = carrier.tree(condition);
    carrier.left_out.finish(tree)
}

struct Carrier {
    names: FieldNames,
    form: &'static str,
    left_out: List,
}

impl Carrier {
    fn tree(&mut self, condition: &Condition) -> Option<Tree> {
        Some(match condition {
            Condition::All(parts) => Tree::All(self.parts(parts)?),
            Condition::Any(parts) => Tree::Any(self.parts(parts)?),
            Condition::Not(part) => Tree::Not(Box::new(self.tree(part)?)),
            Condition::Test(test) => self.test(test)?,
            Condition::Related(related) => {
                let part = self.tree(&related.condition);
                let list = self.field(&related.list, &related.source)?;
                let how_many = HowMany::Quantified(related.quantifier);
                Tree::Related(Box::new(Related { list, how_many, part: part? }))
            }
        })
    }

    fn parts(&mut self, parts: &[Condition]) -> Option<Vec<Tree>> {
        let trees: Vec<_> = parts.iter().map(|part| self.tree(part)).collect();
        trees.into_iter().collect()
    }

    fn leave_out<T>(&mut self, left_out: LeftOut) -> Option<T> {
        self.left_out.add(left_out.arg("form", self.form))
    }

    fn field(&mut self, field: &FieldRef, at: &str) -> Option<String> {
        let name = self.names.of(&field.key);
        if field.depth > 0 {
            return self.leave_out(LeftOut::new(at, &reasons::OUTER_FIELD).arg("field", name));
        }
        Some(name)
    }

    fn test(&mut self, test: &Test) -> Option<Tree> {
        let at = test.source.as_str();
        let field = match &test.left {
            Read::Field(field) => self.field(field, at)?,
            Read::Expr(expr) => return self.computed(test, expr),
        };
        let (op, terms) = match &test.predicate {
            Predicate::Empty => (Op::IsEmpty, &[][..]),
            Predicate::Ticked(ticked) => {
                let op = if test.negated { Op::IsNot } else { Op::Is };
                let values = vec![Operand::Tick(*ticked)];
                return Some(Tree::Leaf(Leaf { field, op, values }));
            }
            Predicate::Text(kind, terms) | Predicate::Dynamic(DynamicTest::Text(kind), terms) => {
                (text_op(*kind), &terms[..])
            }
            Predicate::Set(kind, terms) => (set_op(*kind), &terms[..]),
            Predicate::Number(order, terms)
            | Predicate::Time(order, terms)
            | Predicate::Dynamic(DynamicTest::Order(order), terms) => {
                (order_op(*order), &terms[..])
            }
            Predicate::Regex { .. } | Predicate::Mask(_) => {
                let operator = spelled(test.op);
                let reason = LeftOut::new(at, &reasons::NO_OPERATOR);
                return self.leave_out(reason.arg("operator", operator));
            }
            Predicate::Change(_) => return self.leave_out(LeftOut::new(at, &reasons::CHANGE)),
        };
        if matches!(test.predicate, Predicate::Dynamic(..)) {
            self.no_quoted(terms, at)?;
        }
        let equality = op == Op::Is;
        let op = if test.negated { crate::tree::complement(op)? } else { op };
        let values: Vec<_> = terms.iter().map(|term| self.operand(term, equality, at)).collect();
        let values: Option<Vec<Operand>> = values.into_iter().collect();
        let values = values?;
        if matches!(test.predicate, Predicate::Set(SetTest::Equal, _)) {
            return self.leave_out(LeftOut::new(at, &reasons::SET_EQUALITY));
        }
        Some(Tree::Leaf(Leaf { field, op, values }))
    }

    /// `NOMBRE DE M (…) >= 2` counts related records; nothing else that is computed is carried.
    fn computed(&mut self, test: &Test, expr: &Expr) -> Option<Tree> {
        if let ExprKind::Aggregate { aggregate: Aggregate::Count, list, filter, .. } = &expr.kind
            && let (Some(filter), Predicate::Number(order, terms)) = (filter, &test.predicate)
            && let [Term::Const(Value::Number(count))] = terms.as_slice()
            && let Some(count) = count.to_u32().filter(|_| count.is_integer())
            && let (Op::Is | Op::GreaterOrEqual | Op::LessOrEqual, false) =
                (order_op(*order), test.negated)
        {
            let part = self.tree(filter);
            let list = self.field(list, &test.source)?;
            let how_many = HowMany::Counted(order_op(*order), count);
            return Some(Tree::Related(Box::new(Related { list, how_many, part: part? })));
        }
        let reason = LeftOut::new(&test.source, &reasons::COMPUTED_LEFT);
        self.leave_out(reason.arg("value", &expr.source))
    }

    /// In quotes on a field without a type a text must not be one that reads as something else.
    fn no_quoted(&mut self, terms: &[Term], at: &str) -> Option<()> {
        let quoted = terms.iter().find_map(|term| match term {
            Term::Const(Value::Text(text)) if is_more_than_text(text) => Some(text),
            _ => None,
        });
        match quoted {
            Some(text) => {
                self.leave_out(LeftOut::new(at, &reasons::QUOTED_TEXT).arg("value", text))
            }
            None => Some(()),
        }
    }

    fn operand(&mut self, term: &Term, equality: bool, at: &str) -> Option<Operand> {
        Some(match term {
            Term::Const(Value::Number(number)) => Operand::Number(*number),
            Term::Const(Value::Bool(ticked)) => Operand::Tick(*ticked),
            Term::Const(Value::Text(text)) => Operand::Text(text.clone()),
            Term::Const(value) => {
                let reason = LeftOut::new(at, &reasons::NO_RIGHT_SIDE);
                return self.leave_out(reason.arg("value", value.to_json()));
            }
            Term::Untyped(text) => untyped(text, equality),
            Term::Time(spec) => self.time(spec, at)?,
            Term::Expr(Expr { kind: ExprKind::Field(field), .. }) => {
                Operand::Field(self.field(field, at)?)
            }
            Term::Expr(expr) => {
                let reason = LeftOut::new(at, &reasons::NO_RIGHT_SIDE);
                return self.leave_out(reason.arg("value", &expr.source));
            }
        })
    }

    fn time(&mut self, spec: &TimeSpec, at: &str) -> Option<Operand> {
        Some(match spec {
            TimeSpec::Day(date) => Operand::Text(date.to_string()),
            TimeSpec::Local(local) => Operand::Text(local.to_string()),
            TimeSpec::Instant(instant) => Operand::Text(instant.to_string()),
            TimeSpec::Now => Operand::Now,
            TimeSpec::Relative(relative) => Operand::Relative(*relative),
            TimeSpec::Window(..) | TimeSpec::Shift { .. } => {
                let reason = LeftOut::new(at, &reasons::RELATIVE_DATE);
                return self.leave_out(reason.arg("value", at));
            }
        })
    }
}

/// A bare constant of a field without a type, as the type of values that it may equal.
fn untyped(text: &str, equality: bool) -> Operand {
    match (read::number(text), read::tick(text)) {
        (Some(number), _) if number.to_string() == text => Operand::Number(number),
        (_, Some(ticked)) if equality => Operand::Tick(ticked),
        _ => Operand::Text(text.to_owned()),
    }
}

/// Whether a text may be more than a text where no type is declared.
fn is_more_than_text(text: &str) -> bool {
    read::number(text).is_some()
        || read::tick(text).is_some()
        || read::moment(text).is_some()
        || relative_word(text).is_some()
}

fn text_op(test: TextTest) -> Op {
    match test {
        TextTest::Equal => Op::Is,
        TextTest::Contains => Op::Contains,
        TextTest::ContainsAll => Op::ContainsAll,
        TextTest::StartsWith => Op::StartsWith,
        TextTest::EndsWith => Op::EndsWith,
    }
}

fn set_op(test: SetTest) -> Op {
    match test {
        SetTest::Equal => Op::Is,
        SetTest::ContainsAny => Op::Contains,
        SetTest::ContainsAll => Op::ContainsAll,
    }
}

fn order_op(test: OrderTest) -> Op {
    match test {
        OrderTest::Equal => Op::Is,
        OrderTest::Less => Op::Less,
        OrderTest::LessOrEqual => Op::LessOrEqual,
        OrderTest::Greater => Op::Greater,
        OrderTest::GreaterOrEqual => Op::GreaterOrEqual,
        OrderTest::Between => Op::Between,
    }
}
