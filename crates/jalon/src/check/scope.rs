//! What a name means where it stands: the record at hand, the records around it, their paths.

use smallvec::SmallVec;

use super::Checker;
use crate::checked::names::{Attributes, fold, keys};
use crate::checked::{Domain, FieldRef, On};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::UNKNOWN_FIELD;
use crate::schema::{Field, FieldType, ModuleId};
use crate::syntax::ast::Name;
use crate::value::FieldKey;

/// A path goes through at most this many references.
const MAX_PATH: usize = 8;

/// The records that a name may belong to, the one at hand last.
#[derive(Clone, Debug)]
pub(super) struct Scope(SmallVec<[Frame; 2]>);

/// One of them.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    /// A record of a declared module.
    Record(ModuleId),
    /// An event of any list of a declared module.
    AnyEvent(ModuleId),
    /// An event of one list, by the field's shape and slot.
    Event((u32, u32)),
    /// Something undeclared.
    Dynamic {
        /// Of its names, in [`crate::checked::Names::dynamic`].
        key: String,
        /// Qualifies names: `Prospects.Pays`.
        on: On,
    },
}

/// A field found by name.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    pub(super) field: FieldRef,
    /// Its declaration, if there is one.
    pub(super) declared: Option<&'a Field>,
    /// The formula that computes it, and the references it is read through.
    pub(super) formula: Option<u32>,
    through: Vec<FieldKey>,
}

impl Found<'_> {
    /// The references that a formula is read through, outermost first.
    pub(super) fn through(&self) -> &[FieldKey] {
        &self.through
    }

    /// Whether it is read through a reference.
    pub(super) fn is_far(&self) -> bool {
        self.field.key.path.is_some()
    }
}

impl Frame {
    /// A record of a module.
    pub(super) fn of(on: On) -> Frame {
        match on {
            On::Declared(module) => Frame::Record(module),
            On::Any | On::Named(_) => Frame::Dynamic { key: on.open().to_owned(), on },
        }
    }
}

impl Scope {
    pub(super) fn record(module: ModuleId) -> Scope {
        Scope(SmallVec::from_iter([Frame::Record(module)]))
    }

    /// A record of a module.
    pub(super) fn on_module(on: On) -> Scope {
        Scope::of(Frame::of(on))
    }

    /// Only the record of a frame.
    pub(super) fn of(frame: Frame) -> Scope {
        Scope(SmallVec::from_iter([frame]))
    }

    /// The same with a record inside.
    pub(super) fn with(&self, frame: Frame) -> Scope {
        let mut frames = self.0.clone();
        frames.push(frame);
        Scope(frames)
    }

    /// The module of the outermost record.
    pub(super) fn on(&self) -> On {
        match self.0.first() {
            Some(Frame::Record(module)) => On::Declared(*module),
            Some(Frame::Dynamic { on, .. }) => on.clone(),
            _ => On::Any,
        }
    }

    /// Likewise, where it is declared.
    pub(super) fn module(&self) -> Option<ModuleId> {
        match self.0.first() {
            Some(Frame::Record(module)) => Some(*module),
            _ => None,
        }
    }

    /// The declared module of the record at hand.
    pub(super) fn innermost(&self) -> Option<ModuleId> {
        match self.0.last() {
            Some(Frame::Record(module)) => Some(*module),
            _ => None,
        }
    }

    /// Whether the names of the record at hand are not declared.
    pub(super) fn is_dynamic(&self, checker: &Checker<'_>) -> bool {
        match self.0.last() {
            Some(Frame::Record(_)) | None => false,
            Some(Frame::Dynamic { .. }) => true,
            Some(frame) => checker.attributes(frame).is_none_or(|a| a.open),
        }
    }

    fn frames(&self) -> impl Iterator<Item = (u8, &Frame)> {
        self.0.iter().rev().enumerate().map(|(depth, frame)| (depth as u8, frame))
    }
}

