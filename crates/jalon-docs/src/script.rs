//! Examples in Python and JavaScript: the blocks of a page are one script, on the lines on which
//! they stand there, so that what goes wrong is told with the page's lines.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;
use crate::books;
use crate::compare::difference;
use crate::folder::{Folder, is_again};
use crate::page::{Block, Page};

/// Printed at the end of each block, to part what they print.
const MARK: &str = "\u{2}end of block\u{3}";

/// A language that pages have scripts in.
#[derive(Clone, Debug)]
pub enum Language {
    /// Python, run by an interpreter that has the package.
    Python(PathBuf),
    /// JavaScript, run by `node` with the package that is built in `bindings/node`.
    Js,
}

impl Language {
    fn fence(&self) -> &'static str {
        match self {
            Language::Python(_) => "python",
            Language::Js => "js",
        }
    }

    fn prints_mark(&self) -> String {
        match self {
            Language::Python(_) => format!("print({MARK:?})"),
            Language::Js => format!("console.log({MARK:?})"),
        }
        .replace("\\u{2}", "\\u0002")
        .replace("\\u{3}", "\\u0003")
    }

    fn writes(&self, block: &Block) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let (name, text) = (quoted(block.file.as_deref().unwrap_or("")), quoted(&block.text));
        match self {
            Language::Python(_) => {
                format!("__import__('pathlib').Path({name}).write_text({text}, 'utf-8')")
            }
            Language::Js => {
                format!(";(await import('node:fs')).writeFileSync({name}, {text});")
            }
        }
    }

    fn command(&self, folder: &Path, script: &str) -> Result<Command, String> {
        let mut command = match self {
            Language::Python(python) => {
                let mut command = Command::new(python);
                command.env("PYTHONUTF8", "1");
                command
            }
            Language::Js => {
                link_package(folder)?;
                Command::new("node")
            }
        };
        command.arg(script).current_dir(folder).stdin(Stdio::null());
        Ok(command)
    }
}

/// Puts the package `jalon` where a script in the folder looks for it.
fn link_package(folder: &Path) -> Result<(), String> {
    let modules = folder.join("node_modules");
    let package = modules.join("jalon");
    if package.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(&modules).map_err(|e| e.to_string())?;
    let from = books::root().join("bindings/node");
    #[cfg(unix)]
    let linked = std::os::unix::fs::symlink(from, package);
    #[cfg(windows)]
    let linked = std::os::windows::fs::symlink_dir(from, package);
    linked.map_err(|e| format!("node_modules: {e}"))
}

/// Runs the script of a page; what a block prints is what a `text` block right after it says.
pub fn run(page: &Page, language: &Language) -> Result<Vec<Failure>, String> {
    let ours: Vec<usize> =
        (0..page.blocks.len()).filter(|&i| page.blocks[i].runs(language.fence())).collect();
    if ours.is_empty() {
        return Ok(Vec::new());
    }
    let folder = Folder::of(page)?;
    let name = page.path.rsplit('/').next().unwrap_or("page.md").trim_end_matches(".md");
    let script = match language {
        Language::Python(_) => format!("{}.page.py", name.replace('-', "_")),
        Language::Js => format!("{name}.page.mjs"),
    };
    std::fs::write(folder.path().join(&script), text(page, language))
        .map_err(|e| format!("{script}: {e}"))?;
    let output = language
        .command(folder.path(), &script)?
        .output()
        .map_err(|e| format!("cannot start the script of {}: {e}", page.path))?;

    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let parts: Vec<&str> = printed.split(MARK).collect();
    let mut failures = Vec::new();
    let fails = |line, message| Failure { page: page.path.clone(), line, message };
    for (&i, got) in ours.iter().zip(&parts) {
        let said = page.blocks.get(i + 1).filter(|next| next.follows && next.runs("text"));
        let said = said.filter(|next| next.file.is_none());
        if let Some(diff) = said.and_then(|said| difference(&said.text, got)) {
            failures.push(fails(page.blocks[i].line, diff));
        }
    }
    if !output.status.success() {
        let reached = ours.get(parts.len() - 1).unwrap_or(&ours[ours.len() - 1]);
        let errors = String::from_utf8_lossy(&output.stderr);
        let printed = parts.last().filter(|part| !part.trim().is_empty());
        let printed = printed.map_or_else(String::new, |part| format!("\nprinted:\n{part}"));
        // The lines of the script are those of the page.
        let message = format!("fails\n{}{printed}", errors.trim_end());
        failures.push(fails(page.blocks[*reached].line, message));
    }
    Ok(failures)
}

/// The script of a page: its blocks on their lines, a mark on the line of each closing fence.
fn text(page: &Page, language: &Language) -> String {
    let mut lines: Vec<String> = vec![String::new(); page.text.lines().count() + 1];
    for block in &page.blocks {
        if is_again(page, block) {
            lines[block.line - 1] = language.writes(block);
        }
        if block.runs(language.fence()) {
            for (i, line) in block.text.lines().enumerate() {
                lines[block.line + i] = line.into();
            }
            lines[block.end() - 1] = language.prints_mark();
        }
    }
    lines.join("\n")
}
