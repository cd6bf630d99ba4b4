//! Tests of field updates: targets, values, types.

use super::{Checked, SCHEMA, checked};
use crate::checked::workflow::{ActionKind, Target, Update};
use crate::checked::{Domain, Expr, ExprKind};
use crate::lang::Lang;
use crate::value::{TimeSpec, Value};

/// More fields than the usual schema has.
const MORE: &str = "module Fiches\n  Nom : texte, obligatoire\n  Note : texte, au plus 5 caractères\n  \
                    Rang : entier\n  Pays : texte\n  Ville : texte\n  Coché : case\n  \
                    Étape : liste Neuf, Gagné\n  Goûts : liste multiple Golf, Salon\n  \
                    Fin : date\n  Début : date-heure\n  Double : formule Rang * 2\n  \
                    Montant : devise\n  Compte : référence Comptes\n  Parent : référence Fiches\n  \
                    Responsable : utilisateur\n  Lignes : fiches Lignes\n  \
                    Appels : événements (Durée : nombre)\nmodule Lignes\n  Prix : devise\n  \
                    Payée : case\n  Statut : liste ouverte, close\nconstante Loin : 2030-12-31\n\
                    constante Deux : Golf, Salon\n";

fn with(updates: &[&str]) -> Checked {
    checked(&format!(
        "{SCHEMA}{MORE}règle \"R\" sur Fiches\n  quand créé\n  si Nom EST a\n  alors\n    {}\n",
        updates.join("\n    ")
    ))
}

#[track_caller]
fn finds(update: &str, code: &str, underlined: &str) -> Checked {
    let checked = with(&[update]);
    assert_eq!(checked.findings(), [(code, underlined)], "{}", checked.rendered(Lang::En));
    checked
}

#[track_caller]
fn update(text: &str) -> Update {
    updates(&with(&[text])).remove(0)
}

#[track_caller]
fn updates(checked: &Checked) -> Vec<Update> {
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    let rule = checked.program.rules.last().expect("a rule");
    let updates = rule.branches[0].actions.iter().map(|action| match &action.kind {
        ActionKind::Update(update) => update.clone(),
        other => panic!("{other:?}"),
    });
    updates.collect()
}

#[track_caller]
fn value(text: &str) -> Expr {
    update(text).values.remove(0)
}

