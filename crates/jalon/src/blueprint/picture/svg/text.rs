//! Lines of text with their signs, as they stand in boxes and labels.

use super::measure::{Font, width, wrap};
use super::xml::{N, Xml, put};

/// A line of a label.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What is written.
    pub text: String,
    /// How.
    pub style: Style,
    /// What stands before it.
    pub sign: Option<Sign>,
    /// What stands behind it.
    pub after: Option<Sign>,
}

/// How a line is written; each has a class of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The name of a transition.
    Name,
    /// What stands below it.
    Note,
    /// From where, above it.
    From,
    /// Figures.
    Figures,
    /// What was refused.
    Refused,
}

/// A small sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A clock: after a time.
    Clock,
    /// Somebody: who may.
    Person,
    /// A box to be ticked: a child.
    Tick,
    /// A lozenge: only where a criterion holds.
    Condition,
}

/// The width of a sign with the space beside it.
pub(super) const SIGN: f64 = 15.0;

impl Style {
    /// Its class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Style::Name => "n",
            Style::Note => "o",
            Style::From => "f",
            Style::Figures => "g",
            Style::Refused => "r",
        }
    }

    pub(super) fn font(self) -> Font {
        match self {
            Style::Name => Font { size: 12.0, bold: true },
            Style::From => Font { size: 10.5, bold: false },
            Style::Note | Style::Refused => Font { size: 11.0, bold: false },
            Style::Figures => Font { size: 11.0, bold: true },
        }
    }

    /// The height of a line.
    pub(super) fn height(self) -> f64 {
        if self == Style::Name { 16.0 } else { 14.5 }
    }
}

impl Line {
    /// A text in as many lines as it needs, two at most; its signs stand at its two ends.
    pub(super) fn wrapped(text: &str, style: Style, sign: Option<Sign>, widest: f64) -> Vec<Line> {
        let lines = wrap(text, style.font(), widest, 2).into_iter().enumerate();
        lines
            .map(|(index, text)| Line {
                text,
                style,
                sign: sign.filter(|_| index == 0),
                after: None,
            })
            .collect()
    }

    /// Its width.
    pub(super) fn width(&self) -> f64 {
        let signs = self.sign.iter().chain(&self.after).count() as f64;
        width(&self.text, self.style.font()) + signs * SIGN
    }

    /// Draws it with its middle at `x`, its top at `y`.
    pub(super) fn draw(&self, out: &mut String, x: f64, y: f64) {
        let (whole, height) = (self.width(), self.style.height());
        let (left, middle) = (x - whole / 2.0, y + height / 2.0);
        if let Some(sign) = self.sign {
            sign.draw(out, left + 5.5, middle);
        }
        if let Some(sign) = self.after {
            sign.draw(out, left + whole - 5.5, middle);
        }
        let before = if self.sign.is_some() { SIGN } else { 0.0 };
        let after = if self.after.is_some() { SIGN } else { 0.0 };
        let centre = x + (before - after) / 2.0;
        let base = middle + self.style.font().size * 0.36;
        let class = self.style.class();
        put!(out, r#"<text class="{class}" x="{}" y="{}">"#, N(centre), N(base));
        put!(out, "{}</text>", Xml(&self.text));
    }
}

impl Sign {
    /// Draws it around a point.
    pub(super) fn draw(self, out: &mut String, x: f64, y: f64) {
        let at = format!(r#"transform="translate({} {})""#, N(x), N(y));
        let shape = match self {
            Sign::Clock => r#"<circle r="4.6"/><path d="M0-2.6V0L1.9 1.2"/>"#,
            Sign::Person => r#"<circle cy="-2.3" r="2.1"/><path d="M-4 4.4C-4 .6 4 .6 4 4.4Z"/>"#,
            Sign::Tick => r#"<path d="M-4-4H4V4H-4Z"/>"#,
            Sign::Condition => r#"<path d="M0-4.8L4.8 0L0 4.8L-4.8 0Z"/>"#,
        };
        put!(out, r#"<g class="s" {at}>{shape}</g>"#);
    }
}
