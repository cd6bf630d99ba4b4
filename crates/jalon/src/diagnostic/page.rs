//! What a code means, at length: pages for people, in both languages.

use std::collections::BTreeMap;

use super::catalogue::{Severity, all};
use crate::lang::Lang;

/// The pages, French and English.
macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        &[$((
            include_str!(concat!("../../diagnostics/", $name, ".fr.md")),
            include_str!(concat!("../../diagnostics/", $name, ".md")),
        )),*]
    };
}

/// A page for each part of the catalogue: a section `## W0830` for each code.
const PAGES: &[(&str, &str)] = pages![
    "layout",
    "syntax",
    "check",
    "template",
    "rules",
    "workflow",
    "automation",
    "blueprint",
    "approval",
    "lint-criteria",
    "lint-program",
];

/// What a code means: its message, and its section of the documentation or else its help; `None`
/// where there is no such code.
///
/// ```
/// use jalon::diagnostic::page;
/// use jalon::lang::Lang;
///
/// assert!(page("W0833", Lang::En).unwrap().contains("A loop that creates records"));
/// assert!(page("X1", Lang::En).is_none());
/// ```
pub fn page(code: &str, lang: Lang) -> Option<String> {
    let code = all().into_iter().find(|known| known.id.eq_ignore_ascii_case(code.trim()))?;
    let severity = match code.severity {
        Severity::Error => lang.pick("erreur", "error"),
        Severity::Warning => lang.pick("avertissement", "warning"),
        Severity::Note => lang.pick("remarque", "note"),
    };
    // Names are those of the text at hand: here there is none.
    let say = |text: &super::Text| text.fill(lang, &BTreeMap::new());
    let mut page = format!("{severity}[{}]: {}\n", code.id, say(&code.message));
    if let Some(section) = section(code.id, lang) {
        page.push('\n');
        for line in section.lines() {
            // The words behind a fence, as in `jalon,wrong`, are for those who test the page.
            let fence = line.split_once(',').filter(|_| line.starts_with("```"));
            page.extend([fence.map_or(line, |(fence, _)| fence), "\n"]);
        }
        return Some(page);
    }
    let texts = [code.label, code.help];
    for text in texts.iter().flatten() {
        page.extend(["\n", &say(text), "\n"]);
    }
    Some(page)
}

/// The section of a code, without its heading.
pub fn section(code: &str, lang: Lang) -> Option<&'static str> {
    let heading = format!("\n## {code}\n");
    PAGES.iter().find_map(|(fr, en)| {
        let (_, rest) = lang.pick(fr, en).split_once(&heading)?;
        Some(rest.split("\n## ").next().unwrap_or(rest).trim())
    })
}
