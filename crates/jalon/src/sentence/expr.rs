//! Values and expressions, as they stand in a sentence.

use super::Speech;
use super::clause::Clause;
use super::predicate::window;
use super::words::{and, de, lapse, literal, nested};
use crate::checked::{Expr, ExprKind, FieldRef};
use crate::eval::explain::sentence::moment;
use crate::lang::colon;
use crate::lexicon::{Aggregate, Arithmetic, Function};
use crate::score::sentence::number;
use crate::value::{TimeSpec, Value};

impl Speech<'_> {
    /// What a value is given or compared with: a field is told from a text that is spelled so.
    pub(super) fn expr(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Field(field) => {
                let field = self.field(field);
                self.lang.pick(format!("la valeur {}", de(&field)), format!("the value of {field}"))
            }
            _ => self.operand(expr),
        }
    }

    /// An expression inside another or before a verb.
    pub(super) fn operand(&self, expr: &Expr) -> String {
        let lang = self.lang;
        match &expr.kind {
            ExprKind::Const(value) => self.value(value),
            ExprKind::Time(spec) => self.time(spec),
            ExprKind::Field(field) => self.field(field),
            ExprKind::Score(score) => {
                let score = self.program.scores.get(score.0 as usize);
                let name = score.map_or("", |score| score.name.as_str());
                format!("{} {}", lang.pick("le score", "the score"), literal(name, lang))
            }
            ExprKind::Negate(inner) => {
                format!("{} {}", lang.pick("moins", "minus"), self.enclosed(inner))
            }
            ExprKind::Binary(left, sign, right) => {
                let (left, right) = (self.enclosed(left), self.enclosed(right));
                let sign = match sign {
                    Arithmetic::Add => "plus",
                    Arithmetic::Subtract => lang.pick("moins", "minus"),
                    Arithmetic::Multiply => lang.pick("fois", "times"),
                    Arithmetic::Divide => lang.pick("divisé par", "divided by"),
                };
                format!("{left} {sign} {right}")
            }
            ExprKind::Shift { base, forward, count, unit } => {
                let way = way(*forward, self);
                format!("{} {way} {}", lapse((*count, *unit), lang), self.enclosed(base))
            }
            ExprKind::Call(function, parts) => self.call(*function, parts),
            ExprKind::Aggregate { aggregate, list, field, filter } => {
                let mut text = self.aggregate(*aggregate, list, field.as_deref());
                if let Some(filter) = filter {
                    let inside = self.inside(list);
                    let filter = inside.condition(filter).flat();
                    text.extend([" (", lang.pick("où", "where"), " ", filter.as_str(), ")"]);
                }
                text
            }
            ExprKind::If(condition, yes, no) => {
                let condition = self.condition(condition).flat();
                let (yes, no) = (self.expr(yes), self.expr(no));
                lang.pick(
                    format!("(si {condition}, alors {yes}, sinon {no})"),
                    format!("(if {condition}, then {yes}, otherwise {no})"),
                )
            }
            ExprKind::Template(_) => nested(&self.text_of(expr), lang),
            ExprKind::Escaped(inner, _) => self.operand(inner),
        }
    }

    /// A text that people read, such as a subject, in quotes: its fields in square brackets.
    pub(super) fn quoted(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Field(_) => self.expr(expr),
            _ => nested(&self.text_of(expr), self.lang),
        }
    }

    /// The text of a template, fields in square brackets.
    fn text_of(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Const(Value::Text(text)) => text.clone(),
            ExprKind::Template(parts) => parts.iter().map(|part| self.text_of(part)).collect(),
            _ => format!("[{}]", self.operand(expr)),
        }
    }

    /// In brackets where its end could not be told.
    fn enclosed(&self, expr: &Expr) -> String {
        let said = self.operand(expr);
        match &expr.kind {
            ExprKind::Binary(..) | ExprKind::Negate(_) | ExprKind::Shift { .. } => {
                format!("({said})")
            }
            _ => said,
        }
    }

    fn call(&self, function: Function, parts: &[Expr]) -> String {
        let lang = self.lang;
        let said: Vec<String> = parts.iter().map(|part| self.enclosed(part)).collect();
        let part = |index: usize| said.get(index).map_or("", String::as_str);
        let (a, b) = (part(0), part(1));
        match function {
            Function::Round if said.len() > 1 => {
                let places = if b == "1" { "" } else { "s" };
                lang.pick(
                    format!("l'arrondi {} à {b} décimale{places}", de(a)),
                    format!("{a} rounded to {b} decimal{places}"),
                )
            }
            Function::Round => lang.pick(format!("l'arrondi {}", de(a)), format!("{a} rounded")),
            Function::Lower => {
                lang.pick(format!("{a} en minuscules"), format!("{a} in lower case"))
            }
            Function::Upper => {
                lang.pick(format!("{a} en majuscules"), format!("{a} in upper case"))
            }
            Function::Capitalize => lang.pick(
                format!("{a} avec une majuscule à chaque mot"),
                format!("{a} with each word capitalised"),
            ),
            Function::WithoutSpaces => {
                lang.pick(format!("{a} sans espaces"), format!("{a} without spaces"))
            }
            Function::Length => {
                lang.pick(format!("la longueur {}", de(a)), format!("the length of {a}"))
            }
            Function::Left => {
                let s = if b == "1" { "" } else { "s" };
                lang.pick(
                    format!("le début {} ({b} caractère{s})", de(a)),
                    format!("the beginning of {a} ({b} character{s})"),
                )
            }
            Function::Domain => {
                lang.pick(format!("le domaine {}", de(a)), format!("the domain of {a}"))
            }
            Function::DaysBetween => lang.pick(
                format!("le nombre de jours entre {a} et {b}"),
                format!("the number of days between {a} and {b}"),
            ),
            Function::InCurrency if said.len() > 2 => lang.pick(
                format!("{a} converti {} vers {}", de(b), part(2)),
                format!("{a} converted from {b} to {}", part(2)),
            ),
            Function::InCurrency => {
                lang.pick(format!("{a} converti en {b}"), format!("{a} converted to {b}"))
            }
        }
    }

    fn aggregate(&self, aggregate: Aggregate, list: &FieldRef, field: Option<&Expr>) -> String {
        let lang = self.lang;
        let of = self.field(list);
        let Some(field) = field else {
            return lang.pick(format!("le nombre {}", de(&of)), format!("the number of {of}"));
        };
        let field = self.inside(list).operand(field);
        let (fr, en) = match aggregate {
            Aggregate::Count => ("le nombre", "the number of"),
            Aggregate::Sum => ("la somme", "the sum of"),
            Aggregate::Average => ("la moyenne", "the average of"),
            Aggregate::Min => ("le minimum", "the minimum of"),
            Aggregate::Max => ("le maximum", "the maximum of"),
        };
        lang.pick(format!("{fr} {} dans {of}", de(&field)), format!("{en} {field} in {of}"))
    }

    /// Speaks of the records or events of a list.
    pub(super) fn inside(&self, list: &FieldRef) -> Self {
        let name = list.key.names.first().cloned().unwrap_or_default();
        self.within(name)
    }

    /// A constant.
    pub(super) fn value(&self, value: &Value) -> String {
        let lang = self.lang;
        let at = |text: String| {
            let said = moment(&text, lang).unwrap_or(text);
            lang.pick(format!("le {said}"), said)
        };
        match value {
            Value::Empty => self.pick("vide", "empty"),
            Value::Bool(true) => self.pick("sélectionné", "selected"),
            Value::Bool(false) => self.pick("non sélectionné", "not selected"),
            Value::Number(of) => number(*of, lang),
            Value::Text(text) => literal(text, lang),
            Value::Date(date) => at(date.to_string()),
            Value::DateTime(local) => at(local.to_string()),
            Value::Instant(instant) => {
                at(instant.to_string().trim_end_matches('Z').to_owned()) + " UTC"
            }
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item)).collect();
                and(&items, lang)
            }
            Value::Record(fields) => {
                let fields = fields.iter().map(|(name, value)| {
                    format!("{}{}{}", literal(name, lang), colon(lang), self.value(value))
                });
                and(&fields.collect::<Vec<_>>(), lang)
            }
            Value::Invalid(shown) => nested(&shown.0, lang),
        }
    }

    /// A date, a time or a word for one.
    pub(super) fn time(&self, spec: &TimeSpec) -> String {
        match spec {
            TimeSpec::Day(date) => self.value(&Value::Date(*date)),
            TimeSpec::Local(local) => self.value(&Value::DateTime(*local)),
            TimeSpec::Instant(instant) => self.value(&Value::Instant(*instant)),
            TimeSpec::Now => self.pick("maintenant", "now"),
            TimeSpec::Relative(relative) => relative.word(self.lang).to_owned(),
            TimeSpec::Window(which, count, unit) => window((*which, (*count, *unit)), self.lang),
            TimeSpec::Shift { base, forward, count, unit } => {
                let way = way(*forward, self);
                format!("{} {way} {}", lapse((*count, *unit), self.lang), self.time(base))
            }
        }
    }
}

fn way(forward: bool, speech: &Speech<'_>) -> &'static str {
    if forward { speech.lang.pick("après", "after") } else { speech.lang.pick("avant", "before") }
}

impl Clause {
    /// On one line, whatever is listed in brackets.
    pub(super) fn flat(&self) -> String {
        match self {
            Clause::Inline(text) => text.clone(),
            Clause::List(head, parts) => {
                let parts: Vec<String> = parts.iter().map(Clause::flat).collect();
                format!("{head} ({})", parts.join(") ("))
            }
        }
    }
}
