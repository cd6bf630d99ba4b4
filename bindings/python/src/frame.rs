//! Frames as Arrow streams: in without a copy, out with columns added or with rows left out.

mod stream;
mod work;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{Field, Schema};
use jalon::lang::Lang;
use jalon::value::FieldKey;
use jalon::value::fold::same_name;
use jalon_arrow::{ColumnNames, FrameError, Now};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3_arrow::PyRecordBatchReader;

use self::stream::Stream;
pub use self::work::Work;
use crate::clock::{When, frame_clock};
use crate::error::{exception, raise, run};

/// An object with `__arrow_c_stream__`.
pub type Answer<'py> = PyResult<Bound<'py, PyAny>>;

type Reader = Box<dyn RecordBatchReader + Send>;

/// What comes out of a frame.
#[derive(Clone, Copy, Debug)]
enum Out {
    /// The columns that are worked out, alone.
    Added,
    /// The frame with them; its own columns of the same names give way.
    Whole,
    /// The rows on which the first of them is true.
    Kept,
}

/// How a frame is answered: what comes out, and whether batch by batch, as it is read.
#[derive(Clone, Copy, Debug)]
pub struct How {
    out: Out,
    lazy: bool,
}

impl FromPyObject<'_, '_> for How {
    type Error = PyErr;

    fn extract(how: Borrowed<'_, '_, PyAny>) -> PyResult<How> {
        let (out, lazy): (String, bool) = how.extract()?;
        let out = match out.as_str() {
            "added" => Out::Added,
            "whole" => Out::Whole,
            "kept" => Out::Kept,
            _ => return Err(PyValueError::new_err(format!("no such answer: {out}"))),
        };
        Ok(How { out, lazy })
    }
}

/// A frame to be read, and its clock.
pub struct Frame<'py> {
    py: Python<'py>,
    reader: Reader,
    now: Now,
    lang: Lang,
}

impl<'py> Frame<'py> {
    /// Anything with `__arrow_c_stream__`; `now` may name one of its columns.
    pub fn read(frame: &Bound<'py, PyAny>, when: &When<'_>, lang: Lang) -> PyResult<Frame<'py>> {
        let reader = frame.extract::<PyRecordBatchReader>()?.into_reader()?;
        let schema = reader.schema();
        let has_column = |name: &str| schema.fields().iter().any(|f| same_name(f.name(), name));
        let now = frame_clock(frame.py(), when, lang, has_column)?;
        Ok(Frame { py: frame.py(), reader, now, lang })
    }

    /// The frame with work done on each batch; `make` gives the work for the frame's clock.
    pub fn answer(
        self,
        how: How,
        make: impl Send + FnOnce(Now) -> Result<Work, FrameError>,
    ) -> Answer<'py> {
        let Frame { py, reader, now, lang } = self;
        let work = run(py, || make(now))?.map_err(|error| frame_exception(py, error, lang))?;
        let stream = Stream::new(reader, how.out, work, lang)
            .map_err(|error| frame_exception(py, error, lang))?;
        if how.lazy { stream.lazy(py) } else { stream.all(py) }
    }
}

/// The columns of a frame, by place, that fields and the clock are read from; the first column
/// where there are none, since a frame without columns has no rows.
pub fn places(fields: &[&FieldKey], names: Vec<String>, when: &When<'_>) -> Vec<usize> {
    let columns = ColumnNames::new(names);
    let keys = fields.iter().flat_map(|key| {
        let reference = key.path.as_deref().map(|(reference, _)| reference);
        std::iter::once(*key).chain(reference)
    });
    let mut places: Vec<usize> = keys.flat_map(|key| columns.all(key)).collect();
    let now = when.0.as_ref().and_then(|now| now.cast::<PyString>().ok()?.to_cow().ok());
    places.extend(now.and_then(|now| columns.position(&now)));
    if places.is_empty() && !columns.names().is_empty() {
        places.push(0);
    }
    places.sort_unstable();
    places.dedup();
    places
}

fn frame_exception(py: Python<'_>, error: FrameError, lang: Lang) -> PyErr {
    match error {
        FrameError::Program(error) => exception(py, error, lang),
        FrameError::NoColumn(_) => raise(py, "UnknownNameError", error.message(lang)),
        _ => PyValueError::new_err(error.message(lang)),
    }
}

impl Out {
    /// What comes out of a frame with these columns, and how a batch of it is put together.
    fn plan(self, input: &Schema, added: Vec<Field>) -> Result<Plan, FrameError> {
        let replaces = |field: &Field| added.iter().any(|other| other.name() == field.name());
        let all = 0..input.fields().len();
        let kept: Vec<usize> = match self {
            Out::Added => Vec::new(),
            Out::Whole => all.filter(|&at| !replaces(input.field(at))).collect(),
            Out::Kept => all.collect(),
        };
        let shown = input.project(&kept)?;
        let added = if matches!(self, Out::Kept) { Vec::new() } else { added };
        let fields = shown.fields.iter().cloned().chain(added.into_iter().map(Arc::new));
        let mut schema = Schema::new(fields.collect::<Vec<_>>());
        if !matches!(self, Out::Added) {
            schema.metadata = shown.metadata;
        }
        Ok(Plan { out: self, kept, schema: Arc::new(schema) })
    }
}

/// How the batches that come out are put together.
struct Plan {
    out: Out,
    kept: Vec<usize>,
    schema: Arc<Schema>,
}

impl Plan {
    fn put(&self, batch: &RecordBatch, added: Vec<ArrayRef>) -> Result<RecordBatch, FrameError> {
        if let (Out::Kept, Some(keep)) = (self.out, added.first()) {
            let keep = keep.as_any().downcast_ref();
            return Ok(keep.map_or_else(|| Ok(batch.clone()), |k| jalon_arrow::filter(batch, k))?);
        }
        let kept = self.kept.iter().map(|&at| batch.column(at).clone());
        Ok(RecordBatch::try_new(self.schema.clone(), kept.chain(added).collect())?)
    }
}
