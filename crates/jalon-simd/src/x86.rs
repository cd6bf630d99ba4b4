//! Vectors of 32 bytes, on processors with AVX2. All `unsafe` of the workspace's libraries is here:
//! loads and stores through references to arrays of the right length, one `set_len`, and calls of
//! functions compiled for AVX2, which only a holder of [`Avx2`] can make.

#![allow(clippy::unused_self, reason = "the proof is that there is a `self`")]

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;
use std::mem::MaybeUninit;

use crate::ends::up_to_eight;
use crate::letters::{LEAD, Letters, SHARP_S, portable_lower_latin, sharp_s};
use crate::padded::Padded;

mod literals;
mod memory;
mod short;
mod wide;

pub(crate) use literals::Counting;
pub(crate) use wide::Avx512;

/// How many bytes a vector holds.
const WIDE: usize = 32;

/// Proof that the processor has AVX2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// The proof, where there is one. (The answer is cached: a load and a test.)
    #[inline]
    pub(crate) fn detect() -> Option<Avx2> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }

    /// Runs code compiled for AVX2, as far as it is inlined.
    #[inline]
    pub(crate) fn run(self, code: impl FnOnce()) {
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { run(code) }
    }

    /// [`crate::letters()`]
    #[inline]
    pub(crate) fn letters(self, text: &[u8]) -> Letters {
        // SAFETY: `self` proves that the processor has AVX2.
        unsafe { pass::<NOTHING>(text, &mut []) }.0
    }

    /// [`crate::lower_into`]
    #[inline]
    pub(crate) fn lower_into(self, text: &[u8], out: &mut Vec<u8>) -> Letters {
        out.reserve(text.len() + WIDE);
        // SAFETY: `self` proves that the processor has AVX2.
        let (letters, _) = unsafe { pass::<ASCII>(text, out.spare_capacity_mut()) };
        // SAFETY: `pass` wrote the first `text.len()` bytes of the spare capacity.
        unsafe { out.set_len(out.len() + text.len()) };
        letters
    }

    /// [`crate::fold_into`]
    #[inline]
    pub(crate) fn fold_into(self, text: &str, out: &mut String) -> Letters {
        // SAFETY: only whole texts are appended. Of valid UTF-8 `pass` changes ASCII letters into
        // others and, where it found Latin-1 letters, their second bytes into other second bytes;
        // `sharp_s` replaces both bytes of a letter by ASCII.
        let out = unsafe { out.as_mut_vec() };
        let text = text.as_bytes();
        out.reserve(text.len() + WIDE);
        // SAFETY: `self` proves that the processor has AVX2.
        let (letters, sharp) = unsafe { pass::<LATIN>(text, out.spare_capacity_mut()) };
        if letters == Letters::Other {
            return letters;
        }
        let start = out.len();
        // SAFETY: `pass` wrote the first `text.len()` bytes of the spare capacity.
        unsafe { out.set_len(start + text.len()) };
        if sharp {
            sharp_s(&mut out[start..]);
        }
        letters
    }

    /// [`Padded::fold`]; there is room for the text and 32 bytes more.
    #[inline]
    pub(crate) fn fold_padded(self, text: &str, padded: &mut Padded) -> Letters {
        let out = uninit(&mut padded.bytes);
        // SAFETY: `self` proves that the processor has AVX2.
        let (letters, sharp) = unsafe { pass::<LATIN>(text.as_bytes(), out) };
        padded.length = if letters == Letters::Other { 0 } else { text.len() };
        if sharp {
            sharp_s(&mut padded.bytes[..padded.length]);
        }
        letters
    }

    /// [`Padded::copy`]; there is room for the text and 32 bytes more.
    #[inline]
    pub(crate) fn copy_padded(self, text: &str, padded: &mut Padded) -> Letters {
        let out = uninit(&mut padded.bytes);
        // SAFETY: `self` proves that the processor has AVX2.
        let (letters, _) = unsafe { pass::<COPY>(text.as_bytes(), out) };
        padded.length = text.len();
        letters
    }

    /// [`crate::lower_latin`]
    #[inline]
    pub(crate) fn lower_latin(self, text: &mut [u8]) {
        self.run(|| portable_lower_latin(text));
    }

    /// For each 64 rows the word of those that have `want` of the bits of `mask`, turned over by
    /// `not`.
    #[inline]
    pub(crate) fn bitmap(
        self,
        rows: &[[u64; 64]],
        mask: u64,
        want: u64,
        not: u64,
        out: &mut [u64],
    ) {
        for (rows, out) in rows.iter().zip(out) {
            // SAFETY: `self` proves that the processor has AVX2.
            *out = unsafe { equal(rows, mask, want) } ^ not;
        }
    }
}

