#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::lexicon::{Month, Period, Weekday};
use crate::value::{Holidays, Moment, OpenSpan, TimeOfDay};

fn paris(now: &str) -> Clock {
    Clock::at(now, "Europe/Paris").unwrap()
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn local(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

/// An interval of days as `from..to`, the first day after it last; `∞` where unbounded.
fn days(spec: &TimeSpec, clock: &Clock) -> String {
    let end = |end: Option<i64>| {
        end.map_or("∞".to_owned(), |days| Date::checked_from_days(days).unwrap().to_string())
    };
    let interval = spec.date_interval(clock).unwrap();
    format!("{}..{}", end(interval.from), end(interval.to))
}

/// An interval of instants, in UTC.
fn instants(spec: &TimeSpec, clock: &Clock) -> String {
    let end = |end: Option<i64>| {
        end.map_or("∞".to_owned(), |micros| Instant::from_micros(micros).to_string())
    };
    let interval = spec.instant_interval(clock).unwrap();
    format!("{}..{}", end(interval.from), end(interval.to))
}

fn relative(period: Period, offset: i8) -> TimeSpec {
    TimeSpec::Relative(Relative { period, offset })
}

fn shift(base: TimeSpec, count: i64, unit: Unit) -> TimeSpec {
    TimeSpec::Shift {
        base: Box::new(base),
        forward: count >= 0,
        count: count.unsigned_abs() as u32,
        unit,
    }
}

#[test]
fn zones_are_found_or_suggested() {
    assert_eq!(zone("Europe/Paris").to_string(), "Europe/Paris");
    assert_eq!(zone(" europe/paris ").name(), "Europe/Paris");
    assert_eq!(Zone::default(), zone("UTC"));
    let candidates = |name| Zone::parse(name).unwrap_err().candidates;
    assert_eq!(candidates("Europe/Pariss")[0], "Europe/Paris");
    assert_eq!(candidates("Paris"), ["Europe/Paris"]);
    assert_eq!(candidates("New York"), ["America/New_York"]);
    assert_eq!(candidates("Nowhere/Land"), Vec::<&str>::new());
    assert_eq!(candidates(""), Vec::<&str>::new());
    assert_eq!(candidates(&"x".repeat(10_000)), Vec::<&str>::new());
    let error = Clock::at("2026-06-30", "Europe/Pari").unwrap_err();
    assert_eq!(
        error.message(Lang::Fr),
        "fuseau horaire inconnu `Europe/Pari` ; vouliez-vous dire Europe/Paris ?"
    );
    assert!(matches!(Clock::at("demain", "UTC"), Err(ClockError::Now(text)) if text == "demain"));
}

#[test]
fn a_skipped_local_time_is_the_first_instant_after_the_gap() {
    let paris = zone("Europe/Paris");
    let after = instant("2026-03-29T01:00Z");
    for skipped in ["2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T02:59:59.999999"] {
        assert_eq!(paris.instant(local(skipped)), after, "{skipped}");
    }
    assert_eq!(paris.instant(local("2026-03-29T03:00")), after);
    assert_eq!(paris.instant(local("2026-03-29T01:59:59")), instant("2026-03-29T00:59:59Z"));
    // Beirut skips midnight itself, Lord Howe half an hour, Samoa a whole day.
    let beirut = zone("Asia/Beirut");
    let day = Date::ymd(2026, 3, 29).unwrap();
    assert_eq!(beirut.local(beirut.start_of(day)), local("2026-03-29T01:00"));
    let howe = zone("Australia/Lord_Howe");
    let resolved = howe.instant(local("2026-10-04T02:10"));
    assert_eq!(howe.local(resolved), local("2026-10-04T02:30"));
    let apia = zone("Pacific/Apia");
    assert_eq!(apia.local(apia.instant(local("2011-12-30T12:00"))), local("2011-12-31T00:00"));
}

#[test]
fn a_local_time_shown_twice_is_the_first() {
    let paris = zone("Europe/Paris");
    assert_eq!(paris.instant(local("2026-10-25T02:30")), instant("2026-10-25T00:30Z"));
    assert_eq!(paris.instant(local("2026-10-25T03:00")), instant("2026-10-25T02:00Z"));
    assert_eq!(paris.local(instant("2026-10-25T01:30Z")), local("2026-10-25T02:30"));
}

#[test]
fn today_is_the_civil_date_of_the_zone() {
    let clock = paris("2026-06-30T23:59");
    assert_eq!(clock.today(), Date::ymd(2026, 6, 30));
    let tokyo = Clock { zone: zone("Asia/Tokyo"), ..clock };
    assert_eq!(tokyo.today(), Date::ymd(2026, 7, 1));
    assert_eq!(
        Clock::at("2026-06-30T12:00Z", "Asia/Tokyo").unwrap().now,
        Some(instant("2026-06-30T12:00Z"))
    );
    assert_eq!(
        Clock::at("2026-06-30", "Europe/Paris").unwrap().now,
        Some(instant("2026-06-29T22:00Z"))
    );
    assert_eq!(Clock::new(None, Zone::UTC).today(), None);
}

#[test]
fn words_name_their_span_of_the_calendar() {
    let clock = paris("2026-06-30T10:30"); // a Tuesday
    let cases = [
        (Period::Day, 0, "2026-06-30..2026-07-01"),
        (Period::Day, -1, "2026-06-29..2026-06-30"),
        (Period::Day, 1, "2026-07-01..2026-07-02"),
        (Period::Week, 0, "2026-06-29..2026-07-06"),
        (Period::Week, -1, "2026-06-22..2026-06-29"),
        (Period::Month, 0, "2026-06-01..2026-07-01"),
        (Period::Month, 1, "2026-07-01..2026-08-01"),
        (Period::Quarter, 0, "2026-04-01..2026-07-01"),
        (Period::Quarter, -1, "2026-01-01..2026-04-01"),
        (Period::Quarter, 1, "2026-07-01..2026-10-01"),
        (Period::Year, -1, "2025-01-01..2026-01-01"),
        (Period::FiscalYear, 1, "2027-01-01..2028-01-01"),
    ];
    for (period, offset, expected) in cases {
        assert_eq!(days(&relative(period, offset), &clock), expected, "{period:?} {offset}");
    }
    let builder = Calendar::builder().week_start(Weekday::Sunday).fiscal_month(Month::July);
    let calendar = builder.build().unwrap();
    let sunday = clock.with_calendar(calendar.clone());
    assert_eq!(days(&relative(Period::Week, 0), &sunday), "2026-06-28..2026-07-05");
    assert_eq!(days(&relative(Period::FiscalYear, 0), &sunday), "2025-07-01..2026-07-01");
    let july = paris("2026-07-01T00:00").with_calendar(calendar);
    assert_eq!(days(&relative(Period::FiscalYear, 0), &july), "2026-07-01..2027-07-01");
}

#[test]
fn spans_cross_the_edges_of_years() {
    let january = paris("2027-01-01T00:00");
    assert_eq!(days(&relative(Period::Day, -1), &january), "2026-12-31..2027-01-01");
    assert_eq!(days(&relative(Period::Week, 0), &january), "2026-12-28..2027-01-04");
    assert_eq!(days(&relative(Period::Month, -1), &january), "2026-12-01..2027-01-01");
    assert_eq!(days(&relative(Period::Quarter, -1), &january), "2026-10-01..2027-01-01");
    let march = paris("2024-03-31T12:00");
    assert_eq!(days(&relative(Period::Month, -1), &march), "2024-02-01..2024-03-01");
}

#[test]
fn windows_on_dates_are_those_of_the_reference() {
    let clock = paris("2026-06-30T23:30");
    let window = |window, count, unit| days(&TimeSpec::Window(window, count, unit), &clock);
    assert_eq!(window(Window::InLast, 7, Unit::Day), "2026-06-23..2026-07-01");
    assert_eq!(window(Window::InNext, 7, Unit::Day), "2026-06-30..2026-07-08");
    assert_eq!(window(Window::MoreThanAgo, 7, Unit::Day), "∞..2026-06-23");
    assert_eq!(window(Window::InMoreThan, 7, Unit::Day), "2026-07-08..∞");
    assert_eq!(window(Window::InLast, 0, Unit::Day), "2026-06-30..2026-07-01");
    assert_eq!(window(Window::InLast, 2, Unit::Week), "2026-06-16..2026-07-01");
    assert_eq!(window(Window::InLast, 4, Unit::Month), "2026-02-28..2026-07-01");
    assert_eq!(window(Window::InNext, 1, Unit::Year), "2026-06-30..2027-07-01");
    assert_eq!(window(Window::InLast, 2, Unit::BusinessDay), "2026-06-26..2026-07-01");
    assert_eq!(window(Window::InNext, 4, Unit::BusinessDay), "2026-06-30..2026-07-07");
}

#[test]
fn windows_on_instants_start_at_midnight_and_close_at_now() {
    // The last day of March 2026 has 23 hours in Paris.
    let clock = paris("2026-03-30T10:00");
    let window = |window, count, unit| instants(&TimeSpec::Window(window, count, unit), &clock);
    assert_eq!(
        window(Window::InLast, 1, Unit::Day),
        "2026-03-28T23:00Z..2026-03-30T08:00:00.000001Z"
    );
    assert_eq!(window(Window::InNext, 1, Unit::Day), "2026-03-30T08:00Z..2026-03-31T22:00Z");
    assert_eq!(window(Window::MoreThanAgo, 1, Unit::Day), "∞..2026-03-28T23:00Z");
    assert_eq!(window(Window::InMoreThan, 1, Unit::Day), "2026-03-31T22:00Z..∞");
    assert_eq!(
        window(Window::InLast, 2, Unit::Hour),
        "2026-03-30T06:00Z..2026-03-30T08:00:00.000001Z"
    );
    assert_eq!(
        window(Window::InNext, 90, Unit::Minute),
        "2026-03-30T08:00Z..2026-03-30T09:30:00.000001Z"
    );
    assert_eq!(window(Window::MoreThanAgo, 2, Unit::Hour), "∞..2026-03-30T06:00Z");
    assert_eq!(window(Window::InMoreThan, 2, Unit::Hour), "2026-03-30T10:00:00.000001Z..∞");
}

#[test]
fn a_day_is_its_whole_local_interval_for_an_instant() {
    let clock = paris("2026-03-29T12:00");
    let today = relative(Period::Day, 0);
    assert_eq!(instants(&today, &clock), "2026-03-28T23:00Z..2026-03-29T22:00Z");
    let october = TimeSpec::Day(Date::ymd(2026, 10, 25).unwrap());
    assert_eq!(instants(&october, &clock), "2026-10-24T22:00Z..2026-10-25T23:00Z");
    let exact = TimeSpec::Local(local("2026-10-25T02:30"));
    assert_eq!(instants(&exact, &clock), "2026-10-25T00:30Z..2026-10-25T00:30:00.000001Z");
    assert_eq!(days(&exact, &clock), "2026-10-25..2026-10-26");
    assert_eq!(days(&TimeSpec::Now, &clock), "2026-03-29..2026-03-30");
    assert_eq!(
        days(&TimeSpec::Instant(instant("2026-06-30T23:00Z")), &clock),
        "2026-07-01..2026-07-02"
    );
}

#[test]
fn shifts_clamp_and_keep_the_time_of_day() {
    let clock = paris("2026-01-28T10:00");
    let today = || relative(Period::Day, 0);
    assert_eq!(days(&shift(today(), 100, Unit::Day), &clock), "2026-05-08..2026-05-09");
    assert_eq!(days(&shift(today(), 1, Unit::Month), &clock), "2026-02-28..2026-03-01");
    assert_eq!(days(&shift(today(), -1, Unit::Week), &clock), "2026-01-21..2026-01-22");
    let leap = TimeSpec::Day(Date::ymd(2024, 2, 29).unwrap());
    assert_eq!(days(&shift(leap, 1, Unit::Year), &clock), "2025-02-28..2025-03-01");
    let month_end = TimeSpec::Day(Date::ymd(2026, 1, 31).unwrap());
    assert_eq!(days(&shift(month_end, 1, Unit::Month), &clock), "2026-02-28..2026-03-01");
    let march = paris("2026-03-28T10:00");
    assert_eq!(
        instants(&shift(TimeSpec::Now, 1, Unit::Day), &march),
        "2026-03-29T08:00Z..2026-03-29T08:00:00.000001Z"
    );
    assert_eq!(
        instants(&shift(TimeSpec::Now, 24, Unit::Hour), &march),
        "2026-03-29T09:00Z..2026-03-29T09:00:00.000001Z"
    );
    assert_eq!(
        instants(&shift(today(), 2, Unit::Hour), &march),
        "2026-03-28T01:00Z..2026-03-29T01:00Z"
    );
    assert_eq!(
        march.shift_instant(instant("2026-03-28T01:30Z"), 1, Unit::Day),
        instant("2026-03-29T01:00Z")
    );
}

#[test]
fn business_days_skip_the_weekend() {
    let calendar = Calendar::default();
    let date = |day| Date::ymd(2026, 6, day).unwrap(); // 1 June 2026 is a Monday
    for (from, count, to) in [
        (1, 1, 2),
        (5, 1, 8),
        (6, 1, 8),
        (7, 1, 8),
        (5, 5, 12),
        (6, 5, 12),
        (6, 6, 15),
        (1, 20, 29),
        (8, -1, 5),
        (7, -1, 5),
        (6, -1, 5),
        (12, -5, 5),
        (13, -6, 5),
        (6, 0, 6),
        (10, -3, 5),
    ] {
        let shifted = calendar.plus_business_days(date(from), count);
        assert_eq!(shifted, Some(date(to)), "{from} {count}");
    }
    assert_eq!(calendar.plus_business_days(date(1), i64::MAX), None);
    assert_eq!(calendar.plus_business_days(date(6), i64::MIN), None);
    let clock = Clock::default();
    assert_eq!(clock.shift_date(date(1), i64::MAX, Unit::BusinessDay), Date::MAX);
    assert_eq!(clock.shift_date(date(6), i64::MIN, Unit::BusinessDay), Date::MIN);
}

#[test]
fn without_now_only_fixed_times_have_an_interval() {
    let clock = Clock::new(None, zone("Europe/Paris"));
    let fixed = TimeSpec::Day(Date::ymd(2026, 6, 30).unwrap());
    let later = shift(fixed.clone(), 2, Unit::BusinessDay);
    assert!(!fixed.reads_now() && !later.reads_now());
    assert_eq!(days(&later, &clock), "2026-07-02..2026-07-03");
    for spec in [
        TimeSpec::Now,
        relative(Period::Week, 0),
        TimeSpec::Window(Window::InLast, 1, Unit::Day),
        shift(TimeSpec::Now, 1, Unit::Hour),
    ] {
        assert!(spec.reads_now());
        assert_eq!(spec.date_interval(&clock), Err(NoClock));
        assert_eq!(spec.instant_interval(&clock), Err(NoClock));
        assert_eq!(spec.next_change(Moment::Date(Date::MIN), &clock), None);
    }
}

#[test]
fn absurd_counts_reach_the_end_of_time_and_no_further() {
    for now in ["0001-01-01T00:00", "2026-06-30T10:00", "9999-12-31T23:59:59"] {
        let clock = paris(now);
        for unit in Unit::WORDS.iter().map(|(unit, ..)| *unit) {
            for window in [Window::InLast, Window::InNext, Window::MoreThanAgo, Window::InMoreThan]
            {
                let spec = TimeSpec::Window(window, u32::MAX, unit);
                let inside = matches!(window, Window::InLast | Window::InNext);
                if !matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour) {
                    let today = i64::from(clock.today().unwrap().days());
                    assert_eq!(spec.date_interval(&clock).unwrap().contains(today), inside);
                }
                spec.instant_interval(&clock).unwrap();
            }
            for sign in [1, -1] {
                let far = shift(
                    shift(TimeSpec::Now, sign * i64::from(u32::MAX), unit),
                    sign * i64::from(u32::MAX),
                    unit,
                );
                far.date_interval(&clock).unwrap();
                far.instant_interval(&clock).unwrap();
                let far = shift(relative(Period::FiscalYear, -1), sign * i64::from(u32::MAX), unit);
                far.date_interval(&clock).unwrap();
                far.instant_interval(&clock).unwrap();
            }
        }
        for period in Period::WORDS.iter().map(|(period, ..)| *period) {
            for offset in [i8::MIN, -1, 0, 1, i8::MAX] {
                relative(period, offset).instant_interval(&clock).unwrap();
            }
        }
    }
}

#[test]
fn the_next_change_is_exact() {
    let clock = paris("2026-06-30T10:00");
    let date = |text| Moment::Date(Date::parse(text).unwrap());
    let at = |text| Moment::Instant(instant(text));
    let next = |spec: &TimeSpec, value| spec.next_change(value, &clock).map(|i| i.to_string());
    let last_week = TimeSpec::Window(Window::InLast, 7, Unit::Day);
    // A date leaves the window at the local midnight after its last day.
    assert_eq!(next(&last_week, date("2026-06-23")).as_deref(), Some("2026-06-30T22:00Z"));
    assert_eq!(next(&last_week, date("2026-06-28")).as_deref(), Some("2026-07-05T22:00Z"));
    // A date to come enters it; one long gone never moves again.
    assert_eq!(next(&last_week, date("2026-07-10")).as_deref(), Some("2026-07-09T22:00Z"));
    assert_eq!(next(&last_week, date("2026-01-01")), None);
    // An instant enters a window that closes at now when now reaches it.
    assert_eq!(next(&last_week, at("2026-06-30T12:00Z")).as_deref(), Some("2026-06-30T12:00Z"));
    let next_hours = TimeSpec::Window(Window::InNext, 2, Unit::Hour);
    assert_eq!(
        next(&next_hours, at("2026-06-30T09:00Z")).as_deref(),
        Some("2026-06-30T09:00:00.000001Z")
    );
    assert_eq!(next(&next_hours, at("2026-06-30T12:00Z")).as_deref(), Some("2026-06-30T10:00Z"));
    let ago = TimeSpec::Window(Window::MoreThanAgo, 1, Unit::Month);
    assert_eq!(next(&ago, date("2026-06-15")).as_deref(), Some("2026-07-15T22:00Z"));
    assert_eq!(
        next(&relative(Period::Month, 0), date("2026-06-15")).as_deref(),
        Some("2026-06-30T22:00Z")
    );
    assert_eq!(next(&TimeSpec::Day(Date::MIN), date("2026-06-15")), None);
    // Midnight of a winter day, an hour later in UTC.
    assert_eq!(
        next(&relative(Period::Year, 0), date("2027-06-15")).as_deref(),
        Some("2026-12-31T23:00Z")
    );
}

fn any_spec() -> impl Strategy<Value = TimeSpec> {
    let units = prop::sample::select(vec![
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::BusinessDay,
        Unit::BusinessHour,
        Unit::Week,
        Unit::Month,
        Unit::Year,
    ]);
    let windows = prop::sample::select(vec![
        Window::InLast,
        Window::InNext,
        Window::MoreThanAgo,
        Window::InMoreThan,
    ]);
    let periods = prop::sample::select(vec![
        Period::Day,
        Period::Week,
        Period::Month,
        Period::Quarter,
        Period::Year,
        Period::FiscalYear,
    ]);
    let leaf = prop_oneof![
        (windows, 0_u32..40, units.clone()).prop_map(|(w, n, u)| TimeSpec::Window(w, n, u)),
        (periods, -1_i8..=1).prop_map(|(period, offset)| relative(period, offset)),
        Just(TimeSpec::Now),
    ];
    (leaf, prop::option::of((-40_i64..40, units))).prop_map(|(leaf, moved)| match moved {
        Some((count, unit)) => shift(leaf, count, unit),
        None => leaf,
    })
}

proptest! {
    #[test]
    fn local_times_come_back(micros in Instant::MIN.micros() + 2 * 86_400_000_000..Instant::MAX.micros() - 2 * 86_400_000_000) {
        let paris = zone("Europe/Paris");
        let seen = paris.local(Instant::from_micros(micros));
        prop_assert_eq!(paris.local(paris.instant(seen)), seen);
    }

    #[test]
    fn opposite_windows_complete_each_other(
        micros in 1_700_000_000_000_000_i64..1_900_000_000_000_000,
        value in 1_700_000_000_000_000_i64..1_900_000_000_000_000,
        count in 0_u32..2000,
        unit in prop::sample::select(vec![Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month]),
    ) {
        let clock = Clock::new(Some(Instant::from_micros(micros)), zone("Europe/Paris"));
        let holds = |window| {
            TimeSpec::Window(window, count, unit).instant_interval(&clock).unwrap().contains(value)
        };
        prop_assert_eq!(holds(Window::InLast), value <= micros && !holds(Window::MoreThanAgo));
        prop_assert_eq!(holds(Window::InNext), value >= micros && !holds(Window::InMoreThan));
    }

    #[test]
    fn nothing_changes_before_the_next_change(
        spec in any_spec(),
        day in 20_000_i32..21_500,
        hour in 0_i64..24,
        on_dates in any::<bool>(),
        fraction in 0.0_f64..1.0,
        with_calendar in any::<bool>(),
    ) {
        let mut clock = paris("2026-06-30T10:00");
        if with_calendar {
            let hours = ["09:00-12:00", "14:00-19:00"].map(|span| OpenSpan::parse(span).unwrap());
            let week = [Weekday::Monday, Weekday::Tuesday, Weekday::Thursday, Weekday::Saturday];
            let office = Calendar::builder().holidays(Holidays::France).week_start(Weekday::Sunday);
            let office = week.into_iter().fold(office, |office, day| office.hours(day, hours));
            clock = clock.with_calendar(office.build().unwrap());
        }
        let date = Date::from_days(day);
        let time = TimeOfDay::from_micros(hour * 3_600_000_000).unwrap();
        let value = if on_dates { Moment::Date(date) } else { Moment::Local(LocalDateTime::new(date, time)) };
        let place = |micros: i64| {
            let clock = Clock { now: Some(Instant::from_micros(micros)), ..clock.clone() };
            let (interval, value) = if on_dates {
                (spec.date_interval(&clock).unwrap(), i64::from(date.days()))
            } else {
                (spec.instant_interval(&clock).unwrap(), clock.zone.instant_of(value).micros())
            };
            (interval.starts_after(value), interval.ends_by(value))
        };
        let now = clock.now.unwrap().micros();
        let end = spec.next_change(value, &clock).map_or(now + 2 * 366 * 86_400_000_000, |next| {
            assert_ne!(place(next.micros()), place(now));
            next.micros()
        });
        let between = now + ((end - now) as f64 * fraction) as i64;
        if between < end {
            prop_assert_eq!(place(between), place(now));
        }
        prop_assert_eq!(place((end - 1).max(now)), place(now));
    }
}
