//! What stands where: the boxes, labels and lines of a picture, placed.

use super::super::layout::rank::Ways;
use super::super::layout::{Knot, Link, Node, Placed, crowd, layered, passing};
use super::super::sketch::{Look, Sketch, Sources};
use super::card::Card;
use super::chip::Chip;
use super::measure::width;
use super::text::Style;

/// With more lines than this, and more than three a state, lines have no room of their own.
const FEW_LINES: usize = 44;
/// Nor where lines would pass layers more often than this.
const MOST_PASSING: usize = 5_000;
/// The half height of the sign of the beginning.
pub(super) const START: f64 = 7.0;

/// Everything, placed from 0.
#[derive(Debug)]
pub(super) struct Scene {
    /// The states, in their order.
    pub cards: Vec<Card>,
    /// Where they stand.
    pub card_at: Vec<(f64, f64)>,
    /// The labels and where they stand; those of loops are with their states.
    pub chips: Vec<(Chip, (f64, f64))>,
    /// Where several lines meet and nothing is written.
    pub joints: Vec<(f64, f64)>,
    /// Where the sign of the beginning stands.
    pub start: Option<(f64, f64)>,
    /// The lines.
    pub lines: Vec<Stroke>,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Whether lines have no room of their own.
    pub crowded: bool,
}

/// A line.
#[derive(Debug)]
pub(super) struct Stroke {
    /// Its way, from top to bottom; empty in a crowd.
    pub way: Vec<Knot>,
    /// The transition, none of the beginning.
    pub arrow: Option<usize>,
    /// From which state to which, where it is a line between states.
    pub between: Option<(usize, usize)>,
    /// Whether it goes up.
    pub up: bool,
    /// Whether it has a tip.
    pub tip: bool,
    /// How many times that way was gone, where it is known.
    pub count: Option<u64>,
}

/// A line between states: from, to, transition, and how many times it was gone.
type Tie = (usize, usize, usize, Option<u64>);

/// Boxes and lines that are not placed yet.
#[derive(Default)]
struct Plan {
    nodes: Vec<Node>,
    links: Vec<Link>,
    lines: Vec<Stroke>,
    chips: Vec<(Chip, usize)>,
    joints: Vec<usize>,
    start: Option<usize>,
}

impl Scene {
    pub(super) fn new(sketch: &Sketch) -> Scene {
        let cards = cards(sketch);
        let ranks = ways(sketch).ranks();
        let ties = ties(sketch);
        let crowded = ties.len() > FEW_LINES && ties.len() > 3 * sketch.spots.len();
        if !crowded {
            let plan = Plan::new(sketch, &cards, &ranks);
            if passing(&plan.nodes, &plan.links) <= MOST_PASSING {
                return plan.placed(cards);
            }
        }
        crowd_of(sketch, cards, &ranks, &ties)
    }
}

/// The boxes, with the labels of the transitions that stay in their state.
fn cards(sketch: &Sketch) -> Vec<Card> {
    let stays = |state: usize| {
        sketch.arrows.iter().filter(move |arrow| match &arrow.from {
            Sources::States(from) => {
                arrow.to == state && from.iter().any(|(source, _)| *source == state)
            }
            Sources::Said(..) => false,
        })
    };
    let chips = |state| stays(state).map(|arrow| Chip::new(arrow, "")).collect();
    sketch.spots.iter().enumerate().map(|(index, spot)| Card::new(spot, chips(index))).collect()
}

fn ways(sketch: &Sketch) -> Ways {
    let mut ways = Ways { count: sketch.spots.len(), start: sketch.start, ..Ways::default() };
    for arrow in &sketch.arrows {
        match &arrow.from {
            Sources::States(from) => ways.drawn.extend(
                from.iter().filter(|(s, _)| *s != arrow.to).map(|(source, _)| (*source, arrow.to)),
            ),
            Sources::Said(_, from) => {
                ways.said.extend(from.iter().filter(|s| **s != arrow.to).map(|s| (*s, arrow.to)));
            }
        }
    }
    let is_end =
        |state: &usize| matches!(sketch.spots[*state].look, Look::Won | Look::Lost | Look::Final);
    ways.ends = (0..ways.count).filter(is_end).collect();
    ways
}

/// The lines between states: from, to, transition.
fn ties(sketch: &Sketch) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (index, arrow) in sketch.arrows.iter().enumerate() {
        if let Sources::States(from) = &arrow.from {
            let others = from.iter().filter(|(source, _)| *source != arrow.to);
            ties.extend(others.map(|(source, count)| (*source, arrow.to, index, *count)));
        }
    }
    ties
}

