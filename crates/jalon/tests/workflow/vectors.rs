//! The shared vectors of workflow rules (`tests/vectors/workflow`).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jalon::users::Users;
use jalon::value::{Moment, Record, Zone, read};
use jalon::workflow::{Context, Decision, Due, Held, Incoming, Outcome, State, Step};
use jalon::{Clock, Program};
use serde_json::{Map, Value as Json, json};

#[test]
fn vectors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/workflow");
    let (mut cases, mut failures) = (0, String::new());
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            cases += 1;
            if let Err(problem) = run(&file, case) {
                let _ = writeln!(failures, "{}: {}\n    {problem}\n", path.display(), case["name"]);
            }
        }
    }
    assert!(cases >= 40, "{cases} cases");
    assert!(failures.is_empty(), "{failures}");
}

type Check<T = ()> = Result<T, String>;

/// One case: its steps, one after the other, with what is remembered between them.
struct Case<'c> {
    file: &'c Json,
    told: &'c Json,
    program: Program,
    state: State,
    users: Users,
}

fn run(file: &Json, case: &Json) -> Check {
    let mut text = lines(case.get("program").unwrap_or(&file["program"]));
    text += &lines(&case["rules"]);
    let program = Program::parse(&text).map_err(|error| error.to_string())?;
    let state = match &case["state"] {
        Json::Null => State::new(),
        state => State::read(&state.to_string()).map_err(|error| error.to_string())?,
    };
    let users = match case.get("users").unwrap_or(&file["users"]) {
        Json::Null => Users::default(),
        users => Users::read(users).map_err(|error| error.to_string())?,
    };
    let mut case = Case { file, told: case, program, state, users };
    for (number, step) in case.told["steps"].as_array().unwrap().iter().enumerate() {
        case.step(number + 1, step).map_err(|problem| format!("step {}: {problem}", number + 1))?;
    }
    Ok(())
}

fn lines(lines: &Json) -> String {
    let lines = lines.as_array().into_iter().flatten();
    lines.map(|line| line.as_str().unwrap().to_owned() + "\n").collect()
}

impl Case<'_> {
    /// A setting of the case, or of the file.
    fn setting(&self, key: &str) -> Option<&str> {
        self.told.get(key).unwrap_or(&self.file[key]).as_str()
    }

    fn clock(&self, step: &Json) -> Clock {
        let now = step["due"].as_str().or(step["now"].as_str()).or(self.setting("now")).unwrap();
        let zone = self.setting("zone").map(|zone| Zone::parse(zone).unwrap());
        self.program.clock(read::moment(now), zone)
    }

    fn step(&mut self, number: usize, step: &Json) -> Check {
        let clock = self.clock(step);
        if let Some(schedule) = step["select"].as_str() {
            return self.select(schedule, step, &clock);
        }
        let Some(event) = self.event(number, step, &clock)? else { return Ok(()) };
        let incoming = Incoming::read(&event).map_err(|error| error.to_string())?;
        let related = incoming.related();
        let decide = |state: &State| {
            let context =
                Context::new(&clock, state).related(&related).users(&self.users).trace(true);
            self.program.decide(&incoming.event(), &context).map_err(|error| error.to_string())
        };
        let decision = decide(&self.state)?;
        let reloaded = State::read(&self.state.write()).map_err(|error| error.to_string())?;
        if decide(&reloaded)? != decision {
            return Err("another decision from the state reloaded".to_owned());
        }
        check(step, &decision)?;
        self.state.apply(&decision.state);
        Ok(())
    }

    /// The event of a step; none where nothing is due, as expected.
    fn event(&self, number: usize, step: &Json, clock: &Clock) -> Check<Option<Json>> {
        let mut event = Map::new();
        if step["due"].is_string() {
            let due = self.program.due(&self.state, clock).map_err(|error| error.to_string())?;
            let nothing = step["nothing"] == json!(true);
            let Some(Due::Timer { record, timer }) = due.first() else {
                return if nothing { Ok(None) } else { Err("nothing is due".to_owned()) };
            };
            if nothing {
                return Err(format!("due: {timer:?}"));
            }
            return Ok(Some(json!({"id": timer.id, "type": "due", "timer": timer.id,
                "module": record.module, "record_id": record.id, "record": step["record"]})));
        }
        event.insert("id".to_owned(), format!("e{number}").into());
        event.insert("module".to_owned(), self.setting("module").into());
        event.extend(step["event"].as_object().unwrap().clone());
        Ok(Some(event.into()))
    }

    fn select(&self, schedule: &str, step: &Json, clock: &Clock) -> Check {
        let records = step["records"].as_array().unwrap();
        let lent: Vec<&dyn Record> = records.iter().map(|record| record as &dyn Record).collect();
        let chosen = self.program.select(schedule, &lent, clock).map_err(|e| e.to_string())?;
        let ids: Vec<&Json> = chosen.into_iter().map(|index| &records[index]["id"]).collect();
        same("chosen", &json!(ids), &step["chosen"])?;
        let next = self.program.next_run(schedule, clock).map_err(|e| e.to_string())?;
        same("next", &json!(next), &step["next"])
    }
}

