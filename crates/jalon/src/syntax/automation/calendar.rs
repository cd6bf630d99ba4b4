//! `calendrier Siège, fuseau Europe/Paris`: opening hours, holidays, where weeks and fiscal
//! years begin.

use std::ops::Range;

use super::{once, unknown};
use crate::diagnostic::{catalogue, did_you_mean};
use crate::lexicon::{Month, Weekday};
use crate::source::Span;
use crate::syntax::ast::{Calendar, CalendarLine, Days, Name, Opening};
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `fuseau Europe/Paris`
pub(crate) const ZONE: &Words = &Words::new(2, &["fuseau", "fuseau horaire", "zone", "time zone"]);
/// `lundi à vendredi`, the printed ones first.
pub(crate) const TO: &Words = &Words::new(2, &["à", "au", "to"]);
/// What may stand before `lundi au vendredi`.
const FROM: &[&str] = &["du", "de", "from"];
/// `dimanche fermé`, the printed ones first.
pub(crate) const CLOSED: &Words = &Words::new(3, &["fermé", "fermée", "fermés", "closed"]);

/// The word that a line begins with, unless it gives opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineWord {
    Holidays,
    Week,
    FiscalYear,
}

/// The lines that give no hours.
pub(crate) const LINES: &Table<LineWord> = &[
    (LineWord::Holidays, &["fériés", "jours fériés"], &["holidays", "public holidays"]),
    (
        LineWord::Week,
        &["semaine commence", "semaine commence le"],
        &["week starts", "week starts on"],
    ),
    (
        LineWord::FiscalYear,
        &["exercice commence", "exercice commence en"],
        &["fiscal year starts", "fiscal year starts in"],
    ),
];

/// The days of the week.
pub(crate) const WEEKDAYS: &Table<Weekday> = Weekday::WORDS;
/// The months.
pub(crate) const MONTHS: &Table<Month> = Month::WORDS;

/// What the lines say, so far.
#[derive(Default)]
struct Body {
    lines: Vec<CalendarLine>,
    week: Option<(Span, ())>,
    fiscal: Option<(Span, ())>,
}

/// Reads a calendar: its name, perhaps its zone, and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Calendar> {
    let head = reader.head_range(block).and_then(|head| self::head(reader, head));
    let mut body = Body::default();
    let mut good = true;
    for line in &block.lines {
        good &= body.line(reader, line.clone()).is_some();
    }
    let (name, zone) = head?;
    good.then_some(Calendar { name, zone, lines: body.lines })
}

/// `Siège, fuseau Europe/Paris`.
fn head(reader: &mut Reader<'_>, head: Range<usize>) -> Option<(Name, Option<Name>)> {
    let mut items = scan::items(reader.whole(), head.clone()).into_iter();
    let name = reader.name(items.next().unwrap_or(head));
    let zone = match items.next() {
        Some(item) => match reader.after(ZONE, &item, Case::Any) {
            Some(zone) if !zone.is_empty() => Some(reader.name(zone)?),
            _ => return unknown(reader, &catalogue::EXPECTED_ZONE, item, ZONE.iter().copied()),
        },
        None => None,
    };
    match items.next() {
        Some(extra) => reader.fail(&catalogue::EXPECTED_ZONE, extra),
        None => Some((name?, zone)),
    }
}

impl Body {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let span = reader.span(line.clone());
        let Some((word, length)) = keyword::longest(LINES, reader.text(line.clone()), Case::Any)
        else {
            self.lines.push(CalendarLine::Open(opening(reader, line)?));
            return Some(());
        };
        let rest = reader.trim(line.start + length..line.end);
        if rest.is_empty() {
            return reader.fail(&catalogue::UNKNOWN_CALENDAR_LINE, line);
        }
        self.lines.push(match word {
            LineWord::Holidays => CalendarLine::Holidays(reader.names(rest)?),
            LineWord::Week => {
                let day = one_of(reader, WEEKDAYS, &catalogue::UNKNOWN_WEEKDAY, rest)?;
                once(reader, &mut self.week, span, ())?;
                CalendarLine::WeekStarts(day)
            }
            LineWord::FiscalYear => {
                let month = one_of(reader, MONTHS, &catalogue::UNKNOWN_MONTH, rest)?;
                once(reader, &mut self.fiscal, span, ())?;
                CalendarLine::FiscalYearStarts(month)
            }
        });
        Some(())
    }
}

