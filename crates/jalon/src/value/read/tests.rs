#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::float_cmp, reason = "floats must read back exactly")]

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::value::{Date, Moment, TimeOfDay, Typed};

fn decimal(text: &str) -> Option<String> {
    number(text).map(|n| n.to_string())
}

#[test]
fn numbers_read_as_written() {
    for (text, read) in [
        ("1234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u{A0}234\u{202F}567,89", "1234567.89"),
        ("12\u{2009}000", "12000"),
        ("+25", "25"),
        ("-100", "-100"),
        ("−2,5", "-2.5"),
        ("  7 ", "7"),
        ("0,30", "0.30"),
        (".5", "0.5"),
        ("007", "7"),
        ("-0", "0"),
        ("1e3", "1000"),
        ("1.5E-3", "0.0015"),
        ("2.50e1", "25"),
        ("0e999999999999999999999", "0"),
        ("0.1000000000000000000000000000000000000000", "0.1000000000000000000000000000"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
    ] {
        assert_eq!(decimal(text).as_deref(), Some(read), "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "", " ", "-", "+", ".", ",5", "5.", "5,", "1,234.5", "1.234,5", "06 83", "1 23",
        "1234 567", "1 2345", "12a", "a12", "1,2,3", "- 5", "--5", "1e", "1e+", "0x10", "１２",
        "NaN", "inf", "1 000 ", "1  000",
    ] {
        let trimmed_thousand = text == "1 000 ";
        assert_eq!(decimal(text).is_some(), trimmed_thousand, "{text:?}");
    }
    for text in [
        "99999999999999999999999999990",
        "1e28",
        "1e-29",
        "0.00000000000000000000000000001",
        "1e9999999999999999999999",
    ] {
        assert_eq!(number(text), None, "{text}");
        let constant = read_number(text).unwrap_err();
        let expected = if text.contains('e') { NotANumber::Spelling } else { NotANumber::TooLong };
        assert_eq!(constant, expected, "{text}");
    }
}

#[test]
fn three_decimals_after_a_comma_have_two_readings() {
    let second = |text| read_number(text).unwrap().as_thousands.map(|n| n.to_string());
    assert_eq!(second("1,234").as_deref(), Some("1234"));
    assert_eq!(second("-12,500").as_deref(), Some("-12500"));
    for clear in ["0,125", "1.234", "1,23", "1,2345", "1 234,567", "1234,567", "1234"] {
        assert_eq!(second(clear), None, "{clear}");
    }
}

#[test]
fn floats_enter_as_their_shortest_decimal() {
    let read = |value: f64| float(value).value().map(|n| n.to_string());
    assert_eq!(read(0.1).as_deref(), Some("0.1"));
    assert_eq!(read(0.1 + 0.2).as_deref(), Some("0.30000000000000004"));
    assert_eq!(read(-1e15).as_deref(), Some("-1000000000000000"));
    assert_eq!(read(1e21).as_deref(), Some("1000000000000000000000"));
    assert_eq!(read(9_007_199_254_740_993.0).as_deref(), Some("9007199254740992"));
    assert_eq!(read(-0.0).as_deref(), Some("0"));
    assert_eq!(float32(0.1).value().map(|n| n.to_string()).as_deref(), Some("0.1"));
    assert_eq!(float32(16_777_216.0).value(), Some(Decimal::from(16_777_216)));
    assert_eq!(float(f64::NAN), Typed::Empty);
    assert_eq!(float32(f32::NAN), Typed::Empty);
    for wrong in [f64::INFINITY, f64::NEG_INFINITY, 1e28, 1e300, 5e-324] {
        assert_eq!(float(wrong), Typed::Wrong, "{wrong}");
    }
}

#[test]
fn the_text_of_a_number_is_plain() {
    let mut digits = NumberText::default();
    for (from, to) in [("1.50", "1.5"), ("100", "100"), ("-0.0", "0"), ("1e3", "1000")] {
        assert_eq!(decimal_text(number(from).unwrap(), &mut digits), to);
    }
    assert_eq!(decimal_text(Decimal::MIN, &mut digits), "-79228162514264337593543950335");
    let least = Decimal::new(-1, 28);
    assert_eq!(decimal_text(least, &mut digits), "-0.0000000000000000000000000001");
}

#[test]
fn dates_and_times_read_as_people_write_them() {
    let june = Date::ymd(2026, 6, 30);
    assert_eq!(date("2026-06-30"), june);
    assert_eq!(date("30/06/2026"), june);
    assert_eq!(date("3/6/2026"), Date::ymd(2026, 6, 3));
    for wrong in ["06/30/2026", "31/06/2026", "30/06/26", "30-06-2026", "2026/06/30", "30/06/2026x"]
    {
        assert_eq!(date(wrong), None, "{wrong}");
    }
    let both = read_date("03/04/2026").unwrap();
    assert_eq!((Some(both.date), both.month_first), (Date::ymd(2026, 4, 3), Date::ymd(2026, 3, 4)));
    assert_eq!(read_date("30/06/2026").unwrap().month_first, None);
    assert_eq!(read_date("04/04/2026").unwrap().month_first, None);
    assert_eq!(read_date("2026-04-03").unwrap().month_first, None);

    let half_past = TimeOfDay::hms(10, 30, 0);
    for text in ["10h30", "10H30", "10:30", "10 :30", " 10:30 ", "10:30:00", "10\u{A0}:30"] {
        assert_eq!(time_of_day(text), half_past, "{text}");
    }
    assert_eq!(time_of_day("05 :00"), TimeOfDay::hms(5, 0, 0));
    assert_eq!(time_of_day("10h"), TimeOfDay::hms(10, 0, 0));
    assert_eq!(time_of_day("9h05"), TimeOfDay::hms(9, 5, 0));
    assert_eq!(time_of_day("10:30pm"), TimeOfDay::hms(22, 30, 0));
    for wrong in ["10", "25h", "10h60", "10h3", "10:3", "10 30", "h30", "13:30pm", "24:00"] {
        assert_eq!(time_of_day(wrong), None, "{wrong}");
    }
    for text in [
        "2026-06-30T10:30",
        "2026-06-30 10h30",
        "30/06/2026 10:30",
        "30/06/2026 à 10h30",
        "2026-06-30 at 10:30:00",
    ] {
        assert_eq!(date_time(text).unwrap().to_string(), "2026-06-30T10:30", "{text}");
    }
    assert_eq!(date_time("2026-06-30"), None);
    assert_eq!(moment("30/06/2026"), june.map(Moment::Date));
    assert_eq!(moment("2026-06-30 à"), None);
    assert_eq!(moment("2026-06-3010:30"), None);
}

#[test]
fn durations_name_their_unit_in_either_language() {
    assert_eq!(duration("100 jours"), Some((100, Unit::Day)));
    assert_eq!(duration("2 weeks"), Some((2, Unit::Week)));
    assert_eq!(duration("1 business day"), Some((1, Unit::BusinessDay)));
    assert_eq!(duration("3\u{A0}jours ouvres "), Some((3, Unit::BusinessDay)));
    assert_eq!(duration("1 mois"), Some((1, Unit::Month)));
    for wrong in
        ["jours", "2", "2jours", "-2 jours", "2 lunes", "99999999999 jours", "4294967296 jours"]
    {
        assert_eq!(duration(wrong), None, "{wrong}");
    }
}

#[test]
fn ticks_are_the_words_of_the_lexicon() {
    for word in ["✓", "oui", "OUI", "Sélectionné", "selectionne", "true", " yes ", "coché"] {
        assert_eq!(tick(word), Some(true), "{word}");
    }
    for word in [
        "non",
        "non\u{A0}sélectionné",
        "Not selected",
        "FALSE",
        "decoche",
        "unchecked",
        "Not checked",
        "non coche",
    ] {
        assert_eq!(tick(word), Some(false), "{word}");
    }
    for word in ["", "1", "0", "peut-être", "ouii", "ou", "✗"] {
        assert_eq!(tick(word), None, "{word}");
    }
    for (word, ticked) in
        TICKED.iter().map(|w| (w, true)).chain(UNTICKED.iter().map(|w| (w, false)))
    {
        assert_eq!(tick(word), Some(ticked));
        assert_eq!(crate::lexicon::tick(word), Some(ticked));
    }
}

proptest! {
    #[test]
    fn decimals_round_trip(mantissa in -9_999_999_999_999_999_999_999_999_999_i128..=9_999_999_999_999_999_999_999_999_999, scale in 0_u32..=28) {
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        prop_assert_eq!(number(&value.to_string()), Some(value));
        prop_assert_eq!(number(&value.to_string().replace('.', ",")), Some(value));
        let mut digits = NumberText::default();
        prop_assert_eq!(number(decimal_text(value, &mut digits)), Some(value));
    }

    #[test]
    fn floats_of_few_decimals_enter_as_any_float(digits in any::<i64>(), scale in 0_u32..7, drop in 0_u32..19) {
        let value = (digits / 10_i64.pow(drop)) as f64 / f64::from(10_u32.pow(scale));
        prop_assert_eq!(decimal_of_float(value), number(&format!("{value:e}")));
    }

    #[test]
    fn floats_read_back(value in any::<f64>()) {
        if let Some(decimal) = decimal_of_float(value) {
            prop_assert_eq!(decimal.to_string().parse::<f64>().unwrap(), value);
        }
    }

    #[test]
    fn singles_read_back(value in any::<f32>()) {
        if let Typed::Value(decimal) = float32(value) {
            prop_assert_eq!(decimal.to_string().parse::<f32>().unwrap(), value);
        }
    }

    #[test]
    fn plain_spellings_agree_with_the_decimal_library(text in "[+-]?[0-9]{1,12}(\\.[0-9]{1,12})?") {
        let expected: Decimal = text.parse().unwrap();
        prop_assert_eq!(number(&text), Some(expected));
    }

    #[test]
    fn no_text_breaks_a_number(text in "[0-9 .,eE+\u{A0}\u{202F}−-]{0,40}") {
        let _ = (number(&text), read_number(&text));
    }
}
