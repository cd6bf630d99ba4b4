//! What Jalon answers: the record executor, with the columns and the index beside it.

use jalon::eval::{LeafReason, Node};
use jalon::program::{Criterion, Program};
use jalon::rehearsal::Rehearsal;
use jalon::value::Moment;
use jalon::workflow::{Decision, Incoming};
use jalon::{Clock, Value};
use jalon_arrow::{FrameMatcher, FrameScorer, Now};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::layout::{LAYOUTS, batch, cell, shape};
use crate::said::{Said, Stage, Ty, shown};

/// An answer of ours.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Holds(bool),
    Value(Value),
    /// No value, and why where something is wrong.
    Nothing(Option<&'static str>),
    /// The fields of the record that were written.
    Written(Vec<(String, Value)>),
}

impl Answer {
    /// For people.
    pub fn shown(&self) -> String {
        match self {
            Answer::Holds(holds) => holds.to_string(),
            Answer::Value(value) => value.to_json().to_string(),
            Answer::Nothing(None) => "nothing".to_owned(),
            Answer::Nothing(Some(reason)) => format!("nothing written, and said why: {reason}"),
            Answer::Written(fields) => format!("{fields:?}"),
        }
    }
}

/// Answers what a case asks.
pub fn answer(stage: &mut Stage, said: &Said) -> Answer {
    match said {
        Said::Criterion(text) => {
            let program = parse(&stage.program());
            let (holds, _) = holds(&program, stage, text);
            Answer::Holds(holds)
        }
        Said::Bound(text, end) => {
            let program = parse(&stage.program());
            let (holds, leaf) = holds(&program, stage, text);
            assert!(holds, "{text}");
            let (from, to) = leaf.unwrap().interval.unwrap();
            let bound = shown(&if *end { to } else { from }.unwrap());
            let instant = stage.zone.instant(bound).micros() - 1_000_000 * i64::from(*end);
            Answer::Value(Value::Instant(jalon::value::Instant::from_micros(instant)))
        }
        Said::Value(text, ty) => {
            stage.declare_flat("Result", *ty);
            let program = parse(&format!("{}{}", stage.program(), rule(&[("Result", text)])));
            let decision = decide(&program, stage);
            let found = match decision.changes.iter().find(|change| change.field == "Result") {
                Some(change) => Answer::Value(change.new.clone()),
                None => Answer::Nothing(decision.errors.first().map(|error| error.reason)),
            };
            if *ty == Ty::Number {
                scored(stage, text, &found);
            }
            found
        }
        Said::Writes(written) => {
            let lines: Vec<(&str, &str)> =
                written.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let program = parse(&format!("{}{}", stage.program(), rule(&lines)));
            let decision = decide(&program, stage);
            assert!(decision.errors.is_empty(), "{:?}", decision.errors);
            let change = |c: &jalon::workflow::FieldChange| (c.field.clone(), c.new.clone());
            Answer::Written(decision.changes.iter().map(change).collect())
        }
    }
}

