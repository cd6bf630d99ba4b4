//! Tests of programs without modules: everything runs, and one note says what is not verified.

use super::{checked, without_schema};
use crate::checked::{
    Condition, Domain, DynamicTest, Operand, OrderTest, Predicate, Term, TextTest,
};
use crate::value::TimeSpec;

#[test]
fn one_note_for_each_module_name() {
    let text = "règle A sur Prospects\n  si Nom EST a ET Pays EST b\n\
                règle B sur prospects\n  si Nom EST a\nscore S\n  +1 si Nom EST c\n";
    let checked = checked(text);
    assert_eq!(checked.findings(), []);
    assert_eq!(checked.notes(), [("N0201", "Prospects"), ("N0202", "S")]);
}

#[test]
fn equal_names_share_a_slot() {
    let checked = without_schema("Nom EST a ET NOM EST b ET Pays EST c");
    let Condition::All(parts) = checked.condition() else { panic!() };
    let keys: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Condition::Test(test) => match &test.left {
                Operand::Field(field) => {
                    assert_eq!(field.domain, Domain::Dynamic);
                    (field.key.shape, field.key.slot)
                }
                Operand::Expr(_) => panic!(),
            },
            _ => panic!(),
        })
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
}

#[test]
fn constants_stay_as_written() {
    let equal = without_schema("Département est 98");
    let untyped = |text: &str| vec![Term::Untyped(text.to_owned())];
    assert_eq!(
        equal.test().predicate,
        Predicate::Dynamic(DynamicTest::Text(TextTest::Equal), untyped("98"))
    );
    let below = without_schema("Montant < 98");
    assert_eq!(
        below.test().predicate,
        Predicate::Dynamic(DynamicTest::Order(OrderTest::Less), untyped("98"))
    );
}

#[test]
fn orderings_need_a_number_or_a_date() {
    assert_eq!(without_schema("Montant < beaucoup").findings(), [("E0214", "beaucoup")]);
    assert_eq!(without_schema("Créé le AVANT 98").findings(), [("E0215", "98")]);
    let before = without_schema("Créé le AVANT 2026-06-30");
    let Predicate::Dynamic(_, terms) = &before.test().predicate else { panic!() };
    assert!(matches!(terms[0], Term::Time(TimeSpec::Day(_))));
}

#[test]
fn paths_read_through_references() {
    let checked = without_schema("Compte.Type EST client");
    let Operand::Field(field) = &checked.test().left else { panic!() };
    assert_eq!(field.key.names, ["Compte.Type"]);
    assert!(field.key.path.is_some());
}

#[test]
fn related_records_are_dynamic_too() {
    let checked = without_schema("AU MOINS UN Contacts (Âge > 3 ET Prospects.Pays EST France)");
    let Condition::Related(related) = checked.condition() else { panic!() };
    let Condition::All(parts) = &related.condition else { panic!() };
    let depths: Vec<u8> = parts
        .iter()
        .map(|part| match part {
            Condition::Test(test) => match &test.left {
                Operand::Field(field) => field.depth,
                Operand::Expr(_) => panic!(),
            },
            _ => panic!(),
        })
        .collect();
    assert_eq!(depths, [0, 1]);
}

#[test]
fn events_without_a_field_for_them_are_noted() {
    let checked = checked("module M\n  A : texte\nscore S sur M\n  +1 par visite\n");
    assert_eq!(checked.findings(), []);
    assert_eq!(checked.notes(), [("N0205", "visite")]);
}