/// Bytes for [`pass`] to write to.
#[inline]
fn uninit(bytes: &mut [u8]) -> &mut [MaybeUninit<u8>] {
    // SAFETY: the same bytes, borrowed for as long; `pass`, the only user, writes none that is
    // uninitialised.
    unsafe { &mut *(std::ptr::from_mut(bytes) as *mut [MaybeUninit<u8>]) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn run(code: impl FnOnce()) {
    code();
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(bytes: &[u8; WIDE]) -> __m256i {
    // SAFETY: the reference is to 32 readable bytes; the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load_half(bytes: &[u8; 16]) -> __m128i {
    // SAFETY: the reference is to 16 readable bytes; the load needs no alignment.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(bytes: &mut [MaybeUninit<u8>; WIDE], vector: __m256i) {
    // SAFETY: the reference is to 32 writable bytes; the store needs no alignment.
    unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), vector) }
}

/// A vector's bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn bytes(vector: __m256i) -> [u8; WIDE] {
    let mut bytes = [0; WIDE];
    // SAFETY: the array has 32 writable bytes; the store needs no alignment.
    unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), vector) };
    bytes
}

/// From place `8 - n` on: which double words of a vector are among the first `n`.
const FIRST: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

/// A text of at most 32 bytes, zero beyond.
#[inline]
#[target_feature(enable = "avx2")]
fn load_short(text: &[u8]) -> __m256i {
    let Some(last) = text.last_chunk::<4>() else {
        return _mm256_set_epi64x(0, 0, 0, up_to_eight(text).cast_signed());
    };
    let words = (text.len() / 4).min(8);
    let first = &FIRST[8 - words..16 - words];
    // SAFETY: `first` has 32 readable bytes; of the text only the first `words` double words are
    // read, which it has.
    let whole = unsafe {
        let first = _mm256_loadu_si256(first.as_ptr().cast());
        _mm256_maskload_epi32(text.as_ptr().cast(), first)
    };
    // One to three bytes are left, the highest of the last four; or none.
    let rest = u64::from(u32::from_le_bytes(*last)) >> (32 - 8 * (text.len() % 4));
    let place = _mm256_cmpeq_epi32(
        _mm256_set1_epi32(words as i32),
        _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7),
    );
    _mm256_or_si256(whole, _mm256_and_si256(place, _mm256_set1_epi32(rest as i32)))
}

/// The bytes of a vector moved `N` places down, zero above.
#[inline]
#[target_feature(enable = "avx2")]
fn down<const N: i32>(vector: __m256i) -> __m256i {
    let above = _mm256_permute2x128_si256::<0x81>(vector, vector);
    _mm256_alignr_epi8::<N>(above, vector)
}

#[inline]
#[target_feature(enable = "avx2")]
fn mask(vector: __m256i) -> u32 {
    _mm256_movemask_epi8(vector) as u32
}

/// The lowest `count` bits.
#[inline]
fn low(count: usize) -> u32 {
    u32::MAX.checked_shr(WIDE as u32 - count.min(WIDE) as u32).unwrap_or(0)
}

/// What [`pass`] writes: nothing, the text as it is, with small ASCII letters, or with all small
/// but for ß.
const NOTHING: u8 = 0;
const COPY: u8 = 1;
const ASCII: u8 = 2;
const LATIN: u8 = 3;

/// Looks at each byte of a text and writes it to `out`, which has at least 32 bytes more than the
/// text (unless nothing is written); says what the bytes are and whether there may be a ß.
#[inline]
#[target_feature(enable = "avx2")]
fn pass<const WRITE: u8>(text: &[u8], out: &mut [MaybeUninit<u8>]) -> (Letters, bool) {
    let mut found = Found::default();
    if text.len() <= WIDE {
        let vector = load_short(text);
        if WRITE != NOTHING
            && let Some(out) = out.first_chunk_mut()
        {
            store(out, small::<WRITE>(vector));
        }
        found.look(vector, low(text.len()));
        return found.letters();
    }
    let (vectors, _) = text.as_chunks::<WIDE>();
    for (index, vector) in vectors.iter().enumerate() {
        let vector = load(vector);
        if WRITE != NOTHING
            && let Some(out) = out[index * WIDE..].first_chunk_mut()
        {
            store(out, small::<WRITE>(vector));
        }
        found.look(vector, u32::MAX);
    }
    let last = text.len() - WIDE;
    if let (false, Some(vector)) = (text.len().is_multiple_of(WIDE), text.last_chunk()) {
        let vector = load(vector);
        if WRITE != NOTHING
            && let Some(out) = out[last..].first_chunk_mut()
        {
            store(out, small::<WRITE>(vector));
        }
        found.lead = u32::from(text[last - 1] == LEAD);
        found.look(vector, u32::MAX);
    }
    found.letters()
}

