//! The reasons of a score in one sentence.

use std::fmt::Write;

use jalon::lang::Lang;
use jalon::score::ScoreResult;
use rust_decimal::Decimal;

use crate::number;

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

fn signed(points: Decimal, lang: Lang) -> String {
    let text = number::decimal(points, 4, lang);
    if points > Decimal::ZERO { format!("+{text}") } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
