//! The box of a state.

use super::super::sketch::{Look, Spot};
use super::chip::Chip;
use super::measure::{Font, width, wrap};
use super::text::Sign;
use super::xml::{N, Xml, put};

const TITLE: Font = Font { size: 13.5, bold: true };
const BADGE: Font = Font { size: 10.5, bold: false };
/// From the box to its text.
const PADDING: (f64, f64) = (16.0, 11.0);
const TITLE_HEIGHT: f64 = 17.0;
const BADGE_HEIGHT: f64 = 17.0;
/// Between the title and the badges, and between badges.
const SPACE: f64 = 5.0;
const SMALLEST: (f64, f64) = (116.0, 42.0);
const WIDEST_TITLE: f64 = 176.0;
/// The room of a loop beside the box.
const LOOP: f64 = 30.0;

/// A state, measured.
#[derive(Clone, Debug)]
pub(super) struct Card {
    look: Look,
    title: Vec<String>,
    badges: Vec<Badge>,
    tooltip: String,
    /// The width of the box.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The labels of the transitions that stay in it.
    pub loops: Vec<Chip>,
}

#[derive(Clone, Debug)]
struct Badge {
    class: &'static str,
    sign: Option<Sign>,
    text: String,
}

impl Badge {
    fn width(&self) -> f64 {
        width(&self.text, BADGE) + 12.0 + if self.sign.is_some() { 13.0 } else { 0.0 }
    }
}

impl Card {
    pub(super) fn new(spot: &Spot, loops: Vec<Chip>) -> Card {
        let title = wrap(&spot.name, TITLE, WIDEST_TITLE, 2);
        let badge = |class, sign, text: &Option<String>| {
            text.clone().map(|text| Badge { class, sign, text })
        };
        let badges: Vec<Badge> = [
            badge("p", None, &spot.probability),
            badge("d", Some(Sign::Clock), &spot.deadline),
            badge("c", None, &spot.figures),
        ]
        .into_iter()
        .flatten()
        .collect();
        let mark = if mark(spot.look).is_some() { 20.0 } else { 0.0 };
        let titled = title.iter().map(|line| width(line, TITLE)).fold(0.0, f64::max) + mark;
        let badged = badges.iter().map(|badge| badge.width() + SPACE).sum::<f64>() - SPACE;
        let below = if badges.is_empty() { 0.0 } else { BADGE_HEIGHT + SPACE };
        let height = title.len() as f64 * TITLE_HEIGHT + below + 2.0 * PADDING.1;
        Card {
            look: spot.look,
            title,
            badges,
            tooltip: spot.tooltip.clone(),
            width: (titled.max(badged) + 2.0 * PADDING.0).max(SMALLEST.0),
            height: height.max(SMALLEST.1),
            loops,
        }
    }

    /// How far it reaches to the right of its middle, with its loops.
    pub(super) fn right(&self) -> f64 {
        let loops = self.loops.iter().map(|chip| chip.width).fold(0.0, f64::max);
        let room = if self.loops.is_empty() { 0.0 } else { LOOP + loops };
        self.width / 2.0 + room
    }

    /// The height of all, with its loops.
    pub(super) fn whole_height(&self) -> f64 {
        self.height.max(self.loops.iter().map(|chip| chip.height + 2.0).sum())
    }

