//! Examples of the command line: lines `$ command`, and what they print.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;
use crate::compare::difference;
use crate::folder::{Folder, is_again};
use crate::page::{Block, Page};

/// A command of a block, and what it is said to print.
struct Step {
    line: usize,
    command: String,
    printed: String,
}

/// Runs the commands of a page in its folder, one after the other, with a `jalon`.
pub fn run(page: &Page, jalon: &Path) -> Result<Vec<Failure>, String> {
    if !page.blocks.iter().any(|block| block.runs("console")) {
        return Ok(Vec::new());
    }
    let folder = Folder::of(page)?;
    let mut failures = Vec::new();
    let fails = |line, message| Failure { page: page.path.clone(), line, message };
    for block in &page.blocks {
        if is_again(page, block) {
            folder.write(block)?;
        }
        if !block.runs("console") {
            continue;
        }
        let steps = steps(block);
        if steps.is_empty() {
            failures.push(fails(block.line, "no line begins with `$ `".into()));
        }
        for step in steps {
            let got = printed(&step.command, folder.path(), jalon)?;
            if let Some(diff) = difference(&step.printed, &got) {
                failures.push(fails(step.line, format!("$ {}\n{diff}", step.command)));
            }
        }
    }
    Ok(failures)
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut open = false;
    for (i, line) in block.text.lines().enumerate() {
        let line_number = block.line + 1 + i;
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (_, Some(step)) if open => step.command.extend(["\n", line]),
            (Some(command), _) => {
                let command = command.to_owned();
                steps.push(Step { line: line_number, command, printed: String::new() });
            }
            (None, Some(step)) => {
                step.printed.extend([line, "\n"]);
                continue;
            }
            (None, None) => continue,
        }
        open = line.ends_with('\\');
    }
    steps
}

/// What a command prints, errors too, in their order.
fn printed(command: &str, folder: &Path, jalon: &Path) -> Result<String, String> {
    let mut path = jalon.parent().unwrap_or(folder).as_os_str().to_owned();
    path.push(if cfg!(windows) { ";" } else { ":" });
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("exec 2>&1\n{command}"))
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("cannot start `sh`: {e}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
