//! Formatting keeps its laws on every program of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use super::laws::{Texts, assert_laws, formatted};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files with an extension in a folder and below.
fn collect(folder: &Path, extension: &str, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if path.is_dir() {
            let skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            if !skipped {
                collect(&path, extension, out);
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            out.push(path);
        }
    }
}

fn found(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&root().join(folder), extension, &mut files);
    files.sort();
    files
}

fn text(path: &Path) -> (String, String) {
    (path.display().to_string(), fs::read_to_string(path).unwrap())
}

/// The programs of a folder of examples.
fn examples() -> Vec<Texts> {
    let folders = fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir());
    folders
        .map(|folder| {
            let mut files = Vec::new();
            collect(&folder, "jalon", &mut files);
            files.sort();
            files.iter().map(|path| text(path)).collect()
        })
        .collect()
}

#[test]
fn every_file_keeps_the_laws() {
    let files = found("", "jalon");
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert_laws(&vec![text(&file)]);
    }
    examples().iter().for_each(assert_laws);
}

/// What `jalon fmt --check examples/…` says; `examples/tables` is a consultant's own text, to the
/// letter, and its README says so.
#[test]
fn the_examples_are_formatted() {
    let examples = examples();
    let verbatim = |(name, _): &(String, String)| name.contains("examples/tables/");
    let folders: Vec<&Texts> =
        examples.iter().filter(|texts| !texts.iter().any(verbatim)).collect();
    assert!(folders.len() > 2 && folders.len() == examples.len() - 1);
    for texts in folders {
        for ((name, text), (_, again)) in texts.iter().zip(formatted(texts, None).unwrap()) {
            assert_eq!(*text, again, "{name} is not in the canonical layout; run `jalon fmt`");
        }
    }
}

#[test]
fn every_program_of_the_documentation_keeps_the_laws() {
    let mut programs = 0;
    for file in found("", "md") {
        let (name, page) = text(&file);
        for block in page.split("```jalon\n").skip(1) {
            let block = block.split("```").next().unwrap_or("").to_owned();
            assert_laws(&vec![(name.clone(), block)]);
            programs += 1;
        }
    }
    assert!(programs > 10, "{programs}");
}

/// The programs in a vector: lists of lines.
fn programs(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                let lines: Option<Vec<&str>> = value
                    .as_array()
                    .map(|list| list.iter().filter_map(serde_json::Value::as_str).collect());
                match (key.as_str(), lines) {
                    ("program" | "old" | "new", Some(lines)) => out.push(lines.join("\n") + "\n"),
                    ("criterion", Some(criteria)) => {
                        let line = |one: &&str| format!("  +1 si {one}\n");
                        let lines: String = criteria.iter().map(line).collect();
                        out.push(format!("score S\n{lines}"));
                    }
                    _ => programs(value, out),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| programs(value, out)),
        _ => {}
    }
}

#[test]
fn every_program_of_the_vectors_keeps_the_laws() {
    let mut all = Vec::new();
    for file in found("tests/vectors", "json") {
        let (name, page) = text(&file);
        let mut found = Vec::new();
        programs(&serde_json::from_str(&page).unwrap(), &mut found);
        // Criteria are read by the types of the program before them.
        let schema = found.first().filter(|first| first.starts_with("module")).cloned();
        for program in found {
            let program = match &schema {
                Some(schema) if program.starts_with("score S\n") => format!("{schema}\n{program}"),
                _ => program,
            };
            all.push((name.clone(), program));
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    for one in all {
        assert_laws(&vec![one]);
    }
}
