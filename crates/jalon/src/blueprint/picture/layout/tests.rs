use proptest::prelude::*;

use super::rank::Ways;
use super::{Knot, Link, Node, Placed, crowd, layered};

fn node(layer: usize, width: f64, spread: f64) -> Node {
    let half = width / 2.0;
    Node { left: half, right: half + 7.0, height: 30.0, body: 24.0, spread, layer }
}

/// Ranks of states of which the first is the start and the last ones are ends.
fn ranks(
    count: usize,
    ends: usize,
    drawn: &[(usize, usize)],
    said: &[(usize, usize)],
) -> Vec<usize> {
    let (drawn, said) = (drawn.to_vec(), said.to_vec());
    Ways { count, start: Some(0), drawn, said, ends: (count - ends..count).collect() }.ranks()
}

#[test]
fn a_way_back_leaves_the_order_of_the_declaration() {
    assert_eq!(ranks(4, 1, &[(0, 1), (1, 2), (2, 3), (2, 0), (2, 1)], &[]), [0, 1, 2, 3]);
    // Ends stand together at the bottom, also what is reached from the first state.
    assert_eq!(ranks(5, 2, &[(0, 1), (1, 2), (2, 3), (0, 4)], &[]), [0, 1, 2, 3, 3]);
}

#[test]
fn what_is_only_said_keeps_its_place_below() {
    // 2 is reached by a common transition, and leads back to 1.
    assert_eq!(ranks(4, 1, &[(0, 1), (1, 3), (2, 1), (2, 3)], &[(0, 2), (1, 2)]), [0, 1, 2, 3]);
    // Without it, 2 stands above what it leads to.
    assert_eq!(ranks(4, 1, &[(0, 1), (1, 3), (2, 1)], &[]), [0, 1, 0, 2]);
}

#[test]
fn a_declaration_upside_down_is_turned() {
    let down = [(0, 4), (4, 3), (3, 2), (2, 1), (4, 2), (3, 1)];
    assert_eq!(ranks(5, 0, &down, &[]), [0, 4, 3, 2, 1]);
}

#[test]
fn states_without_ways_are_ranked_too() {
    assert_eq!(ranks(3, 0, &[], &[]), [0, 0, 0]);
    assert_eq!(Ways::default().ranks(), Vec::<usize>::new());
}

#[test]
fn a_chain_is_straight() {
    let nodes = [node(0, 100.0, 40.0), node(1, 30.0, 0.0), node(2, 160.0, 40.0)];
    let links = [Link { upper: 0, lower: 1 }, Link { upper: 1, lower: 2 }];
    let placed = layered(&nodes, &links);
    let xs: Vec<f64> = placed.middles.iter().map(|middle| middle.0).collect();
    assert!(xs.iter().all(|x| (x - xs[0]).abs() < 0.05), "{xs:?}");
    assert!(placed.middles.windows(2).all(|pair| pair[0].1 < pair[1].1));
}

#[test]
fn parts_that_nothing_ties_stand_near_each_other() {
    let nodes = [0, 1, 2, 3, 2, 3].map(|layer| node(layer, 100.0, 40.0));
    let links = [(0, 1), (1, 2), (2, 3), (4, 5)].map(|(upper, lower)| Link { upper, lower });
    let placed = layered(&nodes, &links);
    assert!(placed.width < 260.0, "{}", placed.width);
}

/// Boxes as left, top, right and bottom.
fn boxes(nodes: &[Node], placed: &Placed) -> Vec<[f64; 4]> {
    let middles = nodes.iter().zip(&placed.middles);
    middles
        .map(|(n, (x, y))| [x - n.left, y - n.height / 2.0, x + n.right, y + n.height / 2.0])
        .collect()
}

fn apart(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
}

fn graphs() -> impl Strategy<Value = (Vec<Node>, Vec<Link>)> {
    let node = (0_usize..8, 10.0..200.0_f64, prop_oneof![Just(0.0), 0.0..0.45_f64])
        .prop_map(|(layer, width, share)| node(layer, width, share * width));
    prop::collection::vec(node, 1..30).prop_flat_map(|nodes| {
        let count = nodes.len();
        let links = prop::collection::vec((0..count, 0..count), 0..40);
        (Just(nodes), links).prop_map(|(nodes, pairs)| {
            let down = |(a, b): (usize, usize)| match nodes[a].layer.cmp(&nodes[b].layer) {
                std::cmp::Ordering::Less => Some(Link { upper: a, lower: b }),
                std::cmp::Ordering::Greater => Some(Link { upper: b, lower: a }),
                std::cmp::Ordering::Equal => None,
            };
            let links = pairs.into_iter().filter_map(down).collect();
            (nodes, links)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn boxes_stand_apart_and_lines_pass_beside_them((nodes, links) in graphs()) {
        let placed = layered(&nodes, &links);
        let boxes = boxes(&nodes, &placed);
        for (index, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= -0.001 && a[2] <= placed.width + 0.001);
            prop_assert!(a[1] >= -0.001 && a[3] <= placed.height + 0.001);
            prop_assert!(boxes[index + 1..].iter().all(|b| apart(a, b)));
        }
        for (link, way) in links.iter().zip(&placed.ways) {
            for Knot { x, top, bottom } in way {
                let meets = |b: &[f64; 4]| b[0] < *x && *x < b[2] && b[1] < *bottom && *top < b[3];
                let met: Vec<usize> = (0..boxes.len()).filter(|b| meets(&boxes[*b])).collect();
                prop_assert!(met.iter().all(|b| *b == link.upper || *b == link.lower));
            }
            prop_assert!(way.windows(2).all(|pair| pair[0].bottom < pair[1].top + 0.001));
        }
    }

    #[test]
    fn a_crowd_stands_in_rows((nodes, links) in graphs()) {
        let ties: Vec<(usize, usize)> = links.iter().map(|link| (link.upper, link.lower)).collect();
        let placed = crowd::rows(&nodes, &ties);
        let boxes = boxes(&nodes, &placed);
        for (index, a) in boxes.iter().enumerate() {
            prop_assert!(a[0] >= -0.001 && a[2] <= placed.width + 0.001);
            prop_assert!(boxes[index + 1..].iter().all(|b| apart(a, b)));
        }
    }

    #[test]
    fn ways_that_are_drawn_join_different_ranks(
        count in 2_usize..14,
        ways in prop::collection::vec((0_usize..14, 0_usize..14), 0..50),
        said in prop::collection::vec((0_usize..14, 0_usize..14), 0..20),
        ends in 0_usize..4,
    ) {
        let within = |ways: Vec<(usize, usize)>| -> Vec<(usize, usize)> {
            ways.into_iter().map(|(a, b)| (a % count, b % count)).filter(|(a, b)| a != b).collect()
        };
        let drawn = within(ways);
        let ranks = ranks(count, ends.min(count), &drawn, &within(said));
        for (from, to) in drawn {
            prop_assert!(ranks[from] != ranks[to], "{from} {to} {ranks:?}");
        }
    }
}
