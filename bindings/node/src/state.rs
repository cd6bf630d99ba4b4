//! What is remembered between events.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon::workflow::{self, RecordKey};
use napi_derive::napi;

use crate::failure::{guard, to_json};
use crate::moment;
use crate::program::{Now, Program};

/// What is remembered; JavaScript sees it as JSON.
#[napi]
#[derive(Debug)]
pub struct State(pub(crate) workflow::State);

#[napi]
impl State {
    /// Nothing remembered, or what was written as JSON.
    #[napi(constructor)]
    pub fn new(text: Option<String>) -> napi::Result<State> {
        guard(Lang::En, || match text {
            None => Ok(State(workflow::State::new())),
            Some(text) => Ok(State(workflow::State::read(&text)?)),
        })
    }

    /// As JSON.
    #[napi]
    pub fn json(&self) -> napi::Result<String> {
        guard(Lang::En, || Ok(self.0.write()))
    }

    /// Puts in what a decision changed, given as JSON.
    #[napi]
    pub fn apply(&mut self, changed: String) -> napi::Result<()> {
        guard(Lang::En, || {
            self.0.apply(&workflow::State::read(&changed)?);
            Ok(())
        })
    }

    /// Forgets that rules have fired once for a record.
    #[napi]
    pub fn forget(&mut self, module: String, id: String, rule: Option<String>) {
        self.0.forget(&RecordKey { module, id }, rule.as_deref());
    }

    /// When the next timer is due, as ISO text.
    #[napi]
    pub fn next_due(&self) -> Option<String> {
        self.0.next_due().map(|at| at.to_string())
    }

    /// What is due, as JSON.
    #[napi]
    pub fn due(&self, program: &Program, now: Now, zone: Option<String>) -> napi::Result<String> {
        guard(program.0.lang(), || {
            let clock = moment::clock(&program.0, now, zone)?;
            to_json(&program.0.due(&self.0, &clock)?)
        })
    }

    /// Says that what was due until now has been taken care of.
    #[napi]
    pub fn tick(&mut self, program: &Program, now: Now, zone: Option<String>) -> napi::Result<()> {
        guard(program.0.lang(), || {
            let clock = moment::clock(&program.0, now, zone)?;
            self.0.tick(clock.now.ok_or(jalon::program::Error::ClockNeeded)?);
            Ok(())
        })
    }
}
