//! Prints approvals: two spaces a level.

use super::blueprint::owner;
use super::criterion::lapse;
use super::{head, label, labels, print_action, print_criterion, rule};
use crate::lang::Lang;
use crate::syntax::approval::level::{LAPSED, LapsedWord, PARTS, PartWord};
use crate::syntax::approval::{EXCEPT, LINES, LineWord, Section};
use crate::syntax::ast::{Approval, Lapsed, Level, LevelDeadline, Owner};
use crate::syntax::keyword::{self, IF, Kind, printed};
use crate::syntax::rule::trigger::BEFORE;

/// The lines of an approval.
pub(super) fn print(out: &mut Vec<String>, approval: &Approval, lang: Lang) {
    let word = |word| keyword::spelling(LINES, &word, lang);
    out.push(head(Kind::Approval, &approval.name, approval.module.as_ref(), lang));
    if approval.inactive {
        out.push(format!("  {}", word(LineWord::Inactive)));
    }
    for trigger in &approval.triggers {
        let trigger = rule::print_trigger(&trigger.kind, lang);
        out.push(format!("  {} {trigger}", word(LineWord::When)));
    }
    if let Some(criterion) = &approval.criterion {
        out.push(format!("  {} {}", word(LineWord::If), print_criterion(criterion, lang)));
    }
    if let Some(lock) = &approval.lock {
        let except = match lock.except.as_slice() {
            [] => String::new(),
            fields => format!(", {} {}", printed(EXCEPT, lang), labels(fields)),
        };
        out.push(format!("  {}{except}", word(LineWord::Lock)));
    }
    if approval.no_delegation {
        out.push(format!("  {}", word(LineWord::NoDelegation)));
    }
    for one in &approval.levels {
        out.push(format!("  {} {}", word(LineWord::Level), level(one, lang)));
    }
    let sections = [
        (Section::Submitted, &approval.submitted),
        (Section::Approved, &approval.approved),
        (Section::Rejected, &approval.rejected),
        (Section::Recalled, &approval.recalled),
    ];
    for (section, actions) in sections.into_iter().filter(|(_, actions)| !actions.is_empty()) {
        out.push(format!("  {}", word(LineWord::Section(section))));
        out.extend(actions.iter().map(|one| format!("    {}", print_action(one, lang))));
    }
}

/// `rôle "Directeur", unanimité, délai 2 jours ouvrés, ensuite refusé, si Remise > 40`
fn level(level: &Level, lang: Lang) -> String {
    let mut parts = vec![owners(&level.approvers, lang)];
    let quorum = level.quorum.map(|quorum| part(PartWord::Quorum(quorum), lang).to_owned());
    parts.extend(quorum);
    parts.extend(level.deadline.iter().flat_map(|one| deadline(one, lang)));
    let criterion = level.criterion.as_ref();
    parts.extend(
        criterion.map(|one| format!("{} {}", printed(IF, lang), print_criterion(one, lang))),
    );
    parts.join(", ")
}

fn part(word: PartWord, lang: Lang) -> &'static str {
    keyword::spelling(PARTS, &word, lang)
}

fn owners(all: &[Owner], lang: Lang) -> String {
    all.iter().map(|one| owner(one, lang)).collect::<Vec<_>>().join(", ")
}

fn deadline(deadline: &LevelDeadline, lang: Lang) -> Vec<String> {
    let mut parts =
        vec![format!("{} {}", part(PartWord::Deadline, lang), lapse(deadline.after, lang))];
    let calendar = deadline.calendar.as_ref();
    parts
        .extend(calendar.map(|name| format!("{} {}", part(PartWord::Calendar, lang), label(name))));
    for before in &deadline.reminders {
        let (word, length) = (part(PartWord::Reminder, lang), lapse(*before, lang));
        parts.push(format!("{word} {length} {}", printed(BEFORE, lang)));
    }
    parts.extend(deadline.then.as_ref().map(|then| {
        let word = |word| keyword::spelling(LAPSED, &word, lang);
        let then = match then {
            Lapsed::Remind => word(LapsedWord::Remind).to_owned(),
            Lapsed::Approve => word(LapsedWord::Approve).to_owned(),
            Lapsed::Reject => word(LapsedWord::Reject).to_owned(),
            Lapsed::Escalate(people) => {
                format!("{} {}", word(LapsedWord::Escalate), owners(people, lang))
            }
        };
        format!("{} {then}", part(PartWord::Then, lang))
    }));
    parts
}
