//! Modules, their fields, and named constants.

use super::node::{Node, said};
use super::{Part, Said};
use crate::checked::CheckedProgram;
use crate::checked::names::fold;
use crate::lang::Lang;
use crate::schema::{Field, FieldType, Module};
use crate::sentence::{Renamed, Speech};

pub(super) fn modules(program: &CheckedProgram) -> Vec<Node> {
    program.schema.declared().map(|(_, module)| node(module, program)).collect()
}

pub(super) fn constants(program: &CheckedProgram) -> Vec<Node> {
    let node = |constant: &crate::checked::Constant| {
        let values = constant.items.iter().map(|item| value(item)).collect();
        let text = said(|_| constant.items.join(", "));
        Node::named(Part::Constant, &constant.name, text, values)
    };
    program.constants.iter().map(node).collect()
}

/// The fields of an old program that the new one has under another label, known again by an API
/// name, and that label.
pub(super) fn renamed(old: &CheckedProgram, new: &CheckedProgram) -> Renamed {
    let mut renamed = Renamed::default();
    for (_, module) in old.schema.declared() {
        let Some(other) = new.names.module(&module.name).and_then(|id| new.schema.module(id))
        else {
            continue;
        };
        for field in &module.fields {
            let is = |label: &str| other.fields.iter().any(|it| fold(it.name()) == fold(label));
            if is(field.name()) {
                continue;
            }
            let names: Vec<String> = field.key.names.iter().map(|name| fold(name)).collect();
            let twin = other.fields.iter().find(|twin| {
                let shares = twin.key.names.iter().skip(1).any(|name| names.contains(&fold(name)));
                shares && !module.fields.iter().any(|it| fold(it.name()) == fold(twin.name()))
            });
            if let Some(twin) = twin {
                let key = (field.key.shape, field.key.slot);
                renamed.insert(key, twin.name().to_owned());
            }
        }
    }
    renamed
}

fn value(text: &str) -> Node {
    Node::new(Part::Value, said(|_| text.to_owned()))
}

fn node(module: &Module, program: &CheckedProgram) -> Node {
    let mut children: Vec<Node> = module.aliases.iter().map(|alias| synonym(alias)).collect();
    children.extend(module.fields.iter().map(|of| field(of, program)));
    let names: Vec<&str> = module.fields.iter().map(Field::name).collect();
    let text = said(|_| names.join(", "));
    let keys = module.aliases.iter().map(|alias| fold(alias)).collect();
    Node::named(Part::Module, &module.name, text, children).keys(keys)
}

fn synonym(alias: &str) -> Node {
    Node::new(Part::Synonym, said(|_| alias.to_owned()))
}

/// A field, known again by its name, else by the first of its API names.
fn field(field: &Field, program: &CheckedProgram) -> Node {
    let mut children: Vec<Node> = field.key.names.iter().skip(1).map(|it| synonym(it)).collect();
    let ty = Node::new(Part::Type, ty(field, program)).keys(vec![String::new()]);
    children.push(ty);
    match &field.ty {
        FieldType::Picklist(values) | FieldType::MultiPicklist(values) => {
            children.extend(values.iter().map(|text| value(text)));
        }
        FieldType::Events(attributes) => {
            children.extend(attributes.iter().map(|of| self::field(of, program)));
        }
        _ => {}
    }
    children.extend(properties(field, program));
    let text = said(|lang| {
        let properties = properties(field, program);
        let all = properties.iter().map(|node| node.said.text(lang).to_owned());
        std::iter::once(described(field, program, lang)).chain(all).collect::<Vec<_>>().join(", ")
    });
    let keys = field.key.names.iter().skip(1).map(|alias| fold(alias)).collect();
    Node::named(Part::Field, field.name(), text, children).keys(keys)
}

/// The type, with what it refers to.
fn ty(field: &Field, program: &CheckedProgram) -> Said {
    said(|lang| {
        let keyword = field.ty.keyword(lang);
        match &field.ty {
            FieldType::Reference(module) | FieldType::Records(module) => {
                let module = program.schema.module(*module);
                format!("{keyword} {}", module.map_or("", |module| module.name.as_str()))
            }
            FieldType::Formula(index) => {
                let formula = program.formulas.get(*index as usize);
                let text = formula.map(|of| Speech::new(program, lang).formula(of));
                format!("{keyword} {}", text.unwrap_or_default())
            }
            _ => keyword.to_owned(),
        }
    })
}

/// The type with the values of a list.
fn described(field: &Field, program: &CheckedProgram, lang: Lang) -> String {
    let text = ty(field, program).text(lang).to_owned();
    match &field.ty {
        FieldType::Picklist(values) | FieldType::MultiPicklist(values) => {
            format!("{text} {}", values.join(", "))
        }
        _ => text,
    }
}

fn properties(field: &Field, program: &CheckedProgram) -> Vec<Node> {
    let mut all: Vec<(&str, Said)> = Vec::new();
    let mut add = |key: &'static str, is: bool, fr: &str, en: &str| {
        if is {
            all.push((key, Said { fr: fr.to_owned(), en: en.to_owned() }));
        }
    };
    add("required", field.required, "obligatoire", "required");
    add("unique", field.unique, "unique", "unique");
    add("personal", field.personal, "personnel", "personal");
    let mode = field.mode;
    add("mode", mode.ignoring_accents, "sans accents", "ignoring accents");
    add("mode", mode.case_sensitive, "casse stricte", "case-sensitive");
    if let Some(most) = field.max_length {
        let text = said(|lang| {
            lang.pick(format!("au plus {most} caractères"), format!("at most {most} characters"))
        });
        all.push(("length", text));
    }
    if let Some(default) = &field.default {
        let text = said(|lang| {
            let value = Speech::new(program, lang).constant(default);
            lang.pick(format!("par défaut {value}"), format!("default {value}"))
        });
        all.push(("default", text));
    }
    let node =
        |(key, text): (&str, Said)| Node::new(Part::Property, text).keys(vec![key.to_owned()]);
    all.into_iter().map(node).collect()
}
