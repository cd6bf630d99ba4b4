//! Text ⇄ document.
//!
//! A text is normalised (`normal`), cut into declarations and lines (`layout`), each line is
//! parsed by the grammar (`grammar/jalon.pest`), and what the grammar cannot know (where a leaf
//! splits into field, operator and value) is decided here. One broken declaration never hides the
//! errors of the others.

mod approval;
pub mod ast;
mod automation;
mod blueprint;
mod condition;
mod constant;
pub(crate) mod criterion;
pub(crate) mod expr;
pub mod form;
pub(crate) mod grammar;
mod keyed;
mod keyword;
mod layout;
mod leaf;
mod module;
pub(crate) mod normal;
mod printer;
mod reader;
mod rule;
mod scan;
mod score;
#[cfg(test)]
pub(crate) mod tests;
pub mod vocabulary;
pub(crate) mod words;

pub use printer::{
    Laid, Meanings, Role, format_criterion, format_document, print, print_action, print_criterion,
    print_expr, print_item, print_items, print_update,
};

use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::source::{Position, SourceId, Span};
use ast::{Declaration, DeclarationKind, Document, Verbatim};
use automation::{
    calendar, currencies, dependency, guard, schedule, settling, test, validation, webhook,
};
use keyword::Kind;
pub(crate) use keyword::{IF, language_of_head};
use layout::Block;
use normal::Normal;
pub(crate) use printer::name as print_name;
use reader::Reader;

/// The limits of a source text, each a clear error.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one text.
    pub bytes: usize,
    /// Depth of brackets.
    pub depth: usize,
    /// Leaves of one criterion.
    pub leaves: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 16 << 20, depth: 64, leaves: 10_000 }
    }
}

/// Parses a text and says everything that is wrong with it, in the order of the text.
///
/// It never fails: a declaration with an error is left out of the document (of a score, only the
/// line with the error), the others are in it.
///
/// ```
/// use jalon::source::SourceId;
/// use jalon::syntax::{Limits, parse};
///
/// let text = "module Leads\n  Email : email, unique\n";
/// let (document, diagnostics) = parse(SourceId(0), text, &Limits::default());
/// assert_eq!(document.declarations.len(), 1);
/// assert!(diagnostics.is_empty());
/// ```
pub fn parse(source: SourceId, text: &str, limits: &Limits) -> (Document, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let mut document = Document { source, ..Document::default() };
    if let Some(too_large) = too_large(source, text, limits) {
        return (document, vec![too_large]);
    }
    let mut normal = Normal::new(source, text);
    let layout = layout::cut(&mut normal, &mut out);
    document.lang = layout.lang;
    document.comments = layout.comments;
    for block in layout.blocks {
        let span = normal.span(block.range.start, block.range.end);
        let before = out.len();
        let kind = declaration(&block, text, span, &mut Reader::new(&normal, limits, &mut out));
        match kind {
            Some(kind) if !block.broken && (is_score(&kind) || !has_errors(&out[before..])) => {
                document.declarations.push(Declaration { span, doc: block.doc, kind });
            }
            _ => {}
        }
    }
    out.sort_by_key(|diagnostic| diagnostic.span.start);
    for diagnostic in &mut out {
        diagnostic.lang = document.lang.unwrap_or_default();
    }
    (document, out)
}

/// Every comment of a text, in order, also those that document a declaration or stand in one that
/// is kept as written.
///
/// ```
/// use jalon::source::SourceId;
///
/// let comments = jalon::syntax::comments(SourceId(0), "constante A : x  # une note\n");
/// assert_eq!(comments[0].text, "une note");
/// ```
pub fn comments(source: SourceId, text: &str) -> Vec<ast::Comment> {
    let remarks = layout::remarks(&Normal::new(source, text));
    remarks.into_iter().map(layout::Remark::into_comment).collect()
}

/// Reads bytes as UTF-8; an error is line and column of the first byte that is not.
pub fn decode(bytes: Vec<u8>) -> Result<String, Position> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Position {
            line: before.matches('\n').count() as u32 + 1,
            column: before[line_start..].chars().count() as u32 + 1,
        }
    })
}

/// The word of a stage.
fn stage_word(stage: ast::Stage, lang: crate::lang::Lang) -> &'static str {
    keyword::spelling(settling::STAGES, &stage, lang)
}

fn too_large(source: SourceId, text: &str, limits: &Limits) -> Option<Diagnostic> {
    let too_large = text.len() > limits.bytes.min(u32::MAX as usize);
    too_large.then(|| {
        Diagnostic::new(&catalogue::TEXT_TOO_LARGE, Span { source, start: 0, end: 0 })
            .arg("size", text.len())
            .arg("limit", limits.bytes)
    })
}

