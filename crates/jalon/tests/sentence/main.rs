//! What programs say as sentences.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod criteria;
mod examples;
#[path = "../workflow/properties/made.rs"]
#[allow(dead_code, reason = "events are made for other tests")]
mod made;
mod properties;
mod rules;

use jalon::{Criterion, Lang, Program};

/// A module with a field of every type.
const MODULE: &str = "
module Prospects
  Nom                    : texte
  Ville                  : texte
  Pays                   : liste France, Monaco, Italie, vide grenier, coché, Paris et Nice
  Salons                 : liste multiple Lyon, Paris, Nice
  Rejet                  : case
  Montant                : devise
  Budget                 : nombre
  Créé                   : date
  Vu                     : date-heure
  Compte                 : référence Comptes
  Contacts               : fiches Contacts
  Visites                : événements (Page : url, Durée : entier)

module Comptes
  Nom  : texte
  Type : texte

module Contacts
  Nom    : texte
  Âge    : entier
  Ville  : texte
  Rejet  : case
  Amis   : fiches Contacts
";

fn program() -> Program {
    Program::parse(MODULE).unwrap_or_else(|error| panic!("{error}"))
}

fn criterion(text: &str) -> Criterion {
    program().criterion(text, Some("Prospects")).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// What a criterion on the module says, in French and in English.
fn said(text: &str) -> [String; 2] {
    let criterion = criterion(text);
    [criterion.sentence(Lang::Fr), criterion.sentence(Lang::En)]
}
