//! Records of which only what a program reads is looked at.
//!
//! A host's record arrives as names with values, and most hosts give many records that spell
//! their names alike. So what the names mean is worked out once, as a [`Layout`]; each record is
//! then a few [`Cell`]s, and a field is found in them by its number.
//!
//! ```
//! use jalon::value::{FieldKey, Picked, Record, Value, ValueRef, Wanted};
//!
//! let country = FieldKey::named(["Pays", "Country"]);
//! let wanted = Wanted::new([&country]);
//! let layout = wanted.layout(["Nom", "COUNTRY"]);
//! assert_eq!(layout.reads(), [None, Some(0)]);
//! let cells = [Value::from("Monaco")];
//! let record = Picked::new(&wanted, &layout, &cells[..]);
//! assert!(matches!(record.get(&country), ValueRef::Text("Monaco")));
//! ```

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::ptr;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::value::named::is_name_of;
use crate::value::{Conflict, FieldKey, Record, Symbol, Value, ValueRef};

/// Keys of higher slots are looked up.
const MAX_SLOTS: usize = 4096;

/// The fields that a part of a program reads.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    keys: Vec<FieldKey>,
    /// For each of them, whether more is asked of a text than whether it is blank.
    whole: Vec<bool>,
    /// By shape and slot; two keys share those only where their programs differ.
    places: FxHashMap<(u32, u32), SmallVec<[usize; 1]>>,
    /// By where the key stands in memory, for the keys of a plan, which `plan` keeps there.
    known: FxHashMap<usize, usize>,
    /// For the first of those keys with each slot: where it stands, and its place.
    slots: Vec<(usize, usize)>,
    #[expect(dead_code, reason = "held, not read: no other key may come to stand there")]
    plan: Option<Arc<dyn Any + Send + Sync>>,
}

/// What the names of a record mean, in their order: worked out once for every record that has
/// the same names.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// For each name of the record, the cell that its value is wanted in.
    reads: Vec<Option<usize>>,
    /// For each cell, its name as the record spells it.
    names: Vec<String>,
    /// For each cell, whether more is asked of a text than whether it is blank.
    whole: Vec<bool>,
    /// For each field, the cells of its names: as declared before other spellings.
    fields: Vec<Carriers>,
    /// For each field, its cell if that is all there is to look at; beyond the last otherwise.
    only: Vec<usize>,
    /// For each field that has several, its cells in the order of the record.
    several: FxHashMap<usize, Carriers>,
}

type Carriers = SmallVec<[usize; 1]>;

/// A value of a record, in whatever form its host keeps it.
pub trait Cell: fmt::Debug {
    /// The value; [`ValueRef::Absent`] as if the record did not have the name.
    fn lend(&self) -> ValueRef<'_>;

    /// A copy, for the rare record that carries a field twice.
    fn to_value(&self) -> Value;

    /// The number of its text, where it is an [`Interned`](crate::value::Interned) one; nothing is
    /// always right.
    #[inline]
    fn symbol(&self) -> Option<Symbol> {
        None
    }
}

/// The values that a [`Layout`] asks for: a slice of cells, or what finds them when one is asked
/// for.
pub trait Cells {
    /// The value of a cell; [`ValueRef::Absent`] as if the record did not have the name.
    fn lend(&self, cell: usize) -> ValueRef<'_>;

    /// A copy, for the rare record that carries a field twice.
    fn to_value(&self, cell: usize) -> Value;

    /// The number of the text of a cell, where it is an [`Interned`](crate::value::Interned) one;
    /// nothing is always right.
    #[inline]
    fn symbol(&self, cell: usize) -> Option<Symbol> {
        let _ = cell;
        None
    }
}

/// A record as the cells that a [`Layout`] asks for.
pub struct Picked<'r, C: ?Sized> {
    wanted: &'r Wanted,
    layout: &'r Layout,
    cells: &'r C,
    missed: RefCell<Option<FieldKey>>,
}

