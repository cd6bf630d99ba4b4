//! `délai X, 3 jours ouvrés, rappel 1 jour avant, escalade rôle "Directeur"`.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::source::Span;
use crate::syntax::ast::{Actor, Deadline, Lapse, Name};
use crate::syntax::automation::unknown;
use crate::syntax::keyed::Keyed;
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse;
use crate::syntax::rule::options::actor;
use crate::syntax::rule::trigger::{AFTER, BEFORE};
use crate::syntax::scan;

/// The word that a part of a deadline begins with, unless it is how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartWord {
    Calendar,
    Reminder,
    Escalation,
}

/// The parts behind the length.
pub(crate) const PARTS: &Table<PartWord> = &[
    (PartWord::Calendar, &["calendrier"], &["calendar"]),
    (PartWord::Reminder, &["rappel"], &["reminder"]),
    (PartWord::Escalation, &["escalade"], &["escalation"]),
];

/// What the parts say, so far.
#[derive(Default)]
struct Parts {
    after: Option<Lapse>,
    calendar: Option<(Span, Name)>,
    reminders: Vec<(Lapse, Vec<Actor>)>,
    escalations: Vec<(Option<Lapse>, Vec<Actor>)>,
    /// The people that further items add to, and where their part stands.
    people: Option<(PartWord, Range<usize>)>,
}

/// Reads a deadline, its state first.
pub(super) fn parse(
    reader: &mut Reader<'_>,
    line: Range<usize>,
    rest: Range<usize>,
) -> Option<Deadline> {
    let mut items = scan::items(reader.whole(), rest.clone()).into_iter();
    let state = reader.name(items.next().unwrap_or(rest));
    let mut parts = Parts::default();
    let mut good = true;
    for item in items {
        good &= parts.item(reader, item).is_some();
    }
    good &= parts.somebody(reader).is_some();
    let Some(after) = parts.after else {
        if good {
            reader.fail::<()>(&catalogue::UNREADABLE_DEADLINE, line);
        }
        return None;
    };
    let Parts { calendar, reminders, escalations, .. } = parts;
    let calendar = calendar.map(|(_, name)| name);
    let span = reader.span(line);
    let deadline = Deadline { span, state: state?, after, calendar, reminders, escalations };
    good.then_some(deadline)
}

impl Parts {
    fn item(&mut self, reader: &mut Reader<'_>, item: Range<usize>) -> Option<()> {
        let found = keyword::longest(PARTS, reader.text(item.clone()), Case::Any);
        let Some((word, length)) = found else { return self.wordless(reader, item) };
        self.somebody(reader)?;
        let item = Keyed::new(reader, item, length);
        item.given(reader)?;
        let Keyed { whole: item, rest, .. } = item;
        match word {
            PartWord::Calendar => {
                let span = reader.span(item);
                reader.once(self.calendar.as_ref().map(|(first, _)| *first), span)?;
                self.calendar = Some((span, reader.name(rest)?));
                return Some(());
            }
            PartWord::Reminder => {
                let Some((length, people)) = timed(reader, &rest, BEFORE) else {
                    return reader.fail(&catalogue::UNREADABLE_REMINDER, item);
                };
                self.reminders.push((length, people_of(reader, people)?));
            }
            PartWord::Escalation => {
                let (length, people) = match timed(reader, &rest, AFTER) {
                    Some((length, people)) => (Some(length), people),
                    None => (None, rest),
                };
                self.escalations.push((length, people_of(reader, people)?));
            }
        }
        self.people = Some((word, item));
        Some(())
    }

    /// An item without a word: how long, or one more person.
    fn wordless(&mut self, reader: &mut Reader<'_>, item: Range<usize>) -> Option<()> {
        let length = lapse::lapse(reader, &item);
        if let Some(length) = length.filter(|_| self.after.is_none()) {
            self.after = Some(length);
            return Some(());
        }
        let people = match &self.people {
            Some((PartWord::Reminder, _)) => self.reminders.last_mut().map(|(_, people)| people),
            Some((PartWord::Escalation, _)) => self.escalations.last_mut().map(|(_, all)| all),
            _ => None,
        };
        if let Some(people) = people {
            people.push(actor(reader, item)?);
            return Some(());
        }
        let Some(length) = length else {
            let words = keyword::spellings(PARTS);
            return unknown(reader, &catalogue::UNKNOWN_DEADLINE_PART, item, words);
        };
        reader.once(self.after.map(|first| first.span), length.span)
    }

    /// An error when the escalation that ends here tells nobody.
    fn somebody(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let nobody = self.escalations.last().is_some_and(|(_, people)| people.is_empty());
        match self.people.take() {
            Some((PartWord::Escalation, item)) if nobody => {
                reader.fail(&catalogue::NOBODY_TOLD, item)
            }
            _ => Some(()),
        }
    }
}

/// A length of time up to `avant` or `après`, and what follows: `2 jours après rôle "X"`.
fn timed(
    reader: &Reader<'_>,
    range: &Range<usize>,
    words: &'static [&'static str],
) -> Option<(Lapse, Range<usize>)> {
    // `after 2 days`
    if let Some(length) = reader.after(words, range, Case::Any)
        && let Some(length) = lapse::lapse(reader, &length)
    {
        return Some((length, range.end..range.end));
    }
    let word = scan::phrases(reader.whole(), range.clone(), words).next()?;
    let length = lapse::lapse(reader, &reader.trim(range.start..word.start))?;
    Some((length, reader.trim(word.end..range.end)))
}

fn people_of(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Vec<Actor>> {
    if range.is_empty() { Some(Vec::new()) } else { Some(vec![actor(reader, range)?]) }
}
