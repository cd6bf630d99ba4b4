//! What scores can come to: lines that never count, totals that nothing reaches.

use rust_decimal::Decimal;

use crate::checked::workflow::{Trigger, TriggerKind};
use crate::checked::{CheckedProgram, ExprKind, Line, Score, ScoreId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    CAP_OF_NOTHING, GROUP_PINNED, LEVEL_NEVER_SHOWN, NEVER_CROSSED, NEVER_REACHED, NO_POINTS,
    SCORE_PINNED,
};
use crate::lexicon::{Arithmetic, Unit};
use crate::syntax::ast::{self, DeclarationKind, Document};

/// What a total may be, both ends included; none is no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reach {
    low: Option<Decimal>,
    high: Option<Decimal>,
}

const ANYTHING: Reach = Reach { low: None, high: None };
const NOTHING: Reach = Reach::exactly(Decimal::ZERO);

impl Reach {
    const fn exactly(value: Decimal) -> Reach {
        Reach { low: Some(value), high: Some(value) }
    }

    fn plus(self, other: Reach) -> Reach {
        let add = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Reach { low: add(self.low, other.low), high: add(self.high, other.high) }
    }

    fn or(self, other: Reach) -> Reach {
        let both =
            |a: Option<Decimal>, b: Option<Decimal>, pick: fn(Decimal, Decimal) -> Decimal| {
                Some(pick(a?, b?))
            };
        Reach {
            low: both(self.low, other.low, Decimal::min),
            high: both(self.high, other.high, Decimal::max),
        }
    }

    fn negated(self) -> Reach {
        Reach { low: self.high.map(|high| -high), high: self.low.map(|low| -low) }
    }

    /// So many times, or fewer; without a number any number of times.
    fn times(self, most: Option<Decimal>) -> Reach {
        let end = |end: Option<Decimal>| match (end, most) {
            (Some(end), _) if end.is_zero() => Some(end),
            (Some(end), Some(most)) => end.checked_mul(most),
            _ => None,
        };
        Reach { low: end(self.low), high: end(self.high) }
    }

    fn within(self, (low, high): (Decimal, Decimal)) -> Reach {
        let clamp = |end: Option<Decimal>, open: Decimal| {
            Some(end.map_or(open, |end| end.clamp(low, high)))
        };
        Reach { low: clamp(self.low, low), high: clamp(self.high, high) }
    }
}

pub(super) fn lint(program: &CheckedProgram, documents: &[Document], out: &mut Vec<Diagnostic>) {
    let mut known = Known { program, totals: vec![None; program.scores.len()] };
    let declarations = documents.iter().flat_map(|document| &document.declarations);
    let written = declarations.filter_map(|declaration| match &declaration.kind {
        DeclarationKind::Score(score) => Some(score),
        _ => None,
    });
    for ((index, score), written) in program.scores.iter().enumerate().zip(written) {
        lines(score, out);
        pinned(score, written, out);
        let total = known.total(ScoreId(index as u32), 0);
        levels(score, &written.stars, total, out);
        levels(score, &written.labels, total, out);
    }
    for trigger in program.rules.iter().flat_map(|rule| &rule.triggers) {
        out.extend(known.never_crossed(trigger));
    }
}

/// Lines that give nothing whatever happens.
fn lines(score: &Score, out: &mut Vec<Diagnostic>) {
    for line in &score.lines {
        if constant(line).is_some_and(|points| points.is_zero()) {
            out.push(Diagnostic::new(&NO_POINTS, line.points.span));
        } else if line.cap.is_some_and(|cap| cap.is_zero()) {
            out.push(Diagnostic::new(&CAP_OF_NOTHING, line.span));
        }
    }
}

/// Groups and scores that always come to the same.
fn pinned(score: &Score, written: &ast::Score, out: &mut Vec<Diagnostic>) {
    let same = |limits: Option<(Decimal, Decimal)>| limits.filter(|(low, high)| low == high);
    let all =
        written.limits.iter().zip(same(score.limits)).map(|(at, limits)| {
            Diagnostic::new(&SCORE_PINNED, at.span).arg("value", shown(limits.0))
        });
    out.extend(all.map(|d| d.arg("name", &score.name)));
    for (group, written) in score.groups.iter().zip(&written.groups) {
        if let (Some(at), Some((value, _))) = (&written.limits, same(group.limits)) {
            let d = Diagnostic::new(&GROUP_PINNED, at.span).arg("value", shown(value));
            out.push(d.arg("name", &group.name));
        }
    }
}

