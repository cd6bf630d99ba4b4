//! Vectors of 32 bytes, on processors with AVX2. All `unsafe` of the workspace's libraries is here:
//! loads and stores through references to arrays of the right length, one `set_len`, and calls of
//! functions compiled for AVX2, which only a holder of [`Avx2`] can make.

#![allow(clippy::unused_self, reason = "the proof is that there is a `self`")]

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;
use std::mem::MaybeUninit;

use crate::ends::short;
use crate::letters::{LEAD, Letters, SHARP_S, portable_lower_latin, sharp_s};
use crate::literals::{Buckets, Nibbles, PLACES, Tables};

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
        unsafe { pass::<NOTHING>(text, &mut []) }.letters()
    }

    /// [`crate::lower_into`]
    #[inline]
    pub(crate) fn lower_into(self, text: &[u8], out: &mut Vec<u8>) -> Letters {
        out.reserve(text.len() + WIDE);
        // SAFETY: `self` proves that the processor has AVX2.
        let found = unsafe { pass::<ASCII>(text, out.spare_capacity_mut()) };
        // SAFETY: `pass` wrote the first `text.len()` bytes of the spare capacity.
        unsafe { out.set_len(out.len() + text.len()) };
        found.letters()
    }

    /// [`crate::fold_into`]
    #[inline]
    pub(crate) fn fold_into(self, text: &[u8], out: &mut Vec<u8>) -> Letters {
        out.reserve(text.len() + WIDE);
        // SAFETY: `self` proves that the processor has AVX2.
        let found = unsafe { pass::<LATIN>(text, out.spare_capacity_mut()) };
        let letters = found.letters();
        if letters == Letters::Other {
            return letters;
        }
        let start = out.len();
        // SAFETY: `pass` wrote the first `text.len()` bytes of the spare capacity.
        unsafe { out.set_len(start + text.len()) };
        if found.sharp != 0 {
            sharp_s(&mut out[start..]);
        }
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

    /// Calls `visit` with each position at which literals of some buckets may begin.
    #[inline]
    pub(crate) fn candidates(
        self,
        tables: &Tables,
        text: &[u8],
        visit: impl FnMut(usize, Buckets),
    ) {
        if tables.both {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe { candidates::<2>(&tables.nibbles, text, visit) }
        } else {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe { candidates::<1>(tables.nibbles.first_chunk().unwrap_or(&NONE), text, visit) }
        }
    }
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

/// From place `n` on: the indices that move a half vector down by `n` bytes.
const DOWN: [u8; 32] = {
    let mut indices = [0x80; 32];
    let mut index = 0;
    while index < 16 {
        indices[index] = index as u8;
        index += 1;
    }
    indices
};

/// A text of at most 32 bytes, zero beyond.
#[inline]
#[target_feature(enable = "avx2")]
fn load_short(text: &[u8]) -> __m256i {
    let (Some(first), Some(last)) = (text.first_chunk::<16>(), text.last_chunk::<16>()) else {
        let text = short(text);
        return _mm256_set_epi64x(0, 0, (text >> 64) as i64, text as i64);
    };
    // What `last` has in common with `first` goes.
    let down = DOWN[WIDE - text.len().min(WIDE)..].first_chunk::<16>();
    let down = load_half(down.unwrap_or(&[0x80; 16]));
    let last = _mm_shuffle_epi8(load_half(last), down);
    _mm256_set_m128i(last, load_half(first))
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

/// What [`pass`] writes: nothing, the text with small ASCII letters, or with all small but for ß.
const NOTHING: u8 = 0;
const ASCII: u8 = 1;
const LATIN: u8 = 2;

/// Looks at each byte of a text and writes it to `out`, which has at least 32 bytes more than the
/// text (unless nothing is written); says what it saw.
#[inline]
#[target_feature(enable = "avx2")]
fn pass<const WRITE: u8>(text: &[u8], out: &mut [MaybeUninit<u8>]) -> Found {
    let mut found = Found::default();
    if text.len() <= WIDE {
        let vector = load_short(text);
        if WRITE != NOTHING
            && let Some(out) = out.first_chunk_mut()
        {
            store(out, small::<WRITE>(vector));
        }
        found.look(vector, low(text.len()));
        return found;
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
    found
}

/// A vector with small letters.
#[inline]
#[target_feature(enable = "avx2")]
fn small<const WRITE: u8>(vector: __m256i) -> __m256i {
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
        let ascii = mask(_mm256_cmpgt_epi8(vector, _mm256_set1_epi8(0x1F)));
        let unusual = !ascii & live;
        self.beyond_ascii |= unusual;
        if unusual | self.lead == 0 {
            return;
        }
        let leads = mask(_mm256_cmpeq_epi8(vector, _mm256_set1_epi8(LEAD.cast_signed())));
        let seconds = _mm256_cmpgt_epi8(_mm256_set1_epi8(0xC0_u8.cast_signed()), vector);
        let seconds = mask(seconds) & live;
        self.other |= unusual & !(leads | seconds);
        self.other |= seconds ^ (leads << 1 | self.lead);
        self.sharp |= mask(_mm256_cmpeq_epi8(vector, _mm256_set1_epi8(SHARP_S.cast_signed())));
        self.lead = leads >> 31;
        if live != u32::MAX {
            // A lead in the last place has its second beyond: seen above as missing.
            self.lead = 0;
        }
    }

    fn letters(self) -> Letters {
        match self {
            Found { beyond_ascii: 0, .. } => Letters::Ascii,
            Found { other: 0, lead: 0, .. } => Letters::Latin,
            _ => Letters::Other,
        }
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

/// No bucket.
const NONE: [[Nibbles; PLACES]; 1] = [[Nibbles { low: [0; 16], high: [0; 16] }; PLACES]];

/// A table of half bytes in both halves of a vector.
#[inline]
#[target_feature(enable = "avx2")]
fn table(half: &[u8; 16]) -> __m256i {
    _mm256_broadcastsi128_si256(load_half(half))
}

/// For each position, which buckets of each group have the three bytes from there.
#[inline]
#[target_feature(enable = "avx2")]
fn buckets<const GROUPS: usize>(
    tables: &[[(__m256i, __m256i); PLACES]; GROUPS],
    places: [__m256i; PLACES],
) -> [__m256i; GROUPS] {
    let half = _mm256_set1_epi8(0x0F);
    let mut sets = [_mm256_set1_epi8(-1); GROUPS];
    for place in 0..PLACES {
        let low_half = _mm256_and_si256(places[place], half);
        let high_half = _mm256_and_si256(_mm256_srli_epi16::<4>(places[place]), half);
        for group in 0..GROUPS {
            let (low, high) = tables[group][place];
            let found = _mm256_and_si256(
                _mm256_shuffle_epi8(low, low_half),
                _mm256_shuffle_epi8(high, high_half),
            );
            sets[group] = _mm256_and_si256(sets[group], found);
        }
    }
    sets
}

/// Calls `visit` with the positions in `live` that have a bucket.
#[inline]
#[target_feature(enable = "avx2")]
fn report<const GROUPS: usize>(
    start: usize,
    sets: [__m256i; GROUPS],
    live: u32,
    visit: &mut impl FnMut(usize, Buckets),
) {
    let mut any = sets[0];
    for set in &sets[1..] {
        any = _mm256_or_si256(any, *set);
    }
    let mut hits = !mask(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())) & live;
    if hits == 0 {
        return;
    }
    let mut lists = [[0; WIDE]; GROUPS];
    for (list, set) in lists.iter_mut().zip(sets) {
        *list = bytes(set);
    }
    while hits != 0 {
        let place = hits.trailing_zeros() as usize % WIDE;
        hits &= hits - 1;
        let mut buckets = Buckets::from(lists[0][place]);
        if let Some(second) = lists.get(1) {
            buckets |= Buckets::from(second[place]) << 8;
        }
        visit(start + place, buckets);
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn candidates<const GROUPS: usize>(
    nibbles: &[[Nibbles; PLACES]; GROUPS],
    text: &[u8],
    mut visit: impl FnMut(usize, Buckets),
) {
    let mut tables = [[(_mm256_setzero_si256(), _mm256_setzero_si256()); PLACES]; GROUPS];
    for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
        for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
            *tables = (table(&nibbles.low), table(&nibbles.high));
        }
    }
    let visit = &mut visit;
    let Some(last) = text.last_chunk::<WIDE>() else {
        let vector = load_short(text);
        let places = [vector, down::<1>(vector), down::<2>(vector)];
        return report(0, buckets(&tables, places), low(text.len()), visit);
    };
    let mut start = 0;
    while let Some(window) = text[start..].first_chunk::<{ WIDE + 2 }>() {
        if let (Some(a), Some(b), Some(c)) =
            (window.first_chunk(), window[1..].first_chunk(), window[2..].first_chunk())
        {
            report(start, buckets(&tables, [load(a), load(b), load(c)]), u32::MAX, visit);
        }
        start += WIDE;
    }
    // Of a vector whose end is not the text's, the last two positions are not known whole.
    if let Some(window) = text[start..].first_chunk().filter(|_| start + WIDE < text.len()) {
        let vector = load(window);
        let places = [vector, down::<1>(vector), down::<2>(vector)];
        report(start, buckets(&tables, places), low(WIDE - 2), visit);
        start += WIDE - 2;
    }
    let vector = load(last);
    let places = [vector, down::<1>(vector), down::<2>(vector)];
    let seen = start - (text.len() - WIDE).min(start);
    report(text.len() - WIDE, buckets(&tables, places), !low(seen), visit);
}
