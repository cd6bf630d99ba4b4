//! `webhook SMS`: the request that a rule sends.

use std::ops::Range;

use super::{once, one_item, unknown};
use crate::diagnostic::catalogue;
use crate::source::Span;
use crate::syntax::ast::{Format, HttpMethod, Item, Name, Parameter, Webhook};
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The methods, the same in both languages.
pub(crate) const METHODS: &Table<HttpMethod> = &[
    (HttpMethod::Get, &["GET"], &["GET"]),
    (HttpMethod::Post, &["POST"], &["POST"]),
    (HttpMethod::Put, &["PUT"], &["PUT"]),
    (HttpMethod::Patch, &["PATCH"], &["PATCH"]),
    (HttpMethod::Delete, &["DELETE"], &["DELETE"]),
];

/// The word that a line begins with, unless it is the method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineWord {
    Header,
    Parameter,
    Body,
}

/// The other lines.
pub(crate) const LINES: &Table<LineWord> = &[
    (LineWord::Header, &["en-tête"], &["header"]),
    (LineWord::Parameter, &["paramètre"], &["parameter"]),
    (LineWord::Body, &["corps"], &["body"]),
];

/// What kind of text a value is.
pub(crate) const FORMATS: &Table<Format> = &[
    (Format::Text, &["texte"], &["text"]),
    (Format::Html, &["html"], &["html"]),
    (Format::Xml, &["xml"], &["xml"]),
    (Format::Json, &["json"], &["json"]),
    (Format::Url, &["url"], &["url"]),
];

/// What the lines say, so far.
#[derive(Default)]
struct Lines {
    request: Option<(Span, (HttpMethod, Name))>,
    headers: Vec<(Name, Item)>,
    parameters: Vec<Parameter>,
    body: Option<(Span, (Format, Item))>,
}

/// Reads a webhook: its name, perhaps its module, and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Webhook> {
    let head = reader.head(block);
    let mut lines = Lines::default();
    let mut good = true;
    for line in &block.lines {
        good &= lines.line(reader, line.clone()).is_some();
    }
    if good && lines.request.is_none() {
        let place = block.head.clone().unwrap_or(block.range.clone());
        let name = head.as_ref().map(|(name, _)| name);
        return reader.fail_named(&catalogue::MISSING_REQUEST, place, name);
    }
    let (name, module) = head?;
    let (_, (method, url)) = lines.request.filter(|_| good)?;
    Some(Webhook {
        name,
        module,
        method,
        url,
        headers: lines.headers,
        parameters: lines.parameters,
        body: lines.body.map(|(_, body)| body),
    })
}

impl Lines {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let span = reader.span(line.clone());
        let text = reader.text(line.clone());
        if let Some((method, length)) = keyword::longest(METHODS, text, Case::Any) {
            let url = reader.trim(line.start + length..line.end);
            if url.is_empty() {
                return reader.fail(&catalogue::MISSING_REQUEST, line);
            }
            let url = address(reader, url)?;
            return once(reader, &mut self.request, span, (method, url));
        }
        let Some((word, length)) = keyword::longest(LINES, text, Case::Any) else {
            let words = keyword::spellings(LINES).chain(METHODS.iter().map(|(_, fr, _)| fr[0]));
            return unknown(reader, &catalogue::NO_WEBHOOK_LINE, line, words);
        };
        let rest = reader.trim(line.start + length..line.end);
        match word {
            LineWord::Body => {
                let (format, value) = formatted(reader, &line, rest)?;
                once(reader, &mut self.body, span, (format, value))
            }
            LineWord::Header | LineWord::Parameter => {
                let items = scan::items(reader.whole(), rest);
                let [name, value] = items.as_slice() else {
                    let place = items.get(2).cloned().unwrap_or(line);
                    return reader.fail(&catalogue::NAME_AND_VALUE, place);
                };
                let name = reader.name(name.clone());
                if word == LineWord::Header {
                    let value = one_item(reader, value.clone(), &catalogue::NAME_AND_VALUE);
                    self.headers.push((name?, value?));
                } else {
                    let value = formatted(reader, &line, value.clone());
                    let (name, (format, value)) = (name?, value?);
                    self.parameters.push(Parameter { name, format, value });
                }
                Some(())
            }
        }
    }
}

/// The address, bare to the end of the line or in quotes.
fn address(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Name> {
    let text = reader.text(range.clone());
    if text.starts_with(['"', '«']) {
        return reader.name(range);
    }
    Some(Name { span: reader.span(range), text: text.to_owned(), quoted: false })
}

/// `xml "<a/>"`: the word may be left out.
fn formatted(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    range: Range<usize>,
) -> Option<(Format, Item)> {
    if range.is_empty() {
        return reader.fail(&catalogue::NAME_AND_VALUE, line.clone());
    }
    let word = keyword::longest(FORMATS, reader.text(range.clone()), Case::Any);
    if let Some((format, length)) = word {
        let value = reader.trim(range.start + length..range.end);
        if !value.is_empty() {
            return Some((format, one_item(reader, value, &catalogue::NAME_AND_VALUE)?));
        }
    }
    Some((Format::Text, one_item(reader, range, &catalogue::NAME_AND_VALUE)?))
}
