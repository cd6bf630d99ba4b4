//! Frames as Arrow streams: in without a copy, out with columns added.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jalon::lang::Lang;
use jalon::program::{Criterion, Score};
use jalon::value::fold::same_name;
use jalon_arrow::{FrameError, FrameMatcher, FrameScorer, Now};
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;

use crate::clock::{Given, frame_clock};
use crate::error::{exception, raise, run};

/// How many rows are worked on between two looks at Ctrl-C.
const SLICE: usize = 1 << 17;

/// What is done to each batch.
type Work = Box<dyn FnMut(&RecordBatch) -> Result<RecordBatch, FrameError> + Send>;

/// The columns that a score adds, all of them; with `whole`, the frame with them, as it is read.
pub fn scored<'py>(
    py: Python<'py>,
    score: &Score,
    frame: &Bound<'py, PyAny>,
    now: Given<'_, '_>,
    zone: Given<'_, '_>,
    whole: bool,
    lang: Lang,
) -> PyResult<Bound<'py, PyAny>> {
    let (reader, now) = read(py, frame, now, zone, lang)?;
    let mut scorer = run(py, || FrameScorer::new(score, now))?
        .map_err(|error| frame_exception(py, error, lang))?
        .lang(lang);
    let added = scorer.columns().fields();
    // columns of the names that are added give way to them
    let input = reader.schema();
    let kept: Vec<usize> = (0..input.fields().len())
        .filter(|&at| added.iter().all(|field| field.name() != input.field(at).name()))
        .collect();
    let before = if whole { kept.as_slice() } else { &[] };
    let first = kept.len() - before.len();
    let before = before.iter().map(|&at| input.fields()[at].clone());
    let fields: Vec<Arc<Field>> = before.chain(added.into_iter().map(Arc::new)).collect();
    let schema = Arc::new(Schema::new_with_metadata(fields, input.metadata().clone()));
    let out = schema.clone();
    let work: Work = Box::new(move |batch| {
        let scored = scorer.score(&batch.project(&kept)?)?;
        let columns = scored.columns()[first..].to_vec();
        Ok(RecordBatch::try_new(out.clone(), columns)?)
    });
    answer(py, reader, schema, work, whole, lang)
}

/// Whether a criterion holds on each row: one column, all of it; with `lazy`, as it is read.
pub fn matched<'py>(
    py: Python<'py>,
    criterion: &Criterion,
    frame: &Bound<'py, PyAny>,
    now: Given<'_, '_>,
    zone: Given<'_, '_>,
    lazy: bool,
    lang: Lang,
) -> PyResult<Bound<'py, PyAny>> {
    let (reader, now) = read(py, frame, now, zone, lang)?;
    let mut matcher = run(py, || FrameMatcher::new(criterion, now))?
        .map_err(|error| frame_exception(py, error, lang))?;
    let schema = Arc::new(Schema::new(vec![Field::new("matches", DataType::Boolean, false)]));
    let out = schema.clone();
    let work: Work = Box::new(move |batch| {
        let column: ArrayRef = Arc::new(matcher.matches(batch)?);
        Ok(RecordBatch::try_new(out.clone(), vec![column])?)
    });
    answer(py, reader, schema, work, lazy, lang)
}

type Reader = Box<dyn RecordBatchReader + Send>;

/// The frame as a stream of batches, and its clock.
fn read(
    py: Python<'_>,
    frame: &Bound<'_, PyAny>,
    now: Given<'_, '_>,
    zone: Given<'_, '_>,
    lang: Lang,
) -> PyResult<(Reader, Now)> {
    let reader = frame.extract::<PyRecordBatchReader>()?.into_reader()?;
    let schema = reader.schema();
    let has_column = |name: &str| schema.fields().iter().any(|field| same_name(field.name(), name));
    let now = frame_clock(py, now, zone, lang, has_column)?;
    Ok((reader, now))
}

/// The worked batches as an object with `__arrow_c_stream__`.
fn answer(
    py: Python<'_>,
    reader: Reader,
    schema: SchemaRef,
    work: Work,
    lazy: bool,
    lang: Lang,
) -> PyResult<Bound<'_, PyAny>> {
    let reader: Reader = if lazy {
        Box::new(Stream { reader, schema, work, lang })
    } else {
        let batches = all(py, reader, work, lang)?;
        Box::new(RecordBatchIterator::new(batches.into_iter().map(Ok), schema))
    };
    Ok(Bound::new(py, PyRecordBatchReader::new(reader))?.into_any())
}

/// Every batch, worked on at once without the interpreter.
fn all(
    py: Python<'_>,
    mut reader: Reader,
    mut work: Work,
    lang: Lang,
) -> PyResult<Vec<RecordBatch>> {
    let mut batches = Vec::new();
    while let Some(batch) = run(py, || reader.next())? {
        let batch = batch.map_err(|error| frame_exception(py, error.into(), lang))?;
        for start in (0..batch.num_rows()).step_by(SLICE) {
            py.check_signals()?;
            let slice = batch.slice(start, SLICE.min(batch.num_rows() - start));
            let worked = run(py, || work(&slice))?;
            batches.push(worked.map_err(|error| frame_exception(py, error, lang))?);
        }
    }
    Ok(batches)
}

/// Batches worked on as they are asked for.
struct Stream {
    reader: Reader,
    schema: SchemaRef,
    work: Work,
    lang: Lang,
}

impl Iterator for Stream {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.and_then(|batch| {
            (self.work)(&batch).map_err(|error| ArrowError::ComputeError(error.message(self.lang)))
        }))
    }
}

impl RecordBatchReader for Stream {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

fn frame_exception(py: Python<'_>, error: FrameError, lang: Lang) -> PyErr {
    match error {
        FrameError::Program(error) => exception(py, error, lang),
        FrameError::Arrow(ArrowError::CDataInterface(text)) => PyException::new_err(text),
        FrameError::NoColumn(_) => raise(py, "UnknownNameError", error.message(lang)),
        _ => PyValueError::new_err(error.message(lang)),
    }
}
