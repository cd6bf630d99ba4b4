//! Any text as a program, and bytes as calls of its blueprints, after a zero byte: a call is never a
//! panic, what is offered is what may be made, a record stands in a state that is declared, what is
//! read back is what was written, and the same call gives the same.
#![no_main]

use jalon::blueprint::{Given, Instance, Obstacle};
use jalon::program::{Error, Firing};
use jalon::users::User;
use jalon::value::Value;
use jalon::workflow::{Context, State};
use jalon::{Clock, Program};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value as Json, json};

/// Declared before the text, so that mutations of it have something to meet.
const MODULE: &str = "
module Affaires
  Étape : liste A, B, C, D
  Montant : nombre
  Motif : texte
  Chef : utilisateur
";
const MOST_CALLS: usize = 24;

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let text = String::from_utf8_lossy(&data[..end]);
    let text = if text.contains("module") { text.into_owned() } else { format!("{MODULE}{text}") };
    let Ok(program) = Program::parse(&text) else { return };
    if program.blueprints().next().is_none() {
        return;
    }
    let Ok(clock) = Clock::at("2026-06-30T10:30", "Europe/Paris") else { return };
    let mut host = Host {
        program: &program,
        text: &text,
        record: json!({"id": 1, "Étape": "A", "Montant": 5}),
        instance: None,
        clock,
    };
    for call in data[end..].get(1..).unwrap_or_default().chunks(3).take(MOST_CALLS) {
        host.call([0, 1, 2].map(|at| call.get(at).copied().unwrap_or_default()));
    }
});

/// A record and where it stands.
struct Host<'p> {
    program: &'p Program,
    text: &'p str,
    record: Json,
    instance: Option<Instance>,
    clock: Clock,
}

impl Host<'_> {
    fn call(&mut self, [what, which, with]: [u8; 3]) {
        let (program, text, clock) = (self.program, self.text, self.clock.clone());
        let state = State::new();
        let context = Context::new(&clock, &state).trace(what & 64 != 0);
        let user = User::named(if with & 1 == 0 { "Alice" } else { "Bruno" }).role("Direction");
        let by = (with & 2 == 0).then_some(&user);
        let Some(instance) = self.instance.clone() else {
            self.instance =
                program.enter(Some("Affaires"), &self.record, &context).unwrap_or_default();
            return;
        };
        let record = self.record.clone();
        let offers = program
            .available(&instance, &record, by, &context)
            .unwrap_or_else(|e| panic!("{e}\n{text}"));
        let offer = offers.get(usize::from(which) % offers.len().max(1));
        let name = offer.map_or("personne", |offer| offer.transition);
        let given = self.given(&instance, name, with);
        let firing = Firing {
            id: "e",
            transition: name,
            given: &given,
            record: &record,
            record_id: None,
            by,
        };
        match what % 6 {
            0..=2 => {
                let made = program.fire(&instance, &firing, &context);
                let again = program.fire(&instance, &firing, &context);
                match (made, again) {
                    (Ok(made), Ok(again)) => {
                        assert!(offer.is_some_and(|offer| offer.offered), "{name}\n{text}");
                        assert_eq!(made.instance, again.instance, "{text}");
                        assert_eq!(made.changes(), again.changes(), "{text}");
                        let written = made.changes();
                        self.instance = Some(made.instance.clone());
                        drop((made, again));
                        for change in written.iter().filter(|change| change.record.id == "1") {
                            self.record[&change.field] = change.new.to_json();
                        }
                    }
                    (Err(Error::Refused(why)), Err(Error::Refused(again))) => {
                        assert_eq!(why, again, "{text}");
                        let shut = |why: &Obstacle| {
                            matches!(
                                why,
                                Obstacle::NotAllowed { .. }
                                    | Obstacle::NotHeld { .. }
                                    | Obstacle::ByChildren { .. }
                                    | Obstacle::Done
                                    | Obstacle::WrongState { .. }
                            )
                        };
                        if let Some(offer) = offer {
                            assert_eq!(offer.offered, !why.iter().any(shut), "{why:?}\n{text}");
                        }
                    }
                    (made, again) => panic!("{made:?} {again:?}\n{text}"),
                }
            }
            3 => {
                if let Ok(saved) = program.save_draft(&instance, name, &given, by, &clock) {
                    self.instance = Some(saved);
                }
            }
            4 => {
                let Some(due) = program.steps(&instance, &clock).into_iter().next() else { return };
                self.clock.now = self.clock.now.max(Some(due.at));
                let clock = self.clock.clone();
                let context = Context::new(&clock, &state);
                let Ok((after, decision)) = program.take_step(&instance, &due, &firing, &context)
                else {
                    return;
                };
                assert!(!program.steps(&after, &clock).contains(&due), "{due:?}\n{text}");
                for change in decision.changes.iter().filter(|change| change.record.id == "1") {
                    self.record[&change.field] = change.new.to_json();
                }
                self.instance = Some(after);
            }
            _ => self.record["Montant"] = json!(which),
        }
        self.kept();
    }

    /// What a transition asks for, half of it where a bit says so.
    fn given(&self, instance: &Instance, name: &str, with: u8) -> Given {
        let mut given = Given::new();
        let Ok(form) = self.program.form(instance, name, &self.record, &self.clock) else {
            return given;
        };
        if with & 4 != 0 {
            return given;
        }
        for field in &form.fields {
            let value = if with & 8 == 0 { json!(i32::from(with) * 10) } else { json!("x") };
            given.fields.push((field.field.to_owned(), Value::from(&value)));
        }
        for extra in &form.extras {
            match extra.kind {
                "note" => given.note = Some("vu".to_owned()),
                "attachment" => given.attachments = vec!["a.pdf".to_owned()],
                "checklist" => given.ticked.extend(extra.of.iter().map(|item| (*item).to_owned())),
                _ => given
                    .records
                    .extend(extra.of.iter().map(|of| ((*of).to_owned(), "1".to_owned()))),
            }
        }
        given
    }

    /// The instance reads back as it was written, and stands where the blueprint may have it.
    fn kept(&self) {
        let (Some(instance), text) = (&self.instance, self.text) else { return };
        let json = serde_json::to_string(instance).unwrap_or_else(|e| panic!("{e}"));
        let read: Instance = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}: {json}"));
        assert_eq!(*instance, read, "{text}");
        let state = State::new();
        let context = Context::new(&self.clock, &state);
        let found = self.program.available(instance, &self.record, None, &context);
        assert!(found.is_ok(), "{found:?} {}\n{text}", instance.state);
    }
}
