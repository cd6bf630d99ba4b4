//! The consultant's tables, `examples/tables`, as its README says to run them.

use std::path::Path;
use std::process::Command;

/// Runs the command at the root of the repository: what it exits with and what it prints.
fn jalon(arguments: &[&str]) -> (Option<i32>, String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    let ran = command.current_dir(root).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ran.status.code(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn check_finds_the_mistakes_of_the_source() {
    let (code, out, err) = jalon(&["check", "examples/tables"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "a warning is a finding");
    insta::assert_snapshot!("check", out);
    let (_, out, _) = jalon(&["check", "examples/tables", "--lang", "en"]);
    insta::assert_snapshot!("check_english", out);
}

#[test]
fn every_test_passes() {
    let (code, out, _) = jalon(&["test", "examples/tables"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(!out.contains('✗'), "{out}");
    insta::assert_snapshot!("test", out);
}

#[test]
fn the_story_reads_the_same_every_time() {
    let story = ["examples/tables", "examples/tables/events.ndjson", "--until", "2026-11-16"];
    let run = |more: &[&str]| {
        let (code, out, _) = jalon(&[&["run"], &story[..], more].concat());
        assert_eq!(code, Some(0), "{out}");
        out
    };
    insta::assert_snapshot!("story", run(&["--format", "text"]));
    insta::assert_snapshot!("story_english", run(&["--format", "text", "--lang", "en"]));
    let (first, second) = (run(&["--format", "json"]), run(&["--format", "json"]));
    assert_eq!(first, second, "byte for byte");
    for line in first.lines() {
        let decision: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(decision["event"].is_string() && decision["at"].is_string(), "{line}");
    }
}
