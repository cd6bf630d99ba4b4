//! Jobs on frames: what comes out, and the reasons of each row.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use jalon::lang::Lang;
use jalon::{Clock, Criterion, Program};
use jalon_arrow::{FrameError, FrameJob, JobOptions, Now, Out};

const PROGRAM: &str = "score Fit\n  +25 if Country IS France\n  +0.5 if Name ISN'T EMPTY\n  +1\n";

fn batch() -> RecordBatch {
    let column =
        |values: &[Option<&str>]| Arc::new(values.iter().collect::<StringArray>()) as ArrayRef;
    RecordBatch::try_from_iter_with_nullable([
        ("Country", column(&[Some("FRANCE"), Some("Spain"), None]), true),
        ("Fit_lines", column(&[None, None, None]), true),
        ("Name", column(&[None, Some("Noël"), None]), true),
    ])
    .unwrap()
}

fn fixed() -> Now {
    Now::Fixed(Clock::default())
}

fn names(batch: &RecordBatch) -> Vec<String> {
    batch.schema().fields().iter().map(|field| field.name().clone()).collect()
}

fn run(job: FrameJob, out: Out) -> RecordBatch {
    let batch = batch();
    let mut run = job.on(&batch.schema(), out).unwrap();
    let given = run.batch(&batch).unwrap();
    assert_eq!(given.schema_ref(), run.schema());
    let none = run.batch(&batch.slice(0, 0)).unwrap();
    assert_eq!((none.num_rows(), none.schema_ref()), (0, run.schema()));
    given
}

#[test]
fn reasons_of_a_score_stand_beside_its_columns() {
    let score = Program::parse(PROGRAM).unwrap().score(None).unwrap();
    let job = FrameJob::explain_score(&score, fixed(), JobOptions::default(), Lang::En).unwrap();
    let given = run(job, Out::Whole);
    assert_eq!(names(&given), ["Country", "Name", "Fit", "errors", "Fit_lines"]);
    let lines = given.column(4).as_list::<i32>();
    let first = lines.value(0);
    let first = first.as_struct();
    let texts: Vec<_> = first.column(0).as_string::<i32>().iter().flatten().collect();
    assert_eq!(texts, ["+25 if Country IS France", "+0.5 if Name ISN'T EMPTY", "+1"]);
    let points = first.column(1).as_primitive::<Decimal128Type>().values();
    assert_eq!(points.to_vec(), [250_000, 0, 10_000]);
    let holds: Vec<_> = first.column(2).as_boolean().iter().flatten().collect();
    assert_eq!(holds, [true, false, true]);
    let reasons: Vec<_> = first.column(3).as_string::<i32>().iter().collect();
    assert!(reasons[0].unwrap().contains("Country is “FRANCE”"), "{reasons:?}");
    assert_eq!(reasons[2], None);
    assert_eq!(lines.len(), 3);
}

#[test]
fn criteria_give_columns_or_rows() {
    let criterion = |text| Criterion::parse(text).unwrap();
    let criteria = || {
        vec![
            ("named".to_owned(), criterion("Name ISN'T EMPTY")),
            ("Country".to_owned(), criterion("Country IS EMPTY")),
        ]
    };
    let job = || FrameJob::matching(criteria(), fixed(), JobOptions::default()).unwrap();
    assert_eq!(names(&run(job(), Out::Added)), ["named", "Country"]);
    let whole = run(job(), Out::Whole);
    assert_eq!(names(&whole), ["Fit_lines", "Name", "named", "Country"]);
    let held: Vec<_> = whole.column(3).as_boolean().iter().flatten().collect();
    assert_eq!(held, [false, false, true], "the frame's own column is read before it gives way");
    let kept = run(job(), Out::Kept);
    assert_eq!((kept.num_rows(), names(&kept)), (1, names(&batch())));
}

#[test]
fn reasons_of_a_criterion() {
    let criterion = Criterion::parse("Pays EST France OU Country EST France").unwrap();
    let job = FrameJob::explain_criterion(&criterion, fixed(), Lang::Fr).unwrap();
    let given = run(job, Out::Added);
    assert_eq!(names(&given), ["holds", "reason"]);
    let reason = given.column(1).as_string::<i32>().value(1).to_owned();
    assert!(reason.starts_with("Le critère ne tient pas."), "{reason}");
}

#[test]
fn rows_without_a_clock_are_not_explained() {
    let score = Program::parse("score S\n  +1 if Due IN THE LAST 7 days\n").unwrap();
    let score = score.score(None).unwrap();
    let missing = FrameJob::explain_score(&score, fixed(), JobOptions::default(), Lang::En);
    assert!(matches!(missing, Err(FrameError::Program(_))));
    let column = |values: [&str; 2]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        ("Due", column(["2026-06-26", "2026-06-26"])),
        ("Seen", column(["2026-06-30", "yesterday"])),
    ])
    .unwrap();
    let now = Now::Column { name: "seen".to_owned(), clock: jalon::Clock::default() };
    let job =
        FrameJob::explain_score(&score, now.clone(), JobOptions::default(), Lang::En).unwrap();
    let given = job.on(&batch.schema(), Out::Added).unwrap().batch(&batch).unwrap();
    let totals: Vec<_> = given.column(0).as_primitive::<Int64Type>().iter().collect();
    assert_eq!(totals, [Some(1), None]);
    assert!(given.column(2).is_valid(0) && given.column(2).is_null(1));
    let criterion = Criterion::parse("Due IN THE LAST 7 days").unwrap();
    let job = FrameJob::explain_criterion(&criterion, now, Lang::En).unwrap();
    let given = job.on(&batch.schema(), Out::Added).unwrap().batch(&batch).unwrap();
    assert_eq!(given.column(1).as_string::<i32>().value(1), "`seen` holds no date or time");
}
