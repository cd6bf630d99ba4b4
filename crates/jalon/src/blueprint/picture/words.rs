//! The words of a picture: lengths of time, numbers, people and criteria.

use rust_decimal::Decimal;

use crate::checked::Condition;
use crate::checked::blueprint::Owner;
use crate::lang::Lang;
use crate::lexicon::Unit;

/// `3 jours ouvrés`, `1 year`.
pub(super) fn lapse((count, unit): (u32, Unit), lang: Lang) -> String {
    let words = Unit::WORDS.iter().find(|(member, ..)| *member == unit);
    let singular = words.and_then(|(_, fr, en)| lang.pick(fr, en).get(1)).copied();
    let word = singular.filter(|_| count == 1).unwrap_or_else(|| unit.word(lang));
    format!("{count} {word}")
}

/// `10 %`, `10%`.
pub(super) fn percent(share: Decimal, lang: Lang) -> String {
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

/// `8 refusés`, `1 refused`.
pub(super) fn refused(n: u64, lang: Lang) -> String {
    let word = lang.pick(if n < 2 { "refusé" } else { "refusés" }, "refused");
    format!("{} {word}", count(n, lang))
}

/// A measured length of time in its largest sensible unit, with one decimal below ten: `3,2 j`.
pub(super) fn span(seconds: u64, lang: Lang) -> String {
    let (one, unit) = match seconds {
        0..60 => return format!("{seconds}\u{a0}s"),
        60..3_600 => (60, "min"),
        3_600..86_400 => (3_600, "h"),
        86_400..63_072_000 => (86_400, lang.pick("j", "d")),
        _ => (31_536_000, lang.pick("ans", "y")),
    };
    let tenths = u128::from(seconds) * 10 / one;
    let text = if tenths >= 100 || tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}{}{}", tenths / 10, lang.pick(',', '.'), tenths % 10)
    };
    format!("{text}\u{a0}{unit}")
}

/// Somebody who may make a transition.
pub(super) fn owner(owner: &Owner, lang: Lang) -> String {
    let of = |fr: &str, en: &str, name: &str| format!("{} {name}", lang.pick(fr, en));
    match owner {
        Owner::Everyone => lang.pick("tous", "everyone").to_owned(),
        Owner::RecordOwner(_) => lang.pick("propriétaire de la fiche", "record owner").to_owned(),
        Owner::OfField(field) => field.key.names.first().cloned().unwrap_or_default(),
        Owner::User(name) | Owner::Group(name) => name.clone(),
        Owner::Role(name) => of("rôle", "role", name),
        Owner::Profile(name) => of("profil", "profile", name),
    }
}

/// Several, with commas.
pub(super) fn owners(list: &[Owner], lang: Lang) -> Option<String> {
    let everyone = list.is_empty() || list.contains(&Owner::Everyone);
    let names = || list.iter().map(|one| owner(one, lang)).collect::<Vec<_>>().join(", ");
    (!everyone).then(names)
}

/// A criterion, its leaves as written.
pub(super) fn condition(condition: &Condition, lang: Lang) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| inner(part, lang)).collect();
        parts.join(&format!(" {word} "))
    };
    match condition {
        Condition::All(parts) => joined(parts, lang.pick("ET", "AND")),
        Condition::Any(parts) => joined(parts, lang.pick("OU", "OR")),
        Condition::Not(part) => format!("{} {}", lang.pick("NON", "NOT"), inner(part, lang)),
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
