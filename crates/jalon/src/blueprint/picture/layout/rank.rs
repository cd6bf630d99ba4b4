//! What stands above what: ranks in which most lines go down.

/// A graph of states.
#[derive(Clone, Debug, Default)]
pub(in crate::blueprint::picture) struct Ways {
    /// How many states there are.
    pub count: usize,
    /// Where records begin.
    pub start: Option<usize>,
    /// The ways that are drawn, from a state to another.
    pub drawn: Vec<(usize, usize)>,
    /// The ways that are only said: they do not bend the order, but what they lead to stands
    /// below where they come from.
    pub said: Vec<(usize, usize)>,
    /// The states where everything ends; they stand at the bottom.
    pub ends: Vec<usize>,
}

/// More states than this are taken in the order in which they are declared.
const MOST_MOVED: usize = 400;

impl Ways {
    /// The rank of each state, from the top.
    pub(in crate::blueprint::picture) fn ranks(&self) -> Vec<usize> {
        let place = self.places();
        let down = |way: &&(usize, usize)| place[way.0] < place[way.1];
        let mut lower: Vec<Vec<usize>> = vec![Vec::new(); self.count];
        for (from, to) in self.drawn.iter().chain(&self.said).filter(down) {
            lower[*from].push(*to);
        }
        for (from, to) in self.drawn.iter().filter(|way| place[way.0] > place[way.1]) {
            if !reaches(&lower, *to, *from) {
                lower[*from].push(*to);
            }
        }
        let mut ranks = longest(&lower);
        self.pull_down(&lower, &mut ranks);
        self.drop_ends(&lower, &mut ranks);
        ranks
    }

    /// The place of each state in an order in which few ways go back: that of the declaration,
    /// with states moved only where fewer ways go back then.
    fn places(&self) -> Vec<usize> {
        let mut order: Vec<usize> = self.start.into_iter().collect();
        order.extend((0..self.count).filter(|state| Some(*state) != self.start));
        let place = inverse(&order);
        if self.count > MOST_MOVED {
            return place;
        }
        let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); self.count];
        let mut coming: Vec<Vec<usize>> = vec![Vec::new(); self.count];
        let agreed = |way: &&(usize, usize)| place[way.0] < place[way.1];
        for (from, to) in self.drawn.iter().chain(self.said.iter().filter(agreed)) {
            leaving[*from].push(*to);
            coming[*to].push(*from);
        }
        for _ in 0..4 {
            let mut moved = false;
            for state in 0..self.count {
                if Some(state) != self.start {
                    moved |= shift(state, &mut order, &leaving[state], &coming[state]);
                }
            }
            if !moved {
                break;
            }
        }
        inverse(&order)
    }

    /// A state that nothing above leads to stands just above what it leads to.
    fn pull_down(&self, lower: &[Vec<usize>], ranks: &mut [usize]) {
        let mut reached = vec![false; self.count];
        lower.iter().flatten().for_each(|state| reached[*state] = true);
        let mut loose: Vec<usize> = (0..self.count)
            .filter(|state| !reached[*state] && Some(*state) != self.start)
            .collect();
        loose.sort_by_key(|state| std::cmp::Reverse(ranks[*state]));
        for state in loose {
            if let Some(first) = lower[state].iter().map(|to| ranks[*to]).min() {
                ranks[state] = first.saturating_sub(1);
            }
        }
    }

    /// Ends that nothing leaves stand together below all else.
    fn drop_ends(&self, lower: &[Vec<usize>], ranks: &mut [usize]) {
        let is_end = |state: &usize| self.ends.contains(state) && lower[*state].is_empty();
        let others = (0..self.count).filter(|state| !is_end(state)).map(|state| ranks[state] + 1);
        let ends: Vec<usize> = self.ends.iter().copied().filter(is_end).collect();
        let bottom =
            others.max().unwrap_or(0).max(ends.iter().map(|it| ranks[*it]).max().unwrap_or(0));
        for end in ends {
            ranks[end] = bottom;
        }
    }
}

/// Moves a state to the place where the fewest of its ways go back, the first place never.
fn shift(state: usize, order: &mut Vec<usize>, leaving: &[usize], coming: &[usize]) -> bool {
    let Some(now) = order.iter().position(|other| *other == state) else { return false };
    let rest: Vec<usize> = order.iter().copied().filter(|other| *other != state).collect();
    // Before all others every way that comes goes back; past each other, one more or less.
    let mut back = coming.len() as i64;
    let mut found: (i64, usize) = (i64::MAX, now);
    let mut here = 0;
    for place in 0..=rest.len() {
        if place == now {
            here = back;
        }
        if place > 0 && back < found.0 {
            found = (back, place);
        }
        if let Some(next) = rest.get(place) {
            let times = |list: &[usize]| list.iter().filter(|other| *other == next).count() as i64;
            back += times(leaving) - times(coming);
        }
    }
    // The order of the declaration is worth a way.
    let better = found.0 + 1 < here;
    if better {
        *order = rest;
        order.insert(found.1, state);
    }
    better
}

fn inverse(order: &[usize]) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (index, state) in order.iter().enumerate() {
        place[*state] = index;
    }
    place
}

fn reaches(lower: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; lower.len()];
    let mut open = vec![from];
    while let Some(state) = open.pop() {
        if state == to {
            return true;
        }
        if !std::mem::replace(&mut seen[state], true) {
            open.extend(&lower[state]);
        }
    }
    false
}

/// The length of the longest way to each state.
fn longest(lower: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting = vec![0_usize; lower.len()];
    lower.iter().flatten().for_each(|state| waiting[*state] += 1);
    let mut ranks = vec![0; lower.len()];
    let mut open: Vec<usize> = (0..lower.len()).filter(|state| waiting[*state] == 0).collect();
    while let Some(state) = open.pop() {
        for next in &lower[state] {
            ranks[*next] = ranks[*next].max(ranks[state] + 1);
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                open.push(*next);
            }
        }
    }
    ranks
}
