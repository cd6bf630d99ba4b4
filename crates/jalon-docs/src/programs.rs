//! Examples in the language itself: whole programs, wrong ones, criteria.

use jalon::Loader;
use jalon::diagnostic::{Severity, render};
use jalon::lang::Lang;
use jalon::source::Sources;
use jalon::syntax;

use crate::Failure;
use crate::page::{Block, Page};

/// Runs the examples of a page in the language.
pub fn run(page: &Page) -> Vec<Failure> {
    let mut failures = Vec::new();
    // A program so far, on the lines of the page: a whole one, and what was added to it.
    let mut program = String::new();
    for block in &page.blocks {
        let message = if block.runs("jalon") {
            let alone = placed(String::new(), block);
            let text = match (block.is("continued"), block.is("wrong")) {
                (true, _) => placed(program.clone(), block),
                _ => alone,
            };
            let lang = block.is("fr").then_some(Lang::Fr);
            let lang = lang.or_else(|| block.is("en").then_some(Lang::En));
            let message = judged(page, &text, lang, block.is("wrong"));
            if !block.is("wrong") {
                program = text;
            }
            message
        } else if block.runs("jalon-criterion") {
            criteria(page, block)
        } else {
            None
        };
        let line = block.line;
        failures.extend(message.map(|message| Failure { page: page.path.clone(), line, message }));
    }
    failures
}

/// A text with a block added where it stands on its page.
fn placed(mut text: String, block: &Block) -> String {
    let lines = text.lines().count();
    text += &"\n".repeat(block.line.saturating_sub(lines));
    text + &block.text
}

fn judged(page: &Page, text: &str, lang: Option<Lang>, is_wrong: bool) -> Option<String> {
    let mut loader = Loader::default().source(page.path.as_str(), text);
    if let Some(lang) = lang {
        loader = loader.lang(lang);
    }
    let found = loader.check();
    if is_wrong {
        let silent = found.list.is_empty();
        return silent.then(|| "said to be wrong, but nothing is found".into());
    }
    let errors: Vec<_> =
        found.list.into_iter().filter(|d| d.severity() == Severity::Error).collect();
    let rendered = || render(&errors, &found.sources, Lang::En, false);
    (!errors.is_empty()).then(|| format!("does not load\n{}", rendered()))
}

/// Each line is a criterion.
fn criteria(page: &Page, block: &Block) -> Option<String> {
    let mut message = String::new();
    for (i, line) in block.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut sources = Sources::default();
        let source = sources.add(format!("{}:{}", page.path, block.line + 1 + i), line);
        if let Err(found) = syntax::parse_criterion(source, line) {
            message += &render(&found, &sources, Lang::En, false);
        }
    }
    (!message.is_empty()).then(|| format!("no criterion\n{message}"))
}
