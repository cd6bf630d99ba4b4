//! The work of one thread: scoring batches.

use std::collections::HashMap;

use jalon::columnar::{ColumnarScorer, Totals};
use jalon::lang::Lang;
use jalon::program::{Error, Score, Scorer};
use jalon::value::Clock;
use jalon_files::data::{Batch, Cursor, ScoreColumns};
use jalon_files::write::{Added, AddedRows};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Reasons, added_columns};
use crate::bad_values::Found;
use crate::clock::{Present, RowClock};
use crate::distribution::Distribution;
use crate::explain;
use crate::failure::Failure;

/// Totals nearer to 0 than this, as integers, are found in a table.
const NEAR: i64 = 2048;

/// What one thread scores with, and what it found in the batch at hand.
#[derive(Debug)]
pub(super) struct Run {
    score: Score,
    columnar: ColumnarScorer,
    scorer: Scorer,
    present: Present,
    clock: Clock,
    lang: Lang,
    reasons: Option<Reasons>,
    columns: ScoreColumns,
    /// How many columns are added.
    width: usize,
    totals: Distinct,
    /// The columns added to the batch.
    pub(super) added: AddedRows,
    /// The values in it that could not be used.
    pub(super) found: Found,
    /// All batches of this thread together.
    pub(super) tally: Tally,
}

/// What is counted over all rows.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) distribution: Distribution,
    /// In how many rows each line held.
    pub(super) held: Vec<u64>,
}

impl Tally {
    /// Adds what another thread counted.
    pub(super) fn merge(&mut self, other: Tally) {
        self.distribution.merge(other.distribution);
        self.held.iter_mut().zip(other.held).for_each(|(ours, theirs)| *ours += theirs);
    }
}

impl Run {
    pub(super) fn new(
        score: &Score,
        present: Present,
        lang: Lang,
        reasons: Option<Reasons>,
    ) -> Result<Run, Failure> {
        let failed = |error| Failure::program(error, Some(lang));
        let clock = present.first();
        let columns = ScoreColumns::of(score);
        let lines = score.declaration().map_or(0, |score| score.lines.len());
        Ok(Run {
            columnar: score.columnar(&clock).map_err(failed)?.keep_lines(true),
            scorer: score.scorer(&clock).map_err(failed)?,
            score: score.clone(),
            present,
            clock,
            lang,
            reasons,
            width: added_columns(&columns, reasons).len(),
            columns,
            totals: Distinct::default(),
            added: AddedRows::default(),
            found: Found::new(lang),
            tally: Tally { distribution: Distribution::default(), held: vec![0; lines] },
        })
    }

    /// Scores the rows of a batch.
    pub(super) fn score(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.added.clear();
        self.found.clear();
        self.totals.clear();
        let clocks_count = self.present.column().is_some() && self.score.reads_clock();
        if self.reasons.is_some() || clocks_count || !self.present.all_readable(batch) {
            self.by_row(batch)?;
        } else {
            self.by_column(batch);
        }
        for (total, rows) in &self.totals.counts {
            self.tally.distribution.add(*total, *rows);
        }
        Ok(())
    }

    fn by_column(&mut self, batch: &Batch) {
        let Run { columnar, scorer, totals, added, found, tally, .. } = self;
        let mut row = batch.cursor();
        columnar.run(batch, 0..batch.len(), &mut |scored| {
            if scored.any_wrong() {
                for place in (0..scored.rows.len()).filter(|place| scored.is_wrong(*place)) {
                    let index = scored.rows.start + place;
                    row.move_to(index);
                    found.values(batch.row_number(index), || scorer.errors(&row));
                }
            }
            for (line, held) in tally.held.iter_mut().enumerate() {
                *held += scored.held(line) as u64;
            }
            match scored.totals {
                Totals::Scaled { values, scale } => {
                    for total in values {
                        added.push(totals.scaled(*total, scale));
                    }
                }
                Totals::Exact(exact) => {
                    for total in exact {
                        added.push(totals.exact(*total));
                    }
                }
            }
        });
        for index in 0..self.totals.counts.len() {
            let values = self.values(self.totals.counts[index].0);
            self.added.keep(values);
        }
    }

