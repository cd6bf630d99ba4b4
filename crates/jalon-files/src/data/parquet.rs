//! Parquet, as batches of columns.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use jalon::value::FieldKey;
use jalon_arrow::ColumnNames;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;

use super::BATCH_ROWS;
use super::input::Progress;
use crate::error::{Broken, FileError, FileProblem};

/// Reads batches of columns.
pub(super) struct ParquetReader {
    reader: ParquetRecordBatchReader,
    schema: SchemaRef,
    path: PathBuf,
    rows: u64,
    read: u64,
    progress: Progress,
}

impl std::fmt::Debug for ParquetReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetReader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl ParquetReader {
    pub(super) fn open(path: &Path, progress: Progress) -> Result<ParquetReader, FileError> {
        if path == Path::new("-") {
            return Err(FileError::new(path, FileProblem::ParquetStdin));
        }
        let builder = builder(path)?;
        let rows = builder.metadata().file_metadata().num_rows().max(0) as u64;
        let schema = builder.schema().clone();
        let reader = builder.build().map_err(|error| refused(path, &error))?;
        Ok(ParquetReader { reader, schema, path: path.to_owned(), rows, read: 0, progress })
    }

    /// Leaves unread the columns that carry none of some fields.
    pub(super) fn keep_only(&mut self, fields: &[&FieldKey]) -> Result<(), FileError> {
        let columns = self.schema.fields().iter().map(|field| field.name().clone());
        let names = ColumnNames::new(columns);
        let mut kept: Vec<usize> = Vec::new();
        for key in fields {
            kept.extend(names.all(key));
            let mut path = key.path.as_deref();
            while let Some((reference, _)) = path {
                kept.extend(names.all(reference));
                path = reference.path.as_deref();
            }
        }
        let builder = builder(&self.path)?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), kept);
        let reader = builder.with_projection(mask).build();
        self.reader = reader.map_err(|error| refused(&self.path, &error))?;
        Ok(())
    }

    pub(super) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// The next rows; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<RecordBatch>, FileError> {
        let Some(batch) = self.reader.next() else {
            return Ok(None);
        };
        let batch = batch.map_err(|error| {
            let problem =
                FileProblem::Data { row: self.read + 1, problem: Broken::Said(error.to_string()) };
            FileError::new(&self.path, problem)
        })?;
        self.read += batch.num_rows() as u64;
        let bytes = self.progress.total().unwrap_or(0);
        self.progress.set(bytes * self.read / self.rows.max(1));
        Ok(Some(batch))
    }
}

fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, FileError> {
    let file = File::open(path).map_err(|error| FileError::new(path, FileProblem::Io(error)))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file);
    Ok(builder.map_err(|error| refused(path, &error))?.with_batch_size(BATCH_ROWS))
}

fn refused(path: &Path, problem: &ParquetError) -> FileError {
    FileError::new(path, FileProblem::Format(problem.to_string()))
}
