//! The language reference of both books, written from the table beside the words.

mod dates;
mod declarations;
mod operators;
mod words;

use jalon::lang::Lang;
use jalon::lexicon::reference::{EXAMPLE_NOW, Example, example_modules};
use jalon::{Clock, Program};

use crate::books;

/// The pages of the reference in a language: their names in `docs/{lang}/reference`, their texts.
pub fn pages(lang: Lang) -> Result<Vec<(&'static str, String)>, String> {
    Ok(vec![
        ("operators.md", operators::page(lang)?),
        ("functions.md", words::functions(lang)),
        ("dates.md", dates::page(lang)?),
        ("types.md", declarations::types(lang)),
        ("events.md", words::events(lang)),
        ("declarations.md", declarations::page(lang)),
    ])
}

/// Writes all pages of both books.
pub fn write() -> Result<(), String> {
    for (path, text) in all()? {
        let path = books::root().join(path);
        let folder = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// All pages of both books: their paths in the repository, their texts.
pub fn all() -> Result<Vec<(String, String)>, String> {
    let mut all = Vec::new();
    for (book, lang) in [("en", Lang::En), ("fr", Lang::Fr)] {
        for (name, text) in pages(lang)? {
            all.push((format!("docs/{book}/reference/{name}"), text));
        }
    }
    Ok(all)
}

/// The program and the clock of the examples.
fn stage(lang: Lang) -> Result<(Program, Clock), String> {
    let program = Program::parse(example_modules(lang)).map_err(|e| e.to_string())?;
    let clock = Clock::at(EXAMPLE_NOW, "Europe/Paris").map_err(|e| format!("{e:?}"))?;
    Ok((program, clock))
}

/// The comment at the head of a page.
fn head(title: &str) -> String {
    format!(
        "# {title}\n\n<!-- Written by `cargo xtask book` from the table in jalon::lexicon::reference: change that. -->\n\n"
    )
}

/// The modules that the examples read, as a block.
fn modules(lang: Lang) -> String {
    let text = lang.pick(
        "Les exemples lisent ces modules, le mardi 30 juin 2026 à 10 h 30, à Paris :",
        "The examples read these modules, on Tuesday 30 June 2026 at 10:30 in Paris:",
    );
    format!("{text}\n\n```jalon\n{}```\n", example_modules(lang))
}

/// `code`, with the signs that end a cell of a table made harmless.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// Several codes, with commas between them.
fn codes<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// The criterion of an example, and with which values it holds or not.
fn shown(example: &Example, lang: Lang) -> String {
    let value = |value: &&str| match value.trim() {
        "" => lang.pick("des blancs", "white space").to_owned(),
        text if text.contains('→') => {
            let nothing = lang.pick("(rien)", "(nothing)");
            let parts = text.split('→').map(str::trim);
            let parts = parts.map(|part| if part.is_empty() { nothing } else { part });
            code(&parts.collect::<Vec<_>>().join(" → "))
        }
        text => code(text),
    };
    let list = |values: &[&str]| values.iter().map(value).collect::<Vec<_>>().join(", ");
    let (holds, fails) = (list(example.holds), list(example.fails));
    let criterion = code(example.criterion(lang));
    format!("{criterion}<br>✓ {holds}<br>✗ {fails}")
}

/// A row of a table.
fn row<const N: usize>(cells: [&str; N]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
