//! SVG: one file with its style, that needs no script and nothing from elsewhere.

mod card;
mod chip;
mod legend;
mod measure;
mod scene;
mod style;
mod text;
mod xml;

use super::layout::Knot;
use super::sketch::Sketch;
use crate::checked::blueprint::TransitionKind;
use legend::Legend;
use measure::{Font, width};
use scene::{START, Scene, Stroke};
use xml::{N, Xml, put};

/// Around everything.
const MARGIN: f64 = 26.0;
/// Between title, graph and legend.
const BETWEEN: f64 = 24.0;
/// A line is upright for so long before its tip.
const UPRIGHT: f64 = 11.0;
const TITLE: Font = Font { size: 19.0, bold: true };
const ABOUT: Font = Font { size: 12.5, bold: false };
/// Fonts of which the letters are about as wide as those that are measured.
const FONTS: &str = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans','Nimbus Sans',Roboto,\
                     'Segoe UI','Noto Sans','DejaVu Sans',sans-serif";

/// Draws a blueprint.
pub(super) fn draw(sketch: &Sketch) -> String {
    let scene = Scene::new(sketch);
    let goes_up = scene.lines.iter().any(|line| line.up);
    let about = sketch.about.join(" · ");
    let titled = width(&sketch.title, TITLE).max(width(&about, ABOUT));
    let legend = Legend::new(sketch, goes_up, scene.width.max(titled).max(420.0));
    let inner = scene.width.max(titled).max(legend.width);
    let head = if about.is_empty() { 24.0 } else { 44.0 };
    let top = MARGIN + head + BETWEEN;
    let left = MARGIN + (inner - scene.width) / 2.0;
    let foot = top + scene.height + BETWEEN;
    let (whole_width, whole_height) = (inner + 2.0 * MARGIN, foot + legend.height + MARGIN - 6.0);
    let mut body = String::new();
    put!(
        body,
        r#"<rect class="bg" width="{}" height="{}" rx="14"/>"#,
        N(whole_width),
        N(whole_height)
    );
    put!(body, "\n{}", header(sketch, &about));
    put!(body, r#"<g transform="translate({} {})">"#, N(left), N(top));
    body.push('\n');
    graph(&mut body, sketch, &scene);
    body.push_str("</g>\n");
    let right = MARGIN + inner;
    put!(body, r#"<path class="y" d="M{} {}H{}"/>"#, N(MARGIN), N(foot - 8.0), N(right));
    legend.draw(&mut body, MARGIN, foot);
    framed(sketch, &scene, &body, (whole_width, whole_height))
}

/// The file around the drawing.
fn framed(sketch: &Sketch, scene: &Scene, body: &str, (width, height): (f64, f64)) -> String {
    let id = format!("jalon-{:08x}", hash(body));
    let (w, h) = (N(width), N(height));
    let sheet = style::sheet(&id, scene.crowded.then_some(scene.cards.len()));
    let crowd = if scene.crowded { r#" class="crowd""# } else { "" };
    let title = Xml(&sketch.title);
    let lang = sketch.lang.code();
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" id="{id}" lang="{lang}" role="img" font-family="{FONTS}">
<title>{title}</title>
<style>{sheet}</style>
<g{crowd}>
{body}</g>
</svg>
"#
    )
}

fn header(sketch: &Sketch, about: &str) -> String {
    let mut out = String::new();
    let x = N(MARGIN);
    put!(out, r#"<text class="h1" x="{x}" y="{}">{}</text>"#, N(MARGIN + 17.0), Xml(&sketch.title));
    if !about.is_empty() {
        put!(out, r#"<text class="h2" x="{x}" y="{}">{}</text>"#, N(MARGIN + 38.0), Xml(about));
    }
    out + "\n"
}

fn graph(out: &mut String, sketch: &Sketch, scene: &Scene) {
    let most = scene.lines.iter().filter_map(|line| line.count).max().unwrap_or(0);
    for line in &scene.lines {
        stroke(out, sketch, scene, line, most);
    }
    if let Some(at) = scene.start {
        put!(out, r#"<circle class="z" cx="{}" cy="{}" r="{}"/>"#, N(at.0), N(at.1), N(START));
        if let Some(entry) = sketch.entry.as_ref().filter(|_| !scene.crowded) {
            let (word, x) = (sketch.lang.pick("si", "if"), N(at.0 + START + 7.0));
            put!(
                out,
                r#"<text class="e" x="{x}" y="{}">{word} {}</text>"#,
                N(at.1 + 4.0),
                Xml(entry)
            );
        }
        out.push('\n');
    }
    for (x, y) in &scene.joints {
        put!(out, r#"<circle class="j" cx="{}" cy="{}" r="2.6"/>"#, N(*x), N(*y));
    }
    for (index, (card, at)) in scene.cards.iter().zip(&scene.card_at).enumerate() {
        let class = if scene.crowded { format!(" b{index}") } else { String::new() };
        card.draw(out, *at, &class);
        card.draw_loops(out, *at);
    }
    for (chip, at) in &scene.chips {
        chip.draw(out, *at);
    }
}

/// A line and its tip.
fn stroke(out: &mut String, sketch: &Sketch, scene: &Scene, line: &Stroke, most: u64) {
    let (Some(first), Some(last)) = (line.way.first(), line.way.last()) else { return };
    let arrow = line.arrow.and_then(|arrow| sketch.arrows.get(arrow));
    let mut class = String::from("a");
    if line.up {
        class += " up";
    }
    if arrow.is_some_and(|arrow| matches!(arrow.kind, TransitionKind::Automatic(..))) {
        class += " dash";
    }
    if let (true, Some((from, to))) = (scene.crowded, line.between) {
        put!(class, " v{from} v{to}");
        let near = (first.top - last.top).abs() < 2.6 * 64.0;
        if (near && !line.up && most == 0) || line.count.is_some_and(|count| count * 10 > most) {
            class += " near";
        }
    }
    put!(out, r#"<g class="{class}">"#);
    if let Some(arrow) = arrow {
        put!(out, "<title>{}</title>", Xml(&arrow.tooltip));
    }
    let width = line.count.filter(|_| most > 0);
    let width = width.map(|count| 1.2 + 4.6 * (count as f64 / most as f64).sqrt());
    let wide = width.map(|width| format!(r#" style="stroke-width:{}""#, N(width)));
    let wide = wide.unwrap_or_default();
    let path = if scene.crowded { curve(*first, *last) } else { path(&line.way, line) };
    put!(out, r#"<path class="w"{wide} d="{path}"/>"#);
    if line.tip {
        tip(out, scene, line, width.unwrap_or(1.6));
    }
    out.push_str("</g>\n");
}

/// The tip of a line: at its lower end, or at the upper one of a line that goes up.
fn tip(out: &mut String, scene: &Scene, line: &Stroke, width: f64) {
    let (Some(first), Some(last)) = (line.way.first(), line.way.last()) else { return };
    let (x, y, up) = match (scene.crowded, line.up) {
        (true, up) => (last.x, last.top, up && first.top > last.top),
        (false, true) => (first.x, first.top, true),
        (false, false) => (last.x, last.bottom, false),
    };
    let (x, y) = (N(x), N(y));
    let half = N(4.5 + (width - 1.6).max(0.0) * 0.9);
    let tail = if up { "8" } else { "-8" };
    let shape = format!("M-{half} {tail}H{half}L0 0Z");
    put!(out, r#"<path class="h" transform="translate({x} {y})" d="{shape}"/>"#);
}

/// Straight through rows, bent between them; upright for a while before its tip, where it ends.
fn path(way: &[Knot], line: &Stroke) -> String {
    let mut knots = way.to_vec();
    if let Some(first) = knots.first_mut().filter(|_| line.tip && line.up) {
        first.bottom = first.bottom.max(first.top + UPRIGHT);
        first.top += 5.0;
    } else if let Some(last) = knots.last_mut().filter(|_| line.tip) {
        last.top = last.top.min(last.bottom - UPRIGHT);
        last.bottom -= 5.0;
    }
    let mut out = String::new();
    let mut before: Option<Knot> = None;
    for knot in knots {
        let (x, top) = (N(knot.x), N(knot.top));
        match before {
            None => put!(out, "M{x} {top}"),
            Some(from) if (from.x - knot.x).abs() < 0.05 => put!(out, "V{top}"),
            Some(from) => {
                let middle = N(f64::midpoint(from.bottom, knot.top));
                put!(out, "C{} {middle} {x} {middle} {x} {top}", N(from.x));
            }
        }
        if knot.bottom > knot.top + 0.05 {
            put!(out, "V{}", N(knot.bottom));
        }
        before = Some(knot);
    }
    out
}

/// From a box to another in a crowd, in one bend; within a row over what stands between.
fn curve(from: Knot, to: Knot) -> String {
    let (reach, back) = if (from.top - to.top).abs() < 1.0 {
        let over = scene::over(from.x, to.x);
        (-over, -over)
    } else {
        ((to.top - from.top) * 0.5, (from.top - to.top) * 0.5)
    };
    let (x0, x1) = (N(from.x), N(to.x));
    let (a, b) = (N(from.top + reach), N(to.top + back));
    format!("M{x0} {}C{x0} {a} {x1} {b} {x1} {}", N(from.top), N(to.top))
}

/// A short name for a drawing, so that styles of several on a page stay apart.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
