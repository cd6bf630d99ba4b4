//! Events decided, schedules, the tests beside the rules.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::program::Error;
use jalon::rehearsal::{Rehearsal, test};
use jalon::value::{Record, Value};
use jalon::workflow::{self, Context, Incoming};
use napi::bindgen_prelude::{Env, Unknown};
use napi_derive::napi;

use crate::failure::{Failure, guard};
use crate::js::Js;
use crate::program::{Now, Program};
use crate::reasons::Reasons;
use crate::state::State;
use crate::users::Users;
use crate::{moment, record};

/// Decides an event.
#[napi]
#[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
pub fn decide(
    env: Env,
    program: &Program,
    event: Unknown<'_>,
    state: Option<&State>,
    users: Option<&Users>,
    now: Now,
    zone: Option<String>,
    trace: bool,
) -> napi::Result<Reasons> {
    let program = &program.0;
    guard(program.lang(), || {
        let incoming = incoming(env, &event)?;
        let mut clock = moment::clock(program, now, zone)?;
        clock.now = clock.now.or_else(|| incoming.now(clock.zone));
        let nothing = workflow::State::new();
        let state = state.map_or(&nothing, |state| &state.0);
        let related = incoming.related();
        let context =
            Context::new(&clock, state).related(&related).by(incoming.by()).users(Users::of(users));
        let decision = program.decide(&incoming.event(), &context.trace(trace))?;
        Ok(Reasons::of_decision(decision, clock.zone))
    })
}

/// An event: an object.
pub(crate) fn incoming(env: Env, event: &Unknown<'_>) -> Result<Incoming, Failure> {
    let json = Value::Record(record::named(Js::new(env), event, "the event")?).to_json();
    Ok(Incoming::read(&json)?)
}

/// Which of some records a schedule takes, by their place.
#[napi]
pub fn select(
    env: Env,
    program: &Program,
    schedule: String,
    records: Unknown<'_>,
    now: Now,
    zone: Option<String>,
) -> napi::Result<Vec<u32>> {
    guard(program.0.lang(), || {
        let clock = moment::clock(&program.0, now, zone)?;
        let records = record::read_all(Js::new(env), &records, 0)?;
        let lent: Vec<&dyn Record> = records.iter().map(|record| record as &dyn Record).collect();
        let chosen = program.0.select(&schedule, &lent, &clock)?;
        Ok(chosen.into_iter().map(|index| index as u32).collect())
    })
}

/// When a schedule runs next, as ISO text.
#[napi]
pub fn next_run(
    program: &Program,
    schedule: String,
    now: Now,
    zone: Option<String>,
) -> napi::Result<Option<String>> {
    guard(program.0.lang(), || {
        let clock = moment::clock(&program.0, now, zone)?;
        Ok(program.0.next_run(&schedule, &clock)?.map(|at| at.to_string()))
    })
}

/// Runs the tests beside the rules; the report as JSON.
#[napi]
pub fn test_rules(
    program: &Program,
    users: Option<&Users>,
    now: Now,
    zone: Option<String>,
) -> napi::Result<String> {
    guard(program.0.lang(), || {
        let clock = moment::clock(&program.0, now, zone)?;
        let stage = Rehearsal::new(&program.0, clock).with_users(Users::of(users).clone());
        Ok(test::run_on(&stage).data(&program.0).to_string())
    })
}

/// Throws the error that no function has this name.
#[napi]
pub fn unknown_function(
    name: String,
    known: Vec<String>,
    lang: Option<String>,
) -> napi::Result<()> {
    let lang = lang.and_then(|code| code.parse().ok()).unwrap_or(Lang::En);
    guard(lang, || {
        let suggestion = did_you_mean(&name, known.iter().map(String::as_str));
        Err(Failure::Engine(Error::Unknown { what: "function", name, suggestion }))
    })
}

/// The name by which a record of a module, given by its names, carries a field.
#[napi]
pub fn name_in(program: &Program, module: String, names: Vec<String>, field: String) -> String {
    program.0.name_in(&module, names.iter().map(String::as_str), &field).to_owned()
}
