//! The ends of a text as integers.

use crate::rows::vectors;

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

/// A beginning of at most 16 bytes that texts of a block are looked at for.
///
/// ```
/// let mut bits = [0; 3];
/// let start = jalon_simd::Start::new(b"vp", 4).unwrap();
/// start.mark(b"vp of salesvvp", &[0, 11, 12, 14], &mut bits);
/// assert_eq!(bits, [4, 0, 4]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Start {
    head: u128,
    length: usize,
    bits: u64,
}

impl Start {
    /// A beginning, and the bits that it sets; `None` of a longer one.
    pub fn new(text: &[u8], bits: u64) -> Option<Start> {
        let fits = text.len() <= 16;
        fits.then(|| Start { head: head(text, 0, text.len()), length: text.len(), bits })
    }

    /// Sets the bits of each text that begins so; see [`crate::Marker::mark`].
    pub fn mark(&self, bytes: &[u8], offsets: &[u32], bits: &mut [u64]) {
        let Start { head, length, bits: marks } = *self;
        let (mask, marks) = (LOW[length], [marks, 0]);
        vectors(move || {
            for (ends, bits) in offsets.windows(2).zip(bits) {
                let (start, end) = (ends[0] as usize, ends[1] as usize);
                let text = match bytes.get(start..).and_then(<[u8]>::first_chunk::<16>) {
                    Some(text) => u128::from_le_bytes(*text),
                    None => bytes.get(start..end).map_or(0, at_the_end),
                };
                // Looked up: whether a text begins so cannot be foretold, and a table has no branch.
                let (differ, shorter) = ((text ^ head) & mask, end.wrapping_sub(start) < length);
                let misses = differ as u64 | (differ >> 64) as u64 | u64::from(shorter);
                *bits |= marks[usize::from(misses != 0)];
            }
        });
    }
}

/// Up to 16 bytes, from place `at` on, of the text that one of Arrow's views stands for, zero beyond
/// it: of a text of at most twelve bytes the view holds all, of a longer one it says in which buffer
/// it is, and where. `None` where that is beyond the buffers.
#[inline]
pub(crate) fn view_head(view: u128, buffers: &[&[u8]], at: usize) -> Option<u128> {
    let length = view as u32 as usize;
    let long = u128::from(length > INLINE).wrapping_neg();
    let here = if at == 0 { (view >> 32) & LOW[length.min(INLINE)] } else { 0 };
    if buffers.is_empty() {
        return (long == 0).then_some(here);
    }
    // A short text is read at the beginning of the first buffer, and nothing of it counts.
    let place = view & long;
    let (buffer, start) = ((place >> 64) as u32 as usize, (place >> 96) as usize);
    let buffer = buffers.get(buffer)?;
    let there = match buffer.get(start + at..).and_then(<[u8]>::first_chunk::<16>) {
        Some(bytes) => u128::from_le_bytes(*bytes) & LOW[length.saturating_sub(at).min(16)],
        None if long == 0 => 0,
        None => short_of_room(buffer, start, length, at)?,
    };
    Some((here & !long) | (there & long))
}

/// How many bytes of a text a view holds itself.
const INLINE: usize = 12;

/// [`view_head`] at a buffer's end.
#[cold]
#[inline(never)]
fn short_of_room(buffer: &[u8], start: usize, length: usize, at: usize) -> Option<u128> {
    let text = buffer.get(start..start + length)?;
    Some(text.get(at..).map_or(0, |rest| short(&rest[..rest.len().min(16)])))
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
