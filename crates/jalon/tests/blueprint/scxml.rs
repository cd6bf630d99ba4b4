//! Charts of SCXML as blueprints: those that a blueprint can say go as they must, and of each of
//! the others it is known why not.
//!
//! What is active together is a state: an atomic state with those around it, or one of each
//! parallel region. An event is the first transition that waits for it and is offered. What a chart
//! assigns and a history remembers are fields, written by what the transition does. What goes by
//! itself at once is a rule that forces the state, wave after wave; what goes after some
//! milliseconds, an automatic transition after as many minutes.

mod chart;
mod flat;
#[path = "../../../../tests/suites/page.rs"]
mod page;
mod script;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chart::{Beyond, Chart};
use flat::{Flat, On, Way, fields};
use jalon::Clock;
use jalon::rehearsal::Rehearsal;
use jalon::workflow::{Incoming, RecordKey};
use serde_json::{Value as Json, json};

use super::program;

const CASES: &str = include_str!("../data/scxml/cases.json");
/// Those that no blueprint can say, and why.
const BEYOND: &str = include_str!("../data/scxml/beyond.csv");

/// The chart as a program.
fn written(flat: &Flat) -> String {
    let quoted: Vec<String> = flat.names.iter().map(|name| format!("\"{name}\"")).collect();
    let by_itself = flat.ways.iter().any(|way| way.on == On::Itself);
    let mut text = String::new();
    if by_itself {
        text += "enchaînement profondeur 500\n\n";
    }
    writeln!(text, "module M\n  Étape : liste {}\n  Garde : liste oui, non", quoted.join(", "))
        .unwrap();
    for (name, ty) in fields(flat) {
        writeln!(text, "  {name} : {ty}").unwrap();
    }
    if by_itself {
        text += "  Pas : nombre\n";
    }
    text += "\nparcours P sur M, champ Étape\n";
    let is_end = |place: &usize| *place != 0 && flat.leaving(*place).next().is_none();
    let (ends, open): (Vec<usize>, Vec<usize>) = (0..flat.names.len()).partition(is_end);
    for (word, places) in [("états", open), ("final", ends)] {
        let names: Vec<&str> = places.iter().map(|place| quoted[*place].as_str()).collect();
        if !names.is_empty() {
            writeln!(text, "  {word} {}", names.join(", ")).unwrap();
        }
    }
    writeln!(text, "  défaut {}", quoted[0]).unwrap();
    for (number, way) in flat.ways.iter().enumerate() {
        let (kind, after) = match way.on {
            On::Itself => continue,
            On::After(delay) => (" automatique", format!(" après {delay} minutes")),
            On::Event(_) => ("", String::new()),
        };
        let (from, to) = (&quoted[way.from], &quoted[way.to]);
        writeln!(text, "  transition{kind} \"{}\" de {from} vers {to}{after}", name(number))
            .unwrap();
        if !way.guard.is_empty() {
            writeln!(text, "    avant\n      si {}", way.guard.join(" ET ")).unwrap();
        }
        let done = done(&way.written, by_itself, "      ");
        if !done.is_empty() {
            write!(text, "    après\n{done}").unwrap();
        }
    }
    text + &rules(flat, &quoted, by_itself)
}

fn name(way: usize) -> String {
    format!("T{way}")
}

/// The lines that write fields; each counts as a step, so that what goes by itself sees it done.
fn done(written: &[(String, String)], counted: bool, indent: &str) -> String {
    let mut lines = String::new();
    for (field, value) in written {
        lines.extend([indent, field, " : ", value, "\n"]);
    }
    if counted {
        lines.extend([indent, "Pas += 1\n"]);
    }
    lines
}

/// What is written at first, and what goes by itself.
fn rules(flat: &Flat, quoted: &[String], by_itself: bool) -> String {
    let mut text = String::new();
    let first = done(&flat.first, by_itself, "    ");
    if !first.is_empty() {
        let state = &quoted[0];
        write!(text, "\nrègle Début sur M\n  quand créé\n  alors\n    Étape : {state}\n{first}")
            .unwrap();
    }
    let ways = flat.ways.iter().filter(|way| way.on == On::Itself);
    let branch = |way: &Way| {
        let (from, to) = (&quoted[way.from], &quoted[way.to]);
        let guard: String = way.guard.iter().flat_map(|test| [" ET ", test]).collect();
        let done = done(&way.written, true, "    ");
        format!("si Étape EST {from}{guard}\n  alors\n    forcer Étape : {to}\n{done}")
    };
    let branches: Vec<String> = ways.map(branch).collect();
    if !branches.is_empty() {
        let branches = branches.join("  sinon ");
        write!(text, "\nrègle Suite sur M\n  quand Pas modifié\n  {branches}").unwrap();
    }
    text
}

