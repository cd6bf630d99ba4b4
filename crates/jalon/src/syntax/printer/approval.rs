//! Prints approvals: two spaces a level.

use super::automation::condition;
use super::blueprint::owner;
use super::criterion::lapse;
use super::known::Known;
use super::text::{Node, Piece, Text, Word, listed, text};
use super::{head, label, labels, rule};
use crate::syntax::approval::level::{LAPSED, LapsedWord, PARTS, PartWord};
use crate::syntax::approval::{EXCEPT, LINES, LineWord, Section};
use crate::syntax::ast::{Approval, Lapsed, Level, LevelDeadline, Owner};
use crate::syntax::keyword::Kind;
use crate::syntax::rule::trigger::BEFORE;

/// The lines of an approval.
pub(super) fn print(approval: &Approval, known: Known<'_>) -> Node {
    let word = |word| Word::of(LINES, &word);
    let mut lines = Vec::new();
    if approval.inactive {
        lines.push(Node::new(text![word(LineWord::Inactive)]));
    }
    let triggers = approval.triggers.iter();
    lines.extend(triggers.map(|one| rule::trigger(word(LineWord::When), one, known)));
    lines.extend(approval.criterion.as_ref().map(|one| Node::new(condition(one, known))));
    if let Some(lock) = &approval.lock {
        let except = match lock.except.as_slice() {
            [] => None,
            fields => Some(text![Piece::Comma, Word::pair(EXCEPT), " ", labels(fields)]),
        };
        lines.push(Node::new(text![word(LineWord::Lock).at(lock.span), except]));
    }
    if approval.no_delegation {
        lines.push(Node::new(text![word(LineWord::NoDelegation)]));
    }
    let level = |one: &Level| {
        Node::new(text![word(LineWord::Level), " ", self::level(one, known)]).at(one.span)
    };
    lines.extend(approval.levels.iter().map(level));
    let sections = [
        (Section::Submitted, &approval.submitted),
        (Section::Approved, &approval.approved),
        (Section::Rejected, &approval.rejected),
        (Section::Recalled, &approval.recalled),
    ];
    for (section, actions) in sections.into_iter().filter(|(_, actions)| !actions.is_empty()) {
        let section = Node::new(text![word(LineWord::Section(section))]);
        lines.push(section.with(rule::actions(actions, known)));
    }
    Node::new(head(Kind::Approval, &approval.name, approval.module.as_ref())).with(lines)
}

/// `rôle "Directeur", unanimité, délai 2 jours ouvrés, ensuite refusé, si Remise > 40`
fn level(level: &Level, known: Known<'_>) -> Text {
    let mut parts = vec![owners(&level.approvers)];
    parts.extend(level.quorum.map(|quorum| text![part(PartWord::Quorum(quorum))]));
    parts.extend(level.deadline.iter().flat_map(deadline));
    parts.extend(level.criterion.as_ref().map(|one| condition(one, known)));
    listed(parts)
}

fn part(word: PartWord) -> Word {
    Word::of(PARTS, &word)
}

fn owners(all: &[Owner]) -> Text {
    listed(all.iter().map(owner))
}

fn deadline(deadline: &LevelDeadline) -> Vec<Text> {
    let mut parts = vec![text![part(PartWord::Deadline), " ", lapse(deadline.after)]];
    let calendar = deadline.calendar.as_ref();
    parts.extend(calendar.map(|name| text![part(PartWord::Calendar), " ", label(name)]));
    for before in &deadline.reminders {
        let word = part(PartWord::Reminder);
        parts.push(text![word, " ", lapse(*before), " ", Word::pair(BEFORE)]);
    }
    parts.extend(deadline.then.as_ref().map(|then| {
        let word = |word| text![Word::of(LAPSED, &word)];
        let then = match then {
            Lapsed::Remind => word(LapsedWord::Remind),
            Lapsed::Approve => word(LapsedWord::Approve),
            Lapsed::Reject => word(LapsedWord::Reject),
            Lapsed::Escalate(people) => {
                text![word(LapsedWord::Escalate), " ", owners(people)]
            }
        };
        text![part(PartWord::Then), " ", then]
    }));
    parts
}
