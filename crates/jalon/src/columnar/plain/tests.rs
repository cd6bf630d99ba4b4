use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::value::{Date, read};

/// What is read of a text wherever it stands, in the middle of others and at the end.
fn everywhere<T: PartialEq + std::fmt::Debug>(
    text: &str,
    read: impl Fn(&[u8], usize, usize) -> Option<T>,
) -> Option<T> {
    let found = read(text.as_bytes(), 0, text.len());
    for (before, after) in
        [("", "0123456789"), ("12", ",.-3"), ("ééééééééééé", ""), ("-", "\u{ff}")]
    {
        let buffer = format!("{before}{text}{after}");
        assert_eq!(read(buffer.as_bytes(), before.len(), text.len()), found, "{buffer:?}");
    }
    found
}

proptest! {
    #[test]
    fn plain_numbers_are_those_that_are_read(
        text in "-?[0-9]{0,16}([.,][0-9]{0,6})?|-?[0-9.,]{0,8}|[ -~]{0,8}|[0-9.,é-]{0,6}"
    ) {
        if let Some(number) = everywhere(&text, number) {
            prop_assert_eq!(read::number(&text), Some(Decimal::new(number, SCALE)), "{}", text);
        }
        prop_assert_eq!(everywhere(&text, number), long_number(text.as_bytes()), "{}", text);
    }

    #[test]
    fn iso_days_are_those_that_are_read(
        text in "[0-9]{4}-[01][0-9]-[0-3][0-9]|[0-9-]{10}|[0-9]{4}-02-29|[0-9é-]{7,10}|.{8,10}"
    ) {
        let read = match read::iso(&text) {
            Some(crate::value::Moment::Date(date)) => Some(i64::from(date.days())),
            _ => None,
        };
        prop_assert_eq!(everywhere(&text, iso_day), read, "{}", text);
    }

    #[test]
    fn days_are_those_of_the_calendar(year in 0_u32..10_000, month in 0_u32..14, of_month in 0_u32..33) {
        let expected = Date::ymd(year as i32, month, of_month).map(|date| i64::from(date.days()));
        prop_assert_eq!(day(year, month, of_month), expected);
    }
}

#[test]
fn usual_numbers_need_nothing_more() {
    let usual = [
        ("0", 0),
        ("-12", -120_000),
        ("12.5", 125_000),
        ("12,5", 125_000),
        ("7.1234", 71_234),
        ("12345678", 123_456_780_000),
        ("-1234567", -12_345_670_000),
        ("78415.47", 784_154_700),
        ("123456.78", 1_234_567_800),
        ("-99999999999999", -999_999_999_999_990_000),
    ];
    for (text, expected) in usual {
        assert_eq!(everywhere(text, number), Some(expected), "{text}");
    }
    let odd = ["", "-", "--1", ".5", "5.", "1.2.3", "1,2,3", "-.5", "1e3", " 1", "7.12345"];
    for text in odd {
        assert_eq!(everywhere(text, number), None, "{text}");
    }
    assert_eq!(everywhere("999999999999999", number), None, "beyond the integers at this scale");
}
