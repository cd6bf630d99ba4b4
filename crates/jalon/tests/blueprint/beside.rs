//! Tests beside blueprints: `transition`, `attendu état`, `attendu transition … offerte`.

use jalon::rehearsal::test::{Report, run};
use jalon::{Clock, Lang};

use super::{DEALS, program};

fn tested(tests: &str) -> Report {
    run(&program(&format!("{DEALS}\n{tests}")), &Clock::at("2026-06-30", "Europe/Paris").unwrap())
}

/// What the only test says of each expectation that failed.
fn failures(tests: &str) -> Vec<(String, String)> {
    let report = tested(tests);
    let [test] = &report.tests[..] else { panic!("{report:?}") };
    let said = |failure: &jalon::rehearsal::test::Failure| {
        (failure.expected.clone(), failure.message(Lang::Fr))
    };
    test.failures.iter().map(said).collect()
}

const WAY: &str = r#"
test "la relecture" sur Affaires
  en tant que Alice, groupe "Équipe juridique"
  avec
    Étape : Démonstration du produit
  attendu état Démonstration du produit
  attendu transition "Faire relire" refusée
  attendu transition "Perdre" offerte
  attendu transition "Présenter" refusée
  après
    Démo du produit : Terminé
  attendu transition "Faire relire" offerte
  brouillon "Faire relire"
    Commentaire : à relire
  attendu aucun effet
  transition "Faire relire"
    Montant : 10
  attendu refus "le montant doit atteindre 1 000 €"
  attendu état Démonstration du produit
  transition "Faire relire"
    Montant : 4000
  attendu aucun refus
  attendu état Examen juridique
  attendu Commentaire = à relire
  attendu minuterie le 2026-07-02
  puis le 2026-07-04
  attendu alerte
  en tant que Bruno
  transition Perdre
  attendu refus "Motif de perte est obligatoire"
  transition Perdre
    Motif de perte : trop cher
  attendu état Clôture perdue
  attendu aucune minuterie

test "la sortie" sur Affaires
  avec
    Étape : Qualification
  sortie du parcours
  attendu aucun état
"#;

#[test]
fn a_test_goes_the_way_of_a_deal() {
    let report = tested(WAY);
    assert!(report.passed(), "{:#?}", report.tests);
    let seen: Vec<_> = report
        .coverage
        .iter()
        .map(|one| (one.of.as_str(), one.text.as_str(), one.seen_true, one.seen_false))
        .collect();
    let relire = "Parcours Affaire · Faire relire";
    assert_eq!(
        seen,
        [
            (relire, "Démo du produit EST Terminé", true, true),
            (relire, "Montant >= 1000", true, true),
        ]
    );
}

#[test]
fn what_is_not_as_expected_is_told_with_all_that_stands_in_the_way() {
    let told = failures(
        r#"
test "T" sur Affaires
  avec
    Étape : Démonstration du produit
  attendu transition "Faire relire" offerte
  attendu transition "Perdre" refusée
  attendu transition "Conclure" offerte
  transition "Faire relire"
    Montant : 10
  attendu état Examen juridique
"#,
    );
    let told: Vec<_> =
        told.iter().map(|(expected, found)| (expected.as_str(), found.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "attendu transition \"Faire relire\" offerte",
                "dites qui agit ; cette transition a pour propriétaires : groupe Équipe juridique, \
                 propriétaire de la fiche\nle critère de cette transition n'est pas rempli\n  \
                 ✗ « Démo du produit EST Terminé » ne tient pas parce que la fiche ne porte \
                 pas Démo du produit, lu comme vide"
            ),
            ("attendu transition \"Perdre\" refusée", "offerte"),
            (
                "attendu transition \"Conclure\" offerte",
                "la fiche est dans l'état « Démonstration du produit » ; cette transition part \
                 de : Examen juridique"
            ),
            (
                "attendu état Examen juridique",
                "état Démonstration du produit\nrefusé : dites qui agit ; cette transition a pour \
                 propriétaires : groupe Équipe juridique, propriétaire de la fiche\nrefusé : \
                 le critère de cette transition n'est pas rempli\n  ✗ « Démo du produit EST \
                 Terminé » ne tient pas parce que la fiche ne porte pas Démo du produit, lu comme \
                 vide\nrefusé : le montant doit atteindre 1 000 €"
            ),
        ]
    );
}
