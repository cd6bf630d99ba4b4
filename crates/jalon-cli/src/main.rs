//! The `jalon` command: check and format programs, score and match files of records, explain one
//! record, say rules as sentences, run them on events, run the tests beside them, compare two
//! programs, draw blueprints, replay logs through them, migrate the records inside, carry criteria
//! and rules from and to other forms, and serve editors.
//!
//! Exit codes: 0 fine, 1 findings, 2 usage or files.
#![forbid(unsafe_code)]

mod args;
mod bad_values;
mod blueprint;
mod check;
mod clock;
mod columns;
mod diff;
mod distribution;
mod explain;
mod failure;
mod fmt;
mod forms;
mod french;
mod hash;
mod lsp;
mod matching;
mod number;
mod objects;
mod output;
mod program;
mod progress;
mod reference;
mod run;
mod say;
mod score;
mod simulate;
mod test;
mod threads;
mod users;
mod whole;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Cli, Command};
use failure::Failure;

fn main() -> ExitCode {
    let cli = match parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let lang = cli.lang;
    if cli.quiet {
        progress::be_quiet();
    }
    let outcome = match cli.command {
        Command::Check(args) => check::run(&args, lang),
        Command::Fmt(args) => fmt::run(&args, lang),
        Command::Test(args) => test::run(&args, lang),
        Command::Say(args) => say::run(&args, lang),
        Command::Score(args) => score::run(&args, lang),
        Command::Match(args) => matching::run(&args, lang),
        Command::Explain(args) => explain::run(&args, lang),
        Command::Run(args) => run::run(&args, lang),
        Command::Blueprint(args) => blueprint::run(&args, lang),
        Command::Diff(args) => diff::run(&args, lang),
        Command::Simulate(args) => simulate::run(&args, lang),
        Command::Hash(args) => hash::run(&args, lang),
        Command::Reference(args) => reference::run(&args, lang),
        Command::Import(args) => forms::import(&args, lang),
        Command::Export(args) => forms::export(&args, lang),
        Command::Lsp(args) => lsp::run(&args, lang),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, code }) => {
            // Nothing better can be done when standard error is closed.
            let _ = write!(std::io::stderr(), "{message}");
            ExitCode::from(code)
        }
    }
}

/// Reads the command line; help and usage errors are in French with `--lang fr`.
fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let args: Vec<OsString> = args.into_iter().collect();
    let french = args.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "fr")
        || args.iter().any(|arg| arg == "--lang=fr");
    let command = if french { french::translate(Cli::command()) } else { Cli::command() };
    let read = command.try_get_matches_from(args);
    let error = match read.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => return Ok(cli),
        Err(error) => error,
    };
    // Nothing better can be done when the terminal is closed.
    let _ = if french && error.use_stderr() {
        write!(std::io::stderr(), "{}", french::usage_error(&error))
    } else {
        error.print()
    };
    Err(ExitCode::from(error.exit_code() as u8))
}
