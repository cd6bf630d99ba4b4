//! What stands in the way of the targets that are not reached: what profiles of Jalon showed. It
//! is printed only beside a figure that misses its goal.

const PLAIN: &str = "plain text: two fifths of the time is knowing again texts that repeat, two nanoseconds for each; a fifth is the pages, which never repeat: reading them, searching them, and finding which begin so; a sixth is the first byte of each text of which is only asked whether it is there";
const CODED: &str = "dictionaries: a quarter of the time is the pages, which never repeat: reading them, searching them, and finding which begin so; a fifth each is looking up codes, and the first byte of each text of which is only asked whether it is there; the rest is small passes over rows that come from memory, one or two for each column, and the columns of the result";

/// For the batch executor.
pub fn batch(input: &str) -> &'static str {
    if input == "plain text" { PLAIN } else { CODED }
}

/// For frames of Python.
pub fn frames(input: &str) -> &'static str {
    if input == "plain text" {
        "as for batches of plain text; besides, polars holds texts as views, from which texts to be searched are laid end to end first, and the columns that come back are made into polars' own"
    } else {
        "as for batches of dictionaries; besides, texts to be searched are laid end to end from views, and the columns that come back are made into polars' own"
    }
}

pub const MEMORY: &str =
    "memory: the columns of the result count, and what each thread keeps of a block";

/// For one record in Rust.
pub const RECORD: &str = "one record: each field is a chain of steps that wait for each other (the struct's field, a value, a vector, a table, a bit); the function by hand returns at the first byte that decides, and without folding it has nothing to prepare";

/// For engines beside one record.
pub const RECORD_PEERS: &str = "other engines: on this job, of short texts of which a fifth are empty, peers take less than on the one for which the goals were set: the tables below show how far the function by hand itself is ahead of them";

/// For whole texts.
pub const WHOLE_TEXTS: &str = "whole texts: the function by hand compares lengths first and has its constants in its code; Jalon reads, folds and looks up each text";

/// For records whose texts bear numbers.
pub const INTERNED: &str = "interned texts: each is a look into a table by its number and a bit for each test on it; the function by hand compares lengths first, and reads no text that cannot be equal";

pub const PYTHON: &str = "one Python dict: looking at its values where they stand, and the compiled module's work on them; calling it and making the tuple of the answer go through functions rather than in line, because one wheel serves every Python from 3.10 on";
pub const NODE: &str = "one JS object: its texts lie all over memory, and each must be looked at to know that it is not blank; looking those up that repeat, reading the others, and Node's way in and out; the function by hand only asks whether most are there";

pub const INDEX: &str = "rule index: where few rules hold, reading the record and one look into a table for each field and pair of fields is most of the time";
pub const INDEX_GROWTH: &str = "rule index: a million rules do not fit into the caches: each look into the tables waits for memory";
pub const INDEX_MATCH: &str = "rule index: candidates that fail at a later condition: each waits for its conditions to come from memory";
pub const INDEX_BUILD: &str = "rule index: waiting for memory: most texts and constants of a million rules are new, and each is looked up before it is filed";
pub const INDEX_SIZE: &str = "rule index: texts of the rules are kept beside the entries";

/// For the pipeline in Rust.
pub const PIPELINE: &str = "pipeline, Rust: taking the room in which a state's conditions are judged, the step that its history gains, and on a refusal the texts of its reasons";

/// For the pipeline in the other languages.
pub fn pipeline(language: &str) -> &'static str {
    match language {
        "Python" => {
            "pipeline, Python: what a call makes is Python's own: the instance, the fields, the exception of a refusal with its reasons"
        }
        _ => {
            "pipeline, Node: what crosses into the compiled module and back: instances, records, answers"
        }
    }
}