/// A word of a table, whole.
fn one_of<T: Copy>(
    reader: &mut Reader<'_>,
    table: &'static Table<T>,
    code: &'static crate::diagnostic::Code,
    range: Range<usize>,
) -> Option<T> {
    let text = reader.text(range.clone());
    keyword::whole(table, text, Case::Any).or_else(|| {
        let meant = did_you_mean(text, keyword::spellings(table));
        let error = reader.diagnostic(code, range).suggest(meant);
        reader.report(error);
        None
    })
}

/// `lundi à vendredi 09:00-12:00, 14:00-19:00`, `2026-12-24 fermé`.
fn opening(reader: &mut Reader<'_>, line: Range<usize>) -> Option<Opening> {
    let text = reader.text(line.clone());
    let dated = text.starts_with(|c: char| c.is_ascii_digit());
    // Hours begin at the first digit, behind the date where the line begins with one.
    let from = if dated { text.find(char::is_whitespace).unwrap_or(text.len()) } else { 0 };
    let closed = scan::phrases(reader.whole(), line.clone(), CLOSED).next();
    let digit = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| line.start + from + at);
    let start = closed.as_ref().map(|word| word.start).into_iter().chain(digit).min();
    let Some(start) = start.filter(|start| *start > line.start) else {
        let words = keyword::spellings(WEEKDAYS).chain(keyword::spellings(LINES));
        return unknown(reader, &catalogue::UNKNOWN_CALENDAR_LINE, line, words);
    };
    let days = reader.trim(line.start..start);
    let days = if dated {
        let text = reader.text(days.clone()).to_owned();
        Some(Days::Date(Name { span: reader.span(days), text, quoted: false }))
    } else {
        week(reader, days).map(Days::Week)
    };
    let hours = match closed {
        Some(word) if word.end == line.end => Some(Vec::new()),
        Some(_) => reader.fail(&catalogue::UNREADABLE_HOURS, start..line.end),
        None => hours(reader, start..line.end),
    };
    Some(Opening { span: reader.span(line), days: days?, hours: hours? })
}

/// `lundi à vendredi`, `lundi, mercredi`: every day that is meant.
fn week(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    for item in scan::items(reader.whole(), range) {
        let item = reader.after(FROM, &item, Case::Any).unwrap_or(item);
        let to = scan::phrases(reader.whole(), item.clone(), TO).next();
        let Some(to) = to else {
            days.push(one_of(reader, WEEKDAYS, &catalogue::UNKNOWN_WEEKDAY, item)?);
            continue;
        };
        let (first, last) = (reader.trim(item.start..to.start), reader.trim(to.end..item.end));
        let first = one_of(reader, WEEKDAYS, &catalogue::UNKNOWN_WEEKDAY, first)?;
        let last = one_of(reader, WEEKDAYS, &catalogue::UNKNOWN_WEEKDAY, last)?;
        days.push(first);
        let mut day = first;
        while day != last {
            day = next(day);
            days.push(day);
        }
    }
    Some(days)
}

/// The day after.
pub(crate) fn next(day: Weekday) -> Weekday {
    Weekday::ALL[(day.index() + 1) % Weekday::ALL.len()]
}

/// `09:00-12:00, 14:00-19:00`: from and to, as written.
fn hours(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Vec<(Name, Name)>> {
    let items = scan::items(reader.whole(), range);
    items.into_iter().map(|item| span_of_hours(reader, item)).collect()
}

fn span_of_hours(reader: &mut Reader<'_>, item: Range<usize>) -> Option<(Name, Name)> {
    let text = reader.text(item.clone());
    let dash = text.find(['-', '–', '—']).map(|at| {
        let length = text[at..].chars().next().map_or(1, char::len_utf8);
        item.start + at..item.start + at + length
    });
    let to = dash.or_else(|| scan::phrases(reader.whole(), item.clone(), TO).next());
    let sides = to.map(|to| (reader.trim(item.start..to.start), reader.trim(to.end..item.end)));
    let Some((from, to)) = sides.filter(|(from, to)| !from.is_empty() && !to.is_empty()) else {
        return reader.fail(&catalogue::UNREADABLE_HOURS, item);
    };
    let name = |range: Range<usize>| Name {
        text: reader.text(range.clone()).to_owned(),
        span: reader.span(range),
        quoted: false,
    };
    Some((name(from), name(to)))
}
