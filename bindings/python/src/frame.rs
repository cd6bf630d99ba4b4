//! Frames as Arrow streams: in without a copy, out with columns added.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jalon::lang::Lang;
use jalon::program::{Criterion, Score};
use jalon::value::fold::same_name;
use jalon_arrow::{FrameError, FrameMatcher, FrameScorer, Now};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;

use crate::clock::{When, frame_clock};
use crate::error::{INTERNAL, exception, raise, run};

/// How many rows are worked on between two looks at Ctrl-C.
const SLICE: usize = 1 << 17;

type Reader = Box<dyn RecordBatchReader + Send>;

/// What is done to each batch.
type Work = Box<dyn FnMut(&RecordBatch) -> Result<RecordBatch, FrameError> + Send>;

/// A frame to be read, and its clock.
pub struct Frame {
    reader: Reader,
    now: Now,
    lang: Lang,
}

impl Frame {
    /// Anything with `__arrow_c_stream__`; `now` may name one of its columns.
    pub fn read(frame: &Bound<'_, PyAny>, when: &When<'_>, lang: Lang) -> PyResult<Frame> {
        let reader = frame.extract::<PyRecordBatchReader>()?.into_reader()?;
        let schema = reader.schema();
        let has_column = |name: &str| schema.fields().iter().any(|f| same_name(f.name(), name));
        let now = frame_clock(frame.py(), when, lang, has_column)?;
        Ok(Frame { reader, now, lang })
    }

    /// The columns that a score adds, all of them; with `whole`, the frame with them, batch by
    /// batch as it is read. Columns of the same names give way.
    pub fn scored<'py>(self, py: Python<'py>, score: &Score, whole: bool) -> Answer<'py> {
        let Frame { reader, now, lang } = self;
        let mut scorer = run(py, || FrameScorer::new(score, now))?
            .map_err(|error| frame_exception(py, error, lang))?
            .lang(lang);
        let added = scorer.columns().fields();
        let input = reader.schema();
        let is_added = |field: &Field| added.iter().any(|other| other.name() == field.name());
        let kept: Vec<usize> =
            (0..input.fields().len()).filter(|&at| !is_added(input.field(at))).collect();
        let first = if whole { 0 } else { kept.len() };
        let shown = if whole { input.project(&kept) } else { Ok(Schema::empty()) };
        let shown = shown.map_err(|error| frame_exception(py, error.into(), lang))?;
        let fields: Vec<_> =
            shown.fields.iter().cloned().chain(added.into_iter().map(Arc::new)).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, shown.metadata));
        let out = schema.clone();
        let work: Work = Box::new(move |batch| {
            let scored = scorer.score(&batch.project(&kept)?)?;
            Ok(RecordBatch::try_new(out.clone(), scored.columns()[first..].to_vec())?)
        });
        answer(py, Stream { reader, schema, work, lang }, whole)
    }

    /// Whether a criterion holds on each row: one column, all of it; with `lazy`, as it is read.
    pub fn matched<'py>(self, py: Python<'py>, criterion: &Criterion, lazy: bool) -> Answer<'py> {
        let Frame { reader, now, lang } = self;
        let mut matcher = run(py, || FrameMatcher::new(criterion, now))?
            .map_err(|error| frame_exception(py, error, lang))?;
        let schema = Arc::new(Schema::new(vec![Field::new("matches", DataType::Boolean, false)]));
        let out = schema.clone();
        let work: Work = Box::new(move |batch| {
            let matching = Arc::new(matcher.matches(batch)?);
            Ok(RecordBatch::try_new(out.clone(), vec![matching])?)
        });
        answer(py, Stream { reader, schema, work, lang }, lazy)
    }
}

/// An object with `__arrow_c_stream__`.
type Answer<'py> = PyResult<Bound<'py, PyAny>>;

fn answer(py: Python<'_>, mut stream: Stream, lazy: bool) -> Answer<'_> {
    let reader: Reader = if lazy {
        Box::new(stream)
    } else {
        let batches = stream.all(py)?;
        Box::new(RecordBatchIterator::new(batches.into_iter().map(Ok), stream.schema))
    };
    Ok(Bound::new(py, PyRecordBatchReader::new(reader))?.into_any())
}

/// Batches worked on as they are asked for.
struct Stream {
    reader: Reader,
    schema: SchemaRef,
    work: Work,
    lang: Lang,
}

impl Stream {
    /// Every batch, worked on at once without the interpreter.
    fn all(&mut self, py: Python<'_>) -> PyResult<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        while let Some(batch) = run(py, || self.reader.next())? {
            let batch = batch.map_err(|error| frame_exception(py, error.into(), self.lang))?;
            for start in (0..batch.num_rows()).step_by(SLICE) {
                py.check_signals()?;
                let slice = batch.slice(start, SLICE.min(batch.num_rows() - start));
                let worked = run(py, || (self.work)(&slice))?;
                batches.push(worked.map_err(|error| frame_exception(py, error, self.lang))?);
            }
        }
        Ok(batches)
    }
}

impl Iterator for Stream {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // no panic may cross into the consumer of a C stream
        let next = catch_unwind(AssertUnwindSafe(|| {
            let batch = self.reader.next()?;
            Some(batch.map_err(FrameError::from).and_then(|batch| (self.work)(&batch)))
        }));
        let text = |error: FrameError| ArrowError::ComputeError(error.message(self.lang));
        next.map_or_else(
            |_| Some(Err(ArrowError::ComputeError(INTERNAL.to_owned()))),
            |batch| batch.map(|batch| batch.map_err(text)),
        )
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
        FrameError::NoColumn(_) => raise(py, "UnknownNameError", error.message(lang)),
        _ => PyValueError::new_err(error.message(lang)),
    }
}
