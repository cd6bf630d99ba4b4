//! Parquet. Columns that come from Parquet keep their type; those from CSV and JSON are text, as
//! they were; added ones have their own.

use std::sync::Arc;

use arrow_array::builder::{Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cells::{Cells, Columns};
use super::sink::Sink;
use super::{Added, AddedColumn, AddedKind, AddedRows};
use crate::data::{Batch, Content, Header};

/// Rows of a row group: what is kept in memory until it is written.
const GROUP_ROWS: usize = 1 << 16;
const DIGITS: u8 = 28;
const SCALE: u32 = 4;

/// Writes batches of columns.
#[derive(Debug)]
pub(super) struct ParquetPen {
    writer: ArrowWriter<Sink>,
    schema: SchemaRef,
    added: Vec<AddedColumn>,
}

impl ParquetPen {
    pub(super) fn new(
        sink: Sink,
        header: &Header,
        columns: &Columns,
        added: &[AddedColumn],
    ) -> Result<ParquetPen, String> {
        let texts = || columns.names.iter().map(|name| Field::new(name, DataType::Utf8, true));
        let fields: Vec<Arc<Field>> = match header {
            Header::Arrow(schema) => schema.fields().iter().cloned().collect(),
            _ => texts().map(Arc::new).collect(),
        };
        let new = added.iter().map(|column| Arc::new(field(column)));
        let schema: SchemaRef =
            Arc::new(Schema::new(fields.into_iter().chain(new).collect::<Vec<_>>()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let writer = ArrowWriter::try_new(sink, schema.clone(), Some(properties));
        let writer = writer.map_err(|error| error.to_string())?;
        Ok(ParquetPen { writer, schema, added: added.to_vec() })
    }

    pub(super) fn write(
        &mut self,
        batch: &Batch,
        columns: &Columns,
        keep: Option<&[bool]>,
        added: &AddedRows,
    ) -> Result<u64, String> {
        let mut arrays = match batch.content() {
            Content::Arrow(read, _) => read.columns().to_vec(),
            _ => texts(batch, columns),
        };
        let new = self.added.iter().enumerate();
        arrays.extend(new.map(|(index, column)| array(column, added.column(index))));
        let whole = RecordBatch::try_new(self.schema.clone(), arrays).map_err(|e| e.to_string())?;
        let kept = match keep {
            Some(keep) => jalon_arrow::filter(&whole, &BooleanArray::from(keep.to_vec()))
                .map_err(|error| error.to_string())?,
            None => whole,
        };
        self.writer.write(&kept).map_err(|error| error.to_string())?;
        Ok(kept.num_rows() as u64)
    }

    pub(super) fn finish(self) -> Result<Sink, String> {
        self.writer.into_inner().map_err(|error| error.to_string())
    }
}

fn field(column: &AddedColumn) -> Field {
    let ty = match column.kind {
        AddedKind::Whole => DataType::Int64,
        AddedKind::Decimal => DataType::Decimal128(DIGITS, SCALE as i8),
        AddedKind::Text | AddedKind::Json => DataType::Utf8,
    };
    Field::new(&column.name, ty, true)
}

/// The cells of rows that are not columns, as text; empty cells are null.
fn texts(batch: &Batch, columns: &Columns) -> Vec<ArrayRef> {
    let mut builders: Vec<StringBuilder> =
        columns.names.iter().map(|_| StringBuilder::new()).collect();
    let mut cells = Cells::new(batch, columns);
    let mut text = String::new();
    for row in 0..batch.len() {
        cells.move_to(row);
        for (column, builder) in builders.iter_mut().enumerate() {
            text.clear();
            cells.text(column, &mut text);
            builder.append_option((!text.is_empty()).then_some(&text));
        }
    }
    builders.iter_mut().map(|builder| Arc::new(builder.finish()) as ArrayRef).collect()
}

fn array<'a>(column: &AddedColumn, values: impl ExactSizeIterator<Item = &'a Added>) -> ArrayRef {
    let number = |value: &Added| match value {
        Added::Whole(number) => Some(Decimal::from(*number)),
        Added::Number(number) => Some(*number),
        Added::Empty | Added::Text(_) => None,
    };
    match column.kind {
        AddedKind::Whole => {
            let mut builder = Int64Builder::with_capacity(values.len());
            builder.extend(values.map(|value| number(value).and_then(|n| n.to_i64())));
            Arc::new(builder.finish())
        }
        AddedKind::Decimal => {
            let ty = DataType::Decimal128(DIGITS, SCALE as i8);
            let mut builder = Decimal128Builder::with_capacity(values.len()).with_data_type(ty);
            builder.extend(values.map(|value| number(value).and_then(unscaled)));
            Arc::new(builder.finish())
        }
        AddedKind::Text | AddedKind::Json => {
            let mut builder = StringBuilder::new();
            for value in values {
                let mut text = String::new();
                value.text(&mut text);
                builder.append_option((!text.is_empty()).then_some(text));
            }
            Arc::new(builder.finish())
        }
    }
}

/// A number in ten-thousandths, half to even.
fn unscaled(number: Decimal) -> Option<i128> {
    let mut rounded = number.round_dp(SCALE);
    rounded.rescale(SCALE);
    (rounded.scale() == SCALE).then(|| rounded.mantissa())
}
