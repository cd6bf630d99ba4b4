//! Texts with fields.

use jalon::program as engine;
use napi::bindgen_prelude::{Env, Unknown};
use napi_derive::napi;

use crate::failure::{diagnostics, guard};
use crate::program::{Now, of_record};

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
        of_record(self.0.program(), env, &record, (now, zone), |row, clock| {
            Ok(self.0.render(row, clock)?)
        })
    }
}
