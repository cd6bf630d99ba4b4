//! The label of a transition, which stands in its line.

use crate::checked::blueprint::TransitionKind;

use super::super::sketch::{Arrow, Sources};
use super::text::{Line, Sign, Style};
use super::xml::{N, Xml, put};

const WIDEST: f64 = 196.0;
/// From the label's edge to its text.
const PADDING: (f64, f64) = (9.0, 4.5);
/// At most so many children have a line.
const MOST_CHILDREN: usize = 8;

/// A label, measured.
#[derive(Clone, Debug)]
pub(super) struct Chip {
    lines: Vec<Line>,
    class: &'static str,
    tooltip: String,
    /// Its width; 0 where nothing is written.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Chip {
    /// The label of a transition; one that is called as its target says nothing.
    pub(super) fn new(arrow: &Arrow, target: &str) -> Chip {
        let mut lines = Vec::new();
        if let Sources::Said(from, _) = &arrow.from {
            lines.extend(Line::wrapped(from, Style::From, None, WIDEST));
        }
        lines.extend(Line::wrapped(&arrow.name, Style::Name, None, WIDEST));
        if arrow.conditional
            && let Some(last) = lines.last_mut()
        {
            last.after = Some(Sign::Condition);
        }
        let mut note = |text: &Option<String>, style, sign| {
            let text = text.as_deref().unwrap_or_default();
            lines.extend(Line::wrapped(text, style, sign, WIDEST));
        };
        note(&arrow.wait, Style::Note, Some(Sign::Clock));
        note(&arrow.owners, Style::Note, Some(Sign::Person));
        for child in arrow.children.iter().take(MOST_CHILDREN) {
            note(&Some(child.clone()), Style::Note, Some(Sign::Tick));
        }
        if arrow.children.len() > MOST_CHILDREN {
            let more = arrow.children.len() - MOST_CHILDREN;
            note(&Some(format!("+ {more}")), Style::Note, Some(Sign::Tick));
        }
        note(&arrow.figures, Style::Figures, None);
        note(&arrow.refused, Style::Refused, None);
        let class = match (&arrow.from, arrow.kind) {
            (Sources::Said(..), _) => "all",
            (_, TransitionKind::Automatic(..)) => "auto",
            (_, TransitionKind::Parallel) => "par",
            _ => "one",
        };
        if class == "one" && lines.len() == 1 && !arrow.conditional && arrow.name == target {
            lines.clear();
        }
        Chip::of(lines, class, arrow.tooltip.clone())
    }

    fn of(lines: Vec<Line>, class: &'static str, tooltip: String) -> Chip {
        let widest = lines.iter().map(Line::width).fold(0.0, f64::max);
        let height: f64 = lines.iter().map(|line| line.style.height()).sum();
        let empty = lines.is_empty();
        Chip {
            width: if empty { 0.0 } else { widest + 2.0 * PADDING.0 },
            height: if empty { 0.0 } else { height + 2.0 * PADDING.1 },
            lines,
            class,
            tooltip,
        }
    }

    /// Whether nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Draws it around a point.
    pub(super) fn draw(&self, out: &mut String, (x, y): (f64, f64)) {
        let (left, top) = (x - self.width / 2.0, y - self.height / 2.0);
        let (width, height) = (N(self.width), N(self.height));
        put!(out, r#"<g class="l {}"><title>{}</title>"#, self.class, Xml(&self.tooltip));
        put!(
            out,
            r#"<rect class="x" x="{}" y="{}" width="{width}" height="{height}" rx="8"/>"#,
            N(left),
            N(top)
        );
        if self.class == "all" {
            let right = left + self.width - 10.0;
            put!(out, r#"<path class="u" d="M{} {}H{}"/>"#, N(left + 10.0), N(top), N(right));
        }
        if self.class == "par" {
            let (one, other) = (N(left + 3.5), N(left + self.width - 3.5));
            let (from, to) = (N(top + 7.0), N(top + self.height - 7.0));
            put!(out, r#"<path class="u" d="M{one} {from}V{to}M{other} {from}V{to}"/>"#);
        }
        let mut line_top = top + PADDING.1;
        let ticked = |line: &&Line| line.sign == Some(Sign::Tick);
        let widest = self.lines.iter().filter(ticked).map(Line::width).fold(0.0, f64::max);
        for line in &self.lines {
            // Children stand in a column.
            let aside = if ticked(&line) { (line.width() - widest) / 2.0 } else { 0.0 };
            line.draw(out, x + aside, line_top);
            line_top += line.style.height();
        }
        out.push_str("</g>\n");
    }
}
