//! `jalon score`: a file of records in, the same with a score out.

mod summary;

use std::sync::Arc;
use std::time::{Duration, Instant};

use jalon::lang::Lang;
use jalon::program::{Error, Score, Scorer};
use jalon::value::Clock;
use jalon_files::data::{Batch, DataReader, ScoreColumns};
use jalon_files::write::{Added, AddedColumn, AddedKind, DataWriter, Layout};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::args::ScoreArgs;
use crate::bad_values::BadValues;
use crate::clock::{Present, RowClock};
use crate::columns::Missing;
use crate::distribution::Distribution;
use crate::explain;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{output, program};

/// Scores a file.
pub fn run(args: &ScoreArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (program, lang) = program::load(files, lang, args.data.strict)?;
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
    let added = added_columns(&ScoreColumns::of(&score), reasons);
    let mut writer = DataWriter::create(&out, reader.header(), added).map_err(file)?;
    let known = score.clone();
    let mut missing = Missing::of(known.fields(), reader.header(), lang);
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
        missing.look(batch);
        run.score(batch)?;
        let writing = Instant::now();
        times.rules += writing - rules;
        writer.write(batch, None, &run.added).map_err(file)?;
        times.writing += writing.elapsed();
        bar.tick(run.distribution.rows());
    }
    bar.clear();
    let writing = Instant::now();
    let written = writer.finish().map_err(file)?;
    output::say_left_out(&written, lang);
    times.writing += writing.elapsed();
    times.all = started.elapsed();
    run.bad.close();
    missing.close(lang);
    run.report(&times);
    Ok(())
}

/// A label as all rows share it.
fn shared(labels: &mut Vec<Arc<str>>, label: &str) -> Arc<str> {
    if let Some(known) = labels.iter().find(|known| ***known == *label) {
        return known.clone();
    }
    let new: Arc<str> = label.into();
    labels.push(new.clone());
    new
}

/// The lines of a score, as written.
fn lines(score: &Score) -> Vec<&str> {
    let scores = &score.program().checked().scores;
    let declared = scores.iter().find(|declared| declared.name == score.name());
    let lines = declared.iter().flat_map(|declared| &declared.lines);
    lines.map(|line| line.source.as_str()).collect()
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

/// The columns that a score adds, in lower case as the columns of files usually are.
fn added_columns(score: &ScoreColumns, reasons: Option<Reasons>) -> Vec<AddedColumn> {
    let column = |name: &str, kind| AddedColumn { name: name.to_lowercase(), kind };
    let total = if score.whole { AddedKind::Whole } else { AddedKind::Decimal };
    let stars = score.stars.iter().map(|name| column(name, AddedKind::Whole));
    let label = score.label.iter().map(|name| column(name, AddedKind::Text));
    let reasons = reasons.map(|reasons| {
        let kind = match reasons {
            Reasons::Sentence => AddedKind::Text,
            Reasons::Json => AddedKind::Json,
        };
        column(&format!("{}_reasons", score.total), kind)
    });
    let total = column(&score.total, total);
    std::iter::once(total).chain(stars).chain(label).chain(reasons).collect()
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
    labels: Vec<Arc<str>>,
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
        let added = ScoreColumns::of(&score);
        Ok(Run {
            has_stars: added.stars.is_some(),
            has_labels: added.label.is_some(),
            held: vec![0; lines(&score).len()],
            added: added_columns(&added, reasons).iter().map(|_| Vec::new()).collect(),
            bad: BadValues::new(lang, strict),
            distribution: Distribution::default(),
            labels: Vec::new(),
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
        let score = self.score.clone();
        let mut row = batch.cursor().bound(score.fields());
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

    fn push(&mut self, total: Decimal) {
        let stars = self.has_stars.then(|| {
            self.score.stars(total).map_or(Added::Empty, |stars| Added::Whole(stars.into()))
        });
        let label = self.has_labels.then(|| {
            self.score
                .label(total)
                .map_or(Added::Empty, |label| Added::Text(shared(&mut self.labels, label)))
        });
        let number = match total.to_i64() {
            Some(whole) if total.scale() == 0 => Added::Whole(whole),
            _ => Added::Number(total),
        };
        let values = [Some(number), stars, label].into_iter().flatten();
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
            column.push(Added::Text(text.into()));
        }
        Ok(())
    }

    fn report(&self, times: &Times) {
        let lines = lines(&self.score);
        let summary = summary::Summary {
            name: self.score.name(),
            distribution: &self.distribution,
            lines: &lines,
            held: &self.held,
            bad_rows: self.bad.rows,
            clocks: self.bad.clocks,
            issues: self.bad.issues,
            times,
        };
        eprint!("{}", summary.text(self.lang));
    }
}
