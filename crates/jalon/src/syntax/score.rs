//! Scores: lines with points, groups, limits, stars and labels.

pub(crate) mod line;

pub(crate) use line::{HALF_LIFE, PER, PER_DAY, WITHIN};

use std::ops::Range;

use super::ast::{Group, Limits, Line, Name, Score, Threshold};
use super::keyword::{self, AT_MOST, Case, Table, Words};
use super::layout::Block;
use super::reader::Reader;
use super::scan;
use crate::diagnostic::{Fix, catalogue, did_you_mean};
use crate::source::Span;

/// The word that a line begins with, unless it begins with points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineWord {
    Group,
    Limits,
    Stars,
    Labels,
}

/// The lines that are no points.
pub(crate) const LINES: &Table<LineWord> = &[
    (LineWord::Group, &["groupe"], &["group"]),
    (LineWord::Limits, &["entre"], &["between"]),
    (LineWord::Stars, &["étoiles"], &["stars"]),
    (LineWord::Labels, &["mentions"], &["labels"]),
];

/// `entre a et b`
const BETWEEN: &[&str] = &["entre", "between"];
/// The middle of `entre a et b`.
pub(crate) const AND: &Words = &Words::new(1, &["et", "and"]);
/// `chaud dès 60`
pub(crate) const FROM: &Words = &Words::new(1, &["dès", "from"]);

/// Reads a score: `score Scorex sur Prospects` and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Score> {
    let head = reader.head(block);
    let mut body = Body::default();
    for line in &block.lines {
        // A broken line is reported and left out: the others are still worth checking.
        let _ = body.line(reader, line.clone());
    }
    let (name, module) = head?;
    let Body { lines, groups, limits, stars, labels, .. } = body;
    Some(Score {
        name,
        module,
        lines,
        groups,
        limits: limits.map(|(_, limits)| limits),
        stars: stars.map(|(_, stars)| stars).unwrap_or_default(),
        labels: labels.map(|(_, labels)| labels).unwrap_or_default(),
    })
}

/// What the lines of a score say, so far.
#[derive(Default)]
struct Body {
    lines: Vec<Line>,
    groups: Vec<Group>,
    in_group: bool,
    limits: Option<(Span, Limits)>,
    stars: Option<(Span, Vec<Threshold>)>,
    labels: Option<(Span, Vec<Threshold>)>,
}

impl Body {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let span = reader.span(line.clone());
        let text = reader.text(line.clone());
        let Some((word, length)) = keyword::longest(LINES, text, Case::Any) else {
            let points = points_line(reader, line)?;
            match self.groups.last_mut().filter(|_| self.in_group) {
                Some(group) => group.lines.push(points),
                None => self.lines.push(points),
            }
            return Some(());
        };
        let rest = reader.trim(line.start + length..line.end);
        self.in_group = word == LineWord::Group;
        match word {
            LineWord::Group => {
                let group = group(reader, span, line.start..line.start + length, rest);
                // The lines of a broken group are read all the same.
                self.groups.push(group?);
            }
            LineWord::Limits => {
                reader.once(self.limits.as_ref().map(|(first, _)| *first), span)?;
                self.limits = Some((span, limits(reader, line)?));
            }
            LineWord::Stars => {
                reader.once(self.stars.as_ref().map(|(first, _)| *first), span)?;
                self.stars = Some((span, thresholds(reader, &line, rest, word)?));
            }
            LineWord::Labels => {
                reader.once(self.labels.as_ref().map(|(first, _)| *first), span)?;
                self.labels = Some((span, thresholds(reader, &line, rest, word)?));
            }
        }
        Some(())
    }
}

/// `Comportement, entre 0 et 60`, after `groupe`.
fn group(
    reader: &mut Reader<'_>,
    span: Span,
    keyword: Range<usize>,
    rest: Range<usize>,
) -> Option<Group> {
    let mut items = scan::items(reader.whole(), rest).into_iter();
    let Some(name) = items.next() else {
        return reader.fail(&catalogue::MISSING_NAME, keyword);
    };
    let name = reader.name(name);
    let limits = match items.next() {
        Some(item) => Some(limits(reader, item)?),
        None => None,
    };
    if let Some(extra) = items.next() {
        return reader.fail(&catalogue::UNREADABLE_LIMITS, extra);
    }
    Some(Group { span, name: name?, limits, lines: Vec::new() })
}

/// `entre a et b`.
fn limits(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Limits> {
    let span = reader.span(range.clone());
    let bounds = reader.after(BETWEEN, &range, Case::Any).and_then(|bounds| {
        let and = scan::phrases(reader.whole(), bounds.clone(), AND).next()?;
        Some((bounds.start..and.start, and.end..bounds.end))
    });
    let Some((low, high)) = bounds else {
        return reader.fail(&catalogue::UNREADABLE_LIMITS, range);
    };
    let (low, high) = (reader.trim(low), reader.trim(high));
    if low.is_empty() || high.is_empty() {
        return reader.fail(&catalogue::UNREADABLE_LIMITS, range);
    }
    let (low, high) = (reader.number(low), reader.number(high));
    Some(Limits { span, low: low?, high: high? })
}

/// `froid dès -100, tiède dès 30`.
fn thresholds(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    rest: Range<usize>,
    word: LineWord,
) -> Option<Vec<Threshold>> {
    let items = scan::items(reader.whole(), rest);
    if items.is_empty() {
        return reader.fail(&catalogue::UNREADABLE_THRESHOLD, line.clone());
    }
    items.into_iter().map(|item| threshold(reader, item, word)).collect()
}

fn threshold(reader: &mut Reader<'_>, item: Range<usize>, word: LineWord) -> Option<Threshold> {
    let from = scan::phrases(reader.whole(), item.clone(), FROM).last();
    let Some(from) = from.filter(|from| from.start > item.start && from.end < item.end) else {
        return reader.fail(&catalogue::UNREADABLE_THRESHOLD, item);
    };
    let name = reader.trim(item.start..from.start);
    let name = match word {
        LineWord::Stars => {
            reader.count(name.clone())?;
            let text = reader.text(name.clone()).to_owned();
            Some(Name { span: reader.span(name), text, quoted: false })
        }
        _ => reader.name(name),
    };
    let from = reader.number(from.end..item.end);
    Some(Threshold { name: name?, from: from? })
}

/// `+25 si …`, or an error that says what a line of a score may be.
fn points_line(reader: &mut Reader<'_>, line: Range<usize>) -> Option<Line> {
    if let Some(points) = line::Points::at(reader, line.clone()) {
        return line::parse(reader, line, &points);
    }
    let place = reader.first_word(&line);
    let first = reader.text(place.clone());
    let mut wrong = reader.diagnostic(&catalogue::NO_SCORE_LINE, place.clone());
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        let at = reader.span(line.start..line.start);
        wrong = wrong.fix(Fix::replace(&catalogue::INSERT, at, "+"));
    } else {
        let words = keyword::spellings(LINES).chain(line::verbs());
        wrong = wrong.suggest(did_you_mean(first, words));
    }
    reader.report(wrong);
    None
}

/// `au plus 50`, as words after which a number stands.
pub(crate) fn at_most(reader: &Reader<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    reader.after(AT_MOST, range, Case::Any)
}
