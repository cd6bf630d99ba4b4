//! Tests of expressions: formulas, functions, aggregates, templates.

use super::{SCHEMA, checked, clean, finds, with_schema};
use crate::checked::{Condition, ExprKind, Operand};
use crate::lang::Lang;

fn formulas(fields: &str) -> super::Checked {
    checked(&format!("module M\n  N : nombre\n  T : texte\n  D : date\n{fields}"))
}

#[test]
fn functions_take_what_they_need() {
    clean("minuscules(Ville) EST nice");
    clean("jours entre(Créé le, maintenant) <= 20");
    clean("arrondi(Montant / 3, 2) > 1.5");
    clean("domaine(Nom) EST minuscules(Société)");
    finds("gauche(Ville) EST n", "E0246", "gauche(Ville)");
    finds("arrondi(Ville, 2) > 1", "E0243", "Ville");
    finds("longueur(Montant) > 1", "E0244", "Montant");
    finds("jours entre(Nom, maintenant) > 1", "E0245", "Nom");
}

#[test]
fn names_in_expressions_are_known() {
    let found = formulas("  F : formule Nn * 2\n");
    assert_eq!(found.findings(), [("E0250", "Nn")]);
    finds("Montant > Budgets * 2", "E0250", "Budgets");
    finds("Montant > Nom * 2", "E0243", "Nom");
}

#[test]
fn formulas_take_the_place_of_their_field() {
    let text = "  F : formule N * 2\nrègle R sur M\n  si F > 3\n";
    let checked = formulas(text);
    let Operand::Expr(expr) = &checked.test().left else { panic!() };
    assert!(matches!(expr.kind, ExprKind::Binary(..)));
    assert_eq!(expr.source, "F");
}

#[test]
fn formulas_are_read_through_references() {
    let text = "module A\n  B : référence B\nmodule B\n  N : nombre\n  F : formule N * 2\n\
                règle R sur A\n  si B.F > 3\n";
    let checked = checked(text);
    let Operand::Expr(expr) = &checked.test().left else { panic!() };
    let ExprKind::Binary(left, ..) = &expr.kind else { panic!() };
    let ExprKind::Field(field) = &left.kind else { panic!() };
    assert_eq!(field.key.names, ["B.N"]);
    assert!(field.key.path.is_some());
}

#[test]
fn formulas_in_a_circle() {
    let found = formulas("  F : formule G + 1\n  G : formule F + 1\n");
    assert_eq!(found.findings(), [("E0247", "F")]);
    assert_eq!(found.diagnostics[0].args["path"], "`F` → `G` → `F`");
}

#[test]
fn branches_have_one_type() {
    let found = formulas("  F : formule si (N > 3) alors \"gros\" sinon 2\n");
    assert_eq!(found.findings(), [("E0252", "2")]);
    assert_eq!(formulas("  F : formule si (N > 3) alors 1 sinon 2\n").findings(), []);
}

#[test]
fn aggregates_read_lists() {
    clean("NOMBRE DE Contacts liés () > 3");
    clean("NOMBRE DE Contacts liés > 3");
    clean("SOMME DE Contacts liés.Âge = 0");
    clean("Montant > NOMBRE DE Contacts liés");
    clean("Montant > SOMME DE Contacts liés.Âge * 2");
    finds("SOMME DE Contacts liés.Age = 0", "E0203", "Age");
    clean("NOMBRE DE Contacts liés (Âge > 18) > 3");
    clean("SOMME DE Contacts liés.Âge () > 3");
    clean("MAX DE Contacts liés.Né le () APRÈS 2000-01-01");
    finds("SOMME DE Contacts liés () > 3", "E0249", "Contacts liés");
    finds("SOMME DE Contacts liés.Nom () > 3", "E0243", "Nom");
    finds("NOMBRE DE Nom () > 3", "E0226", "Nom");
}

#[test]
fn templates_name_fields() {
    clean("Pays EST \"${Ville}, ${Société ou \"?\"}\"");
    finds("Pays EST \"${Vile}\"", "E0203", "Vile");
    finds("Pays EST \"${}\"", "E0254", "${");
}

#[test]
fn scores_are_read_in_scores_only() {
    let found = formulas("  F : formule score Profil\n");
    assert_eq!(found.findings(), [("E0233", "score Profil")]);
}

#[test]
fn outer_records_are_qualified() {
    let text = format!(
        "{SCHEMA}règle R sur Prospects\n  si AU MOINS UN Visites (Durée > Prospects.Budget * 2)\n"
    );
    let checked = checked(&text);
    assert!(matches!(checked.condition(), Condition::Related(_)));
}

#[test]
fn how_many_arguments_a_function_takes_is_said() {
    let shown = |criterion: &str| with_schema(criterion).rendered(Lang::Fr);
    let one = shown("gauche(Ville) EST n");
    assert!(one.contains("nombre d'arguments de `gauche` : 2, et non 1"), "{one}");
    let three = shown("arrondi(Montant, 1, 2) EST 3");
    assert!(three.contains("nombre d'arguments de `arrondi` : 1–2, et non 3"), "{three}");
}
