//! Findings as people see them.

use super::{SCHEMA, checked, with_schema};
use crate::lang::Lang;

fn rendered(criterion: &str, lang: Lang) -> String {
    let checked = with_schema(criterion);
    super::render(&checked.diagnostics, &checked.sources, lang, false)
}

#[test]
fn unknown_field() {
    insta::assert_snapshot!(rendered("Socité EST Lamoulie", Lang::Fr));
}

#[test]
fn contains_on_a_checkbox() {
    insta::assert_snapshot!(rendered("Email Opt Out contains true", Lang::En));
}

#[test]
fn unknown_list_value() {
    insta::assert_snapshot!(rendered("Statut Membre EST Clik CRM", Lang::Fr));
}

#[test]
fn value_or_field() {
    insta::assert_snapshot!(rendered("Pays EST Ville", Lang::En));
}

#[test]
fn score_circle() {
    let text =
        format!("{SCHEMA}score A sur Prospects\n  + score B\nscore B sur Prospects\n  + score A\n");
    let checked = checked(&text);
    insta::assert_snapshot!(checked.rendered(Lang::Fr));
}
