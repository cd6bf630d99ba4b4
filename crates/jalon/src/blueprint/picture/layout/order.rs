//! The order of each row: sweeps by the middle of neighbours, kept where fewer lines cross.

use super::Layers;

/// With more vertices than this, neighbours are not tried the other way round.
const MOST_SWAPPED: usize = 1_500;

/// Puts the rows in an order in which few lines cross.
pub(super) fn reduce_crossings(layers: &mut Layers) {
    let mut at = places(layers);
    let mut best = (crossings(layers, &at), layers.rows.clone());
    let sweeps = if layers.vertices.len() > MOST_SWAPPED { 8 } else { 24 };
    for sweep in 0..sweeps {
        let downwards = sweep % 2 == 0;
        let count = layers.rows.len();
        for step in 1..count {
            let row = if downwards { step } else { count - 1 - step };
            sort_row(layers, row, downwards, &mut at);
        }
        if layers.vertices.len() <= MOST_SWAPPED {
            swap_neighbours(layers, &mut at);
        }
        let crossed = crossings(layers, &at);
        if crossed < best.0 {
            best = (crossed, layers.rows.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    layers.rows = best.1;
}

/// The place of each vertex in its row.
fn places(layers: &Layers) -> Vec<usize> {
    let mut at = vec![0; layers.vertices.len()];
    for row in &layers.rows {
        for (index, vertex) in row.iter().enumerate() {
            at[*vertex] = index;
        }
    }
    at
}

/// Sorts a row by the middle of each vertex's neighbours; what has none stays where it is.
fn sort_row(layers: &mut Layers, row: usize, above: bool, at: &mut [usize]) {
    let middle = |vertex: usize| {
        let (sum, count) = layers
            .neighbours(vertex, above)
            .fold((0, 0), |(sum, count), (other, _)| (sum + at[other], count + 1));
        (count > 0).then(|| sum as f64 / f64::from(count))
    };
    let vertices = &layers.rows[row];
    let keyed = vertices.iter().map(|vertex| (middle(*vertex), *vertex));
    let (mut moving, mut fixed): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    for (index, (key, vertex)) in keyed.enumerate() {
        match key {
            Some(key) => moving.push((key, vertex)),
            None => fixed.push((index, vertex)),
        }
    }
    moving.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sorted: Vec<usize> = moving.into_iter().map(|(_, vertex)| vertex).collect();
    for (index, vertex) in fixed {
        sorted.insert(index.min(sorted.len()), vertex);
    }
    for (index, vertex) in sorted.iter().enumerate() {
        at[*vertex] = index;
    }
    layers.rows[row] = sorted;
}

/// Swaps neighbours in a row where their lines cross less the other way round.
fn swap_neighbours(layers: &mut Layers, at: &mut [usize]) {
    for row in 0..layers.rows.len() {
        for left in 1..layers.rows[row].len() {
            let (a, b) = (layers.rows[row][left - 1], layers.rows[row][left]);
            let now = between(layers, a, b, at);
            if now > 0 && between(layers, b, a, at) < now {
                layers.rows[row].swap(left - 1, left);
                at.swap(a, b);
            }
        }
    }
}

/// How many lines of two neighbours cross, the first being on the left.
fn between(layers: &Layers, left: usize, right: usize, at: &[usize]) -> usize {
    let side = |above: bool| {
        let rights = || layers.neighbours(right, above).map(|(other, _)| at[other]);
        layers
            .neighbours(left, above)
            .map(|(other, _)| rights().filter(|right| at[other] > *right).count())
            .sum::<usize>()
    };
    side(true) + side(false)
}

/// How many lines cross.
fn crossings(layers: &Layers, at: &[usize]) -> usize {
    layers.rows.windows(2).map(|rows| crossings_of(layers, &rows[0], rows[1].len(), at)).sum()
}

fn crossings_of(layers: &Layers, upper: &[usize], width: usize, at: &[usize]) -> usize {
    let mut tree = vec![0_usize; width + 1];
    let (mut seen, mut crossed) = (0, 0);
    for vertex in upper {
        let mut ends: Vec<usize> =
            layers.neighbours(*vertex, false).map(|(lower, _)| at[lower]).collect();
        ends.sort_unstable();
        for end in &ends {
            // Those before that end further to the right.
            let (mut index, mut not_past) = (end + 1, 0);
            while index > 0 {
                not_past += tree[index];
                index &= index - 1;
            }
            crossed += seen - not_past;
        }
        for end in ends {
            seen += 1;
            let mut index = end + 1;
            while index <= width {
                tree[index] += 1;
                index += index & index.wrapping_neg();
            }
        }
    }
    crossed
}
