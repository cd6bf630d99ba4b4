//! Gathers definitions from the documents and uses from what names were read as.

use std::ops::Range;

use jalon::checked::readings::{FieldId, Meaning, Reading};
use jalon::program::Draft;
use jalon::schema::{self, FieldType, ModuleId};
use jalon::source::Span;
use jalon::syntax::ast::{self, DeclarationKind, Name, Type};
use jalon::value::fold::{TextMode, fold, same_name};
use rustc_hash::FxHashMap;

use super::super::names::{inside, plain, trimmed};
use super::{Definition, FieldPlace, Index, Kind, Occurrence, Role, SourceFile, Target};

pub(super) fn build(draft: &Draft, files: &[SourceFile]) -> Index {
    let mut builder = Builder {
        draft,
        files,
        index: Index::default(),
        rules: draft.checked.rules.iter().enumerate().map(|(i, r)| (r.span, i as u32)).collect(),
        constants: FxHashMap::default(),
        transitions: FxHashMap::default(),
        comments: FxHashMap::default(),
    };
    builder.fields();
    for document in &draft.documents {
        builder.document(document);
    }
    for reading in draft.readings.iter() {
        builder.reading(reading);
    }
    builder.finish()
}

/// The index being built.
struct Builder<'a> {
    draft: &'a Draft,
    files: &'a [SourceFile],
    index: Index,
    /// By where their names stand.
    rules: FxHashMap<Span, u32>,
    constants: FxHashMap<String, u32>,
    transitions: FxHashMap<String, u32>,
    /// The comments of the document at hand by their line, and whether they stand alone on it.
    comments: FxHashMap<usize, (String, bool)>,
}

/// What is declared, before it has a number.
struct New<'a> {
    target: Target,
    kind: Kind,
    name: &'a Name,
    span: Span,
    doc: Vec<String>,
    parent: Option<u32>,
}

/// A name as it is looked up.
fn key(name: &str) -> String {
    fold(name, TextMode::default()).into_owned()
}

