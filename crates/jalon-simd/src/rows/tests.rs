use proptest::prelude::*;

use super::*;

fn bit(bitmap: &[u64], row: usize) -> bool {
    bitmap[row / 64] >> (row % 64) & 1 == 1
}

/// Words of few bits, so that tests on them hold often.
fn words() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0..16_u64, 0..200)
}

fn cases() -> ProptestConfig {
    ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 256 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn selections(bits in words(), need in 0..16_u64, forbid in 0..16_u64, mask in 0..16_u64) {
        let forbid = forbid & !need;
        let words = bits.len().div_ceil(64);
        let (mut all, mut any) = (vec![u64::MAX; words + 1], vec![u64::MAX; words + 1]);
        select(&bits, need, forbid, &mut all);
        select_any(&bits, mask, &mut any);
        let mut sums: Vec<i64> = (0..bits.len() as i64).collect();
        let some = Points { need, mask: need | forbid, points: -7 };
        let all_bits = add_points(&bits, &[some, Points { points: 9, ..some }], &mut sums);
        prop_assert_eq!(all_bits, bits.iter().fold(0, |all, word| all | word));
        for row in 0..words * 64 {
            let word = bits.get(row);
            let holds = word.is_some_and(|word| word & need == need && word & forbid == 0);
            prop_assert_eq!(bit(&all, row), holds);
            prop_assert_eq!(bit(&any, row), word.is_some_and(|word| word & mask != 0));
            if let Some(sum) = sums.get(row) {
                prop_assert_eq!(*sum, row as i64 + 2 * i64::from(holds));
            }
        }
        prop_assert_eq!((all[words], any[words]), (u64::MAX, u64::MAX), "beyond the rows");
    }

    #[test]
    fn intervals(values in prop::collection::vec(-9..9_i64, 0..200), low in -9..9_i64, high in -9..9_i64) {
        let small: Vec<i32> = values.iter().map(|value| *value as i32).collect();
        let reals: Vec<f64> =
            values.iter().map(|v| if *v == 5 { f64::NAN } else { *v as f64 }).collect();
        let mut bits = vec![1; values.len()];
        set_between(&values, low, high, 2, &mut bits);
        set_between_i32(&small, low as i32, high as i32, 4, &mut bits);
        set_between_f64(&reals, low as f64, high as f64, 8, &mut bits);
        for (value, bits) in values.iter().zip(bits) {
            let inside = (low..=high).contains(value);
            let real = if *value == 5 { 0 } else { 8 };
            prop_assert_eq!(bits, if inside { 7 | real } else { 1 });
        }
    }

    #[test]
    fn limits(values in prop::collection::vec(-9..9_i64, 0..90), low in -9..0_i64, high in 0..9_i64) {
        let (mut totals, mut limited) = (vec![1; values.len()], values.clone());
        add_limited(&values, (low, high), &mut totals);
        limit(&mut limited, (low, high));
        let small: Vec<i32> = values.iter().map(|value| *value as i32).collect();
        let (least, most) = least_and_most(&small);
        for ((value, total), limited) in values.iter().zip(totals).zip(limited) {
            prop_assert_eq!(limited, *value.clamp(&low, &high));
            prop_assert_eq!(total, 1 + limited);
        }
        if let (Some(low), Some(high)) = (small.iter().min(), small.iter().max()) {
            prop_assert_eq!((least, most), (*low, *high));
        }
    }

    #[test]
    fn sizes(values in prop::collection::vec(prop_oneof![Just(0.0), Just(-0.0), Just(f64::NAN), Just(1e-9), Just(1e15), any::<f64>(), -9.0..9.0], 0..40)) {
        let inside = |value: &f64| *value == 0.0 || (value.abs() >= 1e-9 && value.abs() < 1e15);
        prop_assert_eq!(all_within_f64(&values, 1e-9, 1e15), values.iter().all(inside));
    }

    #[test]
    fn tables(
        codes in prop::collection::vec(any::<i8>(), 0..200),
        table in prop::collection::vec(any::<u64>(), 0..100),
        bitmap in prop::collection::vec(any::<u64>(), 0..5),
        word: u64,
    ) {
        let wide: Vec<u32> = codes.iter().map(|code| *code as u32).collect();
        let (mut small, mut large) = (vec![1; codes.len()], vec![1; codes.len()]);
        set_from_table(&codes, &table, &bitmap, word, &mut small);
        set_from_table(&wide, &table, &bitmap, word, &mut large);
        for (row, (code, (small, large))) in codes.iter().zip(small.iter().zip(large)).enumerate() {
            let known = usize::try_from(*code).ok().and_then(|code| table.get(code));
            let found = match bitmap.get(row / 64).map(|chosen| chosen >> (row % 64) & 1) {
                Some(0) => known.copied().unwrap_or(0),
                Some(_) => word,
                None => 0,
            };
            prop_assert_eq!(*small, 1 | found);
            prop_assert_eq!(*small, large);
        }
    }

    #[test]
    fn bitmaps_spread(bitmap in prop::collection::vec(any::<u64>(), 0..4), mask: u64, rows in 0..300_usize) {
        let mut bits = vec![1; rows];
        set_where(&bitmap, mask, &mut bits);
        for (row, word) in bits.iter().enumerate() {
            let chosen = bitmap.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1);
            prop_assert_eq!(*word, 1 | if chosen { mask } else { 0 });
        }
        let (others, before): (Vec<u64>, Vec<u64>) = ((2..rows as u64 + 2).collect(), bits.clone());
        add_or_replace(&bitmap, mask, &others, &mut bits);
        for (row, (word, before)) in bits.iter().zip(before).enumerate() {
            let chosen = bitmap.get(row / 64).map(|word| word >> (row % 64) & 1 == 1);
            let added = chosen.map_or(0, |chosen| if chosen { mask } else { others[row] });
            prop_assert_eq!(*word, before | added);
        }
    }
}
