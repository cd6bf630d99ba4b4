//! What a score gives.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::checked::content::Content;
use crate::eval::{Node, Read, RecordError};
use crate::source::Span;
use crate::value::{Instant, Zone};

/// A score with its reasons.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreResult {
    /// The score's name.
    pub name: String,
    /// The hash of what the score says: [`Program::content`](crate::Program::content) tells of it.
    pub content: Content,
    /// After line caps, group limits and score limits.
    pub total: Decimal,
    /// Sum of the positive lines, after line caps, before group and score limits.
    pub positive: Decimal,
    /// Sum of the negative lines, likewise; at most 0.
    pub negative: Decimal,
    /// The part of `positive` and `negative` that events gave (touch points).
    pub touch_points: EventPoints,
    /// Stars, if the score declares them and the total reaches the first threshold.
    pub stars: Option<u32>,
    /// Label, likewise.
    pub label: Option<String>,
    /// Every line, those that give nothing included, in source order.
    pub lines: Vec<LineResult>,
    /// Every group, in source order.
    pub groups: Vec<GroupResult>,
    /// The earliest instant at which the score can change by itself; `None` when it cannot.
    pub next_change: Option<Instant>,
    /// Values of the wrong type; the lines that read them gave 0.
    pub errors: Vec<RecordError>,
    /// The zone in which sentences give times.
    #[serde(skip)]
    pub zone: Zone,
}

/// Points from events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventPoints {
    /// Gained.
    pub positive: Decimal,
    /// Lost; at most 0.
    pub negative: Decimal,
}

/// One line of a score.
#[derive(Clone, Debug, Serialize)]
pub struct LineResult {
    /// The line as written.
    pub text: String,
    /// Where it stands in the source.
    pub span: Span,
    /// Its group's name.
    pub group: Option<String>,
    /// The points it gave, after its cap.
    pub points: Decimal,
    /// What it would have given without its cap, where that is more.
    pub capped_from: Option<Decimal>,
    /// Whether its criterion holds (for an event line: for at least one event).
    pub holds: bool,
    /// Why: the criterion explained on the record; `None` for lines without one and for event
    /// lines.
    pub reason: Option<Node>,
    /// The values its points were computed from, by name, where they are an expression.
    pub values: Vec<(String, Read)>,
    /// For an event line, what became of the events.
    pub events: Option<EventCounts>,
}

/// What became of the events of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventCounts {
    /// Of the line's type.
    pub found: u32,
    /// That gave points.
    pub counted: u32,
    /// Outside the window.
    pub expired: u32,
    /// After now.
    pub future: u32,
    /// That the criterion refused.
    pub refused: u32,
    /// Beyond the number a day.
    pub over_daily_limit: u32,
    /// Without a date: counted without window, daily limit or decay.
    pub undated: u32,
}

/// One group of a score.
#[derive(Clone, Debug, Serialize)]
pub struct GroupResult {
    /// Its name.
    pub name: String,
    /// The sum of its lines, after their caps.
    pub before_limits: Decimal,
    /// After its limits.
    pub points: Decimal,
}
