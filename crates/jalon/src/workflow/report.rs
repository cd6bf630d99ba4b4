//! Decisions as people read them, in French and in English.

mod step;

use super::decision::{ActionError, ApprovalChange, Decision, Effect, EffectKind, TimerChange};
use super::people::{GROUP, ROLE};
use super::state::{RecordKey, TimerCause};
use super::trace::{Outcome, Step};
use crate::eval::explain::leaf::MASK;
use crate::eval::functions::print;
use crate::lang::{Lang, colon, quoted};
use crate::value::{Instant, Value, Zone, read};

/// So many rules that did not wait for an event are named; the others are counted.
const MOST_NAMED: usize = 5;

impl Decision {
    /// What is to be done, and where it was asked for, why; one thing a line, instants in UTC.
    pub fn report(&self, lang: Lang) -> String {
        self.report_in(lang, Zone::UTC)
    }

    /// As [`Decision::report`], with instants as the local time of a zone.
    pub fn report_in(&self, lang: Lang, zone: Zone) -> String {
        let mut lines = self.lines(lang, zone, |_| false);
        lines.extend(self.following(lang));
        if let Some(trace) = &self.trace {
            lines.push(lang.pick("Pourquoi :", "Why:").to_owned());
            lines.extend(told(trace, lang, zone).iter().map(|line| format!("  {line}")));
        }
        lines.join("\n")
    }

    /// What is to be done, and those steps of the trace that are wanted, without the others.
    pub fn brief_in(&self, lang: Lang, zone: Zone, wanted: impl Fn(&Step) -> bool) -> String {
        let steps: Vec<&Step> = self.trace.iter().flatten().filter(|step| wanted(step)).collect();
        let said = |known: &str| {
            steps.iter().any(|step| matches!(step, Step::Rule { rule, .. } if rule == known))
        };
        let mut lines = self.lines(lang, zone, said);
        lines.extend(steps.iter().map(|step| step.sentence_in(lang, zone)));
        lines.extend(self.following(lang));
        lines.join("\n")
    }

    /// What is to be done. Of a rule whose timer was dropped this is not said where it is said
    /// further on.
    fn lines(&self, lang: Lang, zone: Zone, said: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        for refusal in &self.refusals {
            let refused = lang.pick("✗ refusé : ", "✗ refused: ");
            let why = refusal.obstacle.as_ref().map(|obstacle| obstacle.lines(lang));
            let mut why = why.unwrap_or_else(|| vec![refusal.message.clone()]).into_iter();
            lines.push(refused.to_owned() + &why.next().unwrap_or_default());
            lines.extend(why);
        }
        for change in &self.changes {
            let old = match (&change.old, &change.new) {
                (Value::Empty, Value::Bool(_)) => &Value::Bool(false),
                (old, _) => old,
            };
            let shown = |side: &Value| {
                if change.personal && *side != Value::Empty {
                    return MASK.to_owned();
                }
                value(side, lang, zone)
            };
            let (old, new) = (shown(old), shown(&change.new));
            let mut line = format!("{}{}{old} → {new}", change.field, colon(lang));
            if Some(&change.record) != self.record.as_ref() {
                line = format!("{} · {line}", name(&change.record));
            }
            if !change.rule.is_empty() {
                line = format!("{line} ({})", quoted(&change.rule, lang));
            }
            lines.push(line);
        }
        for ApprovalChange { record, request } in &self.approvals {
            let mut line = request.sentence(lang);
            if let Some(due) = request.due.filter(|_| request.is_pending()) {
                let due = time(due, zone);
                line += &lang.pick(format!(", avant le {due}"), format!(", before {due}"));
            }
            if Some(record) != self.record.as_ref() {
                line = format!("{} · {line}", name(record));
            }
            lines.push(line);
        }
        for score in &self.scores {
            let old = score.old.map(|old| format!("{old} → ")).unwrap_or_default();
            lines.push(format!("{}{}{old}{}", score.score, colon(lang), score.new));
        }
        lines.extend(self.effects.iter().map(|effect| effect.sentence_in(lang, zone)));
        for timer in &self.timers {
            let mut line = timer.sentence_in(lang, zone);
            let rule = &timer.timer.rule;
            let of_rule = !matches!(timer.timer.cause, TimerCause::Process { .. });
            if timer.change == "done" && of_rule && !self.fired.contains(rule) && !said(rule) {
                line += lang.pick(", abandonnée", ", dropped");
            }
            lines.push(line);
        }
        lines.extend(self.errors.iter().map(|error| error.sentence(lang)));
        if lines.is_empty() {
            lines.push(lang.pick("rien à faire", "nothing to do").to_owned());
        }
        lines
    }

