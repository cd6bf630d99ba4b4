//! One reading of a leaf: the field's type, the operator, the values.

use super::Checker;
use super::constant::read_tick;
use super::items::{Use, is_empty_word};
use super::kind::{Kind, Target, language};
use super::scope::{Found, Scope};
use crate::checked::readings::Meaning;
use crate::checked::{
    ChangeTest, Condition, Domain, DynamicTest, Expr, ExprKind, Operand, OrderTest, Predicate,
    SetTest, Term, Test, TextTest,
};
use crate::diagnostic::catalogue::{
    BOTH_TICKS, CHANGE_WITHOUT_BEFORE, CHECKBOX_NEVER_EMPTY, NOT_A_DATE, NOT_A_NUMBER,
    ONE_VALUE_NEEDED, OPERATOR_NOT_FOR_TYPE, REPLACE_WITH,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lang::Lang;
use crate::lexicon::{Form, Op, TICKED, UNTICKED};
use crate::source::Span;
use crate::syntax::ast::{Item, Leaf, Left, Right, Split};
use crate::value::Value;

/// One reading at work.
pub(super) struct Reading<'s> {
    pub(super) scope: &'s Scope,
    leaf: &'s Leaf,
    split: &'s Split,
    left: Operand,
}

impl<'a> Checker<'a> {
    /// Checks one reading of a leaf; `None` where it has an error, which is reported.
    pub(super) fn split(&mut self, scope: &Scope, leaf: &Leaf, split: &Split) -> Option<Condition> {
        let op = split.op.op;
        let written = language(self.sources.slice(split.op.span), op);
        let lang = written.unwrap_or_else(|| self.written_in());
        self.last_lang = Some(lang);
        self.note(split.op.span, || Meaning::Operator);
        let (left, target) = self.left(scope, &split.left, lang)?;
        let reading = Reading { scope, leaf, split, left };
        if target.kind() == Kind::Checkbox && matches!(op, Op::IsEmpty | Op::IsNotEmpty) {
            self.checkbox_never_empty(&target, leaf, split);
            return None;
        }
        if !target.kind().has(op) {
            self.operator_error(&target, split);
            return None;
        }
        if op.is_change() && !self.changes {
            let error = Diagnostic::new(&CHANGE_WITHOUT_BEFORE, split.op.span);
            self.report(error.arg("operator", self.text(split.op.span)));
            return None;
        }
        if target.kind() == Kind::Checkbox && matches!(op, Op::Is | Op::IsNot) {
            return self.ticks(reading, &target);
        }
        let predicate = self.predicate(&reading, &target)?;
        Some(reading.test(predicate))
    }

    fn left(&mut self, scope: &Scope, left: &Left, lang: Lang) -> Option<(Operand, Target<'a>)> {
        match left {
            Left::Field(name) => {
                let capitals = self.aggregate_in_capitals(scope, name).is_some();
                let found = self.field(scope, name).filter(|_| !capitals);
                let Some(found) = found else {
                    let Some((aggregate, path)) = self.bare_aggregate(scope, name) else {
                        self.unknown_field(scope, name);
                        return None;
                    };
                    let (domain, kind) = self.aggregate(scope, aggregate, &path, None)?;
                    let source = name.text.clone();
                    let target = Target { name: source.clone(), domain, field: None, lang };
                    return Some((
                        Operand::Expr(Expr { span: name.span, source, domain, kind }),
                        target,
                    ));
                };
                let field = found.declared;
                let domain = found.field.domain;
                let name = name.text.clone();
                let operand = self.operand(found, left_span(left));
                Some((operand, Target { name, domain, field, lang }))
            }
            Left::Expr(expr) => {
                let expr = self.expr(scope, expr)?;
                let (name, domain) = (expr.source.clone(), expr.domain);
                Some((Operand::Expr(expr), Target { name, domain, field: None, lang }))
            }
        }
    }

    /// What a test reads: the field, or the formula that computes it.
    pub(super) fn operand(&mut self, found: Found<'a>, span: Span) -> Operand {
        match found.formula {
            Some(number) => Operand::Expr(self.inlined(number, &found, span)),
            None => Operand::Field(found.field),
        }
    }

    fn operator_error(&mut self, target: &Target<'_>, split: &Split) {
        let (op, kind) = (split.op, target.kind());
        let error = Diagnostic::new(&OPERATOR_NOT_FOR_TYPE, op.span)
            .arg("operator", self.text(op.span))
            .arg("name", &target.name)
            .arg("type", target.keyword())
            .arg("operators", kind.operators(target.lang));
        let error = match self.tick_fix(target, split) {
            Some(fix) => error.fix(fix),
            None => error,
        };
        self.report(error);
    }

    /// `CONTIENT true` on a checkbox means `EST true`.
    fn tick_fix(&self, target: &Target<'_>, split: &Split) -> Option<Fix> {
        let Right::Items(items) = &split.right else { return None };
        let [item] = items.as_slice() else { return None };
        if target.kind() != Kind::Checkbox || read_tick(&item.name).is_none() {
            return None;
        }
        let negative = split.op.op.complement_of().is_some();
        let op = if negative { Op::IsNot } else { Op::Is };
        let words = self.spelled_as(op, split.op.span, target.lang);
        let span = split.op.span.to(item.name.span);
        Some(Fix::replace(&REPLACE_WITH, span, &format!("{words} {}", item.name.text)))
    }

