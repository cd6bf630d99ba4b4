//! Rules: when, if, then.

use super::Speech;
use super::clause::Clause;
use super::words::{and, de, lapse, literal, or};
use crate::checked::workflow::{Branch, DateTrigger, Later, Repetition, Trigger, TriggerKind};
use crate::checked::{Domain, Rule};
use crate::lang::{Lang, colon};
use crate::lexicon::{Unit, event_label};
use crate::score::sentence::number;

impl Speech<'_> {
    /// What a rule says: when it is asked, what must hold, and what is done then.
    pub(crate) fn rule(&self, rule: &Rule) -> String {
        let module = rule.on.name(&self.program.schema);
        let mut lines = Vec::new();
        for (index, branch) in rule.branches.iter().enumerate() {
            let opening = if index == 0 {
                self.triggers(&rule.triggers, module)
            } else {
                self.pick("Sinon", "Otherwise")
            };
            let ending = if index == 0 { self.repetition(rule.repetition) } else { "" };
            self.branch(&opening, branch, ending, &mut lines);
        }
        lines.join("\n")
    }

    /// `Quand une fiche est créée, si …, alors, une seule fois par fiche :` and what is done.
    fn branch(&self, opening: &str, branch: &Branch, ending: &str, lines: &mut Vec<String>) {
        let lang = self.lang;
        let colon = colon(lang).trim_end();
        let mut head = capital(opening);
        let then = lang.pick("alors", "then");
        if let Some(condition) = &branch.condition {
            let condition = self.condition(condition);
            head += lang.pick(", si ", ", if ");
            match condition {
                Clause::Inline(text) => head.extend([text.as_str(), ", ", then]),
                Clause::List(under, parts) => {
                    Clause::List(head + &under, parts).lines("", 0, lines);
                    head = capital(then);
                }
            }
        }
        if !ending.is_empty() {
            head.extend([", ", ending]);
        }
        let nothing = branch.actions.is_empty() && branch.later.is_empty();
        if nothing {
            lines.push(head + lang.pick(", rien n'est fait.", ", nothing is done."));
            return;
        }
        lines.push(format!("{head}{colon}"));
        for action in &branch.actions {
            self.action(action).lines("– ", 1, lines);
        }
        for later in &branch.later {
            self.later(later, lines);
        }
    }

    fn later(&self, later: &Later, lines: &mut Vec<String>) {
        lines.push(format!("  {}{}", self.later_head(later), colon(self.lang).trim_end()));
        for action in &later.actions {
            self.action(action).lines("– ", 2, lines);
        }
    }

    /// `puis, 3 jours après, à 10:30`
    pub(crate) fn later_head(&self, later: &Later) -> String {
        let lang = self.lang;
        let after = lapse(later.after, lang);
        let mut head = lang.pick(format!("puis, {after} après"), format!("then, {after} later"));
        if let Some(at) = later.at {
            head += &lang.pick(format!(", à {at}"), format!(", at {at}"));
        }
        if !later.recheck {
            head += lang.pick(
                ", même si la condition ne tient plus",
                ", even if the condition no longer holds",
            );
        }
        head
    }

    /// How often a rule fires.
    pub(crate) fn repetition(&self, repetition: Repetition) -> &'static str {
        match repetition {
            Repetition::EveryTime => self.lang.pick("à chaque fois", "every time"),
            Repetition::OnEntering => self.lang.pick(
                "au moment où la condition devient vraie",
                "at the moment the condition becomes true",
            ),
            Repetition::OnlyOnce => {
                self.lang.pick("une seule fois par fiche", "only once for each record")
            }
        }
    }

    /// What is waited for: any of them.
    pub(crate) fn triggers(&self, triggers: &[Trigger], module: Option<&str>) -> String {
        let said: Vec<String> =
            triggers.iter().map(|trigger| self.trigger(&trigger.kind, module)).collect();
        match said.as_slice() {
            [] => self.pick("jamais par elle-même", "never by itself"),
            said => said.join(self.lang.pick(", ou ", ", or ")),
        }
    }

    pub(crate) fn trigger(&self, trigger: &TriggerKind, module: Option<&str>) -> String {
        let lang = self.lang;
        let record = match (module, lang) {
            (Some(module), Lang::Fr) => {
                format!("une fiche {}", de(&super::words::name(module, lang)))
            }
            (Some(module), Lang::En) => {
                format!("a record of {}", super::words::name(module, lang))
            }
            (None, _) => self.pick("une fiche", "a record"),
        };
        let when = |fr: &str, en: &str| {
            lang.pick(format!("quand {record} {fr}"), format!("when {record} {en}"))
        };
        match trigger {
            TriggerKind::Created => when("est créée", "is created"),
            TriggerKind::Updated => when("est modifiée", "is updated"),
            TriggerKind::CreatedOrUpdated => when("est créée ou modifiée", "is created or updated"),
            TriggerKind::Deleted => when("est supprimée", "is deleted"),
            TriggerKind::Manual => lang.pick(
                format!("quand quelqu'un le demande pour {record}"),
                format!("when somebody asks for it on {record}"),
            ),
            TriggerKind::Changed(fields) => {
                let fields: Vec<String> = fields.iter().map(|field| self.field(field)).collect();
                let fields = or(&fields, lang);
                lang.pick(
                    format!("quand {fields} change dans {record}"),
                    format!("when {fields} changes in {record}"),
                )
            }
            TriggerKind::Criterion(criterion) => {
                let criterion = self.condition(criterion).flat();
                lang.pick(
                    format!("quand, dans {record}, {criterion}"),
                    format!("when, in {record}, {criterion}"),
                )
            }
            TriggerKind::Date(date) => self.date(date),
            TriggerKind::Score { score, rising, threshold } => {
                let name = self.program.scores.get(score.0 as usize);
                let name = literal(name.map_or("", |score| score.name.as_str()), lang);
                let at = number(*threshold, lang);
                match (rising, lang) {
                    (true, Lang::Fr) => format!("quand le score {name} atteint {at}"),
                    (true, Lang::En) => format!("when the score {name} reaches {at}"),
                    (false, Lang::Fr) => format!("quand le score {name} descend sous {at}"),
                    (false, Lang::En) => format!("when the score {name} falls below {at}"),
                }
            }
            TriggerKind::Event(id) => {
                let event = literal(event_label(id, lang), lang);
                lang.pick(format!("à chaque {event}"), format!("on each {event}"))
            }
            TriggerKind::Idle(count, unit) => {
                let length = lapse((*count, *unit), lang);
                when(
                    &format!("n'a pas été modifiée depuis {length}"),
                    &format!("has not been updated for {length}"),
                )
            }
        }
    }

    /// `3 jours avant Date Prochain Push, à 10:30, chaque année`
    fn date(&self, date: &DateTrigger) -> String {
        let lang = self.lang;
        let field = self.field(&date.field);
        let of_time = date.field.domain == Domain::DateTime && date.at.is_none();
        let mut text = match date.offset {
            Some((count, unit)) if count != 0 => {
                let length = u32::try_from(count.unsigned_abs()).unwrap_or(u32::MAX);
                let length = lapse((length, unit), lang);
                let way = if count < 0 {
                    lang.pick("avant", "before")
                } else {
                    lang.pick("après", "after")
                };
                format!("{length} {way} {field}")
            }
            _ if of_time => {
                lang.pick(format!("au moment {}", de(&field)), format!("at the moment of {field}"))
            }
            _ => lang.pick(format!("le jour {}", de(&field)), format!("on the day of {field}")),
        };
        if let Some(at) = date.at {
            text += &lang.pick(format!(", à {at}"), format!(", at {at}"));
        } else if !of_time {
            text += lang.pick(", à minuit", ", at midnight");
        }
        if let Some(every) = date.every {
            text += match every {
                Unit::Month => lang.pick(", chaque mois", ", every month"),
                _ => lang.pick(", chaque année", ", every year"),
            };
        }
        text
    }

    /// Names in a list.
    pub(super) fn named(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| literal(name, self.lang)).collect();
        and(&names, self.lang)
    }
}

/// With a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
