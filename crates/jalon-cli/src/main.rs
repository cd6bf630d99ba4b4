//! The `jalon` command: check programs, score and match files of records, explain one record.
//!
//! Exit codes: 0 fine, 1 findings, 2 usage or files.
#![forbid(unsafe_code)]

mod args;
mod bad_values;
mod check;
mod clock;
mod distribution;
mod explain;
mod failure;
mod matching;
mod number;
mod output;
mod program;
mod progress;
mod score;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::Failure;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Match(args) => matching::run(&args),
        Command::Explain(args) => explain::run(&args),
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
