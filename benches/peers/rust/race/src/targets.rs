//! What was to be reached, and whether it was.

use std::fmt::Write;

use race::job::{FOLDED, INTERNED, PLAIN_FOLDED, PLAIN_STRICT, PLAIN_UNLIKE, STRICT};
use race::pipeline::{AVAILABLE, FIRE};

use crate::heat::{Entry, Heat};
use crate::tables::{best, nanoseconds, ratio};
use crate::{Results, obstacles};

/// The way a figure must compare with its goal.
#[derive(Clone, Copy)]
enum Goal {
    AtLeast(f64),
    AtMost(f64),
}
use Goal::{AtLeast, AtMost};

/// What was measured for a target.
enum Figure {
    /// How many times the other's time is ours, or ours the other's, as the goal is written.
    Times { ours: Option<f64>, other: Option<f64> },
    /// An amount in a unit.
    Amount(Option<f64>, &'static str),
}

struct Target {
    what: String,
    goal: Goal,
    figure: Figure,
    /// What stands in the way where it is not reached.
    obstacle: &'static str,
}

impl Target {
    fn value(&self) -> Option<f64> {
        match (&self.figure, self.goal) {
            (Figure::Times { ours, other }, AtLeast(_)) => Some((*other)? / (*ours)?),
            (Figure::Times { ours, other }, AtMost(_)) => Some((*ours)? / (*other)?),
            (Figure::Amount(amount, _), _) => *amount,
        }
    }

    /// Whether nothing was measured for it.
    fn is_unknown(&self) -> bool {
        self.value().is_none()
    }

