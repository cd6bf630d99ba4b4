//! Scores as written.

use serde::{Deserialize, Serialize};

use super::{Criterion, Expr, Lapse, Name};
use crate::source::Span;

/// `score Scorex sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Its name.
    pub name: Name,
    /// The module it scores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// The lines before the first group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Groups, in source order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// `entre -100 et 100`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// `étoiles 1 dès 0, 2 dès 20`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stars: Vec<Threshold>,
    /// `mentions froid dès -100, tiède dès 30`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Threshold>,
}

/// `groupe Comportement, entre 0 et 60` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its first line.
    #[serde(skip)]
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// Its lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

/// `entre a et b`: numbers as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// Lower bound, included.
    pub low: Name,
    /// Upper bound, included.
    pub high: Name,
}

/// `3 dès 40`, `chaud dès 60`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The number of stars, or the label.
    pub name: Name,
    /// From which total, as written.
    pub from: Name,
}

/// One line of a score.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// The points; `Soustraire 10 points` and `-10` are a negated expression.
    pub points: Expr,
    /// `par e-mail ouvert …`: one time for each event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Events>,
    /// `au plus 50`: points, in absolute value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Name>,
    /// `si …`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
}

/// `par visite, au plus 1 par jour, sur 90 jours, demi-vie 30 jours`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// Where the type stands.
    #[serde(skip)]
    pub span: Span,
    /// The event type as written; `lexicon::event_type` reads it.
    pub event: Name,
    /// `au plus 1 par jour`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
    /// `sur 90 jours`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Lapse>,
    /// `demi-vie 30 jours`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<Lapse>,
}
