//! `niveau rôle "Directeur", unanimité, délai 2 jours ouvrés, ensuite refusé, si Remise > 40`.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::source::Span;
use crate::syntax::ast::{Lapse, Lapsed, Level, LevelDeadline, Name, Owner, Quorum};
use crate::syntax::automation::unknown;
use crate::syntax::blueprint::transition::owner;
use crate::syntax::condition;
use crate::syntax::keyed::Keyed;
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse;
use crate::syntax::rule::trigger::BEFORE;
use crate::syntax::scan;

/// The word that a part of a level begins with, unless it is somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartWord {
    Quorum(Quorum),
    Deadline,
    Calendar,
    Reminder,
    Then,
}

/// The parts of a level.
pub(crate) const PARTS: &Table<PartWord> = &[
    (
        PartWord::Quorum(Quorum::One),
        &["un seul", "un suffit", "premier qui répond"],
        &["any one", "first response"],
    ),
    (PartWord::Quorum(Quorum::Majority), &["majorité", "à la majorité"], &["majority"]),
    (PartWord::Quorum(Quorum::All), &["unanimité", "à l'unanimité"], &["unanimity", "unanimous"]),
    (PartWord::Deadline, &["délai"], &["deadline"]),
    (PartWord::Calendar, &["calendrier"], &["calendar"]),
    (PartWord::Reminder, &["rappel"], &["reminder"]),
    (PartWord::Then, &["ensuite"], &["then", "afterwards"]),
];

/// What happens when nobody has decided in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LapsedWord {
    Remind,
    Approve,
    Reject,
    Escalate,
}

/// The words behind `ensuite`.
pub(crate) const LAPSED: &Table<LapsedWord> = &[
    (LapsedWord::Remind, &["rappel"], &["reminder"]),
    (LapsedWord::Approve, &["approuvé", "approuvée"], &["approved"]),
    (LapsedWord::Reject, &["refusé", "refusée"], &["rejected", "refused"]),
    (LapsedWord::Escalate, &["escalade"], &["escalation"]),
];

/// What the parts say, so far.
#[derive(Default)]
struct Parts {
    approvers: Vec<Owner>,
    quorum: Option<(Span, Quorum)>,
    after: Option<Lapse>,
    calendar: Option<(Span, Name)>,
    reminders: Vec<Lapse>,
    then: Option<(Span, Lapsed)>,
    /// Where the first part stands that needs a deadline.
    timed: Option<Range<usize>>,
    /// Whether further people add to those of `ensuite escalade`.
    escalating: bool,
}

/// Reads a level.
pub(super) fn parse(
    reader: &mut Reader<'_>,
    line: Range<usize>,
    rest: Range<usize>,
) -> Option<Level> {
    let word = condition::find(reader, rest.clone());
    let end = word.as_ref().map_or(rest.end, |word| word.start);
    let mut parts = Parts::default();
    let mut good = true;
    for item in scan::items(reader.whole(), rest.start..end) {
        good &= parts.item(reader, item).is_some();
    }
    let criterion = match word {
        Some(word) => Some(condition::read(reader, word, rest.end, is_part)?.1),
        None => None,
    };
    if !good {
        return None;
    }
    let Parts { approvers, quorum, after, calendar, reminders, then, timed, .. } = parts;
    if approvers.is_empty() {
        return reader.fail(&catalogue::NOBODY_ASKED, line);
    }
    let deadline = match (after, timed) {
        (None, Some(part)) => return reader.fail(&catalogue::PART_WITHOUT_DEADLINE, part),
        (None, None) => None,
        (Some(after), _) => {
            let calendar = calendar.map(|(_, name)| name);
            Some(LevelDeadline { after, calendar, reminders, then: then.map(|(_, then)| then) })
        }
    };
    let span = reader.span(line);
    let quorum = quorum.map(|(_, quorum)| quorum);
    Some(Level { span, approvers, quorum, deadline, criterion })
}

