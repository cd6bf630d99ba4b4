//! Batches lent to the columnar executor.

use jalon::columnar::{Batch as Columns, Carried, Cursor as Moving};
use jalon::value::{FieldKey, Record};

use super::{Batch, Content, Cursor};

impl Columns for Batch {
    fn len(&self) -> usize {
        Batch::len(self)
    }

    fn column(&self, key: &FieldKey) -> Carried<'_> {
        match self.content() {
            Content::Csv(cells) => cells.column(key),
            Content::Arrow(_, rows) => Columns::column(rows, key),
            Content::Json(_) => Carried::ByRow,
        }
    }

    fn cursor<'a>(&'a self, fields: &[&'a FieldKey]) -> Box<dyn Moving + 'a> {
        Box::new(Batch::cursor(self).bound(fields.iter().copied()))
    }
}

impl Moving for Cursor<'_> {
    fn move_to(&mut self, row: usize) {
        Cursor::move_to(self, row);
    }

    fn record(&self) -> &dyn Record {
        self
    }
}

#[cfg(test)]
mod tests;
