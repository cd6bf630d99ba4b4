//! `jalon blueprint discover`: the blueprint that a log implies.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use jalon::blueprint::discover::{Discovered, Naming, discover};
use jalon::lang::Lang;

use super::log::{self, LogArgs, More};
use crate::failure::Failure;
use crate::{number, program, whole};

/// `jalon blueprint discover`
#[derive(Debug, Args)]
#[command(after_help = "\
Each value of the column of states or activities becomes a state; the one in which most cases begin
is the default, those that are never left are ends, and one transition leads to each state from
those that it was reached from. How often is said in comments. What is written accepts every move of
the log: `jalon blueprint replay` says so. Rename, mark what is won and lost, and go on from there.

Examples:
  jalon blueprint discover log.csv
  jalon blueprint discover log.csv --name Sales --module Deals --field Stage -o sales.jalon
  jalon blueprint discover log.csv --min-count 10 --lang fr

Exit codes: 0 fine, 1 nothing to discover or, with --strict, findings in the log, 2 usage or files.")]
#[command(override_usage = "jalon blueprint discover [OPTIONS] LOG")]
pub struct DiscoverArgs {
    /// The log: CSV, NDJSON, JSON array or Parquet; `-` reads it from standard input
    #[arg(required = true, value_name = "LOG")]
    pub data: PathBuf,
    /// The blueprint's name; without it that of the file
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The module that it governs
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    /// The field that holds the state; without it the name of the column
    #[arg(long, value_name = "FIELD")]
    pub field: Option<String>,
    #[command(flatten)]
    pub log: LogArgs,
    /// Leave out moves that happen less often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_count: u64,
    /// Write the blueprint here
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// Discovers in a file.
pub fn run(args: &DiscoverArgs, lang: Option<Lang>) -> Result<(), Failure> {
    program::refuse_as_data(&args.data, lang)?;
    let lang = lang.unwrap_or_default();
    let fields: Vec<String> = args.field.iter().cloned().collect();
    let more = More { fields: &fields, ..More::default() };
    let zone = args.log.zone(lang)?.unwrap_or_default();
    let read = log::read(&args.data, &args.log, &more, zone, lang)?;
    let discovered = discover(&read.log, args.min_count).map_err(|error| {
        let message = error.message(lang, "--min-count ");
        Failure { code: 1, ..Failure::usage(lang, &message) }
    })?;
    let naming = Naming {
        name: args.name.clone().unwrap_or_else(|| file_name(&args.data, lang)),
        module: args.module.clone(),
        // A dot in the name of a field leads to another module.
        field: args.field.clone().unwrap_or_else(|| read.what.replace('.', " ")),
        lang,
        zone,
    };
    let text = discovered.program_text(&naming);
    let text = text.map_err(|error| Failure::program(error, Some(lang)))?;
    whole::write(args.out.as_deref(), &text, lang)?;
    say(&discovered, lang);
    Ok(())
}

fn file_name(data: &Path, lang: Lang) -> String {
    let name = data.file_stem().map(|name| name.to_string_lossy().into_owned());
    let name = name.filter(|name| name != "-");
    name.unwrap_or_else(|| Naming::default_name(lang).to_owned())
}

/// Sums up on standard error.
fn say(discovered: &Discovered, lang: Lang) {
    let states = discovered.states.len() as u64;
    let parts = [
        number::counted(states, lang.pick("état", "state"), lang.pick("états", "states"), lang),
        number::counted(
            discovered.transitions() as u64,
            lang.pick("transition", "transition"),
            lang.pick("transitions", "transitions"),
            lang,
        ),
        number::counted(
            discovered.moves.len() as u64,
            lang.pick("paire d'états", "pair of states"),
            lang.pick("paires d'états", "pairs of states"),
            lang,
        ),
    ];
    let mut line = parts.join(" · ");
    if discovered.left_out > 0 {
        let left = discovered.left_out;
        line += " · ";
        line += &number::counted(
            left,
            lang.pick("passage laissé de côté", "move left out"),
            lang.pick("passages laissés de côté", "moves left out"),
            lang,
        );
    }
    // Nothing better can be done when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
