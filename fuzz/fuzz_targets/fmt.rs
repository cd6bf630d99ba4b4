//! Any text as a program: what parses is formatted, what is formatted stays as it is, and French,
//! English and French again is the same text.
#![no_main]

use jalon::{Lang, format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Ok(once) = format::text(&text, None) else { return };
    let twice = format::text(&once, None);
    assert_eq!(twice.as_ref().ok(), Some(&once), "{text:?}");
    let french = format::text(&once, Some(Lang::Fr)).expect("what is formatted is read");
    let english = format::text(&french, Some(Lang::En)).expect("French is read");
    let again = format::text(&english, Some(Lang::Fr)).expect("English is read");
    assert_eq!(again, french, "{text:?}");
});
