//! The fields that are read of records in memory, and where the names of a record are packed.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use jalon::value::{FieldKey, Interned, Interner, Layout, Picked, Symbol, Wanted};

use napi_derive::napi;

use crate::packed::{Packed, cells_of};

/// What is read of records: whoever reads them and JavaScript, which packs them for it, share it.
#[napi(js_name = "Reading")]
#[derive(Clone, Debug, Default)]
pub struct Shared(Rc<RefCell<Reading>>);

#[napi]
impl Shared {
    /// Learns the names of a record: for each twice the cell that its value is to be packed into,
    /// and 1 more where of a text any that is, or is not, blank will do; or -1. Layouts are numbered as
    /// they are learnt. Nothing if there are too many cells.
    #[napi]
    pub fn layout(&self, names: Vec<String>) -> Option<Vec<i32>> {
        self.0.borrow_mut().learn(&names)
    }

    /// Forgets the layouts.
    #[napi]
    pub fn forget(&self) {
        self.0.borrow_mut().forget();
    }

    /// Learns a text as the next of a table, one of those that are there or the next: records give
    /// it by these numbers from now on.
    #[napi]
    pub fn know(&self, table: u32, text: String) {
        self.0.borrow_mut().know(table, &text);
    }

    /// Forgets the texts of a table.
    #[napi]
    pub fn unlearn(&self, table: u32) {
        self.0.borrow_mut().unlearn(table);
    }
}

impl Shared {
    /// Nothing is known yet of records of which these fields are read.
    pub(crate) fn new(wanted: Wanted) -> Shared {
        let shared = Shared::default();
        shared.reset(wanted);
        shared
    }

    /// From now on these fields are read; the texts that are known stay so.
    pub(crate) fn reset(&self, wanted: Wanted) {
        let mut reading = self.0.borrow_mut();
        reading.wanted = wanted;
        reading.forget();
    }

    #[inline]
    pub(crate) fn get(&self) -> Ref<'_, Reading> {
        self.0.borrow()
    }

    /// A field was asked for that had not been: records are to be packed anew with it.
    pub(crate) fn missed(&self, field: &FieldKey) {
        let mut reading = self.0.borrow_mut();
        reading.wanted.add(field);
        reading.forget();
    }
}

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
    /// Learns a text as the next of a table, which is one of those that are there or the next.
    fn know(&mut self, table: u32, text: &str) {
        if self.texts.len() == table as usize {
            self.texts.push(Texts::default());
        }
        if let Some(Texts { interner, texts }) = self.texts.get_mut(table as usize) {
            texts.push(interner.intern(text));
        }
    }

    /// Forgets the texts of a table.
    fn unlearn(&mut self, table: u32) {
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
    fn learn(&mut self, names: &[String]) -> Option<Vec<i32>> {
        let layout = self.wanted.layout(names.iter().map(String::as_str));
        let cells = cells_of(&layout)?;
        self.layouts.push(layout);
        Some(cells)
    }

    /// Forgets the layouts.
    fn forget(&mut self) {
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
}
