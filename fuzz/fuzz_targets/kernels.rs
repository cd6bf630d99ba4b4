//! Two numbers, literals and a text, all in one: the vectors find, mark, add and write what the
//! definitions say.
#![no_main]

use jalon_simd::{
    Letters, Literals, Marker, Padded, Points, Start, add_points, fold_into, letters, lower_into,
    select, set_from_table,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [count, longest, data @ ..] = data else { return };
    let (mut rest, mut literals) = (data, Vec::new());
    for i in 0..usize::from(count % 65) {
        let length = 1 + (i * 7 + usize::from(*longest)) % usize::from(longest % 20 + 1);
        let Some((literal, after)) = rest.split_at_checked(length) else { break };
        literals.push(literal.to_vec());
        rest = after;
    }
    // The text is what is left, and the literals once more, so that some are found.
    for text in [rest, data] {
        search(&literals, text);
        mark(&literals, text, usize::from(*longest % 50) + 1);
        rows(text);
        fold(text);
    }
});

fn search(literals: &[Vec<u8>], text: &[u8]) {
    let Some(set) = Literals::new(literals) else { return };
    let mut expected = Vec::new();
    for position in 0..text.len() {
        for (index, literal) in literals.iter().enumerate() {
            if text[position..].starts_with(literal) {
                expected.push((position, index));
            }
        }
    }
    let found = expected.iter().fold(0, |found, (_, index)| found | 1_u64 << index);
    let mut padded = Padded::default();
    padded.set(text);
    for set in [set.clone(), set.portable()] {
        let mut hits = Vec::new();
        set.each(text, |position, index| hits.push((position, index)));
        assert!(hits.is_sorted_by_key(|(position, _)| *position));
        hits.sort_unstable();
        assert_eq!(hits, expected);
        assert_eq!(set.found(text), found);
        assert_eq!(set.found_padded(&padded), found);
    }
}

/// The literals in each of the texts of a block, which are at most so long.
fn mark(literals: &[Vec<u8>], block: &[u8], longest: usize) {
    let given: Vec<(&[u8], u64)> =
        literals.iter().zip(0..64).map(|(text, bit)| (&**text, 1 << bit)).collect();
    let Some(marker) = Marker::new(&given) else { return };
    let mut offsets = vec![0_u32];
    while let Some(end) = offsets.last().copied().filter(|end| (*end as usize) < block.len()) {
        let length = usize::from(block[end as usize]) % (longest + 1);
        // A text is empty at most once in a place.
        let length = if offsets.len() > 1 && offsets[offsets.len() - 2] == end {
            length.max(1)
        } else {
            length
        };
        offsets.push(end + length.min(block.len() - end as usize) as u32);
    }
    let texts = || offsets.windows(2).map(|ends| &block[ends[0] as usize..ends[1] as usize]);
    for marker in [marker.clone(), marker.portable()] {
        let mut bits = vec![0; offsets.len() - 1];
        marker.mark(block, &offsets, &mut bits);
        for (text, bits) in texts().zip(bits) {
            for (literal, bit) in &given {
                let found = text.windows(literal.len()).any(|part| part == *literal);
                assert_eq!(bits & bit != 0, found);
            }
        }
    }
    let Some(start) = literals.first().and_then(|first| Start::new(first, 1)) else { return };
    let mut begins = vec![0; offsets.len() - 1];
    start.mark(block, &offsets, &mut begins);
    assert!(
        texts().zip(begins).all(|(text, begins)| text.starts_with(&literals[0]) == (begins == 1))
    );
}

/// Rows of predicate bits, made of bytes.
fn rows(bytes: &[u8]) {
    let table: Vec<u64> = bytes.iter().take(99).map(|byte| u64::from(*byte) << 20).collect();
    let chosen: Vec<u64> =
        bytes.chunks_exact(64).map(|bytes| u64::from_le_bytes([bytes[0]; 8])).collect();
    let mut bits = vec![1; bytes.len()];
    set_from_table(bytes, &table, &chosen, 2, &mut bits);
    for (row, (code, bits)) in bytes.iter().zip(&bits).enumerate() {
        let found = match chosen.get(row / 64).map(|chosen| chosen >> (row % 64) & 1) {
            Some(0) => table.get(usize::from(*code)).copied().unwrap_or(0),
            Some(_) => 2,
            None => 0,
        };
        assert_eq!(*bits, 1 | found);
    }
    let points = Points { need: 1, mask: 1 << 20 | 1, points: 7 };
    let mut sums = vec![0; bits.len()];
    assert_eq!(
        add_points(&bits, &[points; 3], &mut sums),
        bits.iter().fold(0, |all, bits| all | bits)
    );
    let mut held = vec![0; bits.len().div_ceil(64)];
    select(&bits, 1, 1 << 20, &mut held);
    for (row, (bits, sum)) in bits.iter().zip(sums).enumerate() {
        let holds = bits & points.mask == points.need;
        assert_eq!(sum, if holds { 21 } else { 0 });
        assert_eq!(held[row / 64] >> (row % 64) & 1 == 1, holds);
    }
}

fn fold(bytes: &[u8]) {
    let mut lowered = Vec::new();
    let kind = lower_into(bytes, &mut lowered);
    assert_eq!(lowered, bytes.to_ascii_lowercase());
    assert_eq!(letters(bytes), kind);
    let Ok(text) = std::str::from_utf8(bytes) else { return assert_eq!(kind, Letters::Other) };
    let latin = |c: char| matches!(c, ' '..='\x7F' | '\u{C0}'..='\u{FF}');
    assert_eq!(kind == Letters::Other, !text.chars().all(latin));
    let (mut folded, mut padded) = (String::new(), Padded::default());
    assert_eq!(fold_into(text, &mut folded), kind);
    assert_eq!(padded.fold(text), kind);
    assert_eq!(padded.text(), folded.as_bytes());
    if kind != Letters::Other {
        assert_eq!(folded, text.to_lowercase().replace('ß', "ss"));
    }
}
