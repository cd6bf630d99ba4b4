//! What leads from page to page: links, headings, tables of contents.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::Failure;
use crate::books;
use crate::page::Page;

/// A link of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The line on which it stands.
    pub line: usize,
    /// Where in that line its target stands, in bytes.
    pub at: usize,
    /// What it leads to.
    pub target: String,
}

/// A line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its line.
    pub line: usize,
    /// Its name.
    pub title: String,
    /// Its page, empty where there is none yet.
    pub target: String,
}

/// The links of a text, but for those in blocks of code.
pub fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for (line, shown) in prose(text) {
        let masked = without_code(shown);
        for (end, _) in masked.match_indices("](") {
            let at = end + 2;
            let mut depth = 1;
            let close = masked[at..].find(|c| {
                depth += match c {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            let Some(close) = close else { continue };
            let target = shown[at..at + close].split(' ').next().unwrap_or_default();
            found.push(Link { line, at, target: target.into() });
        }
    }
    found
}

/// The lines of a text outside of blocks of code.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<usize> = None;
    text.lines().enumerate().filter_map(move |(i, line)| {
        let bare = line.trim_start();
        let ticks = bare.len() - bare.trim_start_matches('`').len();
        let is_fence = ticks >= 3 && !bare[ticks..].contains('`');
        match fence {
            Some(open) if is_fence && ticks >= open => fence = None,
            None if is_fence => fence = Some(ticks),
            None => return Some((i + 1, line)),
            Some(_) => {}
        }
        None
    })
}

/// The line with each piece of code in it replaced by as many spaces.
fn without_code(line: &str) -> String {
    let mut masked = String::new();
    let mut code = false;
    for c in line.chars() {
        if c == '`' {
            code = !code;
        }
        let hidden = code || c == '`';
        if hidden { masked.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { masked.push(c) }
    }
    if code { line.to_owned() } else { masked }
}

/// The ids of the headings of a text, as GitHub and mdBook make them, and those given by hand.
pub fn anchors(text: &str) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for (_, line) in prose(text) {
        for given in line.split("id=\"").skip(1) {
            ids.extend(given.split('"').next().map(str::to_owned));
        }
        let level = line.len() - line.trim_start_matches('#').len();
        let Some(title) = line[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level))
        else {
            continue;
        };
        let id = slug(title);
        let times = seen.entry(id.clone()).or_default();
        ids.insert(if *times == 0 { id } else { format!("{id}-{times}") });
        *times += 1;
    }
    ids
}

/// The id of a heading.
pub fn slug(title: &str) -> String {
    let mut id = String::new();
    let mut shown = title.trim();
    // Of a link only its words count.
    let mut words = String::new();
    while let Some((before, rest)) = shown.split_once("](") {
        words += &before.replacen('[', "", 1);
        shown = rest.split_once(')').map_or("", |(_, after)| after);
    }
    words += shown;
    for c in words.to_lowercase().chars() {
        match c {
            ' ' => id.push('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => id.push(c),
            _ => {}
        }
    }
    id
}

/// A target from the folder of a page, as a path from the root; `None` for what leads out of the
/// repository.
pub fn resolved(page: &str, target: &str) -> Option<(String, Option<String>)> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (target, None),
    };
    if path.is_empty() {
        return Some((page.into(), anchor));
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some((parts.join("/"), anchor))
}

/// The links of a page that lead nowhere.
pub fn broken(root: &Path, path: &str, text: &str) -> Vec<Failure> {
    let mut failures = Vec::new();
    for link in links(text) {
        let Some((to, anchor)) = resolved(path, &link.target) else { continue };
        let message = if is_to_come(root, &to) {
            continue;
        } else if !root.join(&to).exists() {
            format!("`{}` leads nowhere: there is no {to}", link.target)
        } else if let Some(anchor) = anchor.filter(|_| to.ends_with(".md")) {
            let text = std::fs::read_to_string(root.join(&to)).unwrap_or_default();
            if anchors(&text).contains(&anchor) {
                continue;
            }
            format!("`{}` leads nowhere: {to} has no heading `#{anchor}`", link.target)
        } else {
            continue;
        };
        failures.push(Failure { page: path.into(), line: link.line, message });
    }
    failures
}

