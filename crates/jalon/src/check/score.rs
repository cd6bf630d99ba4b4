//! Scores: lines, groups, limits, thresholds, and scores that use each other.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::Checker;
use super::Findings;
use super::expr::stand_in;
use super::modules::duplicate;
use super::scope::Scope;
use crate::checked::names::{Names, fold};
use crate::checked::{Domain, Expr, ExprKind, Group, Line, On, Score};
use crate::diagnostic::catalogue::{
    DUPLICATE_SCORE, LIMITS_REVERSED, NEGATIVE_CAP, SCORE_CYCLE, SWAP, THRESHOLD_NOT_RISING,
    UNKNOWN_CLAUSE,
};
use crate::diagnostic::{Diagnostic, Edit, Fix, did_you_mean};
use crate::source::Span;
use crate::syntax::IF;
use crate::syntax::ast::{self, DeclarationKind, Name};
use crate::value::read::read_number;

/// A score as declared, and the scores it uses.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) span: Span,
    /// Its module as written.
    pub(super) module: Option<String>,
    /// What tells its module from others.
    pub(super) on: On,
    /// Which scores it uses, and where.
    pub(super) uses: Vec<(usize, Span)>,
}

/// Registers the names of all scores.
pub(super) fn declare(
    documents: &[ast::Document],
    names: &mut Names,
    found: &mut Findings,
) -> Vec<Declared> {
    let mut scores: Vec<Declared> = Vec::new();
    for declaration in documents.iter().flat_map(|d| &d.declarations) {
        let DeclarationKind::Score(score) = &declaration.kind else { continue };
        let key = fold(&score.name.text);
        if let Some(first) = names.scores.get(&key).and_then(|i| scores.get(*i as usize)) {
            duplicate(found, &DUPLICATE_SCORE, &score.name, "", first.span);
        } else {
            names.scores.insert(key, scores.len() as u32);
        }
        let module = score.module.as_ref().map(|m| m.text.clone());
        let on = module.as_ref().map(|name| match names.module(name) {
            Some(id) => On::Declared(id),
            None => On::named(name),
        });
        scores.push(Declared {
            name: score.name.text.clone(),
            span: score.name.span,
            module,
            on: on.unwrap_or_default(),
            uses: Vec::new(),
        });
    }
    scores
}

