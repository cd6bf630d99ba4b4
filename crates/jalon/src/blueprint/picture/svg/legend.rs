//! What the colours and signs of a picture mean: those that occur in it.

use crate::checked::blueprint::TransitionKind;

use super::super::sketch::{Look, Sketch, Sources};
use super::measure::{Font, width};
use super::text::Sign;
use super::xml::{N, Xml, put};

const FONT: Font = Font { size: 11.0, bold: false };
const ROW: f64 = 22.0;
const SWATCH: f64 = 28.0;
const BETWEEN: f64 = 20.0;

/// The entries, in rows.
#[derive(Debug)]
pub(super) struct Legend {
    rows: Vec<Vec<(Entry, &'static str)>>,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    Look(Look),
    Line(&'static str),
    All,
    Parallel,
    Sign(Sign),
}

impl Legend {
    pub(super) fn new(sketch: &Sketch, goes_up: bool, widest: f64) -> Legend {
        let mut rows: Vec<Vec<(Entry, &'static str)>> = vec![Vec::new()];
        let (mut at, mut reach) = (0.0_f64, 0.0_f64);
        for entry in entries(sketch, goes_up) {
            let wide = SWATCH + width(entry.1, FONT);
            if at > 0.0 && at + BETWEEN + wide > widest {
                rows.push(Vec::new());
                at = 0.0;
            }
            at += wide + if at > 0.0 { BETWEEN } else { 0.0 };
            reach = reach.max(at);
            if let Some(row) = rows.last_mut() {
                row.push(entry);
            }
        }
        let height = rows.len() as f64 * ROW;
        Legend { rows, width: reach, height }
    }

    /// Draws it from its upper left corner.
    pub(super) fn draw(&self, out: &mut String, left: f64, top: f64) {
        out.push_str(r#"<g class="q">"#);
        for (index, row) in self.rows.iter().enumerate() {
            let (mut x, y) = (left, top + ROW * (index as f64 + 0.5));
            for (entry, text) in row {
                entry.draw(out, x, y);
                put!(out, r#"<text x="{}" y="{}">{}</text>"#, N(x + SWATCH), N(y + 4.0), Xml(text));
                x += SWATCH + width(text, FONT) + BETWEEN;
            }
        }
        out.push_str("</g>\n");
    }
}

fn entries(sketch: &Sketch, goes_up: bool) -> Vec<(Entry, &'static str)> {
    let lang = sketch.lang;
    let mut list: Vec<(Entry, &'static str)> = Look::ALL
        .into_iter()
        .filter(|look| sketch.spots.iter().any(|spot| spot.look == *look))
        .map(|look| (Entry::Look(look), look.name(lang)))
        .collect();
    let arrows = &sketch.arrows;
    let any = |test: fn(&super::super::sketch::Arrow) -> bool| arrows.iter().any(test);
    let automatic = any(|arrow| matches!(arrow.kind, TransitionKind::Automatic(..)));
    let mut add = |there: bool, entry: Entry, fr: &'static str, en: &'static str| {
        if there {
            list.push((entry, lang.pick(fr, en)));
        }
    };
    add(goes_up, Entry::Line("up"), "retour", "back");
    add(automatic, Entry::Line("dash"), "automatique", "automatic");
    let said = any(|arrow| matches!(arrow.from, Sources::Said(..)));
    add(said, Entry::All, "depuis plusieurs états", "from several states");
    let parallel = any(|arrow| !arrow.children.is_empty());
    add(parallel, Entry::Parallel, "en parallèle", "in parallel");
    add(
        any(|arrow| arrow.conditional),
        Entry::Sign(Sign::Condition),
        "sous condition",
        "conditional",
    );
    add(any(|arrow| arrow.owners.is_some()), Entry::Sign(Sign::Person), "qui peut", "who may");
    let clock = sketch.spots.iter().any(|spot| spot.deadline.is_some());
    add(clock, Entry::Sign(Sign::Clock), "délai", "deadline");
    list
}

impl Entry {
    fn draw(self, out: &mut String, x: f64, y: f64) {
        let box_ = |class: &str| {
            let (x, y) = (N(x), N(y - 6.5));
            format!(
                r#"<g class="{class}"><rect class="x" x="{x}" y="{y}" width="21" height="13" rx="4"/>"#
            )
        };
        let (from, to) = (N(x + 1.0), N(x + 20.0));
        match self {
            Entry::Look(look) => put!(out, "{}</g>", box_(&format!("b {}", look.word()))),
            Entry::All => {
                let bar = format!("M{} {}H{}", N(x + 4.0), N(y - 6.5), N(x + 17.0));
                put!(out, r#"{}<path class="u" d="{bar}"/></g>"#, box_("l all"));
            }
            Entry::Parallel => {
                let (a, b) = (N(x + 3.5), N(x + 17.5));
                let bars = format!("M{a} {}v7M{b} {}v7", N(y - 3.5), N(y - 3.5));
                put!(out, r#"{}<path class="u" d="{bars}"/></g>"#, box_("l par"));
            }
            Entry::Line(class) => {
                put!(
                    out,
                    r#"<g class="{class}"><path class="w" d="M{from} {y}H{to}"/></g>"#,
                    y = N(y)
                );
            }
            Entry::Sign(sign) => sign.draw(out, x + 13.0, y),
        }
    }
}
