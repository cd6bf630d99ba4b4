//! `jalon match`: the records that satisfy a criterion, or how many they are.

use std::io::Write;
use std::time::Instant;

use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Matcher};
use jalon_files::data::{Batch, DataReader};
use jalon_files::write::DataWriter;

use crate::args::MatchArgs;
use crate::bad_values::BadValues;
use crate::clock::{Present, RowClock};
use crate::columns::Missing;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{number, output, program};

/// Matches a file.
pub fn run(args: &MatchArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (criterion, lang) = criterion(args, files, lang)?;
    let present = Present::of(&args.clock, lang)?;
    if criterion.reads_clock() && present.first().now.is_none() {
        return Err(Failure::program(Error::ClockNeeded, Some(lang)));
    }
    let file = |error| Failure::file(&error, lang);
    let mut reader = DataReader::open(data).map_err(file)?;
    present.require_column(reader.header(), data, lang)?;
    let mut missing = Missing::of(criterion.fields(), reader.header(), lang);
    let mut writer = if args.count {
        None
    } else {
        let out = output::choose(args.data.out.as_deref(), reader.header(), lang)?;
        Some(DataWriter::create(&out, reader.header(), Vec::new()).map_err(file)?)
    };
    let mut run = Run::new(&criterion, present, lang, args.data.strict)?;
    let mut bar = Bar::new(reader.progress(), lang);
    while let Some(batch) = reader.next_batch().map_err(file)? {
        missing.look(batch);
        run.test(batch)?;
        if let Some(writer) = &mut writer {
            writer.write(batch, Some(&run.holds), &[]).map_err(file)?;
        }
        bar.tick(run.rows);
    }
    bar.clear();
    run.bad.close();
    missing.close(lang);
    match writer {
        None => writeln!(std::io::stdout(), "{}", run.matching)
            .map_err(|error| Failure::stdout(error, lang)),
        Some(writer) => {
            let written = writer.finish().map_err(file)?;
            output::say_left_out(&written, lang);
            run.report(started);
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
    let failed = |error| Failure::program(error, asked);
    match (&args.criterion, &args.rule) {
        (Some(text), _) if files.is_empty() && !args.data.strict => {
            let criterion = Criterion::parse(text).map_err(failed)?;
            Ok((criterion, asked.unwrap_or_default()))
        }
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

/// The work on all rows.
#[derive(Debug)]
struct Run {
    matcher: Matcher,
    present: Present,
    lang: Lang,
    holds: Vec<bool>,
    bad: BadValues,
    rows: u64,
    matching: u64,
}

impl Run {
    fn new(
        criterion: &Criterion,
        present: Present,
        lang: Lang,
        strict: bool,
    ) -> Result<Run, Failure> {
        let clock = present.first();
        let matcher =
            criterion.matcher(&clock).map_err(|error| Failure::program(error, Some(lang)))?;
        let bad = BadValues::new(lang, strict);
        let (rows, matching) = (0, 0);
        Ok(Run { matcher, present, lang, holds: Vec::new(), bad, rows, matching })
    }

    /// Tests the rows of a batch into `holds`.
    fn test(&mut self, batch: &Batch) -> Result<(), Failure> {
        self.bad.rows(batch.issues())?;
        self.holds.clear();
        let criterion = self.matcher.criterion().clone();
        let mut row = batch.cursor().bound(criterion.fields());
        for index in 0..batch.len() {
            row.move_to(index);
            self.rows += 1;
            match self.present.at(&row) {
                RowClock::Same => {}
                RowClock::Moved(clock) => {
                    self.matcher
                        .set_clock(&clock)
                        .map_err(|error| Failure::program(error, Some(self.lang)))?;
                }
                RowClock::Unreadable => {
                    let column = self.present.column().unwrap_or_default().to_owned();
                    self.bad.clock(batch.row_number(index), &column)?;
                    self.holds.push(false);
                    continue;
                }
            }
            let verdict = self.matcher.test(&row);
            if verdict.has_errors {
                self.bad.values(batch.row_number(index), || self.matcher.errors(&row))?;
            }
            self.holds.push(verdict.holds);
            self.matching += u64::from(verdict.holds);
        }
        Ok(())
    }

    fn report(&self, started: Instant) {
        let lang = self.lang;
        let (matching, rows) = (number::rows(self.matching, lang), number::count(self.rows, lang));
        let share = number::percent(self.matching, self.rows, lang);
        let time = number::time(started.elapsed(), lang);
        eprintln!(
            "\n{}",
            lang.pick(
                format!("{matching} sur {rows} ({share}) · {time}"),
                format!("{matching} of {rows} ({share}) · {time}"),
            )
        );
    }
}