impl Checker<'_> {
    pub(super) fn score(&mut self, score: &ast::Score, index: usize) -> Score {
        let scope = self.scope_on(score.module.as_ref(), &score.name);
        self.in_score = Some(index);
        let mut lines: Vec<Line> = Vec::new();
        for line in &score.lines {
            lines.push(self.line(&scope, line, None));
        }
        let mut groups = Vec::with_capacity(score.groups.len());
        for (number, group) in score.groups.iter().enumerate() {
            for line in &group.lines {
                lines.push(self.line(&scope, line, Some(number as u32)));
            }
            let limits = group.limits.as_ref().and_then(|limits| self.limits(limits));
            groups.push(Group { name: group.name.text.clone(), limits });
        }
        self.in_score = None;
        Score {
            name: score.name.text.clone(),
            span: score.name.span,
            module: scope.module(),
            lines,
            groups,
            limits: score.limits.as_ref().and_then(|limits| self.limits(limits)),
            stars: self.stars(&score.stars),
            labels: self
                .thresholds(&score.labels)
                .into_iter()
                .map(|(from, label)| (from, label.text.clone()))
                .collect(),
        }
    }

    fn line(&mut self, scope: &Scope, line: &ast::Line, group: Option<u32>) -> Line {
        let (events, inside) = match &line.events {
            Some(events) => {
                let (events, inside) = self.events(scope, events);
                (Some(events), inside)
            }
            None => (None, scope.clone()),
        };
        let points = self.number(&inside, &line.points);
        let points = points.filter(|points| self.may_be_points(&line.points, points));
        let mut points = points.unwrap_or_else(|| stand_in(line.points.span));
        if points.domain == Domain::Dynamic {
            points.domain = Domain::Number;
        }
        let cap = line.cap.as_ref().and_then(|cap| {
            let number = self.plain_number(cap)?;
            if number < Decimal::ZERO {
                self.error(&NEGATIVE_CAP, cap.span);
                return None;
            }
            Some(number)
        });
        let condition = line.criterion.as_ref().map(|c| self.criterion(&inside, c));
        let source = self.text(line.span);
        Line { span: line.span, source, group, points, cap, events, condition }
    }

    /// Where no module says which fields there are: whether points may be the name of one. A number
    /// with words behind it is a line that went wrong.
    fn may_be_points(&mut self, written: &ast::Expr, points: &Expr) -> bool {
        let name = match (&written.kind, &points.kind) {
            (ast::ExprKind::Negate(written), ExprKind::Negate(points)) => {
                return self.may_be_points(written, points);
            }
            (ast::ExprKind::Name(name), _) if points.domain == Domain::Dynamic => name,
            _ => return true,
        };
        let number = name.text.split_once(' ').filter(|(first, rest)| {
            read_number(first).is_ok() && rest.starts_with(char::is_alphabetic)
        });
        if let Some((_, rest)) = number {
            let word = rest.split(' ').next().unwrap_or(rest);
            let meant = did_you_mean(word, IF.iter().copied());
            let wrong = if meant.is_some() { word } else { rest };
            let start = name.span.end - rest.len() as u32;
            let span = Span { start, end: start + wrong.len() as u32, ..name.span };
            let error = Diagnostic::new(&UNKNOWN_CLAUSE, span).arg("name", wrong);
            self.report(error.suggest(meant));
            return false;
        }
        true
    }

    /// A number where only a number may stand, which the parser has seen to.
    fn plain_number(&mut self, name: &Name) -> Option<Decimal> {
        let reading = read_number(&name.text).ok()?;
        if let Some(warning) = super::constant::three_decimals(name, &reading) {
            self.report(warning);
        }
        Some(reading.value)
    }

    fn limits(&mut self, limits: &ast::Limits) -> Option<(Decimal, Decimal)> {
        let (low, high) = (self.plain_number(&limits.low), self.plain_number(&limits.high));
        let (low, high) = (low?, high?);
        if low > high {
            let span = limits.low.span.to(limits.high.span);
            let error = Diagnostic::new(&LIMITS_REVERSED, span);
            let error = error.arg("low", &limits.low.text).arg("high", &limits.high.text);
            let new = format!("{} … {}", limits.high.text, limits.low.text);
            let mut fix = Fix::replace(&SWAP, span, &new);
            fix.edits = vec![
                Edit { span: limits.low.span, text: limits.high.text.clone() },
                Edit { span: limits.high.span, text: limits.low.text.clone() },
            ];
            self.report(error.fix(fix));
            return None;
        }
        Some((low, high))
    }

    /// Thresholds with their numbers; they must rise.
    fn thresholds<'t>(&mut self, written: &'t [ast::Threshold]) -> Vec<(Decimal, &'t Name)> {
        let mut thresholds: Vec<(Decimal, &Name)> = Vec::with_capacity(written.len());
        let mut before: Option<&Name> = None;
        for threshold in written {
            let Some(from) = self.plain_number(&threshold.from) else { continue };
            if let (Some((last, _)), Some(before)) = (thresholds.last(), before)
                && from <= *last
            {
                let error = Diagnostic::new(&THRESHOLD_NOT_RISING, threshold.from.span);
                let error = error.arg("value", &threshold.from.text).arg("before", &before.text);
                self.report(error);
                continue;
            }
            before = Some(&threshold.from);
            thresholds.push((from, &threshold.name));
        }
        thresholds
    }

    fn stars(&mut self, written: &[ast::Threshold]) -> Vec<(Decimal, u32)> {
        let thresholds = self.thresholds(written).into_iter();
        thresholds.filter_map(|(from, name)| Some((from, name.text.trim().parse().ok()?))).collect()
    }

    /// Reports every circle of scores that use each other, once, where it closes.
    pub(super) fn score_cycles(&mut self) {
        let mut done = vec![false; self.scores.len()];
        let mut circles: Vec<Diagnostic> = Vec::new();
        for start in 0..self.scores.len() {
            // The scores on the way, each with the next of its uses to follow.
            let mut way: Vec<(usize, usize)> = Vec::new();
            let mut on_way: FxHashMap<usize, usize> = FxHashMap::default();
            if !done[start] {
                way.push((start, 0));
                on_way.insert(start, 0);
            }
            while let Some((score, next)) = way.last_mut() {
                let (score, follow) = (*score, *next);
                *next += 1;
                let Some(&(to, span)) = self.scores[score].uses.get(follow) else {
                    done[score] = true;
                    on_way.remove(&score);
                    way.pop();
                    continue;
                };
                if let Some(&from) = on_way.get(&to) {
                    let circle = way[from..].iter().map(|(score, _)| *score).chain([to]);
                    let names: Vec<String> =
                        circle.take(12).map(|i| format!("`{}`", self.scores[i].name)).collect();
                    let error = Diagnostic::new(&SCORE_CYCLE, span);
                    let error = error.arg("name", &self.scores[to].name);
                    circles.push(error.arg("path", names.join(" → ")));
                } else if !done[to] {
                    on_way.insert(to, way.len());
                    way.push((to, 0));
                }
            }
        }
        for circle in circles {
            self.report(circle);
        }
    }
}
