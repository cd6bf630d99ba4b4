//! Texts with fields: `${Nom}`, `${Nom ou "client"}`.

use super::Checker;
use super::scope::Scope;
use crate::checked::{Condition, Domain, Expr, ExprKind, Operand, Predicate, Test};
use crate::diagnostic::catalogue::BAD_TEMPLATE;
use crate::lexicon::Op;
use crate::schema::TextMode;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::value::Value;

impl Checker<'_> {
    /// Checks a quoted text that holds `${…}`; `None` where it has an error.
    pub(super) fn template(&mut self, scope: &Scope, name: &Name) -> Option<Expr> {
        let mut parts = Vec::new();
        let mut rest = name.text.as_str();
        let mut place = Cursor { text: self.sources.slice(name.span), at: 0, span: name.span };
        let mut good = true;
        while let Some((before, after)) = rest.split_once("${") {
            if !before.is_empty() {
                parts.push(text(before, name.span));
            }
            let field = after.split_once('}').filter(|(field, _)| !field.trim().is_empty());
            let Some((field, after)) = field else {
                let span = place.find("${");
                self.error(&BAD_TEMPLATE, span);
                return None;
            };
            let (field, default) = split_default(field);
            let span = place.find(field);
            let field = Name { span, text: field.to_owned(), quoted: false };
            if let Some(found) = self.resolve(scope, &field.text) {
                let value = self.field_expr(found, span);
                parts.push(match default {
                    Some(default) => or_default(value, default, span),
                    None => value,
                });
            } else {
                self.unknown_field(scope, &field);
                good = false;
            }
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(text(rest, name.span));
        }
        good.then(|| Expr {
            span: name.span,
            source: name.text.clone(),
            domain: Domain::Text(TextMode::default()),
            kind: ExprKind::Template(parts),
        })
    }
}

/// Finds the parts of a template in its source, left to right.
struct Cursor<'s> {
    text: &'s str,
    at: usize,
    span: Span,
}

impl Cursor<'_> {
    /// The place of a part; the whole text where escapes hide it.
    fn find(&mut self, part: &str) -> Span {
        let found = self.text.get(self.at..).and_then(|rest| rest.find(part));
        let Some(found) = found else { return self.span };
        let start = self.at + found;
        self.at = start + part.len();
        let start = self.span.start + start as u32;
        Span { start, end: start + part.len() as u32, ..self.span }
    }
}

/// `Nom ou "client"`: the field and what stands for it where it is empty.
fn split_default(field: &str) -> (&str, Option<&str>) {
    for word in [" ou ", " or "] {
        if let Some((name, default)) = field.split_once(word)
            && let Some(default) = default.trim().strip_prefix('"')
            && let Some(default) = default.strip_suffix('"')
        {
            return (name.trim(), Some(default));
        }
    }
    (field.trim(), None)
}

fn text(text: &str, span: Span) -> Expr {
    Expr {
        span,
        source: text.to_owned(),
        domain: Domain::Text(TextMode::default()),
        kind: ExprKind::Const(Value::Text(text.to_owned())),
    }
}

fn or_default(value: Expr, default: &str, span: Span) -> Expr {
    let left = match &value.kind {
        ExprKind::Field(field) => Operand::Field(field.clone()),
        _ => Operand::Expr(value.clone()),
    };
    let empty = Condition::Test(Box::new(Test {
        span,
        source: value.source.clone(),
        op: Op::IsEmpty,
        negated: false,
        left,
        predicate: Predicate::Empty,
    }));
    Expr {
        span,
        source: value.source.clone(),
        domain: Domain::Text(TextMode::default()),
        kind: ExprKind::If(Box::new(empty), Box::new(text(default, span)), Box::new(value)),
    }
}
