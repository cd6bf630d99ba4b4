//! Where boxes stand and lines run: in layers from top to bottom, so that no two boxes meet.
//!
//! The usual four steps: [`rank`] decides what is above what, [`order`] puts each layer in the
//! order of the fewest crossings, [`place`] gives coordinates. A line that passes a layer takes
//! room in it as a box does, so that it passes beside the boxes and not behind them.

pub(super) mod crowd;
mod gather;
mod order;
mod place;
pub(super) mod rank;
mod straight;

/// A box to be placed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    /// How far it reaches to the left of its middle.
    pub left: f64,
    /// How far it reaches to the right of its middle.
    pub right: f64,
    /// The height of its room.
    pub height: f64,
    /// The height of the box in the middle of it, where lines end.
    pub body: f64,
    /// How far its lines may stand from its middle; with none they all meet there.
    pub spread: f64,
    /// Its layer, from the top.
    pub layer: usize,
}

/// A line between boxes, from a layer to one further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The box above.
    pub upper: usize,
    /// The box below.
    pub lower: usize,
}

/// What came out.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    /// The middle of each box.
    pub middles: Vec<(f64, f64)>,
    /// The way of each line, from top to bottom.
    pub ways: Vec<Vec<Knot>>,
    /// The width of all.
    pub width: f64,
    /// The height of all.
    pub height: f64,
}

/// A straight upright piece of a line; between two of them it bends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Knot {
    /// Where across.
    pub x: f64,
    /// Where it begins.
    pub top: f64,
    /// Where it ends.
    pub bottom: f64,
}

/// A box, or the room of a line that passes a layer.
#[derive(Clone, Debug)]
struct Vertex {
    left: f64,
    right: f64,
    height: f64,
    body: f64,
    spread: f64,
    layer: usize,
    /// Whether it is the room of a line.
    passing: bool,
    /// The pieces of lines that come from above, by their place in [`Layers::pieces`].
    above: Vec<usize>,
    /// Those that go down.
    below: Vec<usize>,
}

/// A piece of a line between two neighbouring layers.
#[derive(Clone, Copy, Debug)]
struct Piece {
    upper: usize,
    lower: usize,
    /// How far from the middle of the upper box it begins.
    from: f64,
    /// How far from the middle of the lower box it ends.
    to: f64,
}

/// Everything by layer.
#[derive(Clone, Debug)]
struct Layers {
    vertices: Vec<Vertex>,
    pieces: Vec<Piece>,
    /// The vertices of each layer, from left to right.
    rows: Vec<Vec<usize>>,
}

/// Half the room of a line that passes a layer.
const LANE: f64 = 5.0;

/// How many rooms for passing lines there would be.
pub(super) fn passing(nodes: &[Node], links: &[Link]) -> usize {
    let spanned = |link: &Link| nodes[link.lower].layer.saturating_sub(nodes[link.upper].layer);
    links.iter().map(|link| spanned(link).saturating_sub(1)).sum()
}

/// Places boxes and lines; each link must go down at least one layer.
pub(super) fn layered(nodes: &[Node], links: &[Link]) -> Placed {
    let (mut layers, chains) = Layers::new(nodes, links);
    order::reduce_crossings(&mut layers);
    place::ports(&mut layers);
    let xs = place::across(&layers);
    let rows = place::down(&layers, &xs);
    let width = (0..layers.vertices.len())
        .map(|vertex| xs[vertex] + layers.vertices[vertex].right)
        .fold(0.0, f64::max);
    let middles = (0..nodes.len()).map(|node| {
        let (top, bottom) = rows[nodes[node].layer];
        (xs[node], f64::midpoint(top, bottom))
    });
    let ways = chains.iter().map(|chain| way(&layers, chain, &xs, &rows)).collect();
    let height = rows.last().map_or(0.0, |(_, bottom)| *bottom);
    Placed { middles: middles.collect(), ways, width, height }
}

