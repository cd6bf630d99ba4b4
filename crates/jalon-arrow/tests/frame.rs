//! Frames scored and matched, against the same rows scored one by one.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow_schema::DataType;
use jalon::lang::Lang;
use jalon::program::Program;
use jalon::value::{Clock, Zone};
use jalon_arrow::{FrameError, FrameMatcher, FrameScorer, Now};
use serde_json::{Value, json};

const PROGRAM: &str = "\
module Prospects
  Adresse e-mail (Email) : e-mail
  Montant                : nombre
  Vu                     : date

score Scorex sur Prospects
  +25 si Adresse e-mail N'EST PAS VIDE
  +10 si Montant > 1000
  étoiles 1 dès 0, 2 dès 30
  mentions tiède dès 20, chaud dès 30

score Exact sur Prospects
  +2,5 si Montant > 1000

score Frais sur Prospects
  +1 si Vu DANS LES 7 DERNIERS jours
";

fn program() -> Program {
    Program::parse(PROGRAM).unwrap()
}

fn scorer(name: &str) -> FrameScorer {
    let score = program().score(Some(name)).unwrap();
    FrameScorer::new(&score, Now::Fixed(Clock::default())).unwrap()
}

fn texts(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn batch() -> RecordBatch {
    let email = texts(&[Some("a@x.fr"), None, Some("  "), Some("b@x.fr")]);
    let amount: ArrayRef =
        Arc::new(Float64Array::from(vec![Some(1500.5), Some(f64::NAN), None, Some(f64::INFINITY)]));
    RecordBatch::try_from_iter([("Email", email), ("montant", amount)]).unwrap()
}

fn names(batch: &RecordBatch) -> Vec<String> {
    batch.schema().fields().iter().map(|field| field.name().clone()).collect()
}

/// A column as JSON values.
fn column(batch: &RecordBatch, name: &str) -> Vec<Value> {
    let array = batch.column_by_name(name).unwrap();
    (0..array.len())
        .map(|row| match array.data_type() {
            _ if array.is_null(row) => Value::Null,
            DataType::Int64 => json!(array.as_primitive::<Int64Type>().value(row)),
            DataType::Decimal128(..) => {
                json!(array.as_primitive::<Decimal128Type>().value_as_string(row))
            }
            _ => json!(array.as_string::<i32>().value(row)),
        })
        .collect()
}

#[test]
fn a_frame_gets_score_stars_label_and_errors() {
    let scored = scorer("Scorex").lang(Lang::Fr).score(&batch()).unwrap();
    let added = ["Email", "montant", "Scorex", "Scorex_stars", "Scorex_label", "errors"];
    assert_eq!(names(&scored), added);
    assert_eq!(column(&scored, "Scorex"), [json!(35), json!(0), json!(0), json!(25)]);
    assert_eq!(column(&scored, "Scorex_stars"), [json!(2), json!(1), json!(1), json!(1)]);
    let labels = [json!("chaud"), Value::Null, Value::Null, json!("tiède")];
    assert_eq!(column(&scored, "Scorex_label"), labels);
    let errors = column(&scored, "errors");
    assert_eq!(errors[..3], [Value::Null, Value::Null, Value::Null]);
    assert_eq!(errors[3], json!("`Prospects.Montant` : `inf` n'est pas un nombre"));
}

#[test]
fn points_that_are_not_whole_give_decimals() {
    let scored = scorer("Exact").score(&batch()).unwrap();
    assert_eq!(names(&scored), ["Email", "montant", "Exact", "errors"]);
    let field = scored.schema().field_with_name("Exact").unwrap().clone();
    assert_eq!(*field.data_type(), DataType::Decimal128(28, 4));
    assert_eq!(column(&scored, "Exact")[0], json!("2.5000"));
}

#[test]
fn slices_and_batches_without_rows_are_scored() {
    let mut scorer = scorer("Scorex");
    let scored = scorer.score(&batch().slice(3, 1)).unwrap();
    assert_eq!(column(&scored, "Scorex"), [json!(25)]);
    let scored = scorer.score(&batch().slice(0, 0)).unwrap();
    assert_eq!((scored.num_rows(), scored.num_columns()), (0, 6));
    let schema = scorer.output_schema(batch().schema_ref()).unwrap();
    assert_eq!(schema, *scored.schema());
}

#[test]
fn a_column_that_would_be_there_twice_is_refused() {
    for name in ["Scorex", "errors"] {
        let there = RecordBatch::try_from_iter([(name, texts(&[None]))]).unwrap();
        let error = scorer("Scorex").score(&there).unwrap_err();
        assert!(matches!(&error, FrameError::ColumnExists(column) if column == name));
        assert!(error.message(Lang::Fr).contains("déjà une colonne"));
    }
}

#[test]
fn each_row_may_have_its_own_clock() {
    let seen = texts(&[Some("2026-06-28"), Some("2026-06-28"), Some("2026-06-28")]);
    let now = texts(&[Some("2026-06-30T10:00"), Some("2026-08-01"), None]);
    let frame = RecordBatch::try_from_iter([("Vu", seen), ("le", now)]).unwrap();
    let score = program().score(Some("Frais")).unwrap();
    let zone = Zone::parse("Europe/Paris").unwrap();
    let by = |name: &str| Now::Column { name: name.into(), clock: Clock::new(None, zone) };
    let scored = FrameScorer::new(&score, by("Le")).unwrap().score(&frame).unwrap();
    assert_eq!(column(&scored, "Frais"), [json!(1), json!(0), Value::Null]);
    let errors = column(&scored, "errors");
    assert_eq!(errors[2], json!("`Le` holds no date or time: row without a score"));
    let error = FrameScorer::new(&score, by("la")).unwrap().score(&frame).unwrap_err();
    assert!(matches!(error, FrameError::NoColumn(_)));
    let error = FrameScorer::new(&score, Now::Fixed(Clock::default())).unwrap_err();
    assert!(matches!(error, FrameError::Program(jalon::program::Error::ClockNeeded)));
}

#[test]
fn a_criterion_filters_frames() {
    let criterion = program().criterion("Montant > 1000", None).unwrap();
    let mut matcher = FrameMatcher::new(&criterion, Now::Fixed(Clock::default())).unwrap();
    let matching = matcher.matches(&batch()).unwrap();
    assert_eq!(matching, BooleanArray::from(vec![true, false, false, false]));
    assert_eq!(matcher.filter(&batch()).unwrap().num_rows(), 1);
}

#[test]
fn rows_of_a_frame_score_as_the_same_json_does() {
    let numbers: Vec<i64> = (0..200).map(|n| n * 13 % 2000).collect();
    let emails: Vec<Option<String>> =
        (0..200).map(|n| (n % 3 != 0).then(|| format!("{n}@x.fr"))).collect();
    let frame = RecordBatch::try_from_iter([
        ("Montant", Arc::new(Int64Array::from(numbers.clone())) as ArrayRef),
        ("EMAIL", Arc::new(StringArray::from(emails.clone())) as ArrayRef),
    ])
    .unwrap();
    let scored = scorer("Scorex").score(&frame).unwrap();
    let score = program().score(Some("Scorex")).unwrap();
    for (row, total) in column(&scored, "Scorex").into_iter().enumerate() {
        let record = json!({"Montant": numbers[row], "EMAIL": emails[row]});
        let result = score.evaluate(&record, &Clock::default()).unwrap();
        assert_eq!(total.to_string(), result.total.to_string());
    }
}

#[test]
fn errors_of_a_score_that_is_used_are_named_in_the_frame() {
    let text = "\
score Base
  +1 si longueur(Nom) > 3
score Tout
  + score Base
  +2
";
    let score = Program::parse(text).unwrap().score(Some("Tout")).unwrap();
    let ticked: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), None]));
    let frame = RecordBatch::try_from_iter([("Nom", ticked)]).unwrap();
    let mut scorer = FrameScorer::new(&score, Now::Fixed(Clock::default())).unwrap();
    let scored = scorer.score(&frame).unwrap();
    assert_eq!(column(&scored, "Tout"), [json!("2.0000"), json!("2.0000")]);
    let errors = column(&scored, "errors");
    assert!(errors[0].as_str().is_some_and(|error| error.contains("Nom")), "{errors:?}");
    assert_eq!(errors[1], Value::Null);
}

