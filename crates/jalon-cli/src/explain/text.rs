//! Explanations as people read them.

use std::fmt::Write;

use jalon::eval::{Because, Explanation, LeafReason, Node, Read, RecordError};
use jalon::lang::Lang;
use jalon::score::result::EventCounts;
use jalon::score::{LineResult, ScoreResult};
use jalon::value::{Instant, Zone};
use rust_decimal::Decimal;

use crate::number;

/// A score with all its lines.
pub fn score(result: &ScoreResult, lang: Lang) -> String {
    let mut text = format!("{} = {}", result.name, number::decimal(result.total, 4, lang));
    if let Some(stars) = result.stars {
        let _ = write!(text, " · {}", "★".repeat(stars.min(10) as usize));
    }
    if let Some(label) = &result.label {
        let _ = write!(text, " · {label}");
    }
    text.push('\n');
    let points: Vec<String> = result.lines.iter().map(|line| signed(line.points, lang)).collect();
    let widest = points.iter().map(|points| points.chars().count()).max().unwrap_or(0);
    let mut group = None;
    for (line, points) in result.lines.iter().zip(&points) {
        if line.group != group {
            group.clone_from(&line.group);
            group_head(result, group.as_deref(), lang, &mut text);
        }
        let mark = if line.holds { '✓' } else { '✗' };
        let _ = writeln!(text, "  {points:>widest$}  {mark} {}", one_line(&line.text));
        details(line, widest + 6, lang, &mut text);
    }
    if result.positive + result.negative != result.total {
        let (plus, minus) = (signed(result.positive, lang), signed(result.negative, lang));
        let _ = writeln!(
            text,
            "  {}",
            lang.pick(
                format!("avant les bornes : {plus} et {minus}"),
                format!("before limits: {plus} and {minus}"),
            )
        );
    }
    if let Some(next) = result.next_change {
        let next = at(next, result.zone);
        let _ = writeln!(
            text,
            "  {}",
            lang.pick(
                format!("change de lui-même au plus tôt le {next}"),
                format!("changes by itself at {next} at the earliest"),
            )
        );
    }
    errors(&result.errors, lang, &mut text);
    text
}

/// An instant as the clocks of the evaluation show it.
fn at(instant: Instant, zone: Zone) -> String {
    if zone == Zone::UTC { instant.to_string() } else { zone.local(instant).to_string() }
}

fn group_head(result: &ScoreResult, group: Option<&str>, lang: Lang, text: &mut String) {
    let Some(group) = result.groups.iter().find(|known| Some(known.name.as_str()) == group) else {
        return;
    };
    let points = signed(group.points, lang);
    let _ = write!(text, "  {}{}{points}", group.name, colon(lang));
    if group.before_limits != group.points {
        let before = signed(group.before_limits, lang);
        let limited = lang.pick("ramené de", "brought from");
        let _ = write!(text, " ({limited} {before})");
    }
    text.push('\n');
}

/// The reasons of a line, under it.
fn details(line: &LineResult, indent: usize, lang: Lang, text: &mut String) {
    let pad = " ".repeat(indent);
    if let Some(node) = &line.reason {
        match node {
            Node::Leaf(leaf) => {
                let _ = writeln!(text, "{pad}{}", leaf_detail(leaf, lang));
            }
            node => tree(node, indent, lang, text),
        }
    }
    for (name, value) in &line.values {
        let _ = writeln!(text, "{pad}{name}{}{}", colon(lang), read(value, lang));
    }
    if let Some(from) = line.capped_from {
        let from = signed(from, lang);
        let _ = writeln!(
            text,
            "{pad}{}",
            lang.pick(format!("plafonné, sinon {from}"), format!("capped, otherwise {from}"))
        );
    }
    if let Some(counts) = &line.events {
        let _ = writeln!(text, "{pad}{}", events(counts, lang));
    }
}

/// What became of the events of a line.
fn events(counts: &EventCounts, lang: Lang) -> String {
    let parts = [
        (counts.counted, lang.pick(("compté", "comptés"), ("counted", "counted"))),
        (counts.expired, lang.pick(("trop ancien", "trop anciens"), ("too old", "too old"))),
        (counts.future, lang.pick(("à venir", "à venir"), ("to come", "to come"))),
        (
            counts.refused,
            lang.pick(
                ("refusé par le critère", "refusés par le critère"),
                ("refused by the criterion", "refused by the criterion"),
            ),
        ),
        (
            counts.over_daily_limit,
            lang.pick(
                ("au-delà du nombre par jour", "au-delà du nombre par jour"),
                ("over the daily number", "over the daily number"),
            ),
        ),
        (
            counts.undated,
            lang.pick(("sans date", "sans date"), ("without a date", "without a date")),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, (one, many))| number::counted(count.into(), one, many, lang))
        .collect();
    let (one, many) = lang.pick(("événement", "événements"), ("event", "events"));
    let head = number::counted(counts.found.into(), one, many, lang);
    if parts.is_empty() { head } else { format!("{head}{}{}", colon(lang), parts.join(", ")) }
}

