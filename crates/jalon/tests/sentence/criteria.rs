//! Criteria.

use std::fmt::Write as _;

use super::said;
use jalon::{Criterion, Lang};

/// Every operator on every type that has it, and groups of all kinds.
const CRITERIA: &[&str] = &[
    "Nom EST Ferrand",
    "Nom EST Ferrand, Durand",
    "Nom EST Ferrand, Durand, Le Bihan",
    "Nom N'EST PAS Ferrand",
    "Nom N'EST PAS Ferrand, Durand",
    "Nom EST VIDE",
    "Nom N'EST PAS VIDE",
    "Nom CONTIENT monaco, nice",
    "Nom NE CONTIENT PAS monaco",
    "Nom NE CONTIENT PAS monaco, nice, menton",
    "Nom CONTIENT TOUT monaco, nice",
    "Nom CONTIENT TOUT monaco, nice, menton",
    "Nom COMMENCE PAR 06, 98",
    "Nom NE COMMENCE PAS PAR 06, 98",
    "Nom FINIT PAR .fr",
    "Nom NE FINIT PAS PAR .fr, .mc",
    "Nom CORRESPOND À /^[a-e]+$/i",
    "Nom SUIT LE FORMAT \"99 99\"",
    "NON (Nom SUIT LE FORMAT \"99 99\")",
    "Nom EST Prospects.Ville",
    "Nom EST \"vide\"",
    "Pays EST coché",
    "Pays EST Paris et Nice, France",
    "Salons EST Lyon",
    "Salons EST Lyon, Nice",
    "Salons N'EST PAS Lyon, Nice",
    "Salons CONTIENT Lyon, Nice",
    "Salons CONTIENT TOUT Lyon, Nice",
    "Rejet EST ✓",
    "Rejet EST non sélectionné",
    "Rejet N'EST PAS ✓",
    "Montant > 1000",
    "Montant < 1000,5",
    "Montant >= 1000",
    "Montant <= 1000",
    "Montant = 0, 10",
    "Montant ≠ 0, 10",
    "Montant ENTRE 1 ET 4",
    "Montant N'EST PAS ENTRE 1 ET 4",
    "Montant > Prospects.Budget",
    "Montant > Budget * 2 + 1",
    "Montant < Prospects.Budget",
    "NON (Montant > 1000)",
    "Créé EST aujourd'hui",
    "Créé EST aujourd'hui, hier",
    "Créé N'EST PAS aujourd'hui, hier",
    "Créé EST la semaine dernière",
    "Créé EST 2026-06-30",
    "Créé AVANT 30/06/2026",
    "Créé APRÈS aujourd'hui",
    "Créé >= la semaine prochaine",
    "Créé <= 2026-06-30",
    "Créé ENTRE hier ET 2026-07-10",
    "Créé DANS LES 7 DERNIERS jours",
    "Créé DANS LA 1 DERNIÈRE semaine",
    "Créé DANS LES 3 PROCHAINS mois",
    "Vu DANS LES 5 DERNIÈRES heures",
    "Créé IL Y A PLUS DE 1 an",
    "Créé DANS PLUS DE 3 jours ouvrés",
    "Vu AVANT 2026-06-30 10:30",
    "Créé AVANT aujourd'hui plus 100 jours",
    "Compte EST Acme, 7",
    "Compte.Type EST client",
    "longueur(Nom) > 2",
    "NOMBRE DE Contacts (Ville EST Nice) > 3",
    "NOMBRE DE Contacts > 3",
    "SOMME DE Contacts.Âge (Ville N'EST PAS VIDE) > 50",
    "AU MOINS UN Contacts (Ville EST Nice)",
    "AU MOINS UN Contacts (Ville EST Nice ET Âge > 30)",
    "AU MOINS UN Contacts (Ville EST Prospects.Ville)",
    "AU MOINS UN Contacts (Ville EST Nice ET (Âge > 30 OU Rejet EST ✓ OU Nom EST VIDE OU Nom EST x))",
    "AUCUN Contacts (Ville EST Nice)",
    "TOUS LES Contacts (Âge < 60)",
    "NON (TOUS LES Contacts (Âge < 60))",
    "NON (AUCUN Contacts (Âge < 60))",
    "Pays EST France, Monaco ET Montant > 1000",
    "Pays EST France OU Montant > 1000",
    "Pays EST France ET Montant > 1000 ET Nom N'EST PAS VIDE",
    "Pays EST France ET (Montant > 1000 OU Ville EST Nice)",
    "(Montant > 1000 OU Ville EST Nice) ET Pays EST France",
    "(Pays EST France ET Montant > 1000) OU Ville EST Nice",
    "(Pays EST France ET Montant > 1000) OU (Ville EST Nice ET Nom EST VIDE)",
    "(Pays EST France OU Montant > 1000) ET (Ville EST Nice OU Nom EST VIDE)",
    "NON (Pays EST France ET Montant > 1000)",
    "NON (Pays EST France OU Montant > 1000)",
    "Ville EST Nice ET NON (Pays EST France OU Montant > 1000)",
    "Nom EST a ET Ville EST b ET Pays EST France ET Rejet EST ✓ ET (Montant > 1 OU (Budget > 2 ET Créé EST hier))",
];

#[test]
fn each_reads_well_in_both_languages() {
    let mut text = String::new();
    for criterion in CRITERIA {
        let [fr, en] = said(criterion);
        let _ = writeln!(text, "{criterion}\n{fr}\n{en}\n");
    }
    insta::assert_snapshot!("criteria", text);
}

#[test]
fn without_types_a_quoted_text_is_told_from_a_bare_one() {
    let said = |text: &str| Criterion::parse(text).unwrap().sentence(Lang::Fr);
    assert_eq!(said("Code EST 06"), "Code est 06");
    assert_eq!(said("Code EST \"06\""), "Code est « 06 »");
    assert_eq!(said("Rejet EST oui"), "Rejet est oui");
    assert_eq!(said("Créé EST hier"), "Créé est hier");
    assert_eq!(said("Créé DANS LES 2 DERNIERS jours"), "Créé tombe dans les 2 derniers jours");
}

#[test]
fn names_that_could_be_words_of_the_sentence_stand_in_quotes() {
    let said = |text: &str| Criterion::parse(text).unwrap().sentence(Lang::En);
    assert_eq!(said("\"Nom et prénom\" IS x"), "“Nom et prénom” is x");
    assert_eq!(said("Note IS \"a, b\""), "Note is “a, b”");
    assert_eq!(said("Note IS \"quoted ” here\""), "Note is “quoted \\” here”");
}
