//! The ends of a text as integers.

/// For each number of bytes the mask of so many low bytes.
const LOW: [u128; 17] = {
    let mut masks = [0; 17];
    let mut bytes = 1;
    while bytes <= 16 {
        masks[bytes] = u128::MAX >> (128 - 8 * bytes);
        bytes += 1;
    }
    masks
};

/// The first 16 bytes of the text of `len` bytes that starts at `at` of `buffer`, its first byte
/// lowest, zero beyond the text.
///
/// Two texts of at most 16 bytes are equal when their lengths and heads are. Without a branch
/// where `buffer` goes on for 16 bytes from `at`.
///
/// ```
/// assert_eq!(jalon_simd::head(b"..ab..............", 2, 2), u128::from(u16::from_le_bytes(*b"ab")));
/// ```
///
/// # Panics
///
/// Where the text is not inside `buffer`.
#[inline(always)]
#[allow(clippy::inline_always, reason = "a load and a mask, but for texts at the buffer's end")]
pub fn head(buffer: &[u8], at: usize, len: usize) -> u128 {
    match buffer[at..].first_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes) & LOW[len.min(16)],
        None => at_the_end(&buffer[at..at + len]),
    }
}

/// [`head`] of a text behind which there is too little.
#[cold]
#[inline(never)]
fn at_the_end(text: &[u8]) -> u128 {
    short(text)
}

/// The last 16 bytes of the text of `len` bytes that starts at `at` of `buffer`, its last byte
/// highest, zero below a shorter text.
///
/// Without a branch where `buffer` begins at least 16 bytes before the text's end.
///
/// # Panics
///
/// Where the text is not inside `buffer`.
#[inline]
pub fn tail(buffer: &[u8], at: usize, len: usize) -> u128 {
    match buffer[..at + len].last_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes) & !LOW[16 - len.min(16)],
        None => match len {
            0 => 0,
            _ => short(&buffer[at..at + len]) << (8 * (16 - len)),
        },
    }
}

/// A text of fewer than 16 bytes from which 16 cannot be read.
#[inline]
pub(crate) fn short(text: &[u8]) -> u128 {
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        return u128::from(first) | (u128::from(last) << (8 * (text.len().min(16) - 8)));
    }
    u128::from(up_to_eight(text))
}

/// A text of at most eight bytes, zero beyond.
#[inline]
pub(crate) fn up_to_eight(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | (u64::from(last) << (8 * (text.len().min(8) - 4)));
    }
    match *text {
        [a] => u64::from(a),
        [a, .., c] => {
            let b = text[text.len() / 2];
            u64::from(a)
                | (u64::from(b) << (8 * (text.len() / 2)))
                | (u64::from(c) << (8 * (text.len() - 1)))
        }
        [] => 0,
    }
}

/// The eight bytes at a place of a text, zero beyond its end.
#[inline]
pub(crate) fn word_at(text: &[u8], at: usize) -> u64 {
    let rest = &text[at..];
    match (rest.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(word), _) => u64::from_le_bytes(*word),
        (None, Some(last)) if !rest.is_empty() => {
            u64::from_le_bytes(*last) >> (8 * (8 - rest.len()))
        }
        _ => up_to_eight(rest),
    }
}

#[cfg(test)]
mod tests;
