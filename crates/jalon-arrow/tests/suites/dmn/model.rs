//! A model of DMN and its test cases, read from their XML.

use roxmltree::{Document, Node};
use serde_json::{Map, Value as Json};

/// How the rows of a table that hold make its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    Unique,
    First,
    Any,
    Priority,
    RuleOrder,
    OutputOrder,
    Collect,
    Sum,
    Count,
    Min,
}

/// An input of a table, with the values it is limited to.
#[derive(Debug)]
pub struct Input {
    pub name: String,
    pub values: Option<String>,
}

/// An output of a table.
#[derive(Debug)]
pub struct Output {
    /// None of a table with one output.
    pub name: Option<String>,
    /// The best first.
    pub values: Vec<String>,
    pub default: Option<String>,
}

#[derive(Debug)]
pub struct Row {
    pub cells: Vec<String>,
    pub results: Vec<String>,
}

#[derive(Debug)]
pub struct Table {
    pub policy: Policy,
    pub inputs: Vec<Input>,
    pub outputs: Vec<Output>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub enum Logic {
    Expression(String),
    Table(Table),
}

/// Decisions by name, and the types of what is given.
#[derive(Debug)]
pub struct Model {
    pub decisions: Vec<(String, Logic)>,
    pub given: Vec<(String, String)>,
}

/// A test case: what is given, and what is expected of decisions.
#[derive(Debug)]
pub struct Case {
    pub id: String,
    pub given: Json,
    pub expected: Vec<(String, Json)>,
}

fn children<'n>(node: Node<'n, 'n>, name: &'static str) -> impl Iterator<Item = Node<'n, 'n>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

fn child<'n>(node: Node<'n, 'n>, name: &'static str) -> Option<Node<'n, 'n>> {
    children(node, name).next()
}

fn attribute(node: Node<'_, '_>, name: &str) -> Option<String> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value().to_owned())
}

/// The `text` of an element.
fn text(node: Node<'_, '_>) -> String {
    let text = child(node, "text").and_then(|text| text.text()).unwrap_or_default();
    text.trim().to_owned()
}

/// `"Approved", "Declined"` without quotes.
fn values(node: Node<'_, '_>) -> Vec<String> {
    text(node).split(',').map(|value| value.trim().trim_matches('"').to_owned()).collect()
}

impl Model {
    pub fn read(xml: &str) -> Model {
        let document = Document::parse(xml).unwrap();
        let root = document.root_element();
        let typed = |node| {
            let variable = child(node, "variable").unwrap();
            (attribute(node, "name").unwrap(), attribute(variable, "typeRef").unwrap_or_default())
        };
        let given = children(root, "inputData").map(typed).collect();
        let decision = |node| {
            let logic = match child(node, "decisionTable") {
                Some(table) => Logic::Table(Table::read(table)),
                None => Logic::Expression(text(child(node, "literalExpression").unwrap())),
            };
            (attribute(node, "name").unwrap(), logic)
        };
        Model { decisions: children(root, "decision").map(decision).collect(), given }
    }
}

impl Table {
    fn read(table: Node<'_, '_>) -> Table {
        let aggregation = attribute(table, "aggregation");
        let policy = match (attribute(table, "hitPolicy").as_deref(), aggregation.as_deref()) {
            (Some("UNIQUE"), None) => Policy::Unique,
            (Some("FIRST"), None) => Policy::First,
            (Some("ANY"), None) => Policy::Any,
            (Some("PRIORITY"), None) => Policy::Priority,
            (Some("RULE ORDER"), None) => Policy::RuleOrder,
            (Some("OUTPUT ORDER"), None) => Policy::OutputOrder,
            (Some("COLLECT"), None) => Policy::Collect,
            (Some("COLLECT"), Some("SUM")) => Policy::Sum,
            (Some("COLLECT"), Some("COUNT")) => Policy::Count,
            (Some("COLLECT"), Some("MIN")) => Policy::Min,
            other => panic!("{other:?}"),
        };
        let input = |node| Input {
            name: text(child(node, "inputExpression").unwrap()),
            values: child(node, "inputValues").map(|values| text(values).replace('"', "")),
        };
        let output = |node| Output {
            name: attribute(node, "name"),
            values: child(node, "outputValues").map(values).unwrap_or_default(),
            default: child(node, "defaultOutputEntry").map(text),
        };
        let row = |node| Row {
            cells: children(node, "inputEntry").map(text).collect(),
            results: children(node, "outputEntry").map(text).collect(),
        };
        Table {
            policy,
            inputs: children(table, "input").map(input).collect(),
            outputs: children(table, "output").map(output).collect(),
            rows: children(table, "rule").map(row).collect(),
        }
    }
}

impl Case {
    pub fn read(xml: &str) -> Vec<Case> {
        let document = Document::parse(xml).unwrap();
        let case = |node| {
            let named = |node| (attribute(node, "name").unwrap(), held(node));
            let expected = |node: Node<'_, '_>| {
                let expected = node.children().find(|c| c.tag_name().name() == "expected");
                (attribute(node, "name").unwrap(), held(expected.unwrap()))
            };
            Case {
                id: attribute(node, "id").unwrap(),
                given: Json::Object(children(node, "inputNode").map(named).collect()),
                expected: children(node, "resultNode").map(expected).collect(),
            }
        };
        children(document.root_element(), "testCase").map(case).collect()
    }
}

/// What an element holds: a value, components by name, a list of items.
fn held(node: Node<'_, '_>) -> Json {
    let mut object = Map::new();
    for child in node.children().filter(Node::is_element) {
        match child.tag_name().name() {
            "value" => return value(child),
            "list" => {
                let items = child.children().filter(Node::is_element);
                return items.map(held).collect();
            }
            "component" => {
                object.insert(attribute(child, "name").unwrap(), held(child));
            }
            other => panic!("{other}"),
        }
    }
    Json::Object(object)
}

fn value(node: Node<'_, '_>) -> Json {
    let written = node.text().unwrap_or_default();
    match attribute(node, "type").as_deref() {
        None => Json::Null,
        Some("xsd:string") => Json::String(written.to_owned()),
        Some("xsd:boolean" | "xsd:decimal") => serde_json::from_str(written).unwrap(),
        Some(other) => panic!("{other}"),
    }
}
