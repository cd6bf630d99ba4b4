//! Any text as a program that loads: it is said, drawn, written as JSON and compared with itself;
//! what the JSON says is the same program, with the same content, and so is what the formatter makes.
#![no_main]

use jalon::source::SourceId;
use jalon::syntax::{Limits, parse};
use jalon::{Lang, Program, diff, form, format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Ok(program) = Program::parse(&text) else { return };
    for lang in [Lang::Fr, Lang::En] {
        let _ = program.say(lang);
    }
    let (document, _) = parse(SourceId(0), &text, &Limits::default());
    let json = form::to_json(&document).to_string();
    let again = Program::from_json(&json).unwrap_or_else(|e| panic!("{text:?}\n{json}\n{e}"));
    same(&program, &again, &text);
    let formatted = format::text(&text, None).unwrap_or_else(|e| panic!("{text:?}: {e:?}"));
    let again = Program::parse(&formatted).unwrap_or_else(|e| panic!("{formatted}\n{e}"));
    same(&program, &again, &formatted);
});

fn same(one: &Program, other: &Program, text: &str) {
    assert_eq!(one.content(), other.content(), "{text}");
    let changes = diff::diff(one, other);
    assert!(!changes.changes.iter().any(diff::Change::is_meaning), "{text}");
}
