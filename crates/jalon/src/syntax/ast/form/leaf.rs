//! Tests of criteria: `{"left": "Pays", "op": "is", "values": ["France"]}`.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::super::{
    Criterion, Expr, ExprKind, Item, Leaf, Left, Not, Operator, Right, Route, RouteSplit, Split,
};
use super::Refusal;
use super::pairs::Bounds;
use crate::lang::Lang;
use crate::lexicon::{Form, Op, Unit};
use crate::source::Span;
use crate::syntax::print_criterion;

/// One test of a criterion: what is read, how it is compared, and with what. Which right side
/// there is follows from the operator.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Test"))]
#[serde(deny_unknown_fields)]
pub(in super::super) struct TestForm {
    /// A field or a path, or one function call or aggregate.
    left: Expr,
    /// How it is compared.
    op: Op,
    /// As a word or as a sign; a word where it is not said.
    #[serde(default, skip_serializing_if = "is_word")]
    form: Form,
    /// With what; of most operators.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<Item>,
    /// Of `between`, `not_between` and `changes_from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<Bounds<Item>>,
    /// Of `in_last`, `in_next`, `more_than_ago` and `in_more_than`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<Count>,
    /// Of `matches`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    regex: Option<Pattern>,
}

/// So many of a unit.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Count {
    count: u32,
    unit: Unit,
}

/// A regular expression.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Pattern {
    /// Between the slashes.
    pattern: String,
    /// Whether case does not count.
    #[serde(default, skip_serializing_if = "super::is_false")]
    ignore_case: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_word(form: &Form) -> bool {
    *form == Form::Word
}

impl Serialize for Leaf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Split { left, op, right } = &self.split;
        let left = match left {
            Left::Field(name) => Expr { span: Span::default(), kind: ExprKind::Name(name.clone()) },
            Left::Expr(expr) => expr.clone(),
        };
        let mut form = TestForm {
            left,
            op: op.op,
            form: op.form,
            values: Vec::new(),
            range: None,
            period: None,
            regex: None,
        };
        match right {
            Right::Nothing => {}
            Right::Items(items) => form.values.clone_from(items),
            Right::Range(from, to) => {
                form.range = Some(Bounds { from: (**from).clone(), to: (**to).clone() });
            }
            Right::Period { count, unit, .. } => {
                form.period = Some(Count { count: *count, unit: *unit });
            }
            Right::Regex { pattern, ignore_case, .. } => {
                let pattern = pattern.clone();
                form.regex = Some(Pattern { pattern, ignore_case: *ignore_case });
            }
        }
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Leaf, D::Error> {
        let form = TestForm::deserialize(deserializer)?;
        let (op, written) = (form.op, form.form);
        let span = Span::default();
        let left = match form.left {
            Expr { kind: ExprKind::Name(name), .. } => Left::Field(name),
            expr => Left::Expr(expr),
        };
        let right = match (form.values, form.range, form.period, form.regex) {
            (values, None, None, None) if values.is_empty() => Right::Nothing,
            (values, None, None, None) => Right::Items(values),
            (values, Some(range), None, None) if values.is_empty() => {
                Right::Range(Box::new(range.from), Box::new(range.to))
            }
            (values, None, Some(Count { count, unit }), None) if values.is_empty() => {
                Right::Period { count, unit, span }
            }
            (values, None, None, Some(Pattern { pattern, ignore_case })) if values.is_empty() => {
                Right::Regex { pattern, ignore_case, span }
            }
            _ => return Err(D::Error::custom(Refusal::RightSide)),
        };
        if !takes(op, &right) {
            return Err(D::Error::custom(Refusal::RightSide));
        }
        let split = Split { left, op: Operator { span, op, form: written }, right };
        let leaf = Leaf { span, text: String::new(), split, others: Vec::new() };
        let criterion = Criterion::Leaf(Box::new(leaf.clone()));
        Ok(Leaf { text: print_criterion(&criterion, Lang::Fr), ..leaf })
    }
}

/// Whether a right side is an operator's.
fn takes(op: Op, right: &Right) -> bool {
    match op {
        Op::IsEmpty | Op::IsNotEmpty | Op::Changes => matches!(right, Right::Nothing),
        Op::Between | Op::NotBetween | Op::ChangesFrom => matches!(right, Right::Range(..)),
        Op::InLast | Op::InNext | Op::MoreThanAgo | Op::InMoreThan => {
            matches!(right, Right::Period { .. })
        }
        Op::Matches => matches!(right, Right::Regex { .. }),
        _ => matches!(right, Right::Items(_)),
    }
}

/// `{"not": criterion}`.
pub(in super::super) mod not {
    use super::{Criterion, Deserialize, Deserializer, Not, Serialize, Serializer, Span};

    pub(in super::super::super) fn serialize<S: Serializer>(
        not: &Not,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        not.criterion.serialize(serializer)
    }

    pub(in super::super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Box<Not>, D::Error> {
        let criterion = Criterion::deserialize(deserializer)?;
        Ok(Box::new(Not { span: Span::default(), criterion }))
    }
}

/// A route: the names in it; its text too where they may be read in several ways.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Route"))]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RouteForm {
    /// From where; none is every state but the ends and `to`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<super::super::Name>,
    /// To where.
    to: super::super::Name,
    /// From where not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    except: Vec<super::super::Name>,
    /// As written, where the words alone leave several readings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl From<RouteForm> for Route {
    fn from(form: RouteForm) -> Route {
        let certain = form.text.is_none();
        let split = RouteSplit { from: form.from, to: form.to, except: form.except };
        let text = form.text.unwrap_or_default();
        Route { span: Span::default(), text, split, others: Vec::new(), certain }
    }
}

impl From<Route> for RouteForm {
    fn from(route: Route) -> RouteForm {
        let RouteSplit { from, to, except } = route.split;
        RouteForm { from, to, except, text: (!route.certain).then_some(route.text) }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator};

    use super::{Leaf, TestForm};

    impl JsonSchema for Leaf {
        fn schema_name() -> Cow<'static, str> {
            TestForm::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            TestForm::json_schema(generator)
        }

        fn schema_id() -> Cow<'static, str> {
            TestForm::schema_id()
        }
    }
}
