//! Scores: one record with all its reasons, or many without.

use rust_decimal::Decimal;

use super::{Error, Program, Score, Scorer, Total};
use crate::checked::content::Content;
use crate::checked::{self, Expr, FieldRef, Names};
use crate::columnar::ColumnarScorer;
use crate::eval::explain::leaf::{field_name, read_field};
use crate::eval::explain::walk::Walk;
use crate::eval::value::{Buffers, Frame};
use crate::eval::{Node, Read, RecordError};
use crate::plan::mention;
use crate::plan::score::{LineKind, constant};
use crate::score::change::next_change;
use crate::score::runner::Runner;
use crate::score::{GroupResult, LineResult, ScoreResult};
use crate::value::{Clock, FieldKey, Lent, Record};

impl Score {
    /// What it declares: its lines, groups, limits, stars and labels.
    pub fn declaration(&self) -> Option<&checked::Score> {
        self.program.0.checked.scores.get(self.id.0 as usize)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.declaration().map_or("", |score| score.name.as_str())
    }

    /// The hash of what it says, with what it names: the same however it is laid out and in
    /// whichever language it is written. Computed when it is first asked for.
    pub fn content(&self) -> Content {
        self.program.score_content(self.id)
    }

    /// The program that it belongs to.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        self.plan.reads_clock()
    }

    /// The fields of the record that it reads, each once.
    pub fn fields(&self) -> Vec<&FieldKey> {
        super::criterion::fields(&self.plan)
    }

    /// Whether every total is a whole number: all points constant and whole, no decay.
    pub fn is_whole(&self) -> bool {
        self.plan.scores.last().is_some_and(crate::plan::score::ScorePlan::is_whole)
    }

    /// The total with all its reasons.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`]; in strict mode [`Error::Record`].
    pub fn evaluate<R: Record + ?Sized>(
        &self,
        record: &R,
        clock: &Clock,
    ) -> Result<ScoreResult, Error> {
        let runner = self.program.run(&self.plan, record, clock)?;
        let record = &Lent(record);
        let (Some(score), Some(plan), Some(state)) =
            (self.declaration(), self.plan.scores.last(), runner.scores.last())
        else {
            return Err(super::unknown("score", "", self.program.score_names()));
        };
        let (parts, touch_points) = state.parts(plan);
        let total = runner.total();
        let lines = (0..score.lines.len()).map(|index| self.line(index, score, &runner, record));
        let groups = score.groups.iter().enumerate().map(|(index, group)| {
            let before_limits = state.group_sum(plan, index);
            let points =
                group.limits.map_or(before_limits, |(low, high)| before_limits.clamp(low, high));
            GroupResult { name: group.name.clone(), before_limits, points }
        });
        Ok(ScoreResult {
            name: score.name.clone(),
            content: self.content(),
            total,
            positive: parts.positive,
            negative: parts.negative,
            touch_points,
            stars: self.stars(total),
            label: self.label(total).map(str::to_owned),
            lines: lines.collect(),
            groups: groups.collect(),
            next_change: next_change(&runner, record),
            errors: self.program.errors(&runner, record),
            zone: clock.zone,
        })
    }

    fn line(
        &self,
        index: usize,
        score: &checked::Score,
        runner: &Runner,
        record: &dyn Record,
    ) -> LineResult {
        let line = &score.lines[index];
        let group = line.group.and_then(|group| score.groups.get(group as usize));
        let mut result = LineResult {
            text: line.source.clone(),
            span: line.span,
            group: group.map(|group| group.name.clone()),
            points: Decimal::ZERO,
            capped_from: None,
            holds: false,
            reason: None,
            values: Vec::new(),
            events: None,
        };
        let (Some(plan), Some(state)) = (self.plan.scores.last(), runner.scores.last()) else {
            return result;
        };
        result.points = state.points(plan, index);
        result.holds = state.held[index];
        let uncapped = match plan.lines[index].kind {
            LineKind::Fixed { .. } => constant(&line.points).filter(|_| result.holds),
            _ => Some(state.lines[index].uncapped).filter(|_| !state.lines[index].failed),
        };
        result.capped_from = uncapped.filter(|points| *points != result.points);
        match plan.lines[index].kind {
            LineKind::Fixed { root, .. } | LineKind::Computed { root, .. } => {
                result.reason = reason(line, root, runner, record, &self.program.0.checked.names);
                if constant(&line.points).is_none() {
                    result.values = self.values(&line.points, runner, record);
                }
            }
            LineKind::Events(_) => result.events = Some(state.lines[index].counts),
        }
        result
    }

    /// The fields and scores that points were computed from.
    fn values(&self, points: &Expr, runner: &Runner, record: &dyn Record) -> Vec<(String, Read)> {
        let frame = Frame::new(record);
        let (mut fields, mut scores) = (Vec::<FieldRef>::new(), Vec::new());
        mention::of_expr(points, 0, &mut fields);
        mention::scores_of_expr(points, &mut scores);
        let mut values: Vec<(String, Read)> = Vec::new();
        for field in &fields {
            let name = field_name(field);
            if !values.iter().any(|(known, _)| *known == name) {
                values.push((name, read_field(&frame, field, false)));
            }
        }
        for id in scores {
            let name = self.program.0.checked.scores.get(id.0 as usize).map(|s| s.name.clone());
            let total =
                runner.totals.iter().find(|(score, _)| *score == id).map(|(_, total)| total);
            if let (Some(name), Some(total)) = (name, total) {
                values.push((name, Read::Value(total.normalize().to_string())));
            }
        }
        values
    }

    /// For many records under one clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn scorer(&self, clock: &Clock) -> Result<Scorer, Error> {
        let runner = Runner::new(self.plan.clone(), clock, self.program.0.strict)?;
        Ok(Scorer { score: self.clone(), runner })
    }

    /// For many records given as columns, under one clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn columnar(&self, clock: &Clock) -> Result<ColumnarScorer, Error> {
        let runner = Runner::new(self.plan.clone(), clock, self.program.0.strict)?;
        Ok(ColumnarScorer::new(runner))
    }

    /// Stars of a total.
    pub fn stars(&self, total: Decimal) -> Option<u32> {
        let stars = &self.declaration()?.stars;
        stars.iter().rev().find(|(from, _)| total >= *from).map(|(_, stars)| *stars)
    }

    /// Label of a total.
    pub fn label(&self, total: Decimal) -> Option<&str> {
        let labels = &self.declaration()?.labels;
        labels.iter().rev().find(|(from, _)| total >= *from).map(|(_, label)| label.as_str())
    }
}

