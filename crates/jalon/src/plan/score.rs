//! Scores, compiled: constant points as scaled integers, events with their windows and decay.

use jalon_simd::{add_limited, limit};
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::block::{Block, Builder, Root, Times};
use super::code::Code;
use super::decay::Decay;
use super::logic::Glance;
use crate::checked::{Condition, Events, Expr, ExprKind, Line, Score, ScoreId};
use crate::lexicon::Unit;
use crate::schema::TextMode;
use crate::value::fold::fold;
use crate::value::{FieldKey, Value};

/// A compiled score.
#[derive(Clone, Debug)]
pub(crate) struct ScorePlan {
    /// Which score.
    pub(crate) id: ScoreId,
    /// What its lines test on the record; one root for each line that is not on events, then one
    /// for each condition that is judged with the score.
    pub(crate) block: Block,
    /// Its lines, in source order.
    pub(crate) lines: Vec<LinePlan>,
    /// The limits of its groups, in source order.
    pub(crate) groups: Vec<Option<(Decimal, Decimal)>>,
    /// The limits of the total.
    pub(crate) limits: Option<(Decimal, Decimal)>,
    /// The scale of constant points.
    pub(crate) scale: u32,
    /// The lines of constant points, ready to be added up.
    pub(crate) quick: Vec<Quick>,
    /// Those of them that are plain, for one record after another.
    pub(crate) plain: Vec<Plain>,
    /// Where the others are in `quick`.
    pub(crate) others: Vec<u32>,
    /// Where every line is of constant points: the limits as integers of that scale too, so that
    /// the total needs no decimals until it is known.
    pub(crate) bounds: Option<Bounds>,
}

/// Limits as integers; what has none is unbounded.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// Of each group, and last of the lines without one.
    groups: Vec<(i64, i64)>,
    /// Of the total.
    total: (i64, i64),
}

impl Bounds {
    /// The total of the sums of groups.
    #[inline]
    pub(crate) fn total(&self, sums: &[i64]) -> i64 {
        let limited = sums.iter().zip(&self.groups).map(|(sum, (low, high))| *sum.clamp(low, high));
        // No sum of lines can overflow: see `MAX_POINTS`.
        limited.fold(0_i64, i64::wrapping_add).clamp(self.total.0, self.total.1)
    }

    /// The totals of many rows, given the sums of each group; the first `totals.len()` rows.
    pub(crate) fn totals(&self, sums: &[Vec<i64>], totals: &mut [i64]) {
        totals.fill(0);
        for (sums, limits) in sums.iter().zip(&self.groups) {
            add_limited(sums, *limits, totals);
        }
        limit(totals, self.total);
    }
}

/// A line of constant points without a group, of which one look at the only word of a block says
/// whether it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) glance: Glance,
    /// As [`Quick::points`].
    pub(crate) points: [i64; 2],
    /// Index of the line.
    pub(crate) line: u32,
}

impl Plain {
    /// The same of a line that is as simple.
    fn of(line: &Quick, ungrouped: usize) -> Option<Plain> {
        if line.root.is_some() || line.group as usize != ungrouped {
            return None;
        }
        let glance = Glance::new(&line.terms)?;
        Some(Plain { glance, points: line.points, line: line.line })
    }
}

/// A line of constant points: what its condition needs of the first word of bits, where that
/// says it all.
#[derive(Clone, Debug)]
pub(crate) struct Quick {
    /// It holds where of the second bits of one pair the first are set, and no others; errors are
    /// among the second.
    pub(crate) terms: SmallVec<[(u64, u64); 1]>,
    /// Points as an integer: where it does not hold, and where it does. (Looked up: whether a line
    /// holds cannot be predicted, and a table has no branch.)
    pub(crate) points: [i64; 2],
    /// Where they are added.
    pub(crate) group: u32,
    /// Index of the line.
    pub(crate) line: u32,
    /// The root to ask instead, of a condition that masks do not say.
    pub(crate) root: Option<u32>,
}

impl Quick {
    /// Whether it holds of the only word of a block, where no root is to be asked.
    #[inline]
    pub(crate) fn holds(&self, word: u64) -> bool {
        let hold = self.terms.iter().map(|(need, mask)| u32::from(word & mask == *need));
        hold.fold(0, |all, term| all | term) != 0
    }
}

