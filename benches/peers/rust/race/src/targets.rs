//! What was to be reached, and whether it was.

use std::fmt::Write;

use race::job::{FOLDED, STRICT};

use crate::Results;
use crate::heat::{Entry, Heat};
use crate::tables::{best, ratio};

/// The way a figure must compare with its goal.
#[derive(Clone, Copy)]
enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

struct Target {
    what: String,
    goal: Goal,
    figure: Option<f64>,
}

/// The fastest of a contender, by the beginning of its name.
struct Pick<'a> {
    heat: &'a Heat,
    question: &'a str,
}

impl Pick<'_> {
    fn time(&self, language: &str, name: &str, more: impl Fn(&Entry) -> bool) -> Option<f64> {
        best(self.heat, |e| {
            e.language == language
                && e.question == self.question
                && e.name.starts_with(name)
                && more(e)
        })
    }
}

fn over(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    Some(a? / b?)
}

/// All targets as a table.
pub fn table(results: &Results) -> String {
    let mut targets = Vec::new();
    batch(results, &mut targets);
    memory(results, &mut targets);
    record(results, &mut targets);
    grow(results, &mut targets);
    let mut text = "| what | goal | here | |\n|---|--:|--:|---|\n".to_owned();
    for target in targets {
        let (goal, reached) = match target.goal {
            Goal::AtLeast(goal) => (format!("≥ {goal}"), target.figure.map(|f| f >= goal)),
            Goal::AtMost(goal) => (format!("≤ {goal}"), target.figure.map(|f| f <= goal)),
        };
        let reached = match reached {
            Some(true) => "reached",
            Some(false) => "**not reached**",
            None => "not measured",
        };
        let _ =
            writeln!(text, "| {} | {goal} | {} | {reached} |", target.what, ratio(target.figure));
    }
    text
}

/// Many leads at once, on as many threads as the machine has processors.
fn batch(results: &Results, targets: &mut Vec<Target>) {
    use Goal::{AtLeast, AtMost};
    let heat = &results.batch;
    for (input, polars, duckdb, limit) in
        [("plain text", 4.0, 10.0, 5.0), ("dictionaries", 8.0, 25.0, 2.8)]
    {
        let mut add = |what: String, goal, figure| targets.push(Target { what, goal, figure });
        let on = |threads: usize| move |e: &Entry| e.input == input && e.threads == threads;
        for question in [STRICT, FOLDED] {
            let pick = Pick { heat, question };
            let jalon = pick.time("Rust", "Jalon", on(2));
            let peer = |name| over(pick.time("Python", name, on(2)), jalon);
            let of = format!("{input}, {question}, 2 threads");
            add(format!("batch, {of}: faster than polars' best"), AtLeast(polars), peer("polars"));
            add(format!("batch, {of}: faster than DuckDB's best"), AtLeast(duckdb), peer("duckdb"));
            let by_hand = over(pick.time("Rust", "Jalon", on(1)), pick.time("Rust", "hand", on(1)));
            let what = format!("batch, {input}, {question}, 1 thread: time of a loop by hand");
            add(what, AtMost(1.0), by_hand);
        }
        let strict = Pick { heat, question: STRICT };
        let folding = Pick { heat, question: FOLDED }.time("Rust", "Jalon", on(2));
        let what = format!("batch, {input}: folding, time of polars that does not fold");
        add(what, AtMost(1.0), over(folding, strict.time("Python", "polars", on(2))));
        let read = best(heat, |e| e.question == "memory limit" && on(2)(e));
        let what = format!("batch, {input}: time of reading every needed byte once, 2 threads");
        add(what, AtMost(limit), over(strict.time("Rust", "Jalon", on(2)), read));
    }
    let plain = |threads: usize| move |e: &Entry| e.input == "plain text" && e.threads == threads;
    for question in [STRICT, FOLDED] {
        let pick = Pick { heat, question };
        for (peer, goal, threads) in [("polars", 4.0, 2), ("duckdb", 10.0, 2), ("pandas", 20.0, 1)]
        {
            let jalon = pick.time("Python", "Jalon", plain(threads.max(1)));
            let what = format!(
                "`score_frame` on polars rows, {question}, {threads} thread(s): faster than {peer}"
            );
            let figure = over(pick.time("Python", peer, plain(threads)), jalon);
            targets.push(Target { what, goal: AtLeast(goal), figure });
        }
    }
}

