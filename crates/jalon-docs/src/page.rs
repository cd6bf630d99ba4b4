//! A page of a book: its examples, each with its fence and what is said of it.
//!
//! Read by the build script too, so it knows nothing of the rest.

use std::path::Path;

/// A page with what can be run of it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path from the root of the repository, such as `docs/en/guides/workflow.md`.
    pub path: String,
    /// All of it.
    pub text: String,
    /// What stands between fences, in order.
    pub blocks: Vec<Block>,
    /// Files and folders of the repository that its folder holds: the name there, the path here.
    pub copies: Vec<(String, String)>,
    /// What cannot be read: a line, and why.
    pub faults: Vec<(usize, String)>,
}

/// What stands between two fences.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The language: `jalon` of `jalon,wrong`.
    pub lang: String,
    /// What stands behind it: `wrong` of `jalon,wrong`.
    pub options: Vec<String>,
    /// Its lines, each with its end.
    pub text: String,
    /// The number of the opening fence's line; its text begins on the next one.
    pub line: usize,
    /// The file that it is, in the page's folder.
    pub file: Option<String>,
    /// Why it is not run.
    pub not_run: Option<String>,
    /// Whether only empty lines stand between the block before and this one.
    pub follows: bool,
}

impl Block {
    /// Whether it is to be run, as an example in a language.
    pub fn runs(&self, lang: &str) -> bool {
        self.lang == lang && self.not_run.is_none()
    }

    /// Whether an option stands behind its language.
    pub fn is(&self, option: &str) -> bool {
        self.options.iter().any(|o| o == option)
    }

    /// The number of the closing fence's line.
    pub fn end(&self) -> usize {
        self.line + self.text.lines().count() + 1
    }
}

/// The languages that fences may name.
pub const KNOWN: &[&str] = &[
    "jalon",
    "jalon-criterion",
    "console",
    "python",
    "js",
    "rust",
    "text",
    "json",
    "ndjson",
    "csv",
    "toml",
    "yaml",
    "xml",
    "sql",
    "sh",
    "html",
    "diff",
    "lua",
    "elisp",
    "ini",
];

/// What may stand behind a language.
const OPTIONS: &[(&str, &[&str])] =
    &[("jalon", &["continued", "wrong", "en", "fr"]), ("rust", &["no_run", "should_panic"])];

/// What a comment right before a block says of it.
#[derive(Default)]
struct Notes {
    line: usize,
    file: Option<String>,
    not_run: Option<String>,
}

impl Page {
    /// Reads a page of the repository.
    pub fn read(root: &Path, path: &str) -> Result<Page, String> {
        let text = std::fs::read_to_string(root.join(path)).map_err(|e| format!("{path}: {e}"))?;
        Ok(Page::of(path, text))
    }

    /// The page with a text.
    pub fn of(path: &str, text: String) -> Page {
        let mut page = Page {
            path: path.into(),
            text: String::new(),
            blocks: Vec::new(),
            copies: Vec::new(),
            faults: Vec::new(),
        };
        let (mut notes, mut follows) = (None::<Notes>, false);
        let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
        while let Some((line, shown)) = lines.next() {
            if let Some((fence, mut block)) = opening(line, shown) {
                let closed = fill(&mut block, &fence, &mut lines);
                if !closed {
                    page.faults.push((line, "a fence that is never closed".into()));
                }
                page.faults.extend(strange(&block).map(|fault| (line, fault)));
                let notes = notes.take().unwrap_or_default();
                (block.file, block.not_run) = (notes.file, notes.not_run);
                block.follows = follows && !page.blocks.is_empty();
                page.blocks.push(block);
                follows = true;
            } else if let Some(note) = comment(shown) {
                page.note(line, note, &mut notes);
            } else if !shown.trim().is_empty() {
                follows = false;
                if let Some(notes) = notes.take() {
                    page.faults
                        .push((notes.line, "no block comes right after this comment".into()));
                }
            }
        }
        if let Some(notes) = notes {
            page.faults.push((notes.line, "no block comes right after this comment".into()));
        }
        page.text = text;
        page
    }

    /// Keeps what a comment says of the next block, or of the page's folder.
    fn note(&mut self, line: usize, note: Note<'_>, notes: &mut Option<Notes>) {
        match note {
            Note::Copy(name, path) => self.copies.push((name.into(), path.into())),
            Note::File(name) => {
                notes.get_or_insert_with(|| Notes { line, ..Notes::default() }).file =
                    Some(name.into());
            }
            Note::NotRun("") => {
                self.faults.push((line, "`not run` without a reason".into()));
            }
            Note::NotRun(reason) => {
                notes.get_or_insert_with(|| Notes { line, ..Notes::default() }).not_run =
                    Some(reason.into());
            }
        }
    }
}

enum Note<'t> {
    File(&'t str),
    Copy(&'t str, &'t str),
    NotRun(&'t str),
}

fn comment(line: &str) -> Option<Note<'_>> {
    let inside = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if let Some(reason) = inside.strip_prefix("not run:") {
        return Some(Note::NotRun(reason.trim()));
    }
    let file = inside.strip_prefix("file:")?.trim();
    Some(match file.split_once(" from ") {
        Some((name, path)) => Note::Copy(name.trim(), path.trim()),
        None => Note::File(file),
    })
}

/// The fence itself with its indent, and the block that it opens.
fn opening(line: usize, shown: &str) -> Option<((usize, String), Block)> {
    let bare = shown.trim_start();
    let ticks = bare.len() - bare.trim_start_matches('`').len();
    if ticks < 3 || bare[ticks..].contains('`') {
        return None;
    }
    let mut words = bare[ticks..].split([',', ' ']).map(str::trim).filter(|word| !word.is_empty());
    let lang = words.next().unwrap_or_default().to_owned();
    let options = words.map(str::to_owned).collect();
    let fence = (shown.len() - bare.len(), "`".repeat(ticks));
    Some((fence, Block { lang, options, line, ..Block::default() }))
}

/// Reads a block up to its closing fence; whether there is one.
fn fill<'t>(
    block: &mut Block,
    (indent, fence): &(usize, String),
    lines: &mut impl Iterator<Item = (usize, &'t str)>,
) -> bool {
    for (_, shown) in lines {
        let bare = shown.trim();
        if bare.starts_with(fence.as_str()) && bare.chars().all(|c| c == '`') {
            return true;
        }
        let margin = shown.len() - shown.trim_start().len();
        block.text += &shown[margin.min(*indent)..];
        block.text.push('\n');
    }
    false
}

/// What is not as it should be in a fence.
fn strange(block: &Block) -> Option<String> {
    if block.lang.is_empty() {
        return Some("a fence without a language (`text` for what is none)".into());
    }
    if !KNOWN.contains(&block.lang.as_str()) {
        return Some(format!("a fence of no known language: `{}`", block.lang));
    }
    let known = OPTIONS.iter().find(|(lang, _)| *lang == block.lang).map_or(&[][..], |o| o.1);
    let strange = block.options.iter().find(|option| !known.contains(&option.as_str()))?;
    Some(format!("`{strange}` says nothing of a block of `{}`", block.lang))
}
