//! Any text as a template and any value in it: no panic, and what is accepted without a warning
//! parses.
#![no_main]

use std::sync::LazyLock;

use jalon::template::Format;
use jalon::{Clock, Program};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static PROGRAM: LazyLock<Program> = LazyLock::new(|| {
    Program::parse("module Contacts (c)\n  Nom (n) : texte\n").unwrap_or_else(|e| panic!("{e}"))
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (text, value) = text.split_once('\0').unwrap_or((&text, "\"<&'\\>\u{0}]]>"));
    for format in Format::ALL {
        let template = match PROGRAM.template(text, format, None) {
            Ok(template) => template,
            Err(error) => {
                let _ = error.to_string();
                continue;
            }
        };
        let made = template
            .render(&json!({"Nom": value}), &Clock::default())
            .unwrap_or_else(|e| panic!("{text:?} of {value:?}: {e}"));
        if !template.diagnostics().list.is_empty() {
            continue;
        }
        match format {
            Format::Json => {
                serde_json::from_str::<Value>(&made)
                    .unwrap_or_else(|e| panic!("{text:?} of {value:?}: {e}: {made:?}"));
            }
            Format::Xml => xml(text, value, &made),
            _ => {}
        }
    }
});

/// A document, or what may stand in one. Prefixes and document types are not looked at.
fn xml(text: &str, value: &str, made: &str) {
    if text.contains([':', '!', '?']) || text.contains("xmlns") {
        return;
    }
    if roxmltree::Document::parse(made).is_err() {
        roxmltree::Document::parse(&format!("<r>{made}</r>"))
            .unwrap_or_else(|e| panic!("{text:?} of {value:?}: {e}: {made:?}"));
    }
}
