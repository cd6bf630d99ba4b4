//! Cases made of bytes: a program, a clock and an Arrow batch, run by every executor.
//!
//! The record executor defines the meaning: [`Case::check`] holds the columnar executor to it
//! row by row. A property test and a fuzz target call it.

mod choices;
mod columns;
mod compare;
mod criteria;
mod nested;
mod scores;
mod words;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field as ArrowField, Schema};
use jalon::Criterion;
use jalon::program::{Loader, Program};
use jalon::value::Clock;

use self::choices::Choices;
use self::criteria::{FIELDS, Field, MODULE};

/// What the executors are given.
#[derive(Debug)]
pub struct Case {
    /// The program with its scores, and its text.
    program: Program,
    text: String,
    criteria: Vec<String>,
    module: Option<&'static str>,
    clock: Clock,
    batch: RecordBatch,
    threads: usize,
    /// The rows' own clocks, if they have them: a column's name.
    now: Option<&'static str>,
    /// How many of the criteria and scores that were made were refused.
    refused: usize,
}

const CLOCKS: &[(&str, &str)] = &[
    ("2026-06-30T09:00", "Europe/Paris"),
    ("2026-06-30T09:00", "UTC"),
    ("2026-03-29T03:30", "Europe/Paris"),
    ("2026-03-29T00:15", "Europe/Paris"),
    ("2026-10-25T02:30", "Europe/Paris"),
    ("2025-12-31T23:59:59", "UTC"),
    ("2024-02-29T12:00", "Europe/Paris"),
    ("2026-06-30T00:00", "America/New_York"),
];

impl Case {
    /// The case that some bytes tell, of at most `most_rows` rows.
    pub fn new(bytes: &[u8], most_rows: usize) -> Case {
        Case::of(&mut Choices::new(bytes), |choices| rows(choices, most_rows))
    }

    /// The same with a number of rows, shared out among two threads.
    pub fn of_rows(bytes: &[u8], rows: usize) -> Case {
        Case { threads: 2, now: None, ..Case::of(&mut Choices::new(bytes), |_| rows) }
    }

    fn of(choices: &mut Choices<'_>, rows: impl Fn(&mut Choices<'_>) -> usize) -> Case {
        let (now, zone) = choices.pick(CLOCKS);
        let clock = Clock::at(now, zone).unwrap();
        let strict = choices.one_in(6);
        let threads = 1 + choices.below(2);
        let declared = !choices.one_in(3);
        let rows = rows(choices);
        let offset = choices.pick(&[0, 1, 3, 8, 13, 64]);
        let fields = fields(choices, declared);
        let mut refused = 0;
        let head = if declared { MODULE } else { "" };
        let module = declared.then_some("Prospects");
        let bare = load(head, strict).unwrap();
        let mut criteria = Vec::new();
        for _ in 0..1 + choices.below(6) {
            let text = criteria::criterion(choices, &fields, 2);
            match bare.criterion(&text, module) {
                Ok(_) => criteria.push(text),
                Err(_) => refused += 1,
            }
        }
        let mut conditions = criteria.clone();
        // More predicates than a word has bits, at times on one field.
        let many = choices.one_in(16);
        for _ in 0..if many { 75 } else { 4 } {
            let text = criteria::criterion(choices, &fields, 0);
            match bare.criterion(&text, module) {
                Ok(_) => conditions.push(text),
                Err(_) => refused += 1,
            }
        }
        let scores = scores::scores(choices, &conditions, declared, many);
        let text = format!("{head}{}{scores}", rules(&criteria, declared));
        let (text, program) = match load(&text, strict) {
            Some(program) => (text, program),
            None => {
                refused += 1;
                (head.to_owned(), bare)
            }
        };
        let batch = batch(choices, &fields, rows, offset);
        let now = choices.one_in(8).then_some("le");
        Case { program, text, criteria, module, clock, batch, threads, now, refused }
    }

    /// How many of the criteria and scores that were made were refused, and how many were not.
    pub fn refused(&self) -> (usize, usize) {
        (self.refused, self.criteria.len() + self.program.score_names().count())
    }

    /// A criterion by its place: that of the rule of the same number, where there are rules.
    fn criterion(&self, place: usize) -> Criterion {
        let rule = self.program.rule(&rule_name(place));
        rule.or_else(|_| self.program.criterion(&self.criteria[place], self.module)).unwrap()
    }
}

fn rule_name(place: usize) -> String {
    format!("R{place}")
}

/// A rule for each criterion.
fn rules(criteria: &[String], declared: bool) -> String {
    let on = if declared { " sur Prospects" } else { "" };
    let rule = |(place, criterion): (usize, &String)| {
        let name = rule_name(place);
        format!("règle \"{name}\"{on}\n  quand créé\n  si {criterion}\n  alors\n    Nom : x\n\n")
    };
    criteria.iter().enumerate().map(rule).collect()
}

fn load(text: &str, strict: bool) -> Option<Program> {
    let loader = Loader::default().source("case.jalon", text);
    if strict { loader.strict() } else { loader }.load().ok()
}

/// How many rows: few as a rule, at times around the end of a block.
fn rows(choices: &mut Choices<'_>, most: usize) -> usize {
    let rows = match choices.below(64) {
        63 => 2_047 + choices.below(3),
        62 => 4_095 + choices.below(3),
        61 => 0,
        60 => 1,
        n => choices.pick(&[2, 9, 63, 64, 65, 130]) + n % 3,
    };
    rows.min(most)
}

/// A few of the fields: criteria and columns then meet.
fn fields(choices: &mut Choices<'_>, declared: bool) -> Vec<Field> {
    let count = 1 + choices.below(6);
    let fields = (0..count).map(|_| choices.pick(FIELDS));
    if declared {
        return fields.collect();
    }
    // Without a module a field has one name.
    fields.map(|field| Field { names: &field.names[..1], ..field }).collect()
}

fn batch(choices: &mut Choices<'_>, fields: &[Field], rows: usize, offset: usize) -> RecordBatch {
    let whole = rows + offset + choices.below(3);
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for field in fields {
        let count = match choices.below(16) {
            14 => 2,
            15 => 0,
            _ => 1,
        };
        for _ in 0..count {
            let name = choices.pick(field.names);
            let name = match choices.below(6) {
                4 => name.to_uppercase(),
                5 => name.to_lowercase(),
                _ => name.to_owned(),
            };
            columns.push((name, columns::column(choices, field.kind, whole)));
        }
        if choices.one_in(10) {
            columns.push(("Compte.Type".into(), columns::texts(choices, field.kind, whole)));
        }
    }
    columns.push(("le".into(), columns::column(choices, criteria::Kind::DateTime, whole)));
    let field =
        |(name, array): &(String, ArrayRef)| ArrowField::new(name, array.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(whole));
    RecordBatch::try_new_with_options(Arc::new(schema), arrays, &options)
        .unwrap()
        .slice(offset, rows)
}
