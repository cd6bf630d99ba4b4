//! Diagnostics for programs: a JSON array, each with its file, line and column.

use jalon::diagnostic::{Diagnostic, Edit};
use jalon::lang::Lang;
use jalon::program::Diagnostics;
use jalon::source::{Position, Sources, Span};
use serde_json::{Map, Value, json};

/// The array, one diagnostic a line.
pub(super) fn array(diagnostics: &Diagnostics, lang: Lang) -> String {
    if diagnostics.list.is_empty() {
        return "[]\n".to_owned();
    }
    let each: Vec<String> = diagnostics
        .list
        .iter()
        .map(|diagnostic| form(diagnostic, &diagnostics.sources, lang).to_string())
        .collect();
    format!("[\n{}\n]\n", each.join(",\n"))
}

fn form(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    let mut object = place(diagnostic.span, sources);
    object.insert("code".into(), diagnostic.code.id.into());
    object.insert("severity".into(), json!(diagnostic.severity()));
    object.insert("message".into(), diagnostic.message(lang).into());
    object.insert("label".into(), diagnostic.underline(lang).into());
    object.insert("help".into(), diagnostic.help(lang).into());
    let labels = diagnostic.labels.iter().map(|label| {
        let mut object = place(label.span, sources);
        object.insert("message".into(), label.text.fill(lang, &diagnostic.args).into());
        Value::Object(object)
    });
    object.insert("labels".into(), labels.collect());
    let fixes = diagnostic.fixes.iter().map(|fix| {
        let edits: Vec<Value> = fix.edits.iter().map(|edit| edit_form(edit, sources)).collect();
        json!({ "title": fix.title(lang), "edits": edits })
    });
    object.insert("fixes".into(), fixes.collect());
    Value::Object(object)
}

fn edit_form(edit: &Edit, sources: &Sources) -> Value {
    let mut object = place(edit.span, sources);
    object.insert("text".into(), edit.text.clone().into());
    Value::Object(object)
}

/// Where a span starts and ends, lines and columns from 1, and its bytes.
fn place(span: Span, sources: &Sources) -> Map<String, Value> {
    let Position { line, column } = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    let file = sources.get(span.source).map(|source| source.name.as_str());
    let place = json!({
        "file": file,
        "line": line,
        "column": column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    });
    match place {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
