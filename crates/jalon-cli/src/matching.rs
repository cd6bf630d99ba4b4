//! `jalon match`: the records that satisfy a criterion, or how many they are.

use std::io::Write;
use std::time::Instant;

use jalon::columnar::ColumnarMatcher;
use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Matcher};
use jalon_files::data::{Batch, DataReader};
use jalon_files::write::{AddedRows, DataWriter};

use crate::args::MatchArgs;
use crate::bad_values::{BadValues, Found};
use crate::clock::{Present, RowClock};
use crate::columns::Missing;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{number, output, program, progress, threads};

/// Matches a file.
pub fn run(args: &MatchArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (criterion, lang) = criterion(args, files, lang)?;
    let present = Present::of(&args.clock, criterion.program(), lang)?;
    if criterion.reads_clock() && present.first().now.is_none() {
        return Err(Failure::program(Error::ClockNeeded, Some(lang)));
    }
    let file = |error| Failure::file(&error, lang);
    let mut reader = DataReader::open(data).map_err(file)?;
    present.require_column(reader.header(), data, lang)?;
    let mut missing = Missing::of(criterion.fields(), reader.header(), lang);
    let mut writer = if args.count {
        let fields: Vec<_> = criterion.fields().into_iter().chain(present.key()).collect();
        reader.keep_only(&fields).map_err(file)?;
        None
    } else {
        let out = output::choose(args.data.out.as_deref(), reader.header(), lang)?;
        Some(DataWriter::create(&out, reader.header(), Vec::new()).map_err(file)?)
    };
    let run = || Run::new(&criterion, present.clone(), lang);
    let mut runs: Vec<Run> =
        (0..threads::count(args.data.threads)).map(|_| run()).collect::<Result<_, _>>()?;
    let mut bad = BadValues::new(lang, args.data.strict);
    let mut bar = Bar::new(reader.progress(), lang);
    let (mut rows, mut matching) = (0, 0);
    let none = AddedRows::default();
    threads::run(reader, lang, &mut runs, Run::test, |run, batch| {
        bad.name_all(batch.issues(), &run.found)?;
        missing.look(batch);
        if let Some(writer) = &mut writer {
            writer.write(batch, Some(&run.holds), &none).map_err(file)?;
        }
        rows += batch.len() as u64;
        matching += run.holds.iter().map(|holds| u64::from(*holds)).sum::<u64>();
        bar.tick(rows);
        Ok(())
    })?;
    bar.clear();
    bad.close();
    missing.close(lang);
    match writer {
        None => {
            writeln!(std::io::stdout(), "{matching}").map_err(|error| Failure::stdout(error, lang))
        }
        Some(writer) => {
            let written = writer.finish().map_err(file)?;
            output::say_left_out(&written, lang);
            report(matching, rows, started, lang);
            Ok(())
        }
    }
}

/// The criterion asked for: a text or a rule's, of a program or on its own.
fn criterion(
    args: &MatchArgs,
    files: &[std::path::PathBuf],
    asked: Option<Lang>,
) -> Result<(Criterion, Lang), Failure> {
    match (&args.criterion, &args.rule) {
        (Some(text), _) if files.is_empty() => program::criterion(text, asked, args.data.strict),
        (text, rule) => {
            let (program, lang) = program::load(files, asked, args.data.strict)?;
            let failed = |error| Failure::program(error, Some(lang));
            let criterion = match (text, rule) {
                (Some(text), _) => program.criterion(text, args.module.as_deref()),
                (None, rule) => program.rule(rule.as_deref().unwrap_or_default()),
            };
            Ok((criterion.map_err(failed)?, lang))
        }
    }
}

/// What one thread tests with, and what it found in the batch at hand.
#[derive(Debug)]
struct Run {
    columnar: ColumnarMatcher,
    matcher: Matcher,
    present: Present,
    lang: Lang,
    /// Which rows satisfy the criterion.
    holds: Vec<bool>,
    /// The values that could not be used.
    found: Found,
}

impl Run {
    fn new(criterion: &Criterion, present: Present, lang: Lang) -> Result<Run, Failure> {
        let failed = |error| Failure::program(error, Some(lang));
        let clock = present.first();
        Ok(Run {
            columnar: criterion.columnar(&clock).map_err(failed)?,
            matcher: criterion.matcher(&clock).map_err(failed)?,
            present,
            lang,
            holds: Vec::new(),
            found: Found::new(lang),
        })
    }

    /// Tests the rows of a batch.
    fn test(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.holds.clear();
        self.found.clear();
        let clocks_count =
            self.present.column().is_some() && self.matcher.criterion().reads_clock();
        if clocks_count || !self.present.all_readable(batch) {
            return self.by_row(batch);
        }
        let Run { columnar, matcher, holds, found, .. } = self;
        let mut row = batch.cursor();
        columnar.run(batch, 0..batch.len(), &mut |matched| {
            let wrong = matched.wrong(0);
            for place in (0..matched.rows.len()).filter(|place| bit(wrong, *place)) {
                let index = matched.rows.start + place;
                row.move_to(index);
                found.values(batch.row_number(index), || matcher.errors(&row));
            }
            let matching = matched.holds(0);
            holds.extend((0..matched.rows.len()).map(|place| bit(matching, place)));
        });
        Ok(())
    }

    /// Each row on its own: it may have its own clock.
    fn by_row(&mut self, batch: &Batch) -> Result<(), Failure> {
        let criterion = self.matcher.criterion().clone();
        let mut row = batch.cursor().bound(criterion.fields());
        for index in 0..batch.len() {
            row.move_to(index);
            match self.present.at(&row) {
                RowClock::Same => {}
                RowClock::Moved(clock) => {
                    let moved = self.matcher.set_clock(&clock);
                    moved.map_err(|error| Failure::program(error, Some(self.lang)))?;
                }
                RowClock::Unreadable => {
                    let column = self.present.column().unwrap_or_default();
                    self.found.clock(batch.row_number(index), column);
                    self.holds.push(false);
                    continue;
                }
            }
            let verdict = self.matcher.test(&row);
            if verdict.has_errors {
                self.found.values(batch.row_number(index), || self.matcher.errors(&row));
            }
            self.holds.push(verdict.holds);
        }
        Ok(())
    }
}

fn bit(words: &[u64], place: usize) -> bool {
    words[place / 64] >> (place % 64) & 1 == 1
}

/// Sums up on standard error.
fn report(matching: u64, rows: u64, started: Instant, lang: Lang) {
    if progress::is_quiet() {
        return;
    }
    let share = number::percent(matching, rows, lang);
    let (matching, rows) = (number::rows(matching, lang), number::count(rows, lang));
    let time = progress::time(started, lang).map(|time| format!(" · {time}")).unwrap_or_default();
    let of = lang.pick("sur", "of");
    eprintln!("\n{matching} {of} {rows} ({share}){time}");
}
