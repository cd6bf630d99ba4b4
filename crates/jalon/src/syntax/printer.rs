//! Document → text, in the words of one language: what [`super::parse`] reads back as the same
//! document.

mod module;
mod score;

use super::ast::{
    Comment, Constant, Criterion, Declaration, DeclarationKind, Document, Expr, Item, Name, Rule,
    TriggerKind,
};
use super::keyword::{self, IF, Kind, ON, THEN, printed};
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
    let mut parts = Vec::new();
    if document.lang.is_some() {
        parts.push(format!("langue {}\n", lang.code()));
    }
    let mut comments = document.comments.iter().peekable();
    for declaration in &document.declarations {
        let mut above = String::new();
        while let Some(comment) = comments.next_if(|c| c.span.start < declaration.span.end) {
            push_comment(&mut above, comment);
        }
        parts.extend((!above.is_empty()).then_some(above));
        parts.push(print_declaration(declaration, lang));
    }
    let mut last = String::new();
    comments.for_each(|comment| push_comment(&mut last, comment));
    parts.extend((!last.is_empty()).then_some(last));
    parts.join("\n")
}

fn push_comment(out: &mut String, comment: &Comment) {
    push_doc(out, &comment.text);
}

fn push_doc(out: &mut String, text: &str) {
    out.push_str(format!("# {text}").trim_end());
    out.push('\n');
}

fn print_declaration(declaration: &Declaration, lang: Lang) -> String {
    let mut out = String::new();
    for line in &declaration.doc {
        push_doc(&mut out, line);
    }
    match &declaration.kind {
        DeclarationKind::Module(module) => self::module::print(&mut out, module, lang),
        DeclarationKind::Constant(constant) => print_constant(&mut out, constant, lang),
        DeclarationKind::Score(score) => self::score::print(&mut out, score, lang),
        DeclarationKind::Rule(rule) => print_rule(&mut out, rule, lang),
        DeclarationKind::Verbatim(verbatim) => {
            out.push_str(verbatim.text.trim_end());
            out.push('\n');
        }
    }
    out
}

/// `score Scorex sur Prospects`, for a keyword and what it heads.
fn head(out: &mut String, kind: Kind, name: &Name, module: Option<&Name>, lang: Lang) {
    out.push_str(keyword::spelling(keyword::DECLARATIONS, &kind, lang));
    out.push(' ');
    out.push_str(&label(name));
    if let Some(module) = module {
        out.push_str(&format!(" {} {}", printed(ON, lang), label(module)));
    }
    out.push('\n');
}

fn print_constant(out: &mut String, constant: &Constant, lang: Lang) {
    let keyword = keyword::spelling(keyword::DECLARATIONS, &Kind::Constant, lang);
    let items = items(&constant.items, lang);
    out.push_str(&format!("{keyword} {} : {items}\n", label(&constant.name)));
}

fn print_rule(out: &mut String, rule: &Rule, lang: Lang) {
    head(out, Kind::Rule, &rule.name, rule.module.as_ref(), lang);
    for trigger in &rule.triggers {
        let clause = match &trigger.kind {
            TriggerKind::Created => word(TriggerWord::Created, lang),
            TriggerKind::Updated => word(TriggerWord::Updated, lang),
            TriggerKind::CreatedOrUpdated => word(TriggerWord::CreatedOrUpdated, lang),
            TriggerKind::Deleted => word(TriggerWord::Deleted, lang),
            TriggerKind::Manual => word(TriggerWord::Manual, lang),
            TriggerKind::Changed(fields) => {
                let changed = if fields.len() > 1 { "modifiés" } else { "modifié" };
                format!("{} {}", labels(fields), lang.pick(changed, "changed"))
            }
            TriggerKind::Criterion(criterion) => self::criterion(criterion, lang),
            TriggerKind::Other(text) => text.clone(),
        };
        out.push_str(&format!("  {} {clause}\n", printed(WHEN, lang)));
    }
    if let Some(criterion) = &rule.criterion {
        out.push_str(&format!("  {} {}\n", printed(IF, lang), self::criterion(criterion, lang)));
    }
    let mut acting = false;
    for line in &rule.rest {
        let margin = if acting && !opens_actions(&line.text) { "    " } else { "  " };
        acting |= keyword::any(THEN, &line.text, keyword::Case::Any).is_some();
        out.push_str(&format!("{margin}{}\n", line.text));
    }
}

fn word(trigger: TriggerWord, lang: Lang) -> String {
    keyword::spelling(TRIGGERS, &trigger, lang).to_owned()
}

/// Whether a line of a rule stands before actions and is none itself.
fn opens_actions(line: &str) -> bool {
    const WORDS: &[&str] = &["alors", "sinon", "puis", "then", "else"];
    keyword::any(WORDS, line, keyword::Case::Any).is_some()
}

/// A name as it is written, in quotes if it was or if it must be.
fn label(name: &Name) -> String {
    stub::name(name)
}

fn labels(names: &[Name]) -> String {
    names.iter().map(label).collect::<Vec<_>>().join(", ")
}

fn criterion(criterion: &Criterion, lang: Lang) -> String {
    stub::criterion(criterion, lang)
}

fn expr(expr: &Expr, lang: Lang) -> String {
    stub::expr(expr, lang)
}

fn items(items: &[Item], lang: Lang) -> String {
    stub::items(items, lang)
}

mod stub {
    use super::*;
    use crate::syntax::ast::{ExprKind, Left};
    pub(super) fn name(n: &Name) -> String {
        if n.quoted { format!("\"{}\"", n.text) } else { n.text.clone() }
    }
    pub(super) fn criterion(c: &Criterion, _: Lang) -> String {
        match c {
            Criterion::Leaf(l) => match &l.split.left {
                Left::Field(n) => name(n),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }
    pub(super) fn expr(e: &Expr, lang: Lang) -> String {
        match &e.kind {
            ExprKind::Name(n) => name(n),
            ExprKind::Negate(e) => format!("-{}", expr(e, lang)),
            _ => String::new(),
        }
    }
    pub(super) fn items(i: &[Item], _: Lang) -> String {
        i.iter().map(|i| name(&i.name)).collect::<Vec<_>>().join(", ")
    }
}