    /// What comes next in a process that is run through in one go.
    fn following(&self, lang: Lang) -> Vec<String> {
        let offers = self.next.iter().flatten().flat_map(|offer| offer.lines(lang));
        let mut lines: Vec<String> = offers.map(|line| format!("  {line}")).collect();
        if !lines.is_empty() {
            lines.insert(0, lang.pick("Ensuite :", "Next:").to_owned());
        }
        lines
    }
}

/// The steps as sentences: stages in which nothing happens are left out, rules that did not wait
/// for the event stand together.
fn told(trace: &[Step], lang: Lang, zone: Zone) -> Vec<String> {
    let mut lines = Vec::new();
    let mut waiting: Vec<&str> = Vec::new();
    let mut stage = None;
    for step in trace {
        match step {
            Step::Rule { rule, outcome: Outcome::NotTriggered, .. } => {
                waiting.push(rule);
                continue;
            }
            Step::Stage { .. } => {
                lines.extend(not_waited(&mut waiting, lang));
                stage = Some(step);
                continue;
            }
            Step::Wave { .. } => lines.extend(not_waited(&mut waiting, lang)),
            _ => {}
        }
        let sentence = [stage.take(), Some(step)].into_iter().flatten();
        for step in sentence {
            lines.extend(step.sentence_in(lang, zone).lines().map(str::to_owned));
        }
    }
    lines.extend(not_waited(&mut waiting, lang));
    lines
}

/// The rules that did not wait for an event, in one sentence.
fn not_waited(rules: &mut Vec<&str>, lang: Lang) -> Option<String> {
    let rules = std::mem::take(rules);
    if let [rule] = rules[..] {
        let rule = quoted(rule, lang);
        return Some(format!("{rule} {}", Outcome::NotTriggered.sentence(lang)));
    }
    let named = rules.iter().take(MOST_NAMED).map(|rule| quoted(rule, lang));
    let mut named = named.collect::<Vec<_>>().join(", ");
    let more = rules.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        named += &lang.pick(format!(" et {more} de plus"), format!(" and {more} more"));
    }
    (!rules.is_empty()).then(|| {
        lang.pick(
            format!("n'attendent pas cet événement : {named}"),
            format!("do not wait for this event: {named}"),
        )
    })
}

