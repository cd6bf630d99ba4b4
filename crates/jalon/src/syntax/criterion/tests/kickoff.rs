//! The criteria of a consultant's set-up guides, verbatim.

use super::{parsed, round_trip, shape};

/// Workflow rules and scoring tables, French and English.
const CRITERIA: &[&str] = &[
    "Secteur d'activité EST hospital, secteur public gvt coll locales AND No-Com EST non sélectionné AND Date Prochain Push N'EST PAS VIDE",
    "Première page visitée CONTIENT lamoulie.com, googletogo.fr, digitaltogo.fr, zcrm.fr",
    "Première page visitée CONTIENT desabonnement AND Statut Prospect N'EST PAS ★ étranger",
    "Pays CONTIENT France AND Choisir Pays N'EST PAS France",
    "Pays CONTIENT monaco OR Code postal COMMENCE PAR 98 OR Département est 98 OR Ville CONTIENT monaco",
    "Rejet des mails EST Sélectionné OR Statut Membre EST Opted Out, Désabonné, Plainte",
    "Statut Membre EST Clic CRM, Clic ZC",
    "Statut Membre EST Open CRM, Open ZC",
    "Statut du Prospect EST prospect qualifié AND Nom N'EST PAS Vide AND Société N'EST PAS Vide",
    "Rejet des mails EST Non sélectionné AND No-Com EST Non sélectionné AND Statut Prospect N'EST PAS off",
    "Type Contact EST client actif, client dormant, new client, prospect, sous-traitant, suspect",
    "Type Contact EST VIP, Privé AND Rejet Mail EST non sélectionné AND No-Com EST non sélectionné",
    "Rejet des mails EST Non sélectionné AND No-Com est Non sélectionné AND NOM DU COMPTE N'EST PAS VIDE",
    "Rejet des mails EST Non sélectionné AND No-Com EST Non sélectionné AND NOM DU COMPTE EST vide",
    "Adresse N'EST PAS VIDE AND Code postal N'EST PAS VIDE AND Ville N'EST PAS VIDE",
    "Type de Compte EST client actif, client dormant, compte-test, new client, partenaire-stratégique, partenaire-technologique",
    "Type de Compte EST prospect, suspect",
    "Adresse e-mail N'EST PAS Vide",
    "Téléphone N'EST PAS Vide",
    "Portable N'EST PAS Vide",
    "Nom EST Vide AND Nom NE CONTIENT PAS Directeur",
    "Civilité N'EST PAS Vide",
    "First Visited URL contains googleto",
    "First Visited URL contains lamoulie.com",
    "Industry isn't empty",
    "Email isn't empty",
    "Statut Membre contains Clic",
    "Statut Membre contains Open",
    "Email Opt Out contains true",
];

#[test]
fn every_criterion_of_the_tables_parses_and_prints_back() {
    for text in CRITERIA {
        round_trip(&parsed(text));
        let curly = text.replace('\'', "’").replace(' ', "\u{a0}");
        assert_eq!(shape(&parsed(&curly)), shape(&parsed(text)), "{text}");
    }
}

#[test]
fn the_tables_mean_what_they_say() {
    assert_eq!(
        shape(&parsed(CRITERIA[4])),
        "(any {[Pays] Contains:Word [monaco]} {[Code postal] StartsWith:Word [98]} \
         {[Département] Is:Word [98]} {[Ville] Contains:Word [monaco]})"
    );
    assert_eq!(
        shape(&parsed(CRITERIA[2])),
        "(all {[Première page visitée] Contains:Word [desabonnement]} \
         {[Statut Prospect] IsNot:Word [★ étranger]})"
    );
    assert_eq!(
        shape(&parsed(CRITERIA[20])),
        "(all {[Nom] IsEmpty:Word } {[Nom] DoesNotContain:Word [Directeur]})"
    );
    assert_eq!(
        shape(&parsed(CRITERIA[13])),
        "(all {[Rejet des mails] Is:Word [Non sélectionné]} {[No-Com] Is:Word [Non sélectionné]} \
         {[NOM DU COMPTE] IsEmpty:Word })"
    );
}

#[test]
fn ten_thousand_criteria_take_no_time() {
    let start = std::time::Instant::now();
    for text in CRITERIA.iter().cycle().take(10_000) {
        parsed(text);
    }
    let took = start.elapsed();
    assert!(took < std::time::Duration::from_secs(8), "{took:?} (unoptimised)");
}
