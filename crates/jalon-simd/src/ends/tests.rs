use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 16 } else { 512 }))]

    #[test]
    fn ends_of_texts(buffer in prop::collection::vec(any::<u8>(), 0..60), a: usize, b: usize) {
        let (a, b) = (a % (buffer.len() + 1), b % (buffer.len() + 1));
        let (at, end) = (a.min(b), a.max(b));
        let text = &buffer[at..end];
        let mut first = [0; 16];
        let kept = text.len().min(16);
        first[..kept].copy_from_slice(&text[..kept]);
        prop_assert_eq!(head(&buffer, at, text.len()), u128::from_le_bytes(first));
        let mut last = [0; 16];
        last[16 - kept..].copy_from_slice(&text[text.len() - kept..]);
        prop_assert_eq!(tail(&buffer, at, text.len()), u128::from_le_bytes(last));
        for place in 0..=buffer.len() {
            let mut word = [0; 8];
            let rest = &buffer[place..];
            let kept = rest.len().min(8);
            word[..kept].copy_from_slice(&rest[..kept]);
            prop_assert_eq!(word_at(&buffer, place), u64::from_le_bytes(word));
        }
    }

    #[test]
    fn heads_of_views(
        before in prop::collection::vec(any::<u8>(), 0..40),
        text in prop::collection::vec(any::<u8>(), 0..50),
        after in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let buffer = [&before[..], &text, &after].concat();
        let buffers = [&after[..], &buffer];
        let mut view = [0; 16];
        view[..4].copy_from_slice(&(text.len() as u32).to_le_bytes());
        if text.len() <= INLINE {
            view[4..4 + text.len()].copy_from_slice(&text);
            // What is behind a short text does not count.
            view[4 + text.len()..].fill(7);
        } else {
            view[4..8].copy_from_slice(&text[..4]);
            view[8..12].copy_from_slice(&1_u32.to_le_bytes());
            view[12..].copy_from_slice(&(before.len() as u32).to_le_bytes());
        }
        let view = u128::from_le_bytes(view);
        for at in [0, 16] {
            let rest = &text[at.min(text.len())..];
            let expected = head(rest, 0, rest.len());
            prop_assert_eq!(view_head(view, &buffers, at), Some(expected));
            let nowhere = view_head(view, &buffers[..1], at);
            prop_assert_eq!(nowhere, (text.len() <= INLINE).then_some(expected));
            prop_assert_eq!(view_head(view, &[], at), nowhere);
        }
    }
}
