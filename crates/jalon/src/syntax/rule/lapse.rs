//! Lengths of time and times of day.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::lexicon::{Unit, key};
use crate::syntax::ast::{Lapse, Name};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `à 10h30`, the printed ones first.
pub(crate) const AT: &[&str] = &["à", "at"];

/// `3 jours`, `un mois`.
fn count_and_unit(text: &str) -> Option<(u32, Unit)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let (count, unit) = text.split_at(digits);
        return Some((count.parse().ok()?, Unit::parse(unit)?));
    }
    let (one, unit) = text.split_once(' ')?;
    let is_one = matches!(key(one).as_ref(), "un" | "une" | "one");
    is_one.then(|| Unit::parse(unit).map(|unit| (1, unit))).flatten()
}

/// A length of time that is the whole of a range.
pub(crate) fn lapse(reader: &Reader<'_>, range: &Range<usize>) -> Option<Lapse> {
    let (count, unit) = count_and_unit(reader.text(range.clone()))?;
    Some(Lapse { span: reader.span(range.clone()), count, unit })
}

/// A length of time that must be one; `clause` is what it is a part of.
pub(crate) fn required(
    reader: &mut Reader<'_>,
    range: &Range<usize>,
    clause: &Range<usize>,
) -> Option<Lapse> {
    match lapse(reader, range) {
        Some(lapse) => Some(lapse),
        None => reader.fail(&catalogue::UNREADABLE_DELAY, clause.clone()),
    }
}

/// Whether a text is a time of day: `10h30`, `10H`, `10:30`, `05 :00`, `10:30:15`.
pub(crate) fn is_time(text: &str) -> bool {
    let (hour, rest) = split_digits(text);
    if number(hour, 1..=2).is_none_or(|hour| hour > 23) {
        return false;
    }
    let minute = |text: &str| number(text, 2..=2).is_some_and(|minute| minute < 60);
    if let Some(rest) = rest.strip_prefix(['h', 'H']) {
        return rest.is_empty() || minute(rest);
    }
    let Some(rest) = rest.trim_start().strip_prefix(':') else { return false };
    let (first, rest) = split_digits(rest);
    let second = rest.strip_prefix(':');
    minute(first) && (rest.is_empty() || second.is_some_and(minute))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// A short number of so many digits.
fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let sound = length.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}

/// Whether a text is meant for a time of day: `25h00`.
fn resembles_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(['h', 'H', ':'])
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, 'h' | 'H' | ':' | ' '))
}

/// A time of day, as written.
pub(crate) fn time(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Name> {
    let range = reader.trim(range);
    let text = reader.text(range.clone());
    if !is_time(text) {
        return reader.fail(&catalogue::UNREADABLE_TIME, range);
    }
    Some(Name { span: reader.span(range), text: text.to_owned(), quoted: false })
}

/// Parts a range at its last `à` before a time of day, or before what is meant for one.
pub(crate) fn before_time(
    reader: &Reader<'_>,
    range: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let at = scan::phrases(reader.whole(), range.clone(), AT).last()?;
    let time = reader.trim(at.end..range.end);
    let text = reader.text(time.clone());
    (is_time(text) || resembles_time(text)).then(|| (reader.trim(range.start..at.start), time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_written_in_many_ways() {
        for time in ["10h30", "10H30", "9h", "10:30", "05 :00", "23:59:59"] {
            assert!(is_time(time), "{time}");
        }
        for no in ["24h", "10h3", "10", "10:3", "1030", "10h60", "10:30 x", "h30", "10h305"] {
            assert!(!is_time(no), "{no}");
        }
    }

    #[test]
    fn lengths_of_time_are_a_count_and_a_unit() {
        assert_eq!(count_and_unit("3 jours ouvrés"), Some((3, Unit::BusinessDay)));
        assert_eq!(count_and_unit("une semaine"), Some((1, Unit::Week)));
        assert_eq!(count_and_unit("one business hour"), Some((1, Unit::BusinessHour)));
        assert_eq!(count_and_unit("99999999999 jours"), None);
        assert_eq!(count_and_unit("trois jours"), None);
    }
}