/// The criterion of a line, explained on the record.
fn reason(
    line: &checked::Line,
    root: usize,
    runner: &Runner,
    record: &dyn Record,
    names: &Names,
) -> Option<Node> {
    let (plan, state) = (runner.plan.scores.last()?, runner.scores.last()?);
    let mut state = state.block.clone();
    let mut walk = Walk {
        block: &plan.block,
        state: &mut state,
        frame: &Frame::new(record),
        context: &runner.context(),
        buffers: &mut Buffers::default(),
        names,
    };
    Some(walk.explain(line.condition.as_ref()?, &plan.block.roots.get(root)?.tree))
}

impl Scorer {
    /// Moves the clock.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn set_clock(&mut self, clock: &Clock) -> Result<(), Error> {
        Ok(self.runner.set_clock(clock)?)
    }

    /// The score of a record.
    #[inline]
    pub fn total<R: Record + ?Sized>(&mut self, record: &R) -> Total {
        let has_errors = self.runner.run(record);
        Total { total: self.runner.total(), has_errors }
    }

    /// After [`Scorer::total`]: whether each line held on that record, in source order.
    pub fn lines_held(&self) -> &[bool] {
        self.runner.scores.last().map_or(&[], |state| state.held.as_slice())
    }

    /// After [`Scorer::total`]: the points of each line on that record, after their caps, in
    /// source order.
    pub fn line_points(&self) -> Vec<Decimal> {
        let (Some(plan), Some(state)) = (self.runner.plan.scores.last(), self.runner.scores.last())
        else {
            return Vec::new();
        };
        (0..plan.lines.len()).map(|line| state.points(plan, line)).collect()
    }

    /// The values of the wrong type in a record, named.
    pub fn errors<R: Record + ?Sized>(&self, record: &R) -> Vec<RecordError> {
        let mut runner = self.runner.clone();
        runner.run(record);
        let record = &Lent(record);
        self.score.program.errors(&runner, record)
    }

    /// The score that it runs.
    pub fn score(&self) -> &Score {
        &self.score
    }
}