impl ActionError {
    /// What is not done and why, as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        let (rule, action) = (quoted(&self.rule, lang), quoted(&self.action, lang));
        let why = match (self.reason, lang) {
            ("arithmetic", Lang::Fr) => {
                "le calcul échoue (division par zéro, ou plus de 28 chiffres)"
            }
            ("arithmetic", Lang::En) => {
                "the arithmetic fails (division by zero, or beyond 28 digits)"
            }
            ("not_whole", Lang::Fr) => "le champ veut un nombre entier",
            ("not_whole", Lang::En) => "the field wants a whole number",
            ("no_record", Lang::Fr) => "la référence ne désigne aucune fiche",
            ("no_record", Lang::En) => "the reference names no record",
            ("no_recipient", Lang::Fr) => {
                "personne n'est désigné : le champ est vide, ou nul n'a ce rôle ou n'est de ce groupe"
            }
            ("no_recipient", Lang::En) => {
                "nobody is meant: the field is empty, or nobody has that role or is in that group"
            }
            ("in_process", Lang::Fr) => {
                "la fiche est dans un parcours : son état ne change que par une transition, ou par `forcer`"
            }
            ("in_process", Lang::En) => {
                "the record is in a blueprint: its state changes by a transition only, or by `force`"
            }
            ("other_version", Lang::Fr) => {
                "le parcours a changé depuis que la fiche y est entrée ; faites-la migrer"
            }
            ("other_version", Lang::En) => {
                "the blueprint has changed since the record entered it; migrate it"
            }
            (_, Lang::Fr) => "une valeur n'est pas du bon type",
            (_, Lang::En) => "a value is of the wrong type",
        };
        let named = self.values.iter().map(|value| value.message(lang)).collect::<Vec<_>>();
        let why = if named.is_empty() { why.to_owned() } else { named.join(" ; ") };
        lang.pick(
            format!("⚠ {rule} : {action} n'est pas fait : {why}"),
            format!("⚠ {rule}: {action} is not done: {why}"),
        )
    }
}

/// A value as people read it.
pub(crate) fn value(value: &Value, lang: Lang, zone: Zone) -> String {
    let mut text = String::new();
    print(value.as_ref(), &mut text);
    match value {
        Value::Instant(instant) => time(*instant, zone),
        Value::Empty => lang.pick("vide", "empty").to_owned(),
        Value::Bool(true) => "✓".to_owned(),
        Value::Bool(false) => lang.pick("non sélectionné", "not selected").to_owned(),
        Value::Text(_) if read::moment(&text).is_none() => quoted(&text, lang),
        _ => text,
    }
}

/// An instant as a local time, in UTC with its `Z`.
fn time(instant: Instant, zone: Zone) -> String {
    if zone == Zone::UTC { instant.to_string() } else { zone.local(instant).to_string() }
}

fn name(record: &RecordKey) -> String {
    format!("{} {}", record.module, record.id).trim().to_owned()
}

impl Effect {
    /// What is to be done, as a sentence, with instants in UTC.
    pub fn sentence(&self, lang: Lang) -> String {
        self.sentence_in(lang, Zone::UTC)
    }

    /// As [`Effect::sentence`], with instants as the local time of a zone.
    pub fn sentence_in(&self, lang: Lang, zone: Zone) -> String {
        format!("{} ({})", self.what(lang, zone), quoted(&self.rule, lang))
    }

