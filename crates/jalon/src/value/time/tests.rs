#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

#[test]
fn dates_print_and_lie_where_the_calendar_has_them() {
    assert_eq!(date("1970-01-01").days(), 0);
    assert_eq!(date("2026-06-30").days(), 20_634);
    assert_eq!(Date::ymd(2026, 6, 30).unwrap().to_string(), "2026-06-30");
    assert_eq!(Date::MIN.to_string(), "0001-01-01");
    assert_eq!(Date::MAX.to_string(), "9999-12-31");
    assert_eq!(Date::ymd(2026, 2, 29), None);
    assert_eq!(Date::ymd(1900, 2, 29), None);
    assert!(Date::ymd(2000, 2, 29).is_some() && Date::ymd(2024, 2, 29).is_some());
    for (year, month, day) in
        [(0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 4, 31)]
    {
        assert_eq!(Date::ymd(year, month, day), None);
    }
    assert_eq!(date("2026-06-29").weekday(), 0);
    assert_eq!(date("1969-12-28").weekday(), 6);
}

#[test]
fn every_day_has_its_number() {
    let mut expected = Date::MIN.days();
    for year in 1..=9999 {
        for (month, day) in (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))) {
            if let Some(date) = Date::ymd(year, month, day) {
                assert_eq!(date.days(), expected, "{year}-{month}-{day}");
                expected += 1;
            }
        }
    }
    assert_eq!(expected, Date::MAX.days() + 1);
}

#[test]
fn months_clamp_to_their_last_day() {
    let cases = [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ];
    for (from, months, to) in cases {
        assert_eq!(date(from).plus_months(months), Some(date(to)), "{from}");
    }
}

#[test]
fn nothing_leaves_the_years_1_to_9999() {
    assert_eq!(Date::MAX.plus_days(1), None);
    assert_eq!(Date::MIN.plus_days(-1), None);
    assert_eq!(Date::MIN.plus_months(-1), None);
    for far in [i64::MAX, i64::MIN] {
        assert_eq!(Date::MAX.plus_days(far), None);
        assert_eq!(Date::MAX.plus_months(far), None);
        assert_eq!(Date::checked_from_days(far), None);
        assert_eq!(Instant::checked_from_micros(far), None);
    }
    assert_eq!(Date::from_days(i32::MAX), Date::MAX);
    assert_eq!(Date::from_days(i32::MIN), Date::MIN);
    assert_eq!(Instant::from_micros(i64::MIN).to_string(), "0001-01-01T00:00Z");
    assert_eq!(LocalDateTime::from_micros(i64::MAX).to_string(), "9999-12-31T23:59:59.999999");
    assert_eq!(LocalDateTime::from_micros(i64::MAX).date(), Date::MAX);
}

#[test]
fn times_print_no_more_than_they_hold() {
    for text in [
        "2026-06-30T00:00",
        "2026-06-30T10:30",
        "2026-06-30T10:30:05",
        "2026-06-30T10:30:00.5",
        "1960-02-29T23:59:59.000001",
    ] {
        assert_eq!(LocalDateTime::parse(text).unwrap().to_string(), text);
        let instant = format!("{text}Z");
        assert_eq!(Instant::parse(&instant).unwrap().to_string(), instant);
        assert_eq!(serde_json::to_value(Instant::parse(&instant)).unwrap(), instant);
    }
}

#[test]
fn iso_texts_read_as_what_they_are() {
    let instant = |text| Instant::parse(text).map(|i| i.to_string());
    assert_eq!(instant("2026-06-30T10:30+02:00").as_deref(), Some("2026-06-30T08:30Z"));
    assert_eq!(instant("2026-06-30 10:30:00 -0530").as_deref(), Some("2026-06-30T16:00Z"));
    assert_eq!(instant("2026-06-30T00:30+0030").as_deref(), Some("2026-06-30T00:00Z"));
    assert_eq!(instant("2026-01-01T00:30+02").as_deref(), Some("2025-12-31T22:30Z"));
    assert_eq!(
        instant("2026-06-30T10:30:00.123456789Z").as_deref(),
        Some("2026-06-30T10:30:00.123456Z")
    );
    assert_eq!(instant("2026-06-30T10:30"), None);
    assert_eq!(instant("0001-01-01T00:00+02:00"), None);
    for wrong in [
        "2026-6-30",
        "26-06-30",
        "2026-06-31",
        "2026-06-30T",
        "2026-06-30T24:00",
        "2026-06-30T10:60",
        "2026-06-30T10:30:61",
        "2026-06-30T10:30+",
        "2026-06-30T10:30+25:00",
        "2026-06-30T10:30Zx",
        "2026-06-30x",
        "",
        "2026",
        "2026-06-30T10:30:00.",
        "２０２６-06-30",
        "2026-06-30é",
    ] {
        assert_eq!(read::iso(wrong), None, "{wrong}");
    }
    assert_eq!(LocalDateTime::parse("2026-06-30"), None);
    assert_eq!(Date::parse(" 2026-06-30 "), Date::ymd(2026, 6, 30));
    assert_eq!(TimeOfDay::hms(24, 0, 0), None);
}

proptest! {
    #[test]
    fn dates_round_trip(days in Date::MIN.days()..=Date::MAX.days()) {
        let date = Date::from_days(days);
        prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        prop_assert_eq!(Date::ymd(date.year(), date.month(), date.day()), Some(date));
    }

    #[test]
    fn instants_round_trip(micros in Instant::MIN.micros()..=Instant::MAX.micros()) {
        let instant = Instant::from_micros(micros);
        prop_assert_eq!(Instant::parse(&instant.to_string()), Some(instant));
        let local = LocalDateTime::from_micros(micros);
        prop_assert_eq!(LocalDateTime::parse(&local.to_string()), Some(local));
        prop_assert_eq!(LocalDateTime::new(local.date(), local.time()), local);
    }

    #[test]
    fn no_text_breaks_the_reading(text in ".{0,24}") {
        let _ = (read::moment(&text), read::time_of_day(&text), read::duration(&text), read::tick(&text));
    }
}
