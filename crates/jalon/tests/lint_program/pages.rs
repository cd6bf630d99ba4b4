//! Each lint is told at length in both languages, with an example that shows it.

use jalon::diagnostic::{catalogue, page, section};
use jalon::lang::Lang;
use jalon::program::Loader;

/// What no short example shows; `cycles` shows it.
const OF_LARGE_PROGRAMS: &[&str] = &["N0836"];

#[test]
fn every_lint_has_a_section_in_both_languages_and_an_example_that_shows_it() {
    let (mut told, mut wrong) = (0, Vec::new());
    for code in catalogue::all().iter().filter(|code| code.id[1..].starts_with("08")) {
        for lang in [Lang::Fr, Lang::En] {
            let section = section(code.id, lang).unwrap_or_else(|| panic!("{} {lang:?}", code.id));
            if OF_LARGE_PROGRAMS.contains(&code.id) {
                assert!(!section.contains("```"), "{}: an example that is not held", code.id);
                continue;
            }
            let example =
                section.split("```jalon\n").nth(1).and_then(|rest| rest.split("```").next());
            let example = example.unwrap_or_else(|| panic!("{}: no example", code.id));
            let list = Loader::default().source("example.jalon", example).check().list;
            let found: Vec<_> =
                list.iter().map(|d| d.code.id).filter(|id| *id != "N0202").collect();
            if found != [code.id] {
                wrong.push(format!("{} {lang:?} {found:?}\n{example}", code.id));
            }
            told += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told >= 68, "{told}");
}

#[test]
fn a_code_without_a_section_has_its_texts() {
    let page = page("e0159", Lang::En).unwrap();
    assert!(page.starts_with("error[E0159]: "), "{page}");
    assert!(catalogue::all().iter().all(|code| {
        [Lang::Fr, Lang::En].iter().all(|lang| jalon::diagnostic::page(code.id, *lang).is_some())
    }));
}
