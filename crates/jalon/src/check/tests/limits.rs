//! Tests of bounds: nothing that a user writes overflows, hangs or panics.

use super::{Lang, checked};
use std::fmt::Write;

/// E0248
#[test]
fn chains_of_formulas_are_bounded() {
    let mut text = "module M\n  F0 : nombre\n".to_owned();
    for i in 1..400 {
        let _ = writeln!(text, "  F{i} : formule F{} + 1", i - 1);
    }
    assert_eq!(checked(&text).findings(), []);
    let mut text = "module M\n  F0 : nombre\n".to_owned();
    for i in (1..400).rev() {
        let _ = writeln!(text, "  F{i} : formule F{} + 1", i - 1);
    }
    assert!(checked(&text).findings().iter().all(|(code, _)| *code == "E0248"));
}

#[test]
fn formulas_that_double_are_bounded() {
    let mut text = "module M\n  F0 : nombre\n".to_owned();
    for i in 1..64 {
        let _ = writeln!(text, "  F{i} : formule F{} + F{}", i - 1, i - 1);
    }
    let checked = checked(&text);
    assert!(checked.findings().iter().any(|(code, _)| *code == "E0248"));
    assert!(!checked.rendered(Lang::Fr).is_empty());
}

#[test]
fn many_errors_over_many_names_take_no_time() {
    let mut text = "module M\n".to_owned();
    for i in 0..3_000 {
        let _ = writeln!(text, "  Champ numéro {i} : texte");
    }
    for i in 0..3_000 {
        let _ = writeln!(text, "règle R{i} sur M\n  si Champ nmuéro {i} EST a");
    }
    let start = std::time::Instant::now();
    assert_eq!(checked(&text).findings().len(), 3_000);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn formulas_nest_with_their_criteria() {
    let mut text = "module M\n  F0 : nombre\n".to_owned();
    for i in (1..100).rev() {
        let (open, close) = ("NON (".repeat(30), ")".repeat(30));
        let _ = writeln!(text, "  F{i} : formule si ({open}F{} > 1{close}) alors 1 sinon 2", i - 1);
    }
    assert!(checked(&text).findings().iter().all(|(code, _)| *code == "E0248"));
}

/// E0224
#[test]
fn patterns_are_bounded_by_their_length() {
    let found = |length: usize| {
        let pattern = "a".repeat(length);
        super::with_schema(&format!("Nom CORRESPOND À /{pattern}/"))
    };
    assert_eq!(found(4_096).findings(), []);
    let long = found(4_097);
    assert_eq!(long.findings().iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["E0224"]);
    let shown = long.rendered(Lang::Fr);
    assert!(shown.contains("4096") && shown.contains("1024"), "{shown}");
}