impl Wanted {
    /// The fields of these keys, and the references that they may be read through.
    pub fn new<'k>(keys: impl IntoIterator<Item = &'k FieldKey>) -> Wanted {
        let mut wanted = Wanted::default();
        for key in keys {
            wanted.add(key);
        }
        wanted
    }

    /// The fields that a plan reads, found without looking at their names.
    pub(crate) fn of_plan<P: Any + Send + Sync>(
        plan: &Arc<P>,
        each_field: impl for<'p> Fn(&'p P, &mut dyn FnMut(&'p FieldKey, bool)),
    ) -> Wanted {
        let mut wanted = Wanted { plan: Some(plan.clone()), ..Wanted::default() };
        each_field(plan, &mut |key, asks_little| {
            let place = wanted.enter(key);
            wanted.whole[place] |= !asks_little;
            wanted.know(key, place);
        });
        wanted
    }

    /// A key of the plan is known by where it stands.
    fn know(&mut self, key: &FieldKey, place: usize) {
        let (slot, address) = (key.slot as usize, ptr::from_ref(key).addr());
        self.known.insert(address, place);
        if slot < MAX_SLOTS && slot >= self.slots.len() {
            self.slots.resize(slot + 1, (0, 0));
        }
        if let Some(first) = self.slots.get_mut(slot).filter(|(address, _)| *address == 0) {
            *first = (address, place);
        }
    }

    /// One more field, and its number; layouts made before do not read it.
    pub fn add(&mut self, key: &FieldKey) -> usize {
        let place = self.enter(key);
        self.whole[place] = true;
        place
    }

    fn enter(&mut self, key: &FieldKey) -> usize {
        if let Some(place) = self.place(key) {
            return place;
        }
        let place = self.keys.len();
        self.places.entry((key.shape, key.slot)).or_default().push(place);
        self.keys.push(key.clone());
        self.whole.push(key.path.is_some());
        if let Some((reference, _)) = key.path.as_deref() {
            self.add(reference);
        }
        place
    }

    /// Whether no field is read.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// What the names of a record mean.
    pub fn layout<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Layout {
        let mut layout =
            Layout { fields: vec![Carriers::new(); self.keys.len()], ..Layout::default() };
        for name in names {
            let mut cell = None;
            for (field, _) in self.keys.iter().enumerate().filter(|(_, k)| is_name_of(name, k)) {
                let cells = &mut layout.fields[field];
                cells.push(*cell.get_or_insert(layout.names.len()));
                if cells.len() > 1 {
                    layout.several.insert(field, cells.clone());
                }
            }
            layout.names.extend(cell.map(|_| name.to_owned()));
            layout.reads.push(cell);
        }
        layout.whole = vec![false; layout.names.len()];
        for (cells, whole) in layout.fields.iter().zip(&self.whole) {
            for cell in cells {
                // Of one that is there twice, the values are compared.
                layout.whole[*cell] |= *whole || cells.len() > 1;
            }
        }
        for (key, cells) in self.keys.iter().zip(&mut layout.fields) {
            let rank =
                |cell: &usize| key.names.iter().position(|name| *name == layout.names[*cell]);
            cells.sort_by_key(|cell| rank(cell).unwrap_or(usize::MAX));
            let only = match cells.as_slice() {
                [cell] if key.path.is_none() => *cell,
                _ => usize::MAX,
            };
            layout.only.push(only);
        }
        layout
    }

    #[inline]
    fn place(&self, key: &FieldKey) -> Option<usize> {
        let here = ptr::from_ref(key).addr();
        match self.slots.get(key.slot as usize) {
            Some((address, place)) if *address == here => Some(*place),
            _ => self.place_of(key, here),
        }
    }

    #[inline(never)]
    fn place_of(&self, key: &FieldKey, here: usize) -> Option<usize> {
        self.known.get(&here).copied().or_else(|| self.place_by_name(key))
    }

    fn place_by_name(&self, key: &FieldKey) -> Option<usize> {
        let places = self.places.get(&(key.shape, key.slot))?;
        places.iter().copied().find(|place| self.keys[*place].names == key.names)
    }
}

impl Layout {
    /// For each name of the record, the cell that its value is wanted in.
    pub fn reads(&self) -> &[Option<usize>] {
        &self.reads
    }