    /// What is to be done, without the rule that asks for it.
    pub(crate) fn what(&self, lang: Lang, zone: Zone) -> String {
        let to = |to: &[String]| {
            if to.is_empty() {
                return String::new();
            }
            let to = to.iter().map(|who| somebody(who, lang)).collect::<Vec<_>>();
            format!("{}{}", lang.pick(" à ", " to "), to.join(", "))
        };
        let q = |text: &str| quoted(text, lang);
        let value = |known: &Value| value(known, lang, zone);
        match &self.kind {
            EffectKind::Task { subject, due, to: whose, .. } => {
                let mut text = format!("{} {}", lang.pick("tâche", "task"), q(subject));
                if *due != Value::Empty {
                    text += lang.pick(", échéance ", ", due ");
                    text += &value(due);
                }
                text + &whose.as_ref().map_or_else(String::new, |whose| {
                    format!("{}{}", lang.pick(", pour ", ", for "), somebody(whose, lang))
                })
            }
            EffectKind::Email { template, to: whom, .. } => {
                format!("{} {}{}", lang.pick("e-mail", "email"), q(template), to(whom))
            }
            EffectKind::Alert { text, to: whom, .. } => {
                format!("{} {}{}", lang.pick("alerte", "alert"), q(text), to(whom))
            }
            EffectKind::Webhook { name, method, url, parameters, body, .. } => {
                let mut parts = vec![format!("webhook {name} ({method} {url})")];
                parts.extend(parameters.iter().map(|(name, value)| format!("{name} = {value}")));
                parts.extend(
                    body.iter().map(|body| format!("{} {body}", lang.pick("corps", "body"))),
                );
                parts.join(", ")
            }
            EffectKind::Function { name, arguments } => {
                let arguments = arguments.iter().map(value).collect::<Vec<_>>();
                format!("{} {name}({})", lang.pick("fonction", "function"), arguments.join(", "))
            }
            EffectKind::Convert { modules } => {
                let into = if modules.is_empty() {
                    String::new()
                } else {
                    format!("{}{}", lang.pick(" en ", " to "), modules.join(", "))
                };
                lang.pick("convertir", "convert").to_owned() + &into
            }
            EffectKind::Create { into, fields } => {
                let fields = fields.iter().map(|(k, v)| format!("{k} = {}", value(v)));
                let fields = fields.collect::<Vec<_>>().join(", ");
                format!("{} {into} ({fields})", lang.pick("créer", "create"))
            }
            EffectKind::Tag { tags } => {
                format!("{} {}", lang.pick("étiqueter", "tag"), tags.join(", "))
            }
            EffectKind::Untag { tags } => {
                format!("{} {}", lang.pick("retirer l'étiquette", "untag"), tags.join(", "))
            }
            EffectKind::Assign { to } => {
                format!("{} {}", lang.pick("affecter à", "assign to"), somebody(to, lang))
            }
            EffectKind::Meeting { title, start, .. } => {
                format!("{} {}, {}", lang.pick("rendez-vous", "meeting"), q(title), value(start))
            }
            EffectKind::Keep { note, attachments, ticked, records } => {
                let records = records.iter().map(|(module, id)| format!("{module} {id}"));
                let kept = note.iter().map(|note| q(note)).chain(attachments.iter().cloned());
                let kept = kept.chain(ticked.iter().map(|item| format!("✓ {item}")));
                let kept = kept.chain(records).collect::<Vec<_>>().join(", ");
                format!("{}{kept}", lang.pick("garder : ", "keep: "))
            }
            EffectKind::Delete => {
                format!("{} {}", lang.pick("supprimer", "delete"), name(&self.record))
            }
        }
    }
}

/// Somebody of an effect, with the word for a role or a group in the language.
fn somebody(who: &str, lang: Lang) -> String {
    if let Some(role) = who.strip_prefix(ROLE) {
        return format!("{} {role}", lang.pick("rôle", "role"));
    }
    match who.strip_prefix(GROUP) {
        Some(group) => format!("{} {group}", lang.pick("groupe", "group")),
        None => who.to_owned(),
    }
}

impl TimerChange {
    /// What happens to the timer, as a sentence, with its instant in UTC.
    pub fn sentence(&self, lang: Lang) -> String {
        self.sentence_in(lang, Zone::UTC)
    }

    /// As [`TimerChange::sentence`], with its instant as the local time of a zone.
    pub fn sentence_in(&self, lang: Lang, zone: Zone) -> String {
        format!("{} ({})", self.what(lang, zone), quoted(&self.timer.rule, lang))
    }

    /// What happens to the timer, without its rule.
    pub(crate) fn what(&self, lang: Lang, zone: Zone) -> String {
        let what = match (self.change, lang) {
            ("arm", Lang::Fr) => "minuterie armée",
            ("arm", Lang::En) => "timer armed",
            ("move", Lang::Fr) => "minuterie déplacée",
            ("move", Lang::En) => "timer moved",
            ("cancel", Lang::Fr) => "minuterie annulée",
            ("cancel", Lang::En) => "timer cancelled",
            ("past", Lang::Fr) => "minuterie non armée, l'échéance est passée",
            ("past", Lang::En) => "timer not armed, it was due already",
            (_, Lang::Fr) => "minuterie échue",
            (_, Lang::En) => "timer due",
        };
        format!("{what}{}{}", colon(lang), time(self.timer.due, zone))
    }
}
