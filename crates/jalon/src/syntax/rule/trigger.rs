//! Triggers: what follows `quand`.

use std::ops::Range;

use super::lapse;
use crate::diagnostic::{Fix, catalogue};
use crate::lang::Lang;
use crate::lexicon::{OPERATORS, Op, Unit, event_type, key, spellings};
use crate::syntax::ast::{DateTrigger, Offset, Trigger, TriggerKind};
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::printer::{print_criterion, quote};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// A trigger that is one keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TriggerWord {
    Created,
    Updated,
    CreatedOrUpdated,
    Deleted,
    Manual,
}

/// The triggers that are one keyword.
pub(crate) const TRIGGERS: &Table<TriggerWord> = &[
    (TriggerWord::Created, &["créé", "créée", "créer"], &["created"]),
    (TriggerWord::Updated, &["modifié", "modifiée", "modifier"], &["updated"]),
    (
        TriggerWord::CreatedOrUpdated,
        &["créé ou modifié", "créée ou modifiée", "créer ou modifier"],
        &["created or updated"],
    ),
    (TriggerWord::Deleted, &["supprimé", "supprimée", "supprimer"], &["deleted"]),
    (TriggerWord::Manual, &["manuel"], &["manual"]),
];

/// The end of `A, B modifiés`.
const CHANGED: &[&str] = &["modifié", "modifiés", "modifiée", "modifiées", "changed"];
/// `score Scorex atteint 50`
pub(crate) const SCORE: &Words = &Words::new(1, &["score", "score"]);
/// `atteint 50`
pub(crate) const RISES: &Words = &Words::new(1, &["atteint", "reaches"]);
/// `descend sous 20`
pub(crate) const FALLS: &Words = &Words::new(1, &["descend sous", "falls below"]);
/// `sans modification depuis 2 jours`, the printed ones first.
pub(crate) const IDLE: &Words = &Words::new(
    3,
    &[
        "sans modification depuis",
        "non modifié depuis",
        "inchangé depuis",
        "not updated for",
        "without change for",
        "no change for",
        "unchanged for",
    ],
);
/// `3 jours avant`
pub(crate) const BEFORE: &Words = &Words::new(1, &["avant", "before"]);
/// `3 jours après`
pub(crate) const AFTER: &Words = &Words::new(1, &["après", "after"]);
/// `chaque mois`, the printed ones first.
pub(crate) const EVERY: &Words = &Words::new(1, &["chaque", "every", "each"]);

/// Reads what follows `quand` on a line.
pub(crate) fn parse(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    clause: Range<usize>,
) -> Option<Trigger> {
    if clause.is_empty() {
        return reader.fail(&catalogue::MISSING_TRIGGER, line.clone());
    }
    let span = reader.span(clause.clone());
    Some(Trigger { span, kind: kind(reader, line, clause)? })
}

fn kind(reader: &mut Reader<'_>, line: &Range<usize>, clause: Range<usize>) -> Option<TriggerKind> {
    if let Some(word) = keyword::whole(TRIGGERS, reader.text(clause.clone()), Case::Any) {
        return Some(match word {
            TriggerWord::Created => TriggerKind::Created,
            TriggerWord::Updated => TriggerKind::Updated,
            TriggerWord::CreatedOrUpdated => TriggerKind::CreatedOrUpdated,
            TriggerWord::Deleted => TriggerKind::Deleted,
            TriggerWord::Manual => TriggerKind::Manual,
        });
    }
    let change = operator(reader, clause.clone(), Op::is_change);
    // Operators in capitals win.
    if change.is_some_and(|found| found.capitals) {
        return Some(TriggerKind::Criterion(reader.criterion(clause)?));
    }
    if let Some(idle) = reader.after(IDLE, &clause, Case::Any) {
        return lapse::required(reader, &idle, &clause).map(TriggerKind::Idle);
    }
    if let Some((verb, rising)) = score_verb(reader, &clause) {
        return score(reader, &clause, verb, rising);
    }
    let readings = Readings {
        criterion: change.and_then(|found| {
            let read = reader.attempt(|reader| reader.criterion(clause.clone()));
            read.map(|criterion| (found.lang, criterion))
        }),
        changed: reader.without_last(CHANGED, clause.clone()).filter(|names| !names.is_empty()),
        date: Some(Date::find(reader, clause.clone())).filter(Date::is_explicit),
    };
    readings.only(reader, line, clause)
}

/// The ways to read a clause that is no keyword.
struct Readings {
    /// `Statut devient Client`
    criterion: Option<(Lang, crate::syntax::ast::Criterion)>,
    /// The names of `A, B modifiés`.
    changed: Option<Range<usize>>,
    /// `3 jours avant Date Prochain Push`
    date: Option<Date>,
}

