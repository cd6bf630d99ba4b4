//! The style sheet of a picture: everything in it is of one picture only, since a page may hold
//! several.

use super::super::sketch::Look;
use super::xml::put;

const LIGHT: &str = "\
.bg{fill:#fff}\
text{fill:#1e293b;text-anchor:middle;font-size:11px}\
.h1{font-size:19px;font-weight:700;text-anchor:start}\
.h2{font-size:12.5px;text-anchor:start}\
.h2,.e,.q text{fill:#64748b}\
.e{text-anchor:start}\
.q text{text-anchor:start}\
.t{font-size:13.5px;font-weight:700}\
.n{font-size:12px;font-weight:700}\
.f{font-size:10.5px;font-style:italic}\
.o,.f{fill:#5b6779}\
.g{font-weight:700;fill:#0f766e}\
.r{fill:#c02626}\
.k text{font-size:10.5px}\
.b .x{stroke-width:1.6}\
.won .x,.lost .x,.final .x,.default .x{stroke-width:2.4}\
.l .x{fill:#fff;stroke:#cbd5e1}\
.auto .x{stroke-dasharray:4 3}\
.all .x{fill:#f8fafc;stroke:#94a3b8;stroke-dasharray:1.5 3;stroke-linecap:round}\
.u{fill:none;stroke:#94a3b8;stroke-width:1.6}\
.all .u{stroke:#64748b;stroke-width:4;stroke-linecap:round}\
.s{fill:none;stroke:#64748b;stroke-width:1.2;stroke-linejoin:round;stroke-linecap:round}\
.m{fill:none;stroke-width:1.7;stroke-linejoin:round;stroke-linecap:round}\
.k rect{fill:#fff;fill-opacity:.75}\
.k.d rect{fill:#fef3c7;fill-opacity:1}\
.k.d text{fill:#7c4a03}\
.k.d .s{stroke:#b45309}\
.k.c text{font-weight:700;fill:#0f766e}\
.w{fill:none;stroke:#8492a6;stroke-width:1.6}\
.h{fill:#8492a6}\
.up .w{stroke:#c78a3b}\
.up .h{fill:#c78a3b}\
.dash .w{stroke-dasharray:6 4}\
.j{fill:#8492a6}\
.z{fill:#475569}\
.y{stroke:#e2e8f0}\
.a:hover .w{stroke-width:3}";

const CROWD: &str = "\
.crowd .a{opacity:.22}\
.crowd .a.near{opacity:.5}\
.crowd .a:hover{opacity:1}\
.crowd .a .w{stroke-width:1.1}";

const DARK: &str = "\
.bg{fill:#0f172a}\
text{fill:#e2e8f0}\
.h2,.e,.q text{fill:#94a3b8}\
.o,.f{fill:#a5b2c4}\
.g,.k.c text{fill:#5eead4}\
.r{fill:#fca5a5}\
.l .x{fill:#0f172a;stroke:#475569}\
.all .x{fill:#172033;stroke:#64748b}\
.u{stroke:#64748b}\
.all .u{stroke:#94a3b8}\
.s{stroke:#94a3b8}\
.k rect{fill:#0f172a;fill-opacity:.45}\
.k.d rect{fill:#4a3208}\
.k.d text{fill:#fde68a}\
.k.d .s{stroke:#fbbf24}\
.w{stroke:#74839a}\
.h,.j{fill:#74839a}\
.up .w{stroke:#d9a45b}\
.up .h{fill:#d9a45b}\
.z{fill:#cbd5e1}\
.y{stroke:#273449}";

/// The style sheet; in a crowd, whoever points at a state sees its lines.
pub(super) fn sheet(id: &str, crowd: Option<usize>) -> String {
    let mut rules = LIGHT.to_owned();
    let mut dark = DARK.to_owned();
    for look in Look::ALL {
        colours(&mut rules, look, look.colours());
        colours(&mut dark, look, look.dark_colours());
    }
    if let Some(states) = crowd {
        rules.push_str(CROWD);
        for state in 0..states {
            put!(rules, ".crowd:has(.b{state}:hover) .v{state}{{opacity:1}}");
        }
    }
    let (rules, dark) = (scoped(id, &rules), scoped(id, &dark));
    format!("{rules}@media (prefers-color-scheme:dark){{{dark}}}")
}

fn colours(rules: &mut String, look: Look, [fill, line, text]: [&str; 3]) {
    let word = look.word();
    put!(rules, ".{word} .x{{fill:{fill};stroke:{line}}}.{word} .t{{fill:{text}}}");
    put!(rules, ".{word} .m{{stroke:{line}}}.{word} .k.p text{{fill:{text}}}");
}

/// Each selector under the picture's own id.
fn scoped(id: &str, rules: &str) -> String {
    let mut out = String::with_capacity(rules.len() * 2);
    for rule in rules.split_inclusive('}') {
        let Some((selectors, body)) = rule.split_once('{') else { continue };
        for (index, selector) in selectors.split(',').enumerate() {
            let comma = if index > 0 { "," } else { "" };
            put!(out, "{comma}#{id} {selector}");
        }
        put!(out, "{{{body}");
    }
    out
}
