//! `jalon diff`: what changes from an old program to a new one, and for which records.

use std::io::Write;

use jalon::diff::{Diff, diff};
use jalon::lang::Lang;

use crate::args::{As, DiffArgs, Form, SimulateArgs};
use crate::failure::Failure;
use crate::{program, simulate};

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
    let written = std::io::stdout().write_all(text.as_bytes());
    written.map_err(|error| Failure::stdout(error, lang))
}
