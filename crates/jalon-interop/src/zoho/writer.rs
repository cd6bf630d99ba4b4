//! To Zoho's criteria. They have no `NON`: it is moved inward to the comparisons, which changes no
//! meaning.

use jalon::lexicon::{Op, Period, Relative};
use serde_json::{Value as Json, json};

use super::leaf::{DAYS, NOW};
use super::{COMPARATORS, EMPTY};
use crate::form::Form;
use crate::json::{no_operator, no_right_side, number, shown, spelled};
use crate::left_out::{LeftOut, reasons};
use crate::tree::{Leaf, Operand, Tree, complement};

/// Writes a criterion.
///
/// # Errors
/// Everything that Zoho's criteria do not have.
pub fn write(tree: Tree) -> Result<Json, Vec<LeftOut>> {
    let mut writer = Writer { form: Form::Zoho, left_out: Vec::new() };
    let tree = writer.prepare(tree).map_err(|left_out| vec![left_out])?;
    let json = writer.member(&tree);
    if writer.left_out.is_empty() { Ok(json) } else { Err(writer.left_out) }
}

/// Writes comparisons, and lists what they cannot hold.
pub(crate) struct Writer {
    pub(crate) form: Form,
    pub(crate) left_out: Vec<LeftOut>,
}

impl Writer {
    /// The tree as these criteria can hold it: without `NON`, one value for each `contains`.
    pub(crate) fn prepare(&self, tree: Tree) -> Result<Tree, LeftOut> {
        let spread = tree.spread().without_not();
        spread.map_err(|tree| {
            let (at, operator) = match &*tree {
                Tree::Leaf(leaf) => (shown(leaf), spelled(leaf.op)),
                _ => (String::new(), "NON".to_owned()),
            };
            let reason = LeftOut::new(at, &reasons::NO_NEGATION).arg("form", self.form.title());
            reason.arg("operator", operator)
        })
    }

    fn member(&mut self, tree: &Tree) -> Json {
        match tree {
            Tree::All(parts) => self.group("AND", parts),
            Tree::Any(parts) => self.group("OR", parts),
            Tree::Leaf(leaf) => {
                let (comparator, value) = self.comparison(leaf);
                let field = json!({"api_name": leaf.field});
                json!({"comparator": comparator, "field": field, "value": value})
            }
            Tree::Not(_) | Tree::Related(_) => self.related(tree),
        }
    }

    fn group(&mut self, operator: &str, parts: &[Tree]) -> Json {
        let members: Vec<Json> = parts.iter().map(|part| self.member(part)).collect();
        json!({"group_operator": operator, "group": members})
    }

    /// Criteria on related records have no place.
    pub(crate) fn related(&mut self, tree: &Tree) -> Json {
        let at = match tree {
            Tree::Related(related) => related.list.clone(),
            _ => String::new(),
        };
        self.left_out.push(LeftOut::new(at, &reasons::RELATED).arg("form", self.form.title()));
        Json::Null
    }

    /// The comparator and the value of a test.
    pub(crate) fn comparison(&mut self, leaf: &Leaf) -> (&'static str, Json) {
        match leaf.op {
            Op::IsEmpty => return ("equal", json!(EMPTY)),
            Op::IsNotEmpty => return ("not_equal", json!(EMPTY)),
            _ => {}
        }
        let many = leaf.values.len() > 1;
        let known = |op| COMPARATORS.iter().find(|(_, known)| *known == op).map(|(name, _)| *name);
        let comparator = match leaf.op {
            Op::Is if many => Some("in"),
            Op::IsNot if many => Some("not_in"),
            op => known(op),
        };
        let Some(comparator) = comparator else {
            self.left_out.push(self.without(leaf));
            return ("", Json::Null);
        };
        let mut values: Vec<Json> = leaf.values.iter().map(|v| self.operand(leaf, v)).collect();
        let value = if many { Json::Array(values) } else { values.pop().unwrap_or(Json::Null) };
        (comparator, value)
    }

    /// Why an operator has no comparator.
    fn without(&self, leaf: &Leaf) -> LeftOut {
        match complement(leaf.op).filter(|op| COMPARATORS.iter().any(|(_, known)| known == op)) {
            Some(op) => {
                let reason = LeftOut::new(shown(leaf), &reasons::NO_NEGATION);
                let operator = spelled(op);
                reason.arg("form", self.form.title()).arg("operator", operator)
            }
            None => no_operator(self.form, leaf),
        }
    }

    fn operand(&mut self, leaf: &Leaf, value: &Operand) -> Json {
        match value {
            // What looks like a placeholder would be read as one.
            Operand::Text(text) if text.starts_with("${") => {}
            Operand::Text(text) => return Json::String(text.clone()),
            Operand::Number(value) => return number(*value),
            Operand::Tick(ticked) => return Json::Bool(*ticked),
            Operand::Now => return json!(NOW[0]),
            Operand::Relative(Relative { period: Period::Day, offset }) => {
                if let Some((word, _)) = DAYS.iter().find(|(_, day)| day == offset) {
                    return json!(word);
                }
            }
            Operand::Relative(_) => {
                let reason = LeftOut::new(shown(leaf), &reasons::RELATIVE_DATE);
                let reason = reason.arg("form", self.form.title()).arg("value", shown(leaf));
                self.left_out.push(reason);
                return Json::Null;
            }
            Operand::Field(_) => {}
        }
        self.left_out.push(no_right_side(self.form, leaf));
        Json::Null
    }
}