    /// An operator in words, in the letter case of another.
    fn spelled_as(&self, op: Op, like: Span, lang: Lang) -> String {
        let words = op.spelling(Form::Word, lang);
        if self.sources.slice(like).chars().any(char::is_lowercase) {
            words.to_lowercase()
        } else {
            words
        }
    }

    fn checkbox_never_empty(&mut self, target: &Target<'_>, leaf: &Leaf, split: &Split) {
        let ticks = if split.op.op == Op::IsEmpty { UNTICKED } else { TICKED };
        let tick = target.lang.pick(ticks[0], ticks[1]);
        let words = self.spelled_as(Op::Is, split.op.span, target.lang);
        // `EST Vide` has its operand in any case: the operator is what stands before it.
        let words = if self.sources.slice(split.op.span).starts_with(char::is_uppercase) {
            words.to_uppercase()
        } else {
            words
        };
        let span = Span { start: split.op.span.start, ..leaf.span };
        let error = Diagnostic::new(&CHECKBOX_NEVER_EMPTY, split.op.span).arg("name", &target.name);
        self.report(error.fix(Fix::replace(&REPLACE_WITH, span, &format!("{words} {tick}"))));
    }

    /// `EST ✓`, `EST non`, `EST Autre case`.
    fn ticks(&mut self, reading: Reading<'_>, target: &Target<'_>) -> Option<Condition> {
        let Right::Items(items) = &reading.split.right else { return None };
        let mut ticked = [false, false];
        let mut fields = Vec::new();
        for term in self.terms(reading.scope, target, items, Use::Whole)? {
            match term {
                Term::Const(Value::Bool(tick)) => ticked[usize::from(tick)] = true,
                Term::Expr(expr) => fields.push(expr),
                _ => {}
            }
        }
        if ticked == [true, true] {
            let (first, last) = (items.first()?, items.last()?);
            self.error(&BOTH_TICKS, first.name.span.to(last.name.span));
            return None;
        }
        let test = |left: &Operand, tick: bool| {
            let test = Test {
                negated: false,
                left: left.clone(),
                predicate: Predicate::Ticked(tick),
                ..reading.plain_test()
            };
            Condition::Test(Box::new(test))
        };
        if fields.is_empty() {
            return Some(reading.test(Predicate::Ticked(ticked[1])));
        }
        // A box equals another when both are ticked or neither is.
        let mut any = Vec::new();
        for tick in [false, true] {
            if ticked[usize::from(tick)] {
                any.push(test(&reading.left, tick));
            }
            for field in &fields {
                let other = match &field.kind {
                    ExprKind::Field(field) => Operand::Field(field.clone()),
                    _ => Operand::Expr(field.clone()),
                };
                any.push(Condition::All(vec![test(&reading.left, tick), test(&other, tick)]));
            }
        }
        let any = Condition::Any(any);
        Some(match reading.split.op.op {
            Op::IsNot => Condition::Not(Box::new(any)),
            _ => any,
        })
    }

    fn predicate(&mut self, reading: &Reading<'_>, target: &Target<'_>) -> Option<Predicate> {
        let op = reading.split.op.op;
        match (op, &reading.split.right) {
            (Op::IsEmpty | Op::IsNotEmpty, _) => Some(Predicate::Empty),
            (Op::Changes, _) => Some(Predicate::Change(ChangeTest::Changes)),
            (Op::Matches, Right::Regex { pattern, ignore_case, span }) => {
                self.regex(pattern, *ignore_case, *span)
            }
            (Op::FollowsFormat, Right::Items(items)) => {
                let [item] = items.as_slice() else {
                    self.one_value(reading, items);
                    return None;
                };
                self.mask(&item.name)
            }
            (_, Right::Period { count, unit, span }) => {
                self.window(target, op, *count, *unit, *span)
            }
            (Op::ChangesFrom, Right::Range(from, to)) => {
                let from = self.change_terms(reading, target, std::slice::from_ref(from))?;
                let to = self.change_terms(reading, target, std::slice::from_ref(to))?;
                Some(Predicate::Change(ChangeTest::From(from, to)))
            }
            (Op::Becomes, Right::Items(items)) => {
                let terms = self.change_terms(reading, target, items)?;
                Some(Predicate::Change(ChangeTest::Becomes(terms)))
            }
            (_, Right::Range(low, high)) => self.range(reading, target, low, high),
            (_, Right::Items(items)) => self.compared(reading, target, items),
            (_, Right::Nothing | Right::Regex { .. }) => None,
        }
    }

    /// The values of `DEVIENT` and `PASSE DE`, where `vide` stands for nothing.
    fn change_terms(
        &mut self,
        reading: &Reading<'_>,
        target: &Target<'_>,
        items: &[Item],
    ) -> Option<Vec<Term>> {
        match items {
            [item] if is_empty_word(&item.name) => Some(vec![Term::Const(Value::Empty)]),
            _ => self.terms(reading.scope, target, items, Use::Whole),
        }
    }

