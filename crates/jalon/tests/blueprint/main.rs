//! Blueprints, run.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "tests"
)]

mod beside;
mod cascade;
mod examples;
mod fire;
mod machine;
mod rehearsal;
mod scxml;
mod vectors;

use jalon::blueprint::{Given, Instance, Obstacle};
use jalon::program::{Error, Fired, Firing};
use jalon::users::{User, Users};
use jalon::value::Picked;
use jalon::workflow::{Context, State};
use jalon::{Clock, Program, Record, Value};
use serde_json::Value as Json;

const DEALS: &str = r#"
module Affaires
  Montant : devise
  Étape : liste Qualification, Démonstration du produit, Examen juridique, Clôture gagnée, Clôture perdue
  Démo du produit : liste À faire, Terminé
  Motif de perte : texte
  Commentaire : texte
  Propriétaire : utilisateur

parcours "Parcours Affaire" sur Affaires, champ Étape
  états Qualification, Démonstration du produit, Examen juridique
  gagné Clôture gagnée
  perdu Clôture perdue
  délai Examen juridique, 3 jours, rappel 1 jour avant, escalade rôle "Directeur commercial"

  transition "Présenter" de Qualification vers Démonstration du produit
  transition "Faire relire" de Démonstration du produit vers Examen juridique
    avant
      propriétaires groupe "Équipe juridique", propriétaire de la fiche
      si Démo du produit EST Terminé
    pendant
      message "Relisez le contrat de ${Propriétaire}"
      obligatoire Montant
      facultatif Commentaire
      valider Montant >= 1000, message "le montant doit atteindre 1 000 €"
  transition "Conclure" de Examen juridique vers Clôture gagnée
  transition commune "Perdre" vers Clôture perdue
    pendant
      obligatoire Motif de perte
"#;

/// What a guide says is offered, of the whole record and of what it wants of it alone.
fn guided(
    program: &Program,
    instance: &Instance,
    record: &Json,
    by: Option<&User>,
    users: &Users,
    clock: &Clock,
) -> Result<Vec<String>, Error> {
    let mut guide = program.guide(clock);
    let mut stand = guide.at(instance)?;
    let offered = stand.offered(record, by, users)?;
    let wanted = stand.wanted();
    let named: Vec<(&String, Value)> =
        record.as_object().unwrap().iter().map(|(name, value)| (name, value.into())).collect();
    let layout = wanted.layout(named.iter().map(|(name, _)| name.as_str()));
    let read = named.into_iter().zip(layout.reads()).filter(|(_, read)| read.is_some());
    let cells: Vec<Value> = read.map(|((_, value), _)| value).collect();
    let picked = Picked::new(&wanted, &layout, cells.as_slice());
    assert_eq!(stand.offered(&picked, by, users)?, offered);
    assert_eq!(picked.missed(), None);
    Ok(guide.names(&offered).map(str::to_owned).collect())
}

fn program(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn clock(now: &str) -> Clock {
    Clock::at(now, "Europe/Paris").unwrap()
}

/// Calls under one clock.
struct Desk {
    program: Program,
    clock: Clock,
    state: State,
}

impl Desk {
    fn new(text: &str) -> Desk {
        Desk { program: program(text), clock: clock("2026-06-30T10:30"), state: State::new() }
    }

    fn context(&self) -> Context<'_> {
        Context::new(&self.clock, &self.state)
    }

    fn enter(&self, record: &dyn Record) -> Option<Instance> {
        self.program.enter(None, record, &self.context()).unwrap()
    }

    fn fire<'a>(
        &'a self,
        instance: &'a Instance,
        transition: &'a str,
        given: &'a Given,
        record: &'a dyn Record,
        by: Option<&'a User>,
    ) -> Result<Fired<'a>, Vec<Obstacle>> {
        let firing = Firing { id: "e1", transition, given, record, record_id: None, by };
        match self.program.fire(instance, &firing, &self.context()) {
            Ok(fired) => Ok(fired),
            Err(Error::Refused(obstacles)) => Err(obstacles),
            Err(other) => panic!("{other}"),
        }
    }
}
