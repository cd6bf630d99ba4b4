//! What decisions come to, and what differs between two of them.

use super::because::reasons;
use super::{Changed, Difference, Played, ScoreLine, Side};
use crate::program::Error;
use crate::score::ScoreResult;
use crate::value::Value;
use crate::value::fold::same_name;
use crate::workflow::{ActionError, Effect, RecordKey, TimerChange};

/// What decisions come to.
#[derive(Debug)]
pub(super) struct Outcomes<'d> {
    refusals: Vec<String>,
    fields: Vec<Written<'d>>,
    effects: Vec<&'d Effect>,
    timers: Vec<&'d TimerChange>,
    errors: Vec<(&'d RecordKey, &'d ActionError)>,
    record: RecordKey,
}

/// A field that was written.
#[derive(Debug)]
struct Written<'d> {
    record: &'d RecordKey,
    field: &'d str,
    before: &'d Value,
    now: &'d Value,
    /// The last rule that wrote it.
    rule: &'d str,
}

impl<'d> Outcomes<'d> {
    pub(super) fn of(played: &'d Played<'_>) -> Outcomes<'d> {
        let record = played.key().cloned();
        let record = record.unwrap_or(RecordKey { module: String::new(), id: String::new() });
        let mut all = Outcomes {
            refusals: Vec::new(),
            fields: Vec::new(),
            effects: Vec::new(),
            timers: Vec::new(),
            errors: Vec::new(),
            record,
        };
        for decision in &played.decisions {
            all.refusals.extend(decision.refusals.iter().map(|refusal| refusal.message.clone()));
            for change in &decision.changes {
                let (record, field) = (&change.record, change.field.as_str());
                let (now, rule) = (&change.new, change.rule.as_str());
                let known = all.fields.iter_mut().find(|known| known.is(record, field));
                if let Some(known) = known {
                    (known.now, known.rule) = (now, rule);
                } else {
                    let before = &change.old;
                    all.fields.push(Written { record, field, before, now, rule });
                }
            }
            all.effects.extend(&decision.effects);
            all.timers.extend(&decision.timers);
            if let Some(record) = &decision.record {
                all.errors.extend(decision.errors.iter().map(|error| (record, error)));
            }
        }
        all
    }

    /// What differs from the outcomes of a new program.
    pub(super) fn against(
        &self,
        new: &Outcomes<'_>,
        old_play: &Played<'_>,
        new_play: &Played<'_>,
    ) -> Vec<Difference> {
        let mut all = Vec::new();
        let mut add = |record: &RecordKey, what: Changed, rules: &[&str]| {
            let rules = reasons(rules, old_play, new_play);
            all.push(Difference { record: record.clone(), what, rules });
        };
        if !self.refusals.is_empty() || !new.refusals.is_empty() {
            if self.refusals != new.refusals {
                let (old, new) = (self.refusals.clone(), new.refusals.clone());
                add(&self.record, Changed::Refusal { old, new }, &[]);
            }
            return all;
        }
        self.fields_against(new, (old_play, new_play), &mut add);
        for (with, effect) in sides(&self.effects, &new.effects, same_effect) {
            let what = Changed::Effect { with, effect: effect.clone() };
            add(&effect.record, what, &[&effect.rule]);
        }
        for (with, timer) in sides(&self.timers, &new.timers, same_timer) {
            let what = Changed::Timer { with, timer: timer.clone() };
            add(&timer.record, what, &[&timer.timer.rule]);
        }
        for (with, (record, error)) in sides(&self.errors, &new.errors, |a, b| a == b) {
            add(record, Changed::Error { with, error: error.clone() }, &[&error.rule]);
        }
        all
    }

    fn fields_against(
        &self,
        new: &Outcomes<'_>,
        (old_play, new_play): (&Played<'_>, &Played<'_>),
        add: &mut impl FnMut(&RecordKey, Changed, &[&str]),
    ) {
        let only_new = new.fields.iter().filter(|written| self.field(written).is_none());
        for written in self.fields.iter().chain(only_new) {
            let (old, new) = (self.field(written), new.field(written));
            let (old_value, new_value) = (written.with(old, old_play), written.with(new, new_play));
            if old_value.to_json() == new_value.to_json() {
                continue;
            }
            let rules = [old, new].map(|written| written.map_or("", |written| written.rule));
            let what = Changed::Field {
                field: written.field.to_owned(),
                before: written.before.clone(),
                old: old_value,
                new: new_value,
            };
            add(written.record, what, &rules);
        }
    }

    fn field(&self, written: &Written<'_>) -> Option<&Written<'d>> {
        self.fields.iter().find(|known| known.is(written.record, written.field))
    }
}