/// Stars or labels that no total reaches, or that every total is beyond.
fn levels(score: &Score, written: &[ast::Threshold], total: Reach, out: &mut Vec<Diagnostic>) {
    let from = |level: &ast::Threshold| {
        crate::value::read::read_number(&level.from.text).ok().map(|reading| reading.value)
    };
    for (index, level) in written.iter().enumerate() {
        let Some(least) = from(level) else { continue };
        if let Some(high) = total.high.filter(|high| *high < least) {
            let d = Diagnostic::new(&NEVER_REACHED, level.from.span).arg("name", &level.name.text);
            out.push(d.arg("value", &level.from.text).arg("most", shown(high)));
        }
        let next = written.get(index + 1).and_then(|next| Some((from(next)?, next)));
        if let Some((next_from, next)) = next
            && let Some(low) = total.low.filter(|low| *low >= next_from)
        {
            let d = Diagnostic::new(&LEVEL_NEVER_SHOWN, level.name.span.to(level.from.span))
                .arg("name", &level.name.text)
                .arg("score", &score.name);
            out.push(d.arg("other", &next.name.text).arg("least", shown(low)));
        }
    }
}

/// Totals that were worked out.
struct Known<'p> {
    program: &'p CheckedProgram,
    totals: Vec<Option<Reach>>,
}

impl Known<'_> {
    fn total(&mut self, id: ScoreId, depth: u32) -> Reach {
        // So deep no program is.
        const MOST: u32 = 50;
        let Some(score) = self.program.scores.get(id.0 as usize).filter(|_| depth < MOST) else {
            return ANYTHING;
        };
        if let Some(known) = self.totals[id.0 as usize] {
            return known;
        }
        let mut groups = vec![NOTHING; score.groups.len()];
        let mut total = NOTHING;
        for line in &score.lines {
            let reach = self.line(line, depth);
            let sum = match line.group {
                Some(group) => &mut groups[group as usize],
                None => &mut total,
            };
            *sum = sum.plus(reach);
        }
        for (group, sum) in score.groups.iter().zip(groups) {
            total = total.plus(group.limits.map_or(sum, |limits| sum.within(limits)));
        }
        let total = score.limits.map_or(total, |limits| total.within(limits));
        self.totals[id.0 as usize] = Some(total);
        total
    }

    fn line(&mut self, line: &Line, depth: u32) -> Reach {
        let mut points = self.points(&line.points.kind, depth);
        if let Some(events) = &line.events {
            let days = events.window.and_then(|(count, unit)| {
                let days = match unit {
                    Unit::Day => 1,
                    Unit::Week => 7,
                    Unit::Month => 31,
                    Unit::Year => 366,
                    _ => return None,
                };
                Decimal::from(count).checked_mul(Decimal::from(days))
            });
            let most = days.zip(events.per_day);
            let most = most.and_then(|(days, each)| days.checked_mul(Decimal::from(each)));
            points = points.times(most).or(NOTHING);
        } else if line.condition.is_some() {
            points = points.or(NOTHING);
        }
        line.cap.map_or(points, |cap| points.within((-cap, cap)))
    }

    fn points(&mut self, expr: &ExprKind, depth: u32) -> Reach {
        match expr {
            ExprKind::Const(crate::value::Value::Number(number)) => Reach::exactly(*number),
            ExprKind::Score(id) => self.total(*id, depth + 1),
            ExprKind::Negate(part) => self.points(&part.kind, depth).negated(),
            ExprKind::Binary(left, Arithmetic::Add, right) => {
                self.points(&left.kind, depth).plus(self.points(&right.kind, depth))
            }
            ExprKind::Binary(left, Arithmetic::Subtract, right) => {
                self.points(&left.kind, depth).plus(self.points(&right.kind, depth).negated())
            }
            ExprKind::If(_, then, otherwise) => {
                self.points(&then.kind, depth).or(self.points(&otherwise.kind, depth))
            }
            _ => ANYTHING,
        }
    }

    /// A rule that waits for a total which never comes.
    fn never_crossed(&mut self, trigger: &Trigger) -> Option<Diagnostic> {
        let TriggerKind::Score { score, rising, threshold } = &trigger.kind else { return None };
        let total = self.total(*score, 0);
        let beyond = total.high.filter(|high| high < threshold);
        // A total that was never asked for rises to what it is.
        let below = total.low.filter(|low| !*rising && low >= threshold);
        let end = beyond.or(below)?;
        let d = Diagnostic::new(&NEVER_CROSSED, trigger.span).arg("value", shown(end));
        let name = self.program.scores.get(score.0 as usize).map_or("", |score| &score.name);
        let (fr, en) = if beyond.is_some() {
            ("ne dépasse jamais", "is never more than")
        } else {
            ("ne descend jamais sous", "is never less than")
        };
        Some(d.arg("name", name).arg("how_fr", fr).arg("how_en", en))
    }
}

/// The points of a line, where they are always the same.
fn constant(line: &Line) -> Option<Decimal> {
    match &line.points.kind {
        ExprKind::Const(crate::value::Value::Number(number)) => Some(*number),
        ExprKind::Negate(part) => match &part.kind {
            ExprKind::Const(crate::value::Value::Number(number)) => Some(-*number),
            _ => None,
        },
        _ => None,
    }
}

fn shown(number: Decimal) -> String {
    number.normalize().to_string()
}
