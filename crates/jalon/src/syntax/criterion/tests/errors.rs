//! What people see when a criterion is wrong.

use super::errors;
use crate::diagnostic::apply;
use crate::lang::Lang;
use crate::source::SourceId;
use crate::syntax::parse_criterion;
use insta::assert_snapshot;

/// The errors of several texts, one after the other.
fn all(texts: &[&str], lang: Lang) -> String {
    texts.iter().map(|text| errors(text, lang)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn everything_wrong_is_said_at_once() {
    assert_snapshot!(errors("Pays France ET Montant > ET (Ville EST Nice", Lang::Fr));
}

#[test]
fn mixed_connectives_show_both_readings() {
    let text = "A = 1 ET B = 2 OU C = 3 ET D = 4";
    assert_snapshot!(errors(text, Lang::Fr));
    let found = parse_criterion(SourceId(0), text).expect_err("mixed");
    let readings: Vec<String> = found[0].fixes.iter().map(|fix| apply(text, &fix.edits)).collect();
    assert_eq!(
        readings,
        ["(A = 1 ET B = 2) OU (C = 3 ET D = 4)", "A = 1 ET (B = 2 OU C = 3) ET D = 4"]
    );
    for reading in readings {
        assert!(parse_criterion(SourceId(0), &reading).is_ok(), "{reading}");
    }
}

#[test]
fn every_fix_mends_the_text() {
    for text in [
        "Montant>1000",
        "Montant >1000",
        "Montant == 1000",
        "Montant (HT) > 1000",
        "Pays Est France",
        "Pays Contient France",
        "Nom COMENCE PAR a",
        "Nom CONTIEN a",
        "Région EST Alpes (sud)",
        "Prix EST a = b",
        "Nom EST \"a",
        "Nom, Ville EST Nice",
        "Nom EST x)",
        "Créé le DANS LES 7 DERNIERS jurs",
        "Nom EST \"a\" b",
    ] {
        let found = parse_criterion(SourceId(0), text).expect_err(text);
        let fix = found[0].fixes.last().unwrap_or_else(|| panic!("no fix: {text}"));
        let mended = apply(text, &fix.edits);
        assert!(parse_criterion(SourceId(0), &mended).is_ok(), "{text} -> {mended}");
    }
}

#[test]
fn missing_parts() {
    assert_snapshot!(all(
        &[
            "",
            "Pays France",
            "Pays Est France",
            "Nom CONTIEN dupont",
            "Type Recherche et développement",
            "Montant (HT)",
            "Pays EST",
            "EST France",
            "Pays EST France ET",
            "OU Pays EST France",
            "A = 1 ET ET B = 2",
            "NON ()",
            "Montant ENTRE 3",
            "Statut PASSE DE prospect",
            "Montant>1000",
            "Montant == 3",
        ],
        Lang::En
    ));
}

#[test]
fn too_much() {
    assert_snapshot!(all(
        &[
            "Nom EST VIDE Ville EST Nice",
            "Nom EST Vide, Nul",
            "Nom CHANGE beaucoup",
            "Montant > 3, 4",
            "Montant > 3 < 5",
            "D DANS LES 7 DERNIERS jours ouvrés pairs",
            "(A = 1) B = 2",
            "(Montant + 1) > 3",
            "A = 1)",
            "Nom EST »",
            "Nom EST \"a\" b",
            "Nom EST Dupont (fils)",
            "Nom, Ville EST Nice",
        ],
        Lang::Fr
    ));
}

#[test]
fn values_that_cannot_be_read() {
    assert_snapshot!(all(
        &[
            "Nom EST \"Dupont",
            "Nom CORRESPOND À /abc",
            "Nom CORRESPOND À /a/g",
            "Nom CORRESPOND À abc",
            "D DANS LES sept DERNIERS jours",
            "D DANS LES 7 DERNIERS jourss",
            "D IL Y A PLUS DE jours",
            "A > arrondit(B, 2)",
            "A > arrondi(B,, 2)",
            "A > si (B = 1) alors 3",
            "A > (B + )",
            "A > NOMBRE DE Contacts (Ville)",
        ],
        Lang::En
    ));
}

#[test]
fn limits() {
    let nested = |depth: usize| format!("{}A = 1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse_criterion(SourceId(0), &nested(64)).is_ok());
    assert!(errors(&nested(65), Lang::En).contains("nested more than 64 levels deep"));
    let leaves = |n: usize| vec!["A = 1"; n].join(" OU ");
    assert!(parse_criterion(SourceId(0), &leaves(10_000)).is_ok());
    assert!(errors(&leaves(10_001), Lang::En).contains("more than 10000 comparisons"));
    let operators = format!("A{}", " EST x".repeat(18));
    assert!(errors(&operators, Lang::En).contains("too many operators"));
    let sums = |n: usize| format!("A > B{}", " + 1".repeat(n));
    assert!(parse_criterion(SourceId(0), &sums(256)).is_ok());
    assert!(
        errors(&format!("A > arrondi(B{}, 1)", " + 1".repeat(257)), Lang::En)
            .contains("more than 256 operations")
    );
    let text = "x".repeat((16 << 20) + 1);
    let found = parse_criterion(SourceId(0), &text).expect_err("too large");
    assert_eq!(found[0].code.id, "E0101");
}

#[test]
fn a_comma_without_space_is_a_warning_only() {
    let mut found = Vec::new();
    let normal = crate::syntax::normal::Normal::new(SourceId(0), "A EST Casino,Voyance, 06,83");
    let limits = crate::syntax::Limits::default();
    let criterion =
        crate::syntax::criterion::parse(&normal, 0..normal.text.len(), &limits, &mut found);
    assert_eq!(
        super::shape(&criterion.expect("parsed")),
        "{[A] Is:Word [Casino] [Voyance] [06,83]}"
    );
    assert_eq!(found.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["W0110"]);
}

#[test]
fn a_word_that_parts_two_values_is_none_of_them() {
    for text in
        ["Statut PASSE DE À a IL Y A PLUS", "Montant ENTRE ET 3 ET 5", "A CHANGES FROM TO b TO c"]
    {
        let found = parse_criterion(SourceId(0), text).expect_err(text);
        assert_eq!(found[0].code.id, "E0112", "{text}");
    }
    assert!(parse_criterion(SourceId(0), "Statut PASSE DE \"À a\" À b").is_ok());
}