fn card_node(card: &Card, layer: usize) -> Node {
    let left = card.width / 2.0;
    Node {
        left,
        right: card.right(),
        height: card.whole_height(),
        body: card.height,
        spread: left - 16.0,
        layer,
    }
}

fn start_node(layer: usize) -> Node {
    let height = 2.0 * START;
    Node { left: START, right: START, height, body: height, spread: 0.0, layer }
}

fn chip_node(chip: &Chip, layer: usize) -> Node {
    let half = (chip.width / 2.0).max(5.0);
    Node { left: half, right: half, height: chip.height, body: chip.height, spread: 0.0, layer }
}

impl Plan {
    /// States stand in odd layers, labels in even ones.
    fn new(sketch: &Sketch, cards: &[Card], ranks: &[usize]) -> Plan {
        let mut plan = Plan::default();
        let at = |state: usize| 2 * ranks[state] + 1;
        plan.nodes.extend(cards.iter().enumerate().map(|(i, card)| card_node(card, at(i))));
        if let Some(start) = sketch.start {
            let written =
                sketch.entry.as_ref().map(|entry| width(entry, Style::Note.font()) + 30.0);
            let right = START.max(written.unwrap_or(0.0));
            let node = Node { right, ..start_node(at(start) - 1) };
            plan.start = Some(plan.nodes.len());
            plan.line(plan.nodes.len(), start, (None, false, true, None));
            plan.nodes.push(node);
        }
        for (index, arrow) in sketch.arrows.iter().enumerate() {
            let chip = || Chip::new(arrow, &sketch.spots[arrow.to].name);
            match &arrow.from {
                Sources::Said(..) => {
                    let node = plan.chip(chip(), at(arrow.to) - 1, 1);
                    plan.line(node, arrow.to, (Some(index), false, true, arrow.count));
                }
                Sources::States(from) => {
                    let others = from.iter().copied().filter(|(source, _)| *source != arrow.to);
                    let (down, up): (Vec<_>, Vec<_>) =
                        others.partition(|(source, _)| ranks[*source] < ranks[arrow.to]);
                    plan.way_down(index, arrow.to, &down, at, chip());
                    plan.way_up(index, arrow.to, &up, at, chip());
                }
            }
        }
        plan
    }

    fn chip(&mut self, chip: Chip, layer: usize, sources: usize) -> usize {
        let node = self.nodes.len();
        self.nodes.push(chip_node(&chip, layer));
        if !chip.is_empty() {
            self.chips.push((chip, node));
        } else if sources > 1 {
            self.joints.push(node);
        }
        node
    }

    fn line(
        &mut self,
        upper: usize,
        lower: usize,
        (arrow, up, tip, count): (Option<usize>, bool, bool, Option<u64>),
    ) {
        self.links.push(Link { upper, lower });
        self.lines.push(Stroke { way: Vec::new(), arrow, between: None, up, tip, count });
    }

    /// Lines from states down to their label, below the last of them, and on to the target.
    fn way_down(
        &mut self,
        arrow: usize,
        to: usize,
        from: &[(usize, Option<u64>)],
        at: impl Fn(usize) -> usize,
        chip: Chip,
    ) {
        let Some(last) = from.iter().map(|(source, _)| at(*source)).max() else { return };
        if let ([(source, count)], true) = (from, chip.is_empty()) {
            return self.line(*source, to, (Some(arrow), false, true, *count));
        }
        let node = self.chip(chip, last + 1, from.len());
        for (source, count) in from {
            self.line(*source, node, (Some(arrow), false, false, *count));
        }
        self.line(node, to, (Some(arrow), false, true, total(from)));
    }

    /// Lines from states up to their label, above the first of them, and on to the target.
    fn way_up(
        &mut self,
        arrow: usize,
        to: usize,
        from: &[(usize, Option<u64>)],
        at: impl Fn(usize) -> usize,
        chip: Chip,
    ) {
        let Some(first) = from.iter().map(|(source, _)| at(*source)).min() else { return };
        if let ([(source, count)], true) = (from, chip.is_empty()) {
            return self.line(to, *source, (Some(arrow), true, true, *count));
        }
        let node = self.chip(chip, first - 1, from.len());
        self.line(to, node, (Some(arrow), true, true, total(from)));
        for (source, count) in from {
            self.line(node, *source, (Some(arrow), true, false, *count));
        }
    }

