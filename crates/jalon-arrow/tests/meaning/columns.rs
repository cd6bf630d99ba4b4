//! Arrow columns in every layout, with nulls over garbage, made of a small pool of values each.

use std::sync::Arc;

use arrow_array::types::*;
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, BinaryArray, BooleanArray, DictionaryArray,
    LargeStringArray, NullArray, PrimitiveArray, StringArray, StringViewArray,
};
use arrow_buffer::{NullBuffer, i256};
use arrow_schema::DataType;

use super::choices::{Choices, Dice};
use super::criteria::Kind;
use super::nested;
use super::words::{self, DAYS};

/// Which rows of a column are null: none, or one in so many.
pub fn nulls(choices: &mut Choices<'_>, dice: &mut Dice, rows: usize) -> Option<NullBuffer> {
    let every = [0, 4, 2, 30, 1][choices.below(5)];
    (every > 0).then(|| (0..rows).map(|_| dice.below(every) != 0).collect())
}

/// A column for a field of some kind, most often of a layout that fits.
pub fn column(choices: &mut Choices<'_>, kind: Kind, rows: usize) -> ArrayRef {
    if choices.one_in(12) {
        let any = [Kind::Text, Kind::Number, Kind::Date, Kind::DateTime, Kind::Checkbox, Kind::Set];
        let layout = choices.pick(&any);
        return column_of(choices, kind, layout, rows);
    }
    column_of(choices, kind, kind, rows)
}

/// A column of the layouts of `layout`, with texts as `kind` has them.
fn column_of(choices: &mut Choices<'_>, kind: Kind, layout: Kind, rows: usize) -> ArrayRef {
    match layout {
        Kind::Records => nested::records(choices, nested::contact, rows),
        Kind::Events => nested::records(choices, nested::event, rows),
        Kind::Reference if choices.below(2) == 0 => nested::reference(choices, rows),
        Kind::Set if choices.below(4) != 0 => nested::texts(choices, rows),
        _ if choices.one_in(4) => dictionary(choices, kind, layout, rows),
        _ => scalar(choices, kind, layout, rows),
    }
}

/// A column without lists, structs and dictionaries.
pub fn scalar(choices: &mut Choices<'_>, kind: Kind, layout: Kind, rows: usize) -> ArrayRef {
    let other = choices.below(10);
    match (layout, other) {
        (_, 9) => match choices.below(8) {
            0 => Arc::new(NullArray::new(rows)),
            1 => bools(choices, rows),
            2 => Arc::new(BinaryArray::from_iter((0..rows).map(|_| Some(b"x")))),
            3 => integers::<UInt64Type>(choices, rows),
            _ => texts(choices, kind, rows),
        },
        (Kind::Checkbox, 0..6) => bools(choices, rows),
        (Kind::Number, 0..=8) => numbers(choices, rows),
        (Kind::Reference, 0..4) => integers::<Int64Type>(choices, rows),
        (Kind::Date, 0..5) => dates(choices, rows),
        (Kind::Date, 5..7) | (Kind::DateTime, 0..7) => times(choices, rows),
        (Kind::DateTime, 7) => dates(choices, rows),
        (Kind::Text, 8) => numbers(choices, rows),
        _ => texts(choices, kind, rows),
    }
}

