//! Modules: their fields, types and properties.

use std::ops::Range;

use super::ast::{Field, Module, Property, PropertyKind, Type};
use super::keyword::{self, AT_MOST, Case, Table, Words};
use super::layout::Block;
use super::reader::Reader;
use super::scan;
use crate::diagnostic::{Fix, catalogue, did_you_mean};

/// The word that a type begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeWord {
    Text,
    LongText,
    Email,
    Phone,
    Url,
    Integer,
    Number,
    Percent,
    Money,
    Checkbox,
    Picklist,
    MultiPicklist,
    Date,
    DateTime,
    Reference,
    User,
    Records,
    Events,
    Formula,
}

/// The types.
pub(crate) const TYPES: &Table<TypeWord> = &[
    (TypeWord::Text, &["texte"], &["text"]),
    (TypeWord::LongText, &["texte long"], &["long text"]),
    (TypeWord::Email, &["e-mail"], &["email"]),
    (TypeWord::Phone, &["téléphone"], &["phone"]),
    (TypeWord::Url, &["url"], &["url"]),
    (TypeWord::Integer, &["entier"], &["integer"]),
    (TypeWord::Number, &["nombre"], &["number"]),
    (TypeWord::Percent, &["pourcentage"], &["percent"]),
    (TypeWord::Money, &["devise"], &["money"]),
    (TypeWord::Checkbox, &["case"], &["checkbox"]),
    (TypeWord::Picklist, &["liste"], &["picklist"]),
    (TypeWord::MultiPicklist, &["liste multiple"], &["multi-picklist"]),
    (TypeWord::Date, &["date"], &["date"]),
    (TypeWord::DateTime, &["date-heure"], &["datetime"]),
    (TypeWord::Reference, &["référence"], &["lookup"]),
    (TypeWord::User, &["utilisateur"], &["user"]),
    (TypeWord::Records, &["fiches"], &["records"]),
    (TypeWord::Events, &["événements"], &["events"]),
    (TypeWord::Formula, &["formule"], &["formula"]),
];

/// The word that a property begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PropertyWord {
    Required,
    Unique,
    Personal,
    Default,
    IgnoringAccents,
    CaseSensitive,
}

/// The properties; `au plus N caractères` is read apart.
pub(crate) const PROPERTIES: &Table<PropertyWord> = &[
    (PropertyWord::Required, &["obligatoire"], &["required"]),
    (PropertyWord::Unique, &["unique"], &["unique"]),
    (PropertyWord::Personal, &["personnel"], &["personal"]),
    (PropertyWord::Default, &["par défaut"], &["default"]),
    (PropertyWord::IgnoringAccents, &["sans accents"], &["ignoring accents"]),
    (PropertyWord::CaseSensitive, &["casse stricte"], &["case-sensitive"]),
];

/// The end of `au plus 255 caractères`, the printed ones first.
pub(crate) const CHARACTERS: &Words =
    &Words::new(2, &["caractères", "caractère", "characters", "character"]);

/// Reads a module: `module Prospects (Leads)` and its field lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Module> {
    let named = reader.head_range(block).and_then(|head| reader.named(head));
    let fields: Vec<Option<Field>> =
        block.lines.iter().map(|line| field(reader, line.clone(), Place::Module)).collect();
    let (name, aliases) = named?;
    Some(Module { name, aliases, fields: fields.into_iter().collect::<Option<_>>()? })
}

/// Where a field is declared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Module,
    /// An attribute of an event holds one value.
    Event,
}

/// `Nom (Last_Name) : texte, obligatoire`.
fn field(reader: &mut Reader<'_>, line: Range<usize>, place: Place) -> Option<Field> {
    let Some(colon) = scan::field_colon(reader.whole(), line.clone()) else {
        return reader.fail(&catalogue::MISSING_TYPE, line);
    };
    let label = reader.trim(line.start..colon);
    let named = if label.is_empty() {
        reader.fail(&catalogue::MISSING_FIELD_NAME, colon..colon + 1)
    } else {
        reader.named(label)
    };
    let typed = typed(reader, colon..line.end, place);
    let (name, aliases) = named?;
    let (ty, ty_span, properties) = typed?;
    Some(Field { span: reader.span(line), name, aliases, ty, ty_span, properties })
}

