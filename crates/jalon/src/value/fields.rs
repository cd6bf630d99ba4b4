//! Structs as records: fields by number, bound once to the slots of a program.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::value::named::is_name_of;
use crate::value::row::Shape;
use crate::value::{
    Conflict, Date, FieldKey, Instant, Interned, List, LocalDateTime, Moment, Record, Symbol,
    Value, ValueRef,
};

/// A struct whose fields are told by number; `#[derive(Record)]` writes it.
pub trait Fields: Debug {
    /// The names of each field.
    const NAMES: &'static [&'static [&'static str]];

    /// The value of a field; absent beyond the last.
    fn value(&self, index: usize) -> ValueRef<'_>;

    /// The number of the text of a field, where it is an [`Interned`] one.
    #[inline]
    fn symbol(&self, index: usize) -> Option<Symbol> {
        let _ = index;
        None
    }
}

/// What a struct's field may hold.
pub trait AsValue {
    /// The value as a record lends it.
    fn as_value(&self) -> ValueRef<'_>;

    /// Its number, if it is an [`Interned`] text.
    #[inline]
    fn symbol(&self) -> Option<Symbol> {
        None
    }
}

/// Looks a field of a struct up by name.
pub fn get<'a, F: Fields>(fields: &'a F, key: &FieldKey) -> ValueRef<'a> {
    match position::<F>(key) {
        Some(index) => fields.value(index),
        None => key.through(|reference| get(fields, reference)),
    }
}

/// Two fields of a struct that are one field of the program, with different values.
pub fn conflict<F: Fields>(fields: &F, key: &FieldKey) -> Option<Conflict> {
    let mut carried = F::NAMES.iter().enumerate().filter_map(|(index, names)| {
        Some((index, *names.iter().find(|name| is_name_of(name, key))?))
    });
    let (first, name) = carried.next()?;
    let value = |index| format!("{:?}", fields.value(index));
    let known = value(first);
    let (_, other) = carried.find(|(index, _)| value(*index) != known)?;
    Some(Conflict { keys: (name.to_owned(), other.to_owned()) })
}

/// The field of a struct that bears one of a key's names: those spelled alike first.
fn position<F: Fields>(key: &FieldKey) -> Option<usize> {
    let bears = |wanted: &str| F::NAMES.iter().position(|names| names.contains(&wanted));
    key.names.iter().find_map(|name| bears(name)).or_else(|| {
        F::NAMES.iter().position(|names| names.iter().any(|name| is_name_of(name, key)))
    })
}

/// A struct's fields looked up beforehand in one module of a program: reading one then takes no
/// look at its name. [`crate::Program::bind`] makes it.
#[derive(Debug)]
pub struct Binding<F> {
    shape: Arc<Shape>,
    /// For each slot of the shape, the struct's field.
    slots: Vec<Option<u32>>,
    /// Whether two of the struct's fields are one field of the program.
    several: bool,
    fields: PhantomData<fn(&F)>,
}

impl<F: Fields> Binding<F> {
    pub(crate) fn new(shape: Arc<Shape>) -> Binding<F> {
        let mut slots: Vec<Option<u32>> = vec![None; shape.len()];
        let mut several = false;
        for (names, index) in F::NAMES.iter().zip(0..) {
            for slot in names.iter().filter_map(|name| shape.slot(name)) {
                several |= slots[slot as usize].is_some_and(|other| other != index);
                slots[slot as usize].get_or_insert(index);
            }
        }
        Binding { shape, slots, several, fields: PhantomData }
    }

    /// A struct as a record.
    pub fn record<'r>(&'r self, fields: &'r F) -> Bound<'r, F> {
        Bound { binding: self, fields }
    }

    /// The names of fields that the program's module has and the struct has not.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.shape.labels().filter(|(slot, _)| self.slot(*slot).is_none()).map(|(_, name)| name)
    }

    fn slot(&self, slot: u32) -> Option<u32> {
        self.slots.get(slot as usize).copied().flatten()
    }
}

