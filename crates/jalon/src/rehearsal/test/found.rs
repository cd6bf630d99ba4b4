//! What there was instead of what a test expects.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Running;
use crate::blueprint::Obstacle;
use crate::checked::workflow::Expectation;
use crate::eval::Explanation;
use crate::eval::explain::sentence::{Style, errors};
use crate::lang::{Lang, colon, quoted};
use crate::lexicon::Op;
use crate::program::Error;
use crate::score::ScoreResult;
use crate::value::fold::same_name;
use crate::value::{Value, Zone};
use crate::workflow::{
    ActionError, Effect, EffectKind, Outcome, Refusal, Step, Timer, bare_name, shown,
};

/// What there was instead.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Found {
    /// Another score, with its lines.
    Score(Box<ScoreResult>),
    /// The rule fired although it must not, with what it did, or did not fire, with why.
    Rule {
        /// Whether it fired.
        fired: bool,
        /// What came of it, each time it was considered.
        outcomes: Vec<Outcome>,
    },
    /// The criterion does not hold.
    Criterion(Box<Explanation>),
    /// Other effects.
    Effects {
        /// Those there were.
        effects: Vec<Effect>,
        /// The actions that could not be done.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        errors: Vec<ActionError>,
    },
    /// Other timers.
    Timers(Vec<Timer>),
    /// What validation said; nothing where it let the change pass.
    Refusals(Vec<String>),
    /// Another state of its process; nothing where it is in none.
    State {
        /// Which.
        state: Option<String>,
        /// Why the last thing that happened was refused, if it was.
        refused: Vec<Refusal>,
    },
    /// The transition is offered although it must not be, or is not, with why.
    Transition {
        /// Whether it is offered.
        offered: bool,
        /// Why it is not.
        why_not: Vec<Obstacle>,
    },
    /// The test could not be run so far.
    Trouble {
        /// Why, in French.
        fr: String,
        /// Why, in English.
        en: String,
    },
}

impl From<Error> for Found {
    fn from(error: Error) -> Found {
        Found::Trouble { fr: error.message(Lang::Fr), en: error.message(Lang::En) }
    }
}

impl Running<'_> {
    /// What there is instead of what is expected; nothing where it is so.
    pub(super) fn found(&mut self, expectation: &Expectation) -> Result<Option<Found>, Error> {
        Ok(match expectation {
            Expectation::Score(id, op, value) => {
                let name = self.program.checked().scores.get(id.0 as usize);
                let score = self.program.score(name.map(|score| score.name.as_str()))?;
                let result = score.evaluate(&self.whole(), self.stage.clock())?;
                let is_so = compares(result.total, *op, *value);
                (!is_so).then(|| Found::Score(Box::new(result)))
            }
            Expectation::Rule(id, fires) => {
                let rule = self.program.checked().rules.get(id.0 as usize);
                let name = rule.map_or("", |rule| rule.name.as_str());
                let fired = self.decisions.iter().any(|d| d.fired.iter().any(|rule| rule == name));
                (fired != *fires).then(|| Found::Rule { fired, outcomes: self.outcomes(name) })
            }
            Expectation::Criterion(condition) => {
                let criterion = self.program.compiled(condition);
                let explanation = criterion.explain(&self.whole(), self.stage.clock())?;
                (!explanation.holds).then(|| Found::Criterion(Box::new(explanation)))
            }
            Expectation::Effect { kind, name, present } => {
                let wanted = |effect: &Effect| {
                    kind_of(&effect.kind) == kind
                        && name.as_ref().is_none_or(|name| is_named(&effect.kind, name))
                };
                let there = self.effects().any(wanted);
                (there != *present).then(|| self.other_effects())
            }
            Expectation::NoEffect => self.effects().next().is_some().then(|| self.other_effects()),
            Expectation::Timer { rule, at, present } => {
                let at = at.as_ref().and_then(|at| self.instant(at));
                let timers = self.timers();
                let there = timers.iter().any(|timer| {
                    rule.as_ref().is_none_or(|rule| *rule == timer.rule)
                        && at.is_none_or(|at| at == timer.due)
                });
                (there != *present).then_some(Found::Timers(timers))
            }
            Expectation::Refused { message, present } => {
                let refusals: Vec<String> = self
                    .decisions
                    .iter()
                    .flat_map(|decision| &decision.refusals)
                    .map(|refusal| refusal.message.clone())
                    .collect();
                let there = refusals.iter().any(|refusal| {
                    message.as_ref().is_none_or(|message| same_name(message, refusal))
                });
                (there != *present).then_some(Found::Refusals(refusals))
            }
            Expectation::State(state) => self.found_state(state.as_deref()),
            Expectation::Offered { transition, offered } => {
                self.found_offer(transition, *offered)?
            }
        })
    }

    fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.decisions.iter().flat_map(|decision| &decision.effects)
    }

    fn other_effects(&self) -> Found {
        let errors = self.decisions.iter().flat_map(|decision| &decision.errors);
        Found::Effects {
            effects: self.effects().cloned().collect(),
            errors: errors.cloned().collect(),
        }
    }

    /// What came of a rule.
    fn outcomes(&self, name: &str) -> Vec<Outcome> {
        let steps = self.decisions.iter().filter_map(|decision| decision.trace.as_ref()).flatten();
        steps
            .filter_map(|step| match step {
                Step::Rule { rule, outcome, .. } if rule == name => Some(outcome.clone()),
                _ => None,
            })
            .collect()
    }

    /// The timers of the test's record.
    fn timers(&self) -> Vec<Timer> {
        let state = self.key().and_then(|key| self.stage.state().of(&key));
        state.map_or_else(Vec::new, |state| state.timers.clone())
    }
}

