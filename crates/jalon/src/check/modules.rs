//! The schema from the declarations: modules, fields, types, slots; and named constants.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Findings, list};
use crate::checked;
use crate::checked::names::{Names, fold, keys};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    DUPLICATE_CONSTANT, DUPLICATE_FIELD, DUPLICATE_LIST_VALUE, DUPLICATE_MODULE,
    PROPERTY_WITHOUT_EFFECT, REMOVE, Text, UNVERIFIED_REFERENCE,
};
use crate::diagnostic::{Code, Edit, Fix};
use crate::lang::Lang;
use crate::schema::{Field, FieldType, Module, ModuleId, NumberKind, Schema, TextKind, TextMode};
use crate::source::{Sources, Span};
use crate::syntax::ast::{self, DeclarationKind, PropertyKind};
use crate::value::fold::fold as folded;

/// Where a name was declared first.
pub(super) const FIRST: Text = Text { fr: "déclaré ici d'abord", en: "first declared here" };

/// A schema, and the formulas that are still to be checked.
pub(super) struct Built<'a> {
    pub(super) schema: Schema,
    pub(super) names: Names,
    pub(super) formulas: Vec<Written<'a>>,
}

/// A formula field as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    pub(super) module: ModuleId,
    pub(super) name: &'a ast::Name,
    pub(super) expr: &'a ast::Expr,
}

/// Builds the schema of all documents.
pub(super) fn build<'a>(
    documents: &'a [ast::Document],
    sources: &Sources,
    found: &mut Findings,
) -> Built<'a> {
    let mut builder = Builder {
        schema: Schema::default(),
        names: Names::default(),
        formulas: Vec::new(),
        spans: FxHashMap::default(),
        lang: Lang::Fr,
        sources,
        found,
    };
    let mut declared = Vec::new();
    for document in documents {
        for declaration in &document.declarations {
            if let DeclarationKind::Module(module) = &declaration.kind
                && let Some(id) = builder.declare(module)
            {
                declared.push((id, module));
            }
        }
    }
    for (id, module) in &declared {
        builder.fields(*id, module);
    }
    for id in 0..builder.schema.modules.len() {
        builder.events(ModuleId(id as u32));
    }
    Built { schema: builder.schema, names: builder.names, formulas: builder.formulas }
}

struct Builder<'a, 'f> {
    schema: Schema,
    names: Names,
    formulas: Vec<Written<'a>>,
    /// Where each module name was declared.
    spans: FxHashMap<String, Span>,
    lang: Lang,
    sources: &'f Sources,
    found: &'f mut Findings,
}

/// Reports a name that is taken, pointing at the first declaration.
pub(super) fn duplicate(
    found: &mut Findings,
    code: &'static Code,
    name: &ast::Name,
    module: &str,
    first: Span,
) {
    let error = Diagnostic::new(code, name.span).arg("name", &name.text).arg("module", module);
    found.push(error.label(first, FIRST));
}

