//! One rule: its trigger, its criterion, its actions.

use jalon::source::Span;
use jalon::syntax::ast::{Branch, Name, Repetition, Rule, Trigger, TriggerKind};
use roxmltree::Node;

use super::{Wanted, action, child, children, criteria, left_out, text};
use crate::left_out::{LeftOut, reasons};

/// A rule, if its trigger and its criterion can be carried; what cannot is listed.
pub(super) fn read(
    rule: Node<'_, '_>,
    workflow: Node<'_, '_>,
    wanted: &Wanted<'_>,
    out: &mut Vec<LeftOut>,
) -> Option<Rule> {
    let Some(name) = text(rule, "fullName") else {
        out.push(left_out(rule, &reasons::MISSING).arg("key", "fullName"));
        return None;
    };
    let name = decoded(name);
    if !wanted.inactive && text(rule, "active") != Some("true") {
        out.push(left_out(rule, &reasons::INACTIVE).arg("rule", &name));
        return None;
    }
    let before = out.len();
    let trigger = trigger(rule, out);
    let module = wanted.module.map(str::to_owned).or_else(|| criteria::object(rule));
    let setting = match &module {
        Some(module) => wanted.setting.for_module(module),
        None => wanted.setting,
    };
    let wanted = &Wanted { setting, ..*wanted };
    let criterion = criteria::read(rule, module.as_deref(), wanted, out);
    let (kind, repetition) = trigger?;
    if out.len() > before {
        return None;
    }
    let actions: Vec<_> = children(rule, "actions")
        .filter_map(|node| {
            let made = action::read(node, workflow, module.as_deref(), wanted);
            made.map_err(|left_out| out.push(left_out)).ok()
        })
        .collect();
    for timed in children(rule, "workflowTimeTriggers") {
        out.push(left_out(timed, &reasons::TIMED));
    }
    if actions.is_empty() {
        out.push(left_out(rule, &reasons::NO_ACTION).arg("rule", &name));
        return None;
    }
    let span = Span::default();
    let quoted = |text: String| Name { span, text, quoted: false };
    Some(Rule {
        name: quoted(name),
        module: module.map(quoted),
        triggers: vec![Trigger { span, kind }],
        repetition: repetition.map(|repetition| (span, repetition)),
        branches: vec![Branch { span, criterion, actions, later: Vec::new() }],
    })
}

/// When a rule is asked, and whether it must not have held before. A rule that fires on entering
/// fires on every creation, in Jalon too.
fn trigger(
    rule: Node<'_, '_>,
    out: &mut Vec<LeftOut>,
) -> Option<(TriggerKind, Option<Repetition>)> {
    match text(rule, "triggerType") {
        Some("onCreateOnly") => Some((TriggerKind::Created, None)),
        Some("onAllChanges") => Some((TriggerKind::CreatedOrUpdated, None)),
        Some("onCreateOrTriggeringUpdate") => {
            Some((TriggerKind::CreatedOrUpdated, Some(Repetition::OnEntering)))
        }
        Some(other) => {
            let place = child(rule, "triggerType").unwrap_or(rule);
            out.push(left_out(place, &reasons::TRIGGER).arg("trigger", other));
            None
        }
        None => {
            out.push(left_out(rule, &reasons::MISSING).arg("key", "triggerType"));
            None
        }
    }
}

/// A name with its `%2E` read.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
