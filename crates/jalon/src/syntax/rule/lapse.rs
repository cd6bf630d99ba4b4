//! Lengths of time and times of day.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::lexicon::{Unit, clock, key};
use crate::syntax::ast::{Lapse, Name};
use crate::syntax::keyword::Words;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `à 10h30`, the printed ones first.
pub(crate) const AT: &Words = &Words::new(1, &["à", "at"]);

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

/// Whether a text is meant for a time of day: `25h00`.
fn resembles_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(['h', 'H', ':', 'm', 'M'])
        && text.chars().all(|c| c.is_ascii_digit() || "hHaApPmM.: ".contains(c))
}

/// A time of day: `10h30` as written, `9:00 am` as `09:00`.
pub(crate) fn time(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Name> {
    let range = reader.trim(range);
    match clock::kept(reader.text(range.clone())) {
        Some(text) => Some(Name { span: reader.span(range), text, quoted: false }),
        None => reader.fail(&catalogue::UNREADABLE_TIME, range),
    }
}

/// Parts a range at its last `à` before a time of day, or before what is meant for one.
pub(crate) fn before_time(
    reader: &Reader<'_>,
    range: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let at = scan::phrases(reader.whole(), range.clone(), AT).last()?;
    let time = reader.trim(at.end..range.end);
    let text = reader.text(time.clone());
    let is_time = clock::time_of_day(text).is_some() || resembles_time(text);
    is_time.then(|| (reader.trim(range.start..at.start), time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_a_count_and_a_unit() {
        assert_eq!(count_and_unit("3 jours ouvrés"), Some((3, Unit::BusinessDay)));
        assert_eq!(count_and_unit("une semaine"), Some((1, Unit::Week)));
        assert_eq!(count_and_unit("one business hour"), Some((1, Unit::BusinessHour)));
        assert_eq!(count_and_unit("99999999999 jours"), None);
        assert_eq!(count_and_unit("trois jours"), None);
    }
}