impl<'a> Builder<'a, '_> {
    /// Registers a module's names. A second module of the same name is left out.
    fn declare(&mut self, module: &'a ast::Module) -> Option<ModuleId> {
        let id = ModuleId(self.schema.modules.len() as u32);
        let label = fold(&module.name.text);
        if let Some(first) = self.spans.get(&label) {
            duplicate(self.found, &DUPLICATE_MODULE, &module.name, "", *first);
            return None;
        }
        for name in std::iter::once(&module.name).chain(&module.aliases) {
            let key = fold(&name.text);
            match self.names.modules.get(&key) {
                Some(owner) if *owner == id => {}
                Some(_) => {
                    let first = self.spans.get(&key).copied().unwrap_or(name.span);
                    duplicate(self.found, &DUPLICATE_MODULE, name, "", first);
                }
                None => {
                    self.names.modules.insert(key.clone(), id);
                    self.spans.insert(key, name.span);
                }
            }
        }
        self.schema.modules.push(Module {
            name: module.name.text.clone(),
            aliases: module.aliases.iter().map(|a| a.text.clone()).collect(),
            span: Some(module.name.span),
            fields: Vec::new(),
            open: false,
        });
        self.names.fields.push(FxHashMap::default());
        Some(id)
    }

    /// A module that is named and not declared.
    fn open(&mut self, name: &ast::Name) -> ModuleId {
        let key = fold(&name.text);
        if let Some(id) = self.names.modules.get(&key) {
            return *id;
        }
        let declared: Vec<String> = self
            .schema
            .declared()
            .flat_map(|(_, m)| std::iter::once(&m.name).chain(&m.aliases))
            .cloned()
            .collect();
        let near = self.found.near(&name.text, declared.iter().map(String::as_str));
        let note = Diagnostic::new(&UNVERIFIED_REFERENCE, name.span).arg("name", &name.text);
        self.found.push(note.suggest(near));
        let id = ModuleId(self.schema.modules.len() as u32);
        self.names.modules.insert(key, id);
        self.names.fields.push(FxHashMap::default());
        self.schema.modules.push(Module {
            name: name.text.clone(),
            aliases: Vec::new(),
            span: None,
            fields: Vec::new(),
            open: true,
        });
        id
    }

    fn fields(&mut self, id: ModuleId, module: &'a ast::Module) {
        let shape = self.names.new_shape();
        let mut index: FxHashMap<String, u32> = FxHashMap::default();
        let mut spans: FxHashMap<String, Span> = FxHashMap::default();
        let mut fields = Vec::new();
        for field in &module.fields {
            let slot = fields.len() as u32;
            let mut names = Vec::new();
            for name in std::iter::once(&field.name).chain(&field.aliases) {
                let key = fold(&name.text);
                match index.get(&key) {
                    Some(owner) if *owner == slot => {}
                    Some(_) => {
                        let first = spans.get(&key).copied().unwrap_or(name.span);
                        let module = &module.name.text;
                        duplicate(self.found, &DUPLICATE_FIELD, name, module, first);
                    }
                    None => {
                        index.insert(key.clone(), slot);
                        spans.insert(key, name.span);
                        names.push(name.text.clone());
                    }
                }
            }
            if names.is_empty() {
                continue;
            }
            fields.push(self.field(id, field, (shape, slot), names));
        }
        if let Some(names) = self.names.fields.get_mut(id.0 as usize) {
            *names = index;
        }
        if let Some(module) = self.schema.modules.get_mut(id.0 as usize) {
            module.fields = fields;
        }
    }

    fn field(
        &mut self,
        module: ModuleId,
        field: &'a ast::Field,
        (shape, slot): (u32, u32),
        names: Vec<String>,
    ) -> Field {
        self.lang = self.lang_of(field.ty_span);
        let mut checked = Field {
            key: keys(shape, slot, names),
            span: Some(field.name.span),
            ty: FieldType::Checkbox,
            mode: mode(&field.properties),
            required: false,
            unique: false,
            max_length: None,
            personal: false,
            default: None,
        };
        checked.ty = self.ty(module, field, &checked);
        for property in &field.properties {
            match &property.kind {
                PropertyKind::Required => checked.required = true,
                PropertyKind::Unique => checked.unique = true,
                PropertyKind::Personal => checked.personal = true,
                PropertyKind::MaxLength(length) => {
                    self.for_text(&checked, property);
                    checked.max_length = Some(*length);
                }
                PropertyKind::IgnoringAccents | PropertyKind::CaseSensitive => {
                    self.for_text(&checked, property);
                }
                PropertyKind::Default(value) => {
                    checked.default = super::constant::default(
                        value,
                        &checked,
                        &self.names,
                        self.lang,
                        self.found,
                    );
                }
            }
        }
        checked
    }

    /// Warns of a property that only texts have.
    fn for_text(&mut self, field: &Field, property: &ast::Property) {
        let text = matches!(
            field.ty,
            FieldType::Text(_)
                | FieldType::Picklist(_)
                | FieldType::MultiPicklist(_)
                | FieldType::Reference(_)
                | FieldType::User
                | FieldType::Formula(_)
        );
        if !text {
            let warning = Diagnostic::new(&PROPERTY_WITHOUT_EFFECT, property.span);
            self.found.push(warning.arg("type", field.ty.keyword(self.lang)));
        }
    }

    fn ty(&mut self, module: ModuleId, field: &'a ast::Field, checked: &Field) -> FieldType {
        let text = FieldType::Text;
        match &field.ty {
            ast::Type::Text => text(TextKind::Plain),
            ast::Type::LongText => text(TextKind::Long),
            ast::Type::Email => text(TextKind::Email),
            ast::Type::Phone => text(TextKind::Phone),
            ast::Type::Url => text(TextKind::Url),
            ast::Type::Integer => FieldType::Number(NumberKind::Integer),
            ast::Type::Number => FieldType::Number(NumberKind::Decimal),
            ast::Type::Percent => FieldType::Number(NumberKind::Percent),
            ast::Type::Money => FieldType::Number(NumberKind::Money),
            ast::Type::Checkbox => FieldType::Checkbox,
            ast::Type::Picklist(values) => FieldType::Picklist(self.values(values, checked)),
            ast::Type::MultiPicklist(values) => {
                FieldType::MultiPicklist(self.values(values, checked))
            }
            ast::Type::Date => FieldType::Date,
            ast::Type::DateTime => FieldType::DateTime,
            ast::Type::Reference(name) => FieldType::Reference(self.open(name)),
            ast::Type::User => FieldType::User,
            ast::Type::Records(name) => FieldType::Records(self.open(name)),
            ast::Type::Events(attributes) => FieldType::Events(self.attributes(module, attributes)),
            ast::Type::Formula(expr) => {
                self.formulas.push(Written { module, name: &field.name, expr });
                FieldType::Formula(self.formulas.len() as u32 - 1)
            }
        }
    }

    /// The values of a list, each once.
    fn values(&mut self, values: &[ast::Name], field: &Field) -> Vec<String> {
        let mut seen = FxHashSet::default();
        let mut kept = Vec::with_capacity(values.len());
        let mut before: Option<Span> = None;
        for value in values {
            if seen.insert(folded(&value.text, field.mode).into_owned()) {
                kept.push(value.text.clone());
            } else {
                let from = before.map_or(value.span.start, |span| span.end);
                let remove = Span { start: from, ..value.span };
                let warning = Diagnostic::new(&DUPLICATE_LIST_VALUE, value.span);
                self.found.push(warning.arg("value", &value.text).fix(Fix {
                    title: &REMOVE,
                    args: std::collections::BTreeMap::from([("old", value.text.clone())]),
                    edits: vec![Edit { span: remove, text: String::new() }],
                }));
            }
            before = Some(value.span);
        }
        self.names.values.insert((field.key.shape, field.key.slot), seen);
        kept
    }

    /// The attributes that one field's events declare; slots are given in [`Builder::events`].
    fn attributes(&mut self, module: ModuleId, attributes: &'a [ast::Field]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut spans: FxHashMap<String, Span> = FxHashMap::default();
        let shape = self.names.new_shape();
        for attribute in attributes {
            let mut names = Vec::new();
            for name in std::iter::once(&attribute.name).chain(&attribute.aliases) {
                match spans.insert(fold(&name.text), name.span) {
                    Some(first) if names.is_empty() => {
                        duplicate(self.found, &DUPLICATE_FIELD, name, "événements", first);
                    }
                    _ => names.push(name.text.clone()),
                }
            }
            if !names.is_empty() {
                let slot = super::event::FIRST_ATTRIBUTE + fields.len() as u32;
                fields.push(self.field(module, attribute, (shape, slot), names));
            }
        }
        fields
    }

    /// Collects the event attributes of a module: for each list, and of all its lists together.
    fn events(&mut self, module: ModuleId) {
        let fields = self.schema.modules.get(module.0 as usize).map(|m| m.fields.as_slice());
        let lists: Vec<(&Field, &[Field])> = fields
            .unwrap_or_default()
            .iter()
            .filter_map(|field| match &field.ty {
                FieldType::Events(attributes) => Some((field, attributes.as_slice())),
                _ => None,
            })
            .collect();
        for (field, attributes) in &lists {
            let shape = attributes.first().map(|a| a.key.shape);
            let shape = shape.unwrap_or_else(|| {
                self.names.shapes += 1;
                self.names.shapes - 1
            });
            let one = super::event::attributes(shape, [*attributes]);
            self.names.event_lists.insert((field.key.shape, field.key.slot), one);
        }
        self.names.shapes += 1;
        let shape = self.names.shapes - 1;
        let all = super::event::attributes(shape, lists.iter().map(|(_, a)| *a));
        self.names.events.push(all);
    }

    /// The language in which a type is written.
    fn lang_of(&self, ty: Span) -> Lang {
        let written = self.sources.slice(ty).to_lowercase();
        let english = ["text", "long text", "phone", "integer", "number", "percent", "money"];
        let more = ["checkbox", "picklist", "multi", "datetime", "lookup", "user", "records"];
        let rest = ["events", "formula"];
        let words = english.iter().chain(&more).chain(&rest);
        let english = words.into_iter().any(|word| {
            written.strip_prefix(word).is_some_and(|r| !r.starts_with(char::is_alphabetic))
        });
        if english { Lang::En } else { Lang::Fr }
    }
}

