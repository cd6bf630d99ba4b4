//! Every executor on one case, row by row.

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use jalon::lang::Lang;
use jalon::program::{Matcher, Score, Scorer, Verdict};
use jalon::value::{Clock, ValueRef};
use jalon::{Criterion, columnar::ColumnarMatcher};
use jalon_arrow::{FrameMatcher, FrameScorer, Now, Row, Rows, instant_of};
use rust_decimal::Decimal;

use super::Case;

impl Case {
    /// Panics where an executor says anything else than the record executor.
    pub fn check(&self) {
        let rows = Rows::new(&self.batch);
        let names: Vec<String> = self.program.score_names().map(str::to_owned).collect();
        for name in names {
            let score = self.program.score(Some(&name)).unwrap();
            self.check_score(&score, &rows, true);
            self.check_score(&score, &rows, false);
        }
        self.check_criteria(&rows);
        self.check_index(&rows);
    }

    fn now(&self) -> Now {
        match self.now {
            Some(name) => Now::Column { name: name.into(), clock: self.clock.clone() },
            None => Now::Fixed(self.clock.clone()),
        }
    }

    /// The clock of a row; `None` where it has none that can be read.
    fn clock(&self, rows: &Rows, row: &Row<'_>) -> Option<Clock> {
        let Some(name) = self.now else { return Some(self.clock.clone()) };
        let now = instant_of(row.value(rows.names().position(name)?), self.clock.zone)?;
        Some(Clock::new(Some(now), self.clock.zone))
    }

    fn check_score(&self, score: &Score, rows: &Rows, contributions: bool) {
        let mut frame = FrameScorer::new(score, self.now())
            .unwrap()
            .lang(Lang::Fr)
            .threads(self.threads)
            .contributions(contributions);
        let scored = frame.score(&self.batch).unwrap();
        let mut scorer = score.scorer(&self.clock).unwrap();
        let mut row = rows.row(0);
        for index in 0..rows.len() {
            row.move_to(index);
            let found = found(&scored, score, index, contributions);
            let expected = if let Some(clock) = self.clock(rows, &row) {
                scorer.set_clock(&clock).unwrap();
                let expected = expected(&mut scorer, &row, contributions);
                let named = expected.errors.as_ref().is_none_or(|errors| !errors.is_empty());
                assert!(named, "{}\n{}", shown(&row, rows), self.text);
                expected
            } else {
                let error = found.errors.clone();
                assert!(error.is_some(), "row {index} has no clock");
                let lines = found.lines.iter().map(|_| None).collect();
                Scored { total: None, stars: None, label: None, lines, errors: error }
            };
            assert_eq!(
                found,
                expected,
                "{} in row {index}: {}\n{}",
                score.name(),
                shown(&row, rows),
                self.text
            );
        }
    }

    fn check_criteria(&self, rows: &Rows) {
        let criteria: Vec<Criterion> =
            (0..self.criteria.len()).map(|place| self.criterion(place)).collect();
        let mut frame = FrameMatcher::many(&criteria, self.now()).unwrap().threads(self.threads);
        let matching = frame.matches_each(&self.batch).unwrap();
        let wrong = self.now.is_none().then(|| wrong(&criteria, &self.clock, rows));
        let mut row = rows.row(0);
        for (place, criterion) in criteria.iter().enumerate() {
            let mut matcher: Matcher = criterion.matcher(&self.clock).unwrap();
            for index in 0..rows.len() {
                row.move_to(index);
                let verdict = self.clock(rows, &row).map(|clock| {
                    matcher.set_clock(&clock).unwrap();
                    matcher.test(&row)
                });
                let holds = verdict.as_ref().is_some_and(|verdict| verdict.holds);
                let text = &self.criteria[place];
                let found = matching[place].value(index);
                assert_eq!(found, holds, "{text} in row {index}: {}", shown(&row, rows));
                if let (Some(wrong), Some(verdict)) = (&wrong, &verdict) {
                    let found = wrong[place][index];
                    assert_eq!(
                        found,
                        verdict.has_errors,
                        "errors of {text} in row {index}: {}",
                        shown(&row, rows)
                    );
                }
            }
        }
    }
}

