//! A chart read: its atomic states one by one, each with the ways out of it and of what is around
//! it; or why no blueprint can say it.

use roxmltree::{Document, Node};

/// Why a chart is no blueprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// A record is in one state of its process at a time.
    Parallel,
    /// A blueprint remembers no state to go back to.
    History,
    /// Programs in ECMAScript.
    Script,
    /// Variables that expressions in ECMAScript compute.
    Variables,
    /// What is sent by itself differs by the way that led to a state.
    SentByWay,
}

impl Beyond {
    pub fn told(self) -> &'static str {
        match self {
            Beyond::Parallel => "parallel regions: a record is in one state at a time",
            Beyond::History => "history: a blueprint knows no state to go back to",
            Beyond::Script => "script: programs in ECMAScript",
            Beyond::Variables => "variables that expressions in ECMAScript compute",
            Beyond::SentByWay => "sends itself other events by the way that led to a state",
        }
    }
}

/// A state that holds no other.
#[derive(Debug)]
pub struct State {
    pub name: String,
    /// In the order in which they are tried.
    pub ways: Vec<Way>,
}

/// A transition as it leaves an atomic state.
#[derive(Debug)]
pub struct Way {
    /// What it waits for.
    pub on: On,
    pub to: usize,
    /// Its condition: none but constants.
    pub holds: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum On {
    /// One of these events.
    Events(Vec<String>),
    /// Nothing: it is made by itself after so many milliseconds.
    ItsOwn(u32),
}

#[derive(Debug)]
pub struct Chart {
    pub states: Vec<State>,
    pub initial: usize,
}

/// An event that a chart sends to itself, and how much later.
type Sent = (String, u32);

impl Chart {
    /// Reads a chart.
    pub fn read(text: &str) -> Result<Chart, Beyond> {
        let document = Document::parse(text).unwrap();
        let root = document.root_element();
        let has =
            |tags: &[&str]| root.descendants().any(|node| tags.contains(&node.tag_name().name()));
        for (tags, beyond) in [
            (&["parallel"][..], Beyond::Parallel),
            (&["history"], Beyond::History),
            (&["script"], Beyond::Script),
            (&["data", "assign", "foreach", "if"], Beyond::Variables),
        ] {
            if has(tags) {
                return Err(beyond);
            }
        }
        let atomic: Vec<Node<'_, '_>> =
            root.descendants().filter(|node| is_state(*node) && inner(*node).is_none()).collect();
        let index = |node: Node<'_, '_>| {
            let leaf = begins(root, node);
            atomic.iter().position(|one| *one == leaf).unwrap()
        };
        let initial = match root.attribute("initial") {
            Some(id) => index(named(root, id)),
            None => index(inner(root).unwrap()),
        };
        let mut states: Vec<State> = Vec::new();
        // What every way into a state sends, once one is known.
        let mut sent: Vec<Option<Vec<Sent>>> = vec![None; atomic.len()];
        let mut arrive = |to: usize, sends: Vec<Sent>| match &sent[to] {
            Some(known) if *known != sends => Err(Beyond::SentByWay),
            _ => {
                sent[to] = Some(sends);
                Ok(())
            }
        };
        arrive(initial, sends(entered(None, atomic[initial]).as_slice(), "onentry"))?;
        for leaf in &atomic {
            let mut ways = Vec::new();
            for transition in leaf.ancestors().filter(|node| is_state(*node)).flat_map(transitions)
            {
                let to = index(named(root, transition.attribute("target").unwrap()));
                let mut all = sends(&entered(Some(atomic[to]), *leaf), "onexit");
                all.extend(said(transition));
                all.extend(sends(&entered(Some(*leaf), atomic[to]), "onentry"));
                let holds = transition.attribute("cond") != Some("false");
                if holds {
                    arrive(to, all)?;
                }
                let events = transition.attribute("event").map(|events| {
                    On::Events(events.split_whitespace().map(str::to_owned).collect())
                });
                ways.push(Way { on: events.unwrap_or(On::ItsOwn(0)), to, holds });
            }
            states.push(State { name: leaf.attribute("id").unwrap().to_owned(), ways });
        }
        let mut chart = Chart { states, initial };
        chart.send_to_itself(&sent)?;
        Ok(chart)
    }