fn memory(results: &Results, targets: &mut Vec<Target>) {
    for line in &results.memory {
        let input = line["input"].as_str().unwrap_or_default();
        targets.push(Target {
            what: format!("batch, {input}: MiB beyond the data, the result's columns included"),
            goal: Goal::AtMost(32.0),
            figure: line["peak"].as_f64().map(|bytes| bytes / f64::from(1 << 20)),
        });
    }
}

fn record(results: &Results, targets: &mut Vec<Target>) {
    use Goal::{AtLeast, AtMost};
    let heat = &results.record;
    let mut add = |what: String, goal, figure| targets.push(Target { what, goal, figure });
    let any = |_: &Entry| true;
    for question in [FOLDED, STRICT] {
        let pick = Pick { heat, question };
        let jalon = pick.time("Rust", "Jalon", |e| e.input != "JSON");
        let hand = pick.time("Rust", "hand", |e| e.input == "struct");
        let what = format!("one record, Rust, {question}: time of a function by hand");
        add(what, AtMost(1.0), over(jalon, hand));
    }
    let strict = Pick { heat, question: STRICT };
    let jalon = strict.time("Rust", "Jalon", |e| e.input != "JSON");
    for (peer, goal) in [("cel", 50.0), ("zen-expression", 30.0), ("datalogic-rs", 6.0)] {
        let figure = over(strict.time("Rust", peer, |e| e.input == "prepared"), jalon);
        add(format!("one record, Rust: faster than {peer}, prepared"), AtLeast(goal), figure);
    }
    for question in [FOLDED, STRICT] {
        let pick = Pick { heat, question };
        let figure = over(pick.time("Python", "Jalon", any), pick.time("Python", "hand", any));
        let what = format!("one Python dict, {question}: time of a function by hand");
        add(what, AtMost(0.5), figure);
        let figure = over(pick.time("Node", "Jalon", any), pick.time("Node", "hand", any));
        let what = format!("one JS object, {question}: time of a function by hand");
        add(what, AtMost(2.5), figure);
    }
    for (language, peer, goal) in [
        ("Node", "json-logic-engine", 1.0),
        ("Node", "zen-engine", 100.0),
        ("Node", "json-rules-engine", 100.0),
    ] {
        let figure = over(strict.time(language, peer, any), strict.time(language, "Jalon", any));
        add(format!("one JS object: faster than {peer}"), AtLeast(goal), figure);
    }
}

fn grow(results: &Results, targets: &mut Vec<Target>) {
    use Goal::{AtLeast, AtMost};
    let heat = |rules: usize| results.grow.iter().find(|(count, _)| *count == rules);
    let time = |rules: usize, name: &str| best(&heat(rules)?.1, |e| e.name.starts_with(name));
    let figure = |rules: usize, name: &str| {
        let entries = &heat(rules)?.1.entries;
        entries.iter().find(|e| e.name == "Jalon, index")?.figures[name].as_f64()
    };
    let mut add = |what: &str, goal, figure| {
        targets.push(Target { what: what.to_owned(), goal, figure });
    };
    let (thousands, million) = (time(10_000, "Jalon, index"), time(1_000_000, "Jalon, index"));
    add(
        "rule index: time at 1 000 000 rules against 10 000",
        AtMost(2.0),
        over(million, thousands),
    );
    let each = over(thousands, figure(10_000, "fire"));
    add("rule index, 10 000 rules: ns for each rule that holds", AtMost(40.0), each);
    let faster = |name| over(time(10_000, name), thousands);
    add("rule index, 10 000 rules: faster than a-tree", AtLeast(100.0), faster("a-tree"));
    let by_hand = faster("hand-written index");
    add("rule index, 10 000 rules: faster than an index by hand", AtLeast(1.0), by_hand);
    let built = figure(1_000_000, "built_ms").map(|ms| ms / 1e3);
    add("rule index, 1 000 000 rules: seconds to build", AtMost(1.0), built);
    let bytes = figure(1_000_000, "bytes");
    add("rule index, 1 000 000 rules: bytes a rule", AtMost(128.0), bytes);
}
