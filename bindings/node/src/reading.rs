//! The fields that are read of records in memory, and where the names of a record are packed.

use jalon::value::{FieldKey, Interned, Interner, Layout, Picked, Symbol, Wanted};

use crate::packed::{Packed, cells_of};

/// The fields that are read, and the layouts of the records that were met, by number.
#[derive(Debug)]
pub(crate) struct Reading {
    wanted: Wanted,
    layouts: Vec<Layout>,
    /// The texts that are known by number, in the tables of JavaScript.
    texts: Vec<Texts>,
}

/// Texts that JavaScript gives by number.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    interner: Interner,
    texts: Vec<Interned>,
}

impl Texts {
    /// The number of a text for the engine.
    #[inline]
    pub(crate) fn symbol(&self, number: u32) -> Option<Symbol> {
        self.interner.symbol(number)
    }

    /// A text.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Option<&Interned> {
        self.texts.get(number as usize)
    }
}

impl Default for Reading {
    fn default() -> Reading {
        let mut reading =
            Reading { wanted: Wanted::default(), layouts: Vec::new(), texts: Vec::new() };
        // What stands for any text that is not blank.
        reading.know(0, "x");
        reading
    }
}

impl Reading {
    pub(crate) fn new(wanted: Wanted) -> Reading {
        Reading { wanted, ..Reading::default() }
    }

    /// Learns a text as the next of a table, which is one of those that are there or the next.
    pub(crate) fn know(&mut self, table: u32, text: &str) {
        if self.texts.len() == table as usize {
            self.texts.push(Texts::default());
        }
        if let Some(Texts { interner, texts }) = self.texts.get_mut(table as usize) {
            texts.push(interner.intern(text));
        }
    }

    /// Forgets the texts of a table.
    pub(crate) fn unlearn(&mut self, table: u32) {
        if let Some(texts) = self.texts.get_mut(table as usize) {
            *texts = Texts::default();
        }
    }

    /// The texts that are known by number, by table.
    pub(crate) fn known(&self) -> &[Texts] {
        &self.texts
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