/// A program without an error.
pub fn parse(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A rule that writes fields of `M`.
fn rule(lines: &[(&str, &str)]) -> String {
    let mut text = String::from("rule \"R\" on M\n  when created\n  then\n");
    for (name, value) in lines {
        text.extend(["    ", name, " : ", value, "\n"]);
    }
    text
}

/// What comes of the record when it is created.
pub fn decide(program: &Program, stage: &Stage) -> Decision {
    let mut record = stage.record.clone();
    record.insert("id".to_owned(), json!("1"));
    let event = json!({"id": "e", "type": "created", "module": "M", "record": record});
    let mut rehearsal = Rehearsal::new(program, stage.clock());
    rehearsal.send(&Incoming::read(&event).unwrap()).unwrap()
}

/// Whether a criterion holds: alone, negated, in the index and in the columns; and the reason of
/// its only leaf.
pub fn holds(program: &Program, stage: &Stage, text: &str) -> (bool, Option<LeafReason>) {
    let record = Json::Object(stage.record.clone());
    let clock = stage.clock();
    let read = |text: &str| {
        program.criterion(text, Some("M")).unwrap_or_else(|e| panic!("{e}\n{}", stage.program()))
    };
    let criterion = read(text);
    let holds = criterion.matches(&record, &clock).unwrap();
    let explained = criterion.explain(&record, &clock).unwrap();
    assert_eq!(explained.holds, holds, "explained: {text}");
    if explained.errors.is_empty() {
        let negated = read(&format!("NOT ({text})"));
        assert_eq!(negated.matches(&record, &clock).unwrap(), !holds, "negated: {text}");
    }
    let mut index = program.index_builder();
    let number = index.add(&criterion);
    let index = index.finish();
    let mut matcher = index.matcher(&clock).unwrap();
    let found = matcher.matches(&record).contains(&number);
    assert_eq!(found, holds, "in the index: {text}");
    in_columns(program, &criterion, &record, &clock, holds);
    let leaf = match explained.root {
        Node::Leaf(leaf) => Some(leaf),
        _ => None,
    };
    (holds, leaf)
}

fn in_columns(program: &Program, criterion: &Criterion, record: &Json, clock: &Clock, holds: bool) {
    if shape(record).is_none() {
        return;
    }
    for layout in LAYOUTS {
        let batch = batch(&[record], program, *layout);
        let criteria = std::slice::from_ref(criterion);
        let mut matcher = FrameMatcher::many(criteria, Now::Fixed(clock.clone())).unwrap();
        let found = matcher.matches_each(&batch).unwrap()[0].value(0);
        assert_eq!(found, holds, "{layout:?}: {record}");
    }
}

/// The same number as the points of a score, by the record and by the column.
fn scored(stage: &Stage, text: &str, found: &Answer) {
    let expected = match found {
        Answer::Value(Value::Number(number)) => *number,
        _ => Decimal::ZERO,
    };
    let text = crate::said::bare(text);
    let program = parse(&format!("{}score S on M\n  + {text}\n", stage.program()));
    let record = Json::Object(stage.record.clone());
    assert_eq!(total(&program, &record, &stage.clock()), expected, "{text}");
}

/// The total of the score `S`, the same by the record and by columns.
pub fn total(program: &Program, record: &Json, clock: &Clock) -> Decimal {
    let score = program.score(Some("S")).unwrap();
    let total = score.evaluate(record, clock).unwrap().total;
    if shape(record).is_some() {
        for layout in LAYOUTS {
            let batch = batch(&[record], program, *layout);
            let mut scorer = FrameScorer::new(&score, Now::Fixed(clock.clone())).unwrap();
            let scored = scorer.score(&batch).unwrap();
            // Frames hold four places.
            let expected = total.round_dp(4).normalize().to_string();
            assert_eq!(cell(&scored, "S", 0), expected, "{layout:?}: {record}");
        }
    }
    total
}

/// Whether an answer is what a suite expects.
pub fn agrees(answer: &Answer, expected: &Json, stage: &Stage) -> bool {
    match answer {
        Answer::Holds(holds) => *expected == json!(holds),
        Answer::Nothing(None) => expected.is_null(),
        Answer::Nothing(Some(_)) => false,
        Answer::Value(value) => same(value, expected, stage),
        Answer::Written(fields) => {
            if let Some((_, result)) = fields.iter().find(|(name, _)| name == "Result") {
                return same(result, expected, stage);
            }
            let mut flat = Vec::new();
            flatten(expected, "", &mut flat);
            fields.len() == flat.len()
                && flat.iter().all(|(name, value)| {
                    fields.iter().any(|(field, found)| field == name && same(found, value, stage))
                })
        }
    }
}

/// The fields of an object, each with the names above it.
fn flatten(json: &Json, name: &str, flat: &mut Vec<(String, Json)>) {
    match json {
        Json::Object(fields) => {
            for (key, value) in fields {
                let name = if name.is_empty() { key.clone() } else { format!("{name} {key}") };
                flatten(value, &name, flat);
            }
        }
        other => flat.push((name.to_owned(), other.clone())),
    }
}

fn same(value: &Value, expected: &Json, stage: &Stage) -> bool {
    let moment = match value {
        Value::Date(date) => Some(Moment::Date(*date)),
        Value::DateTime(local) => Some(Moment::Local(*local)),
        Value::Instant(instant) => Some(Moment::Instant(*instant)),
        _ => None,
    };
    match (value, expected) {
        (Value::Empty, Json::Null) => true,
        (Value::Bool(found), Json::Bool(expected)) => found == expected,
        (Value::Text(found), Json::String(expected)) => found == expected,
        (Value::Number(found), Json::Number(expected)) => {
            let exact = expected.to_string();
            let read = exact.parse().or_else(|_| Decimal::from_scientific(&exact));
            read.is_ok_and(|expected| *found == expected)
        }
        (_, Json::Number(expected)) => moment.is_some_and(|moment| {
            // Seconds since 1970, or thousandths.
            let micros = stage.zone.instant_of(moment).micros();
            let expected = expected.as_i64().unwrap();
            micros == expected * 1_000_000 || micros == expected * 1_000
        }),
        (_, Json::String(expected)) => moment.is_some_and(|moment| {
            let instant = stage.zone.instant_of(moment);
            let written = jalon::value::read::moment(expected).unwrap();
            // The instant, and the local time of the zone that stands before the offset.
            let local = jalon::value::LocalDateTime::parse(&expected[..19].replace(' ', "T"));
            stage.zone.instant_of(written) == instant && local == Some(stage.zone.local(instant))
        }),
        _ => false,
    }
}
