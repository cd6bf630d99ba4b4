//! What has no sentence of its own, line by line, as it is printed in either language.

use super::node::Node;
use super::{Part, Said};
use crate::lang::Lang;
use crate::program::Program;
use crate::syntax::ast::{Declaration, DeclarationKind, Document, Name};
use crate::syntax::{Limits, parse, print};

/// The declarations of a program that are compared so.
pub(super) fn declarations(program: &Program) -> Vec<Node> {
    let sources = program.diagnostics().sources;
    let limits = Limits { bytes: usize::MAX, ..Limits::default() };
    let mut nodes = Vec::new();
    for (id, source) in sources.iter() {
        let (document, _) = parse(id, &source.text, &limits);
        for declaration in document.declarations {
            nodes.extend(node(&declaration));
        }
    }
    nodes
}

fn node(declaration: &Declaration) -> Option<Node> {
    use DeclarationKind as Kind;
    let text = |name: &Name| Some(name.text.clone());
    let of = |module: &Option<Name>| module.as_ref().map(|name| name.text.clone());
    let (part, name, module) = match &declaration.kind {
        Kind::Approval(it) => (Part::Approval, text(&it.name), of(&it.module)),
        Kind::Calendar(it) => (Part::Calendar, text(&it.name), None),
        Kind::Schedule(it) => (Part::Schedule, text(&it.name), None),
        Kind::Webhook(it) => (Part::Webhook, text(&it.name), None),
        Kind::Test(it) => (Part::Test, text(&it.name), of(&it.module)),
        Kind::Validation(_) => (Part::Validation, None, None),
        Kind::Dependency(_) => (Part::Dependency, None, None),
        Kind::Guard(_) => (Part::Guard, None, None),
        Kind::Currencies(_) => (Part::Currencies, None, None),
        Kind::Chaining(_) => (Part::Chaining, None, None),
        Kind::Pipeline(_) => (Part::Pipeline, None, None),
        Kind::Module(_)
        | Kind::Constant(_)
        | Kind::Score(_)
        | Kind::Rule(_)
        | Kind::Blueprint(_)
        | Kind::Verbatim(_) => return None,
    };
    let (french, english) = (printed(declaration, Lang::Fr), printed(declaration, Lang::En));
    let mut lines = french.into_iter().zip(english);
    let (fr, en) = lines.next()?;
    // A guard or a pipeline is one line; a validation is known by its head.
    let head = fr.clone();
    let mut node = Node::new(part, Said { fr, en });
    if name.is_some() {
        node.content = without(&node.content, name.as_deref().unwrap_or_default());
    }
    (node.name, node.module) = (name, module);
    node.children = lines
        .map(|(fr, en)| {
            let key = fr.split([':', ',']).next().unwrap_or_default().trim().to_owned();
            Node::new(Part::Text, Said { fr: fr.trim().to_owned(), en: en.trim().to_owned() })
                .keys(vec![key])
        })
        .collect();
    if !matches!(part, Part::Test | Part::Schedule | Part::Approval | Part::Pipeline) {
        node.children.sort_by(|a, b| a.content.cmp(&b.content));
    }
    let start = head.split(',').next().unwrap_or_default().to_owned();
    let first = head.split(' ').next().unwrap_or_default().to_owned();
    Some(node.keys(vec![head, start, first]))
}

/// A head without the name that stands in it.
fn without(head: &str, name: &str) -> String {
    head.replacen(name, "", 1)
}

/// The lines of a declaration, without what stands above it.
fn printed(declaration: &Declaration, lang: Lang) -> Vec<String> {
    let bare = Declaration { doc: Vec::new(), ..declaration.clone() };
    let document = Document { declarations: vec![bare], ..Document::default() };
    print(&document, lang)
        .lines()
        .map(str::to_owned)
        .filter(|line| !line.trim().is_empty())
        .collect()
}
