//! The parts of a graph in which every node leads to every other.

/// The strongly connected components of a graph that hold a loop, each in rising order, by Tarjan's
/// algorithm without recursion.
pub(super) fn components(next: &[Vec<u32>]) -> Vec<Vec<u32>> {
    const UNSEEN: u32 = u32::MAX;
    let count = next.len();
    let (mut index, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let mut on_stack = vec![false; count];
    let (mut stack, mut found) = (Vec::new(), Vec::new());
    let mut seen = 0;
    for root in 0..count {
        if index[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((node, edge)) = path.pop() {
            if edge == 0 {
                (index[node], low[node]) = (seen, seen);
                seen += 1;
                stack.push(node as u32);
                on_stack[node] = true;
            }
            if let Some(to) = next[node].get(edge).map(|to| *to as usize) {
                path.push((node, edge + 1));
                if index[to] == UNSEEN {
                    path.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if let Some((parent, _)) = path.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
            if low[node] == index[node] {
                let mut part = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member as usize] = false;
                    part.push(member);
                    if member as usize == node {
                        break;
                    }
                }
                if part.len() > 1 || next[node].contains(&(node as u32)) {
                    part.sort_unstable();
                    found.push(part);
                }
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn only_parts_with_a_loop_are_found() {
        let next = [vec![1], vec![2, 3], vec![1], vec![3], vec![0], vec![]];
        assert_eq!(components(&next), [vec![1, 2], vec![3]]);
    }

    #[test]
    fn a_long_way_round_takes_no_stack() {
        let count = 200_000;
        let next: Vec<_> = (0..count).map(|node| vec![(node + 1) % count]).collect();
        assert_eq!(components(&next).len(), 1);
    }
}
