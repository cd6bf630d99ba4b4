//! `jalon diff`: what changes from an old program to a new one, and for which records.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;
use jalon::diff::{Diff, diff};
use jalon::lang::Lang;

use crate::args::{As, FixedClockArgs, Form, SimulateArgs, UsersArgs};
use crate::failure::Failure;
use crate::{program, simulate, whole};

/// `jalon diff`
#[derive(Debug, Args)]
#[command(after_help = "\
Programs are compared by what they mean: formatting, comments, the language of keywords and the
order of what has none are no differences. `+` is added, `−` removed, `~` changed, `→` renamed, `⇅`
in another order; what decides differently comes first.

With --data each record is created anew with both programs, as by `jalon simulate`, and what comes
out otherwise is listed with the rule or the line of the score that makes the difference.

Examples:
  jalon diff old/ rules/
  jalon diff v1.jalon v2.jalon --lang fr
  jalon diff old/ rules/ --data leads.csv --now 2026-06-30T10:30 --zone Europe/Paris
  jalon diff old/ rules/ --format json

Exit codes: 0 no difference, 1 differences, or findings in a program, 2 usage or files.")]
#[command(override_usage = "jalon diff [OPTIONS] OLD NEW")]
pub struct DiffArgs {
    /// The old program: a `.jalon` file, or a folder of them
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The new program, likewise
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Records, to say for which of them something changes: CSV, NDJSON, JSON array or Parquet
    #[arg(long, value_name = "DATA")]
    pub data: Option<PathBuf>,
    /// The module of the records, where there are several
    #[arg(long, value_name = "M", requires = "data")]
    pub module: Option<String>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    #[command(flatten)]
    pub users: UsersArgs,
    /// Let the clock go on until then for each record, and compare what its timers do
    #[arg(long, value_name = "DATE", requires = "data")]
    pub until: Option<String>,
    /// List so many records that change; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
    /// How many threads share the work; as many as there are processors without it
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// Compares two programs; differences are findings.
pub fn run(args: &DiffArgs, asked: Option<Lang>) -> Result<(), Failure> {
    let (old, _) = program::load(std::slice::from_ref(&args.old), asked, false)?;
    let (new, lang) = program::load(std::slice::from_ref(&args.new), asked, false)?;
    let diff = diff(&old, &new);
    let records = args.data.as_ref().filter(|_| !diff.is_empty());
    match (args.format, records) {
        (Form::Json, Some(_)) => {}
        (Form::Json, None) => say(&(pretty(&diff) + "\n"), lang)?,
        (Form::Text, _) => say(&text(&diff, lang), lang)?,
    }
    if let Some(data) = records {
        let simulated = simulated(args, data.clone());
        simulate::compare(&simulated, &old, &new, Some(&diff), lang)?;
    }
    if diff.is_empty() { Ok(()) } else { Err(Failure::silent_finding()) }
}

/// The records replayed as `jalon simulate` does.
fn simulated(args: &DiffArgs, data: std::path::PathBuf) -> SimulateArgs {
    SimulateArgs {
        data,
        old: vec![args.old.clone()],
        new: vec![args.new.clone()],
        events: false,
        as_: As::Created,
        module: args.module.clone(),
        clock: args.clock.clone(),
        users: args.users.clone(),
        until: args.until.clone(),
        show: args.show,
        format: args.format,
        fail_on_change: false,
        threads: args.threads,
    }
}

/// The changes, coloured on a terminal, and how many they are.
fn text(diff: &Diff, lang: Lang) -> String {
    let mut text = String::new();
    for line in diff.report(lang).lines() {
        let styled = console::style(line);
        let styled = match line.trim_start().chars().next() {
            Some('+') => styled.green(),
            Some('−') => styled.red(),
            Some('⚠' | '→' | '⇅') => styled.yellow(),
            Some('~') if line.starts_with('~') => styled.bold(),
            _ => styled,
        };
        text.extend([styled.to_string().as_str(), "\n"]);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text + &diff.summary(lang) + "\n"
}

fn pretty(diff: &Diff) -> String {
    serde_json::to_string_pretty(diff).unwrap_or_default()
}

fn say(text: &str, lang: Lang) -> Result<(), Failure> {
    whole::print(text, lang)
}
