//! Coordinates: rows one below the other, boxes near what they hang on, lines upright.

use super::{Layers, Vertex, gather, straight};

/// Between boxes.
const BETWEEN_BOXES: f64 = 26.0;
/// Beside a passing line.
const BESIDE_LINES: f64 = 10.0;
/// The least and the most between rows.
const BETWEEN_ROWS: (f64, f64) = (20.0, 64.0);
/// Between two lines at one box, at most.
const BETWEEN_PORTS: f64 = 22.0;

/// Where lines begin and end at their boxes: side by side in the order of what they lead to.
pub(super) fn ports(layers: &mut Layers) {
    let mut at = vec![0; layers.vertices.len()];
    for row in &layers.rows {
        row.iter().enumerate().for_each(|(index, vertex)| at[*vertex] = index);
    }
    for vertex in 0..layers.vertices.len() {
        let Vertex { spread, above, below, .. } = layers.vertices[vertex].clone();
        for (mut list, upwards) in [(above, true), (below, false)] {
            let other = |piece: &usize| {
                let piece = &layers.pieces[*piece];
                at[if upwards { piece.upper } else { piece.lower }]
            };
            list.sort_by_key(other);
            let gaps = list.len().saturating_sub(1) as f64;
            let step = if gaps > 0.0 { (2.0 * spread / gaps).min(BETWEEN_PORTS) } else { 0.0 };
            for (index, piece) in list.into_iter().enumerate() {
                let offset = (index as f64 - gaps / 2.0) * step;
                let piece = &mut layers.pieces[piece];
                *(if upwards { &mut piece.to } else { &mut piece.from }) = offset;
            }
        }
    }
}

/// Where each vertex stands across, from 0.
pub(super) fn across(layers: &Layers) -> Vec<f64> {
    let mut xs = vec![0.0; layers.vertices.len()];
    for row in &layers.rows {
        let mut x = 0.0;
        for (index, vertex) in row.iter().enumerate() {
            x += if index > 0 { apart(layers, row[index - 1], *vertex) } else { 0.0 };
            xs[*vertex] = x;
        }
        for vertex in row {
            xs[*vertex] -= x / 2.0;
        }
    }
    let rounds = if layers.vertices.len() > 4_000 { 12 } else { 60 };
    for round in 0..rounds {
        // First by what is above, then by what is below; in the end by both alike.
        let both = 2 * round >= rounds;
        let downwards = round % 2 == 0;
        let (up, down) = match (both, downwards) {
            (true, _) => (1.0, 1.0),
            (false, true) => (1.0, 0.05),
            (false, false) => (0.05, 1.0),
        };
        for step in 0..layers.rows.len() {
            let row = if downwards { step } else { layers.rows.len() - 1 - step };
            settle(layers, &layers.rows[row], (up, down), &mut xs);
        }
    }
    gather::gather(layers, &mut xs);
    straight::straighten(layers, &mut xs);
    let left = (0..xs.len()).map(|v| xs[v] - layers.vertices[v].left).fold(f64::MAX, f64::min);
    for x in &mut xs {
        *x -= left;
    }
    xs
}

/// How far the middles of two neighbours are apart at least.
pub(super) fn apart(layers: &Layers, left: usize, right: usize) -> f64 {
    let (a, b) = (&layers.vertices[left], &layers.vertices[right]);
    let between = if a.passing || b.passing { BESIDE_LINES } else { BETWEEN_BOXES };
    a.right + b.left + between
}

/// Moves the vertices of a row to where their neighbours want them, as near as their order and
/// their widths allow: the least squares under "each so far from the one before", which merging
/// neighbours that push each other solves exactly.
fn settle(layers: &Layers, row: &[usize], weights: (f64, f64), xs: &mut [f64]) {
    /// Neighbours that touch: where the first wants to be, how much, and how many they are.
    struct Block {
        wish: f64,
        weight: f64,
        count: usize,
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(row.len());
    for (index, vertex) in row.iter().enumerate() {
        offset += if index > 0 { apart(layers, row[index - 1], *vertex) } else { 0.0 };
        offsets.push(offset);
        let (wish, weight) = wish(layers, *vertex, weights, xs);
        let mut block = Block { wish: wish - offset, weight, count: 1 };
        while let Some(before) = blocks.pop_if(|before| before.wish > block.wish) {
            let weight = before.weight + block.weight;
            let wish = (before.wish * before.weight + block.wish * block.weight) / weight;
            block = Block { wish, weight, count: before.count + block.count };
        }
        blocks.push(block);
    }
    let wishes = blocks.iter().flat_map(|block| std::iter::repeat_n(block.wish, block.count));
    for ((vertex, offset), wish) in row.iter().zip(offsets).zip(wishes) {
        xs[*vertex] = wish + offset;
    }
}

/// Where a vertex would like to stand, and how much.
fn wish(layers: &Layers, vertex: usize, (up, down): (f64, f64), xs: &[f64]) -> (f64, f64) {
    let (mut sum, mut total) = (0.0, 0.0);
    for (above, side) in [(true, up), (false, down)] {
        for (other, piece) in layers.neighbours(vertex, above) {
            let (here, there) = if above { (piece.to, piece.from) } else { (piece.from, piece.to) };
            let straight = match (layers.vertices[vertex].passing, layers.vertices[other].passing) {
                (true, true) => 8.0,
                (true, false) | (false, true) => 2.0,
                (false, false) => 1.0,
            };
            let weight = side * straight;
            sum += weight * (xs[other] + there - here);
            total += weight;
        }
    }
    if total > 0.0 { (sum / total, total) } else { (xs[vertex], 0.01) }
}

/// The top and the bottom of each row, from 0.
pub(super) fn down(layers: &Layers, xs: &[f64]) -> Vec<(f64, f64)> {
    let mut rows = Vec::with_capacity(layers.rows.len());
    let mut y = 0.0;
    for (index, row) in layers.rows.iter().enumerate() {
        if index > 0 {
            y += gap(layers, &layers.rows[index - 1], xs);
        }
        let height = row.iter().map(|vertex| layers.vertices[*vertex].height).fold(0.0, f64::max);
        rows.push((y, y + height));
        y += height;
    }
    rows
}

/// The gap below a row: more where lines go far to a side.
fn gap(layers: &Layers, row: &[usize], xs: &[f64]) -> f64 {
    let pieces = row.iter().flat_map(|vertex| &layers.vertices[*vertex].below);
    let sideways = pieces.map(|piece| {
        let piece = &layers.pieces[*piece];
        (xs[piece.upper] + piece.from - xs[piece.lower] - piece.to).abs()
    });
    let (least, most) = BETWEEN_ROWS;
    (least + sideways.fold(0.0, f64::max) * 0.11).min(most)
}