impl Written<'_> {
    /// The field's value with a program: what it wrote, or else what the record holds there.
    fn with(&self, written: Option<&Written<'_>>, play: &Played<'_>) -> Value {
        if let Some(written) = written {
            return written.now.clone();
        }
        let held = play.stage.value(self.record, self.field);
        let before = self.before.clone();
        held.filter(|held| held.to_json() != before.to_json()).unwrap_or(before)
    }

    fn is(&self, record: &RecordKey, field: &str) -> bool {
        self.record == record && same_name(self.field, field)
    }
}

/// The items that only one side has, each as often as it has it more than the other.
fn sides<T: Copy>(old: &[T], new: &[T], same: impl Fn(T, T) -> bool) -> Vec<(Side, T)> {
    let mut unmatched: Vec<Option<T>> = new.iter().copied().map(Some).collect();
    let mut all = Vec::new();
    for item in old.iter().copied() {
        let is_same = |other: &&mut Option<T>| other.is_some_and(|other| same(item, other));
        match unmatched.iter_mut().find(is_same) {
            Some(other) => *other = None,
            None => all.push((Side::Old, item)),
        }
    }
    all.extend(unmatched.into_iter().flatten().map(|item| (Side::New, item)));
    all
}

/// The same is to be done, whichever rule asks for it.
fn same_effect(a: &Effect, b: &Effect) -> bool {
    a.record == b.record && a.kind == b.kind
}

/// The same happens to a timer of the same rule at the same time.
fn same_timer(a: &TimerChange, b: &TimerChange) -> bool {
    a.record == b.record
        && a.change == b.change
        && a.timer.due == b.timer.due
        && same_name(&a.timer.rule, &b.timer.rule)
}

/// The lines of a score that do not give the same points.
pub(super) fn score_lines(
    name: &str,
    old: &Played<'_>,
    new: &Played<'_>,
) -> Result<Vec<ScoreLine>, Error> {
    let (old, new) = (result(name, old)?, result(name, new)?);
    let mut unmatched: Vec<_> = new.iter().flat_map(|result| &result.lines).map(Some).collect();
    let mut lines = Vec::new();
    for line in old.iter().flat_map(|result| &result.lines) {
        let twin = unmatched.iter_mut().find(|other| other.is_some_and(|o| o.text == line.text));
        let twin = twin.and_then(Option::take).map(|twin| twin.points);
        if twin.unwrap_or_default() != line.points {
            let (text, points) = (line.text.clone(), Some(line.points));
            lines.push(ScoreLine { text, old: points, new: twin });
        }
    }
    for line in unmatched.into_iter().flatten().filter(|line| !line.points.is_zero()) {
        let (text, points) = (line.text.clone(), Some(line.points));
        lines.push(ScoreLine { text, old: None, new: points });
    }
    Ok(lines)
}

fn result(name: &str, played: &Played<'_>) -> Result<Option<ScoreResult>, Error> {
    let is_there = played.program.score_names().any(|known| same_name(known, name));
    let (true, Some(record)) = (is_there, &played.record) else { return Ok(None) };
    played.program.score(Some(name))?.evaluate(record, played.clock).map(Some)
}
