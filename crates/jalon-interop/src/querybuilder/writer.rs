//! To react-querybuilder.

use jalon::lexicon::{Op, Quantifier};
use serde_json::{Value as Json, json};

use super::OPERATORS;
use crate::form::Form;
use crate::json::{no_operator, no_right_side, number, shown};
use crate::left_out::{LeftOut, reasons};
use crate::tree::{HowMany, Leaf, Operand, Related, Tree};

/// Writes a query.
///
/// # Errors
/// Everything that it does not have.
pub fn write(tree: Tree) -> Result<Json, Vec<LeftOut>> {
    let mut left_out = Vec::new();
    let query = group(&tree.spread(), &mut left_out);
    if left_out.is_empty() { Ok(query) } else { Err(left_out) }
}

/// A tree as a group: one rule stands in a group of its own.
fn group(tree: &Tree, out: &mut Vec<LeftOut>) -> Json {
    match tree {
        Tree::All(parts) => {
            json!({"combinator": "and", "rules": members(parts, out)})
        }
        Tree::Any(parts) => {
            json!({"combinator": "or", "rules": members(parts, out)})
        }
        Tree::Not(part) => {
            let inner = group(part, out);
            let denied = inner.get("not").is_some();
            let mut outer =
                if denied { json!({"combinator": "and", "rules": [inner]}) } else { inner };
            outer["not"] = Json::Bool(true);
            outer
        }
        Tree::Related(_) | Tree::Leaf(_) => {
            json!({"combinator": "and", "rules": [member(tree, out)]})
        }
    }
}

fn members(parts: &[Tree], out: &mut Vec<LeftOut>) -> Vec<Json> {
    parts.iter().map(|part| member(part, out)).collect()
}

fn member(tree: &Tree, out: &mut Vec<LeftOut>) -> Json {
    match tree {
        Tree::Leaf(leaf) => rule(leaf, out),
        Tree::Related(related) => self::related(related, out),
        _ => group(tree, out),
    }
}

fn related(related: &Related, out: &mut Vec<LeftOut>) -> Json {
    let wanted = match related.how_many {
        HowMany::Quantified(Quantifier::All) => json!({"mode": "all"}),
        HowMany::Quantified(Quantifier::Any) => json!({"mode": "some"}),
        HowMany::Quantified(Quantifier::No) => json!({"mode": "none"}),
        HowMany::Counted(op, count) => {
            let mode = match op {
                Op::GreaterOrEqual => "atLeast",
                Op::LessOrEqual => "atMost",
                _ => "exactly",
            };
            json!({"mode": mode, "threshold": count})
        }
    };
    let value = group(&related.part, out);
    json!({"field": related.list, "operator": "=", "match": wanted, "value": value})
}

/// A rule; its right side holds values only, or fields only.
fn rule(leaf: &Leaf, out: &mut Vec<LeftOut>) -> Json {
    let fields = leaf.values.iter().filter(|value| matches!(value, Operand::Field(_))).count();
    if fields > 0 && fields < leaf.values.len() {
        out.push(no_right_side(Form::QueryBuilder, leaf));
        return Json::Null;
    }
    let wanted = if leaf.values.len() > 1 {
        OPERATORS.iter().rev().find(|(_, op)| *op == leaf.op)
    } else {
        OPERATORS.iter().find(|(_, op)| *op == leaf.op)
    };
    let Some((operator, _)) = wanted else {
        out.push(no_operator(Form::QueryBuilder, leaf));
        return Json::Null;
    };
    let mut values: Vec<Json> = leaf.values.iter().map(|value| operand(leaf, value, out)).collect();
    let value = match values.len() {
        0 => Json::Null,
        1 => values.remove(0),
        _ => Json::Array(values),
    };
    let mut rule = json!({"field": leaf.field, "operator": operator, "value": value});
    if fields > 0 {
        rule["valueSource"] = json!("field");
    }
    rule
}

fn operand(leaf: &Leaf, value: &Operand, out: &mut Vec<LeftOut>) -> Json {
    match value {
        Operand::Text(text) | Operand::Field(text) => Json::String(text.clone()),
        Operand::Number(value) => number(*value),
        Operand::Tick(ticked) => Json::Bool(*ticked),
        Operand::Relative(_) | Operand::Now => {
            let reason = LeftOut::new(shown(leaf), &reasons::RELATIVE_DATE);
            let form = Form::QueryBuilder.title();
            out.push(reason.arg("form", form).arg("value", shown(leaf)));
            Json::Null
        }
    }
}
