#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::value::time::{Instant, LocalDateTime};
use crate::value::{Clock, TimeSpec, Window};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn span(text: &str) -> OpenSpan {
    OpenSpan::parse(text).unwrap()
}

fn paris() -> Zone {
    Zone::parse("Europe/Paris").unwrap()
}

fn at(local: &str) -> Instant {
    paris().instant(LocalDateTime::parse(local).unwrap())
}

/// Monday to Friday 9 to 12 and 14 to 19, Saturday morning, the holidays of France.
fn office() -> CalendarBuilder {
    Weekday::ALL[..5]
        .iter()
        .fold(Calendar::builder(), |builder, day| {
            builder.hours(*day, [span("14:00-19:00"), span("09:00-12:00")])
        })
        .hours(Weekday::Saturday, [span("9h-12h")])
        .holidays(Holidays::France)
        .zone(paris())
}

fn plus(calendar: &Calendar, from: &str, minutes: i64) -> String {
    let due = calendar.plus_business_minutes(at(from), minutes, paris()).unwrap();
    paris().local(due).to_string()
}

#[test]
fn french_holidays_are_those_of_the_official_table() {
    let table = include_str!("../../../tests/data/holidays-fr.csv");
    for (list, zone) in
        [(Holidays::France, "Métropole"), (Holidays::AlsaceMoselle, "Alsace-Moselle")]
    {
        let mut official: Vec<(String, String)> = table
            .lines()
            .skip(1)
            .map(|line| line.split(',').collect::<Vec<_>>())
            .filter(|row| row[2].split('|').any(|name| name == zone))
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect();
        let mut ours: Vec<(String, String)> = (2006..=2031)
            .flat_map(|year| list.in_year(year))
            .map(|day| (day.date.to_string(), day.name(Lang::Fr).to_owned()))
            .collect();
        official.sort();
        ours.sort();
        assert!(official.len() >= 286, "{zone}: {}", official.len());
        assert_eq!(ours, official, "{zone}");
        for (day, _) in official {
            assert!(list.on(date(&day)).is_some(), "{zone} {day}");
        }
    }
}

#[test]
fn holidays_have_names_in_both_languages_and_in_every_year() {
    assert_eq!(Holidays::parse(" FRANCE "), Ok(Holidays::France));
    assert_eq!(Holidays::parse("alsace-moselle"), Ok(Holidays::AlsaceMoselle));
    let error = Holidays::parse("Frannce").unwrap_err();
    assert_eq!(
        error.message(Lang::Fr),
        "jours fériés inconnus `Frannce` ; vouliez-vous dire France ?"
    );
    assert_eq!(Holidays::parse("Narnia").unwrap_err().candidates.len(), 2);
    let easter_monday = Holidays::France.on(date("2026-04-06")).unwrap();
    assert_eq!(easter_monday.name(Lang::En), "Easter Monday");
    // Easter at its earliest and at its latest, and at the ends of the calendar.
    assert!(Holidays::France.on(date("1818-03-23")).is_some());
    assert!(Holidays::France.on(date("2038-04-26")).is_some());
    assert_eq!(Holidays::France.in_year(1).len(), 11);
    assert_eq!(Holidays::AlsaceMoselle.in_year(9999).len(), 13);
    assert_eq!(Holidays::France.in_year(0), []);
    assert_eq!(Holidays::France.in_year(10_000), []);
}

#[test]
fn spans_are_read_as_people_write_them() {
    assert_eq!(span("9h-12h30").to_string(), "09:00-12:30");
    assert_eq!(span(" 14:00 – 24:00 ").to_string(), "14:00-24:00");
    assert_eq!(span("22:00-00:00").to(), None);
    for text in ["", "9h", "9h-", "25:00-26:00", "a-b", "9h-12h-14h"] {
        assert!(matches!(OpenSpan::parse(text), Err(BadSpan::Spelling(_))), "{text}");
    }
    let night = OpenSpan::parse("22:00-06:00").unwrap_err();
    assert!(night.message(Lang::En).contains("22:00-24:00 on this day"), "{night}");
    assert!(matches!(OpenSpan::parse("09:00-09:00"), Err(BadSpan::Order(_))));
}

