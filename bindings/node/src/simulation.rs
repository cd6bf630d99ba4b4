//! Records or events through two programs.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::program;
use jalon::rehearsal::Rehearsal;
use jalon::rehearsal::compare::{Comparison, Replaying};
use jalon::value::Value;
use napi::bindgen_prelude::{Either, Env, Unknown};
use napi_derive::napi;
use serde_json::Value as Json;

use crate::failure::{Failure, guard};
use crate::js::Js;
use crate::program::{Now, Program};
use crate::users::Users;
use crate::workflow::incoming;
use crate::{moment, record};

/// How records or events are replayed.
#[napi(object)]
#[derive(Debug)]
pub struct How {
    /// The module of the records, where there are several.
    pub module: Option<String>,
    /// Whether records are saved again; otherwise they are created.
    pub updated: bool,
    /// Until when the clock goes on.
    pub until: Option<Either<f64, String>>,
    /// How many are listed.
    pub show: u32,
}

/// What comes out otherwise with a new program for records, each on its own, as JSON.
#[napi]
#[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
pub fn simulate(
    env: Env,
    old: &Program,
    new: &Program,
    records: Unknown<'_>,
    users: Option<&Users>,
    now: Now,
    zone: Option<String>,
    how: How,
) -> napi::Result<String> {
    guard(new.0.lang(), || {
        let [before, after] = stages([&old.0, &new.0], users, now, zone)?;
        let (how, zone) = (replaying(how, &after)?, after.clock().zone);
        let records = record::read_all(Js::new(env), &records, 0)?;
        let records =
            records.into_iter().filter_map(|fields| match Value::Record(fields).to_json() {
                Json::Object(fields) => Some(fields),
                _ => None,
            });
        Ok(Comparison::new(before, after).simulate(records, &how)?.told(zone).to_string())
    })
}

/// The same for events in their order.
#[napi]
#[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
pub fn simulate_events(
    env: Env,
    old: &Program,
    new: &Program,
    events: Vec<Unknown<'_>>,
    users: Option<&Users>,
    now: Now,
    zone: Option<String>,
    how: How,
) -> napi::Result<String> {
    guard(new.0.lang(), || {
        let [before, after] = stages([&old.0, &new.0], users, now, zone)?;
        let (how, zone) = (replaying(how, &after)?, after.clock().zone);
        let events = events.iter().map(|event| incoming(env, event));
        let events = events.collect::<Result<Vec<_>, Failure>>()?;
        let mut comparison = Comparison::new(before.tracing(), after.tracing());
        Ok(comparison.simulate_events(events, &how)?.told(zone).to_string())
    })
}

fn stages(
    programs: [&program::Program; 2],
    users: Option<&Users>,
    now: Now,
    zone: Option<String>,
) -> Result<[Rehearsal; 2], Failure> {
    let stage = |of: &program::Program| {
        let clock = moment::clock(of, now.clone(), zone.clone())?;
        Ok::<_, Failure>(Rehearsal::new(of, clock).with_users(Users::of(users).clone()))
    };
    let [old, new] = programs;
    Ok([stage(old)?, stage(new)?])
}

fn replaying(how: How, stage: &Rehearsal) -> Result<Replaying, Failure> {
    let How { module, updated, until, show } = how;
    let until = until.map(moment::moment).transpose()?;
    let until = until.map(|until| stage.clock().zone.instant_of(until));
    Ok(Replaying { module, updated, until, show: show as usize })
}
