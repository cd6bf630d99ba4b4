//! Dates and times.

use crate::lexicon::clock;
use crate::value::read::Cursor;
use crate::value::time::{Date, Instant, LocalDateTime, Moment, SECOND, TimeOfDay};

/// A date constant, and the other date that a reader may take it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// What it means.
    pub date: Date,
    /// `03/04/2026` is 3 April here and 4 March in the United States.
    pub month_first: Option<Date>,
}

/// Reads a date: `2026-06-30`, `30/06/2026`.
pub fn date(text: &str) -> Option<Date> {
    read_date(text).map(|reading| reading.date)
}

/// Reads a date constant with its second reading, if it has one.
pub fn read_date(text: &str) -> Option<DateReading> {
    let mut cursor = Cursor::new(text);
    let reading = date_part(&mut cursor)?;
    cursor.at_end().then_some(reading)
}

/// Reads a time of day: `10h30`, `9 h 30`, `10:30`, `05 :00`, `10h`, `10:30:15`, `9:00 am`, `noon`.
pub fn time_of_day(text: &str) -> Option<TimeOfDay> {
    if let Some((hour, minute, second)) = clock::time_of_day(text) {
        return TimeOfDay::hms(hour, minute, second);
    }
    let mut cursor = Cursor::new(text);
    let time = time_part(&mut cursor)?; // with a fraction of a second
    cursor.at_end().then_some(time)
}

/// Reads a date with a time of day: ISO, `30/06/2026 10h30`, `2026-06-30 à 10:30`.
pub fn date_time(text: &str) -> Option<Moment> {
    moment(text).filter(|moment| !matches!(moment, Moment::Date(_)))
}

/// Reads a date or a date with a time of day, in any of the forms of [`date`] and [`date_time`].
pub fn moment(text: &str) -> Option<Moment> {
    if let Some(date) = plain_date(text) {
        return Some(Moment::Date(date));
    }
    let mut cursor = Cursor::new(text);
    let date = date_part(&mut cursor)?.date;
    if cursor.at_end() {
        return Some(Moment::Date(date));
    }
    if !cursor.eat('T') {
        if !cursor.skip_spaces() {
            return None;
        }
        for word in ["à", "a", "at"] {
            let mut after = cursor;
            if word.chars().all(|c| after.eat(c)) && after.skip_spaces() {
                cursor = after;
                break;
            }
        }
    }
    with_time(date, &mut cursor)
}

/// Reads an ISO 8601 date, local time or instant: `2026-06-30`, `2026-06-30T10:30[:00[.25]]`,
/// with `Z` or `+02:00` for an instant, and a space in place of the `T` where preferred.
pub fn iso(text: &str) -> Option<Moment> {
    let mut cursor = Cursor::new(text);
    let date = iso_date(&mut cursor)?;
    if cursor.at_end() {
        return Some(Moment::Date(date));
    }
    if !(cursor.eat('T') || cursor.eat('t') || cursor.eat(' ')) {
        return None;
    }
    with_time(date, &mut cursor)
}

/// A text that is nothing but `2026-06-30`, as most dates in texts are.
fn plain_date(text: &str) -> Option<Date> {
    let text: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let digits = |from: usize, to: usize| {
        let mut number = 0;
        let mut is_number = true;
        for byte in &text[from..to] {
            let digit = byte.wrapping_sub(b'0');
            is_number &= digit < 10;
            number = number * 10 + u32::from(digit);
        }
        is_number.then_some(number)
    };
    if text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    Date::ymd(digits(0, 4)? as i32, digits(5, 7)?, digits(8, 10)?)
}

fn iso_date(cursor: &mut Cursor) -> Option<Date> {
    let year = cursor.number(4, 4)?;
    let month = cursor.eat('-').then(|| cursor.number(2, 2))??;
    let day = cursor.eat('-').then(|| cursor.number(2, 2))??;
    Date::ymd(year as i32, month, day)
}

fn date_part(cursor: &mut Cursor) -> Option<DateReading> {
    let mut ahead = *cursor;
    if let Some(date) = iso_date(&mut ahead) {
        *cursor = ahead;
        return Some(DateReading { date, month_first: None });
    }
    let day = cursor.number(1, 2)?;
    let month = cursor.eat('/').then(|| cursor.number(1, 2))??;
    let year = cursor.eat('/').then(|| cursor.number(4, 4))?? as i32;
    let date = Date::ymd(year, month, day)?;
    let month_first = if day == month { None } else { Date::ymd(year, day, month) };
    Some(DateReading { date, month_first })
}

/// The rest of a text after its date: a time of day, and an offset if it is an instant.
fn with_time(date: Date, cursor: &mut Cursor) -> Option<Moment> {
    let local = LocalDateTime::new(date, time_part(cursor)?);
    if cursor.at_end() {
        return Some(Moment::Local(local));
    }
    let offset = offset_part(cursor)?;
    if !cursor.at_end() {
        return None;
    }
    Instant::checked_from_micros(local.micros() - offset * SECOND).map(Moment::Instant)
}

/// `10:30`, `10:30:15`, `10:30:15.25`, `05 :00`, `10h30`, `10h`.
fn time_part(cursor: &mut Cursor) -> Option<TimeOfDay> {
    let hour = cursor.number(1, 2)?;
    if cursor.eat('h') || cursor.eat('H') {
        let minute = if cursor.next_is_digit() { cursor.number(2, 2)? } else { 0 };
        return TimeOfDay::hms(hour, minute, 0);
    }
    cursor.skip_spaces();
    let minute = cursor.eat(':').then(|| cursor.number(2, 2))??;
    if !cursor.eat(':') {
        return TimeOfDay::hms(hour, minute, 0);
    }
    let time = TimeOfDay::hms(hour, minute, cursor.number(2, 2)?)?;
    let fraction = if cursor.eat('.') || cursor.eat(',') { fraction(cursor)? } else { 0 };
    TimeOfDay::from_micros(time.micros() + fraction)
}

/// The digits after the point of the seconds, as microseconds; finer ones are cut.
fn fraction(cursor: &mut Cursor) -> Option<i64> {
    let before = cursor.rest().len();
    let value = i64::from(cursor.number(1, 9)?);
    let digits = (before - cursor.rest().len()) as u32;
    Some(if digits <= 6 { value * 10_i64.pow(6 - digits) } else { value / 10_i64.pow(digits - 6) })
}

/// `Z`, `+02:00`, `+0200` or `+02`, in seconds east of UTC.
fn offset_part(cursor: &mut Cursor) -> Option<i64> {
    cursor.skip_spaces();
    if cursor.eat('Z') || cursor.eat('z') {
        return Some(0);
    }
    let sign = match (cursor.eat('+'), cursor.eat('-') || cursor.eat('−')) {
        (true, false) => 1,
        (false, true) => -1,
        _ => return None,
    };
    let hour = cursor.digits(2)?;
    let more = cursor.eat(':') || cursor.next_is_digit();
    let minute = if more { cursor.digits(2)? } else { 0 };
    (hour < 24 && minute < 60).then(|| sign * i64::from(hour * 3600 + minute * 60))
}
