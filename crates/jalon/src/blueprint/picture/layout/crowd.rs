//! Where the boxes of a crowd stand: too many lines to give each its room, so rows of boxes near
//! what they are tied to, and lines behind them.

use super::{Node, Placed};

/// Between boxes of a row, and between rows.
const BETWEEN: (f64, f64) = (28.0, 64.0);

/// Places boxes in at most about as many rows as the boxes have columns. Ties are of any
/// direction; there are no ways.
pub(in crate::blueprint::picture) fn rows(nodes: &[Node], ties: &[(usize, usize)]) -> Placed {
    let ranks = nodes.iter().map(|node| node.layer + 1).max().unwrap_or(0);
    let most = (nodes.len() as f64).sqrt().ceil() as usize + 2;
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); ranks.min(most).max(1)];
    let count = rows.len();
    // Rows alike in number: by rank, and no row much longer than the others.
    let mut by_rank: Vec<usize> = (0..nodes.len()).collect();
    by_rank.sort_by_key(|node| nodes[*node].layer);
    if ranks <= most {
        for node in &by_rank {
            rows[nodes[*node].layer].push(*node);
        }
    } else {
        let each = nodes.len().div_ceil(count);
        by_rank.iter().enumerate().for_each(|(index, node)| rows[index / each].push(*node));
    }
    rows.retain(|row| !row.is_empty());
    let mut tied: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (a, b) in ties {
        tied[*a].push(*b);
        tied[*b].push(*a);
    }
    let mut xs = vec![0.0; nodes.len()];
    for row in &rows {
        spread(row, nodes, &mut xs);
    }
    for _ in 0..16 {
        for row in &mut rows {
            let wish = |node: usize| {
                let others = tied[node].iter().map(|other| xs[*other]);
                others.sum::<f64>() / (tied[node].len().max(1) as f64)
            };
            let mut keyed: Vec<(f64, usize)> =
                row.iter().map(|node| (wish(*node), *node)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            *row = keyed.into_iter().map(|(_, node)| node).collect();
            spread(row, nodes, &mut xs);
        }
    }
    stacked(nodes, &rows, xs)
}

/// A row side by side, its middle at 0.
fn spread(row: &[usize], nodes: &[Node], xs: &mut [f64]) {
    let mut x = 0.0;
    for node in row {
        xs[*node] = x + nodes[*node].left;
        x += nodes[*node].left + nodes[*node].right + BETWEEN.0;
    }
    for node in row {
        xs[*node] -= (x - BETWEEN.0) / 2.0;
    }
}

fn stacked(nodes: &[Node], rows: &[Vec<usize>], xs: Vec<f64>) -> Placed {
    let left = (0..nodes.len()).map(|node| xs[node] - nodes[node].left).fold(f64::MAX, f64::min);
    let mut middles: Vec<(f64, f64)> = xs.into_iter().map(|x| (x - left, 0.0)).collect();
    let mut y = 0.0;
    for row in rows {
        let height = row.iter().map(|node| nodes[*node].height).fold(0.0, f64::max);
        for node in row {
            middles[*node].1 = y + height / 2.0;
        }
        y += height + BETWEEN.1;
    }
    let reach = |node: usize| middles[node].0 + nodes[node].right;
    let width = (0..nodes.len()).map(reach).fold(0.0, f64::max);
    Placed { middles, ways: Vec::new(), width, height: (y - BETWEEN.1).max(0.0) }
}
