//! Batches worked on slice by slice, so that Ctrl-C is heard.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use jalon::lang::Lang;
use jalon_arrow::{FrameError, FrameRun};
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatchReader, PyTable};

use super::{Answer, Reader, frame_exception};
use crate::error::{INTERNAL, run};

/// A frame that is read, worked on and given out batch by batch.
pub(super) struct Stream {
    reader: Reader,
    /// What is left of the batch last read.
    left: Option<RecordBatch>,
    run: FrameRun,
    lang: Lang,
}

impl Stream {
    pub(super) fn new(reader: Reader, run: FrameRun, lang: Lang) -> Stream {
        Stream { reader, left: None, run, lang }
    }

    /// Everything at once, without the interpreter while it is worked out: a table.
    pub(super) fn all(mut self, py: Python<'_>) -> Answer<'_> {
        let mut batches = Vec::new();
        while let Some(batch) = run(py, || self.step())? {
            batches.push(batch.map_err(|error| frame_exception(py, error, self.lang))?);
            py.check_signals()?;
        }
        Ok(Bound::new(py, PyTable::try_new(batches, self.run.schema().clone())?)?.into_any())
    }

    /// Batch by batch, when each is asked for: a reader.
    pub(super) fn lazy(self, py: Python<'_>) -> Answer<'_> {
        Ok(Bound::new(py, PyRecordBatchReader::new(Box::new(self)))?.into_any())
    }

    /// The next rows, worked on.
    fn step(&mut self) -> Option<Result<RecordBatch, FrameError>> {
        let batch = loop {
            match self.left.take().map_or_else(|| self.reader.next(), |batch| Some(Ok(batch)))? {
                Ok(batch) if batch.num_rows() == 0 => {}
                Ok(batch) => break batch,
                Err(error) => return Some(Err(error.into())),
            }
        };
        let rows = batch.num_rows().min(self.run.slice());
        if rows < batch.num_rows() {
            self.left = Some(batch.slice(rows, batch.num_rows() - rows));
        }
        Some(self.run.batch(&batch.slice(0, rows)))
    }
}

impl Iterator for Stream {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let failed = |text: String| Some(Err(ArrowError::ComputeError(text)));
        if interrupted() {
            return failed("interrupted".to_owned());
        }
        // no panic may cross into the consumer of a C stream
        match catch_unwind(AssertUnwindSafe(|| self.step())) {
            Ok(Some(Ok(batch))) => Some(Ok(batch)),
            Ok(Some(Err(error))) => failed(error.message(self.lang)),
            Ok(None) => None,
            Err(_) => failed(INTERNAL.to_owned()),
        }
    }
}

impl RecordBatchReader for Stream {
    fn schema(&self) -> SchemaRef {
        self.run.schema().clone()
    }
}

/// Whether the user pressed Ctrl-C. A consumer of a C stream sees an error and no exception, so
/// the signal is given again: the interpreter raises it as soon as the consumer returns to it.
fn interrupted() -> bool {
    let pressed = |py: Python<'_>| {
        py.check_signals().is_err() && {
            let again = py.import("_thread").and_then(|m| m.call_method0("interrupt_main"));
            again.is_ok()
        }
    };
    Python::try_attach(pressed).unwrap_or(false)
}
