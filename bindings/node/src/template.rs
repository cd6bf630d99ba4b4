//! Texts with fields.

use jalon::program as engine;
use napi::bindgen_prelude::{Env, Unknown};
use napi_derive::napi;

use crate::failure::{diagnostics, guard};
use crate::js::Js;
use crate::program::Now;
use crate::{moment, record};

/// A compiled text with fields.
#[napi]
#[derive(Debug)]
pub struct Template(pub(crate) engine::Template);

#[napi]
impl Template {
    /// What was found in it, as JSON.
    #[napi]
    pub fn diagnostics(&self) -> napi::Result<String> {
        guard(self.0.program().lang(), || Ok(diagnostics(self.0.diagnostics()).to_string()))
    }

    /// Whether it reads the clock.
    #[napi(getter)]
    pub fn reads_clock(&self) -> bool {
        self.0.reads_clock()
    }

    /// The text for a record.
    #[napi]
    pub fn render(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<String> {
        guard(self.0.program().lang(), || {
            let clock = moment::clock(self.0.program(), now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            Ok(self.0.render(&row, &clock)?)
        })
    }
}
