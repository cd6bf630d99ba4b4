//! The shared vectors of blueprints (`tests/vectors/blueprints`).

use std::fmt::Write as _;
use std::path::Path;

use jalon::blueprint::{Given, Instance, Obstacle};
use jalon::program::{Error, Firing};
use jalon::users::{User, Users};
use jalon::value::{Value, Zone, read};
use jalon::workflow::{Context, Decision, State};
use jalon::{Clock, Lang, Program};
use serde_json::{Map, Value as Json, json};

use crate::guided;

#[test]
fn vectors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/blueprints");
    let (mut cases, mut failures) = (0, String::new());
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let calls = |case: &&Json| case["calls"].is_array();
        for case in file["cases"].as_array().unwrap().iter().filter(calls) {
            cases += 1;
            if let Err(problem) = run(&file, case) {
                let _ = writeln!(failures, "{}: {}\n    {problem}\n", path.display(), case["name"]);
            }
        }
    }
    assert!(cases >= 9, "{cases} cases");
    assert!(failures.is_empty(), "{failures}");
}

type Check<T = ()> = Result<T, String>;

/// A record on its way.
struct Case<'c> {
    program: Program,
    users: Users,
    setting: Box<dyn Fn(&str) -> &'c str + 'c>,
    record: Map<String, Json>,
    instance: Option<Instance>,
}

fn run(file: &Json, case: &Json) -> Check {
    let told = |key: &str| case.get(key).unwrap_or(&file[key]).clone();
    let lines = told("program");
    let lines: Vec<&str> = lines.as_array().unwrap().iter().filter_map(Json::as_str).collect();
    let users = told("users");
    let mut case_run = Case {
        program: Program::parse(&lines.join("\n")).map_err(|error| error.to_string())?,
        users: if users.is_null() { Users::default() } else { Users::read(&users).unwrap() },
        setting: Box::new(|key| case.get(key).unwrap_or(&file[key]).as_str().unwrap()),
        record: told("record").as_object().unwrap().clone(),
        instance: serde_json::from_value(told("instance")).ok(),
    };
    for (index, call) in case["calls"].as_array().unwrap().iter().enumerate() {
        case_run.call(call).map_err(|problem| format!("call {}: {problem}", index + 1))?;
    }
    Ok(())
}