/// A struct bound to a program, as a record.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'r, F> {
    binding: &'r Binding<F>,
    fields: &'r F,
}

impl<F: Fields> Record for Bound<'_, F> {
    #[inline]
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        if key.shape == self.binding.shape.id()
            && let Some(index) = self.binding.slot(key.slot)
        {
            return self.fields.value(index as usize);
        }
        get(self.fields, key)
    }

    #[inline]
    fn conflict(&self, key: &FieldKey) -> Option<Conflict> {
        if self.binding.several { conflict(self.fields, key) } else { None }
    }

    #[inline]
    fn may_conflict(&self) -> bool {
        self.binding.several
    }

    #[inline]
    fn symbol(&self, key: &FieldKey) -> Option<Symbol> {
        if key.shape != self.binding.shape.id() {
            return None;
        }
        self.fields.symbol(self.binding.slot(key.slot)? as usize)
    }
}

/// Values that are lent as they are.
macro_rules! as_value {
    ($($held:ty: $value:ident => $lent:expr),+ $(,)?) => {$(
        impl AsValue for $held {
            #[inline]
            fn as_value(&self) -> ValueRef<'_> {
                let $value = self;
                $lent
            }
        }
    )+};
}
as_value! {
    str: text => ValueRef::Text(text),
    String: text => ValueRef::Text(text),
    bool: ticked => ValueRef::Bool(*ticked),
    i8: number => ValueRef::Int(i64::from(*number)),
    i16: number => ValueRef::Int(i64::from(*number)),
    i32: number => ValueRef::Int(i64::from(*number)),
    i64: number => ValueRef::Int(*number),
    u8: number => ValueRef::Int(i64::from(*number)),
    u16: number => ValueRef::Int(i64::from(*number)),
    u32: number => ValueRef::Int(i64::from(*number)),
    u64: number => ValueRef::Number(Decimal::from(*number)),
    f64: number => ValueRef::from_float(number),
    Decimal: number => ValueRef::Number(*number),
    Date: date => ValueRef::Date(*date),
    LocalDateTime: local => ValueRef::DateTime(*local),
    Instant: instant => ValueRef::Instant(*instant),
    Moment: moment => match moment {
        Moment::Date(date) => ValueRef::Date(*date),
        Moment::Local(local) => ValueRef::DateTime(*local),
        Moment::Instant(instant) => ValueRef::Instant(*instant),
    },
    Value: value => value.as_ref(),
}

/// What points at a value is it.
macro_rules! pointers {
    ($($pointer:ty),+) => {$(
        impl<T: AsValue + ?Sized> AsValue for $pointer {
            #[inline]
            fn as_value(&self) -> ValueRef<'_> {
                (**self).as_value()
            }

            #[inline]
            fn symbol(&self) -> Option<Symbol> {
                (**self).symbol()
            }
        }
    )+};
}

pointers!(&T, Box<T>, Arc<T>);

impl AsValue for Interned {
    #[inline]
    fn as_value(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }

    #[inline]
    fn symbol(&self) -> Option<Symbol> {
        Some(Interned::symbol(self))
    }
}

impl AsValue for std::borrow::Cow<'_, str> {
    #[inline]
    fn as_value(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }
}

impl<T: AsValue> AsValue for Option<T> {
    /// Nothing is empty.
    #[inline]
    fn as_value(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Empty, AsValue::as_value)
    }

    #[inline]
    fn symbol(&self) -> Option<Symbol> {
        self.as_ref().and_then(AsValue::symbol)
    }
}

impl<T: AsValue + Debug> AsValue for Vec<T> {
    #[inline]
    fn as_value(&self) -> ValueRef<'_> {
        ValueRef::List(self)
    }
}

impl<T: AsValue + Debug> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn at(&self, index: usize) -> ValueRef<'_> {
        self.get(index).map_or(ValueRef::Empty, AsValue::as_value)
    }
}
