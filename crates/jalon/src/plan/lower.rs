//! From a checked test to atoms: constants apart from computed terms, `all of` as a conjunction.

use smallvec::SmallVec;

use super::atom::{Atom, CompareTest, ConstantTest, Untyped, time_of};
use super::logic::Tree;
use super::number::NumberTest;
use super::pool::{Pool, SourceId};
use super::text::LiteralTest;
use super::time::TimeTest;
use crate::checked::walk::fields_of_expr;
use crate::checked::{
    ChangeTest, Domain, DynamicTest, Expr, ExprKind, Operand, OrderTest, Predicate, SetTest, Term,
    Test, TextTest,
};
use crate::schema::TextMode;
use crate::value::fold::fold_into;
use crate::value::{TimeSpec, Value};

/// The tree of a test; a negative operator is the complement of its positive one.
pub(super) fn test(pool: &mut Pool, test: &Test) -> Tree {
    let source = pool.source(&test.left);
    let domain = match &test.left {
        Operand::Field(field) => field.domain,
        Operand::Expr(expr) => expr.domain,
    };
    let mut lowering = Lowering { pool, source, mode: mode(domain) };
    let positive = match &test.predicate {
        Predicate::Change(change) if lowering.pool.has_before => {
            lowering.change(&test.left, domain, change)
        }
        predicate => lowering.predicate(predicate),
    };
    if test.negated { Tree::Not(Box::new(positive)) } else { positive }
}

/// How texts of a domain compare.
pub(crate) fn mode(domain: Domain) -> TextMode {
    match domain {
        Domain::Text(mode) | Domain::Set(mode) | Domain::Reference(mode) => mode,
        _ => TextMode::default(),
    }
}

struct Lowering<'p> {
    pool: &'p mut Pool,
    source: SourceId,
    mode: TextMode,
}

