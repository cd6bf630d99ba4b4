//! Where literals may begin.

#[allow(clippy::wildcard_imports, reason = "the names all begin with `_mm`")]
use std::arch::x86_64::*;

use super::{Avx2, WIDE, bytes, down, load, load_half, load_short, low, mask};
use crate::block::CHUNK;
use crate::literals::{Buckets, Low, Nibbles, PLACES, Tables};

/// So many positions are listed before it is asked whether there are more.
const TOGETHER: usize = 4;

impl Avx2 {
    /// Calls `visit` with each position below `end` at which literals of some buckets may begin
    /// (they may go on beyond it).
    #[inline]
    pub(crate) fn candidates(
        self,
        tables: &Tables,
        text: &[u8],
        end: usize,
        visit: impl FnMut(usize, Buckets),
    ) {
        if tables.both {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe { candidates::<2>(&tables.nibbles, text, end, visit) }
        } else {
            // SAFETY: `self` proves that the processor has AVX2.
            unsafe {
                candidates::<1>(tables.nibbles.first_chunk().unwrap_or(&NONE), text, end, visit);
            }
        }
    }
}

/// Proof that the processor has AVX2 and counts bits by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting {
    /// Whether it has also what [`list_wide`] needs.
    wide: bool,
}

impl Counting {
    /// The proof, where there is one.
    pub(crate) fn detect() -> Option<Counting> {
        let all = is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("popcnt")
            && is_x86_feature_detected!("bmi1");
        let wide = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi")
            && is_x86_feature_detected!("avx512vbmi2");
        all.then_some(Counting { wide })
    }

    /// Runs code compiled for this, as far as it is inlined.
    #[inline]
    pub(crate) fn run(self, code: impl FnOnce()) {
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe { run(code) }
    }

    /// Lists each position of a chunk at which literals of some buckets may begin (they may go on
    /// beyond it), rising, with the buckets in the upper half; how many there are. The two bytes
    /// that follow the chunk are looked at as well.
    #[inline]
    pub(crate) fn hits(
        self,
        tables: &Tables,
        chunk: &[u8; CHUNK + PLACES - 1],
        hits: &mut [u64; CHUNK],
    ) -> usize {
        let Tables { nibbles, wide, both, .. } = tables;
        // SAFETY: `self` proves that the processor has what is needed.
        unsafe {
            match (self.wide, both) {
                (true, true) => list_wide(wide, chunk, hits),
                (true, false) => list_wide(std::array::from_ref(&wide[0]), chunk, hits),
                (false, true) => list(nibbles, chunk, hits),
                (false, false) => list(std::array::from_ref(&nibbles[0]), chunk, hits),
            }
        }
    }
}

#[inline]
#[target_feature(enable = "avx2,popcnt,bmi1")]
fn run(code: impl FnOnce()) {
    code();
}

#[target_feature(enable = "avx2,popcnt,bmi1")]
fn list<const GROUPS: usize>(
    nibbles: &[[Nibbles; PLACES]; GROUPS],
    chunk: &[u8; CHUNK + PLACES - 1],
    hits: &mut [u64; CHUNK],
) -> usize {
    let tables = vectors(nibbles);
    let mut count = 0;
    for start in (0..CHUNK).step_by(2 * WIDE) {
        let mut lists = [[[0; WIDE]; 2]; GROUPS];
        let mut places = 0;
        for half in 0..2 {
            let at = start + half * WIDE;
            let (Some(a), Some(b), Some(c)) = (
                chunk[at..].first_chunk(),
                chunk[at + 1..].first_chunk(),
                chunk[at + 2..].first_chunk(),
            ) else {
                return count;
            };
            let sets = buckets(&tables, [load(a), load(b), load(c)]);
            let mut any = sets[0];
            for (list, set) in lists.iter_mut().zip(sets) {
                list[half] = bytes(set);
                any = _mm256_or_si256(any, set);
            }
            let found = !mask(_mm256_cmpeq_epi8(any, _mm256_setzero_si256()));
            places |= u64::from(found) << (half * WIDE);
        }
        let found = places.count_ones() as usize;
        let mut listed = count;
        while let Some(together) = hits[listed..].first_chunk_mut::<TOGETHER>() {
            for hit in together {
                let place = places.trailing_zeros() as usize % (2 * WIDE);
                let mut buckets = u64::from(lists[0].as_flattened()[place]);
                if let Some(second) = lists.get(1) {
                    buckets |= u64::from(second.as_flattened()[place]) << 8;
                }
                *hit = (start + place) as u64 | buckets << 32;
                places &= places.wrapping_sub(1);
            }
            listed += TOGETHER;
            if places == 0 {
                break;
            }
        }
        count += found;
    }
    count
}

