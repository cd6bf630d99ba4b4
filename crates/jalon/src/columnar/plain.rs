//! Numbers and dates in texts of the plain shapes, read eight bytes at a time. Other shapes are
//! left to the general readers; see [`crate::value::read`].

use jalon_simd::head;

/// The scale at which numbers in texts are read.
pub(super) const SCALE: u32 = 4;

/// What a number with so many decimals is multiplied by.
const UNITS: [i64; SCALE as usize + 1] = [10_000, 1_000, 100, 10, 1];

/// So many digits and a point at most: at [`SCALE`] they stay far below the largest integer.
const MOST: usize = 14;

/// A byte in every place.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// What a point and a comma become where the digits become their values.
const POINT: u8 = b'.' ^ b'0';
const COMMA: u8 = b',' ^ b'0';

/// A number written `-1250`, `12.5` or `12,5`, at [`SCALE`]; `None` of other spellings, longer
/// numbers and finer ones. The text is the `length` bytes of `buffer` from `start` on.
#[inline]
pub(super) fn number(buffer: &[u8], start: usize, length: usize) -> Option<i64> {
    if length > 8 {
        return long_number(&buffer[start..start + length]);
    }
    let word = match buffer[start..].first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => head(buffer, start, length) as u64,
    };
    let negative = length > 0 && word as u8 == b'-';
    let length = length - usize::from(negative);
    if length == 0 {
        return None;
    }
    // The last digit stands highest, and below the first are zeros, as if they were written.
    let free = 64 - 8 * length as u32;
    let mut digits = ((word >> (8 * u32::from(negative))) ^ every(b'0')) << free;
    let mut unit = UNITS[0];
    let others = no_digits(digits);
    if others != 0 {
        let place = others.trailing_zeros() & !7;
        let byte = (digits >> place) as u8;
        let at_an_end = place == free || place == 56;
        if others & (others - 1) != 0 || at_an_end || (byte != POINT && byte != COMMA) {
            return None;
        }
        unit = *UNITS.get(((56 - place) / 8) as usize)?;
        let whole = digits & ((1 << place) - 1);
        digits = (digits >> place >> 8 << place << 8) | whole << 8;
    }
    // A checked product: with a wrapping one the compiler computes both with and without a point.
    let number = value(digits).cast_signed() * unit;
    Some(if negative { -number } else { number })
}

/// [`number`] of a text of any length, byte by byte.
fn long_number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > MOST {
        return None;
    }
    let (mut number, mut point) = (0_i64, None);
    for (index, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
        } else if matches!(*byte, b'.' | b',') && index > 0 && point.is_none() {
            point = Some(index + 1);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |point| digits.len() - point);
    if digits.is_empty() || (point.is_some() && decimals == 0) {
        return None;
    }
    let unit = UNITS.get(decimals)?;
    let number = number.wrapping_mul(*unit);
    Some(if negative { -number } else { number })
}

/// The day of a date written `2026-06-30`, counted from 1970-01-01. The text is the `length`
/// bytes of `buffer` from `start` on.
#[inline]
pub(super) fn iso_day(buffer: &[u8], start: usize, length: usize) -> Option<i64> {
    if length != 10 {
        return None;
    }
    let text = &buffer[start..start + length];
    let first = u64::from_le_bytes(*text.first_chunk()?) ^ u64::from_le_bytes(*b"0000-00-");
    let last = u64::from_le_bytes(*text.last_chunk()?) ^ u64::from_le_bytes(*b"00-00-00");
    let between = first & u64::from_le_bytes([0, 0, 0, 0, 0xFF, 0, 0, 0xFF]);
    if no_digits(first) | no_digits(last) | between != 0 {
        return None;
    }
    let ([a, b, c, d, _, month @ .., _], [.., tens, ones]) =
        (first.to_le_bytes().map(u32::from), last.to_le_bytes().map(u32::from));
    let year = a * 1000 + b * 100 + c * 10 + d;
    day(year, month[0] * 10 + month[1], tens * 10 + ones)
}

/// The day of a date of the years 1 to 9999, if there is such a day.
#[inline]
fn day(year: u32, month: u32, day: u32) -> Option<i64> {
    const DAYS: [u32; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = DAYS.get(month as usize)? + u32::from(month == 2 && leap);
    if year == 0 || day == 0 || day > days {
        return None;
    }
    // Years that begin in March, counted from the year 0: the leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before = year * 365 + year / 4 - year / 100 + year / 400;
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(i64::from(before + of_year) - 719_468)
}

/// The top bit of each byte that is more than 9.
#[inline]
fn no_digits(bytes: u64) -> u64 {
    // A byte that carries into the next has its own top bit set.
    (bytes.wrapping_add(every(0x76)) | bytes) & every(0x80)
}

/// The value of eight digits, the first of them lowest.
#[inline]
fn value(digits: u64) -> u64 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF
}

#[cfg(test)]
mod tests;