impl Lowering<'_> {
    fn predicate(&mut self, predicate: &Predicate) -> Tree {
        match predicate {
            Predicate::Empty => self.constant(ConstantTest::Empty),
            Predicate::Ticked(ticked) => self.constant(ConstantTest::Ticked(*ticked)),
            Predicate::Regex { pattern, ignore_case } => self.constant(ConstantTest::Regex {
                pattern: pattern.clone(),
                ignore_case: *ignore_case,
            }),
            Predicate::Mask(mask) => self.constant(ConstantTest::Mask(mask.clone())),
            Predicate::Text(test, terms) => self.text(*test, terms),
            Predicate::Number(test, terms) => self.order(*test, terms, |test, terms| {
                let number = |term: &&Term| match term {
                    Term::Const(Value::Number(number)) => Some(*number),
                    _ => None,
                };
                let mut numbers = Vec::with_capacity(terms.len());
                numbers.extend(terms.iter().filter_map(number));
                ConstantTest::Number(NumberTest { test, terms: numbers })
            }),
            Predicate::Time(test, terms) => self.order(*test, terms, |test, terms| {
                let terms = terms.iter().filter_map(|term| time(term)).collect();
                ConstantTest::Time(TimeTest { test, terms })
            }),
            Predicate::Set(test, terms) => self.set(*test, terms),
            Predicate::Dynamic(test, terms) => self.dynamic(*test, terms),
            // No record before is at hand: nothing has changed.
            Predicate::Change(_) => Tree::Any(Vec::new()),
        }
    }

    /// A test on the record before, which is the frame around the record, and after.
    fn change(&mut self, left: &Operand, domain: Domain, change: &ChangeTest) -> Tree {
        let before = before(left, domain);
        let changed = Tree::Not(Box::new(self.compare(CompareTest::Same, &[&before])));
        match change {
            ChangeTest::Changes => changed,
            ChangeTest::Becomes(terms) => Tree::All(vec![changed, self.is(domain, terms)]),
            ChangeTest::From(from, to) => {
                let to = self.is(domain, to);
                let source = self.pool.source(&match before.kind {
                    ExprKind::Field(field) => Operand::Field(field),
                    _ => Operand::Expr(before),
                });
                let from =
                    Lowering { source, mode: self.mode, pool: &mut *self.pool }.is(domain, from);
                Tree::All(vec![changed, from, to])
            }
        }
    }

    /// Whether the value is one of the terms, as `EST` says.
    fn is(&mut self, domain: Domain, terms: &[Term]) -> Tree {
        let terms = terms.to_vec();
        let predicate = match (domain, terms.first()) {
            (Domain::Checkbox, Some(Term::Const(Value::Bool(ticked)))) => {
                Predicate::Ticked(*ticked)
            }
            (Domain::Checkbox, _) => Predicate::Ticked(false),
            (_, Some(Term::Const(Value::Empty))) | (Domain::Records, _) => Predicate::Empty,
            (Domain::Text(_) | Domain::Reference(_), _) => Predicate::Text(TextTest::Equal, terms),
            (Domain::Number, _) => Predicate::Number(OrderTest::Equal, terms),
            (Domain::Set(_), _) => Predicate::Set(SetTest::Equal, terms),
            (Domain::Date | Domain::DateTime, _) => Predicate::Time(OrderTest::Equal, terms),
            (Domain::Dynamic, _) => Predicate::Dynamic(DynamicTest::Text(TextTest::Equal), terms),
        };
        self.predicate(&predicate)
    }

    fn constant(&mut self, test: ConstantTest) -> Tree {
        self.pool.constant(self.source, test)
    }

    fn compare(&mut self, test: CompareTest, terms: &[&Expr]) -> Tree {
        let mut mentions = Vec::new();
        if let Operand::Expr(left) = self.pool.sources[self.source as usize].clone() {
            mentions = self.pool.mentions(&left);
        }
        for term in terms {
            mentions.extend(self.pool.mentions(term));
        }
        let terms = terms.iter().map(|term| (*term).clone()).collect();
        self.pool.add(Atom::Compare { source: self.source, test, terms, mentions })
    }

    /// The atoms of the computed terms, one for each.
    fn compare_each(&mut self, test: CompareTest, terms: &[Term]) -> Vec<Tree> {
        terms.iter().filter_map(expr).map(|term| self.compare(test, &[term])).collect()
    }

    fn folded(&self, terms: &[Term]) -> Vec<String> {
        let mut texts = Vec::with_capacity(terms.len());
        for term in terms {
            if let Term::Const(Value::Text(text)) | Term::Untyped(text) = term {
                let mut folded = String::with_capacity(text.len());
                fold_into(text, self.mode, &mut folded);
                texts.push(folded);
            }
        }
        texts
    }

    fn text(&mut self, test: TextTest, terms: &[Term]) -> Tree {
        let literals = self.folded(terms);
        let each = LiteralTest::of(test);
        let mut parts = self.compare_each(CompareTest::Text(each, self.mode), terms);
        if test == TextTest::ContainsAll {
            for literal in literals {
                parts.push(self.constant(ConstantTest::Text(each, vec![literal])));
            }
            return Tree::All(parts);
        }
        if !literals.is_empty() {
            parts.push(self.constant(ConstantTest::Text(each, literals)));
        }
        any(parts)
    }

    /// Tests by order; `constant` builds the atom of constant terms.
    fn order(
        &mut self,
        test: OrderTest,
        terms: &[Term],
        constant: impl Fn(OrderTest, &[&Term]) -> ConstantTest,
    ) -> Tree {
        let fixed: SmallVec<[&Term; 2]> =
            terms.iter().filter(|term| expr(term).is_none()).collect();
        if fixed.len() == terms.len() {
            return self.constant(constant(test, &fixed));
        }
        if test == OrderTest::Between {
            let bounds = [OrderTest::GreaterOrEqual, OrderTest::LessOrEqual];
            let halves = bounds.into_iter().zip(terms).map(|(bound, term)| match expr(term) {
                Some(term) => self.compare(CompareTest::Order(bound), &[term]),
                None => self.constant(constant(bound, &[term])),
            });
            return Tree::All(halves.collect());
        }
        let mut parts = self.compare_each(CompareTest::Order(test), terms);
        if !fixed.is_empty() {
            parts.push(self.constant(constant(test, &fixed)));
        }
        any(parts)
    }

    fn set(&mut self, test: SetTest, terms: &[Term]) -> Tree {
        let items = self.folded(terms);
        let computed: Vec<&Expr> = terms.iter().filter_map(expr).collect();
        match test {
            SetTest::Equal if computed.is_empty() => {
                let mut parts: Vec<Tree> = items
                    .iter()
                    .map(|item| self.constant(ConstantTest::Has(vec![item.clone()])))
                    .collect();
                parts.push(self.constant(ConstantTest::Within(items)));
                Tree::All(parts)
            }
            SetTest::Equal => {
                let all: Vec<Expr> = terms.iter().filter_map(as_expr).collect();
                let all: Vec<&Expr> = all.iter().collect();
                self.compare(CompareTest::Set(test, self.mode), &all)
            }
            SetTest::ContainsAny => {
                let mut parts = self.compare_each(CompareTest::Set(test, self.mode), terms);
                if !items.is_empty() {
                    parts.push(self.constant(ConstantTest::Has(items)));
                }
                any(parts)
            }
            SetTest::ContainsAll => {
                let mut parts = self.compare_each(CompareTest::Set(test, self.mode), terms);
                for item in items {
                    parts.push(self.constant(ConstantTest::Has(vec![item])));
                }
                Tree::All(parts)
            }
        }
    }

    fn dynamic(&mut self, test: DynamicTest, terms: &[Term]) -> Tree {
        let fixed: Vec<Untyped> = terms.iter().filter_map(Untyped::of).collect();
        if let DynamicTest::Text(TextTest::ContainsAll) = test {
            let each = DynamicTest::Text(TextTest::Contains);
            let compare = CompareTest::Text(LiteralTest::Contains, self.mode);
            let mut parts = self.compare_each(compare, terms);
            for term in fixed {
                parts.push(self.constant(ConstantTest::Dynamic(each, vec![term])));
            }
            return Tree::All(parts);
        }
        let compare = match test {
            DynamicTest::Text(test) => CompareTest::Text(LiteralTest::of(test), self.mode),
            DynamicTest::Order(order) => CompareTest::Order(order),
        };
        if test == DynamicTest::Order(OrderTest::Between) && fixed.len() < terms.len() {
            let bounds = [OrderTest::GreaterOrEqual, OrderTest::LessOrEqual];
            let halves = bounds.into_iter().zip(terms).map(|(bound, term)| {
                if let Some(term) = expr(term) {
                    self.compare(CompareTest::Order(bound), &[term])
                } else {
                    let term = Untyped::of(term).into_iter().collect();
                    self.constant(ConstantTest::Dynamic(DynamicTest::Order(bound), term))
                }
            });
            return Tree::All(halves.collect());
        }
        let mut parts = self.compare_each(compare, terms);
        if !fixed.is_empty() {
            parts.push(self.constant(ConstantTest::Dynamic(test, fixed)));
        }
        any(parts)
    }
}