    /// Ways that wait for what is sent on entering their state are made by themselves, after
    /// those that wait for nothing.
    fn send_to_itself(&mut self, sent: &[Option<Vec<Sent>>]) -> Result<(), Beyond> {
        for (at, sent) in sent.iter().enumerate() {
            let [(event, delay)] = sent.as_deref().unwrap_or_default() else {
                if sent.as_ref().is_some_and(|sent| sent.len() > 1) {
                    return Err(Beyond::SentByWay);
                }
                continue;
            };
            let own = |way: &&Way| way.on == On::ItsOwn(0) && way.holds;
            if let Some(first) = self.states[at].ways.iter().find(own) {
                // It is gone by the time; what it sends must find nobody there.
                let there = &self.states[first.to].ways;
                if there.iter().any(|way| waits_for(&way.on, event)) {
                    return Err(Beyond::SentByWay);
                }
            }
            let ways = std::mem::take(&mut self.states[at].ways);
            let (mut sent, mut ways): (Vec<_>, Vec<_>) =
                ways.into_iter().partition(|way| waits_for(&way.on, event));
            for way in &mut sent {
                way.on = On::ItsOwn(*delay);
            }
            ways.append(&mut sent);
            self.states[at].ways = ways;
        }
        Ok(())
    }
}

/// Whether a way waits for an event: for its name, for the beginning of it up to a dot, for any.
pub fn waits_for(on: &On, event: &str) -> bool {
    let On::Events(events) = on else { return false };
    events.iter().any(|awaited| {
        let awaited = awaited.strip_suffix(".*").unwrap_or(awaited);
        let rest = event.strip_prefix(awaited);
        awaited == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn is_state(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "state" | "final")
}

/// The first state in a state.
fn inner<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is_state(*child))
}

fn named<'a, 'i>(root: Node<'a, 'i>, id: &str) -> Node<'a, 'i> {
    root.descendants().find(|node| is_state(*node) && node.attribute("id") == Some(id)).unwrap()
}

/// The atomic state in which a state begins.
fn begins<'a, 'i>(root: Node<'a, 'i>, mut state: Node<'a, 'i>) -> Node<'a, 'i> {
    while let Some(first) = inner(state) {
        let said = state.children().find(|child| child.tag_name().name() == "initial");
        let said = said.and_then(|initial| transitions(initial).next()?.attribute("target"));
        state = said.or(state.attribute("initial")).map_or(first, |id| named(root, id));
    }
    state
}

fn transitions<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(|child| child.tag_name().name() == "transition")
}

/// The states that are entered on the way from one to another, the outermost first.
fn entered<'a, 'i>(from: Option<Node<'a, 'i>>, to: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let around = |node: &Node<'a, 'i>| {
        from.is_some_and(|from| from != *node && from.ancestors().any(|one| one == *node))
    };
    let mut states: Vec<_> =
        to.ancestors().filter(|node| is_state(*node)).take_while(|node| !around(node)).collect();
    states.reverse();
    states
}

/// What some states send when they are entered or left.
fn sends(states: &[Node<'_, '_>], when: &str) -> Vec<Sent> {
    let blocks = states.iter().flat_map(roxmltree::Node::children);
    blocks.filter(|block| block.tag_name().name() == when).flat_map(said).collect()
}

/// What a block sends.
fn said(block: Node<'_, '_>) -> Vec<Sent> {
    let sent = block.children().filter_map(|child| match child.tag_name().name() {
        "raise" => Some((child.attribute("event")?.to_owned(), 0)),
        "send" => {
            let delay = child.attribute("delay")?.strip_suffix("ms")?.parse().ok()?;
            Some((child.attribute("event")?.to_owned(), delay))
        }
        _ => None,
    });
    sent.collect()
}
