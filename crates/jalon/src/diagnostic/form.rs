//! Diagnostics as data: one shape for every host, places as its own strings count them.

use serde::Serialize;
use serde_json::Value;

use super::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::source::{Sources, Span};

/// How `start` and `end` of a place count: as the strings of the host do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Bytes of UTF-8, as in Rust and Go.
    #[default]
    Bytes,
    /// Characters, as in Python.
    Characters,
    /// Units of UTF-16, as in JavaScript, Java and editors.
    Utf16,
}

/// A place: lines and columns from 1, columns in characters; `start` and `end` in the whole text.
#[derive(Debug, Serialize)]
struct Place<'s> {
    file: &'s str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: usize,
    end: usize,
}

/// Something said of a place, or put there.
#[derive(Debug, Serialize)]
struct Placed<'s> {
    #[serde(flatten)]
    place: Place<'s>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Fix<'s> {
    title: String,
    edits: Vec<Placed<'s>>,
}

#[derive(Debug, Serialize)]
struct Form<'s> {
    code: &'static str,
    severity: Severity,
    message: String,
    /// All of it on one line: the place, how serious it is, the code, the message.
    text: String,
    #[serde(flatten)]
    place: Place<'s>,
    label: Option<String>,
    help: Option<String>,
    labels: Vec<Placed<'s>>,
    fixes: Vec<Fix<'s>>,
}

/// Diagnostics as a JSON array, in a language.
pub(crate) fn form(list: &[Diagnostic], sources: &Sources, lang: Lang, units: Units) -> Value {
    let pages: Vec<Page<'_>> =
        sources.iter().map(|(_, source)| Page::new(&source.name, &source.text, units)).collect();
    let forms: Vec<Form<'_>> = list.iter().map(|one| one.form(&pages, lang)).collect();
    serde_json::to_value(forms).unwrap_or_default()
}

impl Diagnostic {
    fn form<'s>(&self, pages: &[Page<'s>], lang: Lang) -> Form<'s> {
        let place = |span: Span| match pages.get(span.source.0 as usize) {
            Some(page) => page.place(span),
            None => Page::new("", "", Units::Bytes).place(Span { start: 0, end: 0, ..span }),
        };
        let labels = self.labels.iter().map(|label| Placed {
            place: place(label.span),
            text: label.text.fill(lang, &self.args),
        });
        let fixes = self.fixes.iter().map(|fix| Fix {
            title: fix.title(lang),
            edits: fix
                .edits
                .iter()
                .map(|edit| Placed { place: place(edit.span), text: edit.text.clone() })
                .collect(),
        });
        let (at, message) = (place(self.span), self.message(lang));
        let (severity, id) = (self.severity(), self.code.id);
        let Place { file, line, column, .. } = at;
        Form {
            code: id,
            severity,
            text: format!("{file}:{line}:{column}: {}[{id}]: {message}", severity.word(lang)),
            message,
            place: at,
            label: self.underline(lang),
            help: self.help(lang),
            labels: labels.collect(),
            fixes: fixes.collect(),
        }
    }
}

/// A text, and how many units and bytes stand before each of its lines.
struct Page<'s> {
    name: &'s str,
    text: &'s str,
    units: Units,
    lines: Vec<(usize, usize)>,
}

impl<'s> Page<'s> {
    fn new(name: &'s str, text: &'s str, units: Units) -> Page<'s> {
        let mut lines = vec![(0, 0)];
        let mut before = (0, 0);
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            before = (before.0 + line.len(), before.1 + units.count(line));
            lines.push(before);
        }
        Page { name, text, units, lines }
    }

    fn place(&self, span: Span) -> Place<'s> {
        let ((line, column, start), (end_line, end_column, end)) =
            (self.at(span.start), self.at(span.end));
        Place { file: self.name, line, column, end_line, end_column, start, end }
    }

    /// The line and column of a byte, and how many units stand before it.
    fn at(&self, byte: u32) -> (u32, u32, usize) {
        let mut byte = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.lines.partition_point(|(start, _)| *start <= byte);
        let (start, before) = self.lines[line - 1];
        let within = &self.text[start..byte];
        (line as u32, within.chars().count() as u32 + 1, before + self.units.count(within))
    }
}

impl Units {
    fn count(self, text: &str) -> usize {
        match self {
            Units::Bytes => text.len(),
            Units::Characters => text.chars().count(),
            Units::Utf16 => text.encode_utf16().count(),
        }
    }
}
