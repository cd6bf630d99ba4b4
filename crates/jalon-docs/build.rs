//! Makes doctests of the Rust examples of the books.
//!
//! For each page with some a file is written that has these examples only, on the lines on which
//! they stand there, so that a failure tells the page and the line.

#[expect(dead_code, reason = "only a part is needed here")]
#[path = "src/page.rs"]
mod page;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use page::Page;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=src/page.rs");
    let mut modules = String::new();
    for book in ["docs/en", "docs/fr"] {
        println!("cargo::rerun-if-changed={}", root.join(book).display());
        for path in pages(&root.join(book))? {
            let path = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            let page = Page::read(&root, &path)?;
            if !page.blocks.iter().any(|block| block.runs("rust")) {
                continue;
            }
            let name = path.trim_start_matches("docs/").replace(['/', '-'], "_");
            let name = name.trim_end_matches(".md");
            let text = out.join(format!("{name}.md"));
            std::fs::write(&text, examples(&page))?;
            let module = out.join(format!("{name}.rs"));
            std::fs::write(&module, format!("#![doc = include_str!({:?})]\n", text))?;
            writeln!(modules, "#[path = {module:?}]\nmod {name};")?;
        }
    }
    std::fs::write(out.join("pages.rs"), modules)?;
    Ok(())
}

/// The Rust examples of a page, each on its lines.
fn examples(page: &Page) -> String {
    let mut text = String::new();
    let mut line = 1;
    for block in page.blocks.iter().filter(|block| block.runs("rust")) {
        text += &"\n".repeat(block.line - line);
        let options: String = block.options.iter().map(|option| format!(",{option}")).collect();
        text.extend(["```rust", &options, "\n", &block.text, "```\n"]);
        line = block.end() + 1;
    }
    text
}

/// All pages in a folder and below.
fn pages(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
