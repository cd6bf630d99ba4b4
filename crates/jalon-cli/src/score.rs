//! `jalon score`: a file of records in, the same with a score out.

mod summary;

use std::time::{Duration, Instant};

use jalon::lang::Lang;
use jalon::program::{Error, Score, Scorer};
use jalon::value::Clock;
use jalon_files::data::{Batch, DataReader};
use jalon_files::write::{Added, AddedColumn, AddedKind, DataWriter, Layout};

use crate::args::ScoreArgs;
use crate::bad_values::BadValues;
use crate::clock::{Present, RowClock};
use crate::distribution::Distribution;
use crate::explain;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{output, program};

/// Scores a file.
pub fn run(args: &ScoreArgs) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    let (program, lang) = program::load(files, args.lang.lang, args.data.strict)?;
    let score = program::score(&program, args.score.as_deref(), args.module.as_deref(), lang)?;
    let present = Present::of(&args.clock, lang)?;
    if score.reads_clock() && present.first().now.is_none() {
        return Err(Failure::program(Error::ClockNeeded, Some(lang)));
    }
    let file = |error| Failure::file(&error, lang);
    let mut reader = DataReader::open(data).map_err(file)?;
    present.require_column(reader.header(), data, lang)?;
    let out = output::choose(args.data.out.as_deref(), reader.header(), lang)?;
    let reasons = args.explain.then(|| Reasons::of(out.layout));
    let columns = columns(&score, reasons);
    let mut writer = DataWriter::create(&out, reader.header(), columns).map_err(file)?;
    let mut run = Run::new(score, present, lang, args.data.strict, reasons)?;

    let mut bar = Bar::new(reader.progress(), lang);
    let mut times = Times::default();
    loop {
        let reading = Instant::now();
        let Some(batch) = reader.next_batch().map_err(file)? else {
            times.reading += reading.elapsed();
            break;
        };
        let rules = Instant::now();
        times.reading += rules - reading;
        run.score(batch)?;
        let writing = Instant::now();
        times.rules += writing - rules;
        writer.write(batch, None, &run.added).map_err(file)?;
        times.writing += writing.elapsed();
        bar.tick(run.distribution.rows());
    }
    bar.clear();
    let writing = Instant::now();
    writer.finish().map_err(file)?;
    times.writing += writing.elapsed();
    times.all = started.elapsed();
    run.bad.close();
    run.report(&times);
    Ok(())
}

/// What time went into.
#[derive(Debug, Default)]
struct Times {
    reading: Duration,
    rules: Duration,
    writing: Duration,
    all: Duration,
}

/// How the reasons of a row are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reasons {
    Sentence,
    Json,
}

impl Reasons {
    fn of(layout: Layout) -> Reasons {
        use jalon_files::data::Format;
        match layout {
            Layout::Data(Format::Ndjson | Format::JsonArray) => Reasons::Json,
            _ => Reasons::Sentence,
        }
    }
}

/// The columns that a score adds, in lower case as columns are usually named.
fn columns(score: &Score, reasons: Option<Reasons>) -> Vec<AddedColumn> {
    let name = score.name().to_lowercase();
    let declared = score.checked();
    let total = if score.is_whole() { AddedKind::Whole } else { AddedKind::Decimal };
    let mut columns = vec![AddedColumn { name: name.clone(), kind: total }];
    if !declared.stars.is_empty() {
        columns.push(AddedColumn { name: format!("{name}_stars"), kind: AddedKind::Whole });
    }
    if !declared.labels.is_empty() {
        columns.push(AddedColumn { name: format!("{name}_label"), kind: AddedKind::Text });
    }
    match reasons {
        Some(Reasons::Sentence) => {
            columns.push(AddedColumn { name: format!("{name}_reasons"), kind: AddedKind::Text });
        }
        Some(Reasons::Json) => {
            columns.push(AddedColumn { name: format!("{name}_reasons"), kind: AddedKind::Json });
        }
        None => {}
    }
    columns
}

