//! Lines made straight where there is room.

use super::Layers;
use super::place::apart;

/// A line that is off by less than this is nearly upright.
const NEARLY: f64 = 9.0;

/// Makes long lines straight as far as they can be, and short ones that nearly are.
pub(super) fn straighten(layers: &Layers, xs: &mut [f64]) {
    let mut place = vec![(0, 0); layers.vertices.len()];
    for (row, vertices) in layers.rows.iter().enumerate() {
        vertices.iter().enumerate().for_each(|(index, vertex)| place[*vertex] = (row, index));
    }
    for row in &layers.rows {
        for vertex in row {
            let begins = plain(layers, *vertex)
                && !layers.neighbours(*vertex, true).any(|(upper, _)| plain(layers, upper));
            if begins {
                straighten_line(layers, *vertex, &place, xs);
            }
        }
    }
    for downwards in [true, false] {
        for step in 0..layers.rows.len() {
            let row = if downwards { step } else { layers.rows.len() - 1 - step };
            for vertex in &layers.rows[row] {
                let mut others = layers.neighbours(*vertex, downwards);
                let (Some((other, piece)), None) = (others.next(), others.next()) else { continue };
                let shift = if downwards { piece.from - piece.to } else { piece.to - piece.from };
                let wish = xs[other] + shift;
                let (least, most) = room(layers, *vertex, place[*vertex], xs);
                if (wish - xs[*vertex]).abs() < NEARLY && least <= wish && wish <= most {
                    xs[*vertex] = wish;
                }
            }
        }
    }
}

/// Whether a line goes straight through: a lane, or a label of one line.
fn plain(layers: &Layers, vertex: usize) -> bool {
    let vertex = &layers.vertices[vertex];
    vertex.spread <= 0.0 && vertex.above.len() == 1 && vertex.below.len() == 1
}

/// Moves the pieces of a line from here down: as many at once as have room at one place.
fn straighten_line(layers: &Layers, first: usize, place: &[(usize, usize)], xs: &mut [f64]) {
    let next = |vertex: usize| {
        let lower = layers.neighbours(vertex, false).next().map(|(lower, _)| lower);
        lower.filter(|lower| plain(layers, *lower))
    };
    let mut run: Vec<usize> = Vec::new();
    let (mut least, mut most) = (f64::MIN, f64::MAX);
    let mut vertex = Some(first);
    while let Some(here) = vertex {
        let (left, right) = room(layers, here, place[here], xs);
        if left.max(least) > right.min(most) {
            settle(&run, (least, most), xs);
            run.clear();
            (least, most) = (f64::MIN, f64::MAX);
        }
        (least, most) = (left.max(least), right.min(most));
        run.push(here);
        vertex = next(here);
    }
    settle(&run, (least, most), xs);
}

/// Puts pieces of a line at one place, near where they are.
fn settle(run: &[usize], (least, most): (f64, f64), xs: &mut [f64]) {
    if run.len() > 1 && least <= most {
        let mean = run.iter().map(|vertex| xs[*vertex]).sum::<f64>() / run.len() as f64;
        for vertex in run {
            xs[*vertex] = mean.clamp(least, most);
        }
    }
}

/// How far to the left and to the right a vertex may stand beside its neighbours.
fn room(layers: &Layers, vertex: usize, (row, index): (usize, usize), xs: &[f64]) -> (f64, f64) {
    let row = &layers.rows[row];
    let left = index.checked_sub(1).map(|left| row[left]);
    let right = row.get(index + 1);
    let least = left.map_or(f64::MIN, |left| xs[left] + apart(layers, left, vertex));
    let most = right.map_or(f64::MAX, |right| xs[*right] - apart(layers, vertex, *right));
    (least, most)
}
