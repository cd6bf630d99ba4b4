//! Entry points: what a criterion, a rule or a score needs, all in one plan.

use super::block::{Block, Builder, Input, Times};
use super::code::Code;
use super::logic::Tree;
use super::mention;
use super::pool::Pool;
use super::score::{LineKind, ScorePlan};
use crate::checked::{CheckedProgram, Condition, Expr, ScoreId};
use crate::value::FieldKey;

/// The plan of one entry point.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The dates and date words.
    pub(crate) times: Times,
    /// The scores that are needed, each after those that it uses.
    pub(crate) scores: Vec<ScorePlan>,
    /// The criterion, with one root for each condition; a score has none.
    pub(crate) criterion: Option<Block>,
}

/// Where one of several conditions stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The score of the plan in whose block, by number; or none: in that of the criterion.
    pub(crate) score: Option<usize>,
    /// Which root of the block.
    pub(crate) root: usize,
}

impl Plan {
    /// The plan of a condition; none holds of every record.
    pub(crate) fn of_condition(condition: Option<&Condition>, program: &CheckedProgram) -> Plan {
        Plan::of_conditions(&[condition], program)
    }

    /// The plan of several conditions, which share what they test.
    pub(crate) fn of_conditions(
        conditions: &[Option<&Condition>],
        program: &CheckedProgram,
    ) -> Plan {
        let mut used = Vec::new();
        for condition in conditions.iter().flatten() {
            mention::scores_of_condition(condition, &mut used);
        }
        let mut times = Times::default();
        let scores = scores(&used, None, program, &mut times);
        let mut builder = Builder::new(&mut times);
        for condition in conditions {
            builder.root(*condition, &[]);
        }
        let criterion = Some(builder.build());
        Plan { times, scores, criterion }
    }

    /// The plan of the conditions of events, in which the frame around the record is the record
    /// before, and the code of expressions to be run on its criterion block.
    pub(crate) fn of_events(
        conditions: &[Option<&Condition>],
        exprs: &[&Expr],
        program: &CheckedProgram,
    ) -> (Plan, Vec<Code>) {
        let mut used = Vec::new();
        for condition in conditions.iter().flatten() {
            mention::scores_of_condition(condition, &mut used);
        }
        for expr in exprs {
            mention::scores_of_expr(expr, &mut used);
        }
        let mut times = Times::default();
        let scores = scores(&used, None, program, &mut times);
        let mut builder = Builder::with_before(&mut times);
        for condition in conditions {
            builder.root(*condition, &[]);
        }
        let codes = exprs.iter().map(|expr| builder.expr(expr)).collect();
        let criterion = Some(builder.build());
        (Plan { times, scores, criterion }, codes)
    }

    /// The plan of a condition that is lowered already.
    pub(crate) fn of_tree(
        tree: &Tree,
        pool: &Pool,
        condition: Option<&Condition>,
        program: &CheckedProgram,
    ) -> Plan {
        Plan::of_trees(&[(tree, condition)], pool, program)
    }

    /// The plan of conditions that are lowered already, to one pool.
    pub(crate) fn of_trees(
        lowered: &[(&Tree, Option<&Condition>)],
        pool: &Pool,
        program: &CheckedProgram,
    ) -> Plan {
        let mut used = Vec::new();
        for condition in lowered.iter().filter_map(|(_, condition)| *condition) {
            mention::scores_of_condition(condition, &mut used);
        }
        let mut times = Times::default();
        let scores = scores(&used, None, program, &mut times);
        let mut builder = Builder::with_pool(&mut times, pool);
        for (tree, _) in lowered {
            builder.tree((*tree).clone());
        }
        let criterion = Some(builder.build());
        Plan { times, scores, criterion }
    }

    /// The plan of a score.
    pub(crate) fn of_score(id: ScoreId, program: &CheckedProgram) -> Plan {
        let mut times = Times::default();
        let scores = scores(&[id], None, program, &mut times);
        Plan { times, scores, criterion: None }
    }