/// A compiled line.
#[derive(Clone, Debug)]
pub(crate) struct LinePlan {
    /// Index of its group.
    pub(crate) group: Option<usize>,
    /// Bound of its sum, in absolute value.
    pub(crate) cap: Option<Decimal>,
    /// What it counts.
    pub(crate) kind: LineKind,
}

/// What a line counts.
#[derive(Clone, Debug)]
pub(crate) enum LineKind {
    /// Constant points, after the cap, scaled by the score's scale.
    Fixed {
        /// Its condition in the block.
        root: usize,
        /// The points as an integer.
        points: i64,
    },
    /// Points of an expression.
    Computed {
        /// Its condition in the block.
        root: usize,
        /// The points.
        points: Code,
    },
    /// Points for each event.
    Events(Box<EventPlan>),
}

/// Points of one event.
#[derive(Clone, Debug)]
pub(crate) enum Points {
    /// Always the same.
    Const(Decimal),
    /// Computed from the event and the record.
    Code(Code),
}

/// A compiled event line.
#[derive(Clone, Debug)]
pub(crate) struct EventPlan {
    /// What is tested on one event; it has one root.
    pub(crate) block: Block,
    /// The points of one event.
    pub(crate) points: Points,
    /// The spellings of its type, folded.
    pub(crate) types: Vec<String>,
    /// The fields that hold events.
    pub(crate) lists: Vec<FieldKey>,
    /// The event's type.
    pub(crate) type_key: FieldKey,
    /// The event's date.
    pub(crate) at_key: FieldKey,
    /// The most of a civil day.
    pub(crate) per_day: Option<u32>,
    /// How far back, that day included.
    pub(crate) window: Option<(u32, Unit)>,
    /// The half-life.
    pub(crate) decay: Option<Decay>,
}

/// Constant points are kept as integers up to this scale and this size.
const MAX_SCALE: u32 = 6;
const MAX_POINTS: i64 = 1 << 40;

impl ScorePlan {
    /// Compiles a score, and conditions that are judged with it.
    pub(crate) fn new(
        id: ScoreId,
        score: &Score,
        guests: &[Option<&Condition>],
        times: &mut Times,
    ) -> ScorePlan {
        let fixed: Vec<Option<Decimal>> = score.lines.iter().map(fixed_points).collect();
        let limits = score.groups.iter().map(|group| group.limits).chain([score.limits]);
        let ends = limits.flatten().flat_map(|(low, high)| [low, high]);
        let scales = fixed.iter().flatten().copied().chain(ends).map(|n| n.scale());
        let scale = scales.filter(|scale| *scale <= MAX_SCALE).max().unwrap_or(0);
        let mut builder = Builder::new(times);
        let mut lines = Vec::with_capacity(score.lines.len());
        let mut root = 0;
        for (line, fixed) in score.lines.iter().zip(fixed) {
            let kind = if let Some(events) = &line.events {
                LineKind::Events(Box::new(EventPlan::new(line, events, builder.times)))
            } else {
                builder.root(line.condition.as_ref(), &[&line.points]);
                root += 1;
                if let Some(points) = fixed.and_then(|points| scaled(points, scale)) {
                    LineKind::Fixed { root: root - 1, points }
                } else {
                    let points = builder.expr(&line.points);
                    LineKind::Computed { root: root - 1, points }
                }
            };
            lines.push(LinePlan { group: line.group.map(|g| g as usize), cap: line.cap, kind });
        }
        for condition in guests {
            builder.root(*condition, &[]);
        }
        let groups: Vec<_> = score.groups.iter().map(|group| group.limits).collect();
        let block = builder.build();
        let quick = quick(&lines, &block, groups.len());
        let bounds =
            (quick.len() == lines.len()).then(|| bounds(&groups, score.limits, scale)).flatten();
        let (mut plain, mut others) = (Vec::new(), Vec::new());
        for (line, index) in quick.iter().zip(0..) {
            match Plain::of(line, groups.len()) {
                Some(line) => plain.push(line),
                None => others.push(index),
            }
        }
        let limits = score.limits;
        ScorePlan { id, block, lines, groups, limits, scale, quick, plain, others, bounds }
    }

