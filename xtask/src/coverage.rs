//! `cargo xtask coverage`: the lines of the core that the tests reach, those of Rust and of Python.

use std::collections::BTreeMap;
use std::path::Path;

use crate::run::{Outcome, Step, cargo, program, root, target};
use crate::test::installed;

/// Lines that can be run, and those that were.
#[derive(Default)]
struct Lines {
    all: u64,
    reached: u64,
}

impl Lines {
    fn percent(&self) -> f64 {
        100.0 * self.reached as f64 / self.all.max(1) as f64
    }
}

/// Runs both, says how much of each module they reach.
///
/// It needs `cargo-llvm-cov`, and llvm's tools: those of rustup, or `LLVM_COV` and `LLVM_PROFDATA`.
pub fn coverage() -> Outcome {
    let build = target().join("coverage");
    let set = cargo(["llvm-cov", "show-env", "--sh"]).env("CARGO_TARGET_DIR", &build).output()?;
    let set: Vec<(&str, &str)> = set
        .lines()
        .filter_map(|line| line.strip_prefix("export ")?.split_once('='))
        .map(|(name, value)| (name, value.trim_matches('\'')))
        .collect();
    let counted = |step: Step| {
        let step = set.iter().fold(step, |step, (name, value)| step.env(name, value));
        // Without debug information the build takes a third of the room.
        step.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0")
    };
    counted(cargo(["llvm-cov", "clean", "--workspace"])).go()?;
    counted(cargo(["nextest", "run", "--workspace"])).go()?;
    let (python, _) = installed(&build.join("python"), counted)?;
    counted(program(&python, ["-m", "pytest", "-q", "tests"]).within("bindings/python")).go()?;
    print(&by_module(&counted(cargo(["llvm-cov", "report", "--lcov"])).output()?));
    Ok(())
}

/// The modules of the core, their tests left out.
fn by_module(report: &str) -> BTreeMap<String, Lines> {
    let core = root().join("crates/jalon/src");
    let mut modules = BTreeMap::<String, Lines>::new();
    let mut module = None;
    for line in report.lines() {
        if let Some(file) = line.strip_prefix("SF:") {
            module = Path::new(file).strip_prefix(&core).ok().and_then(module_of);
        }
        let Some(module) = &module else { continue };
        let count = |kind| line.strip_prefix(kind).and_then(|count| count.parse::<u64>().ok());
        let lines = modules.entry(module.clone()).or_default();
        lines.all += count("LF:").unwrap_or_default();
        lines.reached += count("LH:").unwrap_or_default();
    }
    modules
}

/// The module of a file of the core; none if it holds tests.
fn module_of(file: &Path) -> Option<String> {
    let file = file.with_extension("");
    let mut parts = file.iter().map(|part| part.to_string_lossy());
    if parts.clone().any(|part| part == "tests") {
        return None;
    }
    parts.next().map(std::borrow::Cow::into_owned)
}

fn print(modules: &BTreeMap<String, Lines>) {
    let mut whole = Lines::default();
    println!("| module | lines | % |\n|---|---:|---:|");
    for (name, lines) in modules {
        println!("| `{name}` | {} | {:.0} |", lines.all, lines.percent());
        whole.all += lines.all;
        whole.reached += lines.reached;
    }
    println!("| all | {} | {:.1} |", whole.all, whole.percent());
}
