//! Programs rehearsed on records in memory.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::rehearsal;
use jalon::value::Value;
use jalon::workflow::{EventError, RecordKey};
use napi::bindgen_prelude::{Either, Env, Unknown};
use napi_derive::napi;
use serde_json::{Value as Json, json};

use crate::failure::{Failure, guard};
use crate::js::Js;
use crate::program::{Now, Program};
use crate::reasons::Reasons;
use crate::state::State;
use crate::users::Users;
use crate::workflow::incoming;
use crate::{moment, record};

/// A host in memory.
#[napi]
#[derive(Debug)]
pub struct Rehearsal {
    stage: rehearsal::Rehearsal,
    lang: jalon::lang::Lang,
}

/// A decision and when it was made, as ISO text.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Fired {
    /// When it was due.
    pub at: String,
    /// What was decided.
    pub decision: Reasons,
}

#[napi]
impl Rehearsal {
    /// An empty stage under a clock.
    #[napi(constructor)]
    pub fn new(
        program: &Program,
        state: Option<&State>,
        users: Option<&Users>,
        now: Now,
        zone: Option<String>,
        trace: bool,
    ) -> napi::Result<Rehearsal> {
        let program = &program.0;
        guard(program.lang(), || {
            let clock = moment::clock(program, now, zone)?;
            let users = Users::of(users).clone();
            let mut stage = rehearsal::Rehearsal::new(program, clock).with_users(users);
            if let Some(state) = state {
                stage = stage.resume(state.0.clone(), [].into());
            }
            if trace {
                stage = stage.tracing();
            }
            Ok(Rehearsal { stage, lang: program.lang() })
        })
    }

    /// Puts a record on the stage, without an event.
    #[napi]
    pub fn put(&mut self, env: Env, module: String, record: Unknown<'_>) -> napi::Result<()> {
        guard(self.lang, || {
            let record = Value::Record(record::read(Js::new(env), &record)?).to_json();
            let no_id = |error: EventError| Failure::Argument(error.message(self.lang));
            let key = RecordKey::of(&module, &record).map_err(no_id)?;
            self.stage.put(key, record);
            Ok(())
        })
    }

    /// Sends an event.
    #[napi]
    pub fn send(&mut self, env: Env, event: Unknown<'_>) -> napi::Result<Reasons> {
        guard(self.lang, || {
            let incoming = incoming(env, &event)?;
            let decision = self.stage.send(&incoming)?;
            Ok(Reasons::of_decision(decision, self.stage.clock().zone))
        })
    }

    /// Lets the clock go on, and fires what is due on the way.
    #[napi]
    pub fn advance(&mut self, until: Either<f64, String>) -> napi::Result<Vec<Fired>> {
        guard(self.lang, || {
            let until = moment::moment(until)?;
            let zone = self.stage.clock().zone;
            let until = zone.instant_of(until);
            let fired = self.stage.advance(until)?;
            let one = |one: rehearsal::Fired| Fired {
                at: one.at.to_string(),
                decision: Reasons::of_decision(one.decision, zone),
            };
            Ok(fired.into_iter().map(one).collect())
        })
    }

    /// The present, as ISO text.
    #[napi]
    pub fn now(&self) -> Option<String> {
        self.stage.clock().now.map(|now| now.to_string())
    }

    /// The records: module, id and fields, as JSON.
    #[napi]
    pub fn records(&self) -> napi::Result<String> {
        guard(self.lang, || {
            let list = self.stage.records().iter();
            let list = list.map(|(key, record)| json!([key.module, key.id, record]));
            Ok(Json::Array(list.collect()).to_string())
        })
    }

    /// What is remembered, as JSON.
    #[napi]
    pub fn state(&self) -> napi::Result<String> {
        guard(self.lang, || Ok(self.stage.state().write()))
    }
}
