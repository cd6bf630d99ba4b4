//! Document → text: the canonical form, in the words of one language, which [`super::parse`] reads
//! back as the same document.
//!
//! In criteria, quotes on the right side and in expressions stay, because they say that a text is
//! a constant; on the left side they go where the name needs none. Declared names keep theirs.

mod action;
mod approval;
mod automation;
mod blueprint;
mod criterion;
mod expr;
mod known;
mod module;
mod place;
mod quoting;
mod rule;
mod score;
mod source;
mod test;
mod text;
mod wrap;

pub use action::{print_action, print_update};
pub use criterion::{print_criterion, print_item, print_items};
pub use expr::print_expr;
pub use known::{Meanings, Role};
pub(crate) use quoting::{name, needs_quotes, quote, value};
pub use source::{Laid, format_criterion, format_document};

use self::known::Known;
use self::text::{Node, Piece, Text, Word, listed, text};
use super::ast::{Comment, Declaration, DeclarationKind, Document, Name};
use super::keyword::{self, Kind, ON};
use crate::lang::Lang;

/// Prints a document with the keywords of a language; names and values stay as they are written.
///
/// ```
/// use jalon::lang::Lang;
/// use jalon::source::SourceId;
/// use jalon::syntax::{Limits, parse, print};
///
/// let text = "module Leads\n  Email: email, required\n";
/// let (document, _) = parse(SourceId(0), text, &Limits::default());
/// assert_eq!(print(&document, Lang::Fr), "module Leads\n  Email : e-mail, obligatoire\n");
/// ```
pub fn print(document: &Document, lang: Lang) -> String {
    let mut parts: Vec<Vec<String>> = Vec::new();
    if document.lang.is_some() {
        parts.push(vec![format!("langue {}", lang.code())]);
    }
    let lines = |comments: &[Comment]| {
        comments.iter().map(|comment| comment_line(&comment.text)).collect::<Vec<_>>()
    };
    let (declarations, below) = document.with_comments();
    for (declaration, comments) in declarations {
        parts.push(lines(comments));
        parts.push(print_declaration(declaration, lang));
    }
    parts.push(lines(below));
    parts.retain(|lines| !lines.is_empty());
    parts.iter().map(|lines| lines.join("\n") + "\n").collect::<Vec<_>>().join("\n")
}

fn comment_line(text: &str) -> String {
    format!("# {text}").trim_end().to_owned()
}

/// The lines of a declaration.
fn print_declaration(declaration: &Declaration, lang: Lang) -> Vec<String> {
    let mut out: Vec<_> = declaration.doc.iter().map(|line| comment_line(line)).collect();
    match (&declaration.kind, node(&declaration.kind, Known::NOTHING)) {
        (_, Some(node)) => flat(&node, 0, lang, &mut out),
        (DeclarationKind::Verbatim(verbatim), _) => out.push(verbatim.text.trim_end().to_owned()),
        _ => {}
    }
    out
}

/// A line and those below it, none of them wrapped.
fn flat(node: &Node, depth: usize, lang: Lang, out: &mut Vec<String>) {
    if node.apart {
        out.push(String::new());
    }
    out.push(format!("{}{}", "  ".repeat(depth), node.text.in_language(lang)));
    node.children.iter().for_each(|child| flat(child, depth + 1, lang, out));
}

/// What a declaration says, line by line; `None` for one that is kept as written.
fn node(kind: &DeclarationKind, known: Known<'_>) -> Option<Node> {
    Some(match kind {
        DeclarationKind::Module(module) => self::module::print(module, known),
        DeclarationKind::Constant(constant) => {
            let keyword = Word::of(keyword::DECLARATIONS, &Kind::Constant);
            let items = criterion::items(&constant.items, known);
            Node::new(text![keyword, " ", label(&constant.name), " : ", items])
        }
        DeclarationKind::Score(score) => self::score::print(score, known),
        DeclarationKind::Rule(rule) => self::rule::print(rule, known),
        DeclarationKind::Validation(validation) => automation::validation(validation, known),
        DeclarationKind::Dependency(dependency) => automation::dependency(dependency),
        DeclarationKind::Calendar(calendar) => automation::calendar(calendar),
        DeclarationKind::Currencies(currencies) => automation::currencies(currencies),
        DeclarationKind::Schedule(schedule) => automation::schedule(schedule, known),
        DeclarationKind::Webhook(webhook) => automation::webhook(webhook, known),
        DeclarationKind::Guard(guard) => automation::guard(guard, known),
        DeclarationKind::Chaining(chaining) => automation::chaining(*chaining),
        DeclarationKind::Pipeline(pipeline) => automation::pipeline(pipeline),
        DeclarationKind::Test(test) => self::test::print(test, known),
        DeclarationKind::Blueprint(blueprint) => self::blueprint::print(blueprint, known),
        DeclarationKind::Approval(approval) => self::approval::print(approval, known),
        DeclarationKind::Verbatim(_) => return None,
    })
}

/// `score Scorex sur Prospects`, for a keyword and what it heads.
fn head(kind: Kind, name: &Name, module: Option<&Name>) -> Text {
    let keyword = Word::of(keyword::DECLARATIONS, &kind);
    let on = module.map(|module| text![" ", Word::pair(ON), " ", label(module)]);
    text![keyword, " ", label(name), on]
}

/// A name as it is written, in quotes if it was or if it must be.
fn label(name: &Name) -> Text {
    text![Piece::Named(value(name), name.span)]
}

fn labels(names: &[Name]) -> Text {
    listed(names.iter().map(label))
}

/// A name in quotes only where it must be.
fn named(name: &Name) -> Text {
    text![Piece::Named(self::name(name), name.span)]
}
