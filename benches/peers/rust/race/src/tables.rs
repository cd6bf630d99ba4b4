//! The entries of a heat as Markdown tables.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::heat::{Entry, Heat};

/// A ratio as people read it: more digits where it is small.
pub fn ratio(value: Option<f64>) -> String {
    match value {
        Some(value) if value < 10.0 => format!("{value:.2}"),
        Some(value) if value < 100.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.0}"),
        None => "–".to_owned(),
    }
}

/// Nanoseconds, with more digits where there are few.
pub fn nanoseconds(value: Option<f64>) -> String {
    match value {
        Some(value) if value < 100.0 => format!("{value:.1}"),
        Some(value) => grouped(value),
        None => "–".to_owned(),
    }
}

/// A whole number in groups of three digits.
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// Whether an entry's answers are those of its question.
pub fn equal(heat: &Heat, entry: &Entry) -> String {
    match (&entry.answers, heat.reference(&entry.question)) {
        (Ok(sum), Some(wanted)) if *sum == wanted => "yes".to_owned(),
        (Ok(_), _) => "**differs**".to_owned(),
        (Err(error), _) => format!("failed: {}", error.replace(['|', '\n'], " ")),
    }
}

/// What an entry is called, with its version.
fn named(entry: &Entry) -> String {
    let version = if entry.version.is_empty() { "" } else { " " };
    format!("{}{version}{}", entry.name, entry.version)
}

/// The entries of a question, fastest first, those without a time last.
fn sorted<'a>(heat: &'a Heat, keep: impl Fn(&Entry) -> bool) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = heat.entries.iter().filter(|entry| keep(entry)).collect();
    let time = |entry: &Entry| entry.median().unwrap_or(f64::INFINITY);
    entries.sort_by(|a, b| time(a).total_cmp(&time(b)));
    entries
}

/// The fastest time among entries whose answers are right.
pub fn best(heat: &Heat, keep: impl Fn(&Entry) -> bool) -> Option<f64> {
    let right = |entry: &&Entry| {
        entry.answers.is_ok()
            && entry.answers.as_ref().ok().copied() == heat.reference(&entry.question)
    };
    heat.entries
        .iter()
        .filter(|entry| keep(entry))
        .filter(right)
        .filter_map(Entry::median)
        .min_by(f64::total_cmp)
}

/// One lead at a time, the contenders of one question.
pub fn record(heat: &Heat, question: &str) -> String {
    one_by_one(heat, question, "a lead")
}

/// The pipeline, the contenders of one question.
pub fn pipeline(heat: &Heat, question: &str) -> String {
    one_by_one(heat, question, "an event")
}

/// What a step of the pipeline and an instance take.
pub fn step(figures: &Json) -> String {
    let mut text = "| what | |\n|---|--:|\n".to_owned();
    for (what, name) in [
        ("allocations where it is asked what is offered", "available"),
        ("allocations of an event that is made, what it was before dropped", "fire"),
        ("allocations of an event that is refused", "refused"),
        ("bytes of an instance without history, all that it owns counted", "instance"),
        ("bytes of a step of its history", "history"),
    ] {
        let _ = writeln!(text, "| {what} | {:.2} |", figures[name].as_f64().unwrap_or_default());
    }
    text
}

fn one_by_one(heat: &Heat, question: &str, each: &str) -> String {
    let of = |entry: &Entry| entry.question == question;
    let by_hand = best(heat, |e| of(e) && e.language == "Rust" && e.name.starts_with("hand"));
    let mut text = format!(
        "| language | contender | input | ns {each} | × hand-written Rust | × hand-written, same language | × Jalon, same language | answers equal |\n|---|---|---|--:|--:|--:|--:|---|\n"
    );
    for entry in sorted(heat, of) {
        let time = entry.median();
        let against = |other: Option<f64>| Some(time? / other?);
        let own = |name: &str| {
            best(heat, |e| of(e) && e.language == entry.language && e.name.starts_with(name))
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            entry.language,
            named(entry),
            entry.input,
            nanoseconds(time),
            ratio(against(by_hand)),
            ratio(against(own("hand"))),
            ratio(against(own("Jalon"))),
            equal(heat, entry),
        );
    }
    text
}

