//! Prints scores.

use super::criterion::lapse;
use super::{head, label, print_criterion, print_expr};
use crate::lang::Lang;
use crate::syntax::ast::{Events, Expr, ExprKind, Limits, Line, Score, Threshold};
use crate::syntax::keyword::{self, AT_MOST, IF, Kind, printed};
use crate::syntax::score::{AND, FROM, HALF_LIFE, LINES, LineWord, PER, PER_DAY, WITHIN};

/// The lines of a score.
pub(super) fn print(out: &mut Vec<String>, score: &Score, lang: Lang) {
    out.push(head(Kind::Score, &score.name, score.module.as_ref(), lang));
    out.extend(score.lines.iter().map(|line| format!("  {}", self::line(line, lang))));
    for group in &score.groups {
        let word = keyword::spelling(LINES, &LineWord::Group, lang);
        let limits =
            group.limits.as_ref().map(|limits| format!(", {}", self::limits(limits, lang)));
        out.push(format!("  {word} {}{}", label(&group.name), limits.unwrap_or_default()));
        out.extend(group.lines.iter().map(|line| format!("    {}", self::line(line, lang))));
    }
    out.extend(score.limits.as_ref().map(|limits| format!("  {}", self::limits(limits, lang))));
    out.extend(thresholds(LineWord::Stars, &score.stars, lang));
    out.extend(thresholds(LineWord::Labels, &score.labels, lang));
}

fn limits(limits: &Limits, lang: Lang) -> String {
    let between = keyword::spelling(LINES, &LineWord::Limits, lang);
    format!("{between} {} {} {}", limits.low.text, printed(AND, lang), limits.high.text)
}

fn thresholds(word: LineWord, thresholds: &[Threshold], lang: Lang) -> Option<String> {
    if thresholds.is_empty() {
        return None;
    }
    let from = printed(FROM, lang);
    let all: Vec<_> =
        thresholds.iter().map(|t| format!("{} {from} {}", label(&t.name), t.from.text)).collect();
    Some(format!("  {} {}", keyword::spelling(LINES, &word, lang), all.join(", ")))
}

/// `+10 par e-mail ouvert, au plus 50, si …`
fn line(line: &Line, lang: Lang) -> String {
    let mut out = points(line, lang);
    let cap = line.cap.as_ref().map(|cap| format!("{} {}", printed(AT_MOST, lang), cap.text));
    let mut clauses = Vec::new();
    match &line.events {
        Some(events) => clauses = self::events(events, cap, lang),
        None => clauses.extend(cap),
    }
    let first_follows = line.events.is_some() || clauses.is_empty();
    if let Some(criterion) = &line.criterion {
        clauses.push(format!("{} {}", printed(IF, lang), print_criterion(criterion, lang)));
    }
    for (index, clause) in clauses.iter().enumerate() {
        out.push_str(if index == 0 && first_follows { " " } else { ", " });
        out.push_str(clause);
    }
    out
}

/// `+25`, `-10`, `+ Montant / 1000`
fn points(line: &Line, lang: Lang) -> String {
    let number = |expr: &Expr| match &expr.kind {
        ExprKind::Name(name) => !name.quoted && name.text.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    match &line.points.kind {
        ExprKind::Negate(points) if number(points) => format!("-{}", print_expr(points, lang)),
        _ if number(&line.points) => format!("+{}", print_expr(&line.points, lang)),
        _ => {
            let text = print_expr(&line.points, lang);
            if text.starts_with('-') { text } else { format!("+ {text}") }
        }
    }
}

/// `par visite`, the cap, `au plus 1 par jour`, `sur 90 jours`, `demi-vie 30 jours`
fn events(events: &Events, cap: Option<String>, lang: Lang) -> Vec<String> {
    let mut clauses = vec![format!("{} {}", printed(PER, lang), label(&events.event))];
    clauses.extend(cap);
    if let Some(count) = events.per_day {
        clauses.push(format!("{} {count} {}", printed(AT_MOST, lang), printed(PER_DAY, lang)));
    }
    if let Some(window) = events.window {
        clauses.push(format!("{} {}", printed(WITHIN, lang), lapse(window, lang)));
    }
    if let Some(half_life) = events.half_life {
        clauses.push(format!("{} {}", printed(HALF_LIFE, lang), lapse(half_life, lang)));
    }
    clauses
}
