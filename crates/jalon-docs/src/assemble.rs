//! Puts a book together: its chapters, a page for each diagnostic, the notes; links rewritten.

mod diagnostics;
mod highlight;
mod paths;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use jalon::lang::Lang;

use crate::books;
use crate::links::{chapters, links};

pub use paths::BookPaths;

/// Writes the sources of both books into a folder: `en/src`, `fr/src`, each with its `book.toml`,
/// and the page where readers choose their language.
pub fn write(out: &Path) -> Result<(), String> {
    for (book, lang) in [("en", Lang::En), ("fr", Lang::Fr)] {
        let folder = out.join(book);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        assemble(book, lang, &folder)?;
    }
    put(&out.join("html/index.html"), LANDING)
}

const LANDING: &str = include_str!("assemble/landing.html");
const STYLE: &str = include_str!("assemble/jalon.css");

fn assemble(book: &str, lang: Lang, folder: &Path) -> Result<(), String> {
    let root = books::root();
    let paths = BookPaths::of(&root, book)?;
    for (path, page) in paths.pages() {
        let text = read(&root.join(path))?;
        put(&folder.join("src").join(page), &rewritten(&text, path, &paths, &root))?;
    }
    for path in paths.pictures() {
        let to = folder.join("src").join(path.trim_start_matches("docs/"));
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(|e| e.to_string())?;
        }
        fs::copy(root.join(path), to).map_err(|e| format!("{path}: {e}"))?;
    }
    let codes = diagnostics::pages(lang);
    for page in &codes {
        let text = rewritten(&page.text, &page.source, &paths, &root);
        put(&folder.join("src/diagnostics").join(&page.name), &text)?;
    }
    put(&folder.join("src/SUMMARY.md"), &summary(book, &codes, &paths)?)?;
    put(&folder.join("jalon.js"), &highlight::script())?;
    put(&folder.join("jalon.css"), STYLE)?;
    let settings = read(&root.join(format!("docs/{book}/book.toml")))?;
    let settings = settings.replace("src = \".\"", "src = \"src\"");
    put(&folder.join("book.toml"), &format!("{settings}{}", built(book)))
}

/// What a book is built with, beside what its own settings say.
fn built(book: &str) -> String {
    format!(
        "additional-js = [\"jalon.js\"]\nadditional-css = [\"jalon.css\"]\n\
         git-repository-url = \"{}\"\nno-section-label = true\n\n\
         [output.html.playground]\nrunnable = false\n\n\
         [output.html.fold]\nenable = true\nlevel = 0\n\n\
         [build]\nbuild-dir = \"../html/{book}\"\n",
        paths::REPOSITORY
    )
}

/// The table of contents: the diagnostics in the place of its last draft, in English the notes.
fn summary(book: &str, codes: &[diagnostics::Page], paths: &BookPaths) -> Result<String, String> {
    let text = read(&books::root().join(format!("docs/{book}/SUMMARY.md")))?;
    let mut index = String::new();
    for page in codes {
        let depth = if page.name == diagnostics::INDEX { "" } else { "  " };
        writeln!(index, "{depth}- [{}](diagnostics/{})", page.title, page.name)
            .map_err(|e| e.to_string())?;
    }
    let draft = chapters(&text).into_iter().rfind(|chapter| chapter.target.is_empty());
    let draft = draft.map(|chapter| format!("- [{}]()", chapter.title)).unwrap_or_default();
    let mut summary = text.replace(&draft, index.trim_end());
    let notes: Vec<String> = paths
        .notes()
        .map(|(path, page)| {
            let text = fs::read_to_string(books::root().join(path)).unwrap_or_default();
            let title = text.lines().next().unwrap_or(page).trim_start_matches("# ").to_owned();
            let is_decision = path.starts_with("docs/decisions/0");
            format!("{}- [{title}]({page})\n", if is_decision { "  " } else { "" })
        })
        .collect();
    if !notes.is_empty() {
        summary += "\n# Notes\n\n";
        summary += &notes.concat();
    }
    Ok(summary)
}

/// A page with its links as they are in the book.
fn rewritten(text: &str, path: &str, paths: &BookPaths, root: &Path) -> String {
    // The highlighter knows no other name.
    let text = &text.replace("```ndjson", "```json");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // From the last to the first, so that places stay as they were found.
    for link in links(text).into_iter().rev() {
        if let Some(target) = paths.target(path, &link.target, root) {
            let line = &mut lines[link.line - 1];
            line.replace_range(link.at..link.at + link.target.len(), &target);
        }
    }
    lines.join("\n") + "\n"
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn put(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|e| format!("{}: {e}", path.display()))
}
