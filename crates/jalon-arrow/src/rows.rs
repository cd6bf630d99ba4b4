//! Rows of record batches as records.

use std::cell::{Cell, OnceCell};

use arrow_array::{RecordBatch, StructArray};
use jalon::columnar::{Batch, Carried, Cursor};
use jalon::value::typed::{is_empty, number};
use jalon::value::{Conflict, FieldKey, Record, ValueRef};

use crate::column::{Column, Scratch};
use crate::names::{Bound, ColumnNames, Found};

/// The rows of a batch, bound once to the fields that are read.
///
/// Columns are found by any name of a field. Texts, numbers and dates are lent from Arrow's
/// buffers; nothing is copied.
///
/// ```
/// # use std::sync::Arc;
/// # use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// # use jalon_arrow::Rows;
/// let cities: ArrayRef = Arc::new(StringArray::from(vec![Some("Monaco"), None]));
/// let batch = RecordBatch::try_from_iter([("Ville", cities)])?;
/// let rows = Rows::new(&batch);
/// let mut row = rows.row(0);
/// row.move_to(1);
/// assert_eq!(row.index(), 1);
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
#[derive(Debug)]
pub struct Rows {
    table: Table,
    len: usize,
}

/// Columns by name: a batch, or a struct inside one.
#[derive(Debug)]
pub(crate) struct Table {
    names: ColumnNames,
    columns: Vec<Column>,
}

/// One row, as a record. Moving it to another row costs nothing.
#[derive(Debug)]
pub struct Row<'t> {
    table: &'t Table,
    index: usize,
    cells: Vec<OnceCell<Scratch<'t>>>,
    kept: Cell<bool>,
    bound: Bound<'t>,
}

impl Rows {
    /// Binds a batch; its buffers are shared.
    pub fn new(batch: &RecordBatch) -> Rows {
        let names =
            ColumnNames::new(batch.schema_ref().fields().iter().map(|field| field.name().clone()));
        let columns = batch.columns().iter().map(Column::new).collect();
        Rows { table: Table { names, columns }, len: batch.num_rows() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A cursor that stands on a row.
    pub fn row(&self, index: usize) -> Row<'_> {
        self.table.row(index)
    }

    /// The columns' names.
    pub fn names(&self) -> &ColumnNames {
        &self.table.names
    }
}

impl Table {
    pub(crate) fn of_struct(array: &StructArray) -> Table {
        let names = ColumnNames::new(array.column_names().into_iter().map(str::to_owned));
        Table { names, columns: array.columns().iter().map(Column::new).collect() }
    }

    pub(crate) fn row(&self, index: usize) -> Row<'_> {
        let cells = self.columns.iter().map(|_| OnceCell::new()).collect();
        Row { table: self, index, cells, kept: Cell::new(false), bound: Bound::default() }
    }
}

impl Table {
    /// The columns with their names.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.names.names().iter().map(String::as_str).zip(&self.columns)
    }
}

impl<'t> Row<'t> {
    /// The same row, with fields looked up beforehand.
    #[must_use]
    pub fn bound(self, fields: impl IntoIterator<Item = &'t FieldKey>) -> Row<'t> {
        Row { bound: self.table.names.bind(fields), ..self }
    }

    fn find(&self, key: &FieldKey) -> Found {
        self.bound.find(key).unwrap_or_else(|| self.table.names.find(key))
    }

    pub(crate) fn column(&self, column: usize) -> Option<&Column> {
        self.table.columns.get(column)
    }

    /// Moves to another row of the same batch.
    pub fn move_to(&mut self, index: usize) {
        self.index = index;
        if self.kept.replace(false) {
            for cell in &mut self.cells {
                cell.take();
            }
        }
    }

    /// The row's number, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The value in a column, by the column's number; `Absent` beyond the last.
    pub fn value(&self, column: usize) -> ValueRef<'_> {
        let (Some(data), Some(cell)) = (self.table.columns.get(column), self.cells.get(column))
        else {
            return ValueRef::Absent;
        };
        let value = data.value(self.index, cell);
        if let ValueRef::List(_) | ValueRef::Record(_) | ValueRef::Invalid(_) = value {
            self.kept.set(true);
        }
        value
    }

    /// Whether two columns hold the same here; `1` and `1.0` do, and all that is empty.
    fn same(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.value(a), self.value(b));
        match (a, b) {
            _ if is_empty(a) || is_empty(b) => is_empty(a) && is_empty(b),
            (ValueRef::Text(a), ValueRef::Text(b)) => a == b,
            _ => match (number(a).value(), number(b).value()) {
                (Some(a), Some(b)) => a == b,
                _ => format!("{a:?}") == format!("{b:?}"),
            },
        }
    }
}

impl Batch for Rows {
    fn len(&self) -> usize {
        self.len
    }

    fn column(&self, key: &FieldKey) -> Carried<'_> {
        match self.table.names.find(key) {
            Found::Nowhere if key.path.is_none() => Carried::Nowhere,
            Found::In(column) => Carried::In(self.table.columns[column].lend()),
            Found::Nowhere | Found::Several(_) => Carried::ByRow,
        }
    }

    fn cursor<'a>(&'a self, fields: &[&'a FieldKey]) -> Box<dyn Cursor + 'a> {
        Box::new(self.row(0).bound(fields.iter().copied()))
    }
}

impl Cursor for Row<'_> {
    fn move_to(&mut self, row: usize) {
        Row::move_to(self, row);
    }

    fn record(&self) -> &dyn Record {
        self
    }
}

impl Record for Row<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self.find(key) {
            Found::In(column) | Found::Several(column) => self.value(column),
            Found::Nowhere => key.through(|reference| self.get(reference)),
        }
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        let Found::Several(first) = self.find(key) else {
            return None;
        };
        let columns = self.table.names.all(key);
        let other = columns.into_iter().find(|&other| !self.same(first, other))?;
        let name = |column: usize| self.table.names.names()[column].clone();
        Some(Conflict { keys: (name(first), name(other)) })
    }
}

#[cfg(test)]
mod tests;