#[track_caller]
fn constant(text: &str) -> Value {
    match value(text).kind {
        ExprKind::Const(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn constants_are_read_as_the_field_is() {
    assert_eq!(constant("Pays : Monaco"), Value::Text("Monaco".into()));
    assert_eq!(constant("Pays : 98"), Value::Text("98".into()));
    assert_eq!(constant("Montant : 1 234,5"), Value::Number("1234.5".parse().expect("a number")));
    assert_eq!(constant("Coché : ✓"), Value::Bool(true));
    assert_eq!(constant("Coché : non"), Value::Bool(false));
    assert_eq!(constant("Étape : gagné"), Value::Text("Gagné".into()));
    assert!(matches!(value("Fin : Loin").kind, ExprKind::Time(TimeSpec::Day(_))));
    assert_eq!(update("Pays : vide").values, []);
    assert_eq!(constant("Pays : \"vide\""), Value::Text("vide".into()));
}

#[test]
fn values_fit_the_field() {
    finds("Étape : Gagne", "E0218", "Gagne");
    finds("Montant : beaucoup", "E0214", "beaucoup");
    finds("Coché : peut-être", "E0217", "peut-être");
    finds("Fin : maintenant", "E0219", "maintenant");
    finds("Fin : la semaine prochaine", "E0422", "la semaine prochaine");
    finds("Rang : 2,5", "E0416", "2,5");
    finds("Note : trop long", "E0415", "trop long");
    let found = finds("Pays : Golf, Salon", "E0412", "Golf, Salon");
    assert!(found.fixed(0).contains("Pays : \"Golf, Salon\"\n"));
    finds("Pays : Deux", "E0412", "Deux");
    let found = finds("Pays : 06,83", "E0221", "06,83");
    assert!(found.fixed(0).contains("Pays : \"06,83\"\n"));
}

#[test]
fn what_cannot_be_emptied() {
    finds("Nom : vide", "E0414", "vide");
    let found = finds("Coché : vide", "E0212", "vide");
    assert!(found.fixed(0).contains("Coché : non sélectionné\n"));
}

#[test]
fn what_cannot_be_written() {
    finds("Double : 3", "E0410", "Double");
    finds("Lignes : 3", "E0410", "Lignes");
    finds("Pay : Ville", "E0203", "Pay");
    let found = with(&["Pay : \"${Vile}\""]);
    assert_eq!(found.findings(), [("E0203", "Pay"), ("E0203", "Vile")]);
    let found = finds("Pay : Monaco", "E0203", "Pay");
    assert!(found.fixed(0).contains("    Pays : Monaco\n"));
}

#[test]
fn a_name_that_is_both_value_and_field_is_ambiguous() {
    let found = finds("Pays : Ville", "E0210", "Ville");
    assert!(found.fixed(0).contains("Pays : \"Ville\"\n"));
    assert!(found.fixed(1).contains("Pays : Fiches.Ville\n"));
    assert!(matches!(value("Pays : Fiches.Ville").kind, ExprKind::Field(_)));
    assert!(matches!(value("Montant : Rang").kind, ExprKind::Field(_)));
    let found = finds("Pays : Fiches.Montant", "E0411", "Fiches.Montant");
    assert!(found.fixed(0).contains("Pays : \"${Fiches.Montant}\"\n"));
}

#[test]
fn expressions() {
    assert!(matches!(value("Montant : Rang * 2 + 1").kind, ExprKind::Binary(..)));
    assert_eq!(constant("Pays : Rang * 2"), Value::Text("Rang * 2".into()));
    assert!(matches!(value("Pays : \"${Ville} !\"").kind, ExprKind::Template(_)));
    let shifted = value("Fin : aujourd'hui plus 100 jours");
    assert!(matches!(shifted.kind, ExprKind::Time(TimeSpec::Shift { .. })));
    assert!(matches!(value("Fin : Fin moins 2 jours ouvrés").kind, ExprKind::Shift { .. }));
    assert!(matches!(value("Fin plus 100 jours").kind, ExprKind::Time(TimeSpec::Shift { .. })));
    assert!(matches!(value("Début : maintenant").kind, ExprKind::Time(TimeSpec::Now)));
    let sum = value("Montant : SOMME DE Lignes.Prix (Payée EST ✓)");
    assert!(matches!(sum.kind, ExprKind::Aggregate { .. }));
    assert!(matches!(value("Rang : NOMBRE DE Lignes").kind, ExprKind::Aggregate { .. }));
    finds("Fin : aujourd'hui plus 3 heures", "E0220", "aujourd'hui plus 3 heures");
}

#[test]
fn a_count_in_capitals_is_no_field_of_that_name() {
    let schema = "module Comptes\n  Nombre de lignes : entier\n  Lignes liées : fiches Lignes\n\
                  module Lignes\n  Prix : devise\n";
    let value = |line: &str| {
        let rule = format!("règle R sur Comptes\n  quand créé\n  alors\n    {line}\n");
        updates(&checked(&format!("{schema}{rule}"))).remove(0).values.remove(0).kind
    };
    let counts = |line: &str| matches!(value(line), ExprKind::Aggregate { .. });
    assert!(counts("Nombre de lignes : NOMBRE DE Lignes"));
    assert!(counts("Nombre de lignes : NOMBRE DE Lignes liées"));
    assert!(!counts("Nombre de lignes : Nombre de lignes"));
    assert!(!counts("Nombre de lignes : nombre de lignes + 1"));
}

#[test]
fn branches_of_a_value_are_read_as_the_field_is() {
    let chosen = value("Étape : si (Rang > 2) alors gagné sinon Neuf");
    let ExprKind::If(_, yes, no) = chosen.kind else { panic!() };
    assert_eq!(yes.kind, ExprKind::Const(Value::Text("Gagné".into())));
    assert_eq!(no.kind, ExprKind::Const(Value::Text("Neuf".into())));
    finds("Étape : si (Rang > 2) alors Perdu sinon Neuf", "E0218", "Perdu");
    let chosen = value("Fin : si (Rang > 2) alors vide sinon demain");
    assert!(
        matches!(chosen.kind, ExprKind::If(_, yes, _) if yes.kind == ExprKind::Const(Value::Empty))
    );
    finds("Montant : si (Rang > 2) alors Paye sinon 3", "E0214", "Paye");
}

#[test]
fn several_values_only_on_multi_lists() {
    assert_eq!(update("Goûts : Golf, Salon").values.len(), 2);
    assert_eq!(update("Goûts : Deux").values.len(), 2);
    assert_eq!(update("Goûts += Golf").values.len(), 1);
    finds("Goûts += Tennis", "E0218", "Tennis");
}

#[test]
fn adding_goes_with_numbers_and_multi_lists() {
    assert_eq!(update("Montant += 10").values.len(), 1);
    assert_eq!(update("Rang -= 1").values.len(), 1);
    finds("Pays += x", "E0413", "Pays");
    finds("Fin += 2", "E0413", "Fin");
}

#[test]
fn related_records() {
    let Target::Through { reference, field, .. } = update("Compte.Type : client actif").target
    else {
        panic!()
    };
    assert_eq!((reference.key.names[0].as_str(), field.key.names[0].as_str()), ("Compte", "Type"));
    finds("Compte.Type : autre", "E0218", "autre");
    finds("Compte.Typ : prospect", "E0203", "Compte.Typ");
    finds("Parent.Compte.Type : prospect", "E0421", "Parent.Compte.Type");
    finds("Responsable.Nom : x", "E0421", "Responsable.Nom");
    let each = update("chaque Lignes.Prix : Montant");
    assert!(matches!(each.target, Target::Each { ref list, .. } if list.key.names[0] == "Lignes"));
    finds("chaque Lignes.Statut : fermée", "E0218", "fermée");
    finds("chaque Lignes.Pri : 3", "E0203", "Pri");
    finds("chaque Appels.Durée : 3", "E0410", "Appels");
    finds("chaque Parent.Lignes.Prix : 3", "E0421", "Parent.Lignes.Prix");
    let found = finds("Lignes.Prix : 3", "E0423", "Lignes.Prix");
    assert!(found.fixed(0).contains("    chaque Lignes.Prix : 3\n"));
}

#[test]
fn a_field_written_twice_in_one_branch() {
    let found = with(&["Pays : Monaco", "Ville : Monaco", "Pays : France"]);
    assert_eq!(found.findings(), [("W0403", "Pays : France")]);
    assert_eq!(with(&["Montant : 1", "Montant += 2"]).findings(), []);
    assert_eq!(with(&["Compte.Type : prospect", "Pays : Monaco"]).findings(), []);
}

#[test]
fn a_deleted_record_is_not_written() {
    let rule = |when: &str, action: &str| {
        checked(&format!(
            "{SCHEMA}{MORE}règle \"R\" sur Fiches\n  quand {when}\n  alors\n    {action}\n"
        ))
    };
    assert_eq!(rule("supprimé", "Pays : Monaco").findings(), [("E0417", "Pays : Monaco")]);
    assert_eq!(rule("supprimé", "Compte.Type : prospect").findings(), []);
    assert_eq!(rule("supprimé\n  quand modifié", "Pays : Monaco").findings(), []);
}

#[test]
fn without_modules_values_stay_as_written() {
    let checked = checked(
        "règle R sur P\n  quand créé\n  alors\n    Pays : Monaco\n    Coché : ✓\n    \
         Fin : aujourd'hui\n    Auto : aujourd'hui plus 3 jours\n    Rang += 2\n    \
         Pays : \"98\"\n    Étape : si (Rang > 2) alors haut sinon bas\n    Compte.Type : x\n    \
         chaque Contacts.Ville : Nice\n",
    );
    let updates = updates_with_warnings(&checked);
    let first = |i: usize| updates[i].values[0].clone();
    assert_eq!(first(0).domain, Domain::Dynamic);
    assert_eq!(first(1).kind, ExprKind::Const(Value::Bool(true)));
    assert!(matches!(first(2).kind, ExprKind::Time(TimeSpec::Relative(_))));
    assert!(matches!(first(3).kind, ExprKind::Time(TimeSpec::Shift { .. })));
    assert_eq!(first(4).kind, ExprKind::Const(Value::Number(2.into())));
    assert!(matches!(first(5).domain, Domain::Text(_)));
    assert!(matches!(first(6).kind, ExprKind::If(..)));
    for update in &updates[7..] {
        assert!(matches!(&update.target, Target::Own(field) if field.key.path.is_some()));
    }
}

fn updates_with_warnings(checked: &Checked) -> Vec<Update> {
    assert_eq!(checked.findings(), [("W0403", "Pays : \"98\"")], "{}", checked.rendered(Lang::Fr));
    let actions = &checked.program.rules[0].branches[0].actions;
    let updates = actions.iter().filter_map(|action| match &action.kind {
        ActionKind::Update(update) => Some(update.clone()),
        _ => None,
    });
    updates.collect()
}