impl<'a> Checker<'a> {
    /// A field of something undeclared: equal names share a slot.
    pub(super) fn dynamic_field(&mut self, key: &str, name: &str) -> FieldKey {
        let folded = fold(name);
        let known = self.names.dynamic.get(key);
        if let Some((shape, slot)) = known.and_then(|s| Some((s.shape, *s.slots.get(&folded)?))) {
            return keys(shape, slot, vec![name.to_owned()]);
        }
        if !self.new_names.contains_key(key) {
            let shape =
                crate::checked::names::DynamicShape { shape: self.shapes, ..Default::default() };
            self.shapes += 1;
            self.new_names.insert(key.to_owned(), shape);
        }
        let Some(shape) = self.new_names.get_mut(key) else {
            return keys(u32::MAX, 0, vec![name.to_owned()]);
        };
        let next = shape.slots.len() as u32;
        let slot = *shape.slots.entry(folded).or_insert(next);
        keys(shape.shape, slot, vec![name.to_owned()])
    }

    pub(super) fn attributes(&self, frame: &Frame) -> Option<&'a Attributes> {
        match frame {
            Frame::AnyEvent(module) => self.names.events.get(module.0 as usize),
            Frame::Event(list) => self.names.event_lists.get(list),
            _ => None,
        }
    }

    /// What a name means: a field of the record at hand, a path from it, or a field of one of
    /// the records around it that its module's name qualifies.
    pub(super) fn resolve(&mut self, scope: &Scope, name: &str) -> Option<Found<'a>> {
        let name = name.trim();
        let dynamic = scope.is_dynamic(self);
        if !dynamic && let Some(found) = self.in_frame(scope, 0, name) {
            return Some(found);
        }
        if let Some(found) = self.qualified(scope, name) {
            return Some(found);
        }
        if dynamic { self.in_frame(scope, 0, name) } else { None }
    }

    /// A field that its module's name qualifies: `Prospects.Pays`.
    pub(super) fn qualified(&mut self, scope: &Scope, name: &str) -> Option<Found<'a>> {
        for (at, _) in name.match_indices('.').take(MAX_PATH) {
            let (module, field) = (name[..at].trim(), name[at + 1..].trim());
            if module.is_empty() || field.is_empty() {
                continue;
            }
            let folded = fold(module);
            let id = self.names.modules.get(&folded).copied();
            let depth = scope.frames().find_map(|(depth, frame)| {
                let same = match frame {
                    Frame::Record(module) => Some(*module) == id,
                    Frame::Dynamic { on: on @ On::Named(_), .. } => on.open() == folded,
                    _ => false,
                };
                same.then_some(depth)
            });
            if let Some(found) = depth.and_then(|depth| self.in_frame(scope, depth, field)) {
                return Some(found);
            }
        }
        None
    }

    fn in_frame(&mut self, scope: &Scope, depth: u8, name: &str) -> Option<Found<'a>> {
        let frame = scope.frames().nth(usize::from(depth)).map(|(_, frame)| frame.clone())?;
        let mut found = match frame {
            Frame::Record(module) => self.field_of(module, name, MAX_PATH)?,
            Frame::Dynamic { key, .. } => self.undeclared(&key, name, MAX_PATH),
            Frame::AnyEvent(_) | Frame::Event(_) => {
                let attributes = self.attributes(&frame)?;
                match attributes.get(name) {
                    Some(field) => self.declared(field),
                    None if attributes.open => {
                        let key = attributes.fields.first().map_or(0, |f| f.key.shape);
                        self.undeclared(&format!("événement {key}"), name, MAX_PATH)
                    }
                    None => return None,
                }
            }
        };
        found.field.depth = depth;
        Some(found)
    }

    pub(super) fn declared(&mut self, field: &'a Field) -> Found<'a> {
        let formula = match field.ty {
            FieldType::Formula(number) => Some(number),
            _ => None,
        };
        let field_ref = FieldRef {
            depth: 0,
            key: field.key.clone(),
            domain: self.domain_of(field),
            personal: field.personal,
        };
        Found { field: field_ref, declared: Some(field), formula, through: Vec::new() }
    }

    fn undeclared(&mut self, key: &str, name: &str, paths: usize) -> Found<'a> {
        let mut field = self.dynamic_field(key, name);
        if let Some((first, rest)) = name.split_once('.') {
            let (first, rest) = (first.trim(), rest.trim());
            if paths > 0 && !first.is_empty() && !rest.is_empty() {
                let reference = self.dynamic_field(key, first);
                let inner = self.undeclared(&fold(first), rest, paths - 1);
                field.path = Some(Box::new((reference, inner.field.key)));
            }
        }
        let field = FieldRef { depth: 0, key: field, domain: Domain::Dynamic, personal: false };
        Found { field, declared: None, formula: None, through: Vec::new() }
    }

    /// A field of a declared module, or a path through its references.
    fn field_of(&mut self, module: ModuleId, name: &str, paths: usize) -> Option<Found<'a>> {
        if let Some(field) = self.names.field(self.schema, module, name) {
            return Some(self.declared(field));
        }
        for (at, _) in name.match_indices('.').take(paths) {
            let (first, rest) = (name[..at].trim(), name[at + 1..].trim());
            let Some(reference) = self.names.field(self.schema, module, first) else { continue };
            let inner = match reference.ty {
                FieldType::Reference(target) => match self.schema.module(target) {
                    Some(target) if target.open => {
                        self.undeclared(&fold(&target.name), rest, paths - 1)
                    }
                    _ => match self.field_of(target, rest, paths - 1) {
                        Some(inner) => inner,
                        None => continue,
                    },
                },
                FieldType::User if !rest.is_empty() => {
                    self.undeclared("utilisateur", rest, paths - 1)
                }
                _ => continue,
            };
            return Some(self.through(module, reference, inner));
        }
        None
    }

    /// A field of the record that a reference of a module's record names: `Compte.Type`. The
    /// module's own name may stand before it.
    pub(super) fn referenced(
        &mut self,
        module: ModuleId,
        name: &str,
    ) -> Option<(&'a Field, ModuleId, Found<'a>)> {
        let qualified = name.split_once('.').filter(|(first, _)| {
            let own = self.names.module(first.trim()) == Some(module);
            own && self.names.field(self.schema, module, first).is_none()
        });
        let name = qualified.map_or(name, |(_, rest)| rest);
        for (at, _) in name.match_indices('.').take(MAX_PATH) {
            let (first, rest) = (name[..at].trim(), name[at + 1..].trim());
            let Some(reference) = self.names.field(self.schema, module, first) else { continue };
            let FieldType::Reference(target) = reference.ty else { continue };
            let inner = match self.schema.module(target) {
                Some(open) if open.open => {
                    Some(self.undeclared(&fold(&open.name), rest, MAX_PATH - 1))
                }
                _ => self.field_of(target, rest, MAX_PATH - 1),
            };
            if let Some(inner) = inner {
                return Some((reference, target, inner));
            }
        }
        None
    }

    /// The field of a path: read under the path's own name, else through the reference.
    fn through(&mut self, module: ModuleId, reference: &Field, mut inner: Found<'a>) -> Found<'a> {
        let label = |key: &FieldKey| key.names.first().cloned().unwrap_or_default();
        let whole = format!("{}.{}", label(&reference.key), label(&inner.field.key));
        let mut field = self.dynamic_field(&format!("chemin {}", module.0), &whole);
        let names = reference.key.names.iter().flat_map(|first| {
            inner.field.key.names.iter().map(move |rest| format!("{first}.{rest}"))
        });
        let names: Vec<String> = names.take(16).collect();
        field = keys(field.shape, field.slot, names);
        field.path = Some(Box::new((reference.key.clone(), inner.field.key.clone())));
        inner.field.key = field;
        inner.field.personal |= reference.personal;
        inner.through.insert(0, reference.key.clone());
        inner
    }

    /// Reports a name that is no field, with the nearest one that is.
    pub(super) fn unknown_field(&mut self, scope: &Scope, name: &Name) {
        let (module, near) = self.nearest_field(scope, &name.text);
        let error = Diagnostic::new(&UNKNOWN_FIELD, name.span).arg("name", &name.text);
        self.report(error.arg("module", module).suggest(near));
    }

    /// What an unknown name should belong to, and its field nearest to that name.
    pub(super) fn nearest_field(&mut self, scope: &Scope, name: &str) -> (String, Option<String>) {
        let Some(last) = scope.0.last() else { return (String::new(), None) };
        let (frame, path, rest) = self.blamed(scope, last.clone(), name);
        let fields: &[Field] = match &frame {
            Frame::Record(module) => self.schema.module(*module).map_or(&[], |m| &m.fields),
            frame => self.attributes(frame).map_or(&[], |a| &a.fields),
        };
        let names = fields.iter().flat_map(|f| f.key.names.iter().map(String::as_str));
        let near = self.found.near(rest, names).map(|near| format!("{path}{near}"));
        (self.frame_name(&frame), near.or_else(|| self.nearly_qualified(scope, name)))
    }

    /// `Prospects.Nom` where `Prospect.Nom` is written.
    fn nearly_qualified(&mut self, scope: &Scope, name: &str) -> Option<String> {
        let (written, field) = name.split_once('.')?;
        let module = scope.module()?;
        self.names.field(self.schema, module, field)?;
        let module = self.schema.module(module)?;
        let names = std::iter::once(&module.name).chain(&module.aliases);
        let near = self.found.near(written.trim(), names.map(String::as_str))?;
        Some(format!("{near}.{}", field.trim()))
    }

    /// Which record an unknown name must be blamed on, and which part of it: for `Compte.X` the
    /// account and `X`.
    fn blamed<'n>(
        &self,
        scope: &Scope,
        mut frame: Frame,
        name: &'n str,
    ) -> (Frame, &'n str, &'n str) {
        let mut from = 0;
        for (at, _) in name.match_indices('.').take(MAX_PATH) {
            let first = name[from..at].trim();
            let qualified = self.names.module(first).filter(|_| from == 0);
            let outer = scope.frames().find_map(|(_, f)| match f {
                Frame::Record(module) if Some(*module) == qualified => Some(*module),
                _ => None,
            });
            let reference = match frame {
                Frame::Record(module) => self.names.field(self.schema, module, first),
                _ => None,
            };
            let target = match reference.map(|field| &field.ty) {
                Some(FieldType::Reference(target)) => Some(*target),
                _ => outer,
            };
            let Some(target) = target else { break };
            frame = Frame::Record(target);
            from = at + 1;
        }
        (frame, &name[..from], &name[from..])
    }

    /// The name of a record's module, or of an event's fields, for messages.
    fn frame_name(&self, frame: &Frame) -> String {
        let fields = self.schema.modules.iter().flat_map(|m| &m.fields);
        match frame {
            Frame::Record(module) => {
                self.schema.module(*module).map_or_else(String::new, |m| m.name.clone())
            }
            Frame::Event(list) => {
                let mut field = fields.filter(|f| (f.key.shape, f.key.slot) == *list);
                field.next().map_or_else(String::new, |f| f.name().to_owned())
            }
            Frame::AnyEvent(module) => {
                let fields = self.schema.module(*module).map_or(&[][..], |m| &m.fields);
                let events = fields.iter().filter(|f| matches!(f.ty, FieldType::Events(_)));
                events.map(Field::name).take(5).collect::<Vec<_>>().join(", ")
            }
            Frame::Dynamic { on, .. } => on.name(self.schema).unwrap_or_default().to_owned(),
        }
    }
}
