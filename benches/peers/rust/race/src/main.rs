//! The race: starts the workers of all languages, takes turns among their contenders, compares
//! their answers and writes the results.
//!
//! `race data DIR [--quick] [--heat NAME]` writes the leads and the pipeline; `race run SETTINGS… `
//! runs all heats, where a setting is `name=value`: `out`, `data`, `job`, `rust`, `python`, `node`,
//! `jalon`, `absent`, `quick`, `heat`. Workers of a language that is not named are left out.

#![allow(clippy::print_stdout, reason = "a program")]

mod heat;
mod obstacles;
mod probe;
mod process;
mod report;
mod tables;
mod targets;

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use race::leads::{Lead, leads};
use race::pipeline::Stream;
use serde_json::Value as Json;

use heat::Heat;
use process::Start;

/// How large the job is.
#[derive(Clone, Copy)]
struct Size {
    quick: bool,
    leads: usize,
    rows: usize,
    rules: &'static [usize],
    /// How many rules, where ever more of them hold.
    many: &'static [usize],
    /// How many events come to the deals of the pipeline.
    events: usize,
    /// How many rounds each kind of heat has, and for how many seconds.
    rounds: [(usize, u64); 4],
}

const FULL: Size = Size {
    quick: false,
    leads: 10_000,
    rows: 1_000_000,
    rules: &[10, 100, 1_000, 10_000, 100_000, 1_000_000],
    many: &[10_000, 1_000_000],
    events: 10_000,
    rounds: [(11, 150), (5, 240), (7, 30), (9, 150)],
};
const QUICK: Size = Size {
    quick: true,
    leads: 2_000,
    rows: 200_000,
    rules: &[10, 1_000, 10_000],
    many: &[10_000],
    events: 2_000,
    rounds: [(3, 60), (3, 90), (3, 20), (3, 30)],
};

/// All that was measured.
pub struct Results {
    quick: bool,
    /// The one heat that was run, if it was not all of them.
    only: Option<String>,
    leads: usize,
    rows: usize,
    events: usize,
    record: Heat,
    batch: Heat,
    grow: Vec<(usize, Heat)>,
    many: Vec<(usize, Heat)>,
    pipeline: Heat,
    /// What a step of the pipeline and an instance take, by name.
    step: Json,
    /// A line a form of the data: bytes of the data, peak beyond it, bytes of the columns added.
    memory: Vec<Json>,
    /// What could not be built or installed.
    absent: Vec<String>,
}

