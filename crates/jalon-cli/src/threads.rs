//! The batches of a file shared out among threads: read one after the other, worked on side by
//! side, written in their order.
//!
//! Every thread takes the next batch from the reader, runs the rules on it, waits for its turn
//! and writes it. A batch stays with one thread, so that there are never more of them than
//! threads, and one thread alone is the same loop.

use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jalon::lang::Lang;
use jalon_files::data::{Batch, DataReader};

use crate::failure::Failure;

/// What time went into; the work of all threads together, without waiting.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    /// Reading rows.
    pub reading: Duration,
    /// Running rules on them.
    pub rules: Duration,
    /// Writing them.
    pub writing: Duration,
}

/// How many threads are asked for: as many as there are processors when nothing is said.
pub fn count(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Reads all batches; each is worked on by `rules` with one of the workers, then written by
/// `write`, in the order of the file. There is a thread for each worker.
///
/// # Errors
///
/// The first one in the order of the file; what comes before it has been written.
pub fn run<W: Send>(
    reader: DataReader,
    lang: Lang,
    workers: &mut [W],
    rules: impl Fn(&mut W, &Batch) -> Result<(), Failure> + Sync,
    write: impl FnMut(&mut W, &Batch) -> Result<(), Failure> + Send,
) -> Result<Times, Failure> {
    let shared = Shared {
        source: Mutex::new(Source { reader, next: 0, ended: false }),
        turn: Mutex::new(Turn { next: 0, write, times: Times::default(), failure: None }),
        moved: Condvar::new(),
        lang,
    };
    let Some((first, others)) = workers.split_first_mut() else { return Ok(Times::default()) };
    std::thread::scope(|scope| {
        for worker in others {
            let (shared, rules) = (&shared, &rules);
            // Where the system gives no thread, the others do its work.
            let _ =
                std::thread::Builder::new().spawn_scoped(scope, move || shared.work(worker, rules));
        }
        shared.work(first, &rules);
    });
    let turn = shared.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.failure.map_or(Ok(turn.times), Err)
}

struct Shared<F> {
    source: Mutex<Source>,
    turn: Mutex<Turn<F>>,
    moved: Condvar,
    lang: Lang,
}

struct Source {
    reader: DataReader,
    /// The place of the next batch.
    next: u64,
    ended: bool,
}

/// Whose turn it is to write.
struct Turn<F> {
    /// The place of the batch to be written next; [`u64::MAX`] when work has stopped.
    next: u64,
    write: F,
    times: Times,
    failure: Option<Failure>,
}

/// Stops the others when a thread is lost.
struct Lost<'s, F>(&'s Shared<F>);

impl<F> Drop for Lost<'_, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.turn).next = u64::MAX;
            self.0.moved.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F> Shared<F> {
    /// What one thread does.
    fn work<W>(&self, worker: &mut W, rules: impl Fn(&mut W, &Batch) -> Result<(), Failure>)
    where
        F: FnMut(&mut W, &Batch) -> Result<(), Failure>,
    {
        let _lost = Lost(self);
        let mut batch = lock(&self.source).reader.empty_batch();
        let mut times = Times::default();
        while let Some((place, read)) = self.read(&mut batch, &mut times) {
            let ruling = Instant::now();
            let ruled = read.and_then(|()| rules(worker, &batch));
            times.rules += ruling.elapsed();
            let mut turn = lock(&self.turn);
            while turn.next < place {
                turn = self.moved.wait(turn).unwrap_or_else(PoisonError::into_inner);
            }
            if turn.next != place {
                return;
            }
            let writing = Instant::now();
            let written = ruled.and_then(|()| (turn.write)(worker, &batch));
            times.writing += writing.elapsed();
            turn.next = if written.is_ok() { place + 1 } else { u64::MAX };
            turn.failure = written.err();
            self.moved.notify_all();
        }
        let all = &mut lock(&self.turn).times;
        all.reading += times.reading;
        all.rules += times.rules;
        all.writing += times.writing;
    }

    /// Reads the next batch; its place and whether it could be read. Nothing after the last one,
    /// or after one that could not be read.
    fn read(&self, batch: &mut Batch, times: &mut Times) -> Option<(u64, Result<(), Failure>)> {
        let mut source = lock(&self.source);
        if source.ended {
            return None;
        }
        let reading = Instant::now();
        let filled = source.reader.fill(batch);
        let place = source.next;
        source.next += 1;
        source.ended = !matches!(filled, Ok(true));
        drop(source);
        let read = match filled {
            Ok(false) => None,
            Ok(true) => Some(batch.parse()),
            Err(error) => Some(Err(error)),
        };
        times.reading += reading.elapsed();
        Some((place, read?.map_err(|error| Failure::file(&error, self.lang))))
    }
}
