//! The words for the parts of a blueprint: lengths of time, people, criteria, numbers.

use rust_decimal::Decimal;

use crate::checked::blueprint::{Deadline, Extra, ExtraKind, Owner};
use crate::checked::workflow::Actor;
use crate::checked::{Condition, FieldRef};
use crate::lang::Lang;
use crate::lexicon::Unit;

/// `3 jours ouvrés`, `1 year`.
pub(super) fn lapse((count, unit): (u32, Unit), lang: Lang) -> String {
    format!("{count} {}", unit.after(count, lang))
}

/// `10 %`, `10%`.
pub(crate) fn percent(share: Decimal, lang: Lang) -> String {
    let share = share.normalize().to_string();
    lang.pick(format!("{}\u{a0}%", share.replace('.', ",")), format!("{share}%"))
}

/// `45 211`, `45,211`.
pub(super) fn count(n: u64, lang: Lang) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(lang.pick('\u{a0}', ','));
        }
        text.push(digit);
    }
    text
}

/// Somebody who may make a transition.
pub(super) fn owner(owner: &Owner, lang: Lang) -> String {
    match owner {
        Owner::Everyone => lang.pick("tous", "everyone").to_owned(),
        Owner::RecordOwner(_) => lang.pick("propriétaire de la fiche", "record owner").to_owned(),
        Owner::OfField(field) => of_field(field, lang),
        Owner::User(name) => name.clone(),
        Owner::Role(name) => format!("{} {name}", lang.pick("rôle", "role")),
        Owner::Group(name) => format!("{} {name}", lang.pick("groupe", "group")),
        Owner::Profile(name) => format!("{} {name}", lang.pick("profil", "profile")),
    }
}

/// Several, with commas; none is everybody.
pub(super) fn owners(list: &[Owner], lang: Lang) -> String {
    match list {
        [] => owner(&Owner::Everyone, lang),
        list => joined(list.iter().map(|one| owner(one, lang))),
    }
}

fn actors(list: &[Actor], lang: Lang) -> String {
    joined(list.iter().map(|actor| match actor {
        Actor::Field(field) => of_field(field, lang),
        Actor::User(name) | Actor::Address(name) => name.clone(),
        Actor::Role(name) => format!("{} {name}", lang.pick("rôle", "role")),
        Actor::Group(name) => format!("{} {name}", lang.pick("groupe", "group")),
    }))
}

fn of_field(of: &FieldRef, lang: Lang) -> String {
    format!("{} {}", lang.pick("champ", "field"), field(of))
}

/// The declared name of a field.
pub(super) fn field(field: &FieldRef) -> &str {
    field.key.names.first().map_or("", String::as_str)
}

/// Fields, with commas.
pub(super) fn fields(list: &[FieldRef]) -> String {
    joined(list.iter().map(|one| field(one).to_owned()))
}

/// A criterion, its leaves as written.
pub(super) fn condition(of: &Condition, lang: Lang) -> String {
    let all = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| inner(part, lang)).collect();
        parts.join(&format!(" {word} "))
    };
    match of {
        Condition::All(parts) => all(parts, lang.pick("ET", "AND")),
        Condition::Any(parts) => all(parts, lang.pick("OU", "OR")),
        Condition::Not(part) => format!("{} ({})", lang.pick("NON", "NOT"), condition(part, lang)),
        Condition::Test(test) => test.source.trim().to_owned(),
        Condition::Related(related) => related.source.trim().to_owned(),
    }
}

fn inner(part: &Condition, lang: Lang) -> String {
    let text = condition(part, lang);
    match part {
        Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => format!("({text})"),
        _ => text,
    }
}

/// How long a state may last, and who is told.
pub(super) fn deadline(one: &Deadline, lang: Lang) -> String {
    let reminders = one.reminders.iter().map(|(before, people)| {
        let (before, word) = (lapse(*before, lang), lang.pick("avant", "before"));
        let reminder = lang.pick("rappel", "reminder");
        format!("{reminder} {before} {word} {}", actors(people, lang)).trim_end().to_owned()
    });
    let escalations = one.escalations.iter().map(|(after, people)| {
        let after =
            after.map(|after| format!("{} {} ", lapse(after, lang), lang.pick("après", "after")));
        let escalation = lang.pick("escalade", "escalation");
        format!("{escalation} {}{}", after.unwrap_or_default(), actors(people, lang))
    });
    joined(std::iter::once(lapse(one.after, lang)).chain(reminders).chain(escalations))
}

/// What else a transition asks for.
pub(super) fn extras(list: &[Extra], lang: Lang) -> String {
    joined(list.iter().map(|extra| {
        let what = match &extra.kind {
            ExtraKind::Note => "note".to_owned(),
            ExtraKind::Attachment => lang.pick("pièce jointe", "attachment").to_owned(),
            ExtraKind::Checklist(items) => {
                format!("{} {}", lang.pick("cocher", "checklist"), items.join(" / "))
            }
            ExtraKind::Record(module) => format!("{} {module}", lang.pick("fiche", "record")),
        };
        let may = if extra.required { "" } else { lang.pick(" (facultatif)", " (optional)") };
        what + may
    }))
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests;