fn check(step: &Json, decision: &Decision) -> Check {
    let data = json!(decision);
    let list = |key: &str, part: &dyn Fn(&Json) -> Json| -> Json {
        data[key].as_array().into_iter().flatten().map(part).collect()
    };
    let named = |change: &Json| {
        let field = change["field"].as_str().unwrap();
        let (module, id) = (&change["record"]["module"], &change["record"]["id"]);
        if change["record"] == data["record"] {
            return field.to_owned();
        }
        format!("{}/{}/{field}", module.as_str().unwrap(), id.as_str().unwrap())
    };
    let changes = data["changes"].as_array().unwrap().iter();
    let changes: Map<_, _> = changes.map(|change| (named(change), change["new"].clone())).collect();
    let timer = |one: &Json| {
        let due = read::moment(one["timer"]["due"].as_str().unwrap());
        let Some(Moment::Instant(due)) = due else { return Json::Null };
        json!([one["change"], one["timer"]["rule"], due])
    };
    let scores = data["scores"].as_array().into_iter().flatten();
    let scores: Map<_, _> =
        scores.map(|one| (one["score"].as_str().unwrap().to_owned(), one["new"].clone())).collect();
    for (key, found, default) in [
        ("fired", data["fired"].clone(), Json::Null),
        ("changes", changes.into(), json!({})),
        ("timers", list("timers", &timer), json!([])),
        ("refusals", list("refusals", &|one| one["message"].clone()), json!([])),
        ("errors", list("errors", &|one| one["reason"].clone()), json!([])),
        ("scores", scores.into(), json!("unsaid")),
        ("guarded", guarded(decision), json!([])),
    ] {
        match step.get(key).unwrap_or(&default) {
            Json::String(word) if word == "unsaid" => {}
            Json::String(_) if found.as_array().is_some_and(Vec::is_empty) => {
                return Err(format!("{key}: there are none"));
            }
            Json::String(_) => {}
            expected => same(key, &found, expected)?,
        }
    }
    effects(&data["effects"], &step["effects"])?;
    let outcomes = outcomes(decision);
    for (rule, expected) in step["outcomes"].as_object().into_iter().flatten() {
        same(rule, &json!(outcomes.get(rule.as_str())), expected)?;
    }
    Ok(())
}

/// As many effects as expected, each with what is expected of it.
fn effects(found: &Json, expected: &Json) -> Check {
    let none = Vec::new();
    let (found, expected) = (found.as_array().unwrap(), expected.as_array().unwrap_or(&none));
    if found.len() != expected.len() {
        return Err(format!("effects: {found:?}"));
    }
    for (effect, expected) in found.iter().zip(expected) {
        for (key, expected) in expected.as_object().unwrap() {
            let value = match (&effect[key], expected) {
                // what is left out
                (Json::Null, Json::Array(list)) if list.is_empty() => expected.clone(),
                // fields as pairs
                (Json::Array(pairs), Json::Object(_)) => {
                    let pair =
                        |pair: &Json| (pair[0].as_str().unwrap().to_owned(), pair[1].clone());
                    pairs.iter().map(pair).collect::<Map<_, _>>().into()
                }
                (value, _) => value.clone(),
            };
            same(key, &value, expected)?;
        }
    }
    Ok(())
}

/// The rules of which something was held back.
fn guarded(decision: &Decision) -> Json {
    let steps = decision.trace.iter().flatten();
    steps
        .filter_map(|step| match step {
            Step::Guarded { rule, .. } => Some(json!(rule)),
            _ => None,
        })
        .collect()
}

/// What came of each rule when it was considered last.
fn outcomes(decision: &Decision) -> BTreeMap<&str, String> {
    let word = |outcome: &Outcome| match outcome {
        Outcome::Fired { .. } => "fired",
        Outcome::NotTriggered => "not_triggered",
        Outcome::NotHeld { .. } => "not_held",
        Outcome::Dropped { .. } => "dropped",
        Outcome::Held { because: Held::FiredBefore, .. } => "held: fired_before",
        Outcome::Held { because: Held::HeldBefore, .. } => "held: held_before",
        Outcome::Held { because: Held::OncePerEvent, .. } => "held: once_per_event",
        Outcome::Held { because: Held::Depth, .. } => "held: depth",
    };
    let steps = decision.trace.iter().flatten();
    steps
        .filter_map(|step| match step {
            Step::Rule { rule, outcome, .. } => Some((rule.as_str(), word(outcome).to_owned())),
            _ => None,
        })
        .collect()
}

fn same(what: &str, found: &Json, expected: &Json) -> Check {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found}, expected {expected}")) }
}
