//! Parts that no line ties together, moved near each other.

use super::Layers;
use super::place::apart;

/// Moves each part towards the largest one, as far as there is room.
pub(super) fn gather(layers: &Layers, xs: &mut [f64]) {
    let (part, count) = parts(layers);
    let mut size = vec![0_usize; count];
    for part in &part {
        size[*part] += 1;
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|part| std::cmp::Reverse(size[*part]));
    let Some((main, others)) = order.split_first() else { return };
    let middle_of_main = middle(&part, *main, xs);
    for other in others {
        let away = middle(&part, *other, xs) - middle_of_main;
        let room = room(layers, &part, *other, away > 0.0, xs).min(away.abs());
        let shift = if away > 0.0 { -room } else { room };
        (0..xs.len())
            .filter(|vertex| part[*vertex] == *other)
            .for_each(|vertex| xs[vertex] += shift);
    }
}

/// The part of each vertex, and how many parts there are.
fn parts(layers: &Layers) -> (Vec<usize>, usize) {
    let mut part = vec![usize::MAX; layers.vertices.len()];
    let mut count = 0;
    for start in 0..part.len() {
        if part[start] != usize::MAX {
            continue;
        }
        let mut open = vec![start];
        while let Some(vertex) = open.pop() {
            if std::mem::replace(&mut part[vertex], count) == usize::MAX {
                let tied =
                    [true, false].into_iter().flat_map(|above| layers.neighbours(vertex, above));
                open.extend(
                    tied.map(|(other, _)| other).filter(|other| part[*other] == usize::MAX),
                );
            }
        }
        count += 1;
    }
    (part, count)
}

/// The middle between the ends of a part.
fn middle(part: &[usize], of: usize, xs: &[f64]) -> f64 {
    let within = (0..xs.len()).filter(|vertex| part[*vertex] == of).map(|vertex| xs[vertex]);
    let (least, most) = within.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
    f64::midpoint(least, most)
}

/// How far a part can move to the left, or to the right, before it meets another.
fn room(layers: &Layers, part: &[usize], of: usize, leftwards: bool, xs: &[f64]) -> f64 {
    let pairs = layers.rows.iter().flat_map(|row| row.windows(2));
    pairs
        .filter(|pair| {
            let (moving, still) = if leftwards { (pair[1], pair[0]) } else { (pair[0], pair[1]) };
            part[moving] == of && part[still] != of
        })
        .map(|pair| (xs[pair[1]] - xs[pair[0]] - apart(layers, pair[0], pair[1])).max(0.0))
        .fold(f64::MAX, f64::min)
}
