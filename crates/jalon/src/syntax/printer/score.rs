//! Prints scores.

use super::criterion::{criterion, lapse};
use super::expr::expr;
use super::known::Known;
use super::rule::{event_type, value_text};
use super::text::{Node, Piece, Text, Word, listed, text};
use super::{head, label};
use crate::syntax::ast::{Events, Expr, ExprKind, Limits, Line, Score, Threshold};
use crate::syntax::keyword::{AT_MOST, IF, Kind};
use crate::syntax::score::{AND, FROM, HALF_LIFE, LINES, LineWord, PER, PER_DAY, WITHIN};

/// The lines of a score.
pub(super) fn print(score: &Score, known: Known<'_>) -> Node {
    let line = |line: &Line| Node::new(self::line(line, known)).at(line.span);
    let mut lines: Vec<Node> = score.lines.iter().map(line).collect();
    for group in &score.groups {
        let limits = group.limits.as_ref().map(|limits| text![Piece::Comma, self::limits(limits)]);
        let text = text![Word::of(LINES, &LineWord::Group), " ", label(&group.name), limits];
        lines.push(Node::new(text).at(group.span).with(group.lines.iter().map(line)));
    }
    lines.extend(
        score.limits.as_ref().map(|limits| Node::new(self::limits(limits)).at(limits.span)),
    );
    lines.extend(thresholds(LineWord::Stars, &score.stars));
    lines.extend(thresholds(LineWord::Labels, &score.labels));
    Node::new(head(Kind::Score, &score.name, score.module.as_ref())).with(lines)
}

fn limits(limits: &Limits) -> Text {
    let between = Word::of(LINES, &LineWord::Limits);
    let (low, high) = (value_text(&limits.low), value_text(&limits.high));
    text![between, " ", low, " ", Word::pair(AND), " ", high]
}

fn thresholds(word: LineWord, thresholds: &[Threshold]) -> Option<Node> {
    let one =
        |t: &Threshold| text![label(&t.name), " ", Word::pair(FROM), " ", value_text(&t.from)];
    let all = listed(thresholds.iter().map(one));
    (!thresholds.is_empty()).then(|| Node::new(text![Word::of(LINES, &word), " ", all]))
}

/// `+10 par e-mail ouvert, au plus 50, si …`
fn line(line: &Line, known: Known<'_>) -> Text {
    let mut out = points(line, known);
    let cap = line.cap.as_ref().map(|cap| text![Word::pair(AT_MOST), " ", value_text(cap)]);
    let mut clauses = Vec::new();
    match &line.events {
        Some(events) => clauses = self::events(events, cap, known),
        None => clauses.extend(cap),
    }
    let first_follows = line.events.is_some() || clauses.is_empty();
    if let Some(one) = &line.criterion {
        clauses.push(text![Word::pair(IF), " ", criterion(one, known)]);
    }
    for (index, clause) in clauses.into_iter().enumerate() {
        if index == 0 && first_follows {
            out.add(" ");
        } else {
            out.add(Piece::Comma);
        }
        out.add(clause);
    }
    out
}

/// `+25`, `-10`, `+ Montant / 1000`
fn points(line: &Line, known: Known<'_>) -> Text {
    let number = |expr: &Expr| match &expr.kind {
        ExprKind::Name(name) => !name.quoted && name.text.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    match &line.points.kind {
        ExprKind::Negate(points) if number(points) => text!["-", expr(points, known)],
        _ if number(&line.points) => text!["+", expr(&line.points, known)],
        _ => {
            let text = expr(&line.points, known);
            if text.either(|text| text.starts_with('-')) { text } else { text!["+ ", text] }
        }
    }
}

/// `par visite`, the cap, `au plus 1 par jour`, `sur 90 jours`, `demi-vie 30 jours`
fn events(events: &Events, cap: Option<Text>, known: Known<'_>) -> Vec<Text> {
    let mut clauses = vec![text![Word::pair(PER), " ", event_type(&events.event, known)]];
    clauses.extend(cap);
    if let Some(count) = events.per_day {
        clauses.push(text![Word::pair(AT_MOST), " ", count, " ", Word::pair(PER_DAY)]);
    }
    if let Some(window) = events.window {
        clauses.push(text![Word::pair(WITHIN), " ", lapse(window)]);
    }
    if let Some(half_life) = events.half_life {
        clauses.push(text![Word::pair(HALF_LIFE), " ", lapse(half_life)]);
    }
    clauses
}
