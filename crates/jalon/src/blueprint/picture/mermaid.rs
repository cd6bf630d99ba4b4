//! Mermaid: a state diagram that `mermaid` renders, as GitHub and notebooks do.

use std::fmt::Write;

use super::sketch::{Arrow, Look, Sketch, Sources, Spot};
use crate::checked::blueprint::TransitionKind;

/// Writes the diagram.
pub(super) fn write(sketch: &Sketch) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    // A title of YAML, of which JSON is a part.
    line("---".to_owned());
    line(format!("title: {}", serde_json::Value::from(sketch.title.as_str())));
    line("---".to_owned());
    line("stateDiagram-v2".to_owned());
    line("    direction TB".to_owned());
    for look in Look::ALL {
        if sketch.spots.iter().any(|spot| spot.look == look) {
            let [fill, stroke, text] = look.colours();
            let word = class(look);
            line(format!("    classDef {word} fill:{fill},stroke:{stroke},color:{text}"));
        }
    }
    let said = |arrow: &Arrow| matches!(arrow.from, Sources::Said(..));
    if sketch.arrows.iter().any(said) {
        line(
            "    classDef anywhere fill:#f8fafc,stroke:#94a3b8,color:#475569,stroke-dasharray:3 3"
                .to_owned(),
        );
    }
    for (index, spot) in sketch.spots.iter().enumerate() {
        line(format!("    state \"{}\" as s{index}", described(spot)));
        line(format!("    class s{index} {}", class(spot.look)));
    }
    if let Some(start) = sketch.start {
        let entry = sketch
            .entry
            .as_ref()
            .map(|entry| format!(" : {} {}", sketch.lang.pick("si", "if"), escaped(entry)));
        line(format!("    [*] --> s{start}{}", entry.unwrap_or_default()));
    }
    for (index, arrow) in sketch.arrows.iter().enumerate() {
        let label = label(arrow);
        match &arrow.from {
            Sources::States(from) => {
                for (source, _) in from {
                    line(format!("    s{source} --> s{} : {label}", arrow.to));
                }
            }
            Sources::Said(from, _) => {
                line(format!("    state \"{}\" as c{index}", escaped(from)));
                line(format!("    class c{index} anywhere"));
                line(format!("    c{index} --> s{} : {label}", arrow.to));
            }
        }
    }
    for (index, spot) in sketch.spots.iter().enumerate() {
        if matches!(spot.look, Look::Won | Look::Lost | Look::Final) {
            line(format!("    s{index} --> [*]"));
        }
    }
    out
}

/// `default` is a word of Mermaid's own.
fn class(look: Look) -> &'static str {
    if look == Look::Default { "first" } else { look.word() }
}

fn described(spot: &Spot) -> String {
    let mut text = escaped(&spot.name);
    let deadline = spot.deadline.as_ref().map(|deadline| format!("⏱ {deadline}"));
    let more = [&spot.probability, &deadline, &spot.figures];
    let more: Vec<String> = more.into_iter().flatten().map(|part| escaped(part)).collect();
    if !more.is_empty() {
        let _ = write!(text, "<br/>{}", more.join(" · "));
    }
    text
}

fn label(arrow: &Arrow) -> String {
    let mut parts = vec![escaped(&arrow.name)];
    if arrow.conditional {
        parts[0].push_str(" ◇");
    }
    if let (TransitionKind::Automatic(..), Some(wait)) = (arrow.kind, &arrow.wait) {
        parts.push(format!("⏱ {}", escaped(wait)));
    }
    parts.extend(arrow.owners.iter().map(|owners| escaped(&format!("({owners})"))));
    parts.extend(arrow.children.iter().map(|child| escaped(&format!("∥ {child}"))));
    parts.extend(arrow.figures.iter().map(|it| escaped(it)));
    parts.extend(arrow.refused.iter().map(|it| escaped(it)));
    parts.join("<br/>")
}

/// A text in which nothing means anything to Mermaid, nor to the HTML that it makes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | ';' | ':' | '"' | '<' | '>' | '&' | '{' | '}' | '[' | ']' | '%' | '`' | '\\'
            | '*' | '_' => {
                let _ = write!(out, "#{};", c as u32);
            }
            '-' if out.ends_with('-') => out.push_str("#45;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