fn compares(total: Decimal, op: Op, value: Decimal) -> bool {
    match op {
        Op::IsNot => total != value,
        Op::Less => total < value,
        Op::LessOrEqual => total <= value,
        Op::Greater => total > value,
        Op::GreaterOrEqual => total >= value,
        _ => total == value,
    }
}

/// The kind of an effect, by its French keyword.
fn kind_of(kind: &EffectKind) -> &'static str {
    match kind {
        EffectKind::Task { .. } => "tâche",
        EffectKind::Email { .. } => "e-mail",
        EffectKind::Alert { .. } => "alerte",
        EffectKind::Webhook { .. } => "webhook",
        EffectKind::Function { .. } => "fonction",
        EffectKind::Convert { .. } => "convertir",
        EffectKind::Create { .. } => "créer",
        EffectKind::Tag { .. } => "étiqueter",
        EffectKind::Untag { .. } => "retirer l'étiquette",
        EffectKind::Assign { .. } => "affecter",
        EffectKind::Meeting { .. } => "rendez-vous",
        EffectKind::Delete => "supprimer",
        EffectKind::Keep { .. } => "garder",
    }
}

/// What an effect goes by.
fn names_of(kind: &EffectKind) -> Vec<&str> {
    match kind {
        EffectKind::Task { subject: name, .. }
        | EffectKind::Email { template: name, .. }
        | EffectKind::Alert { text: name, .. }
        | EffectKind::Webhook { name, .. }
        | EffectKind::Function { name, .. }
        | EffectKind::Create { into: name, .. }
        | EffectKind::Meeting { title: name, .. } => vec![name],
        EffectKind::Convert { modules: names }
        | EffectKind::Tag { tags: names }
        | EffectKind::Untag { tags: names } => names.iter().map(String::as_str).collect(),
        EffectKind::Assign { to } => vec![bare_name(to)],
        EffectKind::Keep { note, attachments, .. } => {
            note.iter().chain(attachments).map(String::as_str).collect()
        }
        EffectKind::Delete => Vec::new(),
    }
}

fn is_named(kind: &EffectKind, name: &str) -> bool {
    names_of(kind).iter().any(|known| same_name(known, name))
}

