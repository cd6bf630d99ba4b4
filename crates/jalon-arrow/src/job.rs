//! What bindings do to frames: columns worked out batch by batch, and how they come out.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use jalon::lang::Lang;
use jalon::program::{Criterion, Score};

use crate::error::FrameError;
use crate::frame::{FrameExplainer, FrameMatcher, FrameScorer};
use crate::now::Now;

/// How many rows are scored or matched in one go, at first.
const QUICK: usize = 1 << 17;

/// How many rows are explained in one go, at first.
const SLOW: usize = 1 << 12;

/// How many rows go in one go at most; and where they take long, at least.
const MOST: usize = 1 << 20;
const LEAST: usize = 1 << 10;

/// What takes less leaves the caller time for twice the rows between two looks at whether to stop.
const SHORT: Duration = Duration::from_millis(40);

/// What takes more is halved.
const LONG: Duration = Duration::from_millis(200);

type Compute = Box<dyn FnMut(&RecordBatch) -> Result<Vec<ArrayRef>, FrameError> + Send>;

/// Columns to be worked out for each row of a frame.
pub struct FrameJob {
    fields: Vec<Field>,
    slice: usize,
    compute: Compute,
}

/// How a job runs, and what it tells beside.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobOptions {
    /// The language of the `errors` column.
    pub lang: Lang,
    /// How many threads share the rows of a batch; 0 is as many as there are processors.
    pub threads: usize,
    /// Whether the points of each line of a score are columns, too.
    pub contributions: bool,
}

/// What comes out of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Out {
    /// The columns that are worked out, alone.
    Added,
    /// The frame with them; its own columns of the same names give way.
    Whole,
    /// The rows on which the first of them is true.
    Kept,
}

/// A job on frames of one schema.
pub struct FrameRun {
    job: FrameJob,
    out: Out,
    kept: Vec<usize>,
    schema: SchemaRef,
}

impl FrameJob {
    /// The columns of a score.
    pub fn score(score: &Score, now: Now, options: JobOptions) -> Result<FrameJob, FrameError> {
        let JobOptions { lang, threads, contributions } = options;
        let scorer = FrameScorer::new(score, now)?.lang(lang).threads(threads);
        let mut scorer = scorer.contributions(contributions);
        let fields = scorer.columns().fields();
        let added = fields.clone();
        let compute = move |batch: &RecordBatch| {
            let read = batch.project(&others(batch.schema_ref(), &added))?;
            Ok(scorer.score(&read)?.columns()[read.num_columns()..].to_vec())
        };
        Ok(FrameJob { fields, slice: QUICK, compute: Box::new(compute) })
    }

    /// Whether criteria hold: one boolean column each, by name.
    pub fn matching(
        criteria: Vec<(String, Criterion)>,
        now: Now,
        options: JobOptions,
    ) -> Result<FrameJob, FrameError> {
        let (names, criteria): (Vec<String>, Vec<Criterion>) = criteria.into_iter().unzip();
        let mut matcher = FrameMatcher::many(&criteria, now)?.threads(options.threads);
        let field = |name: String| Field::new(name, DataType::Boolean, false);
        let fields = names.into_iter().map(field).collect();
        let compute = move |batch: &RecordBatch| {
            let held = matcher.matches_each(batch)?;
            Ok(held.into_iter().map(|column| Arc::new(column) as ArrayRef).collect())
        };
        Ok(FrameJob { fields, slice: QUICK, compute: Box::new(compute) })
    }

    /// The columns of a score, and its lines with their reasons in the language `asked`.
    pub fn explain_score(
        score: &Score,
        now: Now,
        options: JobOptions,
        asked: Lang,
    ) -> Result<FrameJob, FrameError> {
        let explainer = FrameExplainer::of_score(score, now.clone())?.lang(asked);
        let FrameJob { mut fields, compute: mut totals, .. } =
            FrameJob::score(score, now, options)?;
        fields.extend(explainer.fields());
        let compute = move |batch: &RecordBatch| {
            let mut columns = totals(batch)?;
            columns.extend(explainer.explain(batch)?);
            Ok(columns)
        };
        Ok(FrameJob { fields, slice: SLOW, compute: Box::new(compute) })
    }

    /// Whether a criterion holds, and why.
    pub fn explain_criterion(
        criterion: &Criterion,
        now: Now,
        lang: Lang,
    ) -> Result<FrameJob, FrameError> {
        let explainer = FrameExplainer::of_criterion(criterion, now)?.lang(lang);
        let fields = explainer.fields();
        let compute = move |batch: &RecordBatch| explainer.explain(batch);
        Ok(FrameJob { fields, slice: SLOW, compute: Box::new(compute) })
    }

    /// The job on frames of a schema.
    pub fn on(self, input: &Schema, out: Out) -> Result<FrameRun, FrameError> {
        let kept = match out {
            Out::Added => Vec::new(),
            Out::Whole => others(input, &self.fields),
            Out::Kept => (0..input.fields().len()).collect(),
        };
        let shown = input.project(&kept)?;
        let added: &[Field] = if out == Out::Kept { &[] } else { &self.fields };
        let fields = shown.fields.iter().cloned().chain(added.iter().cloned().map(Arc::new));
        let mut schema = Schema::new(fields.collect::<Vec<_>>());
        if out != Out::Added {
            schema.metadata = shown.metadata;
        }
        Ok(FrameRun { job: self, out, kept, schema: Arc::new(schema) })
    }
}

impl FrameJob {
    /// Takes more or fewer rows in one go, by how long some took.
    fn pace(&mut self, rows: usize, took: Duration) {
        if took > LONG {
            self.slice = (self.slice / 2).max(LEAST);
        } else if took < SHORT && rows >= self.slice {
            self.slice = (self.slice * 2).min(MOST);
        }
    }
}

/// The columns whose names are not those of fields.
fn others(schema: &Schema, fields: &[Field]) -> Vec<usize> {
    let is_other = |at: &usize| fields.iter().all(|field| field.name() != schema.field(*at).name());
    (0..schema.fields().len()).filter(is_other).collect()
}

impl FrameRun {
    /// The schema of what comes out.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// How many rows are best given in one go, so that the caller may stop between two.
    pub fn slice(&self) -> usize {
        self.job.slice
    }

    /// What comes out of a batch.
    pub fn batch(&mut self, batch: &RecordBatch) -> Result<RecordBatch, FrameError> {
        let began = Instant::now();
        let added = (self.job.compute)(batch)?;
        self.job.pace(batch.num_rows(), began.elapsed());
        if self.out == Out::Kept {
            let keep = added.first().and_then(|column| column.as_any().downcast_ref());
            let nothing = BooleanArray::new_null(batch.num_rows());
            return Ok(crate::filter(batch, keep.unwrap_or(&nothing))?);
        }
        let kept = self.kept.iter().map(|&at| batch.column(at).clone());
        Ok(RecordBatch::try_new(self.schema.clone(), kept.chain(added).collect())?)
    }
}

impl fmt::Debug for FrameJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameJob").field("fields", &self.fields).finish_non_exhaustive()
    }
}

impl fmt::Debug for FrameRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrameRun")
            .field("out", &self.out)
            .field("job", &self.job)
            .finish_non_exhaustive()
    }
}
