//! Many leads at once: the score as a column.

use std::hint::black_box;
use std::rc::Rc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, Int64Array, RecordBatch};
use jalon::{Clock, Program};
use jalon_arrow::{FrameScorer, Now};
use race::columns;
use race::leads::leads;
use race::worker::{Contender, weighted};

use crate::arrow_hand::scores;
use race::job::{FOLDED, LEADS, LEADS_STRICT, STRICT, version};

/// The columns that the score reads.
const READ: [&str; 12] = [
    "email",
    "first_page",
    "phone",
    "mobile",
    "status",
    "industry",
    "title",
    "country",
    "postcode",
    "opt_out",
    "created",
    "amount",
];

pub fn contenders(count: usize, threads: usize) -> Vec<Contender> {
    let leads = leads(count);
    let mut all = Vec::new();
    for (input, codes) in [("plain text", false), ("dictionaries", true)] {
        let batch = Rc::new(columns::batch(&leads, codes).unwrap());
        all.extend(by_hand(&batch, input, codes, threads));
        for (question, program) in [(STRICT, LEADS_STRICT), (FOLDED, LEADS)] {
            all.push(jalon(&batch, input, question, program, threads));
        }
        all.push(limit(&batch, input, threads));
    }
    all
}

fn by_hand(batch: &Rc<RecordBatch>, input: &str, codes: bool, threads: usize) -> [Contender; 2] {
    let hand = |question, answer: Box<dyn FnMut() -> Int64Array>| {
        let (name, count) = ("hand-written Rust", batch.num_rows());
        Contender::by_batch(name, "", question, input, count, answer, |scores| Ok(checksum(scores)))
    };
    let (strict, folding) = (batch.clone(), batch.clone());
    [
        hand(STRICT, Box::new(move || scores::<false>(&strict, codes, threads))),
        hand(FOLDED, Box::new(move || scores::<true>(&folding, codes, threads))),
    ]
}

fn jalon(
    batch: &Rc<RecordBatch>,
    input: &str,
    question: &str,
    program: &str,
    threads: usize,
) -> Contender {
    let program = Program::parse(program).unwrap_or_else(|error| panic!("{error}"));
    let score = program.score(None).unwrap();
    let scorer = FrameScorer::new(&score, Now::Fixed(Clock::default())).unwrap();
    let mut scorer = scorer.threads(threads);
    let batch = batch.clone();
    let checked = |scored: &Result<RecordBatch, _>| match scored {
        Ok(scored) => {
            let scores = scored.column_by_name("Fit").ok_or("no column of the score")?;
            Ok(checksum(scores.as_primitive::<Int64Type>()))
        }
        Err(error) => Err(format!("{error}")),
    };
    let count = batch.num_rows();
    let answer = move || scorer.score(&batch);
    let version = version("jalon");
    Contender::by_batch("Jalon", &version, question, input, count, answer, checked)
}

fn checksum(scores: &Int64Array) -> i64 {
    (0..scores.len()).fold(0, |sum, i| weighted(i, scores.value(i)).wrapping_add(sum))
}

/// Reads every byte that the score needs, and does nothing with it.
fn limit(batch: &RecordBatch, input: &str, threads: usize) -> Contender {
    let mut buffers = Vec::new();
    for name in READ {
        let data = batch.column_by_name(name).unwrap().to_data();
        buffers.extend(data.buffers().iter().cloned());
        buffers.extend(data.nulls().map(|nulls| nulls.inner().inner().clone()));
    }
    let bytes: usize = buffers.iter().map(|buffer| buffer.len()).sum();
    let count = batch.num_rows();
    let sum = move |part: usize| -> u64 {
        let add = |buffer: &arrow_buffer::Buffer| {
            let share = buffer.len() / threads;
            let words = buffer[part * share..(part + 1) * share].chunks_exact(8);
            words.fold(0_u64, |sum, word| {
                sum.wrapping_add(u64::from_le_bytes(word.try_into().unwrap()))
            })
        };
        buffers.iter().fold(0, |sum, buffer| sum.wrapping_add(add(buffer)))
    };
    let read = move || {
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads)
                .map(|part| {
                    scope.spawn({
                        let sum = &sum;
                        move || sum(part)
                    })
                })
                .collect();
            let first = black_box(sum(0));
            others.into_iter().fold(first, |sum, other| sum.wrapping_add(other.join().unwrap()))
        })
    };
    Contender::by_batch("every needed byte read once", "", LIMIT, input, count, read, |_| Ok(0))
        .note(format!("{:.0} bytes a lead", bytes as f64 / count as f64))
}

/// The question of what no engine can be faster than.
const LIMIT: &str = "memory limit";
