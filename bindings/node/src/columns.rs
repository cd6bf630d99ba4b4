//! Many records as columns of results, on whichever thread.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::eval::RecordError;
use jalon::lang::Lang;
use jalon::program as engine;
use jalon::value::Clock;
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Env, Float64Array, Uint8Array, Unknown};
use napi::{Task, bindgen_prelude::Either};
use napi_derive::napi;
use rust_decimal::Decimal;

use crate::criterion::Criterion;
use crate::failure::{Failure, guard, no_criterion, to_json};
use crate::js::Js;
use crate::moment;
use crate::record;
use crate::record::Fields;
use crate::score::Score;

/// The largest whole number up to which floats hold every one.
const EXACT: i128 = 1 << 53;

/// The clock's moment: milliseconds of UTC, or ISO text.
type Now = Option<Either<f64, String>>;

/// The scores of records, one column for each part.
#[napi(object)]
pub struct Scores {
    /// The number nearest to each total.
    pub total: Float64Array,
    /// Stars, null where there are none.
    pub stars: Vec<Option<u32>>,
    /// Labels, null where there are none.
    pub label: Vec<Option<String>>,
    /// Of the rows with values of the wrong type, as JSON: their number and those values.
    pub errors: String,
    /// For each line in source order the numbers nearest to its points, where they are asked for.
    pub lines: Option<Vec<Float64Array>>,
}

/// What [`Scores`] is made of: owned, so that another thread may work it out.
#[derive(Debug, Default)]
pub struct Columns {
    total: Vec<f64>,
    stars: Vec<Option<u32>>,
    label: Vec<Option<String>>,
    errors: String,
    lines: Option<Vec<Vec<f64>>>,
}

/// Records to be scored.
#[derive(Debug)]
pub struct ScoreRows {
    score: engine::Score,
    clock: Clock,
    rows: Vec<Fields>,
    first: u32,
    contributions: bool,
}

/// Records to be matched.
#[derive(Debug)]
pub struct MatchRows {
    criteria: Vec<engine::Criterion>,
    clock: Clock,
    rows: Vec<Fields>,
}

/// Scores an array of records. `first` is the number of the first one.
#[napi]
pub fn score_rows(
    env: Env,
    score: &Score,
    records: Unknown<'_>,
    first: u32,
    now: Now,
    zone: Option<String>,
    contributions: bool,
) -> napi::Result<Scores> {
    guard(score.score.program().lang(), || {
        let rows = ScoreRows::read(env, score, &records, first, now, zone)?;
        ScoreRows { contributions, ..rows }.run().map(Scores::from)
    })
}

/// The same on another thread; only the records are read on this one.
#[napi(ts_return_type = "Promise<Scores>")]
pub fn score_rows_async(
    env: Env,
    score: &Score,
    records: Unknown<'_>,
    first: u32,
    now: Now,
    zone: Option<String>,
    contributions: bool,
) -> napi::Result<AsyncTask<ScoreRows>> {
    guard(score.score.program().lang(), || {
        let rows = ScoreRows::read(env, score, &records, first, now, zone)?;
        Ok(AsyncTask::new(ScoreRows { contributions, ..rows }))
    })
}

/// Matches an array of records: for each criterion a column of 0 and 1.
#[napi]
pub fn match_rows(
    env: Env,
    criteria: Vec<ClassInstance<'_, Criterion>>,
    records: Unknown<'_>,
    first: u32,
    now: Now,
    zone: Option<String>,
) -> napi::Result<Vec<Uint8Array>> {
    guard(lang(&criteria), || {
        let masks = MatchRows::read(env, &criteria, &records, first, now, zone)?.run()?;
        Ok(masks.into_iter().map(Uint8Array::from).collect())
    })
}

/// The same on another thread; only the records are read on this one.
#[napi(ts_return_type = "Promise<Uint8Array[]>")]
pub fn match_rows_async(
    env: Env,
    criteria: Vec<ClassInstance<'_, Criterion>>,
    records: Unknown<'_>,
    first: u32,
    now: Now,
    zone: Option<String>,
) -> napi::Result<AsyncTask<MatchRows>> {
    guard(lang(&criteria), || {
        MatchRows::read(env, &criteria, &records, first, now, zone).map(AsyncTask::new)
    })
}