    /// The plan of a score and conditions together, and where each condition stands: in the
    /// score's own block, unless it reads a score.
    pub(crate) fn of_all(
        score: Option<ScoreId>,
        conditions: &[Option<&Condition>],
        program: &CheckedProgram,
    ) -> (Plan, Vec<Place>) {
        let mut used: Vec<ScoreId> = score.into_iter().collect();
        let mut joined = Vec::new();
        let mut apart = Vec::new();
        let mut places = Vec::with_capacity(conditions.len());
        for condition in conditions {
            let mut read = Vec::new();
            if let Some(condition) = condition {
                mention::scores_of_condition(condition, &mut read);
            }
            let joins = score.is_some() && read.is_empty();
            let side = if joins { &mut joined } else { &mut apart };
            places.push((joins, side.len()));
            side.push(*condition);
            used.extend(read);
        }
        let mut times = Times::default();
        let guests = score.map(|id| (id, joined.as_slice()));
        let scores = scores(&used, guests, program, &mut times);
        let host = scores.iter().position(|plan| Some(plan.id) == score);
        let lines = host.map_or(0, |host| scores[host].block.roots.len() - joined.len());
        let place = |(joins, root)| match host {
            Some(_) if joins => Place { score: host, root: lines + root },
            _ => Place { score: None, root },
        };
        let places = places.into_iter().map(place).collect();
        let mut builder = Builder::new(&mut times);
        for condition in &apart {
            builder.root(*condition, &[]);
        }
        let criterion = (!apart.is_empty()).then(|| builder.build());
        (Plan { times, scores, criterion }, places)
    }

    /// Whether it reads the clock.
    pub(crate) fn reads_clock(&self) -> bool {
        self.times.list.iter().any(|(spec, _)| spec.reads_now())
            || self.scores.iter().any(ScorePlan::has_events)
    }
}

/// Compiles scores and those that they use, used ones first; in the block of one of them,
/// conditions may be guests.
fn scores(
    wanted: &[ScoreId],
    guests: Option<(ScoreId, &[Option<&Condition>])>,
    program: &CheckedProgram,
    times: &mut Times,
) -> Vec<ScorePlan> {
    let mut order: Vec<ScoreId> = Vec::new();
    // Each score on the way, with those it uses that are still to be visited; `check` has
    // refused circles.
    let mut way: Vec<(ScoreId, Vec<ScoreId>)> = Vec::new();
    for id in wanted {
        way.push((*id, uses(*id, program)));
        while let Some((score, open)) = way.last_mut() {
            let score = *score;
            match open.pop() {
                Some(next) if order.contains(&next) || way.iter().any(|(on, _)| *on == next) => {}
                Some(next) => way.push((next, uses(next, program))),
                None => {
                    if !order.contains(&score) {
                        order.push(score);
                    }
                    way.pop();
                }
            }
        }
    }
    let plan = |id: &ScoreId| {
        let score = program.scores.get(id.0 as usize)?;
        let guests = guests.filter(|(host, _)| host == id).map_or(&[][..], |(_, guests)| guests);
        Some(ScorePlan::new(*id, score, guests, times))
    };
    order.iter().filter_map(plan).collect()
}

/// The scores that a score reads.
fn uses(id: ScoreId, program: &CheckedProgram) -> Vec<ScoreId> {
    let mut used = Vec::new();
    for line in program.scores.get(id.0 as usize).into_iter().flat_map(|score| &score.lines) {
        mention::scores_of_expr(&line.points, &mut used);
        if let Some(c) = &line.condition {
            mention::scores_of_condition(c, &mut used);
        }
    }
    used
}

impl Plan {
    /// Calls `visit` with the fields of the record that it reads, some more than once, and whether
    /// all that is asked of a text in it is whether it is blank.
    pub(crate) fn each_field<'p>(&'p self, visit: &mut impl FnMut(&'p FieldKey, bool)) {
        for score in &self.scores {
            each_field(&score.block, 0, visit);
            for line in &score.lines {
                if let LineKind::Events(events) = &line.kind {
                    events.lists.iter().for_each(|list| visit(list, false));
                    each_field(&events.block, 1, visit);
                }
            }
        }
        if let Some(block) = &self.criterion {
            each_field(block, 0, visit);
        }
    }
}

/// The fields of the record `level` frames out. (Those that expressions read are sources too.)
fn each_field<'p>(block: &'p Block, level: u8, visit: &mut impl FnMut(&'p FieldKey, bool)) {
    for source in &block.sources {
        if let Input::Field(field) = &source.input
            && field.depth == level
        {
            visit(&field.key, source.asks_little());
        }
    }
}
