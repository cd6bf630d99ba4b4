//! The words of recurrences, by their key: lower case, no accents.

use crate::lexicon::{Month, Unit, Weekday, key};
use crate::recurrence::Frequency;
use crate::value::near::nearest;

/// `chaque`
pub(super) const EACH: &[&str] = &["chaque", "every", "each"];
/// `tous les`
pub(super) const ALL: &[&str] = &["tous", "toutes"];
/// Articles before a day.
pub(super) const ARTICLES: &[&str] = &["le", "les", "on", "the"];
/// Before a time of day.
pub(super) const AT: &[&str] = &["a", "at"];
/// Before the days that are left out.
pub(super) const EXCEPT: &[&str] = &["sauf", "except", "hors", "hormis"];
/// Before months.
pub(super) const IN: &[&str] = &["en", "in"];
/// Before the days of the month that alone count.
pub(super) const ONLY: &[&str] = &["seulement", "uniquement", "only"];
/// Before the end.
pub(super) const UNTIL: &[&str] = &["jusqu'au", "jusqu'a", "until", "till"];
/// After a count.
pub(super) const TIMES: &[&str] = &["fois", "times", "time", "occurrences"];
/// Between the parts of a list.
pub(super) const AND: &[&str] = &["et", "and", ","];
/// Between a day and its month.
pub(super) const OF: &[&str] = &["de", "du", "of", "en", "in"];
/// A day of the month, after its number.
pub(super) const DAY: &[&str] = &["jour", "day"];
/// The last.
pub(super) const LAST: &[&str] = &["dernier", "derniere", "derniers", "last"];
/// The one before the last.
pub(super) const LAST_BUT_ONE: &[&str] =
    &["avant-dernier", "avant-derniere", "penultimate", "second-last"];
/// `jours ouvrés`, in its second word or in one.
pub(super) const WORKED: &[&str] =
    &["ouvre", "ouvres", "ouvrable", "ouvrables", "business", "weekday", "weekdays", "working"];

/// Numbers in full, from 1.
const ORDINALS: &[&[&str]] = &[
    &["premier", "premiere", "first"],
    &["deuxieme", "second", "seconde"],
    &["troisieme", "third"],
    &["quatrieme", "fourth"],
    &["cinquieme", "fifth"],
];

const ADVERBS: &[(&str, Frequency)] = &[
    ("hourly", Frequency::Hourly),
    ("daily", Frequency::Daily),
    ("weekly", Frequency::Weekly),
    ("monthly", Frequency::Monthly),
    ("yearly", Frequency::Yearly),
    ("annually", Frequency::Yearly),
];

/// `daily`
pub(super) fn adverb(word: &str) -> Option<Frequency> {
    ADVERBS.iter().find(|(adverb, _)| *adverb == word).map(|(_, frequency)| *frequency)
}

/// `jours`, `week`
pub(super) fn unit(word: &str) -> Option<Frequency> {
    match Unit::parse(word)? {
        Unit::Minute => Some(Frequency::Minutely),
        Unit::Hour => Some(Frequency::Hourly),
        Unit::Day => Some(Frequency::Daily),
        Unit::Week => Some(Frequency::Weekly),
        Unit::Month => Some(Frequency::Monthly),
        Unit::Year => Some(Frequency::Yearly),
        Unit::BusinessDay | Unit::BusinessHour => None,
    }
}

/// `premier`, `third`
pub(super) fn ordinal_word(word: &str) -> Option<u32> {
    let index = ORDINALS.iter().position(|words| words.contains(&word))?;
    Some(index as u32 + 1)
}

/// `15`, `1er`, `2e`, `3rd`: the number, and whether it is an ordinal.
pub(super) fn number(word: &str) -> Option<(u32, bool)> {
    const SUFFIXES: &[&str] = &["er", "re", "e", "eme", "ieme", "nd", "nde", "d", "st", "rd", "th"];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = word.split_at(digits);
    let ordinal = SUFFIXES.contains(&suffix);
    if !ordinal && !suffix.is_empty() {
        return None;
    }
    Some((number.parse().ok()?, ordinal))
}

/// The word of a sentence that was meant by one that is not understood.
pub(super) fn meant(word: &str) -> Option<String> {
    let lists = [EACH, ALL, AT, EXCEPT, ONLY, UNTIL, TIMES, DAY, LAST, LAST_BUT_ONE];
    let fixed = lists.into_iter().flatten().map(|word| (*word, *word));
    let ordinals = ORDINALS.iter().copied().flatten().map(|word| (*word, *word));
    let adverbs = ADVERBS.iter().map(|(word, _)| (*word, *word));
    let days = Weekday::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let months = Month::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let units = Unit::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let named = days.chain(months).chain(units.filter(|word| !word.contains(' ')));
    let named = named.map(|word| (*word, *word));
    // Of short words everything is near.
    if key(word).chars().count() < 4 {
        return None;
    }
    nearest(word, fixed.chain(ordinals).chain(adverbs).chain(named))
        .first()
        .map(|w| (*w).to_owned())
}
