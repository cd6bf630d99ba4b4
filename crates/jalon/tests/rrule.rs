//! RFC 5545 rules judged by libical's own cases.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

#[path = "../../../tests/suites/page.rs"]
mod page;

use jalon::Zone;
use jalon::recurrence::{Problem, Recurrence};
use jalon::value::{Instant, LocalDateTime};

const CASES: &str = include_str!("data/icalrecur_test.txt");

/// A rule with its start and its occurrences.
#[derive(Default)]
struct Case<'c> {
    rule: &'c str,
    start: &'c str,
    start_at: Option<&'c str>,
    instances: &'c str,
}

fn cases() -> Vec<Case<'static>> {
    let mut cases: Vec<Case> = Vec::new();
    for line in CASES.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        match name {
            "RRULE" => cases.push(Case { rule: value, ..Case::default() }),
            "DTSTART" => cases.last_mut().unwrap().start = value,
            "START-AT" => cases.last_mut().unwrap().start_at = Some(value),
            "INSTANCES" => cases.last_mut().unwrap().instances = value,
            _ => {}
        }
    }
    cases
}

/// `19970902T090000`, with or without a `Z`, or a date.
fn local(stamp: &str) -> LocalDateTime {
    let stamp = stamp.trim().trim_end_matches('Z');
    let (date, time) = stamp.split_once('T').unwrap_or((stamp, "000000"));
    let iso = format!(
        "{}-{}-{}T{}:{}:{}",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    LocalDateTime::parse(&iso).unwrap()
}

#[test]
fn every_rule_that_is_read_happens_when_libical_says() {
    let mut judged = 0;
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    for Case { rule, start: start_stamp, start_at, instances } in cases() {
        if instances.contains("UNIMPLEMENTED") {
            *refused.entry("not implemented in libical".to_owned()).or_default() += 1;
            continue;
        }
        let start = local(start_stamp);
        // A date as a start takes no times; ours is a time.
        if !start_stamp.contains('T') && rule.contains("BYMINUTE") {
            *refused.entry("date as a start".to_owned()).or_default() += 1;
            continue;
        }
        let recurrence = match Recurrence::from_rrule_starting(rule, start) {
            Ok(recurrence) => recurrence,
            Err(error) => match &error.problem {
                Problem::Unsayable(part) => {
                    let part = part.split('=').next().unwrap_or(part);
                    let part = if part == "FREQ" { "SECONDLY" } else { part };
                    *refused.entry(part.to_owned()).or_default() += 1;
                    continue;
                }
                Problem::WhichMonth => {
                    *refused.entry("YEARLY, BYMONTHDAY without BYMONTH".to_owned()).or_default() +=
                        1;
                    continue;
                }
                _ => panic!("{rule}: {error}"),
            },
        };
        let expected: Vec<LocalDateTime> =
            instances.split(',').filter(|stamp| !stamp.trim().is_empty()).map(local).collect();
        let found: Vec<LocalDateTime> = recurrence
            .occurrences(start, Zone::UTC)
            .map(|instant| Zone::UTC.local(instant))
            .take(expected.len() + 1)
            .collect();
        assert_eq!(found, expected, "{rule} from {start}");
        // The same rule written and read again, and said and read again.
        let rewritten = recurrence.to_rrule().unwrap();
        assert_eq!(Recurrence::from_rrule(&rewritten).as_ref(), Ok(&recurrence), "{rewritten}");
        for lang in [jalon::Lang::Fr, jalon::Lang::En] {
            let sentence = recurrence.sentence(lang);
            assert_eq!(
                Recurrence::from_sentence(&sentence).as_ref(),
                Ok(&recurrence),
                "{sentence}"
            );
        }
        // Found from afar as one by one.
        for pair in expected.windows(2) {
            let before = Instant::from_micros(pair[0].micros());
            let next = recurrence.next_after(start, before, Zone::UTC).unwrap();
            assert_eq!(Zone::UTC.local(next), pair[1], "{rule} after {before}");
        }
        if let Some(from) = start_at.map(local) {
            let before = Instant::from_micros(from.micros() - 1);
            let next = recurrence.next_after(start, before, Zone::UTC);
            let first = expected.iter().find(|local| **local >= from);
            assert_eq!(next.map(|at| Zone::UTC.local(at)).as_ref(), first, "{rule} from {from}");
        }
        judged += 1;
    }
    // docs/en/guides/calendars.md says why.
    let refused: Vec<(String, usize)> = refused.into_iter().collect();
    let expected = [
        ("BYHOUR, BYMINUTE, BYSECOND", 4),
        ("BYSETPOS", 18),
        ("BYWEEKNO", 28),
        ("BYYEARDAY", 12),
        ("SECONDLY", 6),
        ("YEARLY, BYMONTHDAY without BYMONTH", 2),
        ("date as a start", 1),
        ("not implemented in libical", 1),
    ];
    assert_eq!(judged, 74);
    assert_eq!(refused, expected.map(|(part, count)| (part.to_owned(), count)));
    page::hold("rrule", &page::counts(judged, 0, &refused));
}
