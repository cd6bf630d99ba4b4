//! The engine from text to verdicts, scores and explanations.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod criteria;
mod explain;
mod facade;
mod index;
mod properties;
mod scores;

use jalon::value::Clock;
use jalon::{Criterion, Program};
use serde_json::Value as Json;

/// 30 June 2026, nine in the morning in Paris: a Tuesday.
fn clock() -> Clock {
    Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap()
}

/// A module with a field of every type.
const MODULE: &str = "
module Prospects (Leads)
  Nom (Last_Name)               : texte
  Ville                         : texte, sans accents
  Code                          : texte, casse stricte
  Pays                          : liste France, Monaco, Italie
  Salons                        : liste multiple Lyon, Paris, Nice
  Rejet (Email Opt Out)         : case
  Montant                       : devise
  Budget                        : nombre
  Créé                          : date
  Vu                            : date-heure
  Compte                        : référence Comptes
  Secret                        : texte, personnel
  Contacts                      : fiches Contacts
  Visites                       : événements (Page : url, Durée : entier)

module Comptes
  Nom : texte
  Type : texte

module Contacts
  Nom : texte
  Âge : entier
  Ville : texte
";

/// Whether a criterion on the module of [`MODULE`] holds of a record.
#[track_caller]
fn holds(criterion: &str, record: &Json) -> bool {
    let program = Program::parse(MODULE).unwrap_or_else(|error| panic!("{error}"));
    let criterion =
        program.criterion(criterion, Some("Prospects")).unwrap_or_else(|error| panic!("{error}"));
    verdict(&criterion, record)
}

/// Whether a criterion without a module holds of a record.
#[track_caller]
fn dynamic(criterion: &str, record: &Json) -> bool {
    let criterion = Criterion::parse(criterion).unwrap_or_else(|error| panic!("{error}"));
    verdict(&criterion, record)
}

/// The verdict, on which match, matcher and explanation must agree.
#[track_caller]
fn verdict(criterion: &Criterion, record: &Json) -> bool {
    let holds = criterion.matches(record, &clock()).unwrap();
    let why = criterion.explain(record, &clock()).unwrap();
    assert_eq!(why.holds, holds);
    assert_eq!(why.root.holds(), holds, "{why:?}");
    assert_eq!(criterion.matcher(&clock()).unwrap().test(record).holds, holds);
    holds
}
