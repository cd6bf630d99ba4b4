//! Many records under one clock, on whichever thread.

use jalon::eval::RecordError;
use jalon::program::{Score, Scorer};
use jalon::value::Clock;
use napi::{Env, Task};
use serde::Serialize;

use crate::failure::{Failure, guard, to_json};
use crate::held::Fields;

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
    pub(crate) fn of(score: &'a Score, scorer: &mut Scorer, row: &Fields) -> Light<'a> {
        let answer = scorer.total(row);
        Light {
            total_text: answer.total.normalize().to_string(),
            stars: score.stars(answer.total),
            label: score.label(answer.total),
            errors: if answer.has_errors { scorer.errors(row) } else { Vec::new() },
        }
    }
}

impl Batch {
    /// The totals, as a JSON array.
    pub(crate) fn run(&self) -> Result<String, Failure> {
        let mut scorer = self.score.scorer(&self.clock)?;
        let totals: Vec<_> =
            self.rows.iter().map(|row| Light::of(&self.score, &mut scorer, row)).collect();
        to_json(&totals)
    }
}

impl Task for Batch {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> napi::Result<String> {
        guard(|| self.run())
    }

    fn resolve(&mut self, _: Env, totals: String) -> napi::Result<String> {
        Ok(totals)
    }
}
