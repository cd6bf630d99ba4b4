//! Any JSON as a program: what is read prints as a text that reads back as the same JSON; what is
//! refused says why in both languages; never a panic.
#![no_main]

use jalon::source::SourceId;
use jalon::syntax::{Limits, parse, print};
use jalon::{Lang, Program, form};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let json = String::from_utf8_lossy(data);
    match form::from_json(&json) {
        Ok(document) => {
            let text = print(&document, Lang::En);
            let (again, _) = parse(SourceId(0), &text, &Limits::default());
            assert_eq!(again.declarations.len(), document.declarations.len());
            let again = form::to_json(&again).to_string();
            assert!(form::from_json(&again).is_ok());
            let _ = Program::from_json(&json);
        }
        Err(error) => {
            for lang in [Lang::Fr, Lang::En] {
                let _ = error.message(lang);
            }
        }
    }
});
