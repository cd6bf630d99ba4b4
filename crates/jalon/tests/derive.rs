//! Structs as records, bound to a program or not.

#![allow(clippy::unwrap_used, reason = "tests")]

use jalon::value::{Binding, Conflict, Date, FieldKey, Record, Row, ValueRef};
use jalon::{Clock, Program};

#[derive(Debug, jalon::Record)]
struct Visit {
    page: String,
    at: Date,
}

#[derive(Debug, jalon::Record)]
struct Lead<'l> {
    #[jalon(name = "Adresse e-mail", name = "Email")]
    email: Option<&'l str>,
    montant: f64,
    rejet: bool,
    intérêts: Vec<String>,
    visites: Vec<Visit>,
    #[jalon(skip)]
    #[allow(dead_code, reason = "what is skipped is not read")]
    secret: std::time::Duration,
}

const PROGRAM: &str = "
module Prospects
  Adresse e-mail (Email) : e-mail
  Montant                : nombre
  Rejet                  : case
  Intérêts               : liste multiple Golf, Ski, Voile
  Visites                : fiches Visites
  Pays                   : texte

module Visites
  Page : texte
  At   : date

score S sur Prospects
  +1    si Email CONTIENT exemple
  +10   si Montant > 0,1
  +100  si Rejet EST ✓
  +1000 si Intérêts CONTIENT ski
  +10000 si AU MOINS UN Visites (Page CONTIENT tarif ET At > 2026-01-01)
";

fn lead(email: Option<&str>) -> Lead<'_> {
    Lead {
        email,
        montant: 0.2,
        rejet: true,
        intérêts: vec!["Golf".into(), "Ski".into()],
        visites: vec![Visit { page: "/tarifs".into(), at: Date::ymd(2026, 6, 30).unwrap() }],
        secret: std::time::Duration::ZERO,
    }
}

#[test]
fn a_struct_is_a_record_bound_or_not() {
    let program = Program::parse(PROGRAM).unwrap();
    let leads: Binding<Lead<'_>> = program.bind(Some("Prospects")).unwrap();
    let mut scorer = program.score(None).unwrap().scorer(&Clock::default()).unwrap();
    for (email, expected) in [(Some("a@exemple.fr"), "11111"), (None, "11110")] {
        let lead = lead(email);
        assert_eq!(scorer.total(&lead).total.to_string(), expected);
        assert_eq!(scorer.total(&leads.record(&lead)).total.to_string(), expected);
    }
    assert_eq!(leads.missing().collect::<Vec<_>>(), ["Pays"]);
}

#[test]
fn what_a_struct_has_not_is_absent() {
    let lead = lead(None);
    assert!(matches!(lead.get(&FieldKey::named(["Pays"])), ValueRef::Absent));
    assert!(matches!(lead.get(&FieldKey::named(["EMAIL"])), ValueRef::Empty));
    assert!(matches!(lead.get(&FieldKey::named(["secret"])), ValueRef::Absent));
}

#[derive(Debug, jalon::Record)]
struct Twice {
    #[jalon(name = "Email")]
    a: &'static str,
    #[jalon(name = "Adresse e-mail")]
    b: &'static str,
}

#[test]
fn two_fields_of_one_meaning_must_agree() {
    let program = Program::parse(PROGRAM).unwrap();
    let twice = program.bind::<Twice>(Some("Prospects")).unwrap();
    let mut scorer = program.score(None).unwrap().scorer(&Clock::default()).unwrap();
    for (b, wrong) in [("a@exemple.fr", false), ("b@exemple.fr", true)] {
        let record = Twice { a: "a@exemple.fr", b };
        assert_eq!(scorer.total(&record).has_errors, wrong);
        assert_eq!(scorer.total(&twice.record(&record)).has_errors, wrong);
    }
    let key = FieldKey::named(["Adresse e-mail", "Email"]);
    let keys = ("Email".to_owned(), "Adresse e-mail".to_owned());
    let conflict = Twice { a: "a", b: "b" }.conflict(&key);
    assert_eq!(conflict, Some(Conflict { keys }));
    assert!(Row::default().conflict(&key).is_none());
}
