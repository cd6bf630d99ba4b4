//! A numbered list of comparisons and a pattern that joins them: `(1 and (2 or 3))`. Zoho's
//! scoring and Desk rules, and Salesforce's `booleanFilter`, have it.

mod reader;

use serde_json::{Value as Json, json};

use crate::build::Setting;
use crate::form::Form;
use crate::json::{array, object, text_of};
use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::Tree;
use crate::zoho::{Writer, leaf};

pub(crate) use reader::{Mixing, combine};

/// Reads a list and its pattern: `{"conditions": […], "pattern": "1 and (2 or 3)"}`. Without a
/// pattern all must hold; `and` and `or` without brackets are read from left to right, as Zoho
/// reads them.
///
/// # Errors
/// Everything that cannot be carried, with its place.
pub fn read(value: &Json, setting: &Setting<'_>) -> Result<Tree, Vec<LeftOut>> {
    let root = Place::Root;
    let whole = object(value, &root).map_err(|left_out| vec![left_out])?;
    let mut lists = ["conditions", "fieldConditions", "criteria"].into_iter();
    let Some((key, list)) = lists.find_map(|key| Some((key, whole.get(key)?))) else {
        return Err(vec![root.left_out(&reasons::MISSING).arg("key", "conditions")]);
    };
    let place = root.key(key);
    let list = array(list, &place).map_err(|left_out| vec![left_out])?;
    let mut left_out = Vec::new();
    let mut leaves = Vec::with_capacity(list.len());
    for (i, condition) in list.iter().enumerate() {
        let place = place.index(i);
        match object(condition, &place).and_then(|given| leaf::read(given, &place, setting)) {
            Ok(tree) => leaves.push(tree),
            Err(wrong) => left_out.push(wrong),
        }
    }
    if !left_out.is_empty() {
        return Err(left_out);
    }
    if leaves.is_empty() {
        return Err(vec![place.left_out(&reasons::EMPTY_GROUP)]);
    }
    match whole.get("pattern") {
        None | Some(Json::Null) => Ok(Tree::all(leaves)),
        Some(pattern) => {
            let place = root.key("pattern");
            let pattern = text_of(pattern, &place).map_err(|left_out| vec![left_out])?;
            combine(pattern, &leaves, Mixing::LeftToRight, &place.pointer())
        }
    }
}

/// Writes a list and its pattern.
///
/// # Errors
/// Everything that the comparisons do not have.
pub fn write(tree: Tree) -> Result<Json, Vec<LeftOut>> {
    let mut writer = Writer { form: Form::Pattern, left_out: Vec::new() };
    let tree = writer.prepare(tree).map_err(|left_out| vec![left_out])?;
    let mut conditions = Vec::new();
    let pattern = list(&tree, &mut conditions, &mut writer);
    if writer.left_out.is_empty() {
        Ok(json!({"conditions": conditions, "pattern": pattern}))
    } else {
        Err(writer.left_out)
    }
}

/// Lists the comparisons of a tree; its pattern.
fn list(tree: &Tree, conditions: &mut Vec<Json>, writer: &mut Writer) -> String {
    let (parts, connective) = match tree {
        Tree::All(parts) => (parts, " and "),
        Tree::Any(parts) => (parts, " or "),
        Tree::Leaf(leaf) => {
            let (comparator, value) = writer.comparison(leaf);
            let field = &leaf.field;
            conditions.push(json!({"field": field, "comparator": comparator, "value": value}));
            return conditions.len().to_string();
        }
        Tree::Not(_) | Tree::Related(_) => {
            writer.related(tree);
            return String::new();
        }
    };
    let parts: Vec<String> = parts.iter().map(|part| list(part, conditions, writer)).collect();
    format!("({})", parts.join(connective))
}
