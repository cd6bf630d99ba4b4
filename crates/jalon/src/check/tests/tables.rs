//! The consultant's rules, as the example carries them.

use crate::diagnostic::{Severity, render};
use crate::lang::Lang;
use crate::source::Sources;
use crate::syntax::{Limits, parse};

/// A file of the example.
macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../../examples/tables/", $name)))
    };
}

const TABLES: &[(&str, &str)] = &[
    file!("modules.jalon"),
    file!("prospects.jalon"),
    file!("contacts.jalon"),
    file!("comptes.jalon"),
    file!("planifications.jalon"),
    file!("scores.jalon"),
    file!("dependances.jalon"),
    file!("validation.jalon"),
    file!("calendrier.jalon"),
    file!("webhook.jalon"),
    file!("garde.jalon"),
    file!("tests/prospects.jalon"),
    file!("tests/contacts.jalon"),
    file!("tests/comptes.jalon"),
    file!("tests/autour.jalon"),
];

/// The criteria of the tables, as the consultant wrote them. One is not here: `Email Opt Out
/// contains true`, which is an error on a checkbox with `is true` as its fix.
const VERBATIM: &[&str] = &[
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
    "Nom EST Vide AND Nom NE CONTIENT PAS Directeur",
    "Pour chaque réponse à un e-mail reçue",
    "First Visited URL contains googleto",
    "Industry isn't empty",
    "Statut Membre contains Clic",
];

#[test]
fn the_criteria_stand_as_they_were_written() {
    let tables: String = TABLES.iter().map(|(_, text)| *text).collect();
    for criterion in VERBATIM {
        assert!(tables.contains(criterion), "{criterion}");
    }
}

#[test]
fn every_rule_of_the_tables_checks() {
    let mut sources = Sources::default();
    let mut documents = Vec::new();
    let mut found = Vec::new();
    for (name, text) in TABLES {
        let id = sources.add(*name, *text);
        let (document, syntax) = parse(id, text, &Limits::default());
        documents.push(document);
        found.extend(syntax);
    }
    let (program, diagnostics) = super::check(&documents, &sources);
    found.extend(diagnostics);
    // The fourth line of the native points is a mistake of the source, which is said.
    let said = render(&found, &sources, Lang::Fr, false);
    let [mistake] = found.as_slice() else { panic!("{said}") };
    assert_eq!((mistake.code.id, mistake.severity()), ("W0206", Severity::Warning), "{said}");
    assert_eq!(sources.slice(mistake.span), "Nom NE CONTIENT PAS Directeur");
    assert_eq!(program.rules.len(), 10 + 5 + 6 + 1, "and the button of the webhook");
    assert_eq!((program.scores.len(), program.schedules.len()), (3, 2));
    assert_eq!((program.guards.len(), program.dependencies.len()), (2, 3));
    for rule in &program.rules {
        assert!(!rule.triggers.is_empty() && !rule.branches[0].actions.is_empty(), "{}", rule.name);
    }
}
