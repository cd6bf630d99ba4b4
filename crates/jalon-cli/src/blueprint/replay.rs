//! `jalon blueprint replay`: a log through a blueprint.

mod table;
mod text;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use jalon::blueprint::replay::{Reading, Replay, replay};
use jalon::checked::blueprint::Blueprint;
use jalon::lang::Lang;
use jalon::program::Program;

use super::draw;
use super::log::{self, LogArgs, More};
use crate::args::Form;
use crate::failure::Failure;
use crate::{program, progress, whole};

/// `jalon blueprint replay`
#[derive(Debug, Args)]
#[command(after_help = "\
The log has a row for each state that a case reached, or for each transition that was made: the case,
the state or the activity, and when. Rows may come in any order. Columns are found by their names, or
said with --case, --state and --time. Only the structure is judged: which state follows which, and
with --transition and --by through which transition and by whom. Percentiles are by nearest rank. A
row that is no event is named on standard error and left out, unless --strict.

Examples:
  jalon blueprint replay rules/ history.csv
  jalon blueprint replay rules/ log.csv --case 'Deal Id' --state Stage --time 'Modified Time'
  jalon blueprint replay rules/ log.parquet --blueprint Sales --format json
  jalon blueprint replay rules/ log.csv --activity Action --by User --fail-on-refusal
  jalon blueprint replay rules/ log.csv --picture deals.svg

Exit codes: 0 fine, whether moves are refused or not, 1 findings in the program, with --strict in
the log, or refused moves with --fail-on-refusal, 2 usage or files.")]
#[command(override_usage = "jalon blueprint replay [OPTIONS] FILES... LOG")]
pub struct ReplayArgs {
    /// Programs (`.jalon` files or folders), then the log: CSV, NDJSON, JSON array or Parquet; `-`
    /// reads it from standard input
    #[arg(required = true, num_args = 2.., value_names = ["FILES", "LOG"])]
    pub paths: Vec<PathBuf>,
    /// The blueprint, where there are several
    #[arg(long, value_name = "NAME")]
    pub blueprint: Option<String>,
    /// The module of the blueprint, where several have one of its name
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    #[command(flatten)]
    pub log: LogArgs,
    /// A column of transitions beside that of states: each move must be made by its own
    #[arg(long, value_name = "COLUMN")]
    pub transition: Option<String>,
    /// The column of who made each move: owners who are users by name are then looked at
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// What the log's states or activities are in the blueprint; without it told by their names
    #[arg(long = "as", value_enum)]
    pub as_: Option<As>,
    /// List so many kinds of refused moves; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// Draw the blueprint with the figures on it: SVG, or Mermaid or DOT as the extension says
    #[arg(long, value_name = "OUT.svg")]
    pub picture: Option<PathBuf>,
    /// Exit with 1 where any move is refused
    #[arg(long)]
    pub fail_on_refusal: bool,
}

/// What the names in a log are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// States.
    States,
    /// Transitions.
    Transitions,
}

/// Replays a file.
pub fn run(args: &ReplayArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Instant::now();
    let (files, data) = program::split(&args.paths);
    program::refuse_as_data(data, lang)?;
    let (program, lang) = program::load(files, lang, false)?;
    let blueprint =
        super::chosen(&program, args.blueprint.as_deref(), args.module.as_deref(), lang)?;
    let clock = program.clock(None, args.log.zone(lang)?);
    let more = More {
        fields: &blueprint.field.key.names,
        transition: args.transition.as_deref(),
        by: args.by.as_deref(),
    };
    let read = log::read(data, &args.log, &more, clock.zone, lang)?;
    let reading = match args.as_ {
        Some(As::States) => Reading::States,
        Some(As::Transitions) => Reading::Transitions,
        None => Reading::of(blueprint, &read.log),
    };
    let report = replay(blueprint, &read.log, reading, &clock);
    if let Some(path) = &args.picture {
        draw(&program, &report, path, lang)?;
    }
    warn_of_strangers(&report, &read.what, lang);
    let text = match args.format {
        Form::Json => serde_json::to_string_pretty(&report.told(lang)).unwrap_or_default() + "\n",
        Form::Text => text::text(&report, &known(blueprint), args.show, lang),
    };
    whole::print(&text, lang)?;
    if let Some(time) = progress::time(started, lang) {
        // Nothing better can be done when standard error is closed.
        let _ = writeln!(std::io::stderr(), "{time}");
    }
    if args.fail_on_refusal && report.refused > 0 {
        return Err(Failure::silent_finding());
    }
    Ok(())
}

/// Draws what was found.
fn draw(program: &Program, report: &Replay, path: &Path, lang: Lang) -> Result<(), Failure> {
    let Some(form) = draw::Form::of_extension(path) else {
        let path = path.display();
        let message = lang.pick(
            format!("`{path}` : extension inconnue ; svg, mmd ou dot"),
            format!("`{path}`: unknown extension; svg, mmd or dot"),
        );
        return Err(Failure::usage(lang, &message));
    };
    let picture = program.picture(Some(&report.blueprint));
    let picture = picture.map_err(|error| Failure::program(error, Some(lang)))?;
    whole::write(Some(path), &form.draw(&picture.with(report.figures()), lang), lang)
}

/// The names of states and of transitions.
fn known(blueprint: &Blueprint) -> Vec<&str> {
    let states = blueprint.states.iter().map(|state| state.name.as_str());
    let transitions = blueprint.transitions.iter().map(|one| one.name.as_str());
    states.chain(transitions).collect()
}

/// A log of which no name is known was surely read by the wrong column.
fn warn_of_strangers(report: &Replay, column: &str, lang: Lang) {
    let strange: u64 = report.unknown.iter().map(|name| name.events).sum();
    if report.events == 0 || strange < report.events {
        return;
    }
    let blueprint = &report.blueprint;
    eprintln!(
        "{}",
        lang.pick(
            format!(
                "`{column}` : rien n'y est un état ni une transition de `{blueprint}` ; est-ce la \
                 bonne colonne (--state), le bon parcours (--blueprint) ?"
            ),
            format!(
                "`{column}`: nothing in it is a state or a transition of `{blueprint}`; is it the \
                 right column (--state), the right blueprint (--blueprint)?"
            ),
        )
    );
}
