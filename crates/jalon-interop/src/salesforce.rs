//! Workflow rules of Salesforce's metadata: `*.workflow-meta.xml`. Read only.
//!
//! A rule is carried when its trigger and its whole criterion are; its actions are carried one by
//! one, and each that is not is listed and noted above the rule.

mod action;
mod criteria;
mod rule;

use jalon::diagnostic::Severity;
use jalon::lang::Lang;
use jalon::source::{SourceId, Span};
use jalon::syntax::ast::{Declaration, DeclarationKind, Document};
use jalon::syntax::{Limits, parse, print};
use roxmltree::{Node, ParsingOptions};

use crate::build::Setting;
use crate::left_out::{LeftOut, reasons};

/// What an import of rules is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'p> {
    /// The program the rules are for, if there is one, and the language of words.
    pub setting: Setting<'p>,
    /// The module of the rules; without it the object that their criteria name.
    pub module: Option<&'p str>,
    /// Also the rules that are switched off.
    pub inactive: bool,
}

/// Rules as Jalon has them, and what was left out.
#[derive(Clone, Debug, Default)]
pub struct ImportedRules {
    /// The rules.
    pub document: Document,
    /// Everything that is not in them.
    pub left_out: Vec<LeftOut>,
}

impl ImportedRules {
    /// The rules as text.
    pub fn text(&self, lang: Lang) -> String {
        print(&self.document, lang)
    }
}

/// Reads workflow rules.
///
/// ```
/// use jalon::Lang;
/// use jalon_interop::salesforce::{Wanted, read};
///
/// let rules = read("<Workflow><rules><fullName>Vide</fullName><active>true</active>\
///     <criteriaItems><field>Contact.Phone</field><operation>equals</operation></criteriaItems>\
///     <actions><name>Set</name><type>FieldUpdate</type></actions>\
///     <triggerType>onCreateOnly</triggerType></rules>\
///     <fieldUpdates><fullName>Set</fullName><field>Status</field><operation>Literal</operation>\
///     <literalValue>No phone</literalValue></fieldUpdates></Workflow>", &Wanted::default());
/// assert_eq!(rules.text(Lang::En), "\
/// rule Vide on Contact
///   when created
///   if Phone IS EMPTY
///   then
///     Status : No phone
/// ");
/// assert!(rules.left_out.is_empty());
/// ```
pub fn read(xml: &str, wanted: &Wanted<'_>) -> ImportedRules {
    let mut rules = ImportedRules::default();
    let options = ParsingOptions { nodes_limit: 1 << 20, ..ParsingOptions::default() };
    let document = match roxmltree::Document::parse_with_options(xml, options) {
        Ok(document) => document,
        Err(error) => {
            rules.left_out.push(LeftOut::new("", &reasons::NO_XML).arg("error", error));
            return rules;
        }
    };
    let root = document.root_element();
    if root.tag_name().name() != "Workflow" {
        let wrong = LeftOut::new(path(root), &reasons::WRONG_SHAPE);
        rules.left_out.push(wrong.arg("wanted", "<Workflow>"));
        return rules;
    }
    for node in children(root, "rules") {
        let before = rules.left_out.len();
        if let Some(made) = rule::read(node, root, wanted, &mut rules.left_out) {
            let mut doc = description(node);
            let notes = rules.left_out[before..].iter();
            doc.extend(notes.map(|left_out| {
                let note = format!("{} : {}", left_out.at, left_out.message(wanted.setting.lang));
                one_line(&note)
            }));
            let kind = DeclarationKind::Rule(made);
            let declaration = Declaration { span: Span::default(), doc, kind };
            if reads_back(&declaration, wanted.setting.lang) {
                rules.document.declarations.push(declaration);
            } else {
                let name = text(node, "fullName").unwrap_or_default();
                rules.left_out.push(left_out(node, &reasons::UNWRITABLE).arg("text", name));
            }
        }
    }
    rules
}

/// Whether the printed rule is read as one rule: names of fields and actions may be anything.
fn reads_back(declaration: &Declaration, lang: Lang) -> bool {
    let document = Document { declarations: vec![declaration.clone()], ..Document::default() };
    let text = print(&document, lang);
    let (read, findings) = parse(SourceId(0), &text, &Limits::default());
    let sound = findings.iter().all(|finding| finding.severity() != Severity::Error);
    sound && read.declarations.len() == 1 && print(&read, lang) == text
}

/// What a rule says of itself, as lines of a comment.
fn description(rule: Node<'_, '_>) -> Vec<String> {
    let text = text(rule, "description").unwrap_or_default();
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The text of a child; nothing where it has none.
fn text<'a>(node: Node<'a, '_>, name: &'static str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim).filter(|text| !text.is_empty())
}

/// A place in XML: `/Workflow/rules[2]/criteriaItems[1]`, counted from 1.
fn path(node: Node<'_, '_>) -> String {
    let mut steps: Vec<String> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|element| {
            let name = element.tag_name().name();
            let same = |other: &Node<'_, '_>| other.tag_name().name() == name;
            let before = element.prev_siblings().skip(1).filter(same).count();
            let alone = before == 0 && !element.next_siblings().skip(1).any(|other| same(&other));
            if alone { name.to_owned() } else { format!("{name}[{}]", before + 1) }
        })
        .collect();
    steps.reverse();
    format!("/{}", steps.join("/"))
}

fn left_out(node: Node<'_, '_>, reason: &'static jalon::diagnostic::Text) -> LeftOut {
    LeftOut::new(path(node), reason)
}
