//! What names belong to at a place: the fields of the record at hand.

use jalon::checked::CheckedProgram;
use jalon::schema::{Field, FieldType, ModuleId};
use jalon::value::fold::same_name;

/// The records around a place, the one at hand last.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a>(pub(super) Vec<Frame<'a>>);

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame<'a> {
    /// A record of a module.
    Module(ModuleId),
    /// An event of a list.
    Events(&'a [Field]),
}

impl<'a> Scope<'a> {
    /// The fields at hand.
    pub(super) fn fields(&self, program: &'a CheckedProgram) -> &'a [Field] {
        match self.0.last() {
            Some(Frame::Module(id)) => program.schema.module(*id).map_or(&[], |m| &m.fields),
            Some(Frame::Events(fields)) => fields,
            None => &[],
        }
    }

    /// The module of the outermost record.
    pub(super) fn module(&self) -> Option<ModuleId> {
        self.0.iter().find_map(|frame| match frame {
            Frame::Module(id) => Some(*id),
            Frame::Events(_) => None,
        })
    }

    /// A field by name, also through references, also with its module's name before it.
    pub(super) fn field(&self, program: &'a CheckedProgram, name: &str) -> Option<&'a Field> {
        let name = name.trim().trim_matches(['"', '«', '»']).trim();
        let own = self.fields(program).iter().find(|field| named(field, name));
        if own.is_some() || name.is_empty() {
            return own;
        }
        name.match_indices('.').find_map(|(at, _)| {
            let (first, rest) = (&name[..at], &name[at + 1..]);
            Scope(vec![self.step(program, first)?]).field(program, rest)
        })
    }

    /// What stands behind `name.`: the records of a reference, or of a module around.
    pub(super) fn step(&self, program: &'a CheckedProgram, name: &str) -> Option<Frame<'a>> {
        let name = name.trim();
        if let Some((first, rest)) = name.split_once('.') {
            return Scope(vec![self.step(program, first)?]).step(program, rest);
        }
        let field = self.fields(program).iter().find(|field| named(field, name));
        if let Some(frame) = field.and_then(frame_of) {
            return Some(frame);
        }
        let module = program.names.module(name)?;
        Some(Frame::Module(module))
    }

    /// The same with what a list holds inside.
    pub(super) fn inside(&self, program: &'a CheckedProgram, list: &str) -> Scope<'a> {
        let list = list.trim().split_once('.').map_or(list, |(first, _)| first);
        let mut inner = self.clone();
        if let Some(frame) = self.step(program, list) {
            inner.0.push(frame);
        }
        inner
    }
}

/// What a field leads to.
fn frame_of(field: &Field) -> Option<Frame<'_>> {
    match &field.ty {
        FieldType::Reference(module) | FieldType::Records(module) => Some(Frame::Module(*module)),
        FieldType::Events(fields) => Some(Frame::Events(fields)),
        _ => None,
    }
}

pub(super) fn named(field: &Field, name: &str) -> bool {
    field.key.names.iter().any(|own| same_name(own, name))
}
