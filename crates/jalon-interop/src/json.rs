//! Reading and writing the JSON that several forms share.

use jalon::lang::Lang;
use jalon::lexicon::{Form as Written, Op};
use jalon::syntax::print_criterion;
use jalon::value::Value;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use crate::build::Setting;
use crate::form::Form;
use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::{Leaf, Operand};

/// Steps from the root: a group in a group is two.
pub(crate) const MAX_DEPTH: usize = 128;

pub(crate) fn object<'v>(
    value: &'v Json,
    at: &Place<'_>,
) -> Result<&'v Map<String, Json>, LeftOut> {
    value.as_object().ok_or_else(|| at.left_out(&reasons::WRONG_SHAPE).arg("wanted", "{…}"))
}

pub(crate) fn array<'v>(value: &'v Json, at: &Place<'_>) -> Result<&'v [Json], LeftOut> {
    let array = value.as_array().map(Vec::as_slice);
    array.ok_or_else(|| at.left_out(&reasons::WRONG_SHAPE).arg("wanted", "[…]"))
}

pub(crate) fn text_of<'v>(value: &'v Json, at: &Place<'_>) -> Result<&'v str, LeftOut> {
    value.as_str().ok_or_else(|| at.left_out(&reasons::WRONG_SHAPE).arg("wanted", "\"…\""))
}

/// One value.
pub(crate) fn scalar(value: &Json, at: &Place<'_>) -> Result<Operand, LeftOut> {
    match value {
        Json::String(text) => Ok(Operand::Text(text.clone())),
        Json::Bool(ticked) => Ok(Operand::Tick(*ticked)),
        Json::Number(number) => match Value::from(value) {
            Value::Number(number) => Ok(Operand::Number(number)),
            _ => Err(at.left_out(&reasons::NUMBER_TOO_WIDE).arg("number", number)),
        },
        Json::Null => Err(at.left_out(&reasons::EMPTY_VALUE)),
        Json::Array(_) | Json::Object(_) => Err(at.left_out(&reasons::NOT_A_VALUE)),
    }
}

/// A number: as JSON's where that reads back as the same decimal, else as its text.
pub(crate) fn number(number: Decimal) -> Json {
    Value::Number(number).to_json()
}

/// A test as Jalon writes it: where something is, in a criterion without places.
pub(crate) fn shown(leaf: &Leaf) -> String {
    let made = Setting::default().lang(Lang::Fr).leaf(leaf, &Place::Root);
    made.map_or_else(|_| leaf.field.clone(), |criterion| print_criterion(&criterion, Lang::Fr))
}

/// An operator as both languages spell it.
pub(crate) fn spelled(op: Op) -> String {
    let [fr, en] = [Lang::Fr, Lang::En].map(|lang| op.spelling(Written::Word, lang));
    if fr == en { fr } else { format!("{fr} / {en}") }
}

/// A form has no such operator.
pub(crate) fn no_operator(form: Form, leaf: &Leaf) -> LeftOut {
    let operator = spelled(leaf.op);
    let reason = LeftOut::new(shown(leaf), &reasons::NO_OPERATOR).arg("form", form.title());
    reason.arg("operator", operator)
}

/// A form has no such right side.
pub(crate) fn no_right_side(form: Form, leaf: &Leaf) -> LeftOut {
    let reason = LeftOut::new(shown(leaf), &reasons::NO_RIGHT_SIDE).arg("form", form.title());
    reason.arg("value", shown(leaf))
}
