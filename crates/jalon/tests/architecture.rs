//! ARCHITECTURE.md's rules, kept: which module may know which, and how long a file may be.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

/// For each module of the core, the modules it may use. No circle: each stands on those it uses.
const MAY_USE: &[(&str, &[&str])] = &[
    ("lang", &[]),
    ("source", &[]),
    ("lexicon", &["lang"]),
    ("diagnostic", &["lang", "source"]),
    ("syntax", &["diagnostic", "lang", "lexicon", "source"]),
    ("template", &["lang"]),
    ("value", &["lang", "lexicon"]),
    ("currency", &["lang", "lexicon", "value"]),
    ("recurrence", &["lang", "lexicon", "value"]),
    ("schema", &["lang", "source", "value"]),
    (
        "checked",
        &[
            "currency",
            "lang",
            "lexicon",
            "recurrence",
            "schema",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    (
        "check",
        &[
            "checked",
            "currency",
            "diagnostic",
            "lang",
            "lexicon",
            "recurrence",
            "schema",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    ("plan", &["checked", "lexicon", "schema", "source", "template", "value"]),
    ("eval", &["checked", "lang", "lexicon", "plan", "schema", "source", "template", "value"]),
    ("score", &["checked", "eval", "lang", "plan", "schema", "source", "value"]),
    ("desk", &["checked", "eval", "lang", "plan", "score", "value"]),
    ("columnar", &["checked", "eval", "plan", "schema", "score", "value"]),
    ("index", &["checked", "eval", "plan", "schema", "value"]),
    ("users", &["diagnostic", "lang", "value"]),
    ("approval", &["checked", "lang", "lexicon", "users", "value"]),
    (
        "blueprint",
        &[
            "checked",
            "desk",
            "diagnostic",
            "eval",
            "lang",
            "lexicon",
            "plan",
            "source",
            "syntax",
            "users",
            "value",
        ],
    ),
    (
        "lint",
        &[
            "checked",
            "desk",
            "diagnostic",
            "eval",
            "lexicon",
            "plan",
            "schema",
            "score",
            "source",
            "syntax",
            "users",
            "value",
        ],
    ),
    (
        "sentence",
        &["blueprint", "checked", "eval", "lang", "lexicon", "recurrence", "score", "value"],
    ),
    (
        "program",
        &[
            "blueprint",
            "check",
            "checked",
            "columnar",
            "currency",
            "desk",
            "diagnostic",
            "eval",
            "index",
            "lang",
            "lexicon",
            "lint",
            "plan",
            "recurrence",
            "schema",
            "score",
            "sentence",
            "source",
            "syntax",
            "template",
            "users",
            "value",
            "workflow",
        ],
    ),
    (
        "workflow",
        &[
            "approval",
            "blueprint",
            "checked",
            "desk",
            "diagnostic",
            "eval",
            "lang",
            "lexicon",
            "plan",
            "schema",
            "score",
            "users",
            "value",
        ],
    ),
    ("diff", &["blueprint", "checked", "lang", "program", "schema", "score", "sentence", "syntax"]),
    (
        "rehearsal",
        &[
            "blueprint",
            "checked",
            "eval",
            "lang",
            "lexicon",
            "program",
            "schema",
            "score",
            "source",
            "users",
            "value",
            "workflow",
        ],
    ),
];

#[test]
fn modules_know_only_what_they_may() {
    let mut known: Vec<(String, String)> = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = module_of(&file);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            assert_eq!(module, "lib", "{} is in no module of the table", file.display());
            continue;
        };
        let text = std::fs::read_to_string(&file).unwrap();
        for used in text.split("crate::").skip(1) {
            let name: String =
                used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let is_module = MAY_USE.iter().any(|(module, _)| *module == name);
            assert!(
                !is_module || name == module || allowed.contains(&name.as_str()),
                "{}: `{module}` must not know `{name}`",
                file.display(),
            );
            known.push((module.clone(), name));
        }
    }
    for (module, allowed) in MAY_USE {
        for name in *allowed {
            let used = known.iter().any(|(by, of)| by == module && of == name);
            assert!(
                used,
                "`{module}` may know `{name}` and does not: the table says more than is so"
            );
        }
    }
}

#[test]
fn modules_stand_on_each_other_without_a_circle() {
    let mut standing: Vec<&str> = Vec::new();
    while standing.len() < MAY_USE.len() {
        let stands = |name: &&str| standing.contains(name);
        let next = MAY_USE.iter().find(|(name, on)| !stands(name) && on.iter().all(&stands));
        let left: Vec<_> = MAY_USE.iter().map(|(name, _)| *name).filter(|n| !stands(n)).collect();
        standing.push(next.unwrap_or_else(|| panic!("a circle among {left:?}")).0);
    }
}

#[test]
fn files_fit_in_a_head() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["crates", "bindings/python/src", "bindings/node/src", "xtask"] {
        for file in sources(&root.join(folder)) {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= 500, "{} has {lines} lines", file.display());
        }
    }
}

/// `src/syntax/layout.rs` and `src/syntax.rs` are both of `syntax`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "node_modules") {
                found.extend(sources(&path));
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}
