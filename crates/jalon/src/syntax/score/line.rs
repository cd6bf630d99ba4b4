//! One line of a score: points, clauses, and the criterion that comes last.

use std::ops::Range;

use super::at_most;
use crate::diagnostic::{Diagnostic, catalogue, did_you_mean};
use crate::lexicon::event_type;
use crate::source::Span;
use crate::syntax::ast::{Criterion, Events, Expr, ExprKind, Lapse, Line, Name};
use crate::syntax::condition;
use crate::syntax::keyword::{self, AT_MOST, Case, IF, Table, Words};
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse::lapse;
use crate::syntax::scan;

/// `Ajouter 10 points` and `Soustraire 10 points`.
const VERBS: &Table<bool> =
    &[(false, &["ajouter"], &["add"]), (true, &["soustraire", "retirer"], &["subtract"])];
/// What may follow the number.
const POINTS: &[&str] = &["points", "point"];
/// `par e-mail ouvert`, the printed ones first.
pub(crate) const PER: &Words = &Words::new(2, &["par", "pour chaque", "per", "for each"]);
/// The end of `au plus 1 par jour`, the printed ones first.
pub(crate) const PER_DAY: &Words = &Words::new(1, &["par jour", "per day", "a day"]);
/// `sur 90 jours`, the printed ones first.
pub(crate) const WITHIN: &Words = &Words::new(2, &["sur", "sur les", "within"]);
/// `demi-vie 30 jours`, the printed ones first.
pub(crate) const HALF_LIFE: &Words =
    &Words::new(2, &["demi-vie", "demi-vie de", "half-life", "half-life of", "half life"]);

/// The verbs, for suggestions.
pub(super) fn verbs() -> impl Iterator<Item = &'static str> {
    keyword::spellings(VERBS)
}

/// Where the points of a line stand.
pub(super) struct Points {
    /// Whether they are taken away.
    negative: bool,
    /// Whether a word says so, and not the sign of the number.
    by_word: bool,
    /// First byte after the `+` or the verb; the `-` itself.
    start: usize,
}

impl Points {
    /// The points of a line, if it begins with some.
    pub(super) fn at(reader: &Reader<'_>, line: Range<usize>) -> Option<Points> {
        let text = reader.text(line.clone());
        if let Some((negative, length)) = keyword::longest(VERBS, text, Case::Any) {
            return Some(Points { negative, by_word: true, start: line.start + length });
        }
        match text.chars().next()? {
            '+' => Some(Points { negative: false, by_word: false, start: line.start + 1 }),
            '-' | '−' => Some(Points { negative: true, by_word: false, start: line.start }),
            _ => None,
        }
    }
}

/// Reads a line whose points begin as `points` says.
pub(super) fn parse(reader: &mut Reader<'_>, line: Range<usize>, points: &Points) -> Option<Line> {
    let whole = reader.whole();
    let body = points.start..line.end;
    let end = scan::comma(whole, body.clone())
        .into_iter()
        .chain(scan::phrases(whole, body.clone(), PER).next().map(|word| word.start))
        .chain(scan::phrases(whole, body.clone(), AT_MOST).next().map(|word| word.start))
        .chain(condition::find(reader, body.clone()).map(|word| word.start))
        .chain(lapse_start(reader, body.clone()))
        .min()
        .unwrap_or(line.end);
    let read = read_points(reader, &line, points, end);
    let clauses = Clauses::read(reader, end..line.end);
    let (points, clauses) = (read?, clauses?);
    Some(Line {
        span: reader.span(line),
        points,
        events: clauses.events(),
        cap: clauses.cap.map(|(_, cap)| cap),
        criterion: clauses.criterion.map(|(_, criterion)| criterion),
    })
}