/// Whether a path is a page that the English book has and the French one will: chapters of it are
/// drafts yet.
pub fn is_to_come(root: &Path, path: &str) -> bool {
    let Some(page) = path.strip_prefix("docs/fr/") else { return false };
    let summary = std::fs::read_to_string(root.join("docs/fr/SUMMARY.md")).unwrap_or_default();
    // The last draft is the place of the diagnostics, which have no page in the repository.
    let drafts = chapters(&summary).iter().filter(|chapter| chapter.target.is_empty()).count();
    drafts > 1 && !root.join(path).exists() && root.join("docs/en").join(page).exists()
}

/// The chapters of a table of contents.
pub fn chapters(summary: &str) -> Vec<Chapter> {
    let mut found = Vec::new();
    for (i, line) in summary.lines().enumerate() {
        let line = line.trim().trim_start_matches("- ");
        let Some((title, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]("))
        else {
            continue;
        };
        let target = target.trim_end_matches(')').to_owned();
        found.push(Chapter { line: i + 1, title: title.into(), target });
    }
    found
}

/// What is wrong with the table of contents of a book: pages that it does not list.
pub fn unlisted(root: &Path, book: &str) -> Result<Vec<Failure>, String> {
    let summary = format!("docs/{book}/SUMMARY.md");
    let page = Page::read(root, &summary)?;
    let listed: BTreeSet<String> = chapters(&page.text)
        .into_iter()
        .filter_map(|chapter| Some(resolved(&summary, &chapter.target)?.0))
        .collect();
    let all = books::markdown(root, &format!("docs/{book}"))?;
    let missing = all.into_iter().filter(|path| *path != summary && !listed.contains(path));
    let fails =
        |path| Failure { page: summary.clone(), line: 1, message: format!("{path} is not listed") };
    Ok(missing.map(fails).collect())
}

/// Where the tables of contents of the two books differ in more than their words and in pages that
/// one of them does not have yet.
pub fn unpaired(root: &Path) -> Result<Vec<Failure>, String> {
    let [en, fr] = books::BOOKS.map(|book| format!("docs/{book}/SUMMARY.md"));
    let [here, there] =
        [chapters(&Page::read(root, &en)?.text), chapters(&Page::read(root, &fr)?.text)];
    let mut failures = Vec::new();
    let fails = |page: &String, line, message| Failure { page: page.clone(), line, message };
    for (ours, theirs) in here.iter().zip(&there) {
        let drafted = ours.target.is_empty() || theirs.target.is_empty();
        if ours.target != theirs.target && !drafted {
            let message =
                format!("`{}`, where the English book has `{}`", theirs.target, ours.target);
            failures.push(fails(&fr, theirs.line, message));
        }
    }
    if here.len() != there.len() {
        let message = format!("{} chapters, and in the English book {}", there.len(), here.len());
        failures.push(fails(&fr, 1, message));
    }
    Ok(failures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_headings_are_found_outside_of_code() {
        let text = "# A `b` & c\n[x](y.md#z) `[no](no.md)` [`z`](#q_(r))\n```text\n# no\n[n](n)\n```\n## A b  c\n";
        let targets: Vec<_> = links(text).into_iter().map(|link| link.target).collect();
        assert_eq!(targets, ["y.md#z", "#q_(r)"]);
        assert_eq!(anchors(text).into_iter().collect::<Vec<_>>(), ["a-b--c", "a-b--c-1"]);
        assert_eq!(slug("In [Rust](x.md), État"), "in-rust-état");
    }

    #[test]
    fn targets_start_at_the_folder_of_their_page() {
        let to = |target| resolved("docs/en/guides/a.md", target);
        assert_eq!(
            to("../../decisions/1.md#x"),
            Some(("docs/decisions/1.md".into(), Some("x".into())))
        );
        assert_eq!(to("#x"), Some(("docs/en/guides/a.md".into(), Some("x".into()))));
        assert_eq!(to("https://a.example"), None);
    }
}