/// [`Counting::hits`] by tables of bytes, 64 positions at a time, without a branch where at most
/// eight of them are hits.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
fn list_wide<const GROUPS: usize>(
    tables: &[[Low; PLACES]; GROUPS],
    chunk: &[u8; CHUNK + PLACES - 1],
    hits: &mut [u64; CHUNK],
) -> usize {
    let tables = tables.each_ref().map(|[a, b, c]| [load_low(a), load_low(b), load_low(c)]);
    let numbers = load_wide(&NUMBERS);
    let mut count = 0;
    for start in (0..CHUNK).step_by(64) {
        let (Some(a), Some(b), Some(c)) = (
            chunk[start..].first_chunk(),
            chunk[start + 1..].first_chunk(),
            chunk[start + 2..].first_chunk(),
        ) else {
            return count;
        };
        let (a, b, c) = (load_wide(a), load_wide(b), load_wide(c));
        let sets = tables.map(|[first, second, third]| {
            let first = _mm512_permutex2var_epi8(first.0, a, first.1);
            let second = _mm512_permutex2var_epi8(second.0, b, second.1);
            let third = _mm512_permutex2var_epi8(third.0, c, third.1);
            _mm512_ternarylogic_epi64::<0x80>(first, second, third)
        });
        let any = sets.into_iter().fold(sets[0], |any, set| _mm512_or_si512(any, set));
        let places = _mm512_test_epi8_mask(any, any);
        let mut found = _mm512_maskz_compress_epi8(places, numbers);
        let mut sets = sets.map(|set| _mm512_maskz_compress_epi8(places, set));
        let end = count + places.count_ones() as usize;
        loop {
            let Some(hits) = hits[count..].first_chunk_mut::<8>() else { return count };
            let mut hit = _mm512_add_epi64(eight(found), _mm512_set1_epi64(start as i64));
            hit = _mm512_or_si512(hit, _mm512_slli_epi64::<32>(eight(sets[0])));
            if let Some(second) = sets.get(1) {
                hit = _mm512_or_si512(hit, _mm512_slli_epi64::<40>(eight(*second)));
            }
            // SAFETY: there is room for eight numbers; the store needs no alignment.
            unsafe { _mm512_storeu_epi64(hits.as_mut_ptr().cast(), hit) };
            count += 8;
            if count >= end {
                break;
            }
            (found, sets) = (behind_eight(found), sets.map(|set| behind_eight(set)));
        }
        count = end;
    }
    count
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load_wide(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: the reference is to 64 readable bytes; the load needs no alignment.
    unsafe { _mm512_loadu_epi8(bytes.as_ptr().cast()) }
}

/// A table of bytes below and from 0x40.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load_low([below, from]: &Low) -> (__m512i, __m512i) {
    (load_wide(below), load_wide(from))
}

/// The first eight bytes, each in eight.
#[inline]
#[target_feature(enable = "avx512f")]
fn eight(bytes: __m512i) -> __m512i {
    _mm512_cvtepu8_epi64(_mm512_castsi512_si128(bytes))
}

/// What follows the first eight bytes.
#[inline]
#[target_feature(enable = "avx512f")]
fn behind_eight(bytes: __m512i) -> __m512i {
    _mm512_alignr_epi64::<1>(_mm512_setzero_si512(), bytes)
}

/// The numbers from 0 on.
const NUMBERS: [u8; 64] = {
    let mut numbers = [0; 64];
    let mut number = 0;
    while number < 64 {
        numbers[number] = number as u8;
        number += 1;
    }
    numbers
};

/// No bucket.
const NONE: [[Nibbles; PLACES]; 1] = [[Nibbles { low: [0; 16], high: [0; 16] }; PLACES]];

/// A table of half bytes in both halves of a vector.
#[inline]
#[target_feature(enable = "avx2")]
fn table(half: &[u8; 16]) -> __m256i {
    _mm256_broadcastsi128_si256(load_half(half))
}

/// Tables of half bytes, by group and place.
type Halves<const GROUPS: usize> = [[(__m256i, __m256i); PLACES]; GROUPS];

#[inline]
#[target_feature(enable = "avx2")]
fn vectors<const GROUPS: usize>(nibbles: &[[Nibbles; PLACES]; GROUPS]) -> Halves<GROUPS> {
    let mut tables = [[(_mm256_setzero_si256(), _mm256_setzero_si256()); PLACES]; GROUPS];
    for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
        for (tables, nibbles) in tables.iter_mut().zip(nibbles) {
            *tables = (table(&nibbles.low), table(&nibbles.high));
        }
    }
    tables
}

/// For each position, which buckets of each group have the three bytes from there.
#[inline]
#[target_feature(enable = "avx2")]
fn buckets<const GROUPS: usize>(
    tables: &Halves<GROUPS>,
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
    end: usize,
    mut visit: impl FnMut(usize, Buckets),
) {
    let tables = vectors(nibbles);
    let visit = &mut visit;
    if let (true, Some(all)) = (end <= WIDE, text.first_chunk()) {
        // Loaded as it may have been stored just now: a load of other parts would wait for that.
        let all = load(all);
        let sets = buckets(&tables, [all, down::<1>(all), down::<2>(all)]);
        return report(0, sets, low(end), visit);
    }
    let mut start = 0;
    while start < end
        && let Some(window) = text[start..].first_chunk::<{ WIDE + 2 }>()
    {
        if let (Some(a), Some(b), Some(c)) =
            (window.first_chunk(), window[1..].first_chunk(), window[2..].first_chunk())
        {
            let sets = buckets(&tables, [load(a), load(b), load(c)]);
            report(start, sets, low(end - start), visit);
        }
        start += WIDE;
    }
    if start < end {
        last(&tables, text, start, visit);
    }
}

/// [`candidates`] from `start` on, where too little follows for a whole window.
#[inline]
#[target_feature(enable = "avx2")]
fn last<const GROUPS: usize>(
    tables: &Halves<GROUPS>,
    text: &[u8],
    mut start: usize,
    visit: &mut impl FnMut(usize, Buckets),
) {
    let places = |vector| [vector, down::<1>(vector), down::<2>(vector)];
    let Some(last) = text.last_chunk::<WIDE>() else {
        return report(0, buckets(tables, places(load_short(text))), low(text.len()), visit);
    };
    // Of a vector whose end is not the text's, the last two positions are not known whole.
    if let Some(window) = text[start..].first_chunk().filter(|_| start + WIDE < text.len()) {
        report(start, buckets(tables, places(load(window))), low(WIDE - 2), visit);
        start += WIDE - 2;
    }
    let seen = start - (text.len() - WIDE).min(start);
    report(text.len() - WIDE, buckets(tables, places(load(last))), !low(seen), visit);
}
