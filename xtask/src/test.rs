//! `cargo xtask test`: everything that CI holds a change to.

use std::path::{Path, PathBuf};

use crate::book;
use crate::run::{Outcome, Step, cargo, program, root, target};

type Part = (&'static str, fn() -> Outcome);

const PARTS: [Part; 8] = [
    ("lint", lint),
    ("rust", rust),
    ("book", book::build),
    ("python", python),
    ("node", node),
    ("apps", apps),
    ("editor", editor),
    ("package", package),
];

/// Runs the named parts, or all of them.
pub fn test(parts: &[&str]) -> Outcome {
    if let Some(unknown) = parts.iter().find(|part| PARTS.iter().all(|(name, _)| name != *part)) {
        return Err(format!(
            "no part `{unknown}`; there are: lint rust book python node apps editor package"
        ));
    }
    for (name, part) in PARTS {
        if parts.is_empty() || parts.contains(&name) {
            part().map_err(|e| format!("{name}: {e}"))?;
        }
    }
    eprintln!("\nall fine");
    Ok(())
}

/// Format, clippy, the licences and sources of dependencies where `cargo-deny` is there, rustdoc.
fn lint() -> Outcome {
    cargo(["fmt", "--all", "--check"]).go()?;
    cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).go()?;
    if cargo(["deny", "--version"]).works() {
        cargo(["deny", "check", "licenses", "bans", "sources"]).go()?;
    }
    cargo([
        "doc",
        "--no-deps",
        "--lib",
        "-p",
        "jalon",
        "-p",
        "jalon-simd",
        "-p",
        "jalon-derive",
        "-p",
        "jalon-arrow",
        "-p",
        "jalon-files",
        "-p",
        "jalon-interop",
        "-p",
        "jalon-lsp",
    ])
    .env("RUSTDOCFLAGS", "-D warnings")
    .go()
}

/// Unit, integration and vector tests, and the examples of the documentation.
fn rust() -> Outcome {
    if cargo(["nextest", "--version"]).works() {
        cargo(["nextest", "run"]).go()?;
    } else {
        cargo(["test", "--lib", "--bins", "--tests"]).go()?;
    }
    cargo(["test", "--doc"]).go()
}

/// The wheel in a clean environment, its tests, its stubs, the Python of the books.
fn python() -> Outcome {
    let (python, wheel) = installed(&target().join("python"), |step| step)?;
    program(&python, ["-m", "pytest", "-q", "tests"]).within("bindings/python").go()?;
    book::docs(&["python", &python.to_string_lossy()])?;
    program(&python, ["-m", "mypy.stubtest", "jalon._native"])
        .within("bindings/python/tests")
        .go()?;
    program(&python, ["-m", "mypy", "--strict", "python/jalon"]).within("bindings/python").go()?;
    cluster(&python, &wheel)
}

/// A new environment within a folder, with the wheel and what its tests need: its interpreter, and
/// the wheel. `build` is asked how the wheel is built.
pub fn installed(folder: &Path, build: impl FnOnce(Step) -> Step) -> Outcome<(PathBuf, PathBuf)> {
    let wheels = folder.join("wheels");
    let venv = folder.join("venv");
    // a clean environment each time: what is tested is the wheel, not what was lying around
    for stale in [&wheels, &venv] {
        if stale.exists() {
            std::fs::remove_dir_all(stale).map_err(|e| format!("{}: {e}", stale.display()))?;
        }
    }
    program("python3", ["-m", "venv", &venv.to_string_lossy()]).go()?;
    let python = venv.join("bin").join("python");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    program(&python, pip).and_also(["maturin>=1.16,<2"]).go()?;
    let maturin = ["-m", "maturin", "build", "--out", &wheels.to_string_lossy()];
    build(program(&python, maturin).within("bindings/python")).go()?;
    let wheel = std::fs::read_dir(&wheels)
        .map_err(|e| format!("{}: {e}", wheels.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "whl"))
        .ok_or("maturin built no wheel")?;
    program(&python, pip).and_also([format!("{}[test]", wheel.to_string_lossy())]).go()?;
    Ok((python, wheel))
}

/// The recipes for Spark and Ray. Spark needs Java: CI must have it, elsewhere it is said.
fn cluster(python: &Path, wheel: &Path) -> Outcome {
    let has_java = program("java", ["-version"]).works();
    if !has_java && std::env::var_os("CI").is_none() {
        eprintln!(
            "\nNOT RUN: the recipes for Spark and Ray (bindings/python/tests_cluster), since Spark \
             needs `java` of version 17 or later. CI fails without it."
        );
        return Ok(());
    }
    if !has_java {
        return Err("the test with Spark needs `java` of version 17 or later; install a JRE".into());
    }
    program(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .and_also([format!("{}[cluster]", wheel.to_string_lossy())])
        .go()?;
    program(python, ["-m", "pytest", "-q", "tests_cluster"]).within("bindings/python").go()
}

/// The npm package: build, tests, types, the JavaScript of the books.
fn node() -> Outcome {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    program(npm, ["ci", "--no-audit", "--no-fund"]).within("bindings/node").go()?;
    program(npm, ["run", "build:debug"]).within("bindings/node").go()?;
    program(npm, ["test"]).within("bindings/node").go()?;
    book::docs(&["node"])
}

/// The servers of `examples`, as their users would build them: formatted, without a doubt, and
/// answering real requests. The one in Node takes the package that the part `node` has built.
fn apps() -> Outcome {
    let axum = "examples/server-axum";
    let built = target().join("apps");
    let step = |args: &[&str]| {
        cargo(args).within(axum).env("CARGO_TARGET_DIR", &built).env("CARGO_INCREMENTAL", "0")
    };
    step(&["fmt", "--check"]).go()?;
    step(&["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]).go()?;
    step(&["test", "--locked"]).go()?;

    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !root().join("bindings/node/node_modules").exists() {
        program(npm, ["ci", "--no-audit", "--no-fund"]).within("bindings/node").go()?;
    }
    program(npm, ["run", "build:debug"]).within("bindings/node").go()?;
    program(npm, ["ci", "--no-audit", "--no-fund"]).within("examples/server-node").go()?;
    program(npm, ["test"]).within("examples/server-node").go()
}

/// The VS Code extension: it can be read, and its grammar colours every keyword.
fn editor() -> Outcome {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    program(npm, ["ci", "--no-audit", "--no-fund"]).within("editors/vscode").go()?;
    program(npm, ["run", "check"]).within("editors/vscode").go()?;
    program(npm, ["test"]).within("editors/vscode").go()
}

/// What would be published holds the grammar.
fn package() -> Outcome {
    let files = cargo(["package", "--list", "--allow-dirty", "-p", "jalon"]).output()?;
    if !files.lines().any(|file| file == "grammar/jalon.pest") {
        return Err(format!("the package of `jalon` misses its grammar, in {}", root().display()));
    }
    Ok(())
}