impl Found {
    /// What there was, in a language, with instants as the local time of a zone; several lines
    /// where there is more to say.
    pub fn message(&self, lang: Lang, zone: Zone) -> String {
        let said = |fr: &str, en: &str| lang.pick(fr, en).to_owned();
        match self {
            Found::Score(result) => score(result, lang),
            Found::Rule { fired, outcomes } => {
                let waited = |outcome: &&Outcome| match outcome {
                    Outcome::Fired { .. } => *fired,
                    Outcome::NotTriggered => false,
                    _ => !fired,
                };
                let mut lines: Vec<String> = Vec::new();
                for outcome in outcomes.iter().filter(waited) {
                    let sentence = outcome.sentence(lang);
                    if !lines.contains(&sentence) {
                        lines.push(sentence);
                    }
                }
                match (fired, outcomes.first()) {
                    (true, _) if lines.is_empty() => said("se déclenche", "fires"),
                    (false, Some(outcome)) if lines.is_empty() => outcome.sentence(lang),
                    (false, None) => {
                        said("n'a été examinée par aucun événement", "was considered by no event")
                    }
                    _ => lines.join("\n"),
                }
            }
            Found::Criterion(explanation) => {
                let mut lines = Vec::new();
                explanation.root.lines(Style { lang, iso: true }, 0, &mut lines);
                errors(&explanation.errors, lang, &mut lines);
                lines.join("\n")
            }
            Found::Effects { effects, errors } => {
                let mut lines: Vec<_> =
                    effects.iter().map(|effect| effect.sentence_in(lang, zone)).collect();
                if lines.is_empty() {
                    lines.push(said("aucun effet", "no effect"));
                }
                lines.extend(errors.iter().map(|error| error.sentence(lang)));
                lines.join("\n")
            }
            Found::Timers(timers) if timers.is_empty() => said("aucune minuterie", "no timer"),
            Found::Timers(timers) => {
                let shown = timers.iter().map(|timer| {
                    let due = shown(&Value::Instant(timer.due), lang, zone);
                    let rule = quoted(&timer.rule, lang);
                    lang.pick(format!("minuterie {due} ({rule})"), format!("timer {due} ({rule})"))
                });
                shown.collect::<Vec<_>>().join("\n")
            }
            Found::State { state, refused } => {
                let state = match state {
                    Some(state) => lang.pick(format!("état {state}"), format!("state {state}")),
                    None => said("dans aucun parcours", "in no blueprint"),
                };
                let lines = refused.iter().map(|refusal| match &refusal.obstacle {
                    Some(obstacle) => obstacles(std::slice::from_ref(obstacle), lang),
                    None => refusal.message.clone(),
                });
                let lines = lines.map(|lines| {
                    lang.pick(format!("refusé : {lines}"), format!("refused: {lines}"))
                });
                std::iter::once(state).chain(lines).collect::<Vec<_>>().join("\n")
            }
            Found::Transition { offered: true, .. } => said("offerte", "offered"),
            Found::Transition { why_not, .. } => obstacles(why_not, lang),
            Found::Refusals(messages) if messages.is_empty() => said("accepté", "accepted"),
            Found::Refusals(messages) => {
                let list = messages.join(lang.pick(" ; ", "; "));
                lang.pick(format!("refusé : {list}"), format!("refused: {list}"))
            }
            Found::Trouble { fr, en } => said(fr, en),
        }
    }
}

/// What stands in the way of a transition, each with the leaves of its criterion.
fn obstacles(obstacles: &[Obstacle], lang: Lang) -> String {
    let lines: Vec<String> = obstacles.iter().flat_map(|one| one.lines(lang)).collect();
    lines.join("\n")
}

/// A total, and the lines that gave points.
fn score(result: &ScoreResult, lang: Lang) -> String {
    let mut lines = vec![result.total.normalize().to_string()];
    for line in result.lines.iter().filter(|line| !line.points.is_zero()) {
        let (text, points) = (&line.text, line.points.normalize());
        lines.push(format!("  {text}{}{points}", colon(lang)));
    }
    if lines.len() == 1 {
        lines.push(lang.pick("  aucune ligne ne compte", "  no line counts").to_owned());
    }
    lines.join("\n")
}