type Settings = HashMap<String, String>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["data", folder, options @ ..] => data(Path::new(folder), options),
        ["run", settings @ ..] => run(settings),
        _ => Err("race data DIR [--quick] [--heat NAME] | race run name=value…".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("race: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes for the other languages the leads, as NDJSON and as Arrow with and without dictionaries,
/// and the pipeline; for one heat only what it needs.
fn data(folder: &Path, options: &[&str]) -> Result<(), String> {
    let size = if options.contains(&"--quick") { QUICK } else { FULL };
    let heat = options.iter().position(|option| *option == "--heat");
    let only = heat.and_then(|at| options.get(at + 1)).copied();
    let wanted = |heat: &str| only.is_none_or(|only| only == heat);
    std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    if wanted("pipeline") {
        let stream = Stream::new(size.events).json().to_string();
        std::fs::write(folder.join("pipeline.json"), stream).map_err(|e| e.to_string())?;
    }
    if wanted("record") {
        write_leads(folder, size)?;
    }
    if wanted("batch") { write_columns(folder, size) } else { Ok(()) }
}

fn write_leads(folder: &Path, size: Size) -> Result<(), String> {
    let lines: String =
        leads(size.leads).iter().map(|lead: &Lead| format!("{}\n", lead.json())).collect();
    std::fs::write(folder.join("leads.ndjson"), lines).map_err(|e| e.to_string())
}

fn write_columns(folder: &Path, size: Size) -> Result<(), String> {
    let rows = leads(size.rows);
    for (name, codes) in [("leads.arrow", false), ("leads-dictionaries.arrow", true)] {
        race::columns::batch(&rows, codes)
            .and_then(|batch| race::columns::write(&batch, &folder.join(name)))
            .map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(())
}

fn run(settings: &[&str]) -> Result<(), String> {
    let mut absent = Vec::new();
    let mut given = Settings::new();
    for setting in settings {
        let (name, value) = setting.split_once('=').ok_or(format!("`{setting}`: name=value"))?;
        if name == "absent" {
            absent.push(value.to_owned());
        } else {
            given.insert(name.to_owned(), value.to_owned());
        }
    }
    let size = if given.contains_key("quick") { QUICK } else { FULL };
    let [record, batch, grow, pipeline] = size.rounds;
    let only = given.get("heat").cloned();
    let wanted = |heat: &str| only.as_ref().is_none_or(|only| only == heat);
    let heat = |name: &str, workers: &[Start], (rounds, seconds): (usize, u64)| {
        Heat::run(name, workers, rounds, Duration::from_secs(seconds))
    };
    let one = |kind: &str, name: &str, workers: &dyn Fn() -> Vec<Start>, rounds| {
        if wanted(kind) { heat(name, &workers(), rounds) } else { Heat::default() }
    };
    let rules = |job: &str, counts: &[usize]| -> Vec<(usize, Heat)> {
        let of = |count: &usize| {
            let worker = rust(&given, "contenders", &[job, &count.to_string()], 1);
            let workers: Vec<Start> = worker.into_iter().collect();
            (*count, heat(&format!("{job}: {count} rules"), &workers, grow))
        };
        let heats = counts.iter().filter(|_| wanted("grow")).map(of);
        heats.filter(|(_, heat)| !heat.entries.is_empty() || !heat.absent.is_empty()).collect()
    };
    let results = Results {
        quick: size.quick,
        leads: size.leads,
        rows: size.rows,
        events: size.events,
        record: one("record", "one lead at a time", &|| record_workers(&given, size), record),
        batch: one("batch", "many leads at once", &|| batch_workers(&given, size), batch),
        grow: rules("grow", size.rules),
        many: rules("many", size.many),
        pipeline: one("pipeline", "pipeline", &|| pipeline_workers(&given, size), pipeline),
        step: wanted("pipeline")
            .then(|| memory(&given, &["pipeline"]).pop())
            .flatten()
            .unwrap_or_default(),
        memory: if wanted("batch") {
            memory(&given, &["batch", &size.rows.to_string()])
        } else {
            Vec::new()
        },
        only: only.clone(),
        absent,
    };
    let out = given.get("out").ok_or("no setting `out`")?;
    let page = without_folders(report::markdown(&results), &given);
    std::fs::write(out, page).map_err(|e| format!("{out}: {e}"))?;
    eprintln!("\nwritten: {out}");
    Ok(())
}

/// The page with what it says of this machine's folders cut to the last part of each.
fn without_folders(page: String, given: &Settings) -> String {
    let paths = given.values().map(Path::new).filter(|path| path.is_absolute());
    let above = paths.flat_map(|path| path.ancestors().skip(1));
    let mut folders: Vec<String> = above
        .filter(|path| path.parent().is_some())
        .map(|path| format!("{}/", path.display()))
        .collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(folder.len()));
    folders.dedup();
    folders.iter().fold(page, |page, folder| page.replace(folder, ""))
}

fn record_workers(given: &Settings, size: Size) -> Vec<Start> {
    let leads = size.leads.to_string();
    let mut workers = Vec::new();
    workers.extend(rust(given, "contenders", &["record", &leads], 1));
    workers.extend(rust(given, "zen", &[&leads], 1));
    workers.extend(python(given, "record", 1));
    workers.extend(node(given, "record"));
    workers
}

fn pipeline_workers(given: &Settings, size: Size) -> Vec<Start> {
    let mut workers = Vec::new();
    workers.extend(rust(given, "contenders", &["pipeline", &size.events.to_string()], 1));
    workers.extend(python(given, "pipeline", 1));
    workers.extend(node(given, "pipeline"));
    workers
}

fn batch_workers(given: &Settings, size: Size) -> Vec<Start> {
    let rows = size.rows.to_string();
    let mut workers = Vec::new();
    for threads in [1, 2] {
        let args = ["batch", &rows, &threads.to_string()];
        workers.extend(rust(given, "contenders", &args, threads));
        workers.extend(python(given, "batch", threads));
    }
    workers
}

/// A worker in Rust, where the folder of its programs is given.
fn rust(given: &Settings, name: &str, args: &[&str], threads: usize) -> Option<Start> {
    let program = Path::new(given.get("rust")?).join(name);
    // one that was not built is among the absent already
    program.with_extension(std::env::consts::EXE_EXTENSION).exists().then(|| Start {
        language: "Rust".into(),
        program: program.to_string_lossy().into_owned(),
        args: args.iter().map(|arg| (*arg).to_owned()).collect(),
        folder: None,
        threads,
    })
}

fn python(given: &Settings, job: &str, threads: usize) -> Option<Start> {
    let worker = Path::new(given.get("job")?).parent()?.join("python").join("worker.py");
    Some(Start {
        language: "Python".into(),
        program: given.get("python")?.clone(),
        args: vec![
            worker.to_string_lossy().into_owned(),
            job.to_owned(),
            given.get("data")?.clone(),
            threads.to_string(),
            given.get("job")?.clone(),
        ],
        folder: None,
        threads,
    })
}

fn node(given: &Settings, job: &str) -> Option<Start> {
    let [folder, data, jobs, jalon] =
        ["node", "data", "job", "jalon"].map(|name| given.get(name).cloned());
    Some(Start {
        language: "Node".into(),
        program: "node".into(),
        args: vec!["worker.mjs".into(), job.to_owned(), data?, jobs?, jalon?],
        folder: Some(folder?),
        threads: 1,
    })
}

/// What Jalon takes, in a process that counts every byte.
fn memory(given: &Settings, args: &[&str]) -> Vec<Json> {
    let Some(start) = rust(given, "memory", args, 1) else {
        return Vec::new();
    };
    let output = Command::new(start.program).args(start.args).output();
    let printed = output.map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&printed)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

impl Results {
    /// All heats that were run.
    fn heats(&self) -> impl Iterator<Item = &Heat> {
        let rules = self.grow.iter().chain(&self.many).map(|(_, heat)| heat);
        [&self.record, &self.batch].into_iter().chain(rules).chain([&self.pipeline])
    }
}