    /// Whether every total is a whole number.
    pub(crate) fn is_whole(&self) -> bool {
        let whole = |n: Decimal| n.fract().is_zero();
        let limits = self.groups.iter().chain([&self.limits]).flatten();
        limits.clone().all(|(low, high)| whole(*low) && whole(*high))
            && self.lines.iter().all(|line| {
                line.cap.is_none_or(whole)
                    && match &line.kind {
                        LineKind::Fixed { points, .. } => points % 10_i64.pow(self.scale) == 0,
                        LineKind::Computed { points, .. } => {
                            matches!(points, Code::Const(Value::Number(n)) if whole(*n))
                        }
                        LineKind::Events(events) => {
                            events.decay.is_none()
                                && matches!(&events.points, Points::Const(n) if whole(*n))
                        }
                    }
            })
    }

    /// Whether it has a line on events.
    pub(crate) fn has_events(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.kind, LineKind::Events(_)))
    }
}

impl EventPlan {
    fn new(line: &Line, events: &Events, times: &mut Times) -> EventPlan {
        let mut builder = Builder::new(times);
        builder.root(line.condition.as_ref(), &[&line.points]);
        let points = match constant(&line.points) {
            Some(points) => Points::Const(points),
            None => Points::Code(builder.expr(&line.points)),
        };
        let folded = |text: &String| fold(text, TextMode::default()).into_owned();
        EventPlan {
            block: builder.build(),
            points,
            types: std::iter::once(&events.id).chain(&events.labels).map(folded).collect(),
            lists: events.lists.clone(),
            type_key: events.type_key.clone(),
            at_key: events.at_key.clone(),
            per_day: events.per_day,
            window: events.window,
            decay: events.half_life_days.map(Decay::new),
        }
    }
}

/// The lines of constant points; those without a group go to the last sum.
fn quick(lines: &[LinePlan], block: &Block, groups: usize) -> Vec<Quick> {
    let mut quick = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let LineKind::Fixed { root, points } = line.kind else { continue };
        let terms = block.roots.get(root).and_then(Root::terms);
        quick.push(Quick {
            root: terms.is_none().then_some(root as u32),
            terms: terms.unwrap_or_default(),
            points: [0, points],
            group: line.group.unwrap_or(groups) as u32,
            line: index as u32,
        });
    }
    quick
}

/// The points of a line that are the same for every record, after the line's cap.
fn fixed_points(line: &Line) -> Option<Decimal> {
    let points = constant(&line.points).filter(|_| line.events.is_none())?;
    Some(capped(points, line.cap).normalize())
}

/// Bounds points in absolute value.
pub(crate) fn capped(points: Decimal, cap: Option<Decimal>) -> Decimal {
    match cap {
        Some(cap) => points.clamp(-cap, cap),
        None => points,
    }
}

/// The value of a constant expression of points.
pub(crate) fn constant(points: &Expr) -> Option<Decimal> {
    match &points.kind {
        ExprKind::Const(Value::Number(number)) => Some(*number),
        ExprKind::Negate(part) => constant(part).map(|number| -number),
        _ => None,
    }
}

/// Limits as integers at a scale; `None` when one has no such integer.
fn bounds(
    groups: &[Option<(Decimal, Decimal)>],
    limits: Option<(Decimal, Decimal)>,
    scale: u32,
) -> Option<Bounds> {
    let scaled = |limits: Option<(Decimal, Decimal)>| match limits {
        Some((low, high)) => Some((scaled(low, scale)?, scaled(high, scale)?)),
        None => Some((i64::MIN, i64::MAX)),
    };
    let groups = groups.iter().copied().chain([None]).map(scaled).collect::<Option<_>>()?;
    Some(Bounds { groups, total: scaled(limits)? })
}

/// A number as an integer at a scale, if it is exact and small enough that thousands of them
/// cannot overflow.
fn scaled(points: Decimal, scale: u32) -> Option<i64> {
    let factor = 10_i128.checked_pow(scale.checked_sub(points.scale())?)?;
    let scaled = i64::try_from(points.mantissa().checked_mul(factor)?).ok()?;
    (scaled.abs() <= MAX_POINTS).then_some(scaled)
}
