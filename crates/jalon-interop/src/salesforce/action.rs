//! What a rule does: field updates and e-mail alerts.

use jalon::lexicon::{Op, Period, Relative};
use jalon::source::Span;
use jalon::syntax::ast::{Action, ActionKind, Actor, ActorKind, Change, Email, Item, Name, Update};
use roxmltree::Node;

use super::{Wanted, child, children, left_out, text};
use crate::left_out::{LeftOut, Place, reasons};
use crate::tree::{Leaf, Operand};

/// The action that a rule names.
pub(super) fn read(
    action: Node<'_, '_>,
    workflow: Node<'_, '_>,
    module: Option<&str>,
    wanted: &Wanted<'_>,
) -> Result<Action, LeftOut> {
    let name = text(action, "name").unwrap_or_default();
    let list = match text(action, "type") {
        Some("FieldUpdate") => "fieldUpdates",
        Some("Alert") => "alerts",
        kind => {
            let kind = kind.unwrap_or_default();
            return Err(left_out(action, &reasons::ACTION).arg("kind", kind).arg("name", name));
        }
    };
    let found = children(workflow, list).find(|node| text(*node, "fullName") == Some(name));
    let Some(node) = found else {
        return Err(left_out(action, &reasons::NO_SUCH_ACTION).arg("name", name));
    };
    let kind = match list {
        "fieldUpdates" => ActionKind::Update(update(node, module, wanted)?),
        _ => ActionKind::Email(alert(node)?),
    };
    Ok(Action { span: Span::default(), kind })
}

fn update(
    node: Node<'_, '_>,
    module: Option<&str>,
    wanted: &Wanted<'_>,
) -> Result<Update, LeftOut> {
    if let Some(target) = child(node, "targetObject").filter(|target| target.text().is_some()) {
        return Err(left_out(target, &reasons::OTHER_RECORD));
    }
    let Some(field) = text(node, "field") else {
        return Err(left_out(node, &reasons::MISSING).arg("key", "field"));
    };
    let value = |value: Operand| item(node, field, &value, wanted);
    let item = match text(node, "operation") {
        Some("Null") => Item { name: name(wanted.setting.lang.pick("vide", "empty")), expr: None },
        Some("Literal") => match text(node, "literalValue") {
            Some(literal) => value(Operand::Text(literal.to_owned()))?,
            None => return Err(left_out(node, &reasons::MISSING).arg("key", "literalValue")),
        },
        Some("Formula") => {
            let place = child(node, "formula").unwrap_or(node);
            let formula = text(node, "formula").unwrap_or_default();
            match simple(formula, module) {
                Some(operand) => value(operand)
                    .map_err(|refused| LeftOut { at: super::path(place), ..refused })?,
                None => return Err(left_out(place, &reasons::FORMULA)),
            }
        }
        operation => {
            let place = child(node, "operation").unwrap_or(node);
            let operation = operation.unwrap_or_default();
            let reason = left_out(place, &reasons::ACTION).arg("kind", operation);
            return Err(reason.arg("name", field));
        }
    };
    Ok(Update {
        forced: false,
        each: false,
        target: name(field),
        change: Change::Set,
        values: vec![item],
    })
}

/// A formula that is one value: a field, a text, a number, `TODAY()`, `NOW()`, `TRUE`, `FALSE`.
fn simple(formula: &str, module: Option<&str>) -> Option<Operand> {
    let formula = formula.trim();
    let upper: String = formula.to_ascii_uppercase().split_whitespace().collect();
    let today = Relative { period: Period::Day, offset: 0 };
    Some(match upper.as_str() {
        "TODAY()" => Operand::Relative(today),
        "NOW()" => Operand::Now,
        "TRUE" => Operand::Tick(true),
        "FALSE" => Operand::Tick(false),
        _ => {
            if let Some(text) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                return Some(text)
                    .filter(|text| !text.contains(['"', '\\']))
                    .map(|text| Operand::Text(text.to_owned()));
            }
            if let Some(number) = jalon::value::read::number(formula) {
                return Some(Operand::Number(number));
            }
            let own = |path: &str| match path.split_once('.') {
                Some((object, field)) if Some(object) == module => Some(field.to_owned()),
                Some(_) => None,
                None => Some(path.to_owned()),
            };
            let is_name = formula.starts_with(|c: char| c.is_ascii_alphabetic())
                && formula.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.');
            return own(formula).filter(|_| is_name).map(Operand::Field);
        }
    })
}

/// A value as it stands on the right of an update.
fn item(
    node: Node<'_, '_>,
    field: &str,
    value: &Operand,
    wanted: &Wanted<'_>,
) -> Result<Item, LeftOut> {
    let leaf = Leaf { field: field.to_owned(), op: Op::Is, values: Vec::new() };
    let made = wanted.setting.item(&leaf, value, &Place::Root);
    let item = made.map_err(|refused| LeftOut { at: super::path(node), ..refused })?;
    // The bare word would empty the field.
    let empties = ["vide", "empty"].iter().any(|word| word.eq_ignore_ascii_case(&item.name.text));
    Ok(Item { name: Name { quoted: item.name.quoted || empties, ..item.name }, expr: None })
}

fn alert(node: Node<'_, '_>) -> Result<Email, LeftOut> {
    let Some(template) = text(node, "template") else {
        return Err(left_out(node, &reasons::MISSING).arg("key", "template"));
    };
    let mut to = Vec::new();
    for recipient in children(node, "recipients") {
        let (kind, key) = match text(recipient, "type") {
            Some("user") => (ActorKind::User, "recipient"),
            Some("role") => (ActorKind::Role, "recipient"),
            Some("group") => (ActorKind::Group, "recipient"),
            Some("contactLookup" | "userLookup" | "email") => (ActorKind::Field, "field"),
            other => {
                let other = other.unwrap_or_default();
                return Err(left_out(recipient, &reasons::RECIPIENT).arg("kind", other));
            }
        };
        match text(recipient, key) {
            Some(who) => to.push(Actor { kind: Some(kind), name: name(who) }),
            None => return Err(left_out(recipient, &reasons::MISSING).arg("key", key)),
        }
    }
    for address in children(node, "ccEmails").filter_map(|node| node.text()) {
        to.push(Actor { kind: None, name: name(address) });
    }
    if to.is_empty() {
        return Err(left_out(node, &reasons::MISSING).arg("key", "recipients"));
    }
    let template = Name { quoted: true, ..name(template) };
    Ok(Email { template: Item { name: template, expr: None }, to, settings: Vec::new() })
}

fn name(text: &str) -> Name {
    Name { span: Span::default(), text: text.trim().to_owned(), quoted: false }
}
