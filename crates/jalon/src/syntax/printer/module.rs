//! Prints modules, the colons of their fields one below the other.

use super::{label, labels, print_expr};
use crate::lang::Lang;
use crate::syntax::ast::{Field, Module, Name, PropertyKind, Type};
use crate::syntax::keyword::{self, AT_MOST, Case, Kind, printed};
use crate::syntax::module::{CHARACTERS, PROPERTIES, PropertyWord, TYPES, TypeWord, is_property};

/// Names longer than this do not push the colons of the others further.
const WIDEST: usize = 48;

/// The lines of a module.
pub(super) fn print(out: &mut Vec<String>, module: &Module, lang: Lang) {
    let keyword = keyword::spelling(keyword::DECLARATIONS, &Kind::Module, lang);
    out.push(format!("{keyword} {}", named(&module.name, &module.aliases)));
    let names: Vec<_> = module.fields.iter().map(|f| named(&f.name, &f.aliases)).collect();
    let widths = names.iter().map(|name| name.chars().count());
    let width = widths.filter(|width| *width <= WIDEST).max().unwrap_or(0);
    for (field, name) in module.fields.iter().zip(&names) {
        out.push(format!("  {name:width$} : {}", typed(field, lang)));
    }
}

/// `Nom (Last_Name, Alias)`
fn named(name: &Name, aliases: &[Name]) -> String {
    if aliases.is_empty() { label(name) } else { format!("{} ({})", label(name), labels(aliases)) }
}

/// `texte, obligatoire`
fn typed(field: &Field, lang: Lang) -> String {
    let mut out = self::ty(&field.ty, lang);
    for property in &field.properties {
        out.push_str(", ");
        out.push_str(&self::property(&property.kind, lang));
    }
    out
}

fn property(kind: &PropertyKind, lang: Lang) -> String {
    let word = |word| keyword::spelling(PROPERTIES, &word, lang).to_owned();
    match kind {
        PropertyKind::Required => word(PropertyWord::Required),
        PropertyKind::Unique => word(PropertyWord::Unique),
        PropertyKind::Personal => word(PropertyWord::Personal),
        PropertyKind::IgnoringAccents => word(PropertyWord::IgnoringAccents),
        PropertyKind::CaseSensitive => word(PropertyWord::CaseSensitive),
        PropertyKind::Default(value) => {
            format!("{} {}", word(PropertyWord::Default), label(value))
        }
        PropertyKind::MaxLength(count) => {
            format!("{} {count} {}", printed(AT_MOST, lang), printed(CHARACTERS, lang))
        }
    }
}

fn ty(ty: &Type, lang: Lang) -> String {
    let word = |word| keyword::spelling(TYPES, &word, lang);
    let (name, argument) = match ty {
        Type::Text => (TypeWord::Text, None),
        Type::LongText => (TypeWord::LongText, None),
        Type::Email => (TypeWord::Email, None),
        Type::Phone => (TypeWord::Phone, None),
        Type::Url => (TypeWord::Url, None),
        Type::Integer => (TypeWord::Integer, None),
        Type::Number => (TypeWord::Number, None),
        Type::Percent => (TypeWord::Percent, None),
        Type::Money => (TypeWord::Money, None),
        Type::Checkbox => (TypeWord::Checkbox, None),
        Type::Date => (TypeWord::Date, None),
        Type::DateTime => (TypeWord::DateTime, None),
        Type::User => (TypeWord::User, None),
        Type::Picklist(values) => {
            (TypeWord::Picklist, Some(list(word(TypeWord::Picklist), values)))
        }
        Type::MultiPicklist(values) => {
            (TypeWord::MultiPicklist, Some(list(word(TypeWord::MultiPicklist), values)))
        }
        Type::Reference(module) => (TypeWord::Reference, Some(label(module))),
        Type::Records(module) => (TypeWord::Records, Some(label(module))),
        Type::Events(attributes) => {
            let attribute =
                |f: &Field| format!("{} : {}", named(&f.name, &f.aliases), typed(f, lang));
            let all: Vec<_> = attributes.iter().map(attribute).collect();
            (TypeWord::Events, (!all.is_empty()).then(|| format!("({})", all.join(", "))))
        }
        Type::Formula(formula) => (TypeWord::Formula, Some(print_expr(formula, lang))),
    };
    match argument {
        Some(argument) => format!("{} {argument}", word(name)),
        None => word(name).to_owned(),
    }
}

/// The values of a list; quotes keep apart what would read as a property or as another type
/// (`liste "multiple choix"`).
fn list(word: &str, values: &[Name]) -> String {
    let quoted = |name: &Name| Name { quoted: true, ..name.clone() };
    let print = |(index, value): (usize, &Name)| {
        let text = label(value);
        let first = || format!("{word} {text}");
        let other_type = index == 0
            && keyword::longest(TYPES, &first(), Case::Strict)
                .is_some_and(|(_, n)| n != word.len());
        if other_type || is_property(&text) { label(&quoted(value)) } else { text }
    };
    values.iter().enumerate().map(print).collect::<Vec<_>>().join(", ")
}