#[test]
fn points_that_no_column_holds_are_null() {
    let text = "score Gros\n  + Montant * 10\n  +1\n  entre 0 et 5\n";
    let score = Program::parse(text).unwrap().score(None).unwrap();
    let amounts: ArrayRef = Arc::new(StringArray::from(vec!["1e26", "0,1"]));
    let frame = RecordBatch::try_from_iter([("Montant", amounts)]).unwrap();
    let scorer = FrameScorer::new(&score, Now::Fixed(Clock::default())).unwrap();
    let scored = scorer.contributions(true).score(&frame).unwrap();
    assert_eq!(column(&scored, "Gros"), [json!("5.0000"), json!("2.0000")]);
    assert_eq!(column(&scored, "Gros_line_1"), [Value::Null, json!("1.0000")]);
    assert_eq!(column(&scored, "Gros_line_2"), [json!("1.0000"), json!("1.0000")]);
}

#[test]
fn decimals_of_more_than_28_digits_are_no_numbers() {
    let unscaled = arrow_array::Decimal128Array::from(vec![3, 30]);
    let amounts = unscaled.with_precision_and_scale(38, 29).unwrap();
    let frame = RecordBatch::try_from_iter([("Montant", Arc::new(amounts) as ArrayRef)]).unwrap();
    let scored = scorer("Exact").score(&frame).unwrap();
    assert_eq!(column(&scored, "Exact"), [json!("0.0000"), json!("0.0000")]);
    let errors = column(&scored, "errors");
    assert!(errors[0].is_string() && errors[1].is_null(), "{errors:?}");
}
