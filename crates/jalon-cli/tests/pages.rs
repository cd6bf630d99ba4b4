//! The commands on the pages of the books print what stands there.

use std::path::Path;

use jalon_docs::{books, console, told};

#[test]
fn what_the_books_show_is_what_is_printed() {
    let jalon = Path::new(env!("CARGO_BIN_EXE_jalon"));
    let run = |page| console::run(page, jalon).unwrap();
    if let Some(told) = told(&books::pages().unwrap().iter().flat_map(run).collect::<Vec<_>>()) {
        panic!("{told}");
    }
}