/// What follows the colon, which `range` begins with: the type, its place, the properties.
fn typed(
    reader: &mut Reader<'_>,
    range: Range<usize>,
    place: Place,
) -> Option<(Type, crate::source::Span, Vec<Property>)> {
    let items = scan::items(reader.whole(), range.start + 1..range.end);
    let Some(first) = items.first().cloned() else {
        return reader.fail(&catalogue::MISSING_TYPE, range);
    };
    let Some((word, length)) = keyword::longest(TYPES, reader.text(first.clone()), Case::Strict)
    else {
        unknown_type(reader, first);
        return None;
    };
    // The values of a list run to the first property.
    let has_values = matches!(word, TypeWord::Picklist | TypeWord::MultiPicklist);
    let arguments = if has_values {
        items.iter().skip(1).take_while(|item| !is_property(reader.text((*item).clone()))).count()
    } else {
        0
    };
    let last = &items[arguments];
    let argument = reader.trim(first.start + length..last.end);
    let ty = read_type(reader, word, &first, argument, place);
    let properties = items[arguments + 1..]
        .iter()
        .map(|item| property(reader, item.clone()))
        .collect::<Option<Vec<_>>>()?;
    no_property_twice(reader, &properties)?;
    Some((ty?, reader.span(first.start..last.end), properties))
}

fn unknown_type(reader: &mut Reader<'_>, range: Range<usize>) {
    // The whole text may be meant, or its first word: `Liste A`, `txt long`.
    let text = reader.text(range.clone());
    let first = text.split_whitespace().next().unwrap_or(text);
    let meant = |word| did_you_mean(word, keyword::spellings(TYPES));
    let (place, meant) = match (meant(text), meant(first)) {
        (None, Some(word)) => (range.start..range.start + first.len(), Some(word)),
        (whole, _) => (range, whole),
    };
    let unknown = reader.diagnostic(&catalogue::UNKNOWN_TYPE, place).suggest(meant);
    reader.report(unknown);
}

/// Something stands behind a type that takes nothing, unless another type is meant: `texte lnog`.
fn after_type(reader: &mut Reader<'_>, written: &Range<usize>, argument: Range<usize>) {
    let word = reader.trim(written.start..argument.start);
    let word = reader.text(word).to_owned();
    let meant = did_you_mean(reader.text(written.clone()), keyword::spellings(TYPES));
    if meant.is_some_and(|meant| meant != word) {
        return unknown_type(reader, written.clone());
    }
    let word_end = reader.text(written.start..argument.start).trim_end().len() + written.start;
    let span = reader.span(word_end..argument.end);
    let mut fix = Fix::replace(&catalogue::REMOVE, span, "");
    fix.args.insert("old", reader.text(argument.clone()).to_owned());
    let error = reader.diagnostic(&catalogue::AFTER_TYPE, argument).arg("name", word).fix(fix);
    reader.report(error);
}

fn read_type(
    reader: &mut Reader<'_>,
    word: TypeWord,
    written: &Range<usize>,
    argument: Range<usize>,
    place: Place,
) -> Option<Type> {
    let needs_argument = matches!(
        word,
        TypeWord::Picklist
            | TypeWord::MultiPicklist
            | TypeWord::Reference
            | TypeWord::Records
            | TypeWord::Formula
    );
    if argument.is_empty() && needs_argument {
        return reader.fail(&catalogue::MISSING_ARGUMENT, written.clone());
    }
    if place == Place::Event && matches!(word, TypeWord::Records | TypeWord::Events) {
        return reader.fail(&catalogue::NESTED_EVENTS, written.clone());
    }
    Some(match word {
        TypeWord::Picklist => Type::Picklist(reader.names(argument)?),
        TypeWord::MultiPicklist => Type::MultiPicklist(reader.names(argument)?),
        TypeWord::Reference => Type::Reference(reader.name(argument)?),
        TypeWord::Records => Type::Records(reader.name(argument)?),
        TypeWord::Formula => Type::Formula(reader.expr(argument)?),
        TypeWord::Events => Type::Events(attributes(reader, argument)?),
        _ if !argument.is_empty() => {
            after_type(reader, written, argument);
            return None;
        }
        TypeWord::Text => Type::Text,
        TypeWord::LongText => Type::LongText,
        TypeWord::Email => Type::Email,
        TypeWord::Phone => Type::Phone,
        TypeWord::Url => Type::Url,
        TypeWord::Integer => Type::Integer,
        TypeWord::Number => Type::Number,
        TypeWord::Percent => Type::Percent,
        TypeWord::Money => Type::Money,
        TypeWord::Checkbox => Type::Checkbox,
        TypeWord::Date => Type::Date,
        TypeWord::DateTime => Type::DateTime,
        TypeWord::User => Type::User,
    })
}

