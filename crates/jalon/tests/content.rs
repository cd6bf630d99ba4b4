//! What changes the hash of a program, what does not, and that hashes stay as they are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use jalon::checked::content::Content;
use jalon::source::SourceId;
use jalon::syntax::{Limits, parse, print};
use jalon::{Clock, Lang, Program};
use proptest::prelude::*;
use serde_json::json;

const LEADS: &str = "\
constante Voisins : Monaco, Italie
module Prospects (Leads)
  Nom (Last_Name) : texte, obligatoire
  Pays : texte
  Statut : liste Nouveau, Client
  Montant : devise
  Relance : date
  Rejet : case
  E-mails : événements
score Profil sur Prospects
  +10 si Pays EST France, Voisins
  +5 si Montant ENTRE 10 ET 20
  groupe Comportement, entre 0 et 60
    +10 par e-mail ouvert, au plus 50, sur 90 jours
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 20
  mentions froid dès -100, chaud dès 60
score Total sur Prospects
  + score Profil
règle \"A\" sur Prospects
  quand créé ou modifié
  si Pays EST Monaco ET Rejet EST non sélectionné
  alors
    Statut : Client
    tâche \"Appeler ${Nom}\", échéance dans 2 jours ouvrés
règle \"B\" sur Prospects
  quand Relance à 10h30
  alors
    score Total
    Relance : aujourd'hui plus 10 jours
validation sur Prospects
  Montant >= 3, message \"trop peu\"
calendrier Siège, fuseau Europe/Paris
  lundi à vendredi 09:00-19:00
enchaînement une fois
";