/// Sends the events of a case to the record; where it is not as the case says, what is.
fn run(flat: &Flat, case: &Json) -> Result<(), String> {
    let text = written(flat);
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let mut stage = Rehearsal::new(&program(&text), clock);
    let key = RecordKey { module: "M".to_owned(), id: "1".to_owned() };
    let send = |stage: &mut Rehearsal, what: Json| {
        let mut event = json!({"id": "e", "module": "M", "record": {"id": 1}});
        event.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        stage.send(&Incoming::read(&event).unwrap()).unwrap()
    };
    send(&mut stage, json!({"type": "created", "record": {"id": 1, "Garde": "oui"}}));
    let at = |stage: &Rehearsal| {
        let state = stage.record(&key).unwrap()["Étape"].clone();
        flat.names.iter().position(|name| state == json!(name)).unwrap()
    };
    let checked = |stage: &Rehearsal, expected: &Json, when: &str| {
        let place = at(stage);
        let instance = stage.process(&key).map(|instance| instance.state.to_string());
        let set =
            |states: &Json| -> BTreeSet<String> { serde_json::from_value(states.clone()).unwrap() };
        if instance.is_some_and(|instance| instance != flat.names[place])
            || set(expected) != flat.active[place].iter().cloned().collect()
        {
            let record = stage.record(&key).unwrap();
            return Err(format!("{when}: {record} for {expected}\n{text}"));
        }
        Ok(place)
    };
    let mut place = checked(&stage, &case["initialConfiguration"], "at first")?;
    for event in case["events"].as_array().unwrap() {
        let told = event["event"]["name"].as_str().unwrap();
        if let Some(minutes) = event["after"].as_i64() {
            let now = stage.clock().now.unwrap();
            let later = stage.clock().shift_instant(now, minutes, jalon::lexicon::Unit::Minute);
            stage.advance(later).unwrap();
            place = at(&stage);
        }
        let waits = |(_, way): &(usize, &Way)| way.on == On::Event(told.to_owned());
        for (number, _) in flat.leaving(place).filter(waits) {
            let transition = name(number);
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
        place = checked(&stage, &event["nextConfiguration"], told)?;
    }
    Ok(())
}

/// A case's chart, laid flat for its events.
fn read(case: &Json) -> Result<Flat, Beyond> {
    let events = case["events"].as_array().unwrap().iter();
    let events = events.map(|event| event["event"]["name"].as_str().unwrap().to_owned());
    Flat::of(&Chart::read(case["scxml"].as_str().unwrap())?, &events.collect())
}

#[test]
fn charts_that_a_blueprint_can_say_go_as_they_must() {
    let cases: BTreeMap<String, Json> = serde_json::from_str(CASES).unwrap();
    let (mut gone, mut events, mut failed) = (0, 0, Vec::new());
    let (mut beyond, mut listed) = (BTreeMap::<Beyond, usize>::new(), String::from("case,why\n"));
    for (name, case) in &cases {
        match read(case) {
            Ok(flat) => {
                if let Err(why) = run(&flat, case) {
                    failed.push(format!("{name}: {why}"));
                }
                gone += 1;
                events += case["events"].as_array().unwrap().len();
            }
            Err(why) => {
                *beyond.entry(why).or_default() += 1;
                writeln!(listed, "{name},\"{}\"", why.told()).unwrap();
            }
        }
    }
    assert!(failed.is_empty(), "{} of {gone}\n{}", failed.len(), failed.join("\n"));
    assert_eq!(listed, BEYOND, "the list of those that no blueprint can say");
    assert_eq!((cases.len(), gone, events), (123, 119, 204));
    let beyond: Vec<_> = beyond.into_iter().collect();
    assert_eq!(beyond, [(Beyond::Mistake, 2), (Beyond::Function, 1), (Beyond::Id, 1)]);
    let outside: Vec<(String, usize)> =
        beyond.iter().map(|(why, count)| (why.told().to_owned(), *count)).collect();
    page::hold("scxml", &page::counts(gone, 0, &outside));
}