/// A criterion with all its parts.
pub fn criterion(explanation: &Explanation, lang: Lang) -> String {
    let mut text = if explanation.holds {
        lang.pick("✓ le critère est respecté\n", "✓ the criterion holds\n")
    } else {
        lang.pick("✗ le critère n'est pas respecté\n", "✗ the criterion does not hold\n")
    }
    .to_owned();
    tree(&explanation.root, 2, lang, &mut text);
    errors(&explanation.errors, lang, &mut text);
    text
}

fn errors(errors: &[RecordError], lang: Lang, text: &mut String) {
    for error in errors {
        let _ = writeln!(text, "  ! {}", error.message(lang));
    }
}

/// The parts of a criterion, one a line, indented as they nest.
fn tree(node: &Node, indent: usize, lang: Lang, text: &mut String) {
    let pad = " ".repeat(indent);
    let mark = |holds: bool| if holds { '✓' } else { '✗' };
    let (holds, head, parts): (_, _, Vec<&Node>) = match node {
        Node::Leaf(leaf) => {
            let detail = leaf_detail(leaf, lang);
            let _ = writeln!(text, "{pad}{} {} — {detail}", mark(leaf.holds), one_line(&leaf.text));
            return;
        }
        Node::All { holds, parts } => (
            *holds,
            lang.pick("toutes les conditions :", "all of:").to_owned(),
            parts.iter().collect(),
        ),
        Node::Any { holds, parts } => (
            *holds,
            lang.pick("au moins une condition :", "at least one of:").to_owned(),
            parts.iter().collect(),
        ),
        Node::Not { holds, part } => {
            (*holds, lang.pick("le contraire de :", "the contrary of:").to_owned(), vec![part])
        }
        Node::Related { holds, text, count, matching, decisive, .. } => {
            let text = one_line(text);
            let head = lang.pick(
                format!("{text} — {matching} sur {count}"),
                format!("{text} — {matching} of {count}"),
            );
            (*holds, head, decisive.iter().map(AsRef::as_ref).collect())
        }
    };
    let _ = writeln!(text, "{pad}{} {head}", mark(holds));
    for part in parts {
        tree(part, indent + 2, lang, text);
    }
}

/// What a leaf read, and the reason that people miss.
fn leaf_detail(leaf: &LeafReason, lang: Lang) -> String {
    let mut text = format!("{}{}{}", leaf.field, colon(lang), read(&leaf.value, lang));
    if !leaf.compared_with.is_empty() {
        let others: Vec<String> =
            leaf.compared_with.iter().map(|value| read(value, lang)).collect();
        let _ = write!(text, ", {} {}", lang.pick("comparé à", "compared with"), others.join(", "));
    }
    if let Some(interval) = leaf.interval_text(lang) {
        let _ = write!(text, ", {} {interval}", lang.pick("intervalle", "interval"));
    }
    if let Some(because) = leaf.because.and_then(|because| reason(because, leaf.holds, lang)) {
        let _ = write!(text, " ({because})");
    }
    text
}

/// The silent causes; nothing where the value says it already.
fn reason(because: Because, holds: bool, lang: Lang) -> Option<&'static str> {
    match (because, holds) {
        (Because::Empty | Because::Absent, true) => {
            Some(lang.pick("vrai parce que le champ est vide", "true because the field is empty"))
        }
        (Because::Empty | Because::Absent | Because::WrongType, _) => None,
        (Because::Case, _) => {
            Some(lang.pick("seule la casse diffère", "only upper and lower case differ"))
        }
        (Because::Accents, _) => {
            Some(lang.pick("seuls les accents diffèrent", "only accents differ"))
        }
        (Because::OuterSpaces, _) => {
            Some(lang.pick("seuls des espaces autour diffèrent", "only spaces around it differ"))
        }
        (Because::Unlisted, _) => {
            Some(lang.pick("valeur absente de la liste déclarée", "not a declared value"))
        }
    }
}

fn read(value: &Read, lang: Lang) -> String {
    match value {
        Read::Value(value) => format!("`{value}`"),
        Read::Empty => lang.pick("vide", "empty").to_owned(),
        Read::Absent => lang.pick("absent", "absent").to_owned(),
        Read::WrongType(value) => lang
            .pick(format!("`{value}`, du mauvais type"), format!("`{value}`, of the wrong type")),
    }
}

/// The lines that gave points, in one sentence for a cell.
pub fn sentence(result: &ScoreResult, lang: Lang) -> String {
    let lines: Vec<String> = result
        .lines
        .iter()
        .filter(|line| !line.points.is_zero())
        .map(|line| {
            let text = one_line(&line.text);
            let points = signed(line.points, lang);
            if text.starts_with(&points) { text } else { format!("{points} ({text})") }
        })
        .collect();
    let mut text = if lines.is_empty() {
        lang.pick("aucune ligne ne compte", "no line counts").to_owned()
    } else {
        lines.join("; ")
    };
    for error in &result.errors {
        let _ = write!(text, "; {}", error.message(lang));
    }
    text
}

fn colon(lang: Lang) -> &'static str {
    lang.pick(" : ", ": ")
}

fn signed(points: Decimal, lang: Lang) -> String {
    let text = number::decimal(points, 4, lang);
    if points > Decimal::ZERO { format!("+{text}") } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
