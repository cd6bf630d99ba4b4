//! Notes on the way what each name and value is taken for, where somebody wants to know.

use super::Checker;
use super::constant::read_tick;
use super::kind::Target;
use super::scope::{Found, Scope};
use crate::checked::Term;
use crate::checked::readings::{FieldId, Meaning, Reading, Readings};
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind, Name, PropertyKind, Type};
use crate::value::Value;

/// What was read so far; nothing where nobody wants to know.
#[derive(Debug, Default)]
pub(super) struct Noted(Option<Vec<Reading>>);

impl Noted {
    /// Notes everything from now on.
    pub(super) fn wanted() -> Noted {
        Noted(Some(Vec::new()))
    }

    /// What was noted.
    pub(super) fn finish(self) -> Readings {
        Readings::new(self.0.unwrap_or_default())
    }

    /// How many readings there are.
    pub(super) fn len(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }

    /// Takes away those after the first ones: an attempt that may not be taken.
    pub(super) fn split_off(&mut self, at: usize) -> Vec<Reading> {
        self.0.as_mut().map(|list| list.split_off(at.min(list.len()))).unwrap_or_default()
    }

    /// Puts back an attempt that was taken.
    pub(super) fn extend(&mut self, readings: Vec<Reading>) {
        if let Some(list) = &mut self.0 {
            list.extend(readings);
        }
    }
}

impl<'a> Checker<'a> {
    /// Notes what the declarations of modules name: other modules, ticks and dates by default.
    pub(super) fn declarations_read(&mut self, documents: &[ast::Document]) {
        for document in documents {
            for declaration in &document.declarations {
                if let DeclarationKind::Module(module) = &declaration.kind {
                    self.fields_read(&module.fields);
                }
            }
        }
    }

    fn fields_read(&mut self, fields: &[ast::Field]) {
        for field in fields {
            if let Type::Reference(name) | Type::Records(name) = &field.ty
                && let Some(module) = self.names.module(&name.text)
            {
                self.note(name.span, || Meaning::Module(module));
            }
            if let Type::Events(attributes) = &field.ty {
                self.fields_read(attributes);
            }
            let default = field.properties.iter().find_map(|property| match &property.kind {
                PropertyKind::Default(value) => Some(value),
                _ => None,
            });
            let Some(value) = default else { continue };
            match field.ty {
                Type::Checkbox => {
                    if let Some(ticked) = read_tick(value) {
                        self.note(value.span, || Meaning::Tick(ticked));
                    }
                }
                Type::Date | Type::DateTime => self.note(value.span, || Meaning::Time),
                _ => self.note(value.span, || Meaning::Value(None)),
            }
        }
    }

    /// Notes what stands at a place; what is noted later of the same place holds.
    pub(super) fn note(&mut self, span: Span, meaning: impl FnOnce() -> Meaning) {
        if let Some(list) = &mut self.noted.0 {
            list.push(Reading { span, meaning: meaning() });
        }
    }

    /// What a name means, noted: see [`Checker::resolve`].
    pub(super) fn field(&mut self, scope: &Scope, name: &Name) -> Option<Found<'a>> {
        let found = self.resolve(scope, &name.text)?;
        self.note_field(name.span, &found);
        Some(found)
    }

    /// Notes that a place names a field.
    pub(super) fn note_field(&mut self, span: Span, found: &Found<'a>) {
        self.note(span, || Meaning::Field(FieldId::path(&found.field.key)));
    }

    /// Notes a constant that the type of a field (or of what is computed) read.
    pub(super) fn note_constant(&mut self, span: Span, target: &Target<'_>, term: &Term) {
        self.note(span, || match term {
            Term::Const(Value::Bool(ticked)) => Meaning::Tick(*ticked),
            Term::Time(_) => Meaning::Time,
            _ => Meaning::Value(target.field.map(|field| FieldId::of(&field.key))),
        });
    }
}