    /// Operators with a list of values.
    fn compared(
        &mut self,
        reading: &Reading<'_>,
        target: &Target<'_>,
        items: &[Item],
    ) -> Option<Predicate> {
        let op = reading.split.op.op;
        let positive = op.complement_of().unwrap_or(op);
        let text = match positive {
            Op::Is => Some(TextTest::Equal),
            Op::Contains => Some(TextTest::Contains),
            Op::ContainsAll => Some(TextTest::ContainsAll),
            Op::StartsWith => Some(TextTest::StartsWith),
            Op::EndsWith => Some(TextTest::EndsWith),
            _ => None,
        };
        let usage = match positive {
            Op::Is => Use::Whole,
            _ if text.is_some() => Use::Part,
            _ => Use::Order,
        };
        if usage == Use::Order && items.len() > 1 {
            self.one_value(reading, items);
            return None;
        }
        let terms = self.terms(reading.scope, target, items, usage)?;
        if usage == Use::Order && terms.len() != 1 {
            self.one_value(reading, items);
            return None;
        }
        let order = order_test(positive);
        Some(match (target.domain, text) {
            (Domain::Dynamic, Some(text)) => Predicate::Dynamic(DynamicTest::Text(text), terms),
            (Domain::Dynamic, None) => {
                let terms = self.ordered(target, positive, items, terms)?;
                Predicate::Dynamic(DynamicTest::Order(order), terms)
            }
            (Domain::Text(_) | Domain::Reference(_), Some(text)) => Predicate::Text(text, terms),
            (Domain::Set(_), Some(TextTest::Equal)) => Predicate::Set(SetTest::Equal, terms),
            (Domain::Set(_), Some(TextTest::ContainsAll)) => {
                Predicate::Set(SetTest::ContainsAll, terms)
            }
            (Domain::Set(_), Some(_)) => Predicate::Set(SetTest::ContainsAny, terms),
            (Domain::Date | Domain::DateTime, _) => Predicate::Time(order, terms),
            _ => Predicate::Number(order, terms),
        })
    }

    pub(super) fn one_value(&mut self, reading: &Reading<'_>, items: &[Item]) {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return };
        let error = Diagnostic::new(&ONE_VALUE_NEEDED, first.name.span.to(last.name.span));
        let error = error.arg("operator", self.text(reading.split.op.span));
        self.report(error.arg("count", items.len().max(2)));
    }

    /// Values that a field without a type is ordered by: numbers or dates.
    pub(super) fn ordered(
        &mut self,
        target: &Target<'_>,
        op: Op,
        items: &[Item],
        terms: Vec<Term>,
    ) -> Option<Vec<Term>> {
        let dates = matches!(op, Op::Before | Op::After);
        let mut ordered = Vec::with_capacity(terms.len());
        for (i, term) in terms.into_iter().enumerate() {
            let (Term::Untyped(text) | Term::Const(Value::Text(text))) = &term else {
                ordered.push(term);
                continue;
            };
            let place = items.get(i).or(items.last())?.name.span;
            let quoted = items.get(i).or(items.last())?.name.quoted;
            let value = crate::syntax::ast::Name { span: place, text: text.clone(), quoted };
            if !dates && let Ok(reading) = crate::value::read::read_number(text) {
                if let Some(warning) = super::constant::three_decimals(&value, &reading) {
                    self.report(warning);
                }
                ordered.push(term);
                continue;
            }
            let Some((spec, _)) = Self::time_spec(&value) else {
                let code = if dates { &NOT_A_DATE } else { &NOT_A_NUMBER };
                let error = Diagnostic::new(code, place).arg("value", text);
                self.report(error.arg("name", &target.name));
                return None;
            };
            if let Some(warning) = self.slash_warning(&value) {
                self.report(warning);
            }
            ordered.push(Term::Time(spec));
        }
        Some(ordered)
    }
}

impl Reading<'_> {
    fn plain_test(&self) -> Test {
        let op = self.split.op.op;
        Test {
            span: self.leaf.span,
            source: self.leaf.text.clone(),
            op,
            negated: op.complement_of().is_some(),
            left: self.left.clone(),
            predicate: Predicate::Empty,
        }
    }

    fn test(self, predicate: Predicate) -> Condition {
        let op = self.split.op.op;
        Condition::Test(Box::new(Test {
            span: self.leaf.span,
            source: self.leaf.text.clone(),
            op,
            negated: op.complement_of().is_some(),
            left: self.left,
            predicate,
        }))
    }
}

fn left_span(left: &Left) -> Span {
    match left {
        Left::Field(name) => name.span,
        Left::Expr(expr) => expr.span,
    }
}

fn order_test(op: Op) -> OrderTest {
    match op {
        Op::Less | Op::Before => OrderTest::Less,
        Op::LessOrEqual => OrderTest::LessOrEqual,
        Op::Greater | Op::After => OrderTest::Greater,
        Op::GreaterOrEqual => OrderTest::GreaterOrEqual,
        Op::Between => OrderTest::Between,
        _ => OrderTest::Equal,
    }
}
