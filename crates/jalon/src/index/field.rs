//! Reading a field once for everything that the rules ask of it.

use super::bounds::Bounds;
use super::build::{FieldBuild, NONE};
use super::intern::Interner;
use super::layout::Keys;
use super::literals::Literals;
use super::tests_of::key;
use super::verify::{NOTHING, State};
use crate::checked::{Domain, FieldRef};
use crate::plan::lower::mode;
use crate::schema::TextMode;
use crate::value::fold::fold_into;
use crate::value::read::{self, NumberText, decimal_text};
use crate::value::typed::{self, Typed};
use crate::value::{Clock, Record, ValueRef};

/// A field that rules read.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) source: FieldRef,
    slot: usize,
    empty: Option<usize>,
    symbols: Interner,
    pub(super) literals: Literals,
    /// Whether literals are looked for in every record, and not only where a rule comes down to
    /// one.
    eager: bool,
    /// Whether there is any literal.
    searched: bool,
    bounds: Option<Bounds>,
    folds: bool,
}

impl Field {
    pub(super) fn new(mut field: FieldBuild, bounds: Option<Bounds>, keys: &Keys) -> Field {
        field.symbols.shrink();
        let found_by = |number: &u32| keys.literals[*number as usize] != NONE;
        let keyed = field.known.iter().flat_map(|known| &known.numbers).any(found_by);
        let text = matches!(field.source.domain, Domain::Text(_));
        let literals = Literals::new(field.known);
        Field {
            slot: field.slot as usize,
            empty: field.empty.map(|slot| slot as usize),
            eager: keyed || !text,
            folds: field.symbols.len() > 0 || !literals.is_empty(),
            searched: !literals.is_empty(),
            symbols: field.symbols,
            source: field.source,
            literals,
            bounds,
        }
    }

    /// Reads the field of a record: its position, its moment, its literals.
    pub(super) fn read(
        &self,
        number: usize,
        record: &dyn Record,
        clock: &Clock,
        strict: bool,
        state: &mut State,
    ) {
        let value = record.get(&self.source.key);
        state.positions[self.slot] = NONE;
        state.moments[number] = NOTHING;
        state.searched[number] = true;
        let typed = self.typed(number, value, clock, state);
        if let Some(slot) = self.empty {
            state.positions[slot] = u32::from(matches!(typed, Typed::Absent | Typed::Empty));
        }
        let ambiguous =
            self.source.key.names.len() > 1 && record.conflict(&self.source.key).is_some();
        let wrong = matches!(typed, Typed::Wrong)
            || ambiguous
            || (strict && matches!(value, ValueRef::Absent));
        state.wrong[number] = wrong;
        state.any_wrong |= wrong;
    }

    fn typed(
        &self,
        number: usize,
        value: ValueRef<'_>,
        clock: &Clock,
        state: &mut State,
    ) -> Typed<()> {
        let mut digits = NumberText::default();
        match self.source.domain {
            Domain::Text(mode) => {
                typed::text(value, &mut digits).map(|text| self.text(number, text, mode, state))
            }
            Domain::Reference(mode) => typed::reference(value).map(|reference| {
                reference.any(|text| {
                    self.search_folded(text, mode, state);
                    false
                });
            }),
            Domain::Set(mode) => typed::set(value)
                .map(|items| items.for_each(|item| self.search_folded(item, mode, state))),
            Domain::Number => {
                let position = match (typed::whole(&value), &self.bounds) {
                    (Some(whole), Some(bounds)) => Typed::Value(bounds.position_of_whole(whole)),
                    (_, bounds) => typed::number(value)
                        .map(|number| bounds.as_ref().map_or(NONE, |b| b.position(number))),
                };
                position.map(|position| state.positions[self.slot] = position)
            }
            Domain::Checkbox => {
                let ticked = typed::checkbox(value);
                state.positions[self.slot] = match ticked {
                    Typed::Value(ticked) => u32::from(ticked),
                    Typed::Absent | Typed::Empty => 0,
                    Typed::Wrong => NONE,
                };
                ticked.map(|_| ())
            }
            Domain::Date => typed::date(value, clock.zone).map(|date| {
                let day = i64::from(date.days());
                state.moments[number] = day;
                if let Some(bounds) = &self.bounds {
                    state.positions[self.slot] = bounds.position_of_whole(day);
                }
            }),
            Domain::DateTime => typed::date_time(value, clock.zone)
                .map(|instant| state.moments[number] = instant.micros()),
            Domain::Records => typed::records(value).map(|_| ()),
            Domain::Dynamic => self.dynamic(value, state),
        }
    }