/// The language of messages: that of the first criterion.
pub(crate) fn lang(criteria: &[ClassInstance<'_, Criterion>]) -> Lang {
    criteria.first().map_or_else(Lang::default, |one| one.0.program().lang())
}

impl ScoreRows {
    fn read(
        env: Env,
        score: &Score,
        records: &Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> Result<ScoreRows, Failure> {
        let clock = moment::clock(score.score.program(), now, zone)?;
        let rows = record::read_all(Js::new(env), records, first)?;
        Ok(ScoreRows { score: score.score.clone(), clock, rows, first, contributions: false })
    }

    fn run(&self) -> Result<Columns, Failure> {
        let mut scorer = self.score.scorer(&self.clock)?;
        let mut columns = Columns::default();
        let count = self.score.declaration().map_or(0, |score| score.lines.len());
        let mut lines = self.contributions.then(|| vec![Vec::new(); count]);
        let mut errors: Vec<(u32, Vec<RecordError>)> = Vec::new();
        for (number, row) in (self.first..).zip(&self.rows) {
            let found = scorer.total(row);
            if found.has_errors {
                // in strict mode this is what refuses the record
                errors.push((number, self.score.evaluate(row, &self.clock)?.errors));
            }
            columns.total.push(nearest(found.total));
            columns.stars.push(self.score.stars(found.total));
            columns.label.push(self.score.label(found.total).map(str::to_owned));
            let points = if lines.is_some() { scorer.line_points() } else { Vec::new() };
            for (line, points) in lines.iter_mut().flatten().zip(points) {
                line.push(nearest(points));
            }
        }
        columns.lines = lines;
        columns.errors = to_json(&errors)?;
        Ok(columns)
    }
}

impl MatchRows {
    fn read(
        env: Env,
        criteria: &[ClassInstance<'_, Criterion>],
        records: &Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> Result<MatchRows, Failure> {
        let rows = record::read_all(Js::new(env), records, first)?;
        let criteria: Vec<_> = criteria.iter().map(|one| one.0.clone()).collect();
        let program = criteria.first().map(engine::Criterion::program);
        let clock = moment::clock(program.ok_or_else(no_criterion)?, now, zone)?;
        Ok(MatchRows { criteria, clock, rows })
    }

    fn run(&self) -> Result<Vec<Vec<u8>>, Failure> {
        let column = |criterion: &engine::Criterion| {
            let mut matcher = criterion.matcher(&self.clock)?;
            let mut held = Vec::with_capacity(self.rows.len());
            for row in &self.rows {
                let verdict = matcher.test(row);
                if verdict.has_errors {
                    criterion.matches(row, &self.clock)?; // which refuses them in strict mode
                }
                held.push(u8::from(verdict.holds));
            }
            Ok(held)
        };
        self.criteria.iter().map(column).collect()
    }
}

/// The float nearest to a decimal.
fn nearest(total: Decimal) -> f64 {
    if total.scale() == 0 && total.mantissa().abs() <= EXACT {
        return total.mantissa() as f64;
    }
    total.to_string().parse().unwrap_or(f64::NAN)
}

impl From<Columns> for Scores {
    fn from(Columns { total, stars, label, errors, lines }: Columns) -> Scores {
        let lines = lines.map(|lines| lines.into_iter().map(Float64Array::from).collect());
        Scores { total: Float64Array::from(total), stars, label, errors, lines }
    }
}

impl Task for ScoreRows {
    type Output = Columns;
    type JsValue = Scores;

    fn compute(&mut self) -> napi::Result<Columns> {
        guard(self.score.program().lang(), || self.run())
    }

    fn resolve(&mut self, _: Env, columns: Columns) -> napi::Result<Scores> {
        Ok(columns.into())
    }
}

impl Task for MatchRows {
    type Output = Vec<Vec<u8>>;
    type JsValue = Vec<Uint8Array>;

    fn compute(&mut self) -> napi::Result<Vec<Vec<u8>>> {
        let lang = self.criteria.first().map_or_else(Lang::default, |one| one.program().lang());
        guard(lang, || self.run())
    }

    fn resolve(&mut self, _: Env, masks: Vec<Vec<u8>>) -> napi::Result<Vec<Uint8Array>> {
        Ok(masks.into_iter().map(Uint8Array::from).collect())
    }
}