impl Builder<'_> {
    /// Where the fields of the schema are.
    fn fields(&mut self) {
        for (module, declared) in self.draft.checked.schema.modules.iter().enumerate() {
            for (field, declared) in declared.fields.iter().enumerate() {
                let place = FieldPlace { module, field, attribute: None };
                self.index.fields.insert(FieldId::of(&declared.key), place);
                if let FieldType::Events(attributes) = &declared.ty {
                    for (at, attribute) in attributes.iter().enumerate() {
                        let place = FieldPlace { module, field, attribute: Some(at) };
                        self.index.fields.entry(FieldId::of(&attribute.key)).or_insert(place);
                    }
                }
            }
        }
    }

    fn document(&mut self, document: &ast::Document) {
        self.comments.clear();
        if let Some(file) = self.files.get(document.source.0 as usize) {
            for comment in &document.comments {
                let start = comment.span.start as usize;
                let line = file.text.line_of(start);
                let before = file.text.as_str().get(file.text.line_start(line)..start);
                let alone = before.is_some_and(|before| before.trim().is_empty());
                self.comments.insert(line, (comment.text.clone(), alone));
            }
        }
        for declaration in &document.declarations {
            self.declaration(declaration);
        }
    }

    fn declaration(&mut self, declaration: &ast::Declaration) {
        let checked = &self.draft.checked;
        let other = self.other();
        let (target, kind, name) = match &declaration.kind {
            DeclarationKind::Module(module) => return self.module(declaration, module),
            DeclarationKind::Blueprint(blueprint) => return self.blueprint(declaration, blueprint),
            DeclarationKind::Score(score) => return self.score(declaration, score),
            DeclarationKind::Constant(constant) => {
                let next = self.constants.len() as u32;
                let number = *self.constants.entry(key(&constant.name.text)).or_insert(next);
                (Target::Constant(number), Kind::Constant, &constant.name)
            }
            DeclarationKind::Rule(rule) => {
                let target = self.rules.get(&rule.name.span).map_or(other, |n| Target::Rule(*n));
                (target, Kind::Rule, &rule.name)
            }
            DeclarationKind::Webhook(webhook) => {
                let number = checked.names.webhook(&webhook.name.text);
                (number.map_or(other, Target::Webhook), Kind::Other, &webhook.name)
            }
            DeclarationKind::Calendar(calendar) => {
                let named = |c: &jalon::checked::Calendar| same_name(&c.name, &calendar.name.text);
                let number = checked.calendars.iter().position(named).map(|at| at as u32);
                (number.map_or(other, Target::Calendar), Kind::Other, &calendar.name)
            }
            DeclarationKind::Approval(approval) => (other, Kind::Other, &approval.name),
            DeclarationKind::Schedule(schedule) => (other, Kind::Other, &schedule.name),
            DeclarationKind::Test(test) => (other, Kind::Test, &test.name),
            _ => return self.nameless(declaration, other),
        };
        self.define(declaration, target, kind, name);
    }

    /// The target of what nothing names.
    fn other(&self) -> Target {
        Target::Other(self.index.definitions.len() as u32)
    }

    /// A declaration without a name is shown by its first line.
    fn nameless(&mut self, declaration: &ast::Declaration, target: Target) {
        let text = self.draft.sources.slice(declaration.span);
        let line = text.lines().next().unwrap_or("").trim_end();
        let end = declaration.span.start + line.len() as u32;
        let name_span = Span { end, ..declaration.span };
        self.index.definitions.push(Definition {
            target,
            kind: Kind::Other,
            name: line.chars().take(60).collect(),
            name_span,
            span: declaration.span,
            doc: declaration.doc.clone(),
            parent: None,
        });
    }

    fn module(&mut self, declaration: &ast::Declaration, module: &ast::Module) {
        let Some(id) = self.draft.checked.names.module(&module.name.text) else { return };
        let target = Target::Module(id.0);
        let parent = self.define(declaration, target, Kind::Module, &module.name);
        for alias in &module.aliases {
            self.occurs(alias.span, target, Role::Alias);
        }
        for field in &module.fields {
            let checked = &self.draft.checked;
            let known = checked.names.field(&checked.schema, id, &field.name.text);
            if let Some(known) = known {
                self.field(parent, field, known);
            }
        }
    }

    fn field(&mut self, parent: u32, field: &ast::Field, known: &schema::Field) {
        let id = FieldId::of(&known.key);
        let this = self.push(New {
            target: Target::Field(id),
            kind: Kind::Field,
            name: &field.name,
            span: field.span,
            doc: self.doc_at(field.span),
            parent: Some(parent),
        });
        for alias in &field.aliases {
            self.occurs(alias.span, Target::Field(id), Role::Alias);
        }
        match (&field.ty, &known.ty) {
            (Type::Picklist(values) | Type::MultiPicklist(values), _) => {
                for name in values {
                    let next = self.index.values.len() as u32;
                    let value = self.index.values.entry((id, key(&name.text)));
                    let target = Target::Value(*value.or_insert(next));
                    let (kind, span, doc) = (Kind::Value, name.span, Vec::new());
                    self.push(New { target, kind, name, span, doc, parent: Some(this) });
                }
            }
            (Type::Events(written), FieldType::Events(attributes)) => {
                for field in written {
                    let same = |a: &&schema::Field| same_name(a.name(), &field.name.text);
                    if let Some(known) = attributes.iter().find(same) {
                        self.field(this, field, known);
                    }
                }
            }
            _ => {}
        }
    }

    fn score(&mut self, declaration: &ast::Declaration, score: &ast::Score) {
        let number = self.draft.checked.names.score(&score.name.text);
        let target = number.map_or_else(|| self.other(), Target::Score);
        let parent = Some(self.define(declaration, target, Kind::Score, &score.name));
        for group in &score.groups {
            let ends = group.lines.last().map_or(group.span, |line| line.span);
            let (target, kind, name) = (self.other(), Kind::Group, &group.name);
            let (span, doc) = (group.span.to(ends), self.doc_at(group.span));
            self.push(New { target, kind, name, span, doc, parent });
        }
    }

    fn blueprint(&mut self, declaration: &ast::Declaration, blueprint: &ast::Blueprint) {
        let parent = Some(self.define(declaration, self.other(), Kind::Blueprint, &blueprint.name));
        let children = blueprint.transitions.iter().flat_map(|t| &t.children);
        for transition in blueprint.transitions.iter().chain(children) {
            let next = self.transitions.len() as u32;
            let number = *self.transitions.entry(key(&transition.name.text)).or_insert(next);
            let (target, kind) = (Target::Transition(number), Kind::Transition);
            let (name, span, doc) =
                (&transition.name, transition.span, self.doc_at(transition.span));
            self.push(New { target, kind, name, span, doc, parent });
        }
    }

    fn define(&mut self, d: &ast::Declaration, target: Target, kind: Kind, name: &Name) -> u32 {
        self.push(New { target, kind, name, span: d.span, doc: d.doc.clone(), parent: None })
    }

    fn push(&mut self, new: New<'_>) -> u32 {
        self.occurs(new.name.span, new.target, Role::Declared);
        self.index.definitions.push(Definition {
            target: new.target,
            kind: new.kind,
            name: new.name.text.clone(),
            name_span: new.name.span,
            span: new.span.to(new.name.span),
            doc: new.doc,
            parent: new.parent,
        });
        self.index.definitions.len() as u32 - 1
    }

    /// The comments directly above a line, or at its end.
    fn doc_at(&self, span: Span) -> Vec<String> {
        let Some(file) = self.files.get(span.source.0 as usize) else { return Vec::new() };
        let line = file.text.line_of(span.start as usize);
        if let Some((text, false)) = self.comments.get(&line) {
            return vec![text.clone()];
        }
        let above = (0..line).rev().map_while(|line| match self.comments.get(&line) {
            Some((text, true)) => Some(text.clone()),
            _ => None,
        });
        let mut doc: Vec<String> = above.collect();
        doc.reverse();
        doc
    }

    fn occurs(&mut self, span: Span, target: Target, role: Role) {
        self.index.occurrences.push(Occurrence { span, target, role });
    }

    fn reading(&mut self, reading: &Reading) {
        let span = reading.span;
        let target = match &reading.meaning {
            Meaning::Module(ModuleId(id)) => Some(Target::Module(*id)),
            Meaning::Field(path) => return self.path(span, path),
            Meaning::Constant => self.named(span, &self.constants).map(Target::Constant),
            Meaning::Score(id) => Some(Target::Score(id.0)),
            Meaning::Rule(id) => Some(Target::Rule(id.0)),
            Meaning::Webhook(id) => Some(Target::Webhook(id.0)),
            Meaning::Calendar(id) => Some(Target::Calendar(*id)),
            Meaning::Transition => self.named(span, &self.transitions).map(Target::Transition),
            Meaning::Value(Some(field)) => {
                let value = key(&plain(self.draft.sources.slice(span)));
                self.index.values.get(&(*field, value)).map(|value| Target::Value(*value))
            }
            _ => None,
        };
        if let Some(target) = target {
            self.occurs(span, target, Role::Used);
        }
    }

    fn named(&self, span: Span, names: &FxHashMap<String, u32>) -> Option<u32> {
        names.get(&key(&plain(self.draft.sources.slice(span)))).copied()
    }

    /// The parts of a path, each on its own; the name of a module may stand before them.
    fn path(&mut self, span: Span, path: &[FieldId]) {
        let text = self.draft.sources.slice(span);
        let whole = inside(text);
        let place = |part: Range<usize>| {
            // A name by itself takes its quotes along.
            let part = if part == trimmed(text, whole.clone()) { 0..text.len() } else { part };
            let (start, end) = (span.start + part.start as u32, span.start + part.end as u32);
            Span { source: span.source, start, end }
        };
        let mut end = whole.end;
        let mut found = Vec::new();
        for (at, id) in path.iter().enumerate().rev() {
            let Some(start) = self.part_start(text, whole.start..end, *id, at == 0) else { break };
            found.push((place(trimmed(text, start..end)), Target::Field(*id)));
            end = start.saturating_sub(1).max(whole.start);
            if end == whole.start {
                break;
            }
        }
        if end > whole.start && !found.is_empty() {
            let part = trimmed(text, whole.start..end);
            let name = text.get(part.clone()).unwrap_or("");
            if let Some(module) = self.draft.checked.names.module(name) {
                found.push((place(part), Target::Module(module.0)));
            }
        }
        for (span, target) in found {
            self.occurs(span, target, Role::Used);
        }
    }

    /// Where the last part of a path begins: behind a dot or at the start, and it is one of the
    /// names of the field.
    fn part_start(
        &self,
        text: &str,
        range: Range<usize>,
        id: FieldId,
        first: bool,
    ) -> Option<usize> {
        let path = text.get(range.clone())?;
        let dots = path.match_indices('.').map(|(at, _)| range.start + at + 1);
        let Some(place) = self.index.fields.get(&id) else {
            // Not declared: by itself it is all of the name, else what follows the last dot.
            let last = path.rfind('.').filter(|_| !first).map_or(0, |at| at + 1);
            return Some(range.start + last);
        };
        let schema = &self.draft.checked.schema;
        let field = schema.modules.get(place.module)?.fields.get(place.field)?;
        let field = match (place.attribute, &field.ty) {
            (Some(at), FieldType::Events(attributes)) => attributes.get(at)?,
            _ => field,
        };
        let fits = |start: &usize| {
            let part = plain(text.get(*start..range.end).unwrap_or("").trim());
            field.key.names.iter().any(|name| same_name(name, &part))
        };
        std::iter::once(range.start).chain(dots).find(fits)
    }

    fn finish(mut self) -> Index {
        let index = &mut self.index;
        for (at, definition) in index.definitions.iter().enumerate() {
            index.declared.entry(definition.target).or_insert(at as u32);
        }
        index.occurrences.sort_by_key(|o| (o.span.source, o.span.start, o.span.end));
        index.occurrences.dedup_by_key(|o| (o.span, o.target));
        for (at, occurrence) in index.occurrences.iter().enumerate() {
            index.by_target.entry(occurrence.target).or_default().push(at as u32);
        }
        self.index
    }
}