/// The work on all rows.
#[derive(Debug)]
struct Run {
    score: Score,
    scorer: Scorer,
    present: Present,
    clock: Clock,
    lang: Lang,
    reasons: Option<Reasons>,
    has_stars: bool,
    has_labels: bool,
    added: Vec<Vec<Added>>,
    bad: BadValues,
    distribution: Distribution,
    held: Vec<u64>,
}

impl Run {
    fn new(
        score: Score,
        present: Present,
        lang: Lang,
        strict: bool,
        reasons: Option<Reasons>,
    ) -> Result<Run, Failure> {
        let clock = present.first();
        let scorer = score.scorer(&clock).map_err(|error| Failure::program(error, Some(lang)))?;
        let declared = score.checked();
        Ok(Run {
            has_stars: !declared.stars.is_empty(),
            has_labels: !declared.labels.is_empty(),
            held: vec![0; declared.lines.len()],
            added: columns(&score, reasons).iter().map(|_| Vec::new()).collect(),
            bad: BadValues::new(lang, strict),
            distribution: Distribution::default(),
            score,
            scorer,
            present,
            clock,
            lang,
            reasons,
        })
    }

    /// Scores the rows of a batch into `added`.
    fn score(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.bad.rows(batch.issues())?;
        self.added.iter_mut().for_each(Vec::clear);
        let mut row = batch.cursor();
        for index in 0..batch.len() {
            row.move_to(index);
            match self.present.at(&row) {
                RowClock::Same => {}
                RowClock::Moved(clock) => {
                    self.clock = clock;
                    self.scorer
                        .set_clock(&clock)
                        .map_err(|error| Failure::program(error, Some(self.lang)))?;
                }
                RowClock::Unreadable => {
                    let column = self.present.column().unwrap_or_default().to_owned();
                    self.bad.clock(batch.row_number(index), &column)?;
                    self.added.iter_mut().for_each(|column| column.push(Added::Empty));
                    continue;
                }
            }
            let total = self.scorer.total(&row);
            if total.has_errors {
                self.bad.values(batch.row_number(index), || self.scorer.errors(&row))?;
            }
            self.distribution.add(total.total);
            for (held, holds) in self.held.iter_mut().zip(self.scorer.lines_held()) {
                *held += u64::from(*holds);
            }
            self.push(total.total);
            if let Some(reasons) = self.reasons {
                self.push_reasons(reasons, &row)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, total: rust_decimal::Decimal) {
        let stars = self.has_stars.then(|| self.score.stars(total));
        let label = self.has_labels.then(|| self.score.label(total));
        let stars = stars.map(|n| n.map_or(Added::Empty, |n| Added::Number(n.into())));
        let label = label.map(|text| text.map_or(Added::Empty, |t| Added::Text(t.to_owned())));
        let values = [Some(Added::Number(total)), stars, label].into_iter().flatten();
        for (column, value) in self.added.iter_mut().zip(values) {
            column.push(value);
        }
    }

    fn push_reasons(
        &mut self,
        reasons: Reasons,
        row: &jalon_files::data::Cursor<'_>,
    ) -> Result<(), Failure> {
        let result = self
            .score
            .evaluate(row, &self.clock)
            .map_err(|error| Failure::program(error, Some(self.lang)))?;
        let text = match reasons {
            Reasons::Sentence => explain::sentence(&result, self.lang),
            Reasons::Json => serde_json::to_string(&result).unwrap_or_default(),
        };
        if let Some(column) = self.added.last_mut() {
            column.push(Added::Text(text));
        }
        Ok(())
    }

    fn report(&self, times: &Times) {
        let lines: Vec<&str> =
            self.score.checked().lines.iter().map(|line| line.source.as_str()).collect();
        let summary = summary::Summary {
            name: self.score.name(),
            distribution: &self.distribution,
            lines: &lines,
            held: &self.held,
            bad_rows: self.bad.rows,
            issues: self.bad.issues,
            times,
        };
        eprint!("{}", summary.text(self.lang));
    }
}
