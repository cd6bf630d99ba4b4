//! A chart read: its states and transitions as written, what they do as assignments and events; or
//! why no blueprint can say it.

use roxmltree::{Document, Node};

use super::script::{Expr, read, statements};

/// Why a chart is no blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// A mistake in an expression is an event there.
    Mistake,
    /// Functions in ECMAScript.
    Function,
    /// The id of a timer as a value.
    Id,
    /// A timer that runs on after its state was left.
    Timer,
    /// Too many states.
    Large,
}

impl Beyond {
    pub fn told(self) -> &'static str {
        match self {
            Beyond::Mistake => {
                "a mistake in an expression is an event to be waited for: here it is found before \
                 anything runs"
            }
            Beyond::Function => {
                "a function that calls what is not there, and its failure as an event with data: \
                 formulas call no functions of their own"
            }
            Beyond::Id => "the id of a timer as a value of a variable: timers have no name",
            Beyond::Timer => {
                "a timer that runs on after its state was left: those of a state end with it"
            }
            Beyond::Large => "more states than a blueprint has",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With states inside, of which one is active.
    Compound,
    /// With states inside, all of which are.
    Parallel,
    /// Without.
    Atomic,
    /// What was active in its parent when that was left, to any depth or not.
    History { deep: bool },
}

#[derive(Debug)]
pub struct State {
    pub id: String,
    pub kind: Kind,
    pub parent: usize,
    /// The states inside, without histories.
    pub inside: Vec<usize>,
    pub histories: Vec<usize>,
    /// Where it begins; of a history, where that is empty.
    pub initial: Vec<usize>,
    pub transitions: Vec<Transition>,
    pub entry: Vec<Do>,
    pub exit: Vec<Do>,
}

#[derive(Debug)]
pub struct Transition {
    /// Nothing: it waits for none.
    pub events: Option<Vec<String>>,
    pub holds: Expr,
    pub targets: Vec<usize>,
    pub internal: bool,
    pub content: Vec<Do>,
}

/// What is done on the way.
#[derive(Clone, Debug)]
pub enum Do {
    Assign(String, Expr),
    Send(Sent),
    /// The first branch whose condition holds; the last may have none.
    If(Vec<(Option<Expr>, Vec<Do>)>),
}

/// An event that a chart sends to itself.
#[derive(Clone, Debug)]
pub struct Sent {
    pub event: String,
    /// After so many milliseconds; at once, behind what is raised, is 0.
    pub after: Option<u32>,
    /// What comes with it, by its path.
    pub data: Vec<(String, Expr)>,
}

/// The states in document order, the chart itself first; what its variables hold first.
#[derive(Debug)]
pub struct Chart {
    pub states: Vec<State>,
    pub first: Vec<Do>,
}

impl Chart {
    /// Reads a chart.
    pub fn read(text: &str) -> Result<Chart, Beyond> {
        let document = Document::parse(text).unwrap();
        let root = document.root_element();
        let nodes: Vec<Node<'_, '_>> = root.descendants().filter(|node| is_state(*node)).collect();
        let reader = Reader { root, nodes: &nodes };
        if root.descendants().any(|node| node.attribute("idlocation").is_some()) {
            return Err(Beyond::Id);
        }
        let mut first = Vec::new();
        for data in root.descendants().filter(|node| tag(*node) == "data") {
            let Some(expr) = data.attribute("expr") else { continue };
            match expr_of(expr)? {
                Expr::List(_) => {}
                value => first.extend(assigned(data.attribute("id").unwrap(), value)),
            }
        }
        let states = nodes.iter().map(|node| reader.state(*node)).collect::<Result<_, _>>()?;
        Ok(Chart { states, first })
    }
}

struct Reader<'r, 'a, 'i> {
    root: Node<'a, 'i>,
    nodes: &'r [Node<'a, 'i>],
}

