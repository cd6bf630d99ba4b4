//! What follows the head of an action: options between commas, in any order.

use std::ops::Range;

use super::lapse;
use crate::diagnostic::{catalogue, did_you_mean};
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::ast::{Actor, ActorKind, Due, Item, Setting};
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that an option begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OptionWord {
    Due,
    Priority,
    For,
    Done,
    To,
    Length,
    With,
    Subject,
    Text,
    Html,
    Copy,
    Place,
    Description,
}

/// The options of a task.
pub(crate) const TASK: &Table<OptionWord> = &[
    (OptionWord::Due, &["échéance"], &["due"]),
    (OptionWord::Priority, &["priorité"], &["priority"]),
    (OptionWord::For, &["pour", "affectée à"], &["for", "assigned to"]),
    (OptionWord::Done, &["terminée", "terminé"], &["done", "completed"]),
    (OptionWord::Description, &["description"], &["description"]),
];

/// The options of an e-mail and of an alert.
pub(crate) const MESSAGE: &Table<OptionWord> = &[
    (OptionWord::To, &["à"], &["to"]),
    (OptionWord::Subject, &["objet"], &["subject"]),
    (OptionWord::Text, &["texte"], &["text"]),
    (OptionWord::Html, &["html"], &["html"]),
    (OptionWord::Copy, &["copie"], &["copy", "cc"]),
];

/// The options of a meeting; when it begins has no word.
pub(crate) const MEETING: &Table<OptionWord> = &[
    (OptionWord::Length, &["durée"], &["length", "duration"]),
    (OptionWord::With, &["avec"], &["with"]),
    (OptionWord::Place, &["lieu"], &["place", "location"]),
    (OptionWord::Description, &["description"], &["description"]),
];

/// The kinds of actor.
pub(crate) const ACTORS: &Table<ActorKind> = &[
    (ActorKind::User, &["utilisateur"], &["user"]),
    (ActorKind::Role, &["rôle"], &["role"]),
    (ActorKind::Group, &["groupe"], &["group"]),
    (ActorKind::Field, &["champ"], &["field"]),
];

/// `dans 2 jours`
pub(crate) const IN: &Words = &Words::new(1, &["dans", "in"]);
/// `le 2026-07-01`
pub(crate) const ON_DAY: &Words = &Words::new(1, &["le", "on"]);

/// One option.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Which; none for one without a known word.
    pub(super) word: Option<OptionWord>,
    /// Its word and what follows.
    pub(super) whole: Range<usize>,
    /// What follows its word.
    pub(super) value: Range<usize>,
}

/// The head of an action and its options.
#[derive(Debug)]
pub(super) struct Parts {
    /// What stands before the first option; empty when nothing does.
    pub(super) head: Range<usize>,
    /// In source order.
    pub(super) options: Vec<Part>,
}

/// Whether the values of an option go on over commas.
fn is_list(word: OptionWord) -> bool {
    matches!(word, OptionWord::To | OptionWord::With | OptionWord::Copy)
}

/// Cuts what follows the keyword of an action. A head in quotes needs no comma behind it.
pub(super) fn cut(reader: &Reader<'_>, rest: Range<usize>, table: &Table<OptionWord>) -> Parts {
    let mut items = scan::items(reader.whole(), rest.clone()).into_iter().peekable();
    let start = rest.start..rest.start;
    let Some(first) = items.next_if(|item| item.start == rest.start) else {
        return Parts { head: start, options: group(reader, items, table) };
    };
    if part(reader, &first, table).word.is_some() {
        let items = std::iter::once(first).chain(items);
        return Parts { head: start, options: group(reader, items, table) };
    }
    let (head, behind) = quoted_head(reader, &first, table).unwrap_or((first, None));
    Parts { head, options: group(reader, behind.into_iter().chain(items), table) }
}

/// A quote and the option directly behind it.
fn quoted_head(
    reader: &Reader<'_>,
    first: &Range<usize>,
    table: &Table<OptionWord>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    if !reader.text(first.clone()).starts_with(['"', '«']) {
        return None;
    }
    let end = scan::quote_end(reader.text(0..first.end), first.start)?;
    let behind = reader.trim(end..first.end);
    part(reader, &behind, table).word?;
    Some((first.start..end, Some(behind)))
}

fn part(reader: &Reader<'_>, item: &Range<usize>, table: &Table<OptionWord>) -> Part {
    let found = keyword::longest(table, reader.text(item.clone()), Case::Any);
    let length = found.map_or(0, |(_, length)| length);
    Part {
        word: found.map(|(word, _)| word),
        whole: item.clone(),
        value: reader.trim(item.start + length..item.end),
    }
}

