//! What there was instead of what a test expects.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Running;
use crate::checked::workflow::Expectation;
use crate::eval::Explanation;
use crate::lang::Lang;
use crate::lexicon::Op;
use crate::program::Error;
use crate::value::fold::same_name;
use crate::workflow::{Effect, EffectKind, Outcome, Step, Timer};

/// What there was instead.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Found {
    /// Another score.
    Score(Decimal),
    /// The rule fired although it must not, with what it did, or did not fire, with why.
    Rule {
        /// Whether it fired.
        fired: bool,
        /// What came of it, each time it was considered.
        outcomes: Vec<Outcome>,
    },
    /// The criterion does not hold.
    Criterion(Box<Explanation>),
    /// Other effects, each by its kind and name.
    Effects(Vec<(String, String)>),
    /// Other timers.
    Timers(Vec<Timer>),
    /// What validation said; nothing where it let the change pass.
    Refusals(Vec<String>),
    /// The test could not be run so far.
    Trouble(String),
}

impl Running<'_> {
    /// What there is instead of what is expected; nothing where it is so.
    pub(super) fn found(&self, expectation: &Expectation) -> Result<Option<Found>, Error> {
        Ok(match expectation {
            Expectation::Score(id, op, value) => {
                let name = self.program.checked().scores.get(id.0 as usize);
                let score = self.program.score(name.map(|score| score.name.as_str()))?;
                let total = score.evaluate(&self.whole(), self.stage.clock())?.total;
                (!compares(total, *op, *value)).then_some(Found::Score(total))
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
                let rule = rule.and_then(|id| self.program.checked().rules.get(id.0 as usize));
                let at = at.as_ref().and_then(|at| self.instant(at));
                let timers = self.timers();
                let there = timers.iter().any(|timer| {
                    rule.is_none_or(|rule| rule.name == timer.rule)
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
            Expectation::Blueprint(text) => {
                Some(Found::Trouble(format!("`{text}`: blueprints are not run yet")))
            }
        })
    }

    fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.decisions.iter().flat_map(|decision| &decision.effects)
    }

    fn other_effects(&self) -> Found {
        let shown =
            |effect: &Effect| (kind_of(&effect.kind).to_owned(), names_of(&effect.kind).join(", "));
        Found::Effects(self.effects().map(shown).collect())
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
        | EffectKind::Assign { to: name }
        | EffectKind::Meeting { title: name, .. } => vec![name],
        EffectKind::Convert { modules: names }
        | EffectKind::Tag { tags: names }
        | EffectKind::Untag { tags: names } => names.iter().map(String::as_str).collect(),
        EffectKind::Delete => Vec::new(),
    }
}

fn is_named(kind: &EffectKind, name: &str) -> bool {
    names_of(kind).iter().any(|known| same_name(known, name))
}

impl Found {
    /// What there was, in a language; several lines where there is more to say.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Found::Score(total) => {
                lang.pick(format!("trouvé : {total}"), format!("found: {total}"))
            }
            Found::Rule { fired: true, .. } => {
                lang.pick("elle s'est déclenchée".to_owned(), "it fired".to_owned())
            }
            Found::Rule { fired: false, outcomes } => {
                let mut lines =
                    vec![lang.pick("elle ne s'est pas déclenchée", "it did not fire").to_owned()];
                lines.extend(outcomes.iter().map(|outcome| outcome.sentence(lang)));
                lines.join("\n")
            }
            Found::Criterion(explanation) => explanation.sentence(lang),
            Found::Effects(effects) if effects.is_empty() => {
                lang.pick("aucun effet".to_owned(), "no effect".to_owned())
            }
            Found::Effects(effects) => {
                let shown = effects.iter().map(|(kind, name)| format!("{kind} « {name} »"));
                let list = shown.collect::<Vec<_>>().join(", ");
                lang.pick(format!("trouvé : {list}"), format!("found: {list}"))
            }
            Found::Timers(timers) if timers.is_empty() => {
                lang.pick("aucune minuterie".to_owned(), "no timer".to_owned())
            }
            Found::Timers(timers) => {
                let shown = timers.iter().map(|timer| format!("« {} » {}", timer.rule, timer.due));
                let list = shown.collect::<Vec<_>>().join(", ");
                lang.pick(format!("trouvé : {list}"), format!("found: {list}"))
            }
            Found::Refusals(messages) if messages.is_empty() => {
                lang.pick("aucun refus".to_owned(), "not refused".to_owned())
            }
            Found::Refusals(messages) => {
                let list = messages.join(" ; ");
                lang.pick(format!("refusé : {list}"), format!("refused: {list}"))
            }
            Found::Trouble(message) => message.clone(),
        }
    }
}
