//! Document → text: the canonical form, in the words of one language, which [`super::parse`] reads
//! back as the same document.
//!
//! In criteria, quotes on the right side and in expressions stay, because they say that a text is
//! a constant; on the left side they go where the name needs none. Declared names keep theirs.

mod automation;
mod criterion;
mod expr;
mod module;
mod quoting;
mod score;
mod test;

pub use criterion::{print_criterion, print_item, print_items};
pub use expr::print_expr;
pub(crate) use quoting::{name, quote, value};

use super::ast::{Constant, Declaration, DeclarationKind, Document, Name, Rule, TriggerKind};
use super::keyword::{self, IF, Kind, ON, printed};
use super::rule::{TRIGGERS, TriggerWord, WHEN};
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
        DeclarationKind::Rule(rule) => print_rule(&mut out, rule, lang),
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

fn print_rule(out: &mut Vec<String>, rule: &Rule, lang: Lang) {
    out.push(head(Kind::Rule, &rule.name, rule.module.as_ref(), lang));
    for trigger in &rule.triggers {
        out.push(format!("  {} {}", printed(WHEN, lang), print_trigger(&trigger.kind, lang)));
    }
    if let Some(criterion) = rule.criterion() {
        out.push(format!("  {} {}", printed(IF, lang), print_criterion(criterion, lang)));
    }
}

fn print_trigger(trigger: &TriggerKind, lang: Lang) -> String {
    let word = |trigger| keyword::spelling(TRIGGERS, &trigger, lang).to_owned();
    match trigger {
        TriggerKind::Created => word(TriggerWord::Created),
        TriggerKind::Updated => word(TriggerWord::Updated),
        TriggerKind::CreatedOrUpdated => word(TriggerWord::CreatedOrUpdated),
        TriggerKind::Deleted => word(TriggerWord::Deleted),
        TriggerKind::Manual => word(TriggerWord::Manual),
        TriggerKind::Changed(fields) => {
            let changed = if fields.len() > 1 { "modifiés" } else { "modifié" };
            format!("{} {}", labels(fields), lang.pick(changed, "changed"))
        }
        TriggerKind::Criterion(criterion) => print_criterion(criterion, lang),
        TriggerKind::Date(date) => label(&date.field),
        TriggerKind::Score { .. } | TriggerKind::Event(_) | TriggerKind::Idle(_) => String::new(),
    }
}

/// A name as it is written, in quotes if it was or if it must be.
fn label(name: &Name) -> String {
    value(name)
}

fn labels(names: &[Name]) -> String {
    names.iter().map(label).collect::<Vec<_>>().join(", ")
}
fn print_action(_: &super::ast::Action, _: Lang) -> String {
    String::new()
}
fn print_update(_: &super::ast::Update, _: Lang) -> String {
    String::new()
}