/// Options from items: those without a word go on with a list before them.
fn group(
    reader: &Reader<'_>,
    items: impl Iterator<Item = Range<usize>>,
    table: &Table<OptionWord>,
) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for item in items {
        let part = part(reader, &item, table);
        match parts.last_mut() {
            Some(last)
                if part.word.is_none()
                    && last.word.is_some_and(is_list)
                    && !(last.word == Some(OptionWord::With) && begins_moment(reader, &item)) =>
            {
                last.whole.end = item.end;
                last.value.end = item.end;
            }
            _ => parts.push(part),
        }
    }
    parts
}

/// Whether an item says when: `dans 2 jours`, `le 2026-07-01`, a date.
fn begins_moment(reader: &Reader<'_>, item: &Range<usize>) -> bool {
    let digit = |range: Range<usize>| reader.text(range).starts_with(|c: char| c.is_ascii_digit());
    digit(item.clone())
        || reader
            .after(IN, item, Case::Any)
            .is_some_and(|rest| lapse::lapse(reader, &rest).is_some())
        || reader.after(ON_DAY, item, Case::Strict).is_some_and(digit)
}

/// Reads `dans 1 jour ouvré`, `demain`, `le 2026-07-01`.
pub(super) fn due(reader: &mut Reader<'_>, part: &Part) -> Option<Due> {
    if let Some(rest) = reader.after(IN, &part.value, Case::Any) {
        return lapse::required(reader, &rest, &part.whole).map(Due::In);
    }
    let value = match reader.after(ON_DAY, &part.value, Case::Strict) {
        Some(day) if !day.is_empty() => day,
        _ => part.value.clone(),
    };
    item(reader, value).map(Due::At)
}

/// Says that a part of an action is missing when `part` has nothing behind its word.
pub(super) fn filled(reader: &mut Reader<'_>, part: &Part) -> Option<()> {
    if part.value.is_empty() {
        return reader.fail(&catalogue::MISSING_PART, part.whole.clone());
    }
    Some(())
}

/// One value.
pub(super) fn item(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Item> {
    let mut items = reader.items(range.clone())?;
    match items.len() {
        1 => items.pop(),
        _ => reader.fail(&catalogue::ONE_NAME, range),
    }
}

/// `Alice`, `rôle "Directeur commercial"`.
pub(crate) fn actor(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Actor> {
    let found = keyword::longest(ACTORS, reader.text(range.clone()), Case::Any);
    let named = found.map(|(kind, length)| (kind, reader.trim(range.start + length..range.end)));
    match named.filter(|(_, name)| !name.is_empty()) {
        Some((kind, name)) => Some(Actor { kind: Some(kind), name: reader.name(name)? }),
        None => Some(Actor { kind: None, name: reader.name(range)? }),
    }
}

/// Actors between commas.
pub(super) fn actors(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Vec<Actor>> {
    let items = scan::items(reader.whole(), range);
    let read: Vec<_> = items.into_iter().map(|item| actor(reader, item)).collect();
    read.into_iter().collect()
}

/// `objet "…"`: an option that is kept under its French word.
pub(super) fn setting(
    reader: &mut Reader<'_>,
    part: &Part,
    word: OptionWord,
    table: &Table<OptionWord>,
) -> Option<Setting> {
    let values = if is_list(word) {
        reader.items(part.value.clone())?
    } else {
        vec![item(reader, part.value.clone())?]
    };
    let end = part.whole.start + reader.text(part.whole.start..part.value.start).trim_end().len();
    let key = keyword::spelling(table, &word, Lang::Fr).to_owned();
    Some(Setting { key, span: reader.span(part.whole.start..end), values })
}

/// Refuses what is said twice; remembers what is said.
#[derive(Default)]
pub(super) struct Said(Vec<(OptionWord, Span)>);

impl Said {
    /// An error when the option was there before.
    pub(super) fn once(
        &mut self,
        reader: &mut Reader<'_>,
        part: &Part,
        word: OptionWord,
    ) -> Option<()> {
        let span = reader.span(part.whole.clone());
        let first = self.0.iter().find(|(said, _)| *said == word).map(|(_, first)| *first);
        reader.once(first, span)?;
        self.0.push((word, span));
        Some(())
    }
}

/// Says that an option is none of a table, and which there are.
pub(super) fn unknown<T>(
    reader: &mut Reader<'_>,
    part: &Part,
    action: &str,
    table: &'static Table<OptionWord>,
) -> Option<T> {
    let text = reader.text(part.whole.clone());
    let first = text.split_whitespace().next().unwrap_or(text);
    let meant = did_you_mean(first, keyword::spellings(table));
    let place = match meant {
        Some(_) => part.whole.start..part.whole.start + first.len(),
        None => part.whole.clone(),
    };
    let options = |lang: Lang| {
        let words = table.iter().filter_map(|(_, fr, en)| lang.pick(fr, en).first().copied());
        words.collect::<Vec<_>>().join(", ")
    };
    let unknown = reader.diagnostic(&catalogue::UNKNOWN_OPTION, place).arg("action", action);
    let unknown = unknown.arg("options_fr", options(Lang::Fr));
    reader.report(unknown.arg("options_en", options(Lang::En)).suggest(meant));
    None
}
