//! `cargo xtask test`: everything that CI holds a change to.

use std::path::Path;

use crate::book;
use crate::run::{Outcome, cargo, program, root, target};

type Part = (&'static str, fn() -> Outcome);

const PARTS: [Part; 7] = [
    ("lint", lint),
    ("rust", rust),
    ("book", book::build),
    ("python", python),
    ("node", node),
    ("editor", editor),
    ("package", package),
];

/// Runs the named parts, or all of them.
pub fn test(parts: &[&str]) -> Outcome {
    if let Some(unknown) = parts.iter().find(|part| PARTS.iter().all(|(name, _)| name != *part)) {
        return Err(format!(
            "no part `{unknown}`; there are: lint rust book python node editor package"
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

/// Format, clippy, rustdoc.
fn lint() -> Outcome {
    cargo(["fmt", "--all", "--check"]).go()?;
    cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).go()?;
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
    let folder = target().join("python");
    let wheels = folder.join("wheels");
    let venv = folder.join("venv");
    // a clean environment each time: what is tested is the wheel, not what was lying around
    for stale in [&wheels, &venv] {
        if stale.exists() {
            std::fs::remove_dir_all(stale).map_err(|e| format!("{}: {e}", stale.display()))?;
        }
    }
    let path = |p: &std::path::Path| p.to_string_lossy().into_owned();
    program("python3", ["-m", "venv", &path(&venv)]).go()?;
    let python = venv.join("bin").join("python");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    program(&python, pip).and_also(["maturin>=1.16,<2"]).go()?;
    program(&python, ["-m", "maturin", "build", "--out", &path(&wheels)])
        .within("bindings/python")
        .go()?;
    let wheel = std::fs::read_dir(&wheels)
        .map_err(|e| format!("{}: {e}", wheels.display()))?
        .filter_map(Result::ok)
        .find(|entry| entry.path().extension().is_some_and(|e| e == "whl"))
        .ok_or("maturin built no wheel")?;
    program(&python, pip).and_also([format!("{}[test]", path(&wheel.path()))]).go()?;
    program(&python, ["-m", "pytest", "-q", "tests"]).within("bindings/python").go()?;
    book::docs(&["python", &path(&python)])?;
    program(&python, ["-m", "mypy.stubtest", "jalon._native"])
        .within("bindings/python/tests")
        .go()?;
    program(&python, ["-m", "mypy", "--strict", "python/jalon"]).within("bindings/python").go()?;
    cluster(&python, &wheel.path())
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
