//! Scores as a native class; the package wraps it in its own.

use jalon::program::{self as engine, Scorer};
use napi::bindgen_prelude::{AsyncTask, Env, Uint8Array, Unknown};
use napi_derive::napi;

use crate::batch::{Batch, Light};
use crate::desk::Desk;
use crate::failure::{Failure, guard, to_json};
use crate::js::Js;
use crate::program::{Now, of_record};
use crate::reasons::{ExplainRows, Explained, Reasons};
use crate::{moment, record};

/// A compiled score, with the buffers that one thread needs to run it.
#[napi]
#[derive(Debug)]
pub struct Score {
    pub(crate) score: engine::Score,
    pub(crate) scorer: Option<Scorer>,
}

#[napi]
impl Score {
    /// Its name, as declared.
    #[napi(getter)]
    pub fn name(&self) -> String {
        self.score.name().to_owned()
    }

    /// Its lines as written.
    #[napi(getter)]
    pub fn lines(&self) -> Vec<String> {
        let lines = self.score.declaration().map_or(&[][..], |score| &score.lines);
        lines.iter().map(|line| line.source.clone()).collect()
    }

    /// The score by itself, for records that are packed into `memory`.
    #[napi]
    pub fn desk(&self, memory: Uint8Array) -> napi::Result<Desk> {
        guard(self.score.program().lang(), || {
            Desk::new(self.score.program(), Some(self.score.clone()), Vec::new(), memory)
        })
    }

    /// The total of a record without its reasons, as JSON.
    #[napi]
    pub fn quick(
        &mut self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<String> {
        let Score { score, scorer: kept } = self;
        of_record(score.program(), env, &record, (now, zone), |row, clock| {
            // Taken out meanwhile, so that a call that fails leaves no half-filled buffers.
            let mut scorer = kept.take().map_or_else(|| score.scorer(clock), Ok)?;
            scorer.set_clock(clock)?;
            let json = to_json(&Light::of(score, &mut scorer, row, clock)?);
            *kept = Some(scorer);
            json
        })
    }

    /// The total of a record with its reasons.
    #[napi]
    pub fn evaluate(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Reasons> {
        of_record(self.score.program(), env, &record, (now, zone), |row, clock| {
            Ok(self.score.evaluate(row, clock)?.into())
        })
    }

    /// The totals of many records with their reasons.
    #[napi]
    pub fn explain_rows(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Vec<Explained>> {
        guard(self.score.program().lang(), || {
            ExplainRows::read(env, self.score.clone(), &records, first, now, zone)?.run()
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
        guard(self.score.program().lang(), || {
            let rows = ExplainRows::read(env, self.score.clone(), &records, first, now, zone)?;
            Ok(AsyncTask::new(rows))
        })
    }

    /// The totals of many records, as a JSON array. `first` is the number of the first record,
    /// for messages.
    #[napi]
    pub fn many(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<String> {
        guard(self.score.program().lang(), || self.batch(env, &records, first, now, zone)?.run())
    }

    /// The same on another thread; only the records are read on this one.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn many_async(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<AsyncTask<Batch>> {
        guard(self.score.program().lang(), || {
            Ok(AsyncTask::new(self.batch(env, &records, first, now, zone)?))
        })
    }

    fn batch(
        &self,
        env: Env,
        records: &Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> Result<Batch, Failure> {
        let clock = moment::clock(self.score.program(), now, zone)?;
        let rows = record::read_all(Js::new(env), records, first)?;
        Ok(Batch { score: self.score.clone(), clock, rows })
    }
}
