//! Reasons over record batches.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Decimal128Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBufferBuilder};
use arrow_schema::{DataType, Field, Fields};
use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Score};
use jalon::score::LineResult;
use jalon::value::Clock;

use super::clock::Clocks;
use super::output::{DIGITS, SCALE, unscaled};
use crate::error::FrameError;
use crate::now::Now;
use crate::record_error;
use crate::rows::{Row, Rows};

/// Says for each row of record batches why a score is what it is, or why a criterion holds.
///
/// Of a score one column, `<score>_lines`: for each row the lines in source order, those that
/// give nothing included, each a struct of `line` (as written), `points`, `holds` and `reason`.
/// It is null where the row has no readable clock, and in strict mode where a value is wrong.
///
/// Of a criterion two columns: `holds`, and `reason`, the explanation as text.
///
/// This runs the record executor row by row: it is for the rows that people look at.
#[derive(Debug)]
pub struct FrameExplainer {
    what: What,
    now: Now,
    lang: Lang,
}

#[derive(Debug)]
enum What {
    Score(Score),
    Criterion(Criterion),
}

impl FrameExplainer {
    /// The reasons of a score, under one clock or under one clock a row.
    pub fn of_score(score: &Score, now: Now) -> Result<FrameExplainer, FrameError> {
        score.scorer(&now.first_clock())?; // which refuses a missing clock, also for no rows
        Ok(FrameExplainer { what: What::Score(score.clone()), now, lang: Lang::default() })
    }

    /// The reasons of a criterion, under one clock or under one clock a row.
    pub fn of_criterion(criterion: &Criterion, now: Now) -> Result<FrameExplainer, FrameError> {
        criterion.matcher(&now.first_clock())?;
        Ok(FrameExplainer { what: What::Criterion(criterion.clone()), now, lang: Lang::default() })
    }

    /// The language of the reasons; English by default.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> FrameExplainer {
        self.lang = lang;
        self
    }

    /// The columns that [`FrameExplainer::explain`] gives.
    pub fn fields(&self) -> Vec<Field> {
        match &self.what {
            What::Score(score) => {
                let item = Field::new_list_field(DataType::Struct(line_fields()), false);
                let name = format!("{}_lines", score.name());
                vec![Field::new(name, DataType::List(Arc::new(item)), true)]
            }
            What::Criterion(_) => vec![
                Field::new("holds", DataType::Boolean, false),
                Field::new("reason", DataType::Utf8, false),
            ],
        }
    }

    /// The reasons of each row.
    pub fn explain(&self, batch: &RecordBatch) -> Result<Vec<ArrayRef>, FrameError> {
        match &self.what {
            What::Score(score) => {
                let mut lines = Lines::default();
                self.each_row(batch, |row, clock| match clock.map(|c| score.evaluate(row, &c)) {
                    Ok(Ok(result)) => {
                        lines.push(&result.lines, self.lang);
                        Ok(())
                    }
                    Ok(Err(error)) if !matches!(error, Error::Record(_)) => Err(error.into()),
                    _ => {
                        lines.push_unknown();
                        Ok(())
                    }
                })?;
                Ok(vec![lines.finish()?])
            }
            What::Criterion(criterion) => {
                let (mut holds, mut reasons) = (BooleanBuilder::new(), StringBuilder::new());
                self.each_row(batch, |row, clock| {
                    let (held, reason) = match clock.map(|c| criterion.explain(row, &c)) {
                        Ok(Ok(why)) => (why.holds, why.sentence(self.lang)),
                        Ok(Err(error)) if !matches!(error, Error::Record(_)) => {
                            return Err(error.into());
                        }
                        Ok(Err(wrong)) => (false, wrong.message(self.lang)),
                        Err(column) => (false, record_error::unread_clock(column, self.lang)),
                    };
                    holds.append_value(held);
                    reasons.append_value(reason);
                    Ok(())
                })?;
                Ok(vec![Arc::new(holds.finish()), Arc::new(reasons.finish())])
            }
        }
    }

    /// Calls with each row and its clock, or the name of the column that has none.
    fn each_row(
        &self,
        batch: &RecordBatch,
        mut explain: impl FnMut(&Row<'_>, Result<Clock, &str>) -> Result<(), FrameError>,
    ) -> Result<(), FrameError> {
        let rows = Rows::new(batch);
        let mut clocks = Clocks::new(&self.now, rows.names())?;
        let mut current = self.now.first_clock();
        let mut row = rows.row(0);
        for index in 0..rows.len() {
            row.move_to(index);
            let clock = clocks.at(&row).map(|moved| {
                if let Some(clock) = moved {
                    current = clock;
                }
                current.clone()
            });
            explain(&row, clock)?;
        }
        Ok(())
    }
}

fn line_fields() -> Fields {
    Fields::from(vec![
        Field::new("line", DataType::Utf8, false),
        Field::new("points", DataType::Decimal128(DIGITS, SCALE as i8), true),
        Field::new("holds", DataType::Boolean, false),
        Field::new("reason", DataType::Utf8, true),
    ])
}

/// The lines of a batch, row by row.
#[derive(Debug)]
struct Lines {
    line: StringBuilder,
    points: Decimal128Builder,
    holds: BooleanBuilder,
    reason: StringBuilder,
    rows: OffsetBufferBuilder<i32>,
    known: NullBufferBuilder,
}

impl Default for Lines {
    fn default() -> Lines {
        Lines {
            line: StringBuilder::new(),
            points: Decimal128Builder::new(),
            holds: BooleanBuilder::new(),
            reason: StringBuilder::new(),
            rows: OffsetBufferBuilder::new(0),
            known: NullBufferBuilder::new(0),
        }
    }
}

impl Lines {
    fn push(&mut self, lines: &[LineResult], lang: Lang) {
        for line in lines {
            self.line.append_value(&line.text);
            self.points.append_option(unscaled(line.points));
            self.holds.append_value(line.holds);
            let reasons = line.reasons(lang);
            self.reason.append_option((!reasons.is_empty()).then(|| reasons.join("\n")));
        }
        self.rows.push_length(lines.len());
        self.known.append_non_null();
    }

    fn push_unknown(&mut self) {
        self.rows.push_length(0);
        self.known.append_null();
    }

    fn finish(mut self) -> Result<ArrayRef, FrameError> {
        let points = self.points.finish().with_precision_and_scale(DIGITS, SCALE as i8)?;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.line.finish()),
            Arc::new(points),
            Arc::new(self.holds.finish()),
            Arc::new(self.reason.finish()),
        ];
        let lines = StructArray::try_new(line_fields(), columns, None)?;
        let item = Field::new_list_field(DataType::Struct(line_fields()), false);
        let (rows, known) = (self.rows.finish(), self.known.finish());
        Ok(Arc::new(ListArray::try_new(Arc::new(item), rows, Arc::new(lines), known)?))
    }
}
