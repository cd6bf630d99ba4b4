//! Prints rules: two spaces a level, `alors` on its own line.

use super::criterion::{criterion, lapse, unit};
use super::known::Known;
use super::text::{Node, Piece, Text, Word, spaced, text};
use super::{action, head, label, labels};
use crate::lexicon::EVENT_TYPES;
use crate::syntax::ast::{Action, Branch, DateTrigger, Later, Name, Rule, Trigger, TriggerKind};
use crate::syntax::keyword::Kind;
use crate::syntax::rule::branch::UNCHECKED;
use crate::syntax::rule::lapse::AT;
use crate::syntax::rule::trigger::{
    AFTER, BEFORE, EVERY, FALLS, IDLE, RISES, SCORE, TRIGGERS, TriggerWord,
};
use crate::syntax::rule::{CLAUSES, Clause};

/// The lines of a rule.
pub(super) fn print(rule: &Rule, known: Known<'_>) -> Node {
    let word = |clause| Word::of(CLAUSES, &clause);
    let mut lines: Vec<Node> =
        rule.triggers.iter().map(|one| trigger(word(Clause::When), one, known)).collect();
    for (index, branch) in rule.branches.iter().enumerate() {
        let opening = match (index, branch.criterion.is_some()) {
            (0, true) => Some(Clause::If),
            (0, false) => None,
            (_, true) => Some(Clause::ElseIf),
            (_, false) => Some(Clause::Else),
        };
        let criterion = branch.criterion.as_ref().map(|c| criterion(c, known));
        let opens = opening.map(|opening| {
            Node::new(spaced([text![word(opening)], text![criterion]])).at(branch.span)
        });
        let is_else = opening == Some(Clause::Else);
        let actions = actions(&branch.actions, known);
        if is_else {
            lines.extend(opens.map(|opens| opens.with(actions)));
        } else {
            lines.extend(opens);
            if let Some((span, repetition)) = rule.repetition.filter(|_| index == 0) {
                let word = word(Clause::Repeat(repetition)).at(span);
                lines.push(Node::new(text![word]));
            }
            if !(branch.actions.is_empty() && branch.later.is_empty()) {
                lines.push(Node::new(text![word(Clause::Then)]).with(actions));
            }
        }
        lines.extend(later(branch, known));
    }
    Node::new(head(Kind::Rule, &rule.name, rule.module.as_ref())).with(lines)
}

/// One line for each action.
pub(super) fn actions(actions: &[Action], known: Known<'_>) -> Vec<Node> {
    actions.iter().map(|one| Node::new(action::action(one, known)).at(one.span)).collect()
}

fn later(branch: &Branch, known: Known<'_>) -> Vec<Node> {
    let print = |later: &Later| {
        Node::new(print_later(later)).at(later.span).with(actions(&later.actions, known))
    };
    branch.later.iter().map(print).collect()
}

/// `puis 3 jours après à 10h30, sans revérifier`
fn print_later(later: &Later) -> Text {
    let then = text![Word::of(CLAUSES, &Clause::Later)];
    let after = text![lapse(later.after), Word::new(" après", "", [&["après"], &[]])];
    let at = later.at.as_ref().map(|at| text![Word::pair(AT), " ", value_text(at)]);
    let unchecked = later.unchecked.then(|| text![", ", Word::pair(UNCHECKED)]);
    text![spaced([then, after, text![at]]), unchecked]
}

/// A number, a date or a time as it is written.
pub(super) fn value_text(name: &Name) -> Text {
    text![Piece::Named(name.text.clone(), name.span)]
}

/// `quand …`
pub(super) fn trigger(when: Word, trigger: &Trigger, known: Known<'_>) -> Node {
    // Its first word stands before the place of the trigger.
    Node::new(text![when, " ", print_trigger(trigger, known)])
}

fn print_trigger(trigger: &Trigger, known: Known<'_>) -> Text {
    let word = |word| text![Word::of(TRIGGERS, &word).at(trigger.span)];
    match &trigger.kind {
        TriggerKind::Created => word(TriggerWord::Created),
        TriggerKind::Updated => word(TriggerWord::Updated),
        TriggerKind::CreatedOrUpdated => word(TriggerWord::CreatedOrUpdated),
        TriggerKind::Deleted => word(TriggerWord::Deleted),
        TriggerKind::Manual => word(TriggerWord::Manual),
        TriggerKind::Changed(fields) => {
            let changed = if fields.len() > 1 { "modifiés" } else { "modifié" };
            const FR: &[&str] = &["modifié", "modifiés", "modifiée", "modifiées", "change"];
            text![labels(fields), " ", Word::new(changed, "changed", [FR, &["changed"]])]
        }
        TriggerKind::Criterion(one) => criterion(one, known),
        TriggerKind::Date(date) => print_date(date),
        TriggerKind::Score { score, rising, threshold } => {
            let verb = Word::pair(if *rising { RISES } else { FALLS });
            text![Word::pair(SCORE), " ", label(score), " ", verb, " ", value_text(threshold)]
        }
        TriggerKind::Event(event) => event_type(event, known),
        TriggerKind::Idle(length) => text![Word::pair(IDLE), " ", lapse(*length)],
    }
}

/// An event type; in the words of either language if it is written in those that are printed.
pub(super) fn event_type(event: &Name, known: Known<'_>) -> Text {
    let row = EVENT_TYPES.iter().find(|row| row.fr[0] == event.text || row.en[0] == event.text);
    match row.filter(|_| !event.quoted && known.translates()) {
        Some(row) => text![Word::row(row.fr, row.en).at(event.span)],
        None => label(event),
    }
}

/// `3 jours avant Date Prochain Push à 10h30, chaque année`
fn print_date(date: &DateTrigger) -> Text {
    let offset = date.offset.map(|offset| {
        let way = Word::pair(if offset.after { AFTER } else { BEFORE });
        text![lapse(offset.lapse), " ", way]
    });
    let at = date.at.as_ref().map(|at| text![Word::pair(AT), " ", value_text(at)]);
    let every = date.every.map(|every| text![", ", Word::pair(EVERY), " ", unit(every, 1)]);
    text![spaced([text![offset], label(&date.field), text![at]]), every]
}