impl<'a, 'i> Reader<'_, 'a, 'i> {
    fn at(&self, node: Node<'a, 'i>) -> usize {
        self.nodes.iter().position(|one| *one == node).unwrap()
    }

    fn named(&self, ids: &str) -> Vec<usize> {
        let named =
            |id: &str| self.nodes.iter().position(|node| node.attribute("id") == Some(id)).unwrap();
        ids.split_whitespace().map(named).collect()
    }

    fn state(&self, node: Node<'a, 'i>) -> Result<State, Beyond> {
        let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
        let of = |wanted: &'static str| children.iter().filter(move |child| tag(**child) == wanted);
        let inside = children.iter().filter(|child| is_state(**child) && tag(**child) != "history");
        let inside: Vec<usize> = inside.map(|child| self.at(*child)).collect();
        let kind = match tag(node) {
            "history" => Kind::History { deep: node.attribute("type") == Some("deep") },
            "parallel" => Kind::Parallel,
            _ if inside.is_empty() => Kind::Atomic,
            _ => Kind::Compound,
        };
        let target = |node: &Node<'_, '_>| node.attribute("target").map(|ids| self.named(ids));
        let begins = match kind {
            Kind::History { .. } => of("transition").find_map(target),
            _ => node.attribute("initial").map(|ids| self.named(ids)).or_else(|| {
                let initial = of("initial").flat_map(roxmltree::Node::children);
                initial.filter(Node::is_element).find_map(|one| target(&one))
            }),
        };
        let doing = |wanted: &'static str| -> Result<Vec<Do>, Beyond> {
            Ok(of(wanted)
                .map(|block| self.content(*block))
                .collect::<Result<Vec<_>, _>>()?
                .concat())
        };
        let transitions = match kind {
            Kind::History { .. } => Vec::new(),
            _ => of("transition").map(|one| self.transition(*one)).collect::<Result<_, _>>()?,
        };
        Ok(State {
            id: node.attribute("id").unwrap_or_default().to_owned(),
            kind,
            parent: node.parent().filter(|one| is_state(*one)).map_or(0, |one| self.at(one)),
            initial: begins.unwrap_or_else(|| inside.first().copied().into_iter().collect()),
            inside,
            histories: of("history").map(|child| self.at(*child)).collect(),
            transitions,
            entry: doing("onentry")?,
            exit: doing("onexit")?,
        })
    }

    fn transition(&self, node: Node<'a, 'i>) -> Result<Transition, Beyond> {
        Ok(Transition {
            events: node
                .attribute("event")
                .map(|events| events.split_whitespace().map(str::to_owned).collect()),
            holds: expr_of(node.attribute("cond").unwrap_or("true"))?,
            targets: node.attribute("target").map(|ids| self.named(ids)).unwrap_or_default(),
            internal: node.attribute("type") == Some("internal"),
            content: self.content(node)?,
        })
    }

    /// What a block does, line by line; what it only logs is left out.
    fn content(&self, block: Node<'_, '_>) -> Result<Vec<Do>, Beyond> {
        let mut done = Vec::new();
        for child in block.children().filter(Node::is_element) {
            match tag(child) {
                "assign" => {
                    let value = expr_of(child.attribute("expr").unwrap())?;
                    done.extend(assigned(child.attribute("location").unwrap(), value));
                }
                "script" => {
                    let script = child.text().unwrap_or_default();
                    let script = statements(script).ok_or(Beyond::Function)?;
                    done.extend(script.into_iter().map(|(name, value)| Do::Assign(name, value)));
                }
                "raise" | "send" => done.push(Do::Send(sent(child)?)),
                "if" => done.push(choice(child)?),
                "foreach" => done.extend(self.each(child)?),
                _ => {}
            }
        }
        Ok(done)
    }

    /// A loop over a constant list, line after line.
    fn each(&self, node: Node<'_, '_>) -> Result<Vec<Do>, Beyond> {
        let named = |data: &Node<'_, '_>| data.attribute("id") == node.attribute("array");
        let data = self.root.descendants().filter(|one| tag(*one) == "data").find(named).unwrap();
        let Expr::List(items) = expr_of(data.attribute("expr").unwrap())? else { panic!("a list") };
        let mut done = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            done.push(Do::Assign(node.attribute("item").unwrap().to_owned(), item));
            if let Some(name) = node.attribute("index") {
                done.push(Do::Assign(name.to_owned(), Expr::Number(index.to_string())));
            }
            done.extend(self.content(node)?);
        }
        Ok(done)
    }
}

/// A choice of branches.
fn choice(node: Node<'_, '_>) -> Result<Do, Beyond> {
    let cond = |node: Node<'_, '_>| node.attribute("cond").map(expr_of).transpose();
    let mut branches = vec![(cond(node)?, Vec::new())];
    for child in node.children().filter(Node::is_element) {
        match tag(child) {
            "elseif" | "else" => branches.push((cond(child)?, Vec::new())),
            "assign" => {
                let value = expr_of(child.attribute("expr").unwrap())?;
                let (_, done) = branches.last_mut().unwrap();
                done.extend(assigned(child.attribute("location").unwrap(), value));
            }
            "if" => {
                let inner = choice(child)?;
                branches.last_mut().unwrap().1.push(inner);
            }
            _ => {}
        }
    }
    Ok(Do::If(branches))
}

fn sent(node: Node<'_, '_>) -> Result<Sent, Beyond> {
    let told = |name: &str, computed: &str| {
        let computed = node.attribute(computed).and_then(|expr| match read(expr) {
            Some(Expr::Text(text)) => Some(text),
            _ => None,
        });
        node.attribute(name).map(str::to_owned).or(computed)
    };
    let delay =
        told("delay", "delayexpr").map(|delay| delay.strip_suffix("ms").unwrap().parse().unwrap());
    let internal = tag(node) == "raise" || node.attribute("target") == Some("#_internal");
    let path = |name: &str| format!("_event.data.{name}");
    let names = node.attribute("namelist").unwrap_or_default().split_whitespace();
    let mut data: Vec<_> = names.map(|name| (path(name), Expr::Var(name.to_owned()))).collect();
    for child in node.children().filter(Node::is_element) {
        let value = child.attribute("expr").or(child.attribute("location"));
        let value = match (value, child.text()) {
            (Some(expr), _) => expr_of(expr)?,
            (None, text) => Expr::Text(text.unwrap_or_default().to_owned()),
        };
        let to = child.attribute("name").map_or_else(|| "_event.data".to_owned(), path);
        data.push((to, value));
    }
    let event = told("event", "eventexpr").unwrap();
    Ok(Sent { event, after: delay.or((!internal).then_some(0)), data })
}

/// An object is written part by part.
fn assigned(name: &str, value: Expr) -> Vec<Do> {
    match value {
        Expr::Object(parts) => {
            let parts = parts.into_iter();
            parts.flat_map(|(part, value)| assigned(&format!("{name}.{part}"), value)).collect()
        }
        value => vec![Do::Assign(name.to_owned(), value)],
    }
}

fn expr_of(text: &str) -> Result<Expr, Beyond> {
    if text.contains("Data(") {
        return Err(Beyond::Function);
    }
    read(text).ok_or(Beyond::Mistake)
}

fn tag<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

fn is_state(node: Node<'_, '_>) -> bool {
    matches!(tag(node), "scxml" | "state" | "final" | "parallel" | "history")
}
