//! Sharing the rows of a batch out among threads.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// So many rows are one task.
const TASK: usize = 1 << 15;

/// How many threads run, and what each of them runs with.
#[derive(Debug)]
pub(super) struct Threads<W> {
    pool: Option<Arc<ThreadPool>>,
    /// Those that no thread is using.
    idle: Mutex<Vec<W>>,
}

impl<W: Send> Threads<W> {
    /// Everything on the caller's thread.
    pub(super) fn one() -> Threads<W> {
        Threads { pool: None, idle: Mutex::new(Vec::new()) }
    }

    /// So many threads; 0 is as many as there are processors. Where the system gives none, the
    /// caller's thread does the work.
    pub(super) fn new(wanted: usize) -> Threads<W> {
        let pool = || ThreadPoolBuilder::new().num_threads(wanted).build().ok().map(Arc::new);
        let pool = if wanted == 1 { None } else { pool() };
        Threads { pool, idle: Mutex::new(Vec::new()) }
    }

    /// Runs `work` over all rows, task by task; the results in the order of the rows. `begin`
    /// makes what a thread works with, which is used again later.
    pub(super) fn run<R: Send, E: Send>(
        &self,
        rows: usize,
        begin: impl Fn() -> Result<W, E> + Sync,
        work: impl Fn(&mut W, Range<usize>) -> R + Sync,
    ) -> Result<Vec<R>, E> {
        let task = |index: usize| {
            let mut worker = match self.idle().pop() {
                Some(worker) => worker,
                None => begin()?,
            };
            let first = index * TASK;
            let done = work(&mut worker, first..rows.min(first + TASK));
            self.idle().push(worker);
            Ok(done)
        };
        let tasks = rows.div_ceil(TASK);
        match &self.pool {
            Some(pool) if tasks > 1 => {
                pool.install(|| (0..tasks).into_par_iter().map(task).collect())
            }
            _ => (0..tasks).map(task).collect(),
        }
    }

    /// Forgets what threads work with.
    pub(super) fn reset(&self) {
        self.idle().clear();
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<W>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
