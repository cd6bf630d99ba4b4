//! Each code is told at length in both languages, with examples that show it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod made;
mod without;

use std::collections::BTreeSet;
use std::path::Path;

use jalon::diagnostic::{Code, Diagnostic, Severity, apply, catalogue, page, section};
use jalon::format;
use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::users::{User, Users};

use crate::made::MADE;

/// What stands in a section between fences.
struct Example<'a> {
    /// `jalon`, `jalon,wrong`, `json` …
    fence: &'a str,
    text: &'a str,
}

fn examples(section: &str) -> Vec<Example<'_>> {
    let blocks = section.split("```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.split_once('\n'))
        .map(|(fence, text)| Example { fence, text })
        .collect()
}

fn is_still_without(code: &str) -> bool {
    without::OF_PROCESSES.contains(&code)
}

/// Of the pages about lints, whose examples load: the one example shows the code.
fn is_lint(code: &Code) -> bool {
    code.id[1..].starts_with("08")
}

fn check(text: &str) -> Vec<Diagnostic> {
    Loader::default().source("example.jalon", text).check().list
}

/// The users that the examples of a code are checked with, if it is about users.
fn users(code: &Code) -> Users {
    if !jalon::lint::OF_PEOPLE.contains(&code.id) {
        return Users::default();
    }
    let alice = User::named("Alice").role("Directrice").role("Director");
    let alice = alice.group("Juristes").group("Lawyers").profile("Standard");
    Users::new(vec![alice])
}

/// The codes found, each once; of notes about what is not declared, only the one asked for.
fn codes(found: &[Diagnostic], asked: &str) -> BTreeSet<&'static str> {
    let found = found.iter().map(|d| d.code.id);
    found.filter(|id| *id == asked || !id.starts_with("N02")).collect()
}

