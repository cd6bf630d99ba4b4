//! Charts of SCXML as blueprints: those that a blueprint can say go as they must, and of each of
//! the others it is known why not.
//!
//! An atomic state is a state, and so are the ways out of those around it. An event is the first
//! transition that waits for it and is offered. What goes by itself at once is a rule that forces
//! the state; what goes after some milliseconds, an automatic transition after as many minutes.

mod chart;
#[path = "../../../../tests/suites/page.rs"]
mod page;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chart::{Beyond, Chart, On, waits_for};
use jalon::Clock;
use jalon::rehearsal::Rehearsal;
use jalon::workflow::{Incoming, RecordKey};
use serde_json::{Value as Json, json};

use super::program;

const CASES: &str = include_str!("../data/scxml/cases.json");
/// Those that no blueprint can say, and why.
const BEYOND: &str = include_str!("../data/scxml/beyond.csv");

/// The chart as a program.
fn written(chart: &Chart) -> String {
    let names: Vec<&str> = chart.states.iter().map(|state| state.name.as_str()).collect();
    let all = names.join(", ");
    let mut text = format!(
        "module M\n  Étape : liste {all}\n  Garde : liste oui, non\n\nparcours P sur M, champ Étape\n"
    );
    let (ends, open): (Vec<_>, Vec<_>) = chart
        .states
        .iter()
        .partition(|state| state.ways.is_empty() && state.name != names[chart.initial]);
    for (word, states) in [("états", open), ("final", ends)] {
        let names: Vec<&str> = states.iter().map(|state| state.name.as_str()).collect();
        if !names.is_empty() {
            writeln!(text, "  {word} {}", names.join(", ")).unwrap();
        }
    }
    writeln!(text, "  défaut {}", names[chart.initial]).unwrap();
    let mut rules = String::new();
    for state in &chart.states {
        let mut first = true;
        for (number, way) in state.ways.iter().enumerate() {
            let (from, to, guard) =
                (&state.name, names[way.to], if way.holds { "oui" } else { "non" });
            let (kind, after) = match way.on {
                On::ItsOwn(0) => {
                    if std::mem::take(&mut first) {
                        writeln!(rules, "\nrègle \"{from}\" sur M\n  quand Étape DEVIENT {from}")
                            .unwrap();
                        write!(rules, "  si").unwrap();
                    } else {
                        write!(rules, "  sinon si").unwrap();
                    }
                    writeln!(rules, " Garde EST {guard}\n  alors\n    forcer Étape : {to}")
                        .unwrap();
                    continue;
                }
                On::ItsOwn(delay) => (" automatique", format!(" après {delay} minutes")),
                On::Events(_) => ("", String::new()),
            };
            writeln!(text, "  transition{kind} \"{from}-{number}\" de {from} vers {to}{after}")
                .unwrap();
            writeln!(text, "    avant\n      si Garde EST {guard}").unwrap();
        }
    }
    text + &rules
}

/// Sends the events of a case to the record; where it is not as the case says, what is.
fn run(chart: &Chart, case: &Json) -> Result<(), String> {
    let text = written(chart);
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let mut stage = Rehearsal::new(&program(&text), clock);
    let key = RecordKey { module: "M".to_owned(), id: "1".to_owned() };
    let send = |stage: &mut Rehearsal, what: Json| {
        let mut event = json!({"id": "e", "module": "M", "record": {"id": 1}});
        event.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        stage.send(&Incoming::read(&event).unwrap()).unwrap()
    };
    send(&mut stage, json!({"type": "created", "record": {"id": 1, "Garde": "oui"}}));
    let at = |stage: &Rehearsal, expected: &Json, when: &str| {
        let state = stage.record(&key).unwrap()["Étape"].clone();
        let instance = stage.process(&key).map(|instance| json!(*instance.state));
        if instance.is_some_and(|instance| instance != state) || *expected != json!([state]) {
            return Err(format!("{when}: {state} for {expected}\n{text}"));
        }
        Ok(state.as_str().unwrap().to_owned())
    };
    let mut state = at(&stage, &case["initialConfiguration"], "at first")?;
    for event in case["events"].as_array().unwrap() {
        let name = event["event"]["name"].as_str().unwrap();
        if let Some(minutes) = event["after"].as_i64() {
            let now = stage.clock().now.unwrap();
            let later = stage.clock().shift_instant(now, minutes, jalon::lexicon::Unit::Minute);
            stage.advance(later).unwrap();
            stage.record(&key).unwrap()["Étape"].as_str().unwrap().clone_into(&mut state);
        }
        let ways = chart.states.iter().find(|one| one.name == state).unwrap();
        let waiting = ways.ways.iter().enumerate().filter(|(_, way)| waits_for(&way.on, name));
        for (number, _) in waiting {
            let transition = format!("{state}-{number}");
            let offers = stage.available(&key, None).unwrap();
            let offered = offers.iter().any(|one| one.transition == transition && one.offered);
            let decision =
                send(&mut stage, json!({"type": "transition", "transition": transition}));
            if decision.refusals.is_empty() != offered {
                return Err(format!("{transition}: offered {offered}\n{text}"));
            }
            if offered {
                break;
            }
        }
        state = at(&stage, &event["nextConfiguration"], name)?;
    }
    Ok(())
}

#[test]
fn charts_that_a_blueprint_can_say_go_as_they_must() {
    let cases: BTreeMap<String, Json> = serde_json::from_str(CASES).unwrap();
    let (mut gone, mut events, mut failed) = (0, 0, Vec::new());
    let (mut beyond, mut listed) = (BTreeMap::<Beyond, usize>::new(), String::from("case,why\n"));
    for (name, case) in &cases {
        match Chart::read(case["scxml"].as_str().unwrap()) {
            Ok(chart) => {
                if let Err(why) = run(&chart, case) {
                    failed.push(format!("{name}: {why}"));
                }
                gone += 1;
                events += case["events"].as_array().unwrap().len();
            }
            Err(why) => {
                *beyond.entry(why).or_default() += 1;
                writeln!(listed, "{name},{}", why.told()).unwrap();
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert_eq!((cases.len(), gone, events), (123, 37, 66));
    let beyond: Vec<_> = beyond.into_iter().collect();
    assert_eq!(
        beyond,
        [
            (Beyond::Parallel, 61),
            (Beyond::History, 4),
            (Beyond::Script, 5),
            (Beyond::Variables, 16),
        ]
    );
    assert_eq!(listed, BEYOND, "the list of those that no blueprint can say");
    let outside: Vec<(String, usize)> =
        beyond.iter().map(|(why, count)| (why.told().to_owned(), *count)).collect();
    page::hold("scxml", &page::counts(gone, 0, &outside));
}
