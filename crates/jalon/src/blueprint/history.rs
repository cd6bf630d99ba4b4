//! The steps of a process, shared by every copy of it that they led to.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::instance::Move;

/// Steps, the earliest first: a copy is free, and a step more costs the same after ten as after
/// ten thousand.
#[derive(Clone, Default)]
pub struct History(Option<Arc<Step>>);

struct Step {
    made: Move,
    before: History,
    count: usize,
}

impl History {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |last| last.count)
    }

    /// The last one.
    pub fn last(&self) -> Option<&Move> {
        self.0.as_ref().map(|last| &last.made)
    }

    /// From the last to the first.
    pub fn latest(&self) -> impl Iterator<Item = &Move> {
        std::iter::successors(self.0.as_deref(), |step| step.before.0.as_deref())
            .map(|step| &step.made)
    }

    /// From the first to the last.
    pub fn moves(&self) -> Vec<&Move> {
        let mut moves: Vec<&Move> = self.latest().collect();
        moves.reverse();
        moves
    }

    /// With a step more.
    #[must_use]
    pub fn and(&self, made: Move) -> History {
        History(Some(Arc::new(Step { made, before: self.clone(), count: self.len() + 1 })))
    }
}

/// A long history is taken down step by step, not within itself.
impl Drop for History {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut step) = next.and_then(Arc::into_inner) {
            next = step.before.0.take();
        }
    }
}

impl PartialEq for History {
    fn eq(&self, other: &History) -> bool {
        self.len() == other.len() && self.latest().eq(other.latest())
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.moves()).finish()
    }
}

impl Serialize for History {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.moves())
    }
}

impl<'de> Deserialize<'de> for History {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<History, D::Error> {
        let moves = Vec::<Move>::deserialize(deserializer)?;
        Ok(moves.into_iter().fold(History::default(), |history, made| history.and(made)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Instant;

    fn made(at: i64) -> Move {
        Move {
            transition: None,
            from: None,
            to: "A".into(),
            at: Instant::from_micros(at),
            by: None,
        }
    }

    #[test]
    fn a_million_steps_are_let_go_without_a_deep_stack() {
        let history = (0..1_000_000).fold(History::default(), |history, at| history.and(made(at)));
        assert_eq!(history.len(), 1_000_000);
        assert_eq!(history.last().map(|last| last.at), Some(Instant::from_micros(999_999)));
        drop(history);
    }

    #[test]
    fn a_copy_is_not_changed_by_what_the_other_does() {
        let one = History::default().and(made(1));
        let two = one.and(made(2));
        assert_eq!((one.len(), two.len()), (1, 2));
        let text = serde_json::to_string(&two).unwrap_or_default();
        assert_eq!(serde_json::from_str::<History>(&text).ok(), Some(two));
    }
}