/// Where `sur 90 jours` or `demi-vie 30 jours` begins: the word, then a digit.
fn lapse_start(reader: &Reader<'_>, range: Range<usize>) -> Option<usize> {
    [WITHIN, HALF_LIFE]
        .into_iter()
        .flat_map(|words| scan::phrases(reader.whole(), range.clone(), words))
        .filter(|word| {
            let rest = reader.trim(word.end..range.end);
            reader.text(rest).starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|word| word.start)
        .min()
}

/// The points themselves, up to `end`; taken away, they are a negated expression.
fn read_points(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    points: &Points,
    end: usize,
) -> Option<Expr> {
    let range = reader.trim(points.start..end);
    let range = reader.without_last(POINTS, range.clone()).unwrap_or(range);
    let text = reader.text(range.clone());
    if text.trim_start_matches(['-', '−']).trim().is_empty() {
        let written = reader.trim(line.start..points.start.max(range.end));
        return reader.fail(&catalogue::MISSING_POINTS, written);
    }
    let expr = reader.expr(range.clone())?;
    if points.by_word && points.negative {
        let span = reader.span(range);
        return Some(Expr { span, kind: ExprKind::Negate(Box::new(expr)) });
    }
    Some(negated_number(expr))
}

/// `-10` as the negation of 10, so that all ways to take points away are one.
fn negated_number(expr: Expr) -> Expr {
    match &expr.kind {
        ExprKind::Name(Name { text, quoted: false, span }) => {
            let Some(number) = text.strip_prefix(['-', '−']) else { return expr };
            let text = number.trim_start().to_owned();
            let name = ExprKind::Name(Name { span: *span, text, quoted: false });
            let inner = Expr { span: expr.span, kind: name };
            Expr { span: expr.span, kind: ExprKind::Negate(Box::new(inner)) }
        }
        _ => expr,
    }
}

/// What a clause says.
enum Clause {
    Event(Name),
    PerDay(u32),
    Cap(Name),
    Window(Lapse),
    HalfLife(Lapse),
}

/// The clauses of a line, each with its place.
#[derive(Default)]
struct Clauses {
    event: Option<(Span, Name)>,
    per_day: Option<(Span, u32)>,
    cap: Option<(Span, Name)>,
    window: Option<(Span, Lapse)>,
    half_life: Option<(Span, Lapse)>,
    criterion: Option<(Span, Criterion)>,
}

impl Clauses {
    /// Reads clauses between commas, in any order, and `si` to the end; stops at the first error.
    fn read(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Clauses> {
        let mut clauses = Clauses::default();
        let mut rest = reader.trim(range.clone());
        let condition = condition::find(reader, range);
        while !rest.is_empty() {
            if reader.text(rest.clone()).starts_with(',') {
                rest = reader.trim(rest.start + 1..rest.end);
                continue;
            }
            if let Some(word) = condition.clone().filter(|word| word.start == rest.start) {
                clauses.criterion = Some(condition::read(reader, word, rest.end, is_clause)?);
                break;
            }
            let end = scan::comma(reader.whole(), rest.clone()).unwrap_or(rest.end);
            let end = condition.as_ref().map_or(end, |word| word.start.min(end));
            let range = reader.trim(rest.start..end);
            let clause = clause(reader, range.clone())?;
            clauses.set(reader, range, clause)?;
            rest = reader.trim(end..rest.end);
        }
        clauses.checked(reader)
    }

    /// Keeps a clause; an error when the line has one like it.
    fn set(&mut self, reader: &mut Reader<'_>, range: Range<usize>, clause: Clause) -> Option<()> {
        let span = reader.span(range);
        let first = match clause {
            Clause::Event(event) => self.event.replace((span, event)).map(|(first, _)| first),
            Clause::PerDay(count) => self.per_day.replace((span, count)).map(|(first, _)| first),
            Clause::Cap(cap) => self.cap.replace((span, cap)).map(|(first, _)| first),
            Clause::Window(lapse) => self.window.replace((span, lapse)).map(|(first, _)| first),
            Clause::HalfLife(lapse) => {
                self.half_life.replace((span, lapse)).map(|(first, _)| first)
            }
        };
        reader.once(first, span)
    }

    /// Refuses clauses that count events on a line that counts none.
    fn checked(self, reader: &mut Reader<'_>) -> Option<Clauses> {
        let of_events = [
            self.per_day.as_ref().map(|(span, _)| *span),
            self.window.as_ref().map(|(span, _)| *span),
            self.half_life.as_ref().map(|(span, _)| *span),
        ];
        let first = of_events.into_iter().flatten().min_by_key(|span| span.start);
        match first {
            Some(span) if self.event.is_none() => {
                reader.report(Diagnostic::new(&catalogue::CLAUSE_NEEDS_EVENT, span));
                None
            }
            _ => Some(self),
        }
    }

    fn events(&self) -> Option<Events> {
        let (_, event) = self.event.clone()?;
        Some(Events {
            span: event.span,
            event,
            per_day: self.per_day.map(|(_, count)| count),
            window: self.window.map(|(_, lapse)| lapse),
            half_life: self.half_life.map(|(_, lapse)| lapse),
        })
    }
}

fn clause(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Clause> {
    if let Some(count) = at_most(reader, &range) {
        if let Some(number) = reader.without_last(PER_DAY, count.clone()) {
            return Some(Clause::PerDay(reader.count(number)?));
        }
        let number = reader.without_last(POINTS, count.clone()).unwrap_or(count);
        return Some(Clause::Cap(reader.number(number)?));
    }
    if let Some(event) = reader.after(PER, &range, Case::Any) {
        if event.is_empty() {
            return reader.fail(&catalogue::MISSING_EVENT, range);
        }
        return Some(Clause::Event(reader.name(event)?));
    }
    if let Some(lapse) = reader.after(HALF_LIFE, &range, Case::Any) {
        return Some(Clause::HalfLife(read_lapse(reader, &range, &lapse)?));
    }
    if let Some(lapse) = reader.after(WITHIN, &range, Case::Any) {
        return Some(Clause::Window(read_lapse(reader, &range, &lapse)?));
    }
    let words = [PER, AT_MOST, WITHIN, HALF_LIFE, IF].into_iter().flatten().copied();
    let text = reader.text(range.clone());
    let first = text.split_whitespace().next().unwrap_or(text);
    let place = range.start..range.start + first.len();
    let meant = did_you_mean(first, words);
    let place = if meant.is_some() { place } else { range };
    let unknown = reader.diagnostic(&catalogue::UNKNOWN_CLAUSE, place).suggest(meant);
    reader.report(unknown);
    None
}

fn read_lapse(
    reader: &mut Reader<'_>,
    clause: &Range<usize>,
    range: &Range<usize>,
) -> Option<Lapse> {
    match lapse(reader, range) {
        Some(lapse) => Some(lapse),
        None => reader.fail(&catalogue::UNREADABLE_LAPSE, clause.clone()),
    }
}

/// Whether a value of the criterion is spelled like a clause.
fn is_clause(reader: &Reader<'_>, item: &Range<usize>) -> bool {
    let text = |range: Range<usize>| reader.text(range);
    if let Some(count) = at_most(reader, item) {
        return text(count).starts_with(|c: char| c.is_ascii_digit());
    }
    if let Some(event) = reader.after(PER, item, Case::Any) {
        return event_type(text(event)).is_some();
    }
    [HALF_LIFE, WITHIN]
        .into_iter()
        .filter_map(|words| reader.after(words, item, Case::Any))
        .any(|rest| lapse(reader, &rest).is_some())
}
