//! Numbers: texts, floats and decimals, never through `f64` on the way.

use std::fmt::{self, Write};

use rust_decimal::Decimal;

use crate::value::typed::Typed;

/// The digits that a number may have.
const MAX_DIGITS: u32 = 28;

/// A number constant, and the other number that a reader may take it for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberReading {
    /// What it means.
    pub value: Decimal,
    /// `1,234` is 1.234 here and one thousand two hundred and thirty-four elsewhere.
    pub as_thousands: Option<Decimal>,
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// It does not spell one.
    Spelling,
    /// It has more than 28 digits.
    TooLong,
}

/// Reads a number of a record: `1234.5`, `1 234,5`, `+25`, `-100`, also `1.5e3` as programs
/// write it.
///
/// ```
/// use jalon::value::read::number;
/// assert_eq!(number("1 234,5").unwrap().to_string(), "1234.5");
/// assert_eq!(number("06 83"), None);
/// ```
pub fn number(text: &str) -> Option<Decimal> {
    match plain_integer(text.as_bytes()) {
        Some(number) => Some(number.into()),
        None => Scan::of(text).and_then(Scan::decimal).ok(),
    }
}

/// Most numbers in data are a few digits and perhaps a sign: read without the rest. `None` does
/// not mean that the text is no number.
#[inline]
pub(crate) fn plain_integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    Some(if negative { -number } else { number })
}

/// Reads a number constant with its second reading, if it has one. A constant has no exponent.
pub fn read_number(text: &str) -> Result<NumberReading, NotANumber> {
    let scan = Scan::of(text)?;
    if scan.has_exponent {
        return Err(NotANumber::Spelling);
    }
    let value = scan.decimal()?;
    let thousands = scan.comma
        && !scan.grouped
        && scan.fraction_digits == 3
        && (1..=3).contains(&scan.integer_digits)
        && !text
            .trim_start_matches(|c: char| c.is_whitespace() || "+-−".contains(c))
            .starts_with('0');
    let as_thousands = if thousands {
        value.checked_mul(Decimal::ONE_THOUSAND).map(|n| n.normalize())
    } else {
        None
    };
    Ok(NumberReading { value, as_thousands })
}

/// What a text spells, digit by digit.
#[derive(Clone, Copy, Default)]
struct Scan {
    negative: bool,
    /// The significant digits, trailing zeros of the fraction left out.
    mantissa: u128,
    digits: u32,
    /// How many of them stand after the point.
    scale: i64,
    /// Trailing zeros of the fraction.
    zeros: u32,
    integer_digits: u32,
    fraction_digits: u32,
    comma: bool,
    grouped: bool,
    has_exponent: bool,
}

impl Scan {
    fn of(text: &str) -> Result<Scan, NotANumber> {
        let mut scan = Scan::default();
        let mut rest = scan.sign(text.trim()).as_bytes();
        rest = scan.integer(rest)?;
        if let [point @ (b'.' | b','), digits @ ..] = rest {
            scan.comma = *point == b',';
            rest = scan.fraction(digits)?;
            if scan.fraction_digits == 0 || (scan.comma && scan.integer_digits == 0) {
                return Err(NotANumber::Spelling);
            }
        }
        if scan.integer_digits + scan.fraction_digits == 0 {
            return Err(NotANumber::Spelling);
        }
        if let [b'e' | b'E', exponent @ ..] = rest {
            rest = scan.exponent(exponent)?;
        }
        if rest.is_empty() { Ok(scan) } else { Err(NotANumber::Spelling) }
    }