    /// Its row; an obstacle is told below the table, by its number.
    fn row(&self, obstacles: &mut Vec<&'static str>) -> String {
        let value = self.value();
        let (goal, reached) = match self.goal {
            AtLeast(goal) => (format!("≥ {goal}"), value.map(|value| value >= goal)),
            AtMost(goal) => (format!("≤ {goal}"), value.map(|value| value <= goal)),
        };
        let (figures, shown) = match &self.figure {
            Figure::Times { ours: Some(ours), other: Some(other) } => {
                let (ours, other) = (nanoseconds(Some(*ours)), nanoseconds(Some(*other)));
                (format!("{ours} against {other} ns"), format!("{} ×", ratio(value)))
            }
            Figure::Amount(Some(_), unit) => (format!("{} {unit}", ratio(value)), "–".to_owned()),
            _ => ("–".to_owned(), "–".to_owned()),
        };
        let (reached, hindered) = match reached {
            Some(true) => ("reached", false),
            Some(false) => ("**not reached**", true),
            None => ("not measured", false),
        };
        let obstacle = if hindered {
            if !obstacles.contains(&self.obstacle) {
                obstacles.push(self.obstacle);
            }
            let number = obstacles.iter().position(|known| *known == self.obstacle);
            number.map_or(String::new(), |number| (number + 1).to_string())
        } else {
            String::new()
        };
        format!("| {} | {goal} | {figures} | {shown} | {reached} | {obstacle} |", self.what)
    }
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

/// All targets as a table.
pub fn table(results: &Results) -> String {
    let mut targets = Vec::new();
    for input in [
        Input { name: "plain text", polars: 4.0, duckdb: 10.0, limit: 5.0 },
        Input { name: "dictionaries", polars: 8.0, duckdb: 25.0, limit: 2.8 },
    ] {
        batch(&results.batch, &input, &mut targets);
    }
    frames(&results.batch, &mut targets);
    memory(results, &mut targets);
    rust_record(&results.record, &mut targets);
    python_record(&results.record, &mut targets);
    node_record(&results.record, &mut targets);
    rules(results, &mut targets);
    pipeline(results, &mut targets);
    let mut text =
        "| what | goal | figures | ratio | | in the way |\n|---|--:|--:|--:|---|--:|\n".to_owned();
    let mut obstacles = Vec::new();
    for target in targets {
        if results.only.is_some() && target.is_unknown() {
            continue;
        }
        let _ = writeln!(text, "{}", target.row(&mut obstacles));
    }
    if !obstacles.is_empty() {
        text.push_str("\nWhat stands in the way, by the number in the last column:\n\n");
    }
    for (number, obstacle) in (1..).zip(obstacles) {
        let _ = writeln!(text, "{number}. {obstacle}");
    }
    text
}

/// A form of the columns, and its goals.
struct Input {
    name: &'static str,
    polars: f64,
    duckdb: f64,
    limit: f64,
}

/// Many leads at once, on as many threads as the machine has processors.
fn batch(heat: &Heat, input: &Input, targets: &mut Vec<Target>) {
    let name = input.name;
    let mut add = |what: String, goal, ours, other, obstacle| {
        targets.push(Target { what, goal, figure: Figure::Times { ours, other }, obstacle });
    };
    let on = |threads: usize| move |e: &Entry| e.input == name && e.threads == threads;
    let strict = Pick { heat, question: STRICT };
    for question in [STRICT, FOLDED] {
        let pick = Pick { heat, question };
        let jalon = |threads| pick.time("Rust", "Jalon", on(threads));
        let of = format!("{name}, {question}");
        for (peer, shown, goal) in
            [("polars", "polars' best", input.polars), ("duckdb", "DuckDB's best", input.duckdb)]
        {
            let what = format!("batch, {of}, 2 threads: faster than {shown}");
            let other = pick.time("Python", peer, on(2));
            add(what, AtLeast(goal), jalon(2), other, obstacles::batch(name));
        }
        let what = format!("batch, {of}, 1 thread: time of a loop by hand");
        let by_hand = pick.time("Rust", "hand", on(1));
        add(what, AtMost(1.0), jalon(1), by_hand, obstacles::batch(name));
    }
    let folding = Pick { heat, question: FOLDED }.time("Rust", "Jalon", on(2));
    let what = format!("batch, {name}, 2 threads: folding, time of polars that does not fold");
    let polars = strict.time("Python", "polars", on(2));
    add(what, AtMost(1.0), folding, polars, obstacles::batch(name));
    let read = best(heat, |e| e.question == "memory limit" && on(2)(e));
    let what = format!("batch, {name}: time of reading every needed byte once, 2 threads");
    let jalon = strict.time("Rust", "Jalon", on(2));
    add(what, AtMost(input.limit), jalon, read, obstacles::batch(name));
}

/// `score_frame` on polars rows.
fn frames(heat: &Heat, targets: &mut Vec<Target>) {
    for input in ["plain text", "dictionaries"] {
        for question in [STRICT, FOLDED] {
            let pick = Pick { heat, question };
            for (peer, goal, threads) in
                [("polars", 4.0, 2), ("duckdb", 10.0, 2), ("pandas", 20.0, 1)]
            {
                let on = |e: &Entry| e.input == input && e.threads == threads;
                let figure = Figure::Times {
                    ours: pick.time("Python", "Jalon", on),
                    other: pick.time("Python", peer, on),
                };
                let threads = if threads == 1 { "1 thread" } else { "2 threads" };
                let what = format!(
                    "`score_frame` on polars rows, {input}, {question}, {threads}: faster than {peer}"
                );
                let obstacle = obstacles::frames(input);
                targets.push(Target { what, goal: AtLeast(goal), figure, obstacle });
            }
        }
    }
}

fn memory(results: &Results, targets: &mut Vec<Target>) {
    for line in &results.memory {
        let input = line["input"].as_str().unwrap_or_default();
        let peak = line["peak"].as_f64().map(|bytes| bytes / f64::from(1 << 20));
        targets.push(Target {
            what: format!("batch, {input}: memory beyond the data, the result's columns included"),
            goal: AtMost(32.0),
            figure: Figure::Amount(peak, "MiB"),
            obstacle: obstacles::MEMORY,
        });
    }
}

fn rust_record(heat: &Heat, targets: &mut Vec<Target>) {
    let mut add = |what: String, goal, ours, other, obstacle| {
        targets.push(Target { what, goal, figure: Figure::Times { ours, other }, obstacle });
    };
    let handed = |e: &Entry| e.input != "JSON";
    for question in [FOLDED, STRICT] {
        let pick = Pick { heat, question };
        let (jalon, hand) = (pick.time("Rust", "Jalon", handed), pick.time("Rust", "hand", handed));
        let what = format!("one record, Rust, {question}: time of a function by hand");
        add(what, AtMost(1.0), jalon, hand, obstacles::RECORD);
    }
    for question in [PLAIN_FOLDED, PLAIN_UNLIKE, PLAIN_STRICT] {
        let pick = Pick { heat, question };
        let hand = pick.time("Rust", "hand", handed);
        let raw = pick.time("Rust", "Jalon", |e| handed(e) && e.input != INTERNED);
        let interned = pick.time("Rust", "Jalon", |e| e.input == INTERNED);
        let what = format!("one record, Rust, {question}");
        let (raw_what, interned_what) = (format!("{what}, raw"), format!("{what}, interned"));
        let by_hand = ": time of a function by hand";
        add(raw_what + by_hand, AtMost(2.0), raw, hand, obstacles::WHOLE_TEXTS);
        add(interned_what + by_hand, AtMost(1.3), interned, hand, obstacles::INTERNED);
    }
    let strict = Pick { heat, question: STRICT };
    let jalon = strict.time("Rust", "Jalon", handed);
    for (peer, goal) in [("cel", 50.0), ("zen-expression", 30.0), ("datalogic-rs", 6.0)] {
        let other = strict.time("Rust", peer, |e| e.input == "prepared");
        let what = format!("one record, Rust: faster than {peer}, prepared");
        add(what, AtLeast(goal), jalon, other, obstacles::RECORD_PEERS);
    }
}

fn python_record(heat: &Heat, targets: &mut Vec<Target>) {
    for question in [FOLDED, STRICT] {
        let pick = Pick { heat, question };
        let time = |name| pick.time("Python", name, |_| true);
        targets.push(Target {
            what: format!("one Python dict, {question}: time of a function by hand"),
            goal: AtMost(0.5),
            figure: Figure::Times { ours: time("Jalon"), other: time("hand") },
            obstacle: obstacles::PYTHON,
        });
    }
}

fn node_record(heat: &Heat, targets: &mut Vec<Target>) {
    let time = |question, name| Pick { heat, question }.time("Node", name, |_| true);
    let mut add = |what: String, goal, question, name| {
        let figure = Figure::Times { ours: time(question, "Jalon"), other: time(question, name) };
        targets.push(Target { what, goal, figure, obstacle: obstacles::NODE });
    };
    for question in [FOLDED, STRICT] {
        let what = format!("one JS object, {question}: time of a function by hand");
        add(what, AtMost(2.5), question, "hand");
    }
    for (peer, goal) in
        [("json-logic-engine", 1.0), ("zen-engine", 100.0), ("json-rules-engine", 100.0)]
    {
        add(format!("one JS object: faster than {peer}"), AtLeast(goal), STRICT, peer);
    }
}

fn rules(results: &Results, targets: &mut Vec<Target>) {
    let heat = |heats: &[(usize, Heat)], rules: usize| {
        heats.iter().find(|(count, _)| *count == rules).map(|(_, heat)| heat.clone())
    };
    let time =
        |rules: usize, name: &str| best(&heat(&results.grow, rules)?, |e| e.name.starts_with(name));
    let figure = |heat: Heat, name: &str| {
        heat.entries.iter().find(|e| e.name == "Jalon, index")?.figures[name].as_f64()
    };
    let mut add = |what: &str, goal, figure, obstacle| {
        targets.push(Target { what: what.to_owned(), goal, figure, obstacle });
    };
    let jalon = |rules| time(rules, "Jalon, index");
    add(
        "rule index: time at 1 000 000 rules against 10 000",
        AtMost(2.0),
        Figure::Times { ours: jalon(1_000_000), other: jalon(10_000) },
        obstacles::INDEX_GROWTH,
    );
    for (rules, shown) in [(10_000, "10 000"), (1_000_000, "1 000 000")] {
        let each = heat(&results.many, rules).and_then(|heat| {
            Some(best(&heat, |e| e.name == "Jalon, index")? / figure(heat, "fire")?)
        });
        let what = format!("rule index, {shown} rules of which ever more hold: time for each");
        add(&what, AtMost(40.0), Figure::Amount(each, "ns"), obstacles::INDEX_MATCH);
    }
    for (peer, shown, goal) in
        [("a-tree", "a-tree", 100.0), ("hand-written index", "the index by hand", 1.0)]
    {
        let what = format!("rule index, 10 000 rules: faster than {shown}");
        let figure = Figure::Times { ours: jalon(10_000), other: time(10_000, peer) };
        add(&what, AtLeast(goal), figure, obstacles::INDEX);
    }
    let million = |name| heat(&results.grow, 1_000_000).and_then(|heat| figure(heat, name));
    let built = Figure::Amount(million("built_ms").map(|ms| ms / 1e3), "s");
    add("rule index, 1 000 000 rules: time to build", AtMost(1.0), built, obstacles::INDEX_BUILD);
    let bytes = Figure::Amount(million("bytes"), "bytes");
    add("rule index, 1 000 000 rules: size of a rule", AtMost(128.0), bytes, obstacles::INDEX_SIZE);
}

fn pipeline(results: &Results, targets: &mut Vec<Target>) {
    let heat = &results.pipeline;
    let mut add = |what: String, goal, figure, obstacle| {
        targets.push(Target { what, goal, figure, obstacle });
    };
    for (question, what) in [(AVAILABLE, "what is offered"), (FIRE, "an event")] {
        let time = Pick { heat, question }.time("Rust", "Jalon", |_| true);
        let what = format!("pipeline, Rust, {what}, no trace: time");
        add(what, AtMost(1_000.0), Figure::Amount(time, "ns"), obstacles::PIPELINE);
    }
    for (name, what) in [("available", "what is offered"), ("fire", "an event that is made")] {
        let what = format!("pipeline, Rust, {what}: allocations");
        let figure = Figure::Amount(results.step[name].as_f64(), "");
        add(what, AtMost(1.0), figure, obstacles::PIPELINE);
    }
    let bytes = Figure::Amount(results.step["instance"].as_f64(), "bytes");
    add("pipeline: an instance without history".into(), AtMost(256.0), bytes, obstacles::PIPELINE);
    let peers = [
        ("Python", "transitions", 5.0),
        ("Python", "python-statemachine", 60.0),
        ("Node", "xstate", 3.0),
    ];
    for (language, peer, goal) in peers {
        for (question, what) in [(FIRE, "an event"), (AVAILABLE, "what is offered")] {
            let time = |name| Pick { heat, question }.time(language, name, |_| true);
            let what = format!("pipeline, {language}, {what}: faster than {peer}");
            let figure = Figure::Times { ours: time("Jalon"), other: time(peer) };
            add(what, AtLeast(goal), figure, obstacles::pipeline(language));
        }
    }
}
