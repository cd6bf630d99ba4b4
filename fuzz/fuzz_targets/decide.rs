//! Any text as a program and any JSON as events, separated by zero bytes: a decision is never a
//! panic, its cascade ends, it is the same once more, and the state it leaves reads back the same.
#![no_main]

use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{Incoming, State};
use jalon::{Clock, Program};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

/// Declared before the text, so that mutations of the events have something to meet.
const MODULES: &str = "
module Prospects (p)
  Nom (n)     : texte
  Montant (m) : nombre
  Pays        : liste France, Monaco
  Salons (s)  : liste multiple Lyon, Nice
  Date (d)    : date
  Compte (c)  : référence Comptes
module Comptes (k)
  Type (t)    : texte
  Prospects   : fiches Prospects
";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.split('\0');
    let Some(rules) = parts.next() else { return };
    let text = if rules.contains("module") { rules.to_owned() } else { format!("{MODULES}{rules}") };
    let Ok(program) = Program::parse(&text) else { return };
    let Ok(clock) = Clock::at("2026-06-30T10:30", "Europe/Paris") else { return };
    let mut stage = Rehearsal::new(&program, clock);
    let mut again = stage.clone().tracing();
    for event in parts.take(8) {
        let Ok(event) = serde_json::from_str::<Value>(event) else { continue };
        let Ok(event) = Incoming::read(&event) else { continue };
        let Ok(mut decision) = stage.send(&event) else { continue };
        let traced = again.send(&event).unwrap_or_else(|e| panic!("{e}"));
        decision.trace.clone_from(&traced.trace);
        assert_eq!(decision, traced, "{text}");
        kept(stage.state());
    }
    if let Some(until) = Instant::parse("2026-09-01T00:00Z") {
        for _ in stage.advance(until).unwrap_or_else(|e| panic!("{e}")).iter().take(100) {}
        kept(stage.state());
    }
});

/// The state reads back as it was written.
fn kept(state: &State) {
    let text = serde_json::to_string(state).unwrap_or_else(|e| panic!("{e}"));
    let read: State = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(*state, read);
}