    fn placed(self, cards: Vec<Card>) -> Scene {
        let Placed { middles, ways, width, height } = layered(&self.nodes, &self.links);
        let lines = self.lines.into_iter().zip(ways).map(|(line, way)| Stroke { way, ..line });
        Scene {
            card_at: middles[..cards.len()].to_vec(),
            chips: self.chips.into_iter().map(|(chip, node)| (chip, middles[node])).collect(),
            joints: self.joints.into_iter().map(|node| middles[node]).collect(),
            start: self.start.map(|node| middles[node]),
            lines: lines.collect(),
            cards,
            width,
            height,
            crowded: false,
        }
    }
}

fn total(from: &[(usize, Option<u64>)]) -> Option<u64> {
    from.iter().map(|(_, count)| *count).sum()
}

/// How high a line within a row goes over it.
pub(super) fn over(from: f64, to: f64) -> f64 {
    (18.0 + (from - to).abs() * 0.06).min(60.0)
}

/// A crowd: rows of states, thin lines behind them, and the labels of common transitions only.
fn crowd_of(sketch: &Sketch, cards: Vec<Card>, ranks: &[usize], ties: &[Tie]) -> Scene {
    let mut nodes: Vec<Node> =
        cards.iter().zip(ranks).map(|(card, rank)| card_node(card, rank + 1)).collect();
    let mut lines: Vec<Stroke> = ties.iter().map(|tie| Stroke::straight(*tie)).collect();
    let mut chips = Vec::new();
    for (index, arrow) in sketch.arrows.iter().enumerate() {
        if matches!(arrow.from, Sources::Said(..)) {
            let chip = Chip::new(arrow, "");
            lines.push(Stroke::straight((nodes.len(), arrow.to, index, arrow.count)));
            nodes.push(chip_node(&chip, ranks[arrow.to]));
            chips.push(chip);
        }
    }
    let pairs: Vec<(usize, usize)> = lines.iter().filter_map(|line| line.between).collect();
    let Placed { mut middles, width, height, .. } = crowd::rows(&nodes, &pairs);
    // Room for the lines that go over the first row.
    let first = |node: usize| middles[node].1 - nodes[node].height / 2.0 < 1.0;
    let level = |pair: &&(usize, usize)| first(pair.0) && first(pair.1);
    let overs = pairs.iter().filter(level).map(|(a, b)| over(middles[*a].0, middles[*b].0));
    let headroom = overs.fold(0.0, f64::max) * 0.75;
    for middle in &mut middles {
        middle.1 += headroom;
    }
    for line in &mut lines {
        line.lay(&nodes, &middles);
    }
    Scene {
        card_at: middles[..cards.len()].to_vec(),
        chips: chips.into_iter().zip(middles[cards.len()..].iter().copied()).collect(),
        joints: Vec::new(),
        start: None,
        lines,
        cards,
        width,
        height: height + headroom,
        crowded: true,
    }
}

impl Stroke {
    fn straight((from, to, arrow, count): Tie) -> Stroke {
        Stroke {
            way: Vec::new(),
            arrow: Some(arrow),
            between: Some((from, to)),
            up: false,
            tip: true,
            count,
        }
    }

    /// From the side that looks at the target; within a row from above to above.
    fn lay(&mut self, nodes: &[Node], middles: &[(f64, f64)]) {
        let Some((from, to)) = self.between else { return };
        let (a, b) = (middles[from], middles[to]);
        self.up = a.1 >= b.1;
        let (leave, arrive) = match a.1.total_cmp(&b.1) {
            std::cmp::Ordering::Less => (1.0, -1.0),
            std::cmp::Ordering::Greater => (-1.0, 1.0),
            std::cmp::Ordering::Equal => (-1.0, -1.0),
        };
        // Towards the other, so that lines from all sides do not meet in one point.
        let lean = |node: usize| (nodes[node].left - 20.0).max(0.0) / 2.0;
        let aside = ((b.0 - a.0) / 8.0, (a.0 - b.0) / 8.0);
        let end = |node: usize, aside: f64, side: f64| {
            let (x, y) = middles[node];
            let y = y + side * nodes[node].body / 2.0;
            Knot { x: x + aside.clamp(-lean(node), lean(node)), top: y, bottom: y }
        };
        self.way = vec![end(from, aside.0, leave), end(to, aside.1, arrive)];
    }
}
