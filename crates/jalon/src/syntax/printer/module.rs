//! Prints modules, the colons of their fields one below the other.

use super::expr::expr;
use super::known::Known;
use super::quoting::quote;
use super::text::{Node, Piece, Text, Word, bracketed, listed, text};
use super::{label, labels};
use crate::lang::Lang;
use crate::syntax::ast::{Field, Module, Name, PropertyKind, Type};
use crate::syntax::keyword::{self, AT_MOST, Case, Kind};
use crate::syntax::module::{CHARACTERS, PROPERTIES, PropertyWord, TYPES, TypeWord, is_property};

/// Names longer than this do not push the colons of the others further.
const WIDEST: usize = 48;

/// The lines of a module.
pub(super) fn print(module: &Module, known: Known<'_>) -> Node {
    let keyword = Word::of(keyword::DECLARATIONS, &Kind::Module);
    let names: Vec<_> = module.fields.iter().map(|f| named(&f.name, &f.aliases)).collect();
    let widths: Vec<_> =
        names.iter().map(|name| name.in_language(Lang::Fr).chars().count()).collect();
    let width = widths.iter().copied().filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let line = |((field, name), own): ((&Field, Text), usize)| {
        let margin = " ".repeat(width.saturating_sub(own));
        Node::new(text![name, margin, " : ", typed(field, known)]).at(field.span)
    };
    Node::new(text![keyword, " ", named(&module.name, &module.aliases)])
        .with(module.fields.iter().zip(names).zip(widths).map(line))
}

/// `Nom (Last_Name, Alias)`
fn named(name: &Name, aliases: &[Name]) -> Text {
    let aliases = (!aliases.is_empty()).then(|| text![" ", bracketed(labels(aliases))]);
    text![label(name), aliases]
}

/// `texte, obligatoire`
fn typed(field: &Field, known: Known<'_>) -> Text {
    let mut parts = vec![self::ty(field, known)];
    let property = |(kind, span)| self::property(kind, span, known);
    parts.extend(field.properties.iter().map(|p| (&p.kind, p.span)).map(property));
    listed(parts)
}

fn property(kind: &PropertyKind, span: crate::source::Span, known: Known<'_>) -> Text {
    let word = |word| Word::of(PROPERTIES, &word).at(span);
    match kind {
        PropertyKind::Required => text![word(PropertyWord::Required)],
        PropertyKind::Unique => text![word(PropertyWord::Unique)],
        PropertyKind::Personal => text![word(PropertyWord::Personal)],
        PropertyKind::IgnoringAccents => text![word(PropertyWord::IgnoringAccents)],
        PropertyKind::CaseSensitive => text![word(PropertyWord::CaseSensitive)],
        PropertyKind::Default(value) => {
            let word = Word::of(PROPERTIES, &PropertyWord::Default);
            text![word, " ", known.value(value)]
        }
        PropertyKind::MaxLength(count) => {
            text![Word::pair(AT_MOST), " ", *count, " ", Word::pair(CHARACTERS)]
        }
    }
}

fn ty(field: &Field, known: Known<'_>) -> Text {
    let word = |word| Word::of(TYPES, &word);
    let (name, argument) = match &field.ty {
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
            (TypeWord::Picklist, Some(list(&word(TypeWord::Picklist), values)))
        }
        Type::MultiPicklist(values) => {
            (TypeWord::MultiPicklist, Some(list(&word(TypeWord::MultiPicklist), values)))
        }
        Type::Reference(module) => (TypeWord::Reference, Some(label(module))),
        Type::Records(module) => (TypeWord::Records, Some(label(module))),
        Type::Events(attributes) => {
            let attribute = |f: &Field| text![named(&f.name, &f.aliases), " : ", typed(f, known)];
            let all = listed(attributes.iter().map(attribute));
            (TypeWord::Events, (!attributes.is_empty()).then(|| bracketed(all)))
        }
        Type::Formula(formula) => (TypeWord::Formula, Some(expr(formula, known))),
    };
    text![word(name).at(field.ty_span), argument.map(|argument| text![" ", argument])]
}

/// The values of a list; quotes keep apart what would read as a property or as another type
/// (`liste "multiple choix"`).
fn list(word: &Word, values: &[Name]) -> Text {
    let print = |(index, value): (usize, &Name)| {
        let text = super::value(value);
        let other_type = index == 0
            && [Lang::Fr, Lang::En].into_iter().any(|lang| {
                let word = word.in_language(lang);
                keyword::longest(TYPES, &format!("{word} {text}"), Case::Strict)
                    .is_some_and(|(_, n)| n != word.len())
            });
        let text = if other_type || is_property(&text) { quote(&value.text) } else { text };
        text![Piece::Named(text, value.span)]
    };
    listed(values.iter().enumerate().map(print))
}
