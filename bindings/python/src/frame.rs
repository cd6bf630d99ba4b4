//! Frames as Arrow streams: in without a copy, out with columns added or with rows left out.

pub mod coded;
mod stream;

use arrow_array::RecordBatchReader;
use jalon::lang::Lang;
use jalon::program::Program;
use jalon::value::FieldKey;
use jalon_arrow::{ColumnNames, Found, FrameError, FrameJob, Now, Out};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;
use pyo3_arrow::PyRecordBatchReader;

use self::stream::Stream;
use crate::clock::{When, frame_clock};
use crate::error::{exception, raise, run};

/// An object with `__arrow_c_stream__`.
pub type Answer<'py> = PyResult<Bound<'py, PyAny>>;

type Reader = Box<dyn RecordBatchReader + Send>;

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

/// How many threads share the work; all processors where nothing is said.
pub fn threads(threads: Option<usize>) -> PyResult<usize> {
    if threads == Some(0) {
        return Err(PyValueError::new_err("threads= is at least 1, or None for all processors"));
    }
    Ok(threads.unwrap_or(0))
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
    pub fn read(
        frame: &Bound<'py, PyAny>,
        when: &When<'_>,
        program: &Program,
        lang: Lang,
    ) -> PyResult<Frame<'py>> {
        let reader = frame.extract::<PyRecordBatchReader>();
        let reader = reader.map_err(|error| no_table(frame, error))?.into_reader()?;
        let schema = reader.schema();
        let now = frame_clock(frame.py(), when, program, lang, &schema)?;
        Ok(Frame { py: frame.py(), reader, now, lang })
    }

    /// The frame with a job done on each batch; `make` gives the job for the frame's clock.
    pub fn answer(
        self,
        how: How,
        make: impl Send + FnOnce(Now) -> Result<FrameJob, FrameError>,
    ) -> Answer<'py> {
        let Frame { py, reader, now, lang } = self;
        let schema = reader.schema();
        let run = run(py, || make(now)?.on(&schema, how.out))?
            .map_err(|error| frame_exception(py, error, lang))?;
        let stream = Stream::new(reader, run, lang);
        if how.lazy { stream.lazy(py) } else { stream.all(py) }
    }
}

/// What to say of a stream that cannot be read: it may be of one column's values, and no table.
fn no_table(frame: &Bound<'_, PyAny>, error: PyErr) -> PyErr {
    let py = frame.py();
    let text = error.value(py).to_string();
    if !error.is_instance_of::<PyValueError>(py) || !text.starts_with("C Data interface error") {
        return error; // what the frame itself raised
    }
    let kind = frame.get_type().name().map_or_else(|_| String::new(), |name| name.to_string());
    let text = format!(
        "a frame is a stream of record batches, and {kind} is none: it has no columns by name"
    );
    let wrong = PyTypeError::new_err(text);
    wrong.set_cause(py, Some(error));
    wrong
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

/// The names of the fields that a frame with these columns has none for.
pub fn missing(fields: &[&FieldKey], names: Vec<String>) -> Vec<String> {
    let columns = ColumnNames::new(names);
    let nowhere = |key: &FieldKey| columns.find(key) == Found::Nowhere;
    fields
        .iter()
        .filter(|key| nowhere(key) && key.path.as_ref().is_none_or(|path| nowhere(&path.0)))
        .filter_map(|key| key.names.first().cloned())
        .collect()
}

/// The exception that says why a frame cannot be worked on.
pub fn frame_exception(py: Python<'_>, error: FrameError, lang: Lang) -> PyErr {
    match error {
        FrameError::Program(error) => exception(py, error, lang),
        FrameError::NoColumn(_) => raise(py, "UnknownNameError", error.message(lang)),
        FrameError::NoNow(_) => {
            raise(py, "ClockError", error.message(lang).replacen("now", "now=", 1))
        }
        _ => PyValueError::new_err(error.message(lang)),
    }
}
