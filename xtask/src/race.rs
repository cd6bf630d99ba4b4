//! `cargo xtask race`: builds the contenders of `benches/peers`, runs them, writes the results.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, cargo, program, root, target};

/// The languages that can be left out.
const LANGUAGES: [&str; 3] = ["rust", "python", "node"];

/// The heats of which one can be run alone.
const HEATS: [&str; 4] = ["record", "batch", "grow", "pipeline"];

/// Where the race is, and where it installs.
struct Race {
    peers: PathBuf,
    folder: PathBuf,
    /// What could not be built or installed: the race goes on and reports it.
    absent: Vec<String>,
}

/// Runs the race among the named languages, or all of them; with `--heat`, one heat alone.
pub fn race(args: &[&str]) -> Outcome {
    let mut languages = args.to_vec();
    let heat = heat(&mut languages)?;
    let quick = languages.contains(&"--quick");
    languages.retain(|arg| *arg != "--quick");
    if let Some(unknown) = languages.iter().find(|name| !LANGUAGES.contains(name)) {
        return Err(format!("no language `{unknown}`; there are: {}", LANGUAGES.join(" ")));
    }
    let wanted = |name: &str| languages.is_empty() || languages.contains(&name);
    let peers = root().join("benches").join("peers");
    // a target folder may be given relative to where cargo was called
    let folder = std::path::absolute(target()).map_err(|e| e.to_string())?.join("race");
    let mut race = Race { peers, folder, absent: Vec::new() };
    fs::create_dir_all(&race.folder).map_err(|e| format!("{}: {e}", race.folder.display()))?;

    if wanted("rust") {
        // zen, which takes longest, runs in one heat only
        let others = heat.is_some_and(|heat| heat != "record");
        let built = if others {
            race.build(&["--package", "race", "--package", "contenders"])
        } else {
            race.build(&["--workspace", "--keep-going"])
        };
        race.note("Rust, some of it", built);
    } else {
        race.build(&["--package", "race"])?;
    }
    let mut settings: Vec<(&str, String)> = vec![
        ("out", shown(&race.out(heat))),
        ("data", shown(&race.folder.join("data"))),
        ("job", shown(&race.peers.join("job"))),
    ];
    if wanted("rust") {
        settings.push(("rust", shown(&race.programs())));
    }
    if wanted("python") {
        let installed = race.install_python();
        race.note("Python", installed);
        settings.push(("python", shown(&race.python())));
    }
    if wanted("node") {
        let installed = race.install_node();
        race.note("Node", installed);
        settings.push(("node", shown(&race.folder.join("node"))));
        settings.push(("jalon", shown(&root().join("bindings").join("node").join("index.cjs"))));
    }
    settings.extend(race.absent.iter().map(|line| ("absent", line.clone())));
    let driver = race.programs().join("race");
    let mut data = vec!["data".to_owned(), shown(&race.folder.join("data"))];
    let mut run = vec!["run".to_owned()];
    if quick {
        data.push("--quick".to_owned());
        run.push("quick=yes".to_owned());
    }
    if let Some(heat) = heat {
        data.extend(["--heat".to_owned(), heat.to_owned()]);
        run.push(format!("heat={heat}"));
    }
    run.extend(settings.iter().map(|(name, value)| format!("{name}={value}")));
    program(&driver, data).go()?;
    program(&driver, run).go()
}

/// Takes `--heat NAME` out of what was asked for.
fn heat<'a>(args: &mut Vec<&'a str>) -> Result<Option<&'a str>, String> {
    let Some(at) = args.iter().position(|arg| *arg == "--heat") else { return Ok(None) };
    args.remove(at);
    let given = (at < args.len()).then(|| args.remove(at));
    let known = given.filter(|heat| HEATS.contains(heat));
    known.map(Some).ok_or_else(|| format!("--heat takes one of: {}", HEATS.join(" ")))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Race {
    /// The page of results; that of one heat is no page of the project.
    fn out(&self, heat: Option<&str>) -> PathBuf {
        match heat {
            Some(heat) => self.folder.join(format!("RESULTS-{heat}.md")),
            None => root().join("benches").join("RESULTS.md"),
        }
    }

    fn note(&mut self, what: &str, outcome: Outcome) {
        if let Err(error) = outcome {
            eprintln!("\n{what}: {error}; the race goes on without it");
            // The page of results names no folder of the machine.
            let error = error.replace(&format!("{}/", shown(&root())), "");
            self.absent.push(format!("{what}: {error}"));
        }
    }

    /// Builds packages of the race's own workspace.
    fn build(&self, packages: &[&str]) -> Outcome {
        let into = shown(&self.folder.join("rust"));
        // what an earlier run has built is not this tree's
        for program in ["race", "contenders", "memory", "zen"] {
            let _ = fs::remove_file(self.programs().join(program));
        }
        cargo(["build", "--release", "--target-dir", &into])
            .and_also(packages)
            .within(&shown(&self.peers.join("rust")))
            .go()
    }

    fn programs(&self) -> PathBuf {
        self.folder.join("rust").join("release")
    }

    fn python(&self) -> PathBuf {
        self.folder.join("venv").join("bin").join("python")
    }

    /// The pinned peers in an environment of their own, and the wheel of this tree.
    fn install_python(&self) -> Outcome {
        let (venv, wheels) = (self.folder.join("venv"), self.folder.join("wheels"));
        let python = self.python();
        if !python.exists() {
            program("python3", ["-m", "venv", &shown(&venv)]).go()?;
        }
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let requirements = shown(&self.peers.join("python").join("requirements.txt"));
        program(&python, pip).and_also(["--requirement", &requirements]).go()?;
        if wheels.exists() {
            fs::remove_dir_all(&wheels).map_err(|e| format!("{}: {e}", wheels.display()))?;
        }
        program(&python, ["-m", "maturin", "build", "--release", "--out", &shown(&wheels)])
            .within("bindings/python")
            .go()?;
        let wheel = fs::read_dir(&wheels)
            .map_err(|e| format!("{}: {e}", wheels.display()))?
            .filter_map(Result::ok)
            .find(|entry| entry.path().extension().is_some_and(|e| e == "whl"))
            .ok_or("maturin built no wheel")?;
        program(&python, pip)
            .and_also(["--force-reinstall", "--no-deps", &shown(&wheel.path())])
            .go()
    }

    /// The pinned peers beside a copy of the worker, and the npm package of this tree.
    fn install_node(&self) -> Outcome {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let (from, to) = (self.peers.join("node"), self.folder.join("node"));
        fs::create_dir_all(&to).map_err(|e| format!("{}: {e}", to.display()))?;
        let files = fs::read_dir(&from).map_err(|e| format!("{}: {e}", from.display()))?;
        for file in files.filter_map(Result::ok).filter(|file| file.path().is_file()) {
            fs::copy(file.path(), to.join(file.file_name()))
                .map_err(|e| format!("{}: {e}", file.path().display()))?;
        }
        // not `ci`: the lock file of one system lacks the binaries of the others
        program(npm, ["install", "--no-audit", "--no-fund"]).within(&shown(&to)).go()?;
        program(npm, ["ci", "--no-audit", "--no-fund"]).within("bindings/node").go()?;
        program(npm, ["run", "build"]).within("bindings/node").go()
    }
}
