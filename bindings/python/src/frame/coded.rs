//! Codes, and what they stand for, together as dictionaries.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowDictionaryKeyType, UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;

use super::{Answer, Reader};

/// A frame of which some columns become dictionaries.
struct Coded {
    reader: Reader,
    schema: SchemaRef,
    /// By place, what the codes of a column stand for: the same array for each batch, so that what
    /// is known of it stays known.
    values: Vec<(usize, ArrayRef)>,
}

/// The stream of a frame of which some columns, by place, are codes, with what they stand for: each
/// a frame of one column.
#[pyfunction]
pub fn coded(
    py: Python<'_>,
    frame: PyRecordBatchReader,
    values: Vec<(usize, PyRecordBatchReader)>,
) -> Answer<'_> {
    let reader = frame.into_reader()?;
    let mut fields = reader.schema().fields().to_vec();
    let mut arrays = Vec::with_capacity(values.len());
    for (at, of_one) in values {
        let mut batches = of_one.into_reader()?;
        let batch = batches.next().transpose();
        let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
        let (Some(batch), None, Some(field)) = (batch, batches.next(), fields.get_mut(at)) else {
            return Err(PyValueError::new_err("what codes stand for is one column in one piece"));
        };
        let values = batch.column(0).clone();
        let (keys, texts) = (field.data_type().clone(), values.data_type().clone());
        let kind = DataType::Dictionary(Box::new(keys), Box::new(texts));
        *field = Arc::new(Field::new(field.name(), kind, field.is_nullable()));
        arrays.push((at, values));
    }
    let schema = Arc::new(Schema::new(fields));
    let coded = Coded { reader, schema, values: arrays };
    Ok(Bound::new(py, PyRecordBatchReader::new(Box::new(coded)))?.into_any())
}

impl Coded {
    fn batch(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let mut columns = batch.columns().to_vec();
        for (at, values) in &self.values {
            columns[*at] = dictionary(&columns[*at], values)?;
        }
        RecordBatch::try_new(self.schema.clone(), columns)
    }
}

fn dictionary(codes: &ArrayRef, values: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    fn of<K: ArrowDictionaryKeyType>(
        codes: &ArrayRef,
        values: &ArrayRef,
    ) -> Result<ArrayRef, ArrowError> {
        let codes = codes.as_primitive::<K>().clone();
        Ok(Arc::new(DictionaryArray::try_new(codes, values.clone())?))
    }
    match codes.data_type() {
        DataType::UInt8 => of::<UInt8Type>(codes, values),
        DataType::UInt16 => of::<UInt16Type>(codes, values),
        DataType::UInt32 => of::<UInt32Type>(codes, values),
        kind => Err(ArrowError::SchemaError(format!("{kind} is no type of codes"))),
    }
}

impl Iterator for Coded {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.reader.next()?;
        Some(batch.and_then(|batch| self.batch(&batch)))
    }
}

impl RecordBatchReader for Coded {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
