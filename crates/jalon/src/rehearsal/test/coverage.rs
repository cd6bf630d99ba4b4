//! Which criteria the tests have seen hold, and not hold.

use serde::Serialize;
use serde_json::Value as Json;

use super::process::{Considered, with_children};
use crate::blueprint::Obstacle;
use crate::checked::blueprint::{Blueprint, Transition};
use crate::checked::{CheckedProgram, Condition};
use crate::lang::Lang;
use crate::program::Program;
use crate::schema::ModuleId;
use crate::source::Span;
use crate::value::Clock;
use crate::value::fold::same_name;
use crate::workflow::{Decision, Outcome, Step};

/// What the tests saw of a criterion.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    /// The rule, the score, the blueprint or its transition it belongs to.
    pub of: String,
    /// Which of its conditions or lines, from 1.
    pub number: u32,
    /// As written.
    pub text: String,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Whether it held in some test.
    pub seen_true: bool,
    /// Whether it did not in some test.
    pub seen_false: bool,
}

/// Gathers what the tests see.
#[derive(Clone, Debug)]
pub struct Covered {
    list: Vec<Criterion>,
}

impl Covered {
    /// Nothing seen yet of the criteria of a program.
    pub(super) fn new(program: &CheckedProgram, lang: Lang) -> Covered {
        let mut list = Vec::new();
        let mut add = |of: &str, number: usize, text: String, span: Span| {
            let (of, number) = (of.to_owned(), number as u32 + 1);
            list.push(Criterion { of, number, text, span, seen_true: false, seen_false: false });
        };
        for rule in &program.rules {
            for (number, branch) in rule.branches.iter().enumerate() {
                if let Some(condition) = &branch.condition {
                    add(&rule.name, number, text_of(condition, lang), branch.span);
                }
            }
        }
        for score in &program.scores {
            for (number, line) in score.lines.iter().enumerate() {
                if line.condition.is_some() {
                    add(&score.name, number, line.source.clone(), line.span);
                }
            }
        }
        for blueprint in program.blueprints.iter().filter(|blueprint| !blueprint.inactive) {
            if let Some(entry) = &blueprint.entry {
                add(&blueprint.name, 0, text_of(entry, lang), blueprint.span);
            }
            for (transition, _) in with_children(blueprint) {
                let of = part(blueprint, transition);
                if let Some(condition) = &transition.condition {
                    add(&of, 0, text_of(condition, lang), transition.span);
                }
                for (number, must) in transition.musts.iter().enumerate() {
                    add(&of, number + 1, must.source.clone(), must.span);
                }
            }
        }
        Covered { list }
    }

    fn see(&mut self, of: &str, number: u32, held: bool) {
        let found = self.list.iter_mut().find(|known| known.of == of && known.number == number);
        if let Some(criterion) = found {
            criterion.seen_true |= held;
            criterion.seen_false |= !held;
        }
    }

    /// What a decision's trace says of the rules.
    pub(super) fn decision(&mut self, program: &CheckedProgram, decision: &Decision) {
        for step in decision.trace.iter().flatten() {
            let Step::Rule { rule, outcome, .. } = step else { continue };
            match outcome {
                Outcome::Fired { branch, .. } => {
                    (1..*branch).for_each(|number| self.see(rule, number, false));
                    self.see(rule, *branch, true);
                }
                Outcome::NotHeld { .. } => {
                    let known = program.rules.iter().find(|known| known.name == *rule);
                    let count = known.map_or(0, |rule| rule.branches.len()) as u32;
                    (1..=count).for_each(|number| self.see(rule, number, false));
                }
                Outcome::Dropped { .. } => self.see(rule, 1, false),
                Outcome::NotTriggered | Outcome::Held { .. } => {}
            }
        }
    }

    /// What the scores of a module say of a record.
    pub(super) fn scores(
        &mut self,
        program: &Program,
        module: Option<ModuleId>,
        record: &Json,
        clock: &Clock,
    ) {
        let scores = program.checked().scores.iter().filter(|score| score.module == module);
        for name in scores.map(|score| score.name.clone()) {
            let Ok(score) = program.score(Some(&name)) else { continue };
            let Ok(result) = score.evaluate(record, clock) else { continue };
            for (number, line) in result.lines.iter().enumerate() {
                self.see(&name, number as u32 + 1, line.holds);
            }
        }
    }

    /// What a record says of the entry of a blueprint.
    pub(super) fn entry(&mut self, blueprint: &Blueprint, held: bool) {
        if blueprint.entry.is_some() {
            self.see(&blueprint.name, 1, held);
        }
    }

    /// What making a transition, or asking whether it is offered, says of its criteria.
    pub(super) fn transition(&mut self, program: &CheckedProgram, considered: &Considered) {
        let Considered { blueprint, transition, made, why_not } = considered;
        let named = |known: &&Blueprint| !known.inactive && known.name == *blueprint;
        let Some(blueprint) = program.blueprints.iter().find(named) else { return };
        let asked =
            |(known, _): &(&Transition, Option<&Transition>)| same_name(&known.name, transition);
        let Some((transition, whole)) = with_children(blueprint).find(asked) else { return };
        // Where nothing of it was judged, nothing was seen.
        let elsewhere = |why: &Obstacle| {
            use Obstacle::{Automatic, NotInside, OtherVersion, Unknown, WrongState};
            matches!(
                why,
                WrongState { .. } | Automatic | OtherVersion { .. } | NotInside | Unknown { .. }
            )
        };
        if why_not.iter().any(elsewhere) {
            return;
        }
        let not_held = why_not.iter().any(|why| matches!(why, Obstacle::NotHeld { .. }));
        let judged = [Some(transition), whole];
        let judged = judged.into_iter().flatten().filter(|one| one.condition.is_some());
        for one in judged.take(if not_held { 1 } else { 2 }) {
            self.see(&part(blueprint, one), 1, !not_held);
        }
        for (number, must) in transition.musts.iter().enumerate() {
            let broken = |why: &Obstacle| matches!(why, Obstacle::Invalid { rule: Some(rule), .. } if *rule == must.source);
            if *made || why_not.iter().any(broken) {
                self.see(&part(blueprint, transition), number as u32 + 2, *made);
            }
        }
    }

    /// Every criterion, in source order.
    pub(super) fn into_list(self) -> Vec<Criterion> {
        self.list
    }
}

/// `Parcours Affaire · Perdre`
fn part(blueprint: &Blueprint, transition: &Transition) -> String {
    format!("{} · {}", blueprint.name, transition.name)
}

/// The leaves of a condition as they are written.
fn text_of(condition: &Condition, lang: Lang) -> String {
    let join = |parts: &[Condition], word: &str| {
        let inside = |part: &Condition| match part {
            Condition::All(_) | Condition::Any(_) => format!("({})", text_of(part, lang)),
            _ => text_of(part, lang),
        };
        parts.iter().map(inside).collect::<Vec<_>>().join(word)
    };
    match condition {
        Condition::All(parts) => join(parts, lang.pick(" ET ", " AND ")),
        Condition::Any(parts) => join(parts, lang.pick(" OU ", " OR ")),
        Condition::Not(part) => format!("{} ({})", lang.pick("NON", "NOT"), text_of(part, lang)),
        Condition::Test(test) => test.source.clone(),
        Condition::Related(related) => related.source.clone(),
    }
}