/// How a field's text compares, by its properties.
fn mode(properties: &[ast::Property]) -> TextMode {
    let has = |wanted: fn(&PropertyKind) -> bool| properties.iter().any(|p| wanted(&p.kind));
    TextMode {
        case_sensitive: has(|p| matches!(p, PropertyKind::CaseSensitive)),
        ignoring_accents: has(|p| matches!(p, PropertyKind::IgnoringAccents)),
    }
}

/// The folded names of all that the texts declare with a keyword, also with syntax errors.
pub(super) fn heads(sources: &Sources, keyword: &str) -> FxHashSet<String> {
    let lines = sources.iter().flat_map(|(_, source)| source.text.lines());
    let heads = lines.filter_map(|line| line.strip_prefix(keyword)?.strip_prefix(' '));
    let names = heads.flat_map(|head| head.split(['(', ')', ',']));
    names.map(|name| fold(name.trim().trim_matches('"'))).filter(|name| !name.is_empty()).collect()
}

/// Registers the named constants.
pub(super) fn constants(documents: &[ast::Document], names: &mut Names, found: &mut Findings) {
    let mut spans: FxHashMap<String, Span> = FxHashMap::default();
    for constant in declared_constants(documents) {
        let key = fold(&constant.name.text);
        if let Some(first) = spans.get(&key) {
            duplicate(found, &DUPLICATE_CONSTANT, &constant.name, "", *first);
            continue;
        }
        spans.insert(key.clone(), constant.name.span);
        names.constants.insert(key, constant.items.clone());
    }
}

/// The named constants as the checked program keeps them.
pub(super) fn checked_constants(documents: &[ast::Document]) -> Vec<checked::Constant> {
    declared_constants(documents)
        .map(|constant| checked::Constant {
            name: constant.name.text.clone(),
            span: constant.name.span,
            items: constant.items.iter().map(|item| item.name.text.clone()).collect(),
        })
        .collect()
}

fn declared_constants(documents: &[ast::Document]) -> impl Iterator<Item = &ast::Constant> {
    let declarations = documents.iter().flat_map(|d| &d.declarations);
    declarations.filter_map(|declaration| match &declaration.kind {
        DeclarationKind::Constant(constant) => Some(constant),
        _ => None,
    })
}

/// The values of a list for messages, capped.
pub(super) fn known_values(ty: &FieldType) -> String {
    match ty {
        FieldType::Picklist(values) | FieldType::MultiPicklist(values) => {
            list(values.iter().map(String::as_str))
        }
        _ => String::new(),
    }
}