/// Values of which a column is made, and which of them each row holds.
fn pooled<T: Clone>(
    choices: &mut Choices<'_>,
    rows: usize,
    mut value: impl FnMut(&mut Choices<'_>) -> T,
) -> (Vec<T>, Option<NullBuffer>) {
    let pool: Vec<T> = (0..1 + choices.below(14)).map(|_| value(choices)).collect();
    let mut dice = choices.dice();
    let values = (0..rows).map(|_| pool[dice.below(pool.len())].clone()).collect();
    let nulls = nulls(choices, &mut dice, rows);
    (values, nulls)
}

fn text_of(choices: &mut Choices<'_>, kind: Kind) -> String {
    let words = match kind {
        Kind::Number => words::NUMBER_TEXTS,
        Kind::Date | Kind::DateTime => words::DATE_TEXTS,
        Kind::Checkbox => words::TICK_TEXTS,
        Kind::Events => words::EVENT_TYPES,
        _ => return words::text(choices),
    };
    match choices.one_in(12) {
        true => words::text(choices),
        false => choices.pick(words).to_owned(),
    }
}

pub fn texts(choices: &mut Choices<'_>, kind: Kind, rows: usize) -> ArrayRef {
    let layout = choices.below(3);
    let (texts, nulls) = pooled(choices, rows, |choices| text_of(choices, kind));
    // Built as if nothing were null, so that there is garbage under the nulls.
    match layout {
        0 => {
            let (offsets, bytes, _) = StringArray::from(texts).into_parts();
            Arc::new(StringArray::new(offsets, bytes, nulls))
        }
        1 => {
            let (offsets, bytes, _) = LargeStringArray::from(texts).into_parts();
            Arc::new(LargeStringArray::new(offsets, bytes, nulls))
        }
        _ => {
            let (views, buffers, _) = StringViewArray::from(texts).into_parts();
            Arc::new(StringViewArray::new(views, buffers, nulls))
        }
    }
}

fn bools(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    let (values, nulls) = pooled(choices, rows, |choices| choices.below(2) == 1);
    Arc::new(BooleanArray::new(values.into_iter().collect(), nulls))
}

fn integer(choices: &mut Choices<'_>) -> i64 {
    const FAR: &[i64] = &[
        i64::MIN,
        i64::MAX,
        1 << 53,
        (1 << 53) + 1,
        127,
        -128,
        255,
        256,
        32_767,
        -32_768,
        65_535,
        1 << 32,
        1_000_000_000_000_000,
        1_000_000_000_000_001,
        999_999_999_999_999,
    ];
    match choices.below(4) {
        0 => choices.pick(&[0, 1, -1, 2, 10, 100, -5, 1000, 3, 12]),
        1 => choices.pick(FAR),
        _ => choices.below(101) as i64 - 50,
    }
}

fn primitives<P: ArrowPrimitiveType>(
    choices: &mut Choices<'_>,
    rows: usize,
    value: impl FnMut(&mut Choices<'_>) -> P::Native,
) -> PrimitiveArray<P> {
    let (values, nulls) = pooled(choices, rows, value);
    PrimitiveArray::new(values.into(), nulls)
}

/// Whole numbers; those that the type cannot hold wrap around.
fn integers<P: ArrowPrimitiveType>(choices: &mut Choices<'_>, rows: usize) -> ArrayRef
where
    P::Native: TryFrom<i64> + Default,
{
    let narrow = |choices: &mut Choices<'_>| {
        let wide = integer(choices);
        P::Native::try_from(wide).or_else(|_| P::Native::try_from(wide & 127)).unwrap_or_default()
    };
    Arc::new(primitives::<P>(choices, rows, narrow))
}

fn float(choices: &mut Choices<'_>) -> f64 {
    const FLOATS: &[f64] = &[
        0.0,
        -0.0,
        1.0,
        0.1,
        2.5,
        -2.5,
        0.3,
        0.1 + 0.2,
        100.1,
        1e-9,
        1e-10,
        -1e-10,
        9.99e-10,
        5e-324,
        1e15,
        1e16,
        999_999_999_999_999.9,
        9_007_199_254_740_993.0,
        1e27,
        1e28,
        1e29,
        -1e29,
        1e300,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        9.223_372_036_854_775e18,
        1.005,
        1e-28,
        1e-29,
        12.25,
        f64::MAX,
        f64::MIN_POSITIVE,
    ];
    match choices.below(4) {
        0 => choices.pick(FLOATS),
        1 => choices.pick(FLOATS).next_up(),
        2 => choices.pick(FLOATS).next_down(),
        _ => (choices.below(600) as f64 - 300.0) / 10.0,
    }
}

fn numbers(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    type Half = <Float16Type as ArrowPrimitiveType>::Native;
    match choices.below(15) {
        0 => integers::<Int64Type>(choices, rows),
        1 => Arc::new(primitives::<Float64Type>(choices, rows, float)),
        2 => decimal128(choices, rows),
        3 => integers::<Int8Type>(choices, rows),
        4 => integers::<Int16Type>(choices, rows),
        5 => integers::<Int32Type>(choices, rows),
        6 => integers::<UInt8Type>(choices, rows),
        7 => integers::<UInt16Type>(choices, rows),
        8 => integers::<UInt32Type>(choices, rows),
        9 => {
            let value = |choices: &mut Choices<'_>| integer(choices) as u64;
            Arc::new(primitives::<UInt64Type>(choices, rows, value))
        }
        10 => {
            let value = |choices: &mut Choices<'_>| float(choices) as f32;
            Arc::new(primitives::<Float32Type>(choices, rows, value))
        }
        11 => {
            let value = |choices: &mut Choices<'_>| Half::from_f64(float(choices));
            Arc::new(primitives::<Float16Type>(choices, rows, value))
        }
        12 => {
            let value = |choices: &mut Choices<'_>| (unscaled(choices) % 1_000_000_000) as i32;
            decimals::<Decimal32Type>(choices, rows, 9, value)
        }
        13 => {
            let value = |choices: &mut Choices<'_>| (unscaled(choices) % 10_i128.pow(18)) as i64;
            decimals::<Decimal64Type>(choices, rows, 18, value)
        }
        _ => {
            let wide = choices.below(4) == 3;
            let value = |choices: &mut Choices<'_>| {
                let factor = if wide && choices.below(2) == 1 { i128::MAX } else { 1 };
                i256::from_i128(unscaled(choices)).wrapping_mul(i256::from_i128(factor))
            };
            decimals::<Decimal256Type>(choices, rows, 76, value)
        }
    }
}

fn decimal128(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    decimals::<Decimal128Type>(choices, rows, 38, |choices| unscaled(choices) % 10_i128.pow(38))
}

fn unscaled(choices: &mut Choices<'_>) -> i128 {
    let sign = if choices.below(2) == 1 { -1 } else { 1 };
    let number = match choices.below(5) {
        0 => i128::from(integer(choices)),
        1 => i128::from(integer(choices)) * 100,
        2 => 10_i128.pow(choices.below(38) as u32),
        3 => 10_i128.pow(choices.below(38) as u32) - 1,
        _ => 1 + 25 * 10_i128.pow(choices.below(30) as u32),
    };
    sign * number
}

fn decimals<P: DecimalType>(
    choices: &mut Choices<'_>,
    rows: usize,
    precision: u8,
    value: impl FnMut(&mut Choices<'_>) -> P::Native,
) -> ArrayRef {
    let most = precision as i8;
    let scale = choices.pick(&[0, 2, 1, 4, -1, -3, 9, most.min(28), most.min(30), most, -most]);
    let array = primitives::<P>(choices, rows, value);
    let typed = array.with_data_type(P::TYPE_CONSTRUCTOR(precision, scale));
    Arc::new(typed)
}

fn day(choices: &mut Choices<'_>) -> i64 {
    const FAR: &[i64] = &[
        0,
        -1,
        2_932_896,
        2_932_897,
        -719_162,
        -719_163,
        -719_528,
        -719_529,
        1_000_000_000,
        i32::MAX as i64,
        i32::MIN as i64,
        -100_000_000,
    ];
    match choices.below(6) {
        5 => choices.pick(FAR),
        n => choices.pick(DAYS) + [0, -1, 1, 7, -30][n] + choices.pick(&[0, 0, 0, -400, 90]),
    }
}

fn dates(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    match choices.below(3) {
        2 => {
            let value = |choices: &mut Choices<'_>| match choices.below(20) {
                19 => choices.pick(&[i64::MIN, i64::MAX]),
                n => day(choices) * 86_400_000 + [0, 0, 1, 86_399_999][n % 4],
            };
            Arc::new(primitives::<Date64Type>(choices, rows, value))
        }
        _ => Arc::new(primitives::<Date32Type>(choices, rows, |choices| day(choices) as i32)),
    }
}

/// Seconds from 1970-01-01.
fn second(choices: &mut Choices<'_>) -> i64 {
    const HOURS: &[i64] = &[0, 9, 22, 23, 1, 2, 3, 7, 8, 12];
    let minutes = choices.pick(&[0, 0, 30, 59]);
    day(choices) * 86_400 + choices.pick(HOURS) * 3_600 + minutes * 60
}

fn times(choices: &mut Choices<'_>, rows: usize) -> ArrayRef {
    const ZONES: &[Option<&str>] = &[Some("UTC"), None, Some("Europe/Paris"), Some("+02:00")];
    fn of<P: ArrowTimestampType>(
        choices: &mut Choices<'_>,
        rows: usize,
        a_second: i64,
    ) -> ArrayRef {
        let zone = choices.pick(ZONES);
        let value = |choices: &mut Choices<'_>| match choices.below(30) {
            28 => i64::MAX,
            29 => i64::MIN,
            n => second(choices).wrapping_mul(a_second).wrapping_add([0, 0, 0, 1, -1][n % 5]),
        };
        Arc::new(primitives::<P>(choices, rows, value).with_timezone_opt(zone))
    }
    match choices.below(4) {
        0 => of::<TimestampMicrosecondType>(choices, rows, 1_000_000),
        1 => of::<TimestampSecondType>(choices, rows, 1),
        2 => of::<TimestampMillisecondType>(choices, rows, 1_000),
        _ => of::<TimestampNanosecondType>(choices, rows, 1_000_000_000),
    }
}

