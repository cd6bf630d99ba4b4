//! The books hold together: their fences, their programs, their links, their tables of contents.

use jalon_docs::{Failure, books, links, programs, told};

fn hold(failures: &[Failure]) {
    if let Some(told) = told(failures) {
        panic!("{told}");
    }
}

#[test]
fn every_fence_and_comment_of_a_page_is_understood() {
    let mut failures = Vec::new();
    for page in books::pages().unwrap() {
        let fails = |(line, message)| Failure { page: page.path.clone(), line, message };
        failures.extend(page.faults.clone().into_iter().map(fails));
        let root = books::root();
        let missing = page.copies.iter().filter(|(_, path)| !root.join(path).exists());
        failures.extend(missing.map(|(_, path)| fails((1, format!("there is no {path} to copy")))));
    }
    hold(&failures);
}

#[test]
fn every_program_and_criterion_is_what_its_fence_says() {
    let pages = books::pages().unwrap();
    hold(&pages.iter().flat_map(programs::run).collect::<Vec<_>>());
}

#[test]
fn every_link_leads_somewhere() {
    let root = books::root();
    let mut pages = books::markdown(&root, "docs").unwrap();
    pages.extend(books::markdown(&root, "examples").unwrap());
    pages.extend(
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned),
    );
    let read = |path: &String| std::fs::read_to_string(root.join(path)).unwrap();
    hold(
        &pages.iter().flat_map(|path| links::broken(&root, path, &read(path))).collect::<Vec<_>>(),
    );
}

#[test]
fn every_page_is_in_its_table_of_contents() {
    let root = books::root();
    hold(&books::BOOKS.map(|book| links::unlisted(&root, book).unwrap()).concat());
}

#[test]
fn both_books_have_the_same_chapters() {
    hold(&links::unpaired(&books::root()).unwrap());
}
