//! The page `docs/suites.md`: each suite's part is made by the test that runs the suite, and held
//! to it.
#![allow(clippy::panic, reason = "a test may fail")]

use std::path::Path;
use std::sync::Mutex;

/// Tests that run side by side write one after the other.
static WRITING: Mutex<()> = Mutex::new(());

/// Holds a suite's part of the page to what its test has found. With `INSTA_UPDATE=always` it is
/// written anew, as snapshots are.
#[track_caller]
pub fn hold(suite: &str, found: &str) {
    let _writing = WRITING.lock();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/suites.md");
    let page = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (opening, closing) = (format!("<!-- {suite} -->\n"), format!("<!-- /{suite} -->"));
    let start = page.find(&opening).unwrap_or_else(|| panic!("no {opening}")) + opening.len();
    let end = start + page[start..].find(&closing).unwrap_or_else(|| panic!("no {closing}"));
    if page[start..end] == *found {
        return;
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let written = format!("{}{found}{}", &page[..start], &page[end..]);
        std::fs::write(&path, written)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    panic!(
        "docs/suites.md says of `{suite}` (INSTA_UPDATE=always writes it anew):\n{}\nfound:\n{found}",
        &page[start..end]
    );
}

/// The head of a table: how many cases there are, and how they come out.
#[allow(dead_code, reason = "one of several who share this page makes tables of its own")]
pub fn counts(passed: usize, differ: usize, outside: &[(String, usize)]) -> String {
    let beyond: usize = outside.iter().map(|(_, count)| count).sum();
    let all = passed + differ + beyond;
    let mut text = format!(
        "\n| cases | passed | different by design | out of scope |\n|---|---|---|---|\n\
         | {all} | {passed} | {differ} | {beyond} |\n\n| out of scope | cases |\n|---|---|\n"
    );
    for (reason, count) in outside {
        text.extend(["| ", reason, " | ", &count.to_string(), " |\n"]);
    }
    text + "\n"
}
