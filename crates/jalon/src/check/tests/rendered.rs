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

/// The findings of a rule on prospects, from its first line in.
fn of_rule(lines: &str, lang: Lang) -> String {
    checked(&format!("{SCHEMA}règle \"R\" sur Prospects\n{lines}")).rendered(lang)
}

#[test]
fn a_trigger_that_is_field_and_event() {
    let text = "module M\n  Visite : date\nrègle R sur M\n  quand Visite\n  alors\n    \
                Visite : demain\n";
    insta::assert_snapshot!(checked(text).rendered(Lang::Fr));
}

#[test]
fn a_trigger_on_a_field_that_is_no_date() {
    let text = "  quand Statut Membre\n  alors\n    Pays : Monaco\n";
    insta::assert_snapshot!(of_rule(text, Lang::Fr));
}

#[test]
fn updates_of_wrong_values() {
    let text = "  quand créé\n  alors\n    Statut Membre : Clik CRM\n    Rejet Mail : vide\n    \
                Nom : vide\n    Pays : Prospects.Montant\n    Date Prochain Push : cette semaine\n";
    insta::assert_snapshot!(of_rule(text, Lang::Fr));
}

#[test]
fn updates_of_wrong_fields() {
    let text = "  when created\n  then\n    Payes : Monaco\n    Pays += Monaco\n    \
                Visites : 3\n    Contacts liés.Âge : 3\n    Pays : Monaco\n    Pays : France\n";
    insta::assert_snapshot!(of_rule(text, Lang::En));
}

#[test]
fn actions_that_name_nothing() {
    let text = "  quand supprimé\n  alors\n    e-mail \"E\" à Propriétere\n    webhook SMS\n    \
                Pays : Monaco\n    supprimer\n    tâche \"${Prospect.Nom}\", priorité haut\n";
    insta::assert_snapshot!(of_rule(text, Lang::Fr));
}
