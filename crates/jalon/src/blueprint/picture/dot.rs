//! DOT, the language of Graphviz.

use std::fmt::Write;

use super::sketch::{Arrow, Sketch, Sources, Spot};
use crate::checked::blueprint::TransitionKind;

/// Writes the graph.
pub(super) fn write(sketch: &Sketch) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    let title = [std::slice::from_ref(&sketch.title), sketch.about.as_slice()].concat().join(" · ");
    line(format!("digraph {} {{", name(&sketch.title)));
    line(format!(
        "  graph [label={}, labelloc=t, labeljust=l, fontname=\"Helvetica\", fontsize=16, rankdir=TB, nodesep=0.35, ranksep=0.45]",
        quoted(&title)
    ));
    line("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=12, penwidth=1.5, margin=\"0.2,0.1\"]".to_owned());
    line("  edge [fontname=\"Helvetica\", fontsize=10, color=\"#8492a6\", fontcolor=\"#334155\", arrowsize=0.8]".to_owned());
    if let Some(start) = sketch.start {
        let entry = sketch.entry.as_ref().map(|entry| {
            format!(" [label={}]", quoted(&format!("{} {entry}", sketch.lang.pick("si", "if"))))
        });
        line("  start [shape=circle, width=0.16, label=\"\", style=filled, fillcolor=\"#475569\", color=\"#475569\"]".to_owned());
        line(format!("  start -> s{start}{}", entry.unwrap_or_default()));
    }
    for (index, spot) in sketch.spots.iter().enumerate() {
        line(format!("  s{index} [{}]", node(spot)));
    }
    for (index, arrow) in sketch.arrows.iter().enumerate() {
        let style = edge(arrow);
        match &arrow.from {
            Sources::States(from) => {
                for (source, _) in from {
                    line(format!("  s{source} -> s{} [{style}]", arrow.to));
                }
            }
            Sources::Said(from, _) => {
                line(format!(
                    "  c{index} [label={}, style=\"rounded,dashed\", color=\"#94a3b8\", fontcolor=\"#475569\", fontsize=10, margin=\"0.12,0.05\", height=0.3]",
                    quoted(from)
                ));
                line(format!("  c{index} -> s{} [{style}]", arrow.to));
            }
        }
    }
    out.push_str("}\n");
    out
}

fn node(spot: &Spot) -> String {
    let deadline = spot.deadline.as_ref().map(|deadline| format!("⏱ {deadline}"));
    let more = [&spot.probability, &deadline, &spot.figures];
    let more: Vec<&str> = more.into_iter().flatten().map(String::as_str).collect();
    let mut label = spot.name.clone();
    if !more.is_empty() {
        let _ = write!(label, "\n{}", more.join(" · "));
    }
    let [fill, line, text] = spot.look.colours();
    let (label, tooltip) = (quoted(&label), quoted(&spot.tooltip));
    format!(
        "label={label}, tooltip={tooltip}, fillcolor=\"{fill}\", color=\"{line}\", fontcolor=\"{text}\""
    )
}

fn edge(arrow: &Arrow) -> String {
    let mut lines = vec![arrow.name.clone()];
    if arrow.conditional {
        lines[0].push_str(" ◇");
    }
    lines.extend(arrow.wait.iter().map(|wait| format!("⏱ {wait}")));
    lines.extend(arrow.owners.iter().map(|owners| format!("({owners})")));
    lines.extend(arrow.children.iter().map(|child| format!("∥ {child}")));
    lines.extend([&arrow.figures, &arrow.refused].into_iter().flatten().cloned());
    let style = match arrow.kind {
        TransitionKind::Automatic(..) => ", style=dashed",
        TransitionKind::Parallel => ", style=bold",
        _ => "",
    };
    format!("label={}, tooltip={}{style}", quoted(&lines.join("\n")), quoted(&arrow.tooltip))
}

/// A label in double quotes, on lines in the middle; Graphviz would read its entities.
fn quoted(text: &str) -> String {
    name(&text.replace('&', "&amp;"))
}

/// A name in double quotes.
fn name(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
