//! Criteria as a native class; the package wraps it in its own.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon::program as engine;
use napi::bindgen_prelude::{AsyncTask, Env, Uint8Array, Unknown};
use napi_derive::napi;

use crate::desk::Desk;
use crate::failure::{diagnostics, guard};
use crate::program::{Now, Program, of_record, spoken};
use crate::reasons::{ExplainRows, Explained, Reasons};

/// A compiled criterion.
#[napi]
#[derive(Debug)]
pub struct Criterion(pub(crate) engine::Criterion);

/// Compiles a criterion without a program.
#[napi]
pub fn criterion(text: String) -> napi::Result<Criterion> {
    guard(Lang::En, || Ok(Criterion(engine::Criterion::parse(&text)?)))
}

#[napi]
impl Criterion {
    /// What was found in it, as JSON.
    #[napi]
    pub fn diagnostics(&self) -> napi::Result<String> {
        guard(self.0.program().lang(), || Ok(diagnostics(self.0.diagnostics()).to_string()))
    }

    /// What it says.
    #[napi]
    pub fn sentence(&self, lang: Option<String>) -> napi::Result<String> {
        let own = self.0.program().lang();
        guard(own, || Ok(self.0.sentence(spoken(lang, own)?)))
    }

    /// The criterion by itself, for records that are packed into `memory`.
    #[napi]
    pub fn desk(&self, memory: Uint8Array) -> napi::Result<Desk> {
        guard(self.0.program().lang(), || {
            Desk::new(self.0.program(), None, vec![self.0.clone()], memory)
        })
    }

    /// Whether it is one of a program.
    #[napi]
    pub fn is_of(&self, program: &Program) -> bool {
        self.0.program().is(&program.0)
    }

    /// Whether it reads the clock.
    #[napi(getter)]
    pub fn reads_clock(&self) -> bool {
        self.0.reads_clock()
    }

    /// Whether it holds on a record.
    #[napi]
    pub fn matches(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<bool> {
        of_record(self.0.program(), env, &record, (now, zone), |row, clock| {
            Ok(self.0.matches(row, clock)?)
        })
    }

    /// Why it holds or does not.
    #[napi]
    pub fn explain(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Reasons> {
        of_record(self.0.program(), env, &record, (now, zone), |row, clock| {
            Ok(self.0.explain(row, clock)?.into())
        })
    }

    /// Why it holds or does not on each of many records.
    #[napi]
    pub fn explain_rows(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Vec<Explained>> {
        guard(self.0.program().lang(), || {
            ExplainRows::read(env, self.0.clone(), &records, first, now, zone)?.run()
        })
    }

    /// The same on another thread; only the records are read on this one.
    #[napi(ts_return_type = "Promise<Explained[]>")]
    pub fn explain_rows_async(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<AsyncTask<ExplainRows>> {
        guard(self.0.program().lang(), || {
            let rows = ExplainRows::read(env, self.0.clone(), &records, first, now, zone)?;
            Ok(AsyncTask::new(rows))
        })
    }
}