#[test]
fn every_code_has_a_section_in_both_languages_with_examples_that_show_it() {
    let mut wrong = Vec::new();
    for code in catalogue::all() {
        for lang in [Lang::Fr, Lang::En] {
            let problems = match (section(code.id, lang), is_still_without(code.id)) {
                (None, true) => continue,
                (Some(_), true) => vec!["is listed as without a section, and has one".to_owned()],
                (None, false) => vec!["has no section".to_owned()],
                (Some(section), false) => problems(code, section, lang),
            };
            wrong.extend(problems.iter().map(|problem| format!("{} {lang:?} {problem}", code.id)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a section.
fn problems(code: &'static Code, section: &str, lang: Lang) -> Vec<String> {
    let mut problems = Vec::new();
    let (why, what) = lang.pick(("*Pourquoi* :", "*Que faire* :"), ("*Why*:", "*What to do*:"));
    if !section.starts_with("**") {
        problems.push("does not begin with what it is, in bold".to_owned());
    }
    if !(is_lint(code) || section.contains(why) && section.contains(what)) {
        problems.push(format!("lacks {why} or {what}"));
    }
    let (mut shown, mut mended) = (false, false);
    for Example { fence, text } in examples(section) {
        // `jalon,wrong,en`: what only the other language gives.
        let mut words = fence.split(',');
        if words.next() != Some("jalon") {
            continue;
        }
        let shows = is_lint(code) || words.clone().any(|word| word == "wrong");
        let lang = words.find_map(|word| word.parse().ok()).unwrap_or(lang);
        let loader = Loader::default().source("example.jalon", text).users(users(code));
        let found = loader.check().list;
        let ids = codes(&found, code.id);
        if shows && !ids.iter().eq([&code.id]) {
            problems.push(format!("is not what this gives: {ids:?}\n{text}"));
        }
        let fails = |d: &Diagnostic| d.severity() != Severity::Note || d.code.id == code.id;
        if !shows && found.iter().any(fails) {
            problems.push(format!("is not mended here: {ids:?}\n{text}"));
        }
        if let Some(word) = foreign(text, lang) {
            problems.push(format!("has an example in the other language: {word}\n{text}"));
        }
        shown |= shows;
        mended |= !shows;
    }
    let made = MADE.iter().any(|made| made.code == code.id);
    if shown == made {
        problems.push("is shown by an example, or else made by `MADE`".to_owned());
    }
    if code.severity == Severity::Error && shown && !mended {
        problems.push("has no mended example".to_owned());
    }
    problems
}

#[test]
fn each_way_out_of_an_example_leads_out() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for code in catalogue::all().iter().filter(|code| !is_lint(code)) {
        for lang in [Lang::Fr, Lang::En] {
            let Some(section) = section(code.id, lang) else { continue };
            let shown =
                examples(section).into_iter().filter(|e| e.fence.starts_with("jalon,wrong"));
            for Example { text, .. } in shown {
                let found = check(text);
                for fix in found.iter().filter(|d| d.code == *code).flat_map(|d| &d.fixes) {
                    tried += 1;
                    let mended = apply(text, &fix.edits);
                    let left = check(&mended);
                    if left.iter().any(|d| d.severity() == Severity::Error || d.code == *code) {
                        wrong.push(format!(
                            "{} {lang:?} {:?}\n{mended}",
                            code.id,
                            codes(&left, "")
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried >= 100, "{tried}");
}

/// What of an example is not in the page's language: a line that translating would change, or,
/// where it has a syntax error, a word.
fn foreign(text: &str, lang: Lang) -> Option<String> {
    const FRENCH: &[&str] = &[
        "sur",
        "si",
        "quand",
        "alors",
        "sinon",
        "règle",
        "ET",
        "OU",
        "EST",
        "N'EST",
        "texte",
        "nombre",
        "liste",
        "constante",
        "parcours",
        "dès",
        "créé",
        "modifié",
        "tâche",
        "NON",
        "vers",
        "transition commune",
    ];
    const ENGLISH: &[&str] = &[
        "on",
        "if",
        "when",
        "then",
        "else",
        "rule",
        "AND",
        "OR",
        "IS",
        "ISN'T",
        "text",
        "number",
        "picklist",
        "constant",
        "blueprint",
        "from",
        "created",
        "updated",
        "task",
        "NOT",
        "to",
        "the",
    ];
    if let (Ok(as_it_is), Ok(translated)) =
        (format::text(text, None), format::text(text, Some(lang)))
    {
        let mut pairs = as_it_is.lines().zip(translated.lines());
        return pairs.find(|(line, other)| line != other).map(|(line, _)| line.to_owned());
    }
    let outside_quotes: String = text.split('"').step_by(2).collect();
    let mut words = outside_quotes.split_whitespace();
    words.find(|word| lang.pick(ENGLISH, FRENCH).contains(word)).map(str::to_owned)
}

#[test]
fn what_no_example_shows_comes_about_otherwise() {
    for made in MADE {
        let Some(found) = made.found.map(|found| found()) else { continue };
        assert!(codes(&found, made.code).contains(made.code), "{}: {found:#?}", made.code);
    }
}

#[test]
fn a_page_holds_its_codes_in_order_and_the_same_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics");
    let known: BTreeSet<_> = catalogue::all().iter().map(|code| code.id).collect();
    let mut told = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (name, text) = (path.display(), std::fs::read_to_string(&path).unwrap());
        let headings: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert!(headings.is_sorted_by_key(|id| (&id[1..], *id)), "{name}: {headings:?}");
        let lang = if path.to_string_lossy().ends_with(".fr.md") { Lang::Fr } else { Lang::En };
        for id in headings {
            assert!(known.contains(id), "{name}: no code {id}");
            assert!(told.insert((id.to_owned(), lang.code())), "{name}: {id} twice");
            assert!(section(id, lang).is_some(), "{name} is no page of `--explain`");
        }
    }
    assert!(told.len() >= 68, "{}", told.len());
}

#[test]
fn a_page_begins_with_the_message() {
    let page = page("e0159", Lang::En).unwrap();
    assert!(page.starts_with("error[E0159]: "), "{page}");
    assert!(page.contains("\n```jalon\n") && !page.contains("wrong"), "{page}");
    assert!(catalogue::all().iter().all(|code| {
        [Lang::Fr, Lang::En].iter().all(|lang| jalon::diagnostic::page(code.id, *lang).is_some())
    }));
}