/// A dictionary with values that stand twice, are used by no row, or are null.
fn dictionary(choices: &mut Choices<'_>, kind: Kind, layout: Kind, rows: usize) -> ArrayRef {
    fn of<K: ArrowDictionaryKeyType>(
        choices: &mut Choices<'_>,
        rows: usize,
        values: ArrayRef,
    ) -> ArrayRef
    where
        K::Native: TryFrom<i64> + Default,
    {
        let mut dice = choices.dice();
        let key = |number: usize| K::Native::try_from(number as i64).unwrap_or_default();
        let used = if values.is_empty() { 0 } else { 1 + choices.below(values.len()) };
        let nulls = if used == 0 {
            Some(NullBuffer::new_null(rows))
        } else {
            nulls(choices, &mut dice, rows)
        };
        let keys: Vec<K::Native> = (0..rows)
            .map(|row| match &nulls {
                Some(nulls) if nulls.is_null(row) => key(dice.below(127)),
                _ => key(dice.below(used)),
            })
            .collect();
        let keys = PrimitiveArray::<K>::new(keys.into(), nulls);
        Arc::new(DictionaryArray::new(keys, values))
    }
    let size = match choices.below(8) {
        7 => 0,
        6 => 120,
        n => 1 + 3 * n,
    };
    let offset = choices.below(3).min(size);
    let values = scalar(choices, kind, layout, size + offset).slice(offset, size);
    if matches!(values.data_type(), DataType::Null) {
        return Arc::new(NullArray::new(rows));
    }
    match choices.below(8) {
        0 => of::<Int32Type>(choices, rows, values),
        1 => of::<Int8Type>(choices, rows, values),
        2 => of::<Int16Type>(choices, rows, values),
        3 => of::<Int64Type>(choices, rows, values),
        4 => of::<UInt8Type>(choices, rows, values),
        5 => of::<UInt16Type>(choices, rows, values),
        6 => of::<UInt32Type>(choices, rows, values),
        _ => of::<UInt64Type>(choices, rows, values),
    }
}