/// What a test reads, read on the frame around.
fn before(left: &Operand, domain: Domain) -> Expr {
    let mut expr = match left {
        Operand::Expr(expr) => expr.clone(),
        Operand::Field(field) => Expr {
            span: crate::source::Span::default(),
            source: field.key.names.first().cloned().unwrap_or_default(),
            domain,
            kind: ExprKind::Field(field.clone()),
        },
    };
    fields_of_expr(&mut expr, 0, &mut |field, level| {
        if field.depth >= level {
            field.depth = field.depth.saturating_add(1);
        }
    });
    expr
}

fn any(mut parts: Vec<Tree>) -> Tree {
    match parts.len() {
        1 => parts.remove(0),
        _ => Tree::Any(parts),
    }
}

fn expr(term: &Term) -> Option<&Expr> {
    match term {
        Term::Expr(expr) => Some(expr),
        _ => None,
    }
}

/// A term as an expression, for tests that need all of them at once.
fn as_expr(term: &Term) -> Option<Expr> {
    match term {
        Term::Expr(expr) => Some(expr.clone()),
        Term::Const(value) => Some(Expr {
            span: crate::source::Span::default(),
            source: String::new(),
            domain: Domain::Dynamic,
            kind: crate::checked::ExprKind::Const(value.clone()),
        }),
        Term::Time(_) | Term::Untyped(_) => None,
    }
}

fn time(term: &Term) -> Option<TimeSpec> {
    match term {
        Term::Time(spec) => Some(spec.clone()),
        Term::Const(value) => time_of(value),
        _ => None,
    }
}