/// Many leads at once, the contenders of one question on one form of the data.
pub fn batch(heat: &Heat, question: &str, input: &str) -> String {
    let of = |e: &Entry| e.question == question && e.input == input;
    let time = |entry: &Entry, threads: usize| {
        let same = |e: &&Entry| {
            of(e) && e.threads == threads && e.name == entry.name && e.language == entry.language
        };
        heat.entries.iter().find(same).and_then(Entry::median)
    };
    let by_hand = best(heat, |e| of(e) && e.threads == 1 && e.name.starts_with("hand"));
    let jalon =
        |threads| best(heat, |e| of(e) && e.threads == threads && e.name.starts_with("Jalon"));
    let mut text = "| language | contender | 1 thread, ns a lead | 2 threads, ns a lead | × hand-written Rust, 1 thread | × Jalon, 1 thread | × Jalon, 2 threads | answers equal |\n|---|---|--:|--:|--:|--:|--:|---|\n".to_owned();
    for entry in sorted(heat, |e| of(e) && e.threads == 1) {
        let (one, two) = (time(entry, 1), time(entry, 2));
        let against = |time: Option<f64>, other: Option<f64>| Some(time? / other?);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            entry.language,
            named(entry),
            nanoseconds(one),
            nanoseconds(two),
            ratio(against(one, by_hand)),
            ratio(against(one, jalon(1))),
            ratio(against(two, jalon(2))),
            equal(heat, entry),
        );
    }
    text
}

/// What no engine can be faster than.
pub fn limit(heat: &Heat) -> String {
    let mut text = "| columns | threads | ns a lead | bytes read |\n|---|--:|--:|---|\n".to_owned();
    for entry in sorted(heat, |e| e.question == "memory limit") {
        let time = nanoseconds(entry.median());
        let _ = writeln!(text, "| {} | {} | {time} | {} |", entry.input, entry.threads, entry.note);
    }
    text
}

/// Rules that grow: a column for each number of them.
pub fn grow(heats: &[(usize, Heat)]) -> String {
    let mut rows: Vec<(&str, &str)> = Vec::new();
    for entry in heats.iter().flat_map(|(_, heat)| &heat.entries) {
        if entry.question.is_empty() {
            continue; // a group that could not be set up: told below
        }
        if !rows.contains(&(&entry.name, &entry.input)) {
            rows.push((&entry.name, &entry.input));
        }
    }
    let mut text = "| contender | input |".to_owned();
    for (rules, _) in heats {
        let _ = write!(text, " {} rules |", grouped(*rules as f64));
    }
    text.push_str(" answers equal |\n|---|---|");
    text.push_str(&"--:|".repeat(heats.len()));
    text.push_str("---|\n");
    for (name, input) in rows {
        let found =
            |heat: &Heat| heat.entries.iter().find(|e| e.name == name && e.input == input).cloned();
        let entries: Vec<Option<Entry>> = heats.iter().map(|(_, heat)| found(heat)).collect();
        let version = entries.iter().flatten().next().map(named).unwrap_or_default();
        let _ = write!(text, "| {version} | {input} |");
        let mut verdicts: Vec<String> = Vec::new();
        for ((_, heat), entry) in heats.iter().zip(&entries) {
            let _ = write!(text, " {} |", nanoseconds(entry.as_ref().and_then(Entry::median)));
            verdicts.extend(entry.iter().map(|entry| equal(heat, entry)));
        }
        verdicts.sort();
        verdicts.dedup();
        let _ = writeln!(text, " {} |", verdicts.join("; "));
    }
    text
}

/// How long building took, and how many rules fire.
pub fn building(heats: &[(usize, Heat)]) -> String {
    let mut text =
        "| rules | rules that hold of a record | contender | built in | bytes a rule |\n|--:|--:|---|--:|--:|\n".to_owned();
    for (rules, heat) in heats {
        for entry in &heat.entries {
            let Some(built) = entry.figures["built_ms"].as_f64() else { continue };
            let fire = entry.figures["fire"].as_f64().unwrap_or_default();
            let bytes = entry.figures["bytes"].as_f64();
            let bytes = bytes.map_or("–".to_owned(), |bytes| format!("{bytes:.0}"));
            let rules = grouped(*rules as f64);
            let _ = writeln!(
                text,
                "| {rules} | {fire:.1} | {}, {} | {built:.1} ms | {bytes} |",
                entry.name, entry.input
            );
        }
    }
    text
}