#[test]
fn a_calendar_puts_its_spans_in_order_and_joins_them() {
    let hours = ["14:00-19:00", "09:00-12:00", "11:00-13:00", "13:00-13:30"].map(span);
    let calendar = Calendar::builder().hours(Weekday::Monday, hours).build().unwrap();
    let monday: Vec<String> =
        calendar.open_spans(date("2026-06-29")).iter().map(ToString::to_string).collect();
    assert_eq!(monday, ["09:00-13:30", "14:00-19:00"]);
    assert_eq!(calendar.open_spans(date("2026-06-30")), []);
    let usual = Weekday::ALL[..5]
        .iter()
        .fold(Calendar::builder(), |builder, day| builder.hours(*day, [OpenSpan::WHOLE_DAY]));
    assert_eq!(usual.build().unwrap(), Calendar::default());
    assert_eq!(Calendar::builder().build().unwrap(), Calendar::default());
}

#[test]
fn exceptional_days_win_over_the_week() {
    let calendar = office()
        .closed(date("2026-07-15"))
        .open(date("2026-07-14"), [])
        .open(date("2026-07-19"), [])
        .open(date("2026-07-26"), [span("10:00-11:00")])
        .build()
        .unwrap();
    let spans = |day| {
        let spans = calendar.open_spans(date(day)).iter().map(ToString::to_string);
        spans.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(spans("2026-07-13"), "09:00-12:00 14:00-19:00");
    assert_eq!(spans("2026-07-14"), "09:00-12:00 14:00-19:00", "a holiday worked");
    assert_eq!(spans("2026-07-15"), "");
    assert_eq!(spans("2026-07-18"), "09:00-12:00");
    assert_eq!(spans("2026-07-19"), "09:00-12:00 14:00-19:00", "a Sunday as a Monday");
    assert_eq!(spans("2026-07-26"), "10:00-11:00");
    assert_eq!(calendar.holiday(date("2026-07-14")).unwrap().name(Lang::Fr), "14 juillet");
}

#[test]
fn business_days_go_round_holidays() {
    let calendar = office().build().unwrap();
    let plus =
        |from: &str, count| calendar.plus_business_days(date(from), count).unwrap().to_string();
    // Easter Monday 2026 is 6 April; Saturdays are worked here.
    assert_eq!(plus("2026-04-03", 1), "2026-04-04");
    assert_eq!(plus("2026-04-04", 1), "2026-04-07");
    assert_eq!(plus("2026-04-05", 1), "2026-04-07");
    assert_eq!(plus("2026-04-07", -1), "2026-04-04");
    assert_eq!(plus("2026-04-06", 0), "2026-04-06");
    // 25 December is a Friday, 1 January too.
    assert_eq!(plus("2026-12-24", 6), "2027-01-02");
    assert_eq!(plus("2027-01-02", -6), "2026-12-24");
    assert_eq!(calendar.business_days_between(date("2026-12-24"), date("2027-01-02")), 6);
    let clock = Clock::at("2026-04-07T10:00", "Europe/Paris").unwrap().with_calendar(calendar);
    let window = TimeSpec::Window(Window::InLast, 2, Unit::BusinessDay);
    let interval = window.date_interval(&clock).unwrap();
    assert_eq!(interval.from, Some(i64::from(date("2026-04-03").days())));
    assert_eq!(interval.to, Some(i64::from(date("2026-04-08").days())));
}

#[test]
fn business_minutes_run_inside_opening_hours() {
    let calendar = office().build().unwrap();
    assert_eq!(plus(&calendar, "2026-06-30T09:00", 60), "2026-06-30T10:00");
    assert_eq!(plus(&calendar, "2026-06-30T11:30", 60), "2026-06-30T14:30");
    assert_eq!(plus(&calendar, "2026-06-30T18:00", 60), "2026-06-30T19:00");
    assert_eq!(plus(&calendar, "2026-06-30T19:00", 60), "2026-07-01T10:00");
    assert_eq!(plus(&calendar, "2026-06-30T03:00", 60), "2026-06-30T10:00");
    // Saturday noon, then a Sunday; Tuesday 14 July is a holiday.
    assert_eq!(plus(&calendar, "2026-07-11T11:30", 60), "2026-07-13T09:30");
    assert_eq!(plus(&calendar, "2026-07-13T18:30", 60), "2026-07-15T09:30");
    assert_eq!(plus(&calendar, "2026-07-15T09:30", -60), "2026-07-13T18:30");
    assert_eq!(plus(&calendar, "2026-07-15T09:00", -60), "2026-07-13T18:00");
    assert_eq!(plus(&calendar, "2026-07-14T12:00", 0), "2026-07-14T12:00");
    let minutes = |from, to| calendar.business_minutes_between(at(from), at(to), paris());
    assert_eq!(minutes("2026-07-13T18:30", "2026-07-15T09:30"), 60);
    assert_eq!(minutes("2026-07-15T09:30", "2026-07-13T18:30"), -60);
    assert_eq!(minutes("2026-07-14T00:00", "2026-07-15T00:00"), 0);
    let next = |from| paris().local(calendar.next_open(at(from), paris()).unwrap()).to_string();
    assert_eq!(next("2026-07-13T10:00"), "2026-07-13T10:00");
    assert_eq!(next("2026-07-13T12:00"), "2026-07-13T14:00");
    assert_eq!(next("2026-07-13T19:00"), "2026-07-15T09:00");
    assert!(calendar.is_open(at("2026-07-13T09:00"), paris()));
    assert!(!calendar.is_open(at("2026-07-13T12:00"), paris()));
}

#[test]
fn nights_in_which_the_clocks_change_count_as_long_as_they_are() {
    let night = Calendar::builder().hours(Weekday::Sunday, [span("00:00-06:00")]).build().unwrap();
    // 29 March 2026 has no 02:00 to 03:00, 25 October has it twice.
    assert_eq!(plus(&night, "2026-03-29T01:00", 120), "2026-03-29T04:00");
    assert_eq!(plus(&night, "2026-10-25T01:00", 180), "2026-10-25T03:00");
    let open = |day: &str| {
        let from = at(&format!("{day}T00:00"));
        night.business_minutes_between(from, at(&format!("{day}T12:00")), paris())
    };
    assert_eq!((open("2026-03-22"), open("2026-03-29"), open("2026-10-25")), (360, 300, 420));
    // What the clocks skip altogether is never open.
    let skipped = Calendar::builder().hours(Weekday::Sunday, [span("02:00-03:00")]).build();
    let next = skipped.unwrap().next_open(at("2026-03-28T12:00"), paris()).unwrap();
    assert_eq!(paris().local(next).to_string(), "2026-04-05T02:00");
}

#[test]
fn hours_of_a_rule_follow_the_calendar_and_its_zone() {
    let clock = Clock::at("2026-07-13T21:30Z", "America/New_York").unwrap();
    let monday = clock.now.unwrap();
    let shifted = |clock: &Clock| clock.shift_instant(monday, 2, Unit::BusinessHour).to_string();
    assert_eq!(shifted(&clock), "2026-07-13T23:30Z", "without a calendar: Monday to Friday");
    let office = clock.clone().with_calendar(office().build().unwrap());
    assert_eq!(shifted(&office), "2026-07-15T09:00Z", "11:00 in Paris");
    let friday = Instant::parse("2026-07-18T03:00Z").unwrap();
    assert_eq!(
        clock.shift_instant(friday, 2, Unit::BusinessHour).to_string(),
        "2026-07-20T05:00Z",
        "an hour before Friday's midnight in New York, an hour after Sunday's"
    );
    assert_eq!(office.calendar.zone_or(None), paris());
    assert_eq!(office.calendar.zone_or(Some(Zone::UTC)), Zone::UTC);
}

#[test]
fn what_never_opens_is_said_and_never_waited_for() {
    let monday = Weekday::Monday;
    assert_eq!(Calendar::builder().hours(monday, []).build(), Err(NeverOpen));
    let once = date("2026-06-30");
    let calendar = Calendar::builder().hours(monday, []).open(once, []).build().unwrap();
    assert_eq!(calendar.plus_business_days(date("2026-06-01"), 1), Some(once));
    assert_eq!(calendar.plus_business_days(once, 1), None);
    assert_eq!(calendar.plus_business_days(once, -1), None);
    let noon = at("2026-06-30T12:00");
    assert_eq!(calendar.next_open(noon, paris()), Some(noon));
    assert_eq!(calendar.next_open(at("2026-07-01T00:00"), paris()), None);
    assert_eq!(calendar.plus_business_minutes(noon, 24 * 60, paris()), None);
    assert_eq!(calendar.plus_business_minutes(noon, i64::MAX, paris()), None);
    assert_eq!(calendar.plus_business_minutes(noon, i64::MIN, paris()), None);
    let clock = Clock::new(Some(noon), paris()).with_calendar(calendar);
    assert_eq!(clock.shift_instant(noon, 100, Unit::BusinessHour), Instant::MAX);
    assert_eq!(clock.shift_date(once, -1, Unit::BusinessDay), Date::MIN);
}

#[test]
fn a_calendar_is_data() {
    let json = serde_json::to_value(office().closed(date("2026-08-14")).build().unwrap()).unwrap();
    assert_eq!(json["hours"][5], serde_json::json!(["09:00-12:00"]));
    assert_eq!(json["holidays"], serde_json::json!(["france"]));
    assert_eq!(json["zone"], "Europe/Paris");
    assert_eq!(json["closed"], serde_json::json!(["2026-08-14"]));
    let plain = serde_json::to_value(Calendar::default()).unwrap();
    assert_eq!(plain["hours"][0], serde_json::json!(["00:00-24:00"]));
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let span = (0_i64..1440, 1_i64..700).prop_map(|(from, length)| {
        let time = |minutes: i64| {
            crate::value::TimeOfDay::from_micros(minutes.min(1440) % 1440 * 60_000_000).unwrap()
        };
        OpenSpan::new(time(from), time(from + length)).unwrap()
    });
    let day = prop::collection::vec(span, 0..3);
    let near = |days: std::ops::Range<i32>| days.prop_map(Date::from_days);
    (
        prop::collection::vec(day, 7),
        any::<bool>(),
        prop::collection::vec(near(20_400..20_800), 0..30),
        prop::collection::vec(near(20_400..20_800), 1..5),
    )
        .prop_map(|(hours, holidays, closed, open)| {
            let mut builder = Calendar::builder();
            for (day, spans) in Weekday::ALL.into_iter().zip(hours) {
                builder = builder.hours(day, spans);
            }
            if holidays {
                builder = builder.holidays(Holidays::AlsaceMoselle);
            }
            builder = closed.into_iter().fold(builder, CalendarBuilder::closed);
            open.into_iter().fold(builder, |builder, day| builder.open(day, [])).build().unwrap()
        })
}

proptest! {
    #[test]
    fn worked_days_are_counted_one_by_one(
        calendar in any_calendar(), from in 20_300_i32..20_900, count in 1_i64..500,
    ) {
        let from = Date::from_days(from);
        let walk = |step: i64| {
            let mut left = count;
            let mut date = from;
            for _ in 0..6000 {
                date = date.plus_days(step).unwrap();
                left -= i64::from(calendar.is_business_day(date));
                if left == 0 {
                    return Some(date);
                }
            }
            None
        };
        if let Some(date) = walk(1) {
            prop_assert_eq!(calendar.plus_business_days(from, count), Some(date));
            let between = calendar.business_days_between(from.plus_days(1).unwrap(), date);
            prop_assert_eq!(between, count - 1);
        }
        if let Some(date) = walk(-1) {
            prop_assert_eq!(calendar.plus_business_days(from, -count), Some(date));
            prop_assert_eq!(calendar.business_days_between(date, from), count);
        }
    }

    #[test]
    fn business_minutes_add_up(
        calendar in any_calendar(),
        micros in 1_770_000_000_000_000_i64..1_790_000_000_000_000,
        later in 0_i64..10_000_000_000,
        minutes in 1_i64..20_000,
        more in 1_i64..3_000,
    ) {
        let from = Instant::from_micros(micros);
        let plus = |from, minutes| calendar.plus_business_minutes(from, minutes, paris());
        if let Some(due) = plus(from, minutes) {
            prop_assert!(due > from);
            prop_assert_eq!(calendar.business_minutes_between(from, due, paris()), minutes);
            // In two steps as in one, never earlier from later on, and back to where it began.
            prop_assert_eq!(plus(due, more), plus(from, minutes + more));
            if let Some(moved) = plus(Instant::from_micros(micros + later), minutes) {
                prop_assert!(moved >= due);
            }
            let back = plus(due, -minutes).unwrap();
            if calendar.is_open(from, paris()) {
                prop_assert_eq!(back, from);
            } else {
                prop_assert_eq!(calendar.next_open(from, paris()), Some(back));
            }
        }
    }
}