    fn sign<'a>(&mut self, text: &'a str) -> &'a str {
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            self.negative = true;
            rest
        } else {
            text.strip_prefix('+').unwrap_or(text)
        }
    }

    /// The digits before the point, in groups of three where there are spaces.
    fn integer<'a>(&mut self, mut rest: &'a [u8]) -> Result<&'a [u8], NotANumber> {
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            self.push(digit - b'0')?;
            self.integer_digits = self.integer_digits.saturating_add(1);
            rest = after;
        }
        while let Some(group) = after_group_space(rest) {
            let [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', after @ ..] = group else {
                return Err(NotANumber::Spelling);
            };
            if !self.grouped && !(1..=3).contains(&self.integer_digits) {
                return Err(NotANumber::Spelling);
            }
            self.grouped = true;
            for digit in [a, b, c] {
                self.push(digit - b'0')?;
            }
            rest = after;
            if matches!(rest, [b'0'..=b'9', ..]) {
                return Err(NotANumber::Spelling);
            }
        }
        Ok(rest)
    }

    fn fraction<'a>(&mut self, mut rest: &'a [u8]) -> Result<&'a [u8], NotANumber> {
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            self.fraction_digits = self.fraction_digits.saturating_add(1);
            if *digit == b'0' {
                self.zeros += 1;
            } else {
                for _ in 0..std::mem::take(&mut self.zeros) {
                    self.push(0)?;
                    self.scale += 1;
                }
                self.push(digit - b'0')?;
                self.scale += 1;
            }
            rest = after;
        }
        Ok(rest)
    }

    fn exponent<'a>(&mut self, rest: &'a [u8]) -> Result<&'a [u8], NotANumber> {
        let (negative, mut rest) = match rest {
            [sign @ (b'-' | b'+'), after @ ..] => (*sign == b'-', after),
            after => (false, after),
        };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return Err(NotANumber::Spelling);
        }
        let mut exponent: i64 = 0;
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            exponent = exponent.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
            rest = after;
        }
        self.has_exponent = true;
        self.zeros = 0;
        let exponent = if negative { -exponent } else { exponent };
        self.scale = self.scale.saturating_sub(exponent);
        Ok(rest)
    }

    /// One more significant digit; leading zeros are none.
    fn push(&mut self, digit: u8) -> Result<(), NotANumber> {
        if self.mantissa == 0 && digit == 0 {
            return Ok(());
        }
        if self.digits == MAX_DIGITS {
            return Err(NotANumber::TooLong);
        }
        self.mantissa = self.mantissa * 10 + u128::from(digit);
        self.digits += 1;
        Ok(())
    }

    fn decimal(self) -> Result<Decimal, NotANumber> {
        let Scan { mut mantissa, digits, mut scale, .. } = self;
        if mantissa == 0 {
            scale = 0;
        }
        // `1.50` keeps its zeros as far as there is room, `15e2` gets those that it stands for.
        let room = MAX_DIGITS - digits;
        let zeros = if scale < 0 {
            u32::try_from(-scale).ok().filter(|zeros| *zeros <= room).ok_or(NotANumber::TooLong)?
        } else {
            self.zeros.min(room).min(MAX_DIGITS.saturating_sub(scale as u32))
        };
        for _ in 0..zeros {
            mantissa *= 10;
            scale += 1;
        }
        while scale > i64::from(MAX_DIGITS) && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        let scale = u32::try_from(scale).map_err(|_| NotANumber::TooLong)?;
        let mantissa = i128::try_from(mantissa).map_err(|_| NotANumber::TooLong)?;
        let signed = if self.negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| NotANumber::TooLong)
    }
}

/// What follows a space between groups of digits: plain, no-break, narrow no-break, thin or
/// figure space.
fn after_group_space(rest: &[u8]) -> Option<&[u8]> {
    [" ".as_bytes(), "\u{A0}".as_bytes(), "\u{202F}".as_bytes(), "\u{2009}".as_bytes()]
        .into_iter()
        .chain(["\u{2007}".as_bytes()])
        .find_map(|space| rest.strip_prefix(space))
}

/// A float as the shortest decimal that reads back as it; NaN is empty, and infinity or more
/// than 28 digits are of the wrong type.
pub fn float(value: f64) -> Typed<Decimal> {
    if value.is_nan() {
        return Typed::Empty;
    }
    decimal_of_float(value).map_or(Typed::Wrong, Typed::Value)
}

/// [`float`] of a single precision float.
pub fn float32(value: f32) -> Typed<Decimal> {
    if value.is_nan() {
        return Typed::Empty;
    }
    shortest(format_args!("{value:e}")).map_or(Typed::Wrong, Typed::Value)
}

/// The shortest decimal that reads back as a float, if there is one of 28 digits.
pub fn decimal_of_float(value: f64) -> Option<Decimal> {
    /// Whole numbers below this are exact in a float.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.abs() < EXACT && value.fract() == 0.0 {
        return Some(Decimal::from(value as i64));
    }
    few_decimals(value).or_else(|| shortest(format_args!("{value:e}")))
}

/// A float of up to four decimals and fifteen digits, such as an amount of money: so few digits
/// read back as the float only if they are the shortest.
fn few_decimals(value: f64) -> Option<Decimal> {
    const FIFTEEN_DIGITS: f64 = 1e15;
    [(1, 10.0), (2, 100.0), (3, 1e3), (4, 1e4)].into_iter().find_map(|(scale, power)| {
        let digits = (value * power).round();
        let reads_back =
            digits.abs() < FIFTEEN_DIGITS && (digits / power).to_bits() == value.to_bits();
        reads_back.then(|| Decimal::new(digits as i64, scale))
    })
}

fn shortest(digits: fmt::Arguments) -> Option<Decimal> {
    let mut text = NumberText::default();
    text.write_fmt(digits).ok()?;
    number(text.as_str())
}

/// The text of a number, on the stack.
#[derive(Clone, Copy, Debug)]
pub struct NumberText {
    bytes: [u8; NumberText::CAPACITY],
    len: usize,
}

impl NumberText {
    /// Beyond any decimal, and any number text that spells a decimal without wild padding.
    const CAPACITY: usize = 64;

    /// The text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }
}

impl Default for NumberText {
    fn default() -> NumberText {
        NumberText { bytes: [0; NumberText::CAPACITY], len: 0 }
    }
}

impl Write for NumberText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// The plain text of a number, without trailing zeros after the point, written into `digits`.
pub fn decimal_text(value: Decimal, digits: &mut NumberText) -> &str {
    *digits = NumberText::default();
    // No decimal is longer than the buffer.
    let _ = write!(digits, "{}", value.normalize());
    digits.as_str()
}