/// A score with a broken line is kept without that line, so that its other lines are checked.
fn is_score(kind: &DeclarationKind) -> bool {
    matches!(kind, DeclarationKind::Score(_))
}

fn has_errors(out: &[Diagnostic]) -> bool {
    out.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// What a block declares; `None` when an error was reported.
fn declaration(
    block: &Block,
    original: &str,
    span: Span,
    reader: &mut Reader<'_>,
) -> Option<DeclarationKind> {
    Some(match block.kind {
        Kind::Module => DeclarationKind::Module(module::parse(reader, block)?),
        Kind::Constant => DeclarationKind::Constant(constant::parse(reader, block)?),
        Kind::Score => DeclarationKind::Score(score::parse(reader, block)?),
        Kind::Rule => DeclarationKind::Rule(rule::parse(reader, block)?),
        Kind::Validation => DeclarationKind::Validation(validation::parse(reader, block)?),
        Kind::Dependency => DeclarationKind::Dependency(dependency::parse(reader, block)?),
        Kind::Calendar => DeclarationKind::Calendar(calendar::parse(reader, block)?),
        Kind::Currencies => DeclarationKind::Currencies(currencies::parse(reader, block)?),
        Kind::Schedule => DeclarationKind::Schedule(schedule::parse(reader, block)?),
        Kind::Webhook => DeclarationKind::Webhook(webhook::parse(reader, block)?),
        Kind::Guard => DeclarationKind::Guard(guard::parse(reader, block)?),
        Kind::Chaining => DeclarationKind::Chaining(settling::chaining(reader, block)?),
        Kind::Pipeline => DeclarationKind::Pipeline(settling::pipeline(reader, block)?),
        Kind::Approval => DeclarationKind::Approval(approval::parse(reader, block)?),
        Kind::Blueprint => DeclarationKind::Blueprint(blueprint::parse(reader, block)?),
        Kind::Test => DeclarationKind::Test(test::parse(reader, block)?),
        Kind::Kept(keyword) => DeclarationKind::Verbatim(Verbatim {
            keyword: keyword.to_owned(),
            text: original.get(span.start as usize..span.end as usize)?.to_owned(),
        }),
    })
}

/// Parses a criterion that stands alone, such as `Pays EST France ET Montant > 1000`.
///
/// ```
/// use jalon::{lang::Lang, source::SourceId, syntax};
///
/// let criterion = syntax::parse_criterion(SourceId(0), "Pays est Monaco OR Code postal COMMENCE PAR 98");
/// let criterion = criterion.expect("a sound criterion");
/// assert_eq!(
///     syntax::print_criterion(&criterion, Lang::En),
///     "Pays IS Monaco OR Code postal STARTS WITH 98",
/// );
/// ```
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_criterion(source: SourceId, text: &str) -> Result<ast::Criterion, Vec<Diagnostic>> {
    let limits = Limits::default();
    if let Some(too_large) = too_large(source, text, &limits) {
        return Err(vec![too_large]);
    }
    let mut normal = Normal::new(source, text);
    layout::blank_comments(&mut normal);
    let mut findings = Vec::new();
    let range = 0..normal.text.len();
    criterion::parse(&normal, range, &limits, &mut findings).ok_or(findings)
}

/// A name (of a field, a module, a score) as it is written in a program: in quotes only where it
/// would not read back bare.
///
/// ```
/// use jalon::syntax::written_name;
///
/// assert_eq!(written_name("Adresse e-mail"), "Adresse e-mail");
/// assert_eq!(written_name("Montant (HT)"), "\"Montant (HT)\"");
/// ```
pub fn written_name(name: &str) -> String {
    printer::name(&unquoted(name))
}

/// The same of a value.
pub fn written_value(value: &str) -> String {
    printer::value(&unquoted(value))
}

fn unquoted(text: &str) -> ast::Name {
    ast::Name { span: Span::default(), text: text.to_owned(), quoted: false }
}

/// A text given on its own, as one name; an error where it is too large.
pub(crate) fn whole_text(source: SourceId, text: &str) -> Result<ast::Name, Box<Diagnostic>> {
    match too_large(source, text, &Limits::default()) {
        Some(too_large) => Err(Box::new(too_large)),
        None => Ok(ast::Name {
            span: Span { source, start: 0, end: text.len() as u32 },
            text: text.to_owned(),
            quoted: false,
        }),
    }
}