/// The way of a line along its pieces.
fn way(layers: &Layers, chain: &[usize], xs: &[f64], rows: &[(f64, f64)]) -> Vec<Knot> {
    let mut knots = Vec::with_capacity(chain.len() + 1);
    let edge = |vertex: usize, side: f64| {
        let Vertex { layer, body, .. } = layers.vertices[vertex];
        f64::midpoint(rows[layer].0, rows[layer].1) + side * body / 2.0
    };
    for (index, piece) in chain.iter().map(|piece| &layers.pieces[*piece]).enumerate() {
        let row = rows[layers.vertices[piece.upper].layer];
        let top = if index == 0 { edge(piece.upper, 1.0) } else { row.0 };
        knots.push(Knot { x: xs[piece.upper] + piece.from, top, bottom: row.1 });
    }
    if let Some(last) = chain.last().map(|piece| &layers.pieces[*piece]) {
        let top = rows[layers.vertices[last.lower].layer].0;
        let bottom = edge(last.lower, -1.0);
        knots.push(Knot { x: xs[last.lower] + last.to, top, bottom });
    }
    knots
}

impl Layers {
    /// Boxes, and rooms for the lines that pass layers; and the pieces of each line.
    fn new(nodes: &[Node], links: &[Link]) -> (Layers, Vec<Vec<usize>>) {
        let vertex = |node: &Node| Vertex {
            left: node.left,
            right: node.right,
            height: node.height,
            body: node.body,
            spread: node.spread,
            layer: node.layer,
            passing: false,
            above: Vec::new(),
            below: Vec::new(),
        };
        let mut layers = Layers {
            vertices: nodes.iter().map(vertex).collect(),
            pieces: Vec::new(),
            rows: Vec::new(),
        };
        let chains = links.iter().map(|link| layers.chain(*link)).collect();
        let count = layers.vertices.iter().map(|vertex| vertex.layer + 1).max().unwrap_or(0);
        layers.rows = vec![Vec::new(); count];
        layers.first_order();
        (layers, chains)
    }

    /// The pieces of a line.
    fn chain(&mut self, link: Link) -> Vec<usize> {
        let (first, last) = (self.vertices[link.upper].layer, self.vertices[link.lower].layer);
        debug_assert!(first < last, "a line goes down");
        let mut chain = Vec::with_capacity(last.saturating_sub(first));
        let mut upper = link.upper;
        for layer in first + 1..=last {
            let lower = if layer == last { link.lower } else { self.lane(layer) };
            let piece = self.pieces.len();
            self.pieces.push(Piece { upper, lower, from: 0.0, to: 0.0 });
            self.vertices[upper].below.push(piece);
            self.vertices[lower].above.push(piece);
            chain.push(piece);
            upper = lower;
        }
        chain
    }

    fn lane(&mut self, layer: usize) -> usize {
        self.vertices.push(Vertex {
            left: LANE,
            right: LANE,
            height: 0.0,
            body: 0.0,
            spread: 0.0,
            layer,
            passing: true,
            above: Vec::new(),
            below: Vec::new(),
        });
        self.vertices.len() - 1
    }

    /// Rows in which what hangs together stands together: found by walking along the lines.
    fn first_order(&mut self) {
        let mut seen = vec![false; self.vertices.len()];
        let mut starts: Vec<usize> = (0..self.vertices.len()).collect();
        starts.sort_by_key(|vertex| self.vertices[*vertex].layer);
        for start in starts {
            let mut open = vec![start];
            while let Some(vertex) = open.pop() {
                if std::mem::replace(&mut seen[vertex], true) {
                    continue;
                }
                let Vertex { layer, above, below, .. } = &self.vertices[vertex];
                self.rows[*layer].push(vertex);
                open.extend(above.iter().rev().map(|piece| self.pieces[*piece].upper));
                open.extend(below.iter().rev().map(|piece| self.pieces[*piece].lower));
            }
        }
    }

    /// The neighbours of a vertex in the row above or below, with where lines leave them and
    /// arrive.
    fn neighbours(&self, vertex: usize, above: bool) -> impl Iterator<Item = (usize, &Piece)> {
        let Vertex { above: up, below, .. } = &self.vertices[vertex];
        let list = if above { up } else { below };
        list.iter().map(move |piece| {
            let piece = &self.pieces[*piece];
            (if above { piece.upper } else { piece.lower }, piece)
        })
    }
}

#[cfg(test)]
mod tests;
