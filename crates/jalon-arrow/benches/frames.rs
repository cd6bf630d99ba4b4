//! Fourteen lines on a frame of leads: row by row, column by column, and by hand.
//!
//! `cargo bench -p jalon-arrow --bench frames`. All ways are run in turn, round after round; the
//! best time of each is printed, and all totals are checked to be equal. Names of ways, as they
//! are printed, run only those.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench")]
#![allow(dead_code, reason = "the leads are shared with another bench")]

#[path = "../../jalon/benches/leads.rs"]
mod leads;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Int64Array, RecordBatch, StringArray,
    StringViewArray,
};
use jalon::schema::TextMode;
use jalon::value::fold::fold_into;
use jalon::{Clock, Program, Score};
use jalon_arrow::{FrameScorer, Now, Rows};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const ROWS: usize = 300_000;
const ROUNDS: usize = 9;

const TEXTS: [&str; 8] =
    ["Fonction", "Adresse e-mail", "Notes", "Pays", "Secteur", "Étape", "Source", "Société"];

/// A way to add up all totals, by name.
type Way<'w> = (&'static str, Box<dyn Fn() -> i64 + 'w>);

fn main() {
    let leads = leads::leads(ROWS);
    let plain = batch(&leads);
    let views =
        with_texts(&plain, |texts| Arc::new(texts.iter().collect::<StringViewArray>()) as ArrayRef);
    let codes = with_texts(&plain, |texts| {
        Arc::new(texts.iter().collect::<DictionaryArray<Int32Type>>()) as ArrayRef
    });
    let folding = Program::parse(leads::PROGRAM).unwrap().score(None).unwrap();
    let strict = leads::PROGRAM
        .replace(": texte long", ": texte long, casse stricte")
        .replace(": texte\n", ": texte, casse stricte\n")
        .replace(": e-mail", ": e-mail, casse stricte");
    let strict = Program::parse(&strict).unwrap().score(None).unwrap();

    let ways: Vec<Way<'_>> = vec![
        ("by hand, folding", Box::new(|| by_hand(&plain))),
        ("row by row", Box::new(|| row_by_row(&folding, &plain))),
        ("columns, texts", Box::new(|| columns(&folding, &plain, 1))),
        ("columns, texts, 2 threads", Box::new(|| columns(&folding, &plain, 2))),
        ("columns, views", Box::new(|| columns(&folding, &views, 1))),
        ("columns, dictionaries", Box::new(|| columns(&folding, &codes, 1))),
        ("casse stricte, texts", Box::new(|| columns(&strict, &plain, 1))),
        ("casse stricte, views", Box::new(|| columns(&strict, &views, 1))),
        ("casse stricte, dictionaries", Box::new(|| columns(&strict, &codes, 1))),
    ];
    let only: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let mut best = vec![Duration::MAX; ways.len()];
    let mut sums = vec![0; ways.len()];
    for _ in 0..ROUNDS {
        for (index, (name, way)) in ways.iter().enumerate() {
            if !only.is_empty() && !only.iter().any(|only| only == name) {
                continue;
            }
            let start = Instant::now();
            sums[index] = black_box(way());
            best[index] = best[index].min(start.elapsed());
        }
    }
    for same in [&sums[..6], &sums[6..]] {
        let run: Vec<&i64> = same.iter().filter(|sum| **sum != 0).collect();
        assert!(run.windows(2).all(|pair| pair[0] == pair[1]), "totals differ: {sums:?}");
    }
    for ((name, _), best) in ways.iter().zip(best).filter(|(_, best)| *best < Duration::MAX) {
        println!("{name:30} {:7.1} ns a row", best.as_nanos() as f64 / ROWS as f64);
    }
}

fn columns(score: &Score, batch: &RecordBatch, threads: usize) -> i64 {
    let mut scorer =
        FrameScorer::new(score, Now::Fixed(Clock::default())).unwrap().threads(threads);
    let scored = scorer.score(batch).unwrap();
    let name = scorer.columns().total.clone();
    scored.column_by_name(&name).unwrap().as_primitive::<Int64Type>().values().iter().sum()
}

fn row_by_row(score: &Score, batch: &RecordBatch) -> i64 {
    let rows = Rows::new(batch);
    let mut scorer = score.scorer(&Clock::default()).unwrap();
    let mut row = rows.row(0).bound(score.fields());
    let total = |index| {
        row.move_to(index);
        scorer.total(&row).total.to_i64().unwrap()
    };
    (0..rows.len()).map(total).sum()
}