#[track_caller]
fn program(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[track_caller]
fn content(text: &str) -> Content {
    program(text).content()
}

fn of(program: &Program, kind: &str, name: &str) -> Content {
    let declared = program.contents().declarations.iter();
    let mut found = declared.filter(|one| one.kind == kind && one.name == name);
    found.next().unwrap_or_else(|| panic!("{kind} {name}")).content
}

#[test]
fn layout_language_and_comments_change_no_hash() {
    let own = program(LEADS);
    let (document, _) = parse(SourceId(0), LEADS, &Limits::default());
    let others = [
        print(&document, Lang::Fr),
        print(&document, Lang::En),
        LEADS.replace("\n  ", "\n      "),
        LEADS.replace("règle ", "# notée\nrègle "),
        LEADS.replace("entre -100 et 100", "entre -100,0 et 100,00"),
        LEADS.replace("+10 si", "Ajouter 10 points si"),
        LEADS.replace("Pays EST Monaco", "Pays = Monaco"),
        LEADS.replace(
            "Nom (Last_Name) : texte, obligatoire\n  Pays : texte\n",
            "Pays : texte\n  Nom (Last_Name) : texte, obligatoire\n",
        ),
        format!(
            "{LEADS}test \"rien\" sur Prospects\n  avec\n    Pays : Monaco\n  attendu Pays = Monaco\n"
        ),
    ];
    for text in others {
        assert_ne!(text, LEADS);
        assert_eq!(program(&text).content(), own.content(), "{text}");
    }
}

#[test]
fn everything_that_decides_changes_the_hash() {
    let changes = [
        ("Monaco, Italie", "Monaco, Espagne"),
        ("Nom (Last_Name)", "Nom (Name)"),
        ("texte, obligatoire", "texte"),
        ("Nouveau, Client", "Nouveau, Client, Perdu"),
        ("Montant : devise", "Montant : nombre"),
        ("+10 si", "+11 si"),
        ("EST France", "N'EST PAS France"),
        ("EST France", "CONTIENT France"),
        ("ENTRE 10 ET 20", "ENTRE 10 ET 21"),
        ("entre 0 et 60", "entre 0 et 61"),
        ("e-mail ouvert, au", "e-mail cliqué, au"),
        ("au plus 50", "au plus 51"),
        ("sur 90 jours", "sur 90 semaines"),
        ("entre -100 et 100", "entre -100 et 101"),
        ("2 dès 20", "2 dès 21"),
        ("froid dès", "glacé dès"),
        ("  + score Profil", "  - score Profil"),
        ("créé ou modifié", "créé"),
        ("ET Rejet EST non sélectionné", "OU Rejet EST non sélectionné"),
        ("Rejet EST non sélectionné", "Rejet EST sélectionné"),
        ("Statut : Client\n    t", "Statut : Nouveau\n    t"),
        ("Appeler ${Nom}", "Rappeler ${Nom}"),
        ("2 jours ouvrés", "2 jours"),
        ("10h30", "10h31"),
        ("plus 10 jours", "moins 10 jours"),
        ("Montant >= 3", "Montant > 3"),
        ("trop peu", "pas assez"),
        ("09:00-19:00", "09:00-18:00"),
        ("Europe/Paris", "Europe/London"),
        ("enchaînement une fois", "enchaînement aucun"),
        ("règle \"A\"", "règle \"C\""),
    ];
    let mut seen = vec![content(LEADS)];
    for (old, new) in changes {
        let text = LEADS.replacen(old, new, 1);
        assert_ne!(text, LEADS, "{old}");
        let other = content(&text);
        assert!(!seen.contains(&other), "{old} → {new}");
        seen.push(other);
    }
}

#[test]
fn rules_stand_in_an_order_and_scores_in_none() {
    let rule = |name: &str| format!("règle {name} sur P\n  quand créé\n  alors\n    A : {name}\n");
    let score = |name: &str| format!("score {name} sur P\n  +1 si A EST {name}\n");
    let both = |one: String, two: String| content(&(one + &two));
    assert_ne!(both(rule("X"), rule("Y")), both(rule("Y"), rule("X")));
    assert_eq!(both(score("X"), score("Y")), both(score("Y"), score("X")));
}

#[test]
fn what_is_named_counts_where_it_is_named() {
    let own = program(LEADS);
    let other = program(&LEADS.replace("+5 si", "+6 si"));
    for (kind, name, same) in [
        ("score", "Profil", false),
        ("score", "Total", false),
        ("rule", "B", false),
        ("rule", "A", true),
        ("module", "Prospects", true),
    ] {
        assert_eq!(of(&own, kind, name) == of(&other, kind, name), same, "{kind} {name}");
    }
    // Worked days are those of the calendar.
    let other = program(&LEADS.replace("19:00", "18:00"));
    assert_ne!(of(&own, "rule", "A"), of(&other, "rule", "A"));
    assert_eq!(of(&own, "rule", "B"), of(&other, "rule", "B"));
    // A name is no part of what is said under it.
    let other = program(&LEADS.replace("règle \"A\"", "règle \"C\""));
    assert_eq!(of(&own, "rule", "A"), of(&other, "rule", "C"));
}

#[test]
fn results_say_what_they_were_made_with() {
    let program = program(LEADS);
    let (lead, clock) =
        (json!({"id": 1, "Pays": "Monaco"}), Clock::at("2026-06-30", "UTC").unwrap());
    let score = program.score(Some("Profil")).unwrap();
    let result = score.evaluate(&lead, &clock).unwrap();
    assert_eq!(result.content, of(&program, "score", "Profil"));
    let json = serde_json::to_value(&result).unwrap();
    assert_eq!(json["content"], result.content.to_string());
    let one = program.criterion("Pays EST Monaco", None).unwrap();
    let two = program.criterion("Pays  IS  Monaco", None).unwrap();
    let three = program.criterion("Pays IS Nice", None).unwrap();
    let explained = one.explain(&lead, &clock).unwrap();
    assert_eq!(explained.content, two.content());
    assert_ne!(explained.content, three.content());
    let state = jalon::workflow::State::new();
    let event = jalon::workflow::Event {
        id: "e",
        module: None,
        record: None,
        kind: jalon::workflow::EventKind::Created { record: &lead },
    };
    let context = jalon::workflow::Context::new(&clock, &state);
    assert_eq!(program.decide(&event, &context).unwrap().content, program.content());
}

#[test]
fn hashes_stay_from_version_to_version() {
    let contents = program(LEADS).contents().clone();
    let mut lines = vec![format!("{} program", contents.program)];
    let each = contents.declarations.iter();
    lines.extend(each.map(|one| format!("{} {} {}", one.content, one.kind, one.name)));
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_checked_program_as_data() {
    let text =
        "module M\n  A : texte\n  B : date\nscore S sur M\n  +1,50 si A EST x, y ET B < demain\n";
    insta::assert_snapshot!(format!("{:#}", program(text).checked_json()));
}

/// Where no type is declared, quotes make a value a text; one with a keyword in it is one anyway.
#[test]
fn a_bare_value_is_the_same_after_its_json() {
    for value in ["Salon", "Salon += 5", "Salon: 5", "Nice ET Lyon", "✓", "\"✓\""] {
        let own = program(&format!("règle R sur Leads\n  quand créé\n  alors\n    A += {value}\n"));
        let again = Program::from_json(&own.to_json().to_string()).unwrap();
        assert_eq!(own.content(), again.content(), "{value}");
    }
}

#[test]
fn a_content_is_read_from_its_digits() {
    let own = content(LEADS);
    assert_eq!(own.to_string().parse::<Content>().unwrap(), own);
    for wrong in ["", "é", "00", &"g".repeat(64), &"é".repeat(32)] {
        assert!(wrong.parse::<Content>().is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn numbers_and_texts_of_a_score_are_its_content(
        points in proptest::collection::vec((-99..99i32, "[A-Za-zé]{1,6}"), 1..5),
    ) {
        let score = |lines: &[(i32, String)], zeros: &str| {
            let line = |(points, text): &(i32, String)| {
                let sign = if *points < 0 { "" } else { "+" };
                format!("  {sign}{points}{zeros} si Pays EST \"{text}\"\n")
            };
            format!("score S\n{}", lines.iter().map(line).collect::<String>())
        };
        let own = content(&score(&points, ""));
        prop_assert_eq!(content(&score(&points, ",0")), own);
        for at in 0..points.len() {
            let mut other = points.clone();
            other[at].0 += 1;
            prop_assert_ne!(content(&score(&other, "")), own);
            let mut other = points.clone();
            other[at].1.push('x');
            prop_assert_ne!(content(&score(&other, "")), own);
        }
    }
}