impl Case {
    /// The rule index says which criteria hold, and which meet a value of the wrong type.
    fn check_index(&self, rows: &Rows) {
        let criteria: Vec<_> =
            (0..self.criteria.len()).map(|place| self.criterion(place)).collect();
        let mut builder = self.program.index_builder();
        let numbers: Vec<_> = criteria.iter().map(|criterion| builder.add(criterion)).collect();
        let mut index = builder.finish().matcher(&self.clock).unwrap();
        let mut matchers: Vec<Matcher> =
            criteria.iter().map(|criterion| criterion.matcher(&self.clock).unwrap()).collect();
        let mut row = rows.row(0);
        for place in 0..rows.len() {
            row.move_to(place);
            let verdicts: Vec<_> = matchers.iter_mut().map(|matcher| matcher.test(&row)).collect();
            let with = |wanted: fn(&Verdict) -> bool| -> Vec<_> {
                let pairs = numbers.iter().zip(&verdicts);
                pairs.filter(|(_, verdict)| wanted(verdict)).map(|(number, _)| *number).collect()
            };
            let shown =
                || format!("index in row {place}: {:#?}{}", self.criteria, shown(&row, rows));
            assert_eq!(index.matches(&row), with(|verdict| verdict.holds), "{}", shown());
            assert_eq!(index.affected(&row), with(|verdict| verdict.has_errors), "{}", shown());
        }
    }
}

/// In which rows each criterion meets a value of the wrong type.
fn wrong(criteria: &[Criterion], clock: &Clock, rows: &Rows) -> Vec<Vec<bool>> {
    let mut wrong = vec![Vec::new(); criteria.len()];
    let matchers = Criterion::columnar_many(criteria, clock).unwrap();
    for (mut matcher, places) in matchers {
        let matcher: &mut ColumnarMatcher = &mut matcher;
        matcher.run(rows, 0..rows.len(), &mut |matched| {
            for (criterion, place) in places.iter().enumerate() {
                let bits = matched.wrong(criterion);
                let bit = |row: usize| bits[row / 64] >> (row % 64) & 1 == 1;
                wrong[*place].extend((0..matched.rows.len()).map(bit));
            }
        });
    }
    wrong
}

/// What a score says of a row.
#[derive(Debug, PartialEq)]
struct Scored {
    total: Option<Decimal>,
    stars: Option<u32>,
    label: Option<String>,
    lines: Vec<Option<Decimal>>,
    errors: Option<String>,
}

fn expected(scorer: &mut Scorer, row: &Row<'_>, contributions: bool) -> Scored {
    let total = scorer.total(row);
    let lines = if contributions { scorer.line_points() } else { Vec::new() };
    let errors: Vec<String> = scorer.errors(row).iter().map(|e| e.message(Lang::Fr)).collect();
    let score = scorer.score();
    let whole = score.is_whole();
    Scored {
        total: fit(total.total, whole),
        stars: score.stars(total.total),
        label: score.label(total.total).map(str::to_owned),
        lines: lines.iter().map(|points| fit(*points, whole)).collect(),
        errors: total.has_errors.then(|| errors.join("; ")),
    }
}

/// A number as its column holds it: a whole number of 64 bits, or four places of 28 digits.
fn fit(points: Decimal, whole: bool) -> Option<Decimal> {
    if whole {
        return i64::try_from(points).ok().map(Decimal::from);
    }
    let mut rounded = points.round_dp(4);
    rounded.rescale(4);
    (rounded.scale() == 4).then_some(rounded)
}

fn found(scored: &RecordBatch, score: &Score, row: usize, contributions: bool) -> Scored {
    let name = score.name();
    let number = |name: &str| {
        let array = scored.column_by_name(name)?;
        if array.is_null(row) {
            return None;
        }
        Some(if let Some(array) = array.as_primitive_opt::<Int64Type>() {
            array.value(row).into()
        } else {
            let unscaled = array.as_primitive::<Decimal128Type>().value(row);
            Decimal::try_from_i128_with_scale(unscaled, 4).unwrap()
        })
    };
    let text = |name: &str| {
        let array = scored.column_by_name(name)?.as_string::<i32>();
        (!array.is_null(row)).then(|| array.value(row).to_owned())
    };
    let lines = score.declaration().map_or(0, |score| score.lines.len());
    let lines = if contributions { lines } else { 0 };
    Scored {
        total: number(name),
        stars: number(&format!("{name}_stars")).map(|stars| stars.try_into().unwrap()),
        label: text(&format!("{name}_label")),
        lines: (1..=lines).map(|line| number(&format!("{name}_line_{line}"))).collect(),
        errors: text("errors"),
    }
}

/// A row as people read it.
fn shown(row: &Row<'_>, rows: &Rows) -> String {
    let mut text = String::new();
    for (column, name) in rows.names().names().iter().enumerate() {
        text.push_str(&format!("\n  {name} = "));
        match row.value(column) {
            ValueRef::List(_) | ValueRef::Record(_) => row.write_json(column, &mut text),
            value => text.push_str(&format!("{value:?}")),
        }
    }
    text
}