    /// Whether of a text in a cell more is asked than whether it is blank; otherwise any text that
    /// is, or is not, stands for it.
    pub fn asks_for_text(&self, cell: usize) -> bool {
        self.whole.get(cell).copied().unwrap_or(true)
    }

    /// How many cells that makes.
    pub fn cells(&self) -> usize {
        self.names.len()
    }
}

impl<'r, C: Cells + ?Sized> Picked<'r, C> {
    /// A record as the cells that the layout asks for.
    pub fn new(wanted: &'r Wanted, layout: &'r Layout, cells: &'r C) -> Picked<'r, C> {
        Picked { wanted, layout, cells, missed: RefCell::new(None) }
    }

    /// A field that was asked for and is not among the wanted ones: what was answered meanwhile
    /// does not count, and the record is to be read again with it.
    pub fn missed(self) -> Option<FieldKey> {
        self.missed.into_inner()
    }

    #[inline]
    fn place(&self, key: &FieldKey) -> Option<usize> {
        let place = self.wanted.place(key);
        if place.is_none() {
            self.miss(key);
        }
        place
    }

    #[cold]
    fn miss(&self, key: &FieldKey) {
        *self.missed.borrow_mut() = Some(key.clone());
    }

    /// A field that no name, or more than one, may carry, or that is reached by a path.
    #[inline(never)]
    fn find(&self, place: usize, key: &FieldKey) -> ValueRef<'_> {
        for cell in self.layout.fields.get(place).into_iter().flatten() {
            let value = self.cells.lend(*cell);
            if !matches!(value, ValueRef::Absent) {
                return value;
            }
        }
        key.through(|reference| self.get(reference))
    }
}

impl<C: Cells + ?Sized> Record for Picked<'_, C> {
    #[inline]
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        let Some(place) = self.place(key) else { return ValueRef::Absent };
        match self.layout.only.get(place) {
            Some(cell) if *cell < self.layout.names.len() => self.cells.lend(*cell),
            _ => self.find(place, key),
        }
    }

    #[inline]
    fn symbol(&self, key: &FieldKey) -> Option<Symbol> {
        let cell = *self.layout.only.get(self.wanted.place(key)?)?;
        if cell < self.layout.names.len() { self.cells.symbol(cell) } else { None }
    }

    fn may_conflict(&self) -> bool {
        !self.layout.several.is_empty()
    }

    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        if !self.may_conflict() {
            return None;
        }
        let cells = self.layout.several.get(&self.place(key)?)?;
        let is_there = |cell: &&usize| !matches!(self.cells.lend(**cell), ValueRef::Absent);
        let mut carried = cells.iter().filter(is_there);
        let first = carried.next()?;
        let value = self.cells.to_value(*first);
        let second = carried.find(|cell| self.cells.to_value(**cell) != value)?;
        let name = |cell: &usize| self.layout.names[*cell].clone();
        Some(Conflict { keys: (name(first), name(second)) })
    }
}

impl<C: Cells + ?Sized> fmt::Debug for Picked<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = |(cell, name)| (name, self.cells.lend(cell));
        f.debug_map().entries(self.layout.names.iter().enumerate().map(value)).finish()
    }
}

impl<C: Cell> Cells for [C] {
    #[inline]
    fn lend(&self, cell: usize) -> ValueRef<'_> {
        self.get(cell).map_or(ValueRef::Absent, Cell::lend)
    }

    fn to_value(&self, cell: usize) -> Value {
        self.get(cell).map_or(Value::Empty, Cell::to_value)
    }

    #[inline]
    fn symbol(&self, cell: usize) -> Option<Symbol> {
        self.get(cell).and_then(Cell::symbol)
    }
}

impl Cell for Value {
    fn lend(&self) -> ValueRef<'_> {
        self.as_ref()
    }

    fn to_value(&self) -> Value {
        self.clone()
    }
}

/// Nothing is a value that the record does not carry.
impl<C: Cell> Cell for Option<C> {
    fn lend(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Absent, Cell::lend)
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Empty, Cell::to_value)
    }

    fn symbol(&self) -> Option<Symbol> {
        self.as_ref().and_then(Cell::symbol)
    }
}

#[cfg(test)]
mod tests;
