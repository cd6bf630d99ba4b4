//! What is worked out for each batch: columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field};
use jalon::lang::Lang;
use jalon::program::{Criterion, Score};
use jalon_arrow::{FrameError, FrameExplainer, FrameMatcher, FrameScorer, Now};

/// How many rows are scored or matched between two looks at Ctrl-C.
const QUICK: usize = 1 << 17;

/// How many rows are explained.
const SLOW: usize = 1 << 12;

type Compute = Box<dyn FnMut(&RecordBatch) -> Result<Vec<ArrayRef>, FrameError> + Send>;

/// Columns worked out batch by batch.
pub struct Work {
    /// The columns.
    pub fields: Vec<Field>,
    /// How many rows at a time.
    pub rows: usize,
    compute: Compute,
}

impl Work {
    /// The columns of a score.
    pub fn score(score: &Score, now: Now, lang: Lang) -> Result<Work, FrameError> {
        let mut scorer = FrameScorer::new(score, now)?.lang(lang);
        let fields = scorer.columns().fields();
        let added = fields.clone();
        let compute = move |batch: &RecordBatch| {
            let is_added = |field: &Field| added.iter().any(|other| other.name() == field.name());
            let schema = batch.schema_ref();
            let read = (0..schema.fields().len()).filter(|&at| !is_added(schema.field(at)));
            let read = batch.project(&read.collect::<Vec<_>>())?;
            Ok(scorer.score(&read)?.columns()[read.num_columns()..].to_vec())
        };
        Ok(Work { fields, rows: QUICK, compute: Box::new(compute) })
    }

    /// Whether criteria hold: one column each, by name.
    pub fn matching(criteria: Vec<(String, Criterion)>, now: &Now) -> Result<Work, FrameError> {
        let matchers = criteria.iter().map(|(_, one)| FrameMatcher::new(one, now.clone()));
        let mut matchers = matchers.collect::<Result<Vec<_>, _>>()?;
        let field = |(name, _)| -> Field { Field::new(name as String, DataType::Boolean, false) };
        let fields = criteria.into_iter().map(field).collect();
        let compute = move |batch: &RecordBatch| {
            let each = matchers.iter_mut().map(|one| Ok(Arc::new(one.matches(batch)?) as ArrayRef));
            each.collect()
        };
        Ok(Work { fields, rows: QUICK, compute: Box::new(compute) })
    }

    /// The columns of a score, and its lines with their reasons.
    pub fn explain_score(
        score: &Score,
        now: Now,
        own: Lang,
        asked: Lang,
    ) -> Result<Work, FrameError> {
        let explainer = FrameExplainer::of_score(score, now.clone())?.lang(asked);
        let Work { mut fields, compute: mut totals, .. } = Work::score(score, now, own)?;
        fields.extend(explainer.fields());
        let compute = move |batch: &RecordBatch| {
            let mut columns = totals(batch)?;
            columns.extend(explainer.explain(batch)?);
            Ok(columns)
        };
        Ok(Work { fields, rows: SLOW, compute: Box::new(compute) })
    }

    /// Whether a criterion holds, and why.
    pub fn explain_criterion(
        criterion: &Criterion,
        now: Now,
        lang: Lang,
    ) -> Result<Work, FrameError> {
        let explainer = FrameExplainer::of_criterion(criterion, now)?.lang(lang);
        let fields = explainer.fields();
        let compute = move |batch: &RecordBatch| explainer.explain(batch);
        Ok(Work { fields, rows: SLOW, compute: Box::new(compute) })
    }

    /// The columns of a batch.
    pub fn columns(&mut self, batch: &RecordBatch) -> Result<Vec<ArrayRef>, FrameError> {
        (self.compute)(batch)
    }
}
