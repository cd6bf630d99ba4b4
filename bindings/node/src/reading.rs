//! The fields that are read of records in memory, and where the names of a record are packed.

use jalon::value::{FieldKey, Layout, Picked, Wanted};

use crate::packed::{Packed, cells_of};

/// The fields that are read, and the layouts of the records that were met, by number.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    wanted: Wanted,
    layouts: Vec<Layout>,
}

impl Reading {
    pub(crate) fn new(wanted: Wanted) -> Reading {
        Reading { wanted, layouts: Vec::new() }
    }

    /// Whether no field is read.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Learns the names of a record, as the next layout: for each its cell, as [`cells_of`] tells it.
    /// Nothing if there are too many cells.
    pub(crate) fn learn(&mut self, names: &[String]) -> Option<Vec<i32>> {
        let layout = self.wanted.layout(names.iter().map(String::as_str));
        let cells = cells_of(&layout)?;
        self.layouts.push(layout);
        Some(cells)
    }

    /// Forgets the layouts.
    pub(crate) fn forget(&mut self) {
        self.layouts.clear();
    }

    /// A layout by its number; nothing where it was forgotten.
    pub(crate) fn layout(&self, number: u32) -> Option<&Layout> {
        self.layouts.get(number as usize)
    }

    /// The record in memory, of a layout.
    pub(crate) fn record<'r>(
        &'r self,
        layout: &'r Layout,
        packed: &'r Packed<'r>,
    ) -> Picked<'r, Packed<'r>> {
        Picked::new(&self.wanted, layout, packed)
    }

    /// A field was asked for that had not been: records are to be packed anew with it.
    pub(crate) fn missed(&mut self, field: &FieldKey) {
        self.wanted.add(field);
        self.forget();
    }
}