impl Readings {
    /// The only reading; a name where there is none, an error where there are several.
    fn only(
        self,
        reader: &mut Reader<'_>,
        line: &Range<usize>,
        clause: Range<usize>,
    ) -> Option<TriggerKind> {
        match self {
            Readings { criterion: Some((_, criterion)), changed: None, date: None } => {
                // Read once more for its warnings.
                Some(TriggerKind::Criterion(reader.criterion(clause).unwrap_or(criterion)))
            }
            Readings { criterion: None, changed: Some(names), date: None } => {
                Some(TriggerKind::Changed(reader.names(names)?))
            }
            Readings { criterion: None, changed: None, date: Some(date) } => {
                Some(TriggerKind::Date(date.read(reader, &clause)?))
            }
            Readings { criterion: None, changed: None, date: None } => name(reader, line, clause),
            several => several.ambiguous(reader, clause),
        }
    }

    fn ambiguous<T>(self, reader: &mut Reader<'_>, clause: Range<usize>) -> Option<T> {
        let mut readings = Vec::new();
        if let Some((lang, criterion)) = &self.criterion {
            readings.push(print_criterion(criterion, *lang));
        }
        let quoted = |reader: &Reader<'_>, name: &Range<usize>| {
            let before = reader.text(clause.start..name.start);
            let after = reader.text(name.end..clause.end);
            format!("{before}{}{after}", quote(reader.text(name.clone())))
        };
        readings.extend(self.changed.map(|names| quoted(reader, &names)));
        readings.extend(self.date.map(|date| quoted(reader, &date.field)));
        let span = reader.span(clause.clone());
        let mut several = reader.diagnostic(&catalogue::WHICH_TRIGGER, clause);
        for reading in readings {
            several = several.fix(Fix::replace(&catalogue::READ_AS, span, &reading));
        }
        reader.report(several);
        None
    }
}

/// A name alone: an event type, or a date field. A condition in its place is an error.
fn name(reader: &mut Reader<'_>, line: &Range<usize>, clause: Range<usize>) -> Option<TriggerKind> {
    let compares = operator(reader, clause.clone(), |_| true).is_some_and(|found| found.capitals);
    if compares && reader.attempt(|reader| reader.criterion(clause.clone())).is_some() {
        let place = reader.span(line.start..clause.start);
        let word = reader.text(line.start..clause.start).trim_end();
        let new = if word.starts_with(['w', 'W']) { "if " } else { "si " };
        let fix = Fix::replace(&catalogue::REPLACE_WITH, place, new);
        let wrong = reader.diagnostic(&catalogue::CONDITION_AS_TRIGGER, clause);
        reader.report(wrong.fix(fix));
        return None;
    }
    let name = reader.name(clause)?;
    if name.quoted || event_type(&name.text).is_some() {
        return Some(TriggerKind::Event(name));
    }
    Some(TriggerKind::Date(DateTrigger { field: name, offset: None, at: None, every: None }))
}

/// An operator among the words of a clause.
#[derive(Clone, Copy)]
struct Operator {
    capitals: bool,
    lang: Lang,
}

/// The first operator of a kind behind the first word: in capitals if there is one, else in lower
/// case.
fn operator(reader: &Reader<'_>, range: Range<usize>, of: fn(Op) -> bool) -> Option<Operator> {
    let whole = reader.whole();
    let start = range.start;
    let find = |rest: &str| {
        let first = rest.split([' ', '\n', ',', '(']).next().unwrap_or(rest);
        let phrases = spellings(&key(first)).iter().filter(|spelling| of(spelling.op));
        phrases
            .filter_map(|spelling| keyword::starts(rest, &spelling.words.join(" "), Case::Any))
            .max()
    };
    let mut lower = None;
    for word in scan::words(whole, range, find).filter(|word| word.start > start) {
        let text = whole.get(word).unwrap_or("");
        let capitals = text == text.to_uppercase();
        if capitals {
            return Some(Operator { capitals, lang: language(text) });
        }
        if lower.is_none() && text == text.to_lowercase() {
            lower = Some(Operator { capitals, lang: language(text) });
        }
    }
    lower
}

/// The language of an operator.
fn language(operator: &str) -> Lang {
    let mut french = OPERATORS.iter().flat_map(|row| row.fr);
    let is_french = french.any(|word| keyword::starts(operator, word, Case::Any).is_some());
    if is_french { Lang::Fr } else { Lang::En }
}

/// The `atteint` or `descend sous` of a clause that begins with `score`, and whether it rises.
fn score_verb(reader: &Reader<'_>, clause: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let body = reader.after(SCORE, clause, Case::Any)?;
    let last = |words| scan::phrases(reader.whole(), body.clone(), words).last();
    match (last(RISES), last(FALLS)) {
        (Some(rises), Some(falls)) if falls.start > rises.start => Some((falls, false)),
        (Some(rises), _) => Some((rises, true)),
        (None, falls) => Some((falls?, false)),
    }
}

