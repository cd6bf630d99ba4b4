//! Logs replayed through blueprints, and blueprints discovered in logs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod discover;
mod replay;

use jalon::check;
use jalon::checked::blueprint::Blueprint;
use jalon::diagnostic::Severity;
use jalon::source::Sources;
use jalon::syntax::{Limits, parse};

/// The blueprint of a text, in which nothing is wrong.
fn blueprint(text: &str) -> Blueprint {
    let mut sources = Sources::default();
    let source = sources.add("test.jalon", text);
    let (document, found) = parse(source, text, &Limits::default());
    assert!(found.is_empty(), "{found:?}\n{text}");
    let (program, found) = check::check(&[document], &sources);
    let mut wrong = found.iter().filter(|one| one.severity() == Severity::Error);
    assert!(wrong.next().is_none(), "{found:?}\n{text}");
    program.blueprints.into_iter().next().unwrap()
}
