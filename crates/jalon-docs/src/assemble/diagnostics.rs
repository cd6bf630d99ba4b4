//! A page for each diagnostic, and an index of them all.

use std::collections::BTreeMap;
use std::fmt::Write;

use jalon::diagnostic::catalogue::{Code, all};
use jalon::diagnostic::{Severity, Text, section};
use jalon::lang::Lang;

/// The name of the index.
pub(super) const INDEX: &str = "index.md";

/// A page of the book that no page of the repository is.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Its name in `diagnostics`.
    pub(super) name: String,
    /// Its title in the table of contents.
    pub(super) title: String,
    /// Its text.
    pub(super) text: String,
    /// The path that its links start at.
    pub(super) source: String,
}

/// The index, then the codes in their order.
pub(super) fn pages(lang: Lang) -> Vec<Page> {
    let mut codes = all();
    codes.sort_by_key(|code| &code.id[1..]);
    let mut pages = vec![index(&codes, lang)];
    pages.extend(codes.iter().map(|code| Page {
        name: format!("{}.md", code.id),
        title: code.id.into(),
        text: page(code, lang),
        source: format!("docs/diagnostics/{}.md", code.id),
    }));
    pages
}

fn page(code: &Code, lang: Lang) -> String {
    let mut text = format!("# {}\n\n", code.id);
    let kind = severity(code.severity, lang);
    let colon = lang.pick(" : ", ": ");
    let _ = writeln!(text, "**{kind}**{colon}{}\n", say(&code.message, lang));
    if let Some(section) = section(code.id, lang) {
        text += section;
        text.push('\n');
    } else {
        for part in [code.label, code.help].iter().flatten() {
            let _ = writeln!(text, "{}\n", say(part, lang));
        }
    }
    text
}

fn index(codes: &[&Code], lang: Lang) -> Page {
    let title = lang.pick("Tous les codes", "All codes");
    let mut text = format!("# {title}\n\n");
    text += lang.pick(
        "Chaque défaut d'un programme a un code stable. `jalon check --explain E0203` dit la même chose que sa page. Une erreur (`E`) empêche un programme d'être chargé ; un avertissement (`W`) montre une faute probable ; une remarque (`N`) dit ce qui est bon à savoir.\n",
        "Every fault of a program has a stable code. `jalon check --explain E0203` says what its page does. An error (`E`) keeps a program from loading; a warning (`W`) tells of a likely mistake; a note (`N`) tells what is good to know.\n",
    );
    text += lang.pick(
        "\n| Code | Ce qui ne va pas |\n|---|---|\n",
        "\n| Code | What is wrong |\n|---|---|\n",
    );
    for code in codes {
        let message = say(&code.message, lang).replace('|', "\\|");
        let _ = writeln!(text, "| [{}]({}.md) | {message} |", code.id, code.id);
    }
    Page { name: INDEX.into(), title: title.into(), text, source: "docs/diagnostics/none".into() }
}

/// A text without the names of the program at hand.
fn say(text: &Text, lang: Lang) -> String {
    text.fill(lang, &BTreeMap::new()).replace('<', "&lt;")
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("Erreur", "Error"),
        Severity::Warning => lang.pick("Avertissement", "Warning"),
        Severity::Note => lang.pick("Remarque", "Note"),
    }
}