/// `score Scorex atteint 50`
fn score(
    reader: &mut Reader<'_>,
    clause: &Range<usize>,
    verb: Range<usize>,
    rising: bool,
) -> Option<TriggerKind> {
    let body = reader.after(SCORE, clause, Case::Any)?;
    let name = reader.trim(body.start..verb.start);
    let threshold = reader.trim(verb.end..body.end);
    if name.is_empty() || threshold.is_empty() {
        return reader.fail(&catalogue::INCOMPLETE_TRIGGER, clause.clone());
    }
    let name = reader.name(name);
    let threshold = reader.number(threshold);
    Some(TriggerKind::Score { score: name?, rising, threshold: threshold? })
}

/// The parts of a date trigger.
struct Date {
    field: Range<usize>,
    /// The length of time before `avant` or `après`, and whether it is after.
    offset: Option<(Range<usize>, bool)>,
    at: Option<Range<usize>>,
    every: Option<Range<usize>>,
}

impl Date {
    /// Cuts a clause: what recurs and the time of day from its end, the offset from its start.
    fn find(reader: &Reader<'_>, clause: Range<usize>) -> Date {
        let mut field = clause;
        let mut every = None;
        let mut at = None;
        for _ in 0..2 {
            if every.is_none()
                && let Some((before, unit)) = before_every(reader, &field)
            {
                field = before;
                every = Some(unit);
            }
            if at.is_none()
                && let Some((before, time)) = lapse::before_time(reader, &field)
            {
                field = before;
                at = Some(time);
            }
        }
        // At the end it is no name: `chaque mois, chaque mois` is about a field `chaque mois`.
        if every.is_none()
            && let Some((unit, rest)) = first_every(reader, &field)
        {
            field = rest;
            every = Some(unit);
        }
        let offset = offset(reader, &field);
        let offset = offset.map(|(lapse, after, rest)| {
            field = rest;
            (lapse, after)
        });
        Date { field, offset, at, every }
    }

    /// Whether it says more than a name.
    fn is_explicit(&self) -> bool {
        self.offset.is_some() || self.at.is_some() || self.every.is_some()
    }

    fn read(self, reader: &mut Reader<'_>, clause: &Range<usize>) -> Option<DateTrigger> {
        if self.field.is_empty() {
            return reader.fail(&catalogue::INCOMPLETE_TRIGGER, clause.clone());
        }
        let field = reader.name(self.field)?;
        let offset = match self.offset {
            Some((range, after)) => {
                Some(Offset { lapse: lapse::required(reader, &range, clause)?, after })
            }
            None => None,
        };
        let at = match self.at {
            Some(time) => Some(lapse::time(reader, time)?),
            None => None,
        };
        let every = match self.every {
            Some(unit) => Some(recurs(reader, unit)?),
            None => None,
        };
        Some(DateTrigger { field, offset, at, every })
    }
}

/// Parts a range at `, chaque mois`; what follows a comma and `chaque` need not be sound.
fn before_every(reader: &Reader<'_>, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let every = scan::phrases(reader.whole(), range.clone(), EVERY).last()?;
    let unit = reader.trim(every.end..range.end);
    let before = reader.trim(range.start..every.start);
    let text = reader.text(before.clone());
    let bare = text.trim_end_matches(',');
    let known = matches!(Unit::parse(reader.text(unit.clone())), Some(Unit::Month | Unit::Year));
    let before = reader.trim(before.start..before.start + bare.len());
    (known || bare.len() < text.len()).then_some((before, unit))
}

/// Parts a range after `chaque mois` or `chaque année, `, where something follows.
fn first_every(reader: &Reader<'_>, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let rest = reader.after(EVERY, range, Case::Any)?;
    let text = reader.text(rest.clone());
    let word = text.split([' ', '\u{a0}', ',', '\t']).next().unwrap_or(text);
    let unit = rest.start..rest.start + word.len();
    let comma = usize::from(text[word.len()..].starts_with(','));
    let rest = reader.trim(unit.end + comma..rest.end);
    let known = matches!(Unit::parse(word), Some(Unit::Month | Unit::Year));
    (known && !rest.is_empty()).then_some((unit, rest))
}

fn recurs(reader: &mut Reader<'_>, unit: Range<usize>) -> Option<Unit> {
    match Unit::parse(reader.text(unit.clone())) {
        Some(unit @ (Unit::Month | Unit::Year)) => Some(unit),
        _ => reader.fail(&catalogue::UNREADABLE_EVERY, unit),
    }
}

/// `3 jours avant` at the start: the length of time, whether after, and what follows.
fn offset(reader: &Reader<'_>, range: &Range<usize>) -> Option<(Range<usize>, bool, Range<usize>)> {
    let first = |words| scan::phrases(reader.whole(), range.clone(), words).next();
    let (word, after) = match (first(BEFORE), first(AFTER)) {
        (Some(before), Some(after)) if after.start < before.start => (after, true),
        (Some(before), _) => (before, false),
        (None, after) => (after?, true),
    };
    let length = reader.trim(range.start..word.start);
    lapse::lapse(reader, &length)?;
    Some((length, after, reader.trim(word.end..range.end)))
}