    /// Draws it around a point.
    pub(super) fn draw(&self, out: &mut String, (x, y): (f64, f64), class: &str) {
        let (left, top) = (x - self.width / 2.0, y - self.height / 2.0);
        put!(
            out,
            r#"<g class="b {}{class}"><title>{}</title>"#,
            self.look.word(),
            Xml(&self.tooltip)
        );
        let (w, h) = (N(self.width), N(self.height));
        put!(
            out,
            r#"<rect class="x" x="{}" y="{}" width="{w}" height="{h}" rx="11"/>"#,
            N(left),
            N(top)
        );
        let below = if self.badges.is_empty() { 0.0 } else { BADGE_HEIGHT + SPACE };
        let text_height = self.title.len() as f64 * TITLE_HEIGHT + below;
        let mut line_top = y - text_height / 2.0;
        let shift = if mark(self.look).is_some() { 10.0 } else { 0.0 };
        if let Some(shape) = mark(self.look) {
            let widest = self.title.iter().map(|line| width(line, TITLE)).fold(0.0, f64::max);
            let (mx, my) =
                (x - widest / 2.0 - 3.0, line_top + TITLE_HEIGHT * self.title.len() as f64 / 2.0);
            put!(out, r#"<g class="m" transform="translate({} {})">{shape}</g>"#, N(mx), N(my));
        }
        for line in &self.title {
            let base = line_top + TITLE_HEIGHT / 2.0 + TITLE.size * 0.36;
            put!(
                out,
                r#"<text class="t" x="{}" y="{}">{}</text>"#,
                N(x + shift),
                N(base),
                Xml(line)
            );
            line_top += TITLE_HEIGHT;
        }
        self.draw_badges(out, x, line_top + SPACE);
        out.push_str("</g>\n");
    }

    fn draw_badges(&self, out: &mut String, x: f64, top: f64) {
        let whole = self.badges.iter().map(|badge| badge.width() + SPACE).sum::<f64>() - SPACE;
        let mut left = x - whole / 2.0;
        for badge in &self.badges {
            let (w, middle) = (badge.width(), top + BADGE_HEIGHT / 2.0);
            put!(out, r#"<g class="k {}">"#, badge.class);
            let (at, high) = (N(left), N(BADGE_HEIGHT));
            put!(
                out,
                r#"<rect x="{at}" y="{}" width="{}" height="{high}" rx="8.5"/>"#,
                N(top),
                N(w)
            );
            let mut centre = left + w / 2.0;
            if let Some(sign) = badge.sign {
                sign.draw(out, left + 11.0, middle);
                centre += 6.0;
            }
            let base = middle + BADGE.size * 0.36;
            put!(out, r#"<text x="{}" y="{}">{}</text></g>"#, N(centre), N(base), Xml(&badge.text));
            left += w + SPACE;
        }
    }

    /// Draws its loops: a way out and back on its right side, with a label each.
    pub(super) fn draw_loops(&self, out: &mut String, (x, y): (f64, f64)) {
        let side = x + self.width / 2.0;
        let whole: f64 = self.loops.iter().map(|chip| chip.height + 2.0).sum();
        let mut top = y - whole / 2.0;
        for (index, chip) in self.loops.iter().enumerate() {
            if index == 0 {
                let path = format!(
                    "M{} {}C{} {} {} {} {} {}",
                    N(side),
                    N(y - 9.0),
                    N(side + 26.0),
                    N(y - 17.0),
                    N(side + 26.0),
                    N(y + 17.0),
                    N(side + 5.0),
                    N(y + 10.0)
                );
                put!(out, r#"<g class="a"><path class="w" d="{path}"/>"#);
                let (tx, ty) = (N(side + 1.0), N(y + 9.0));
                put!(
                    out,
                    r#"<path class="h" transform="translate({tx} {ty}) rotate(108)" d="M-4.5-7.5H4.5L0 0Z"/></g>"#
                );
            }
            chip.draw(out, (side + LOOP - 2.0 + chip.width / 2.0, top + chip.height / 2.0 + 1.0));
            top += chip.height + 2.0;
        }
    }
}

/// What stands before the name of an end.
fn mark(look: Look) -> Option<&'static str> {
    match look {
        Look::Won => Some(r#"<circle r="7"/><path d="M-3.2.2L-.9 2.6L3.4-2.4"/>"#),
        Look::Lost => Some(r#"<circle r="7"/><path d="M-2.6-2.6L2.6 2.6M2.6-2.6L-2.6 2.6"/>"#),
        Look::Final => Some(r#"<circle r="7"/><path d="M-2.4-2.4H2.4V2.4H-2.4Z"/>"#),
        Look::Default | Look::Open | Look::Closed => None,
    }
}