/// A vector with small letters.
#[inline]
#[target_feature(enable = "avx2")]
fn small<const WRITE: u8>(vector: __m256i) -> __m256i {
    if WRITE == COPY {
        return vector;
    }
    // Bytes from 0x80 are negative.
    let between = |low: u8, high: u8| {
        _mm256_and_si256(
            _mm256_cmpgt_epi8(vector, _mm256_set1_epi8((low - 1).cast_signed())),
            _mm256_cmpgt_epi8(_mm256_set1_epi8((high + 1).cast_signed()), vector),
        )
    };
    let mut capital = between(b'A', b'Z');
    if WRITE == LATIN {
        // 0x80 is the least: nothing to compare it with.
        let second = _mm256_cmpgt_epi8(_mm256_set1_epi8(SHARP_S.cast_signed()), vector);
        let times = _mm256_cmpeq_epi8(vector, _mm256_set1_epi8(0x97_u8.cast_signed()));
        capital = _mm256_or_si256(capital, _mm256_andnot_si256(times, second));
    }
    // The bit is clear in every capital.
    _mm256_or_si256(vector, _mm256_and_si256(capital, _mm256_set1_epi8(0x20)))
}

/// What [`pass`] saw so far.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    /// Not zero once a byte was not printable ASCII.
    beyond_ascii: u32,
    /// Not zero once a byte was neither that nor of a Latin-1 letter.
    other: u32,
    /// 1 when the last byte began a letter.
    lead: u32,
    /// Not zero once a byte might be of ß.
    sharp: u32,
}

impl Found {
    /// Looks at the bytes of a vector that are in `live`.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn look(&mut self, vector: __m256i, live: u32) {
        // Without a branch: whether a text has accents cannot be predicted.
        let ascii = mask(_mm256_cmpgt_epi8(vector, _mm256_set1_epi8(0x1F)));
        let unusual = !ascii & live;
        self.beyond_ascii |= unusual;
        let leads = mask(_mm256_cmpeq_epi8(vector, _mm256_set1_epi8(LEAD.cast_signed())));
        let seconds = _mm256_cmpgt_epi8(_mm256_set1_epi8(0xC0_u8.cast_signed()), vector);
        let seconds = mask(seconds) & live;
        self.other |= unusual & !(leads | seconds);
        self.other |= seconds ^ (leads << 1 | self.lead);
        self.sharp |= mask(_mm256_cmpeq_epi8(vector, _mm256_set1_epi8(SHARP_S.cast_signed())));
        // In a short text a lead in the last place has its second beyond: seen above as missing.
        self.lead = leads >> 31;
    }

    /// In registers: as a structure it would be written in parts and read whole, and wait.
    #[inline]
    fn letters(self) -> (Letters, bool) {
        let letters = match self {
            Found { beyond_ascii: 0, .. } => Letters::Ascii,
            Found { other: 0, lead: 0, .. } => Letters::Latin,
            _ => Letters::Other,
        };
        (letters, self.sharp != 0)
    }
}

/// Which of 64 rows have `want` of the bits of `mask`.
#[inline]
#[target_feature(enable = "avx2")]
fn equal(rows: &[u64; 64], mask: u64, want: u64) -> u64 {
    let mask = _mm256_set1_epi64x(mask.cast_signed());
    let want = _mm256_set1_epi64x(want.cast_signed());
    let (fours, _) = rows.as_chunks::<4>();
    let mut word = 0;
    for (index, four) in fours.iter().enumerate() {
        // SAFETY: the reference is to 32 readable bytes; the load needs no alignment.
        let four = unsafe { _mm256_loadu_si256(four.as_ptr().cast()) };
        let equal = _mm256_cmpeq_epi64(_mm256_and_si256(four, mask), want);
        let bits = _mm256_movemask_pd(_mm256_castsi256_pd(equal)) as u64;
        word |= bits << (4 * index);
    }
    word
}
