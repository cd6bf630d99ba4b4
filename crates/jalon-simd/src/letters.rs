//! What a text is made of, and its small letters.

use crate::rows::vectors;
#[cfg(target_arch = "x86_64")]
use crate::x86::Avx2;

/// What the bytes of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Printable ASCII only (0x20 to 0x7F).
    Ascii,
    /// Printable ASCII and the two-byte letters of Latin-1 (C3 80 to C3 BF).
    Latin,
    /// Something else.
    Other,
}

/// The first byte of the two-byte letters of Latin-1.
pub(crate) const LEAD: u8 = 0xC3;

/// The second byte of ß.
pub(crate) const SHARP_S: u8 = 0x9F;

/// What the bytes of a text are.
#[inline]
pub fn letters(text: &[u8]) -> Letters {
    if text.len() > LONG && is_ascii(text) {
        return Letters::Ascii;
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.letters(text);
    }
    portable_letters(text)
}

/// Appends the bytes of a text with ASCII letters made small; says what the bytes are.
#[inline]
pub fn lower_into(text: &[u8], out: &mut Vec<u8>) -> Letters {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.lower_into(text, out);
    }
    out.extend(text.iter().map(u8::to_ascii_lowercase));
    portable_letters(text)
}

/// Appends the small letters of a text of [`Letters::Ascii`] or [`Letters::Latin`], as
/// [`lower_into`] and [`lower_latin`] would; of any other text it appends nothing.
///
/// ```
/// let mut folded = String::new();
/// jalon_simd::fold_into("Élève de la Grande Straße", &mut folded);
/// assert_eq!(folded, "élève de la grande strasse");
/// ```
#[inline]
pub fn fold_into(text: &str, out: &mut String) -> Letters {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.fold_into(text, out);
    }
    portable_fold_into(text, out)
}

/// Makes the Latin-1 letters of a text small, in place: C3 80 to C3 9E except × (C3 97) become
/// the letters 0x20 further on, ß (C3 9F) becomes `ss`. Lengths stay.
///
/// The text must be valid UTF-8 and [`Letters::Latin`]; of any other some bytes become others.
#[inline]
pub fn lower_latin(text: &mut [u8]) {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.lower_latin(text);
    }
    portable_lower_latin(text);
}

/// A text of more bytes is first asked whether it is [`Letters::Ascii`], which takes less than to
/// know what else it is.
const LONG: usize = 256;

/// Whether all bytes are from 0x20 to 0x7F.
fn is_ascii(text: &[u8]) -> bool {
    let mut least = i8::MAX;
    // Bytes from 0x80 are negative.
    vectors(|| least = text.iter().fold(least, |least, byte| least.min(byte.cast_signed())));
    least >= 0x20
}

pub(crate) fn portable_letters(text: &[u8]) -> Letters {
    let mut letters = Letters::Ascii;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match *byte {
            0x20..=0x7F => {}
            LEAD if matches!(bytes.next(), Some(0x80..=0xBF)) => letters = Letters::Latin,
            _ => return Letters::Other,
        }
    }
    letters
}

pub(crate) fn portable_fold_into(text: &str, out: &mut String) -> Letters {
    let letters = portable_letters(text.as_bytes());
    match letters {
        Letters::Ascii => out.extend(text.chars().map(|c| c.to_ascii_lowercase())),
        Letters::Latin => text.chars().for_each(|c| match c {
            'ß' => out.push_str("ss"),
            '×' => out.push(c),
            'À'..='Þ' => out.extend(char::from_u32(u32::from(c) + 0x20)),
            c => out.push(c.to_ascii_lowercase()),
        }),
        Letters::Other => {}
    }
    letters
}

/// Written for the compiler's vectors: a byte from 0x80 to 0xBF is always a letter's second.
#[inline(always)]
#[allow(clippy::inline_always, reason = "compiled once more for AVX2 inside another function")]
pub(crate) fn portable_lower_latin(text: &mut [u8]) {
    let mut sharp = false;
    for byte in &mut *text {
        let capital = (0x80..0x9F).contains(byte) && *byte != 0x97;
        sharp |= *byte == SHARP_S;
        *byte |= u8::from(capital) << 5;
    }
    if sharp {
        sharp_s(text);
    }
}

/// ß becomes `ss`.
#[cold]
pub(crate) fn sharp_s(text: &mut [u8]) {
    for second in 1..text.len() {
        if text[second - 1..=second] == [LEAD, SHARP_S] {
            text[second - 1..=second].copy_from_slice(b"ss");
        }
    }
}

#[cfg(test)]
mod tests;
