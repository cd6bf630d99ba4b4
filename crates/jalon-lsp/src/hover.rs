//! What a name, an operator, a value or a word of a declaration is, in a few lines.

mod operators;
#[cfg(test)]
mod tests;
mod words;

use jalon::checked::readings::{FieldId, Meaning};
use jalon::lang::Lang;
use jalon::schema::{Field, FieldType};
use jalon::source::{SourceId, Span};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use crate::analysis::{Analysis, Definition, Target};
use crate::outline::lang_of;

pub(crate) use operators::texts as operator_texts;

/// A list longer than this is cut.
const MOST_VALUES: usize = 30;

/// What stands at a byte of a file.
pub fn hover(analysis: &Analysis, source: SourceId, offset: u32) -> Option<Hover> {
    let found = analysis.index.at(source, offset);
    let (text, span) = if let Some(found) = found {
        (describe(analysis, found.target, source)?, found.span)
    } else if let Some(reading) = analysis.draft.readings.at(source, offset) {
        let lang = analysis.lang;
        let text = match &reading.meaning {
            Meaning::Operator => operators::describe(analysis.slice(reading.span), lang)?,
            Meaning::Tick(true) => lang.pick("case sélectionnée", "a selected box").to_owned(),
            Meaning::Tick(false) => {
                lang.pick("case non sélectionnée", "a box not selected").to_owned()
            }
            Meaning::Value(Some(field)) => value_of(analysis, *field)?,
            _ => return None,
        };
        (text, reading.span)
    } else {
        let text = &analysis.file(source)?.text;
        let lang = lang_of(analysis, source);
        let (text, bytes) = words::describe(text, offset as usize, lang)?;
        (text, Span { source, start: bytes.start as u32, end: bytes.end as u32 })
    };
    let contents = MarkupContent { kind: MarkupKind::Markdown, value: text };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(analysis.range(span)) })
}

/// A text that is a value of a field, and none of its list.
fn value_of(analysis: &Analysis, field: FieldId) -> Option<String> {
    let (module, field) = analysis.field(field)?;
    let lang = analysis.lang;
    let whole = format!("`{}.{}`", module.name, field.name());
    Some(lang.pick(format!("valeur de {whole}"), format!("a value of {whole}")))
}

fn describe(analysis: &Analysis, target: Target, source: SourceId) -> Option<String> {
    let lang = analysis.lang;
    let definition = analysis.index.definition(target);
    let mut lines = match target {
        Target::Field(id) => field_lines(analysis, id, source)?,
        Target::Module(id) => {
            let module = analysis.draft.checked.schema.modules.get(id as usize)?;
            let mut head = format!("**module {}**", escaped(&module.name));
            head.push_str(&aliases(&module.aliases));
            let count = module.fields.len();
            let fields = lang.pick(format!("{count} champs"), format!("{count} fields"));
            vec![head, fields]
        }
        Target::Value(_) => {
            let definition = definition?;
            let parent = analysis.index.definitions.get(definition.parent? as usize)?;
            let of = escaped(&parent.name);
            let of = lang.pick(format!("valeur de la liste {of}"), format!("a value of list {of}"));
            vec![format!("**{}**", escaped(&definition.name)), of]
        }
        _ => declared_lines(analysis, definition?),
    };
    lines.extend(definition.map(|d| d.doc.join("\n")).filter(|doc| !doc.is_empty()));
    Some(lines.join("\n\n"))
}

/// A declaration is shown as it begins: its first lines.
fn declared_lines(analysis: &Analysis, definition: &Definition) -> Vec<String> {
    let text = analysis.slice(definition.span);
    let shown: Vec<&str> = text.lines().take(8).collect();
    let more = if text.lines().nth(8).is_some() { "\n  …" } else { "" };
    vec![format!("```jalon\n{}{more}\n```", shown.join("\n"))]
}

fn field_lines(analysis: &Analysis, id: FieldId, source: SourceId) -> Option<Vec<String>> {
    let (module, field) = analysis.field(id)?;
    let lang = lang_of(analysis, source);
    let other = field.key.names.get(1..).unwrap_or_default();
    let mut lines = vec![
        format!("**{}**{}", escaped(field.name()), aliases(other)),
        format!(
            "{} · module {}",
            described(analysis, field, lang, analysis.lang),
            escaped(&module.name)
        ),
    ];
    if let FieldType::Picklist(values) | FieldType::MultiPicklist(values) = &field.ty {
        let mut shown: Vec<String> =
            values.iter().take(MOST_VALUES).map(|value| format!("- {}", escaped(value))).collect();
        if values.len() > MOST_VALUES {
            shown.push(format!("- … ({})", values.len()));
        }
        lines.push(shown.join("\n"));
    }
    Some(lines)
}

fn aliases(names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!(" ({})", names.join(", "))
}

/// The type of a field, with what it refers to.
pub(crate) fn type_of(analysis: &Analysis, field: &Field, lang: Lang) -> String {
    let keyword = field.ty.keyword(lang);
    match &field.ty {
        FieldType::Reference(module) | FieldType::Records(module) => {
            let name = analysis.draft.checked.schema.module(*module).map(|m| m.name.as_str());
            format!("{keyword} {}", name.unwrap_or("…"))
        }
        _ => keyword.to_owned(),
    }
}

/// The type and the properties.
fn described(analysis: &Analysis, field: &Field, keywords: Lang, lang: Lang) -> String {
    let mut parts = vec![type_of(analysis, field, keywords)];
    let mut add = |holds: bool, fr: &str, en: &str| {
        if holds {
            parts.push(keywords.pick(fr, en).to_owned());
        }
    };
    add(field.required, "obligatoire", "required");
    add(field.unique, "unique", "unique");
    add(field.personal, "personnel", "personal");
    add(field.mode.ignoring_accents, "sans accents", "ignoring accents");
    add(field.mode.case_sensitive, "casse stricte", "case-sensitive");
    if let Some(most) = field.max_length {
        parts.push(
            keywords
                .pick(format!("au plus {most} caractères"), format!("at most {most} characters")),
        );
    }
    if field.default.is_some() {
        parts.push(lang.pick("a une valeur par défaut", "has a default").to_owned());
    }
    parts.join(", ")
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | '\'' | ':' | '/' | '(' | ')')
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
