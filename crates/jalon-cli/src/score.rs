//! `jalon score`: a file of records in, the same with a score out.

mod run;
mod summary;

use std::time::{Duration, Instant};

use jalon::lang::Lang;
use jalon::program::{Error, Score};
use jalon_files::data::{DataReader, ScoreColumns};
use jalon_files::write::{AddedColumn, AddedKind, DataWriter, Layout};

use self::run::{Run, Tally};
use crate::args::ScoreArgs;
use crate::bad_values::BadValues;
use crate::clock::Present;
use crate::columns::Missing;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::threads::{self, Times};
use crate::{output, program, progress};

/// Scores a file.
pub fn run(args: &ScoreArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (program, lang) = program::load(files, lang, args.data.strict)?;
    let score = program::score(&program, args.score.as_deref(), args.module.as_deref(), lang)?;
    let present = Present::of(&args.clock, &program, lang)?;
    if score.reads_clock() && present.first().now.is_none() {
        return Err(Failure::program(Error::ClockNeeded, Some(lang)));
    }
    let file = |error| Failure::file(&error, lang);
    let reader = DataReader::open(data).map_err(file)?;
    present.require_column(reader.header(), data, lang)?;
    let out = output::choose(args.data.out.as_deref(), reader.header(), lang)?;
    let reasons = args.explain.then(|| Reasons::of(out.layout));
    let added = added_columns(&ScoreColumns::of(&score), reasons);
    let mut writer = DataWriter::create(&out, reader.header(), added).map_err(file)?;
    let known = score.clone();
    let mut missing = Missing::of(known.fields(), reader.header(), lang);
    let run = || Run::new(&score, present.clone(), lang, reasons);
    let mut runs: Vec<Run> =
        (0..threads::count(args.data.threads)).map(|_| run()).collect::<Result<_, _>>()?;

    let mut bad = BadValues::new(lang, args.data.strict);
    let mut bar = Bar::new(reader.progress(), lang);
    let mut rows = 0;
    let mut times = threads::run(reader, lang, &mut runs, Run::score, |run, batch| {
        bad.name_all(batch.issues(), &run.found)?;
        missing.look(batch);
        writer.write(batch, None, &run.added).map_err(file)?;
        rows += batch.len() as u64;
        bar.tick(rows);
        Ok(())
    })?;
    bar.clear();
    let finishing = Instant::now();
    let written = writer.finish().map_err(file)?;
    times.writing += finishing.elapsed();
    output::say_left_out(&written, lang);
    bad.close();
    missing.close(lang);
    let mut tallies = runs.into_iter().map(|run| run.tally);
    if let Some(mut tally) = tallies.next() {
        tallies.for_each(|other| tally.merge(other));
        report(&score, &tally, &bad, (times, started.elapsed()), lang);
    }
    Ok(())
}

/// Sums up on standard error.
fn report(score: &Score, tally: &Tally, bad: &BadValues, times: (Times, Duration), lang: Lang) {
    if progress::is_quiet() {
        return;
    }
    let summary = summary::Summary {
        name: score.name(),
        distribution: &tally.distribution,
        lines: &lines(score),
        held: &tally.held,
        bad_rows: bad.rows,
        clocks: bad.clocks,
        issues: bad.issues,
        times: progress::is_watched().then_some(times),
    };
    eprint!("{}", summary.text(lang));
}

/// The lines of a score, as written.
fn lines(score: &Score) -> Vec<&str> {
    let lines = score.declaration().into_iter().flat_map(|declared| &declared.lines);
    lines.map(|line| line.source.as_str()).collect()
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
