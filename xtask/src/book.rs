//! `cargo xtask book`: both books, as people read them in a browser.

use crate::run::{Outcome, cargo, program, target};

/// What builds them. A newer one may look otherwise: read the pages before it is changed.
const MDBOOK: &str = "0.5.4";

/// Writes the reference, then builds.
pub fn book() -> Outcome {
    docs(&["reference"])?;
    build()?;
    eprintln!("\n{}", target().join("book/html/index.html").display());
    Ok(())
}

/// Builds the books as they are.
pub fn build() -> Outcome {
    let out = target().join("book");
    docs(&["sources", &out.to_string_lossy()])?;
    let tools = target().join("tools");
    let mdbook = tools.join("bin").join(if cfg!(windows) { "mdbook.exe" } else { "mdbook" });
    let version = program(&mdbook, ["--version"]).output().unwrap_or_default();
    if version.trim() != format!("mdbook v{MDBOOK}") {
        cargo(["install", "mdbook", "--version", MDBOOK, "--locked", "--no-default-features"])
            .and_also(["--features", "search", "--root", &tools.to_string_lossy()])
            .go()?;
    }
    for book in ["en", "fr"] {
        program(&mdbook, ["build", &out.join(book).to_string_lossy()]).go()?;
    }
    Ok(())
}

/// What `jalon-docs` does.
pub fn docs(args: &[&str]) -> Outcome {
    cargo(["run", "--quiet", "-p", "jalon-docs", "--"]).and_also(args).go()
}
