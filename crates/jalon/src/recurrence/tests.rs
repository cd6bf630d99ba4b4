#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::lang::Lang;
use crate::lexicon::{Month, Weekday};
use crate::value::{Date, Instant, LocalDateTime, TimeOfDay, Zone};

fn read(text: &str) -> Recurrence {
    Recurrence::from_sentence(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn local(text: &str) -> LocalDateTime {
    LocalDateTime::parse(text).unwrap()
}

/// The first occurrences from a start in Paris, in local time.
fn first(count: usize, recurrence: &Recurrence, start: &str) -> Vec<String> {
    let paris = zone("Europe/Paris");
    let occurrences = recurrence.occurrences(local(start), paris).take(count);
    occurrences.map(|at| paris.local(at).to_string()).collect()
}

/// French, English, rule.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("chaque jour", "every day", "FREQ=DAILY"),
    ("tous les 3 jours", "every 3 days", "FREQ=DAILY;INTERVAL=3"),
    ("toutes les 15 minutes", "every 15 minutes", "FREQ=MINUTELY;INTERVAL=15"),
    (
        "chaque heure sauf dimanche",
        "every hour except Sunday",
        "FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR,SA",
    ),
    (
        "chaque jour à 19:00 sauf samedi, dimanche",
        "every day at 19:00 except Saturday, Sunday",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=19;BYMINUTE=0",
    ),
    (
        "chaque semaine le lundi, 5 fois",
        "every week on Monday, 5 times",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=5",
    ),
    (
        "toutes les 2 semaines le lundi et le jeudi à 09:00",
        "every 2 weeks on Monday and Thursday at 09:00",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0",
    ),
    (
        "toutes les 2 semaines le mardi et le dimanche, semaine commence dimanche",
        "every 2 weeks on Tuesday and Sunday, week starts Sunday",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    ),
    ("chaque mois le 15", "every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
    (
        "chaque mois le 1er, le 15 et le dernier jour",
        "every month on the 1st, the 15th and the last day",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
    ),
    (
        "chaque mois le 3e dernier jour sauf dimanche",
        "every month on the 3rd last day except Sunday",
        "FREQ=MONTHLY;BYMONTHDAY=-3;BYDAY=MO,TU,WE,TH,FR,SA",
    ),
    (
        "chaque mois le dernier vendredi",
        "every month on the last Friday",
        "FREQ=MONTHLY;BYDAY=-1FR",
    ),
    (
        "chaque mois le 2e mardi et l'avant-dernier jeudi",
        "every month on the 2nd Tuesday and the 2nd last Thursday",
        "FREQ=MONTHLY;BYDAY=2TU,-2TH",
    ),
    (
        "chaque année le 14 juillet, jusqu'au 2030-12-31",
        "every year on 14 July, until 2030-12-31",
        "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14;UNTIL=20301231",
    ),
    ("chaque année le 1er mai", "every year on 1 May", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
    (
        "chaque année le 4e jeudi en novembre",
        "every year on the 4th Thursday in November",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
    ),
    (
        "tous les 2 ans le dernier jour en février",
        "every 2 years on the last day in February",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=-1",
    ),
    (
        "tous les 7 jours seulement le 1er et le 20 en mai et août",
        "every 7 days only on the 1st and the 20th in May and August",
        "FREQ=DAILY;INTERVAL=7;BYMONTH=5,8;BYMONTHDAY=1,20",
    ),
    (
        "chaque jour à 09:00, 12:30:15 et 18:00, 1 fois",
        "every day at 09:00, 12:30:15 and 18:00, 1 time",
        "",
    ),
    (
        "chaque année, jusqu'au 2030-12-31T22:59:59Z",
        "every year, until 2030-12-31T22:59:59Z",
        "FREQ=YEARLY;UNTIL=20301231T225959Z",
    ),
];

#[test]
fn a_recurrence_is_one_sentence_in_each_language_and_one_rule() {
    for (french, english, rule) in SENTENCES {
        let recurrence = read(french);
        assert_eq!(recurrence.sentence(Lang::Fr), *french);
        assert_eq!(recurrence.sentence(Lang::En), *english);
        assert_eq!(read(english), recurrence);
        match recurrence.to_rrule() {
            Ok(written) => {
                assert_eq!(written, *rule, "{french}");
                assert_eq!(Recurrence::from_rrule(rule).unwrap(), recurrence);
            }
            Err(problem) => assert_eq!((*rule, problem), ("", Problem::TimesOfSeveralRules)),
        }
        let json = serde_json::to_string(&recurrence).unwrap();
        assert_eq!(serde_json::from_str::<Recurrence>(&json).unwrap(), recurrence, "{json}");
    }
}

#[test]
fn the_examples_of_the_documentation_are_true() {
    let page = include_str!("../../../../docs/en/guides/calendars.md");
    let rows = page.lines().filter(|line| line.contains("`FREQ=") && line.starts_with("| `"));
    let mut seen = 0;
    for cells in rows.map(|row| row.split('`').skip(1).step_by(2).collect::<Vec<_>>()) {
        let [french, english, rule] = cells[..] else { continue };
        let recurrence = read(french);
        assert_eq!(recurrence.sentence(Lang::Fr), french);
        assert_eq!(recurrence.sentence(Lang::En), english);
        assert_eq!(recurrence.to_rrule().as_deref(), Ok(rule));
        seen += 1;
    }
    assert_eq!(seen, 9);
}

#[test]
fn sentences_are_read_as_people_write_them() {
    for (text, canonical) in [
        ("CHAQUE JOUR A 9H", "chaque jour à 09:00"),
        ("Tous les jours à midi.", "chaque jour à 12:00"),
        ("tous les lundis et jeudis à 9h30", "chaque semaine le lundi et le jeudi à 09:30"),
        ("chaque semaine, lundi, mercredi", "chaque semaine le lundi et le mercredi"),
        ("every other week on Monday", "toutes les 2 semaines le lundi"),
        ("daily at 7:30 pm and 9pm", "chaque jour à 19:30 et 21:00"),
        ("daily at 12am", "chaque jour à 00:00"),
        ("chaque jour à 05 :00 et à 17 :00", "chaque jour à 05:00 et 17:00"),
        ("chaque mois le premier lundi du mois", "chaque mois le 1er lundi"),
        ("every month on the last day of the month", "chaque mois le dernier jour"),
        ("chaque mois le 1 et le 15, 5 fois", "chaque mois le 1er et le 15, 5 fois"),
        ("chaque année le 1 et le 15 août", "chaque année le 1er et le 15 en août"),
        ("every year on July 14", "chaque année le 14 juillet"),
        ("every year on the 14th of July", "chaque année le 14 juillet"),
        ("chaque année le 2e mardi de mars", "chaque année le 2e mardi en mars"),
        ("chaque année le 25 de chaque année en mai", "chaque année le 25 mai"),
        ("chaque année le 14 juillet et le 14 août", "chaque année le 14 en juillet et août"),
        ("chaque jour, jusqu'au 31/12/2030", "chaque jour, jusqu'au 2030-12-31"),
        ("chaque jour jusqu’au 2030-12-31 à 9h", "chaque jour à 09:00, jusqu'au 2030-12-31"),
        (
            "chaque jour le lundi",
            "chaque jour sauf mardi, mercredi, jeudi, vendredi, samedi, dimanche",
        ),
        ("chaque semaine le lundi et le samedi sauf samedi", "chaque semaine le lundi"),
        ("chaque mois le vendredi et le dernier vendredi", "chaque mois le vendredi"),
        ("chaque semaine le lundi, semaine commence dimanche", "chaque semaine le lundi"),
    ] {
        assert_eq!(read(text).sentence(Lang::Fr), canonical, "{text}");
    }
}

#[test]
fn errors_have_a_place_and_a_way_out() {
    for (text, part, message) in [
        ("", "", "une récurrence commence par"),
        ("lundi", "lundi", "une récurrence commence par"),
        ("chaqe jour", "chaqe", "vouliez-vous dire `chaque` ?"),
        ("chaque", "", "après `chaque` vient une unité"),
        ("chaque smaine", "smaine", "vouliez-vous dire `semaine` ?"),
        ("chaque jour ouvré", "jour", "chaque jour sauf samedi, dimanche"),
        ("every weekday", "weekday", "chaque jour sauf samedi, dimanche"),
        ("tous les 0 jours", "0", "l'intervalle va de 1 à"),
        ("tous les 99999999999 jours", "99999999999", "l'intervalle va de 1 à"),
        ("chaque semaine le lunid", "lunid", "vouliez-vous dire `lundi` ?"),
        ("chaque mois le 32", "32", "aucun mois n'a de jour 32"),
        ("chaque mois le 6e lundi", "chaque mois le 6e lundi", "le rang 6"),
        ("chaque mois 5", "5", "`5 fois` ou `le 5`"),
        ("chaque jour à 25h", "25h", "il manque une heure du jour"),
        ("chaque jour à", "", "il manque une heure du jour"),
        ("chaque jour jusqu'au demain", "demain", "il manque une date"),
        ("chaque jour, 0 fois", "0", "de 1 à 100000"),
        ("chaque jour, 5 fois, jusqu'au 2030-01-01", "jusqu'au", "pas les deux"),
        ("chaque jour à 9h sauf lundi à 10h", "à", "`à` est dit deux fois"),
        ("chaque heure à 9h", "chaque heure à 9h", "n'a pas d'heure du jour"),
        ("chaque semaine le 15", "chaque semaine le 15", "ne va pas avec des semaines"),
        ("chaque semaine le 2e lundi", "chaque semaine le 2e lundi", "se compte dans un mois"),
        ("chaque mois le 15 et le lundi", "chaque mois le 15 et le lundi", "ne vont pas ensemble"),
        ("chaque semaine sauf lundi", "chaque semaine sauf lundi", "dites d'abord quels jours"),
        ("chaque année le 15", "chaque année le 15", "dites de quel mois"),
        (
            "chaque année le 14 juillet et le 15 août",
            "le 14 juillet et le 15 août",
            "une récurrence pour chacune",
        ),
        ("chaque année le 30 février", "chaque année le 30 février", "n'arrive jamais"),
        (
            "chaque semaine le lundi sauf lundi",
            "chaque semaine le lundi sauf lundi",
            "n'arrive jamais",
        ),
        ("chaque année le dernier vendredi du mois", "mois", "`mois` n'est pas compris"),
        ("chaque jour bientôt", "bientôt", "`bientôt` n'est pas compris"),
        ("chaque jour en été", "été", "il manque un mois"),
    ] {
        let error = Recurrence::from_sentence(text).unwrap_err();
        assert_eq!(&text[error.range.clone()], part, "{text}: {error:?}");
        let french = error.message(Lang::Fr);
        assert!(french.contains(message), "{text}: {french}");
        assert_ne!(error.message(Lang::En), french);
    }
}

#[test]
fn rules_that_no_sentence_says_are_refused_in_their_place() {
    for (text, part, message) in [
        ("", "", "does not say how often"),
        ("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY", "`FREQ` cannot be `FORTNIGHTLY`"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY", "no equivalent sentence"),
        ("FREQ=DAILY;BYSETPOS=1,2", "BYSETPOS=1,2", "no equivalent sentence"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "BYSETPOS=-1", "no equivalent sentence"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20", "no equivalent sentence"),
        ("FREQ=DAILY;COUNT=5;UNTIL=20300101", "UNTIL=20300101", "not both"),
        ("FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=0", "from 1 to"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY", "is said twice"),
        ("FREQ=DAILY;UNTIL=20300231", "UNTIL=20300231", "`UNTIL` cannot be"),
        ("FREQ=DAILY;UNTIL=été", "UNTIL=été", "`UNTIL` cannot be"),
        ("FREQ=DAILY;COLOUR=RED", "COLOUR=RED", "no part of an RFC 5545 rule"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX", "`BYDAY` cannot be `XX`"),
        ("FREQ=WEEKLY;BYDAY=é", "BYDAY=é", "`BYDAY` cannot be"),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR=9", "add BYMINUTE=0"),
        ("FREQ=HOURLY;BYMINUTE=0,30", "BYMINUTE=0,30", "no equivalent sentence"),
        ("FREQ=YEARLY;BYMONTHDAY=29", "FREQ=YEARLY;BYMONTHDAY=29", "say of which month"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=1FR",
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=1FR",
            "no equivalent",
        ),
    ] {
        let error = Recurrence::from_rrule(text).unwrap_err();
        assert_eq!(&text[error.range.clone()], part, "{text}: {error:?}");
        assert!(error.to_string().contains(message), "{text}: {error}");
    }
    let second_tuesday = Recurrence::from_rrule("rrule:freq=monthly;byday=tu;bysetpos=2").unwrap();
    assert_eq!(second_tuesday.sentence(Lang::Fr), "chaque mois le 2e mardi");
    let start = local("2026-06-30T10:15");
    let nine = Recurrence::from_rrule_starting("FREQ=DAILY;BYHOUR=9", start).unwrap();
    assert_eq!(nine.sentence(Lang::En), "every day at 09:15");
}

#[test]
fn an_end_includes_its_day() {
    let daily = read("chaque jour à 19:00, jusqu'au 2026-07-02");
    let expected = ["2026-06-30T19:00", "2026-07-01T19:00", "2026-07-02T19:00"];
    assert_eq!(first(9, &daily, "2026-06-30T10:00"), expected);
    let rule = daily.until_in(zone("Europe/Paris")).to_rrule().unwrap();
    assert_eq!(rule, "FREQ=DAILY;BYHOUR=19;BYMINUTE=0;UNTIL=20260702T215959Z");
    let timed = read("chaque jour à 19:00, jusqu'au 2026-07-02T18:59");
    assert_eq!(first(9, &timed, "2026-06-30T10:00").len(), 2);
    let counted = read("chaque semaine le lundi, 2 fois");
    assert_eq!(
        first(9, &counted, "2026-06-30T10:00"),
        ["2026-07-06T10:00", "2026-07-13T10:00"],
        "a start that is no Monday is no occurrence"
    );
}

#[test]
fn clocks_that_change_move_days_by_the_wall_and_hours_by_what_passes() {
    // No 02:00 to 03:00 on 29 March, two of them on 25 October.
    let nightly = read("chaque jour à 02:15 et 02:45");
    let spring = ["2026-03-28T02:45", "2026-03-29T03:00", "2026-03-30T02:15"];
    assert_eq!(first(3, &nightly, "2026-03-28T02:30"), spring, "once after the gap");
    let counted = read("chaque jour à 02:15 et 02:45, 3 fois");
    assert_eq!(first(9, &counted, "2026-03-28T02:30"), spring);
    let nine = read("chaque jour à 09:00");
    let paris = zone("Europe/Paris");
    let utc: Vec<String> = nine
        .occurrences(local("2026-10-24T00:00"), paris)
        .take(2)
        .map(|instant| instant.to_string())
        .collect();
    assert_eq!(utc, ["2026-10-24T07:00Z", "2026-10-25T08:00Z"]);
    let hours = read("toutes les 12 heures");
    assert_eq!(
        first(3, &hours, "2026-10-24T18:00"),
        ["2026-10-24T18:00", "2026-10-25T05:00", "2026-10-25T17:00"]
    );
    let workdays = read("toutes les 8 heures sauf samedi, dimanche");
    assert_eq!(
        first(3, &workdays, "2026-06-26T12:00"),
        ["2026-06-26T12:00", "2026-06-26T20:00", "2026-06-29T04:00"]
    );
}

#[test]
fn days_that_do_not_exist_are_left_out() {
    let month_ends = read("chaque mois");
    assert_eq!(
        first(3, &month_ends, "2026-01-31T08:00"),
        ["2026-01-31T08:00", "2026-03-31T08:00", "2026-05-31T08:00"]
    );
    let leap = read("chaque année");
    assert_eq!(first(2, &leap, "2024-02-29T08:00"), ["2024-02-29T08:00", "2028-02-29T08:00"]);
    // 29 February every 4 years from 2023: never, and that is found out.
    let never = read("tous les 4 ans le 29 février");
    assert_eq!(first(1, &never, "2023-01-01T00:00"), Vec::<String>::new());
    let sparse = read("toutes les 1000000 minutes en février");
    assert!(first(3, &sparse, "2026-01-01T00:00").len() == 3);
    let last = read("toutes les 1000000 semaines");
    assert_eq!(first(3, &last, "9999-12-31T00:00").len(), 1);
    assert_eq!(first(3, &read("chaque jour"), "9999-12-31T00:00").len(), 1);
    assert_eq!(first(3, &read("chaque semaine le lundi"), "0001-01-01T00:00").len(), 3);
}

#[test]
fn parts_from_outside_are_checked() {
    for json in [
        r#"{"frequency": "daily", "interval": 0}"#,
        r#"{"frequency": "monthly", "month_days": [32]}"#,
        r#"{"frequency": "monthly", "month_days": [-128]}"#,
        r#"{"frequency": "monthly", "weekdays": [{"weekday": "monday", "nth": -128}]}"#,
        r#"{"frequency": "monthly", "weekdays": [{"weekday": "monday", "nth": 0}]}"#,
        r#"{"frequency": "daily", "end": {"count": 4000000000}}"#,
        r#"{"frequency": "daily", "times": ["25:00"]}"#,
        r#"{"frequency": "daily", "end": {"until": "tomorrow"}}"#,
        r#"{"frequency": "daily", "colour": "red"}"#,
    ] {
        serde_json::from_str::<Recurrence>(json).unwrap_err();
    }
}

fn any_pattern() -> impl Strategy<Value = Pattern> {
    let frequency = prop::sample::select(vec![
        Frequency::Minutely,
        Frequency::Hourly,
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Yearly,
    ]);
    let months: Vec<Month> = Month::WORDS.iter().map(|(month, ..)| *month).collect();
    let weekday = prop::sample::select(Weekday::ALL.to_vec());
    let nth = prop::option::of(prop_oneof![1_i8..=5, -5_i8..=-1]);
    let day = (weekday.clone(), nth).prop_map(|(weekday, nth)| Day { weekday, nth });
    let time = (0_u32..24, 0_u32..60, prop::sample::select(vec![0_u32, 0, 0, 30]))
        .prop_map(|(hour, minute, second)| TimeOfDay::hms(hour, minute, second).unwrap());
    let moment = (20_000_i32..24_000, 0_i64..86_400, 0_u8..3).prop_map(|(day, second, kind)| {
        let date = Date::from_days(day);
        let local = LocalDateTime::new(date, TimeOfDay::from_micros(second * 1_000_000).unwrap());
        match kind {
            0 => Moment::Date(date),
            1 => Moment::Local(local),
            _ => Moment::Instant(Instant::from_micros(local.micros())),
        }
    });
    let end = prop_oneof![
        Just(End::Never),
        (1_u32..40).prop_map(End::Count),
        moment.prop_map(End::Until)
    ];
    let days = prop_oneof![
        Just((Vec::new(), Vec::new())),
        prop::collection::vec(prop_oneof![1_i8..=31, -31_i8..=-1], 1..4)
            .prop_map(|days| (days, Vec::new())),
        prop::collection::vec(day, 1..4).prop_map(|days| (Vec::new(), days)),
    ];
    (
        (frequency, prop_oneof![Just(1_u32), 2_u32..40]),
        prop::collection::vec(prop::sample::select(months), 0..4),
        days,
        prop::collection::vec(weekday.clone(), 0..3),
        prop::collection::vec(time, 0..4),
        end,
        weekday,
    )
        .prop_map(|((frequency, interval), months, days, except, times, end, week_start)| {
            let (month_days, weekdays) = days;
            Pattern {
                frequency,
                interval,
                months,
                month_days,
                weekdays,
                except,
                times,
                end,
                week_start,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_written_is_read_back(pattern in any_pattern()) {
        let Ok(recurrence) = Recurrence::new(pattern) else { return Ok(()) };
        let same = Ok(recurrence.clone());
        prop_assert_eq!(&Recurrence::new(recurrence.pattern().clone()), &same);
        let same = Ok(recurrence.clone());
        for lang in [Lang::Fr, Lang::En] {
            let sentence = recurrence.sentence(lang);
            prop_assert_eq!(&Recurrence::from_sentence(&sentence), &same, "{}", sentence);
            let shouted = sentence.to_uppercase();
            prop_assert_eq!(&Recurrence::from_sentence(&shouted), &same, "{}", shouted);
        }
        if let Ok(rule) = recurrence.to_rrule() {
            prop_assert_eq!(&Recurrence::from_rrule(&rule), &same, "{}", rule);
        }
        let json = serde_json::to_string(&recurrence).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Recurrence>(&json).unwrap(), &recurrence);
    }

    #[test]
    fn occurrences_come_in_order_and_each_after_the_other(
        pattern in any_pattern(),
        day in 20_000_i32..21_000,
        minute in 0_i64..1440,
        name in prop::sample::select(vec!["Europe/Paris", "UTC", "Australia/Lord_Howe", "Pacific/Apia"]),
        skipped in 0_i64..500,
    ) {
        let Ok(recurrence) = Recurrence::new(pattern) else { return Ok(()) };
        let zone = zone(name);
        let time = TimeOfDay::from_micros(minute * 60_000_000).unwrap();
        let start = LocalDateTime::new(Date::from_days(day), time);
        let found: Vec<Instant> = recurrence.occurrences(start, zone).take(30).collect();
        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(found.iter().all(|at| *at >= zone.instant(start)));
        let from = Instant::from_micros(zone.instant(start).micros() + skipped * 3_600_000_000);
        let next = recurrence.next_after(start, from, zone);
        // As many as there are minutes in the hours that are skipped, and some.
        let walked = recurrence.occurrences(start, zone).take(500 * 60 + 60).find(|at| *at > from);
        prop_assert_eq!(next, walked);
        let pattern = recurrence.pattern();
        for at in found {
            let date = zone.date_at(at);
            prop_assert!(pattern.months.is_empty() || pattern.months.iter().any(|m| m.number() == date.month()));
            // In Samoa the clocks once skipped a day, and what fell on it comes on the next.
            let struck = pattern.except.contains(&Weekday::ALL[usize::from(date.weekday())]);
            prop_assert!(!struck || name == "Pacific/Apia");
        }
    }

    #[test]
    fn no_text_is_too_odd(text in ".{0,60}", words in prop::collection::vec(
        prop::sample::select(vec![
            "chaque", "tous", "les", "mois", "jour", "le", "3e", "15", "dernier", "avant-dernier",
            "lundi", "juillet", "de", "du", "à", "9h", ":30", "pm", "sauf", "en", "jusqu'au", "et",
            ",", "5", "fois", "2030-12-31", "seulement", "semaine", "commence", "d'", "é",
        ]), 0..12)
    ) {
        for text in [text, words.join(" "), format!("chaque {}", words.join(" "))] {
            for result in [Recurrence::from_sentence(&text), Recurrence::from_rrule(&text)] {
                if let Err(error) = result {
                    prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error);
                    error.message(Lang::Fr);
                }
            }
        }
    }
}
