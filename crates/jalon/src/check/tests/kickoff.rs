//! The consultant's tables, with and without a declared module.

use super::{checked, without_schema};
use crate::checked::{Condition, Predicate};

const PROSPECTS: &str = "\
module Prospects (Leads)
  Nom (Last_Name) : texte
  Société (Company) : texte
  Civilité : liste M., Mme
  Adresse e-mail (Email) : e-mail
  Téléphone : téléphone
  Portable : téléphone
  Secteur d'activité (Industry) : texte
  Première page visitée (First Visited URL) : url
  Rejet des mails (Email Opt Out, Rejet Mail) : case
  No-Com : case
  Statut Membre : liste Clic CRM, Clic ZC, Open CRM, Open ZC, Opted Out, Désabonné, Plainte
  Statut Prospect (Statut du Prospect) : texte
  Date Prochain Push : date
  Pays : texte
  Choisir Pays : texte
  Code postal : texte
  Département : texte
  Ville : texte
  NOM DU COMPTE : référence Comptes
";

const CRITERIA: &[&str] = &[
    "Secteur d'activité EST hospital, secteur public gvt coll locales AND No-Com EST non sélectionné AND Date Prochain Push N'EST PAS VIDE",
    "Première page visitée CONTIENT lamoulie.com, googletogo.fr, digitaltogo.fr, zcrm.fr",
    "Première page visitée CONTIENT desabonnement AND Statut Prospect N'EST PAS ★ étranger",
    "Pays CONTIENT France AND Choisir Pays N'EST PAS France",
    "Pays CONTIENT monaco OR Code postal COMMENCE PAR 98 OR Département est 98 OR Ville CONTIENT monaco",
    "Rejet des mails EST Sélectionné OR Statut Membre EST Opted Out, Désabonné, Plainte",
    "Statut Membre EST Clic CRM, Clic ZC",
    "Statut du Prospect EST prospect qualifié AND Nom N'EST PAS Vide AND Société N'EST PAS Vide",
    "Rejet des mails EST Non sélectionné AND No-Com EST Non sélectionné AND Statut Prospect N'EST PAS off",
    "Rejet des mails EST Non sélectionné AND No-Com est Non sélectionné AND NOM DU COMPTE N'EST PAS VIDE",
    "Rejet des mails EST Non sélectionné AND No-Com EST Non sélectionné AND NOM DU COMPTE EST vide",
    "Adresse e-mail N'EST PAS Vide",
    "Civilité N'EST PAS Vide",
    "First Visited URL contains googleto",
    "Industry isn't empty",
    "Statut Membre contains Clic",
];

#[test]
fn every_criterion_is_clean_on_the_declared_module() {
    for criterion in CRITERIA {
        let text = format!("{PROSPECTS}règle R sur Prospects\n  si {criterion}\n");
        let checked = checked(&text);
        assert_eq!(checked.findings(), [], "{criterion}");
    }
}

#[test]
fn every_criterion_is_clean_without_modules() {
    for criterion in CRITERIA {
        assert_eq!(without_schema(criterion).findings(), [], "{criterion}");
    }
    assert_eq!(without_schema("Email Opt Out contains true").findings(), []);
}

#[test]
fn the_mistake_in_the_source_is_found() {
    let criterion = "Nom EST Vide AND Nom NE CONTIENT PAS Directeur";
    assert_eq!(without_schema(criterion).findings(), [("W0206", "Nom NE CONTIENT PAS Directeur")]);
}

#[test]
fn ticks_are_ticks_on_the_declared_checkbox() {
    let text = format!("{PROSPECTS}règle R sur Prospects\n  si {}\n", CRITERIA[8]);
    let checked = checked(&text);
    let Condition::All(parts) = checked.condition() else { panic!() };
    let Condition::Test(test) = &parts[0] else { panic!() };
    assert_eq!(test.predicate, Predicate::Ticked(false));
}