fn batch(leads: &[leads::Lead]) -> RecordBatch {
    let json: Vec<serde_json::Value> = leads.iter().map(leads::Lead::json).collect();
    let text = |name: &str| {
        let column: StringArray = json.iter().map(|lead| lead[name].as_str()).collect();
        (name.to_owned(), Arc::new(column) as ArrayRef)
    };
    let employees: Int64Array = json.iter().map(|lead| lead["Effectif"].as_i64()).collect();
    let budget = json.iter().map(|lead| {
        let mut budget: Decimal = lead["Budget"].as_str().unwrap().parse().unwrap();
        budget.rescale(2);
        budget.mantissa()
    });
    let budget = Decimal128Array::from_iter_values(budget).with_precision_and_scale(12, 2).unwrap();
    let days = json.iter().map(|lead| {
        let date = jalon::value::read::iso(lead["Créé"].as_str().unwrap()).unwrap();
        jalon::Zone::UTC.date_of(date).days()
    });
    let created = Date32Array::from_iter_values(days);
    let others: [(String, ArrayRef); 3] = [
        ("Effectif".to_owned(), Arc::new(employees)),
        ("Budget".to_owned(), Arc::new(budget)),
        ("Créé".to_owned(), Arc::new(created)),
    ];
    RecordBatch::try_from_iter(TEXTS.into_iter().map(text).chain(others)).unwrap()
}

/// The same batch with its texts laid out differently.
fn with_texts(batch: &RecordBatch, change: impl Fn(&StringArray) -> ArrayRef) -> RecordBatch {
    let columns = batch.schema_ref().fields().iter().zip(batch.columns()).map(|(field, column)| {
        let column = match column.as_string_opt::<i32>() {
            Some(texts) => change(texts),
            None => column.clone(),
        };
        (field.name().clone(), column)
    });
    RecordBatch::try_from_iter(columns.collect::<Vec<_>>()).unwrap()
}

/// The fourteen lines over the arrays, as a careful programmer would write them.
fn by_hand(batch: &RecordBatch) -> i64 {
    let texts = TEXTS.map(|name| batch.column_by_name(name).unwrap().as_string::<i32>());
    let employees = batch.column_by_name("Effectif").unwrap().as_primitive::<Int64Type>();
    let budget = batch.column_by_name("Budget").unwrap().as_primitive::<Decimal128Type>();
    let created = batch.column_by_name("Créé").unwrap().as_primitive::<Date32Type>();
    let mut folded: [String; 8] = Default::default();
    let any = |text: &str, parts: &[&str]| parts.iter().any(|part| text.contains(part));
    let mut sum = 0;
    for row in 0..batch.num_rows() {
        for (folded, texts) in folded.iter_mut().zip(texts) {
            fold_into(texts.value(row), TextMode::default(), folded);
        }
        let [title, email, notes, country, industry, stage, source, company] = &folded;
        let (employees, budget) = (employees.value(row), budget.value(row));
        let mut points = |holds: bool, points: i64| sum += if holds { points } else { 0 };
        points(any(title, &["directeur", "président", "gérant", "ceo", "founder", "vp"]), 25);
        points(any(title, &["responsable", "manager"]), 10);
        points(any(email, &["gmail.", "yahoo.", "hotmail.", "outlook."]), -30);
        points(!email.trim().is_empty(), 15);
        points(any(notes, &["démo", "rendez-vous", "urgent", "budget validé"]), 20);
        points(any(notes, &["concurrent", "étudiant"]), -15);
        let near = matches!(
            country.as_str(),
            "france" | "belgique" | "suisse" | "luxembourg" | "monaco" | "canada"
        );
        points(near, 10);
        points(matches!(industry.as_str(), "banque" | "assurance"), 12);
        points(matches!(stage.as_str(), "qualification" | "proposition" | "négociation"), 8);
        points((50..=500).contains(&employees), 9);
        points(budget >= 1_000_050, 11);
        points(created.value(row) > 20_454, 5);
        points(company.starts_with("test") && source != "salon", -20);
        let large = country == "france" && employees > 1000;
        points(large || (industry == "industrie" && budget > 5_000_000), 7);
    }
    sum
}
