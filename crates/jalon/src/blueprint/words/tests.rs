//! Numbers and conditions as pictures and reports say them.

use super::{condition, count};
use crate::Program;
use crate::lang::Lang;

#[test]
fn numbers_stand_in_groups_of_three() {
    let both = |n| [count(n, Lang::Fr), count(n, Lang::En)];
    assert_eq!(both(0), ["0", "0"]);
    assert_eq!(both(100), ["100", "100"]);
    assert_eq!(both(45_211), ["45\u{a0}211", "45,211"]);
    assert_eq!(both(123_456), ["123\u{a0}456", "123,456"]);
    assert_eq!(both(1_234_567), ["1\u{a0}234\u{a0}567", "1,234,567"]);
}

#[test]
fn conditions_keep_the_brackets_that_they_need() {
    let text = "
module Affaires
  A : nombre
  B : nombre
  C : nombre
  Étape : liste X, Y
parcours P sur Affaires, champ Étape
  entrée si (A = 1 OU B = 2) ET NON (C = 3)
  états X
  final Y
  transition T de X vers Y
";
    let program = Program::parse(text).unwrap();
    let entry = program.checked().blueprints[0].entry.as_ref().unwrap();
    let said = |lang| condition(entry, lang);
    assert_eq!(said(Lang::Fr), "(A = 1 OU B = 2) ET NON (C = 3)");
    assert_eq!(said(Lang::En), "(A = 1 OR B = 2) AND NOT (C = 3)");
}
