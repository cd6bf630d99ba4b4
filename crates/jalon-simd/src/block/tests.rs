use proptest::prelude::*;

use super::*;

/// Both paths set what the definition sets, whatever follows the texts.
fn agrees(literals: &[Vec<u8>], texts: &[Vec<u8>], behind: usize) {
    let given: Vec<(&[u8], u64)> =
        literals.iter().zip(0..).map(|(text, bit)| (text.as_slice(), 1 << bit)).collect();
    let mut bytes = texts.concat();
    let ends = texts.iter().scan(0, |end, text| {
        *end += text.len() as u32;
        Some(*end)
    });
    let offsets: Vec<u32> = std::iter::once(0).chain(ends).collect();
    bytes.extend(std::iter::repeat_n(b'a', behind));
    let contains = |text: &[u8], part: &[u8]| text.windows(part.len()).any(|found| found == part);
    let of = |text: &Vec<u8>| {
        given
            .iter()
            .filter(|(part, _)| contains(text, part))
            .fold(1 << 63, |all, part| all | part.1)
    };
    let expected: Vec<u64> = texts.iter().map(of).collect();
    let marker = Marker::new(&given).unwrap();
    for marker in [marker.clone(), marker.portable()] {
        let mut bits = vec![1 << 63; texts.len()];
        marker.mark(&bytes, &offsets, &mut bits);
        assert_eq!(bits, expected, "{literals:?} in {texts:?}");
    }
}

fn bytes(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(&[b'a', b'b', b'q', 0, 0xFF][..]), length)
}

/// Few cases under Miri, which is slow.
fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 256 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn few_literals(
        literals in prop::collection::vec(bytes(1..5), 1..9),
        texts in prop::collection::vec(bytes(0..40), 0..90),
        behind in 0_usize..1_100,
    ) {
        agrees(&literals, &texts, behind);
    }

    #[test]
    fn long_literals(
        start in bytes(0..20),
        literals in prop::collection::vec(bytes(1..3), 1..9),
        texts in prop::collection::vec((any::<bool>(), bytes(0..9)), 0..90),
        behind in 0_usize..1_100,
    ) {
        let long = |end: &[u8]| [start.as_slice(), end].concat();
        let literals: Vec<Vec<u8>> = literals.iter().map(|end| long(end)).collect();
        let texts = texts.iter().map(|(whole, end)| if *whole { long(end) } else { end.clone() });
        agrees(&literals, &texts.collect::<Vec<_>>(), behind);
    }

    #[test]
    fn many_literals(
        literals in prop::collection::vec(bytes(1..6), 9..60),
        texts in prop::collection::vec(bytes(0..60), 0..40),
        behind in 0_usize..1_100,
    ) {
        agrees(&literals, &texts, behind);
    }
}

#[test]
fn no_texts_and_empty_ones_have_no_bits() {
    agrees(&[b"a".to_vec()], &[], 600);
    agrees(&[b"a".to_vec()], &[vec![], vec![], b"a".to_vec(), vec![], vec![]], 600);
    agrees(&[b"a".to_vec()], &vec![vec![]; 200], 600);
    agrees(&[b"aa".to_vec()], &vec![b"a".to_vec(); 2_000], 600);
}
