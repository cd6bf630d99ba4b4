//! Diagnostics as JSON, places counted as Python counts them: in characters.

use jalon::diagnostic::{Diagnostic, Edit};
use jalon::lang::Lang;
use jalon::program::Diagnostics;
use jalon::source::{Sources, Span};
use serde_json::{Value, json};

/// The findings as a JSON array.
pub fn json(found: &Diagnostics) -> String {
    let list: Vec<Value> = found.list.iter().map(|d| form(d, &found.sources, found.lang)).collect();
    Value::from(list).to_string()
}

fn form(d: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    let start = sources.position(d.span);
    let end = sources.position(Span { start: d.span.end, ..d.span });
    let labels: Vec<Value> = d
        .labels
        .iter()
        .map(|label| {
            let at = sources.position(label.span);
            json!({
                "file": file(sources, label.span), "line": at.line, "column": at.column,
                "text": label.text.fill(lang, &d.args),
            })
        })
        .collect();
    let fixes: Vec<Value> = d
        .fixes
        .iter()
        .map(|fix| {
            let edits: Vec<Value> = fix.edits.iter().map(|e| edit(e, sources)).collect();
            json!({ "title": fix.title(lang), "edits": edits })
        })
        .collect();
    json!({
        "code": d.code.id, "severity": d.severity(), "message": d.message(lang),
        "file": file(sources, d.span), "line": start.line, "column": start.column,
        "end_line": end.line, "end_column": end.column,
        "label": d.underline(lang), "help": d.help(lang), "labels": labels, "fixes": fixes,
    })
}

fn file(sources: &Sources, span: Span) -> &str {
    sources.get(span.source).map_or("", |source| source.name.as_str())
}

fn edit(edit: &Edit, sources: &Sources) -> Value {
    let text = sources.get(edit.span.source).map_or("", |source| source.text.as_str());
    let characters = |byte: u32| text.get(..byte as usize).unwrap_or(text).chars().count();
    json!({
        "file": file(sources, edit.span), "text": edit.text,
        "start": characters(edit.span.start), "end": characters(edit.span.end),
    })
}
