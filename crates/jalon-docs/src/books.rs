//! Where the books are, and their pages.

use std::path::{Path, PathBuf};

use crate::page::Page;

/// The books, by the name of their folder in `docs`.
pub const BOOKS: [&str; 2] = ["en", "fr"];

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The pages of both books and those of the diagnostics, in the order of their names; where the
/// environment names a `PAGE`, those whose path contains it.
pub fn pages() -> Result<Vec<Page>, String> {
    let root = root();
    let wanted = std::env::var("PAGE").unwrap_or_default();
    let mut pages = Vec::new();
    for folder in BOOKS.into_iter().chain(["diagnostics"]) {
        for path in markdown(&root, &format!("docs/{folder}"))? {
            if path.contains(&wanted) && !path.ends_with("/SUMMARY.md") {
                pages.push(Page::read(&root, &path)?);
            }
        }
    }
    Ok(pages)
}

/// The Markdown files in a folder of the repository and below, by their paths from the root.
pub fn markdown(root: &Path, folder: &str) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root.join(folder)).map_err(|e| format!("{folder}: {e}"))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| format!("{folder}: {e}"))?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(markdown(root, &path)?);
        } else if entry.path().extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
