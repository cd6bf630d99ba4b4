//! One line laid out: broken where it is too long, and where a comment stands inside it.

use crate::syntax::layout::Remark;

/// Lines are broken so that they are no wider than this, where they can be.
const WIDTH: usize = 100;

/// Why a line may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Behind a comma.
    Comma,
    /// Before a connective.
    Connective,
    /// Inside a bracket, only where a comment asks for it.
    Bracket,
}

/// Text that stays together, and the place before it where the line may break.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) text: String,
    /// Why the line may break before it; of the first one it means nothing.
    pub(super) reason: Reason,
    /// In how many brackets the break stands.
    pub(super) depth: usize,
    /// Comments that stand at the break: they break the line.
    pub(super) remarks: Vec<Remark>,
}

/// One line of the result.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Columns before it.
    pub(super) indentation: usize,
    pub(super) text: String,
    /// The comment at its end.
    pub(super) remark: Option<Remark>,
}

/// Lays out one line.
pub(super) fn lay(segments: &[Segment], indentation: usize) -> Vec<Row> {
    let mut widths = vec![0];
    let mut forced = vec![0];
    for segment in segments {
        let gap = usize::from(segment.reason != Reason::Bracket);
        widths.push(widths[widths.len() - 1] + gap + segment.text.chars().count());
        forced.push(forced[forced.len() - 1] + usize::from(!segment.remarks.is_empty()));
    }
    let mut layout = Layout { segments, widths, forced, out: Vec::new() };
    layout.part(0, segments.len(), indentation);
    layout.out
}

struct Layout<'a> {
    segments: &'a [Segment],
    /// How wide everything before a segment is.
    widths: Vec<usize>,
    /// How many breaks before a segment are asked for.
    forced: Vec<usize>,
    out: Vec<Row>,
}

impl Layout<'_> {
    /// Whether segments fit on one line.
    fn fits(&self, from: usize, to: usize, indentation: usize) -> bool {
        let forced = self.forced[to] - self.forced[(from + 1).min(to)];
        forced == 0 && indentation + self.widths[to] - self.widths[from] <= WIDTH
    }

    /// Lays out some segments; those behind the first line stand deeper.
    fn part(&mut self, from: usize, to: usize, indentation: usize) {
        if self.fits(from, to, indentation) {
            let text = self.flat(from, to);
            return self.out.push(Row { indentation, text, remark: None });
        }
        let inner = || from + 1..to;
        let breakable = |at: &usize| {
            let segment = &self.segments[*at];
            segment.reason != Reason::Bracket || !segment.remarks.is_empty()
        };
        let Some(depth) = inner().filter(breakable).map(|at| self.segments[at].depth).min() else {
            let text = self.flat(from, to);
            return self.out.push(Row { indentation, text, remark: None });
        };
        let here = |at: &usize| breakable(at) && self.segments[*at].depth == depth;
        let connective = |at: &usize| self.segments[*at].reason == Reason::Connective;
        let mut cuts: Vec<usize> = inner().filter(here).filter(connective).collect();
        if cuts.is_empty() {
            let places: Vec<usize> = inner().filter(here).collect();
            cuts = self.filled(&places, from, to, indentation);
        }
        if cuts.is_empty() {
            // Everything fits but for what is asked for deeper inside.
            cuts = inner().filter(|at| !self.segments[*at].remarks.is_empty()).collect();
        }
        cuts.push(to);
        let mut start = from;
        for cut in cuts {
            let deeper = if start == from { indentation } else { indentation + 2 };
            self.remarks(start, from, deeper);
            self.part(start, cut, deeper);
            start = cut;
        }
    }

    /// Of some places those at which a line breaks that takes as much as fits.
    fn filled(&self, places: &[usize], from: usize, to: usize, indentation: usize) -> Vec<usize> {
        let mut cuts = Vec::new();
        let (mut start, mut indentation, first) = (from, indentation, indentation);
        for (index, place) in places.iter().enumerate() {
            let end = places.get(index + 1).copied().unwrap_or(to);
            let asked = !self.segments[*place].remarks.is_empty();
            if asked || !self.fits(start, end, indentation) {
                cuts.push(*place);
                start = *place;
                indentation = first + 2;
            }
        }
        cuts
    }

    /// The comments before a segment that begins a line.
    fn remarks(&mut self, at: usize, from: usize, indentation: usize) {
        if at == from {
            return;
        }
        for remark in &self.segments[at].remarks {
            match self.out.last_mut() {
                Some(line) if !remark.alone && line.remark.is_none() && !line.text.is_empty() => {
                    line.remark = Some(remark.clone());
                }
                _ => self.out.push(Row {
                    indentation,
                    text: String::new(),
                    remark: Some(remark.clone()),
                }),
            }
        }
    }

    fn flat(&self, from: usize, to: usize) -> String {
        let mut text = String::new();
        for (index, segment) in self.segments[from..to].iter().enumerate() {
            if index > 0 && segment.reason != Reason::Bracket {
                text.push(' ');
            }
            text.push_str(&segment.text);
        }
        text
    }
}