/// `(Objet : texte, Page : url, unique)`: an attribute begins at each item with a colon.
fn attributes(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Vec<Field>> {
    if range.is_empty() {
        return Some(Vec::new());
    }
    let whole = reader.whole();
    let bracketed = reader.text(range.clone()).starts_with('(')
        && scan::bracket_end(whole, range.clone()) == Some(range.end);
    if !bracketed {
        return reader.fail(&catalogue::ATTRIBUTES_NEED_BRACKETS, range);
    }
    let mut lines: Vec<Range<usize>> = Vec::new();
    for item in scan::items(whole, range.start + 1..range.end - 1) {
        match lines.last_mut() {
            Some(line) if scan::field_colon(whole, item.clone()).is_none() => line.end = item.end,
            _ => lines.push(item),
        }
    }
    let fields: Vec<_> = lines.into_iter().map(|line| field(reader, line, Place::Event)).collect();
    fields.into_iter().collect()
}

/// Whether an item is a property, so that it ends the values of a list.
pub(crate) fn is_property(text: &str) -> bool {
    match keyword::longest(PROPERTIES, text, Case::Strict) {
        Some((PropertyWord::Default, _)) => true,
        Some((_, length)) => length == text.len(),
        None => max_length(text).is_some(),
    }
}

/// The number in `au plus 255 caractères`, as a place.
fn max_length(text: &str) -> Option<Range<usize>> {
    let start = keyword::any(AT_MOST, text, Case::Strict)?;
    let (number, _) = text.rsplit_once(char::is_whitespace).filter(|(_, last)| {
        CHARACTERS.iter().any(|c| keyword::starts(last, c, Case::Strict) == Some(last.len()))
    })?;
    (start <= number.len()).then_some(start..number.len())
}

fn property(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Property> {
    let text = reader.text(range.clone());
    let span = reader.span(range.clone());
    if let Some(number) = max_length(text) {
        let count = reader.count(range.start + number.start..range.start + number.end)?;
        return Some(Property { span, kind: PropertyKind::MaxLength(count) });
    }
    let kind = match keyword::longest(PROPERTIES, text, Case::Strict) {
        Some((PropertyWord::Default, length)) => {
            let value = reader.trim(range.start + length..range.end);
            if value.is_empty() {
                return reader.fail(&catalogue::MISSING_DEFAULT, range);
            }
            PropertyKind::Default(reader.name(value)?)
        }
        Some((word, length)) if length == text.len() => match word {
            PropertyWord::Required => PropertyKind::Required,
            PropertyWord::Unique => PropertyKind::Unique,
            PropertyWord::Personal => PropertyKind::Personal,
            PropertyWord::IgnoringAccents => PropertyKind::IgnoringAccents,
            _ => PropertyKind::CaseSensitive,
        },
        _ => {
            let meant = did_you_mean(text, keyword::spellings(PROPERTIES));
            let unknown = reader.diagnostic(&catalogue::UNKNOWN_PROPERTY, range).suggest(meant);
            reader.report(unknown);
            return None;
        }
    };
    Some(Property { span, kind })
}

fn no_property_twice(reader: &mut Reader<'_>, properties: &[Property]) -> Option<()> {
    for (index, property) in properties.iter().enumerate() {
        let same = |other: &&Property| {
            std::mem::discriminant(&other.kind) == std::mem::discriminant(&property.kind)
        };
        if let Some(first) = properties[..index].iter().find(same) {
            let twice = crate::diagnostic::Diagnostic::new(&catalogue::TWICE, property.span)
                .label(first.span, catalogue::FIRST_HERE);
            reader.report(twice);
            return None;
        }
    }
    Some(())
}