    #[inline]
    fn text(&self, number: usize, text: &str, mode: TextMode, state: &mut State) {
        if !self.folds {
            return;
        }
        fold_into(text, mode, &mut state.folded[number]);
        let folded = state.folded[number].as_bytes();
        state.positions[self.slot] = self.symbols.get(folded).unwrap_or(NONE);
        if self.eager {
            let hits = &mut state.hits;
            self.literals.each(folded, &mut |literal| hits.hit(literal));
        } else {
            state.searched[number] = !self.searched;
        }
    }

    /// Looks for the literals of the field in its text, where a rule comes down to one.
    #[inline(never)]
    pub(super) fn search(&self, number: usize, state: &mut State) {
        let State { hits, folded, .. } = state;
        self.literals.each(folded[number].as_bytes(), &mut |literal| hits.hit(literal));
        state.searched[number] = true;
    }

    /// Looks for literals in one of several texts.
    fn search_folded(&self, text: &str, mode: TextMode, state: &mut State) {
        let State { hits, buffer, .. } = state;
        fold_into(text, mode, buffer);
        self.literals.each(buffer.as_bytes(), &mut |literal| hits.hit(literal));
    }

    /// Notes the keys of a value without a declared type.
    fn dynamic(&self, value: ValueRef<'_>, state: &mut State) -> Typed<()> {
        let empty = typed::is_empty(value);
        if self.searched {
            self.dynamic_keys(value, empty, state);
        }
        match value {
            ValueRef::Absent => Typed::Absent,
            _ if empty => Typed::Empty,
            ValueRef::Invalid(_) => Typed::Wrong,
            _ => Typed::Value(()),
        }
    }

    fn dynamic_keys(&self, value: ValueRef<'_>, empty: bool, state: &mut State) {
        let mode = mode(Domain::Dynamic);
        let equal = |text: &[u8], state: &mut State| {
            let hits = &mut state.hits;
            self.literals.equal(text, &mut |literal| hits.hit(literal));
        };
        // A text may be equal, which its mark says, or be searched.
        let text = |text: &str, state: &mut State| {
            self.search_folded(text, mode, state);
            state.buffer.insert(0, char::from(key::TEXT));
            let State { hits, buffer, .. } = state;
            self.literals.equal(buffer.as_bytes(), &mut |literal| hits.hit(literal));
        };
        let tick = |ticked: bool| if ticked { key::TICKED } else { key::NOT_TICKED };
        match value {
            _ if empty => equal(key::NOT_TICKED, state),
            ValueRef::Text(spelled) => {
                text(spelled, state);
                if let Some(ticked) = read::tick(spelled) {
                    equal(tick(ticked), state);
                }
                if read::iso(spelled).is_some() {
                    equal(key::MOMENT, state);
                }
            }
            ValueRef::Int(whole) => self.number_key(whole.into(), state),
            ValueRef::Number(number) => self.number_key(number, state),
            ValueRef::Bool(ticked) => equal(tick(ticked), state),
            ValueRef::Date(_) | ValueRef::DateTime(_) | ValueRef::Instant(_) => {
                equal(key::MOMENT, state);
            }
            ValueRef::List(_) => {
                if let Typed::Value(items) = typed::set(value) {
                    items.for_each(|item| text(item, state));
                }
            }
            ValueRef::Record(_) => {
                if let Typed::Value(reference) = typed::reference(value) {
                    reference.any(|spelled| {
                        text(spelled, state);
                        false
                    });
                }
            }
            ValueRef::Absent | ValueRef::Empty | ValueRef::Invalid(_) => {}
        }
    }

    fn number_key(&self, number: rust_decimal::Decimal, state: &mut State) {
        let mut digits = NumberText::default();
        let State { hits, buffer, .. } = state;
        buffer.clear();
        buffer.push(char::from(key::NUMBER));
        buffer.push_str(decimal_text(number.normalize(), &mut digits));
        self.literals.equal(buffer.as_bytes(), &mut |literal| hits.hit(literal));
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        size_of::<Field>()
            + self.symbols.size()
            + self.literals.size()
            + self.bounds.as_ref().map_or(0, Bounds::size)
    }
}
