//! Which page of the repository is which page of a book.

use std::collections::BTreeMap;
use std::path::Path;

use crate::books;
use crate::links::{is_to_come, resolved};

/// Where the repository is to be read.
pub(super) const REPOSITORY: &str = "https://github.com/jalon-rules/jalon";

/// The pages of a book: their paths in the repository, their paths in the book.
#[derive(Debug)]
pub struct BookPaths {
    book: String,
    pages: BTreeMap<String, String>,
    notes: Vec<String>,
    pictures: Vec<String>,
}

impl BookPaths {
    /// Those of a book.
    pub fn of(root: &Path, book: &str) -> Result<BookPaths, String> {
        let own = format!("docs/{book}/");
        let mut pages = BTreeMap::new();
        for path in books::markdown(root, &format!("docs/{book}"))? {
            let page = path[own.len()..].to_owned();
            if page != "SUMMARY.md" {
                pages.insert(path, page);
            }
        }
        let mut notes = Vec::new();
        if book == "en" {
            notes.extend(["docs/performance.md".to_owned(), "docs/dependencies.md".to_owned()]);
            let (decisions, index): (Vec<_>, Vec<_>) = books::markdown(root, "docs/decisions")?
                .into_iter()
                .partition(|path| !path.ends_with("README.md"));
            notes.extend(index.into_iter().chain(decisions));
            for path in &notes {
                pages.insert(path.clone(), path.replacen("docs/", "notes/", 1));
            }
        }
        let entries = std::fs::read_dir(root.join("docs/pictures")).map_err(|e| e.to_string())?;
        let pictures = entries.filter_map(Result::ok);
        let pictures =
            pictures.map(|entry| format!("docs/pictures/{}", entry.file_name().to_string_lossy()));
        let pictures = pictures.collect();
        Ok(BookPaths { book: book.into(), pages, notes, pictures })
    }

    /// The pages of the repository with their places in the book.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pages.iter().map(|(path, page)| (path.as_str(), page.as_str()))
    }

    /// The notes at the end.
    pub fn notes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes.iter().map(|path| (path.as_str(), self.pages[path].as_str()))
    }

    /// The pictures that pages show.
    pub fn pictures(&self) -> &[String] {
        &self.pictures
    }

    /// The place of a page in the book.
    fn place(&self, path: &str) -> Option<String> {
        if let Some(page) = self.pages.get(path) {
            return Some(page.clone());
        }
        if let Some(group) = path.strip_prefix("docs/diagnostics/") {
            let is_code = group.split('.').next().is_some_and(is_code);
            return Some(if is_code {
                format!("diagnostics/{group}")
            } else {
                "diagnostics/index.md".into()
            });
        }
        let picture = self.pictures.iter().any(|picture| picture == path);
        picture.then(|| path.replacen("docs/", "", 1))
    }

    /// What a link of a page is in the book; `None` where it stays as it is.
    pub fn target(&self, path: &str, target: &str, root: &Path) -> Option<String> {
        let (to, anchor) = resolved(path, target)?;
        let to = if is_to_come(root, &to) { to.replacen("docs/fr", "docs/en", 1) } else { to };
        let from = self.place(path)?;
        let anchored = |page: String| match &anchor {
            Some(anchor) => format!("{page}#{anchor}"),
            None => page,
        };
        // A heading of a page of codes is a page here.
        if to.starts_with("docs/diagnostics/") {
            let code = anchor.as_deref().map(str::to_uppercase).filter(|code| is_code(code));
            let page =
                code.map_or("diagnostics/index.md".into(), |c| format!("diagnostics/{c}.md"));
            return Some(relative(&from, &page));
        }
        if to == path {
            return None;
        }
        if let Some(page) = self.place(&to) {
            return Some(anchored(relative(&from, &page)));
        }
        let other = books::BOOKS.into_iter().filter(|book| *book != self.book);
        for book in other {
            let there = BookPaths::of(root, book).ok()?;
            if let Some(page) = there.place(&to) {
                let page = page.trim_end_matches(".md").to_owned() + ".html";
                return Some(anchored(relative(&from, &format!("../{book}/{page}"))));
            }
        }
        let kind = if root.join(&to).is_dir() { "tree" } else { "blob" };
        Some(anchored(format!("{REPOSITORY}/{kind}/main/{to}")))
    }
}

/// Whether a text is a code of a diagnostic, such as `E0203`.
fn is_code(text: &str) -> bool {
    let digits = text.get(1..).unwrap_or_default();
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && text.starts_with(['E', 'W', 'N'])
}

/// The way from a page to another of the same book.
fn relative(from: &str, to: &str) -> String {
    let depth = from.matches('/').count();
    format!("{}{to}", "../".repeat(depth))
}
