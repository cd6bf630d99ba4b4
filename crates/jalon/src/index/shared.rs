//! An index that is replaced while others read it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;

use super::RuleIndex;

/// The current index of rules that change: readers go on with the one they have, and take the
/// new one when it is there.
///
/// Building takes time, swapping none: readers wait for no build, and hold a lock no longer than
/// it takes to copy a pointer.
///
/// ```
/// use jalon::{Program, index::SharedIndex};
///
/// let rules = |text: &str| Program::parse(text)?.index(None);
/// let shared = SharedIndex::new(rules("règle \"A\"\n  quand créé\n  si Pays EST France\n  alors\n    Nom : x\n")?);
/// let before = shared.current();
/// let rebuilt = shared.rebuild(move || Program::parse("")?.index(None));
/// rebuilt.join().unwrap()?;
/// assert_eq!((before.len(), shared.current().len()), (1, 0));
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SharedIndex(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// The index, and the number of the build that made it.
    current: RwLock<(RuleIndex, u64)>,
    /// How many builds were begun.
    begun: AtomicU64,
}

impl SharedIndex {
    /// Begins with an index.
    pub fn new(index: RuleIndex) -> SharedIndex {
        let current = RwLock::new((index, 0));
        SharedIndex(Arc::new(Shared { current, begun: AtomicU64::new(0) }))
    }

    /// The index as it is now.
    pub fn current(&self) -> RuleIndex {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// A number that changes with the index: a reader that keeps a matcher asks it before each
    /// record, and takes the current index when it has changed.
    pub fn version(&self) -> u64 {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).1
    }

    /// Puts another index in its place.
    pub fn replace(&self, index: RuleIndex) {
        let build = self.begin();
        self.put(index, build);
    }

    /// Builds an index on a thread of its own and puts it in place. A build that was begun before
    /// the one in place is dropped when it ends: the last begun wins.
    ///
    /// The thread gives what `build` fails with; then nothing is replaced.
    pub fn rebuild<E: Send + 'static>(
        &self,
        build: impl FnOnce() -> Result<RuleIndex, E> + Send + 'static,
    ) -> JoinHandle<Result<(), E>> {
        let number = self.begin();
        let shared = self.clone();
        std::thread::spawn(move || {
            shared.put(build()?, number);
            Ok(())
        })
    }

    fn begin(&self) -> u64 {
        self.0.begun.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn put(&self, index: RuleIndex, build: u64) {
        let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
        if build > current.1 {
            // The old index is given up after the lock.
            let old = std::mem::replace(&mut *current, (index, build));
            drop(current);
            drop(old);
        }
    }
}