    /// Each row on its own: it may have its own clock, and gets its reasons.
    fn by_row(&mut self, batch: &Batch) -> Result<(), Failure> {
        let score = self.score.clone();
        let mut row = batch.cursor().bound(score.fields());
        for index in 0..batch.len() {
            row.move_to(index);
            match self.present.at(&row) {
                RowClock::Same => {}
                RowClock::Moved(clock) => {
                    self.scorer.set_clock(&clock).map_err(|error| self.failed(error))?;
                    self.clock = clock;
                }
                RowClock::Unreadable => {
                    let column = self.present.column().unwrap_or_default();
                    self.found.clock(batch.row_number(index), column);
                    let nothing = self.added.keep(vec![Added::Empty; self.width]);
                    self.added.push(nothing);
                    continue;
                }
            }
            let total = self.scorer.total(&row);
            if total.has_errors {
                self.found.values(batch.row_number(index), || self.scorer.errors(&row));
            }
            for (held, holds) in self.tally.held.iter_mut().zip(self.scorer.lines_held()) {
                *held += u64::from(*holds);
            }
            self.totals.exact(total.total);
            let mut values = self.values(total.total);
            if let Some(reasons) = self.reasons {
                values.push(self.reasons(reasons, &row)?);
            }
            let number = self.added.keep(values);
            self.added.push(number);
        }
        Ok(())
    }

    /// What the columns hold for a total, but for its reasons.
    fn values(&self, total: Decimal) -> Vec<Added> {
        let number = match total.to_i64() {
            Some(whole) if total.scale() == 0 => Added::Whole(whole),
            _ => Added::Number(total),
        };
        let stars = self.columns.stars.as_ref().map(|_| {
            self.score.stars(total).map_or(Added::Empty, |stars| Added::Whole(stars.into()))
        });
        let label = self.columns.label.as_ref().map(|_| {
            self.score.label(total).map_or(Added::Empty, |label| Added::Text(label.into()))
        });
        [Some(number), stars, label].into_iter().flatten().collect()
    }

    fn reasons(&self, reasons: Reasons, row: &Cursor<'_>) -> Result<Added, Failure> {
        let result = self.score.evaluate(row, &self.clock).map_err(|error| self.failed(error))?;
        let text = match reasons {
            Reasons::Sentence => explain::sentence(&result, self.lang),
            Reasons::Json => serde_json::to_string(&result).unwrap_or_default(),
        };
        Ok(Added::Text(text.into()))
    }

    fn failed(&self, error: Error) -> Failure {
        Failure::program(error, Some(self.lang))
    }
}

/// The totals of a batch, each once, numbered as they were met.
#[derive(Debug)]
struct Distinct {
    /// Totals in how many rows.
    counts: Vec<(Decimal, u64)>,
    /// The numbers of integers around 0, plus one; 0 for those not met.
    near: Vec<u32>,
    others: HashMap<Decimal, u32>,
}

impl Default for Distinct {
    fn default() -> Distinct {
        Distinct { counts: Vec::new(), near: vec![0; 2 * NEAR as usize], others: HashMap::new() }
    }
}

impl Distinct {
    fn clear(&mut self) {
        self.counts.clear();
        self.near.fill(0);
        self.others.clear();
    }

    /// The number of a total that is an integer at a scale, the same for all of a batch.
    fn scaled(&mut self, total: i64, scale: u32) -> u32 {
        if !(-NEAR..NEAR).contains(&total) {
            return self.exact(Decimal::new(total, scale));
        }
        let number = &mut self.near[(total + NEAR) as usize];
        if *number == 0 {
            self.counts.push((Decimal::new(total, scale), 0));
            *number = self.counts.len() as u32;
        }
        self.counts[*number as usize - 1].1 += 1;
        *number - 1
    }

    /// The number of a total.
    fn exact(&mut self, total: Decimal) -> u32 {
        let number = *self.others.entry(total).or_insert_with(|| {
            self.counts.push((total, 0));
            self.counts.len() as u32 - 1
        });
        self.counts[number as usize].1 += 1;
        number
    }
}