impl Case<'_> {
    fn call(&mut self, call: &Json) -> Check {
        if let Some(fields) = call["record"].as_object() {
            self.record.extend(fields.clone());
        }
        let now = call["now"].as_str().unwrap_or((self.setting)("now"));
        let zone = Zone::parse((self.setting)("zone")).unwrap();
        let clock = self.program.clock(read::moment(now), Some(zone));
        let found = self.ask(call, &clock);
        let expected = call["refused"].as_array();
        let after = match (found, expected) {
            (Err(Error::Refused(found)), Some(expected)) => return refused(&found, expected),
            (Err(error), _) => return Err(error.to_string()),
            (Ok(_), Some(_)) => return Err("it is not refused".to_owned()),
            (Ok(after), None) => after,
        };
        for (key, value) in after.as_object().unwrap() {
            if let Some(expected) = call.get(key) {
                same(key, value, expected)?;
            }
        }
        let Some(instance) = &self.instance else { return Ok(()) };
        let text = serde_json::to_string(instance).unwrap();
        let reread: Instance = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        if *instance != reread {
            return Err(format!("not the same from {text}"));
        }
        self.instance = Some(reread);
        self.stands(call)
    }

    /// Makes a call; what it gives, by the keys of what is expected.
    fn ask(&mut self, call: &Json, clock: &Clock) -> Result<Json, Error> {
        let (state, by, given) = (State::new(), user(&call["by"]), given(&call["given"]));
        let context = Context::new(clock, &state).users(&self.users);
        let record = Json::Object(self.record.clone());
        if call.get("enter").is_some() {
            let module = Some((self.setting)("module"));
            self.instance = self.program.enter(module, &record, &context)?;
            let state = self.instance.as_ref().map(|instance| &*instance.state);
            return Ok(json!({ "enter": state }));
        }
        let (program, from) = (self.program.clone(), self.instance.clone().unwrap());
        let transition = ["fire", "draft", "form"].iter().find_map(|key| call[key].as_str());
        let transition = transition.unwrap_or_default();
        let by = by.as_ref();
        let firing =
            Firing { id: "e", transition, given: &given, record: &record, record_id: None, by };
        if call["fire"].is_string() {
            let fired = program.fire(&from, &firing, &context)?;
            self.instance = Some(fired.instance.clone());
            return Ok(self.done(&fired.into_decision("e")));
        }
        if let Some(index) = call["take"].as_u64() {
            let due = program.steps(&from, clock).remove(index as usize);
            let (after, decision) = program.take_step(&from, &due, &firing, &context)?;
            self.instance = Some(after);
            return Ok(self.done(&decision));
        }
        if call["draft"].is_string() {
            self.instance = Some(program.save_draft(&from, transition, &given, by, clock)?);
        } else if call["form"].is_string() {
            let form = program.form(&from, transition, &record, clock)?;
            let mut found = json!({"messages": [], "fields": [], "extras": [], "draft": null});
            for (key, value) in json!(form).as_object().unwrap() {
                found[key] = value.clone();
            }
            for extra in found["extras"].as_array_mut().unwrap() {
                extra["of"] = json!(extra.get("of").unwrap_or(&json!([])));
            }
            if let Some(draft) = &form.draft {
                found["draft"] = json!({"fields": fields(&draft.fields)});
            }
            found.as_object_mut().unwrap().retain(|key, _| call["is"].get(key).is_some());
            return Ok(json!({ "is": found }));
        } else if call["steps"].is_array() {
            let steps = program.steps(&from, clock);
            let steps: Vec<_> =
                steps.iter().map(|due| json!([due.at, json!(due.step)["step"]])).collect();
            return Ok(json!({ "steps": steps }));
        } else if call["exit"] == json!(true) {
            self.instance = Some(program.exit(&from, clock)?);
        } else {
            let offers = program.available(&from, &record, by, &context.trace(true))?;
            let open = offers.iter().filter(|offer| offer.offered).map(|offer| offer.transition);
            let guided = guided(&self.program, &from, &record, by, &self.users, clock)?;
            assert_eq!(guided, open.collect::<Vec<_>>(), "{call}");
            let codes = |found: &[Obstacle]| found.iter().map(code).collect::<Json>();
            let available = offers.iter().map(|o| (o.transition.to_owned(), codes(&o.why_not)));
            let parents = offers.iter().filter_map(|o| Some((o.transition.to_owned(), o.parent?)));
            let named = |held: fn(&jalon::blueprint::Offer<&str>) -> bool| -> Json {
                offers.iter().filter(|o| held(o)).map(|o| o.transition).collect()
            };
            return Ok(json!({
                "available": available.collect::<Map<_, _>>(),
                "parents": parents.map(|(a, b)| (a, b.into())).collect::<Map<_, Json>>(),
                "offered": named(|offer| offer.offered),
                "drafted": named(|offer| offer.draft),
            }));
        }
        Ok(json!({}))
    }

    /// What a decision asks for; the record gets its new values.
    fn done(&mut self, decision: &Decision) -> Json {
        let changes = decision.changes.iter();
        let changed: Map<_, _> =
            changes.map(|change| (change.field.clone(), change.new.to_json())).collect();
        self.record.extend(changed.clone());
        let effects: Vec<_> = decision.effects.iter().map(|effect| effect.kind.name()).collect();
        let mut done = json!({"fields": changed, "effects": effects, "fired": decision.fired});
        let next = decision.next.iter().flatten();
        let next = next.map(|o| (o.transition.clone(), o.why_not.iter().map(code).collect()));
        let next: Map<String, Json> = next.collect();
        done["next"] = decision.next.as_ref().map_or(Json::Null, |_| next.into());
        done
    }

    /// Where the record stands, as expected.
    fn stands(&self, call: &Json) -> Check {
        let Some(instance) = &self.instance else { return Ok(()) };
        let progress = instance.progress.iter();
        let progress: Map<_, _> =
            progress.map(|one| (one.transition.to_string(), json!(one.done))).collect();
        let moves = instance.history.moves();
        let moves = moves.iter().map(|m| json!([m.transition, m.from, m.to, m.at, m.by]));
        for (key, found) in [
            ("state", json!(instance.state)),
            ("drafts", instance.drafts.iter().map(|draft| &*draft.transition).collect()),
            ("progress", progress.into()),
            ("history", moves.collect()),
        ] {
            if let Some(expected) = call.get(key) {
                same(key, &found, expected)?;
            }
        }
        Ok(())
    }
}

fn refused(found: &[Obstacle], expected: &[Json]) -> Check {
    same(
        "refused",
        &found.iter().map(code).collect(),
        &expected.iter().map(|e| e["code"].clone()).collect(),
    )?;
    for (obstacle, expected) in found.iter().zip(expected) {
        let mut data = json!(obstacle);
        data["fr"] = obstacle.message(Lang::Fr).into();
        data["en"] = obstacle.message(Lang::En).into();
        for (key, expected) in expected.as_object().unwrap() {
            same(key, &data[key], expected)?;
        }
    }
    Ok(())
}

fn code(obstacle: &Obstacle) -> Json {
    json!(obstacle)["code"].clone()
}

fn user(by: &Json) -> Option<User> {
    match by {
        Json::Null => None,
        Json::String(name) => Some(User::named(name)),
        user => Users::read(&json!([user])).unwrap().iter().next().cloned(),
    }
}

fn given(json: &Json) -> Given {
    let texts = |key: &str| {
        json[key].as_array().into_iter().flatten().map(|t| t.as_str().unwrap().to_owned()).collect()
    };
    let records = json["records"].as_object().into_iter().flatten();
    let records = records.flat_map(|(module, ids)| {
        ids.as_array().unwrap().iter().map(|id| (module.clone(), id.to_string()))
    });
    let each = json["fields"].as_object().into_iter().flatten();
    Given {
        fields: each
            .map(|(name, value)| (name.clone(), serde_json::from_value(value.clone()).unwrap()))
            .collect(),
        note: json["note"].as_str().map(str::to_owned),
        attachments: texts("attachments"),
        ticked: texts("ticked"),
        records: records.collect(),
    }
}

fn fields(fields: &[(String, Value)]) -> Json {
    fields.iter().map(|(name, value)| (name.clone(), value.to_json())).collect::<Map<_, _>>().into()
}

fn same(what: &str, found: &Json, expected: &Json) -> Check {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found}, expected {expected}")) }
}
