//! Many records under one clock, on whichever thread.

use jalon::eval::RecordError;
use jalon::program::{Score, Scorer};
use jalon::value::Clock;
use napi::{Env, Task};
use serde::Serialize;

use crate::failure::{Failure, guard, to_json};
use crate::record::Fields;

/// Rows ready to be scored: owned, so that another thread may take them.
#[derive(Debug)]
pub struct Batch {
    pub(crate) score: Score,
    pub(crate) clock: Clock,
    pub(crate) rows: Vec<Fields>,
}

/// A score without its reasons.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Light<'a> {
    total_text: String,
    stars: Option<u32>,
    label: Option<&'a str>,
    errors: Vec<RecordError>,
}

impl<'a> Light<'a> {
    /// Scores a record; in strict mode a value that cannot be used is an error.
    pub(crate) fn of(
        score: &'a Score,
        scorer: &mut Scorer,
        row: &Fields,
        clock: &Clock,
    ) -> Result<Light<'a>, Failure> {
        let answer = scorer.total(row);
        let errors =
            if answer.has_errors { score.evaluate(row, clock)?.errors } else { Vec::new() };
        Ok(Light {
            total_text: answer.total.normalize().to_string(),
            stars: score.stars(answer.total),
            label: score.label(answer.total),
            errors,
        })
    }
}

impl Batch {
    /// The totals, as a JSON array.
    pub(crate) fn run(&self) -> Result<String, Failure> {
        let mut scorer = self.score.scorer(&self.clock)?;
        let one = |row| Light::of(&self.score, &mut scorer, row, &self.clock);
        let totals = self.rows.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        to_json(&totals)
    }
}

impl Task for Batch {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> napi::Result<String> {
        guard(self.score.program().lang(), || self.run())
    }

    fn resolve(&mut self, _: Env, totals: String) -> napi::Result<String> {
        Ok(totals)
    }
}
