//! The words of a picture, shorter than those of a sentence.

use crate::checked::blueprint::Owner;
use crate::lang::Lang;

pub(super) use crate::blueprint::words::{condition, count, lapse, percent};

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
    let seconds = u128::from(seconds);
    let tenths = (seconds * 10 + one / 2) / one;
    let text = if tenths >= 100 {
        ((seconds + one / 2) / one).to_string()
    } else if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}{}{}", tenths / 10, lang.pick(',', '.'), tenths % 10)
    };
    format!("{text}\u{a0}{unit}")
}

/// Somebody who may make a transition; fields and groups by their names alone.
pub(super) fn owner(owner: &Owner, lang: Lang) -> String {
    match owner {
        Owner::OfField(field) => field.key.names.first().cloned().unwrap_or_default(),
        Owner::Group(name) => name.clone(),
        other => crate::blueprint::words::owner(other, lang),
    }
}

/// Several, with commas.
pub(super) fn owners(list: &[Owner], lang: Lang) -> Option<String> {
    let everyone = list.is_empty() || list.contains(&Owner::Everyone);
    let names = || list.iter().map(|one| owner(one, lang)).collect::<Vec<_>>().join(", ");
    (!everyone).then(names)
}