impl Parts {
    fn item(&mut self, reader: &mut Reader<'_>, item: Range<usize>) -> Option<()> {
        let found = keyword::longest(PARTS, reader.text(item.clone()), Case::Any);
        let Some((word, length)) = found else { return self.somebody(reader, item) };
        let item = Keyed::new(reader, item, length);
        let span = item.span(reader);
        self.escalating = false;
        if let PartWord::Quorum(quorum) = word {
            item.alone(reader, &catalogue::NOTHING_FOLLOWS)?;
            reader.once(self.quorum.map(|(first, _)| first), span)?;
            self.quorum = Some((span, quorum));
            return Some(());
        }
        item.given(reader)?;
        let Keyed { whole: item, rest, .. } = item;
        if word != PartWord::Deadline && self.timed.is_none() {
            self.timed = Some(item.clone());
        }
        match word {
            PartWord::Deadline => {
                let Some(length) = lapse::lapse(reader, &rest) else {
                    return reader.fail(&catalogue::UNREADABLE_LEVEL_DEADLINE, item);
                };
                reader.once(self.after.map(|first| first.span), span)?;
                self.after = Some(length);
            }
            PartWord::Calendar => {
                reader.once(self.calendar.as_ref().map(|(first, _)| *first), span)?;
                self.calendar = Some((span, reader.name(rest)?));
            }
            PartWord::Reminder => {
                let Some(length) = before(reader, &rest) else {
                    return reader.fail(&catalogue::UNREADABLE_REMINDER, item);
                };
                self.reminders.push(length);
            }
            PartWord::Then => {
                reader.once(self.then.as_ref().map(|(first, _)| *first), span)?;
                self.then = Some((span, self.lapsed(reader, rest)?));
            }
            PartWord::Quorum(_) => {}
        }
        Some(())
    }

    /// What follows `ensuite`.
    fn lapsed(&mut self, reader: &mut Reader<'_>, rest: Range<usize>) -> Option<Lapsed> {
        let text = reader.text(rest.clone());
        let found = keyword::longest(LAPSED, text, Case::Any);
        let whole = |length| length == text.len();
        match found {
            Some((LapsedWord::Remind, length)) if whole(length) => Some(Lapsed::Remind),
            Some((LapsedWord::Approve, length)) if whole(length) => Some(Lapsed::Approve),
            Some((LapsedWord::Reject, length)) if whole(length) => Some(Lapsed::Reject),
            Some((LapsedWord::Escalate, length)) if whole(length) => {
                reader.fail(&catalogue::ESCALATES_TO_NOBODY, rest)
            }
            Some((LapsedWord::Escalate, length)) => {
                let who = reader.trim(rest.start + length..rest.end);
                self.escalating = true;
                Some(Lapsed::Escalate(vec![owner(reader, who)?]))
            }
            _ => unknown(reader, &catalogue::UNKNOWN_LAPSED, rest, keyword::spellings(LAPSED)),
        }
    }

    /// An item without a word: one more who is asked, or to whom it is escalated.
    fn somebody(&mut self, reader: &mut Reader<'_>, item: Range<usize>) -> Option<()> {
        let who = owner(reader, item)?;
        match &mut self.then {
            Some((_, Lapsed::Escalate(people))) if self.escalating => people.push(who),
            _ => self.approvers.push(who),
        }
        Some(())
    }
}

/// `1 jour avant`, `before 1 day`
fn before(reader: &Reader<'_>, rest: &Range<usize>) -> Option<Lapse> {
    if let Some(length) = reader.after(BEFORE, rest, Case::Any) {
        return lapse::lapse(reader, &length);
    }
    lapse::lapse(reader, &reader.without_last(BEFORE, rest.clone())?)
}

/// Whether a value of the criterion is spelled like a part of the level.
fn is_part(reader: &Reader<'_>, item: &Range<usize>) -> bool {
    let text = reader.text(item.clone());
    match keyword::longest(PARTS, text, Case::Any) {
        Some((PartWord::Quorum(_), length)) => length == text.len(),
        Some((PartWord::Deadline, length)) => {
            lapse::lapse(reader, &reader.trim(item.start + length..item.end)).is_some()
        }
        Some((PartWord::Then, length)) => {
            let rest = reader.text(reader.trim(item.start + length..item.end));
            keyword::longest(LAPSED, rest, Case::Any).is_some()
        }
        _ => false,
    }
}
