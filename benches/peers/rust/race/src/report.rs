//! The results as a page.

use std::fmt::Write;

use race::job::{FOLDED, PLAIN_FOLDED, PLAIN_STRICT, PLAIN_UNLIKE, RULES_ONLY, STRICT};

use race::pipeline::{AVAILABLE, BOTH, FIRE};

use crate::heat::Heat;
use crate::{Results, probe, tables, targets};

/// The whole page.
pub fn markdown(results: &Results) -> String {
    let mut page = "# Results of the race\n\nWritten by `cargo xtask race`; what is raced, and how, is told in [peers/README.md](peers/README.md).\n\n".to_owned();
    if let Some(heat) = &results.only {
        let _ = writeln!(page, "> **One heat only**: `cargo xtask race --heat {heat}`.\n");
    }
    if results.quick {
        page.push_str("> **A quick run**: little data and few rounds. It shows that everything runs and that all answers agree; its figures are rough.\n\n");
    }
    let _ = writeln!(page, "Machine: {}.\n", probe::machine());
    page.push_str("Times are medians of the rounds; in a round every contender runs once, in turn; a spelling that took twice the time of another of the same tool in the first round runs in no other. Only ratios travel to other machines, and differences below a third are noise on a busy one. *Answers equal* compares checksums of all answers with those of the function written by hand; figures of an entry that differs or failed count for nothing.\n\n");
    absent(results, &mut page);
    page.push_str("## What was to be reached\n\nRatios, unless the line says otherwise; both sides of a ratio ran in the same heat, each in its fastest spelling.\n\n");
    let _ = writeln!(page, "{}\n", Heat::free_shown(results.heats()));
    page.push_str(&targets::table(results));
    record(results, &mut page);
    batch(results, &mut page);
    grow(results, &mut page);
    pipeline(results, &mut page);
    page
}

fn absent(results: &Results, page: &mut String) {
    let absent = results.heats().flat_map(|heat| &heat.absent);
    let mut missing: Vec<&String> = results.absent.iter().chain(absent).collect();
    missing.dedup();
    if !missing.is_empty() {
        page.push_str("Could not run:\n\n");
        for line in missing {
            let _ = writeln!(page, "- {}", line.replace('\n', " "));
        }
        page.push('\n');
    }
}

fn section<'h>(page: &mut String, title: &str, heats: impl IntoIterator<Item = &'h Heat>) {
    let _ = write!(page, "\n## {title}\n\n{}\n", Heat::free_shown(heats));
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// What is asked of one lead.
const QUESTIONS: [&str; 6] = [STRICT, FOLDED, RULES_ONLY, PLAIN_STRICT, PLAIN_FOLDED, PLAIN_UNLIKE];

fn record(results: &Results, page: &mut String) {
    let heat = &results.record;
    if heat.entries.is_empty() {
        return;
    }
    section(page, "One lead at a time: fourteen lines of a score, six rules", [heat]);
    let _ = writeln!(
        page,
        "{} leads. *Prepared*: the contender's own form of the lead was made before the clock.",
        tables::grouped(results.leads as f64)
    );
    let asked = |question: &&str| heat.entries.iter().any(|entry| entry.question == *question);
    for question in QUESTIONS.into_iter().filter(asked) {
        let _ = write!(page, "\n### {}\n\n", capital(question));
        page.push_str(&tables::record(heat, question));
    }
    failures(heat, page);
}

fn batch(results: &Results, page: &mut String) {
    let heat = &results.batch;
    if heat.entries.is_empty() {
        return;
    }
    section(page, "Many leads at once: the score as a column", [heat]);
    let rows = tables::grouped(results.rows as f64);
    let _ = writeln!(page, "{rows} leads in memory; queries are built before the clock.");
    for input in ["plain text", "dictionaries"] {
        for question in [STRICT, FOLDED] {
            let _ = write!(page, "\n### {}, {question}\n\n", capital(input));
            page.push_str(&tables::batch(heat, question, input));
        }
    }
    page.push_str("\n### Reading every byte that the score needs, once\n\n");
    page.push_str(&tables::limit(heat));
    if !results.memory.is_empty() {
        page.push_str("\n### Memory that Jalon takes beyond the data, 2 threads\n\n| columns | data, MiB | peak beyond it, MiB | of which the result's columns, MiB |\n|---|--:|--:|--:|\n");
        for line in &results.memory {
            let mib = |name: &str| line[name].as_f64().unwrap_or_default() / f64::from(1 << 20);
            let _ = writeln!(
                page,
                "| {} | {:.1} | {:.1} | {:.1} |",
                line["input"].as_str().unwrap_or_default(),
                mib("data"),
                mib("peak"),
                mib("output"),
            );
        }
    }
    failures(heat, page);
}

fn grow(results: &Results, page: &mut String) {
    rules(
        &results.grow,
        "Rules that grow: which of them hold of a record",
        "Rules have one to three conditions: equality on five fields of a thousand values, ranges on three numbers, a word in a URL; about as many hold of a record however many there are.",
        page,
    );
    rules(
        &results.many,
        "Rules that grow, and ever more hold",
        "Rules have two to seven conditions: any-of and none-of on four fields, open and closed ranges on three numbers, and one in seven is an OR of two such.",
        page,
    );
}

fn rules(heats: &[(usize, Heat)], title: &str, what: &str, page: &mut String) {
    if heats.is_empty() {
        return;
    }
    section(page, title, heats.iter().map(|(_, heat)| heat));
    let _ = write!(page, "Nanoseconds a record. {what}\n\n");
    page.push_str(&tables::grow(heats));
    for (_, heat) in heats {
        failures(heat, page);
    }
    page.push_str("\n### Building\n\n");
    page.push_str(&tables::building(heats));
}

fn pipeline(results: &Results, page: &mut String) {
    let heat = &results.pipeline;
    if heat.entries.is_empty() {
        return;
    }
    section(page, "A pipeline: deals taken through five states", [heat]);
    let _ = write!(
        page,
        "{} events come to deals, a thousand on their way at a time: five states, a guard on the amount, a quote that must be given, a transition from everywhere.",
        tables::grouped(results.events as f64)
    );
    if let Some(by_hand) = heat.entries.iter().find(|entry| entry.figures.is_object()) {
        let count =
            |name: &str| tables::grouped(by_hand.figures[name].as_f64().unwrap_or_default());
        let _ = write!(
            page,
            " Of {} deals; {} events are made, {} refused by the state, {} by the guard, {} for want of the quote.",
            count("deals"),
            count("made"),
            count("state"),
            count("guard"),
            count("field"),
        );
    }
    page.push('\n');
    for question in [AVAILABLE, FIRE, BOTH] {
        let _ = write!(page, "\n### {}\n\n", capital(question));
        page.push_str(&tables::pipeline(heat, question));
    }
    if results.step.is_object() {
        page.push_str("\n### What Jalon takes\n\n");
        page.push_str(&tables::step(&results.step));
    }
    failures(heat, page);
}

/// Groups of contenders that could not be set up: they have no question to stand under.
fn failures(heat: &Heat, page: &mut String) {
    for entry in heat.entries.iter().filter(|entry| entry.question.is_empty()) {
        let _ =
            write!(page, "\n{}, {}: {}\n", entry.language, entry.name, tables::equal(heat, entry));
    }
}
