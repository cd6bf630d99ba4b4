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
mod module;
mod quoting;
mod rule;
mod score;
mod test;

pub use action::{print_action, print_update};
pub use criterion::{print_criterion, print_item, print_items};
pub use expr::print_expr;
pub(crate) use quoting::{name, quote, value};

use super::ast::{Constant, Declaration, DeclarationKind, Document, Name};
use super::keyword::{self, Kind, ON, printed};
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
    let mut comments = document.comments.iter().peekable();
    for declaration in &document.declarations {
        let end = declaration.span.end;
        let above: Vec<_> =
            std::iter::from_fn(|| comments.next_if(|comment| comment.span.start < end))
                .map(|comment| comment_line(&comment.text))
                .collect();
        parts.push(above);
        parts.push(print_declaration(declaration, lang));
    }
    parts.push(comments.map(|comment| comment_line(&comment.text)).collect());
    parts.retain(|lines| !lines.is_empty());
    parts.iter().map(|lines| lines.join("\n") + "\n").collect::<Vec<_>>().join("\n")
}

fn comment_line(text: &str) -> String {
    format!("# {text}").trim_end().to_owned()
}

/// The lines of a declaration.
fn print_declaration(declaration: &Declaration, lang: Lang) -> Vec<String> {
    let mut out: Vec<_> = declaration.doc.iter().map(|line| comment_line(line)).collect();
    match &declaration.kind {
        DeclarationKind::Module(module) => self::module::print(&mut out, module, lang),
        DeclarationKind::Constant(constant) => out.push(print_constant(constant, lang)),
        DeclarationKind::Score(score) => self::score::print(&mut out, score, lang),
        DeclarationKind::Rule(rule) => self::rule::print(&mut out, rule, lang),
        DeclarationKind::Validation(validation) => {
            automation::validation(&mut out, validation, lang);
        }
        DeclarationKind::Dependency(dependency) => {
            automation::dependency(&mut out, dependency, lang);
        }
        DeclarationKind::Calendar(calendar) => automation::calendar(&mut out, calendar, lang),
        DeclarationKind::Currencies(currencies) => {
            automation::currencies(&mut out, currencies, lang);
        }
        DeclarationKind::Schedule(schedule) => automation::schedule(&mut out, schedule, lang),
        DeclarationKind::Webhook(webhook) => automation::webhook(&mut out, webhook, lang),
        DeclarationKind::Guard(guard) => automation::guard(&mut out, guard, lang),
        DeclarationKind::Chaining(chaining) => automation::chaining(&mut out, *chaining, lang),
        DeclarationKind::Pipeline(pipeline) => automation::pipeline(&mut out, pipeline, lang),
        DeclarationKind::Test(test) => self::test::print(&mut out, test, lang),
        DeclarationKind::Blueprint(blueprint) => self::blueprint::print(&mut out, blueprint, lang),
        DeclarationKind::Approval(approval) => self::approval::print(&mut out, approval, lang),
        DeclarationKind::Verbatim(verbatim) => out.push(verbatim.text.trim_end().to_owned()),
    }
    out
}

/// `score Scorex sur Prospects`, for a keyword and what it heads.
fn head(kind: Kind, name: &Name, module: Option<&Name>, lang: Lang) -> String {
    let keyword = keyword::spelling(keyword::DECLARATIONS, &kind, lang);
    match module {
        Some(module) => {
            format!("{keyword} {} {} {}", label(name), printed(ON, lang), label(module))
        }
        None => format!("{keyword} {}", label(name)),
    }
}

fn print_constant(constant: &Constant, lang: Lang) -> String {
    let keyword = keyword::spelling(keyword::DECLARATIONS, &Kind::Constant, lang);
    format!("{keyword} {} : {}", label(&constant.name), print_items(&constant.items, lang))
}

/// A name as it is written, in quotes if it was or if it must be.
fn label(name: &Name) -> String {
    value(name)
}

fn labels(names: &[Name]) -> String {
    names.iter().map(label).collect::<Vec<_>>().join(", ")
}
