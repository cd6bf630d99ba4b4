use proptest::prelude::*;

use super::*;

/// Arrow's view of a text that stands in the second of two buffers.
fn view(bytes: &[u8], start: usize, end: usize) -> u128 {
    let text = &bytes[start..end];
    let mut view = [0; 16];
    view[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
    if text.len() <= 12 {
        view[4..].fill(9);
        view[4..4 + text.len()].copy_from_slice(text);
    } else {
        view[4..8].copy_from_slice(&text[..4]);
        view[8] = 1;
        view[12..].copy_from_slice(&(start as u32).to_le_bytes());
    }
    u128::from_le_bytes(view)
}

/// The bits of a text.
fn told(text: &[u8]) -> u64 {
    text.iter().fold(1, |told: u64, byte| told.wrapping_mul(0x1_0003) ^ u64::from(*byte))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 8 } else { 256 }))]

    #[test]
    fn texts_are_known_again_as_they_were_learned(
        texts in prop::collection::vec(prop::collection::vec(0_u8..3, 0..40), 1..60),
        known in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        room in 0_usize..40,
        changes in 0_u32..17,
    ) {
        let mut memory = Memory { changes, ..Memory::default() };
        for index in &known {
            let text = index.get(&texts);
            if memory.find(text, 0..text.len()).is_none() {
                memory.learn(text, told(text));
            }
        }
        let mut bytes = texts.concat();
        let ends: Vec<usize> = std::iter::once(0)
            .chain(texts.iter().scan(0, |end, text| { *end += text.len(); Some(*end) }))
            .collect();
        bytes.extend(std::iter::repeat_n(7, room));
        let place = |row: usize| (ends[row], ends[row + 1]);
        let views: Vec<u128> = ends.windows(2).map(|ends| view(&bytes, ends[0], ends[1])).collect();
        let expected: Vec<Option<u64>> =
            texts.iter().map(|text| memory.find(text, 0..text.len())).collect();
        for (row, text) in texts.iter().enumerate() {
            // What is known is what was learned last, or nothing.
            prop_assert!(expected[row].is_none_or(|bits| bits == told(text)));
        }
        let portable = memory.clone().portable();
        for memory in [&memory, &portable] {
            let mut from = 0;
            while from < texts.len() {
                let (mut bits, mut of_views) =
                    (vec![0; texts.len() - from], vec![0; texts.len() - from]);
                let done = memory.known(&bytes, |row| place(from + row), &mut bits);
                for (row, bits) in bits[..done].iter().enumerate() {
                    prop_assert_eq!(Some(*bits), expected[from + row]);
                }
                let seen =
                    memory.known_views(&views[from..], &[&[5; 64], &bytes], &mut of_views);
                for (row, bits) in of_views[..seen].iter().enumerate() {
                    prop_assert_eq!(Some(*bits), expected[from + row]);
                }
                // Vectors leave what stands at the end of the bytes to be looked for by itself.
                let room = |row: usize| ends[row] + 32 <= bytes.len();
                if from + done < texts.len() && room(from + done) {
                    prop_assert_eq!(expected[from + done], None);
                }
                let next = from + seen;
                if next < texts.len() && (room(next) || texts[next].len() <= 12) {
                    prop_assert_eq!(expected[next], None);
                }
                from += done + 1;
            }
        }
    }
}

#[test]
fn a_memory_that_is_full_still_tells_the_truth() {
    let mut memory = Memory::default();
    let texts: Vec<String> = (0..2_000).map(|number| format!("number {number}")).collect();
    for (number, text) in texts.iter().enumerate() {
        memory.learn(text.as_bytes(), number as u64);
        assert_eq!(memory.find(text.as_bytes(), 0..text.len()), Some(number as u64));
    }
    let known = texts.iter().enumerate().filter(|(number, text)| {
        let found = memory.find(text.as_bytes(), 0..text.len());
        assert!(found.is_none_or(|bits| bits == *number as u64));
        found.is_some()
    });
    assert!(known.count() > 100);
    memory.forget();
    assert_eq!(memory.known(b"number 1", |_| (0, 8), &mut [0]), 0);
}
