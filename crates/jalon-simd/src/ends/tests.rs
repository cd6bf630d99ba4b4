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
}
