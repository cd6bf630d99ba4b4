//! Blueprints: what states and routes mean, and what is found in those that cannot work.

use super::{Checked, checked};
use crate::checked::blueprint::{
    Blueprint, ExtraKind, Owner, StateId, StateRole, Transition, TransitionKind,
};
use crate::diagnostic::{Severity, catalogue};
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::syntax::{Limits, parse, print};

/// The deal process of the tables.
const DEALS: &str = include_str!("deals.jalon");

/// A module with a list of states and some more.
const MODULE: &str = "\
module Affaires
  Étape        : liste A, B, C, Gagné, Perdu, Retour vers A
  Autre        : liste A, B
  Montant      : devise
  Note         : texte
  Taxe         : formule Montant * 2
  Chef         : utilisateur
  Compte       : référence Comptes
module Comptes
  Nom          : texte
  Chef         : utilisateur
  Second       : utilisateur
  Rang         : liste a, b
";

/// Ways through all states.
const WAYS: &str = "  transition \"Un\" de A vers B\n  transition \"Deux\" de B vers C\n  \
                    transition \"Trois\" de C vers Gagné\n";

fn with_module(text: &str) -> Checked {
    checked(&format!("{MODULE}{text}"))
}

/// A blueprint over A, B, C and an end, with more lines.
fn with_lines(lines: &str) -> Checked {
    with_module(&format!(
        "parcours P sur Affaires, champ Étape\n  états A, B, C\n  gagné Gagné\n{WAYS}{lines}"
    ))
}

#[track_caller]
fn finds(checked: &Checked, expected: &[(&str, &str)]) {
    assert_eq!(checked.findings(), expected, "{}", checked.rendered(Lang::Fr));
}

#[track_caller]
fn clean(checked: &Checked) -> &Blueprint {
    finds(checked, &[]);
    checked.program.blueprints.last().unwrap()
}

fn names<'b>(blueprint: &'b Blueprint, ids: &[StateId]) -> Vec<&'b str> {
    ids.iter().map(|id| blueprint.states[id.0 as usize].name.as_str()).collect()
}

fn transition<'b>(blueprint: &'b Blueprint, name: &str) -> &'b Transition {
    blueprint.transitions.iter().find(|transition| transition.name == name).unwrap()
}

#[test]
fn the_example_of_the_language_is_sound() {
    let (schema, _) = DEALS.split_once("# Glossaire").unwrap();
    let example = include_str!("../../syntax/tests/blueprints.jalon");
    let (_, example) = example.split_once("montre\n").unwrap();
    let (example, _) = example.split_once("# Tout").unwrap();
    let checked = checked(&format!("{schema}{example}"));
    // It is an excerpt: nothing leads past its first state but `Perdre`.
    let unreached: Vec<_> = checked.findings().into_iter().map(|(code, _)| code).collect();
    assert_eq!(unreached, ["W0640"; 4], "{}", checked.rendered(Lang::Fr));
    let blueprint = &checked.program.blueprints[0];
    assert_eq!(transition(blueprint, "Perdre").from.len(), 4);
}

#[test]
fn the_deal_process_of_the_tables_is_clean() {
    let checked = checked(DEALS);
    let blueprint = clean(&checked);
    let states: Vec<_> = blueprint.states.iter().map(|s| (s.role, s.is_default)).collect();
    assert_eq!(states[0], (StateRole::Open, true));
    assert_eq!(states[4..], [(StateRole::Won, false), (StateRole::Lost, false)]);
    assert_eq!(blueprint.states[0].probability, Some(10.into()));
    assert_eq!(blueprint.states[0].labels, [(Lang::En, "Qualified".to_owned())]);
    let deadline = blueprint.states[3].deadline.as_ref().unwrap();
    assert_eq!((deadline.after, deadline.calendar), ((3, Unit::BusinessDay), Some(0)));
    let review = transition(blueprint, "Examen juridique");
    assert_eq!(review.kind, TransitionKind::Common);
    assert_eq!(names(blueprint, &review.from), ["Recueil des besoins", "Démonstration du produit"]);
    assert_eq!(review.owners[0], Owner::Group("Équipe juridique".to_owned()));
    assert!(matches!(&review.owners[1], Owner::RecordOwner(f) if f.key.names[0] == "Propriétaire"));
    assert_eq!(review.musts[0].source, "Montant >= 1000");
    assert_eq!((review.after.len(), review.optional.len()), (3, 1));
    let lose = transition(blueprint, "Perdre");
    assert_eq!(lose.from.len(), 4);
    assert_eq!(names(blueprint, &[lose.to]), ["Clôture perdue"]);
    assert_eq!(transition(blueprint, "Conclure").extras[0].kind, ExtraKind::Attachment);
}

#[test]
fn the_english_twin_means_the_same() {
    let (document, _) = parse(crate::source::SourceId(0), DEALS, &Limits::default());
    let english = print(&document, Lang::En);
    assert!(english.contains("common transition \"Perdre\" to Clôture perdue\n"), "{english}");
    let (french, english) = (checked(DEALS), checked(&english));
    let content = |checked: &Checked| {
        let blueprint = clean(checked);
        let transitions = blueprint.transitions.iter().map(|transition| {
            let Transition { name, kind, from, to, owners, .. } = transition;
            format!("{name} {kind:?} {from:?} {to:?} {owners:?}")
        });
        (blueprint.states.len(), transitions.collect::<Vec<_>>())
    };
    assert_eq!(content(&french), content(&english));
}

#[test]
fn states_part_routes_whatever_their_names_hold() {
    let checked = with_module(
        "parcours P sur Affaires, champ Étape\n  états A, B, Retour vers A\n  final Gagné\n  \
         transition T de A vers Retour vers A\n  transition U de Retour vers A vers B\n  \
         transition V de B vers Gagné\n",
    );
    let blueprint = clean(&checked);
    assert_eq!(names(blueprint, &[blueprint.transitions[0].to]), ["Retour vers A"]);
    assert_eq!(names(blueprint, &blueprint.transitions[1].from), ["Retour vers A"]);
}

#[test]
fn a_route_of_two_readings_shows_both() {
    let text = "parcours P sur M, champ F\n  états A, B, A vers B, B vers A\n  transition T de A vers B vers A\n";
    let checked = checked(text);
    assert_eq!(checked.findings()[0], ("E0643", "de A vers B vers A"));
    assert!(checked.fixed(0).contains("de \"A\" vers \"B vers A\""), "{}", checked.fixed(0));
    assert!(checked.fixed(1).contains("de \"A vers B\" vers \"A\""), "{}", checked.fixed(1));
}

#[test]
fn without_a_schema_and_without_state_lines_much_is_taken_as_it_is() {
    let free = checked(
        "blueprint P on M, field F\n  states A\n  won B\n  transition T from A to B\n    before\n      \
         owners record owner, owner of the record, Alice\n    during\n      required X\n    after\n      Y : 1\n",
    );
    let owners = &clean(&free).transitions[0].owners;
    assert_eq!(owners.len(), 3);
    assert_eq!(owners[0], owners[1], "two ways to say it");
    let listed =
        with_module("parcours P sur Comptes, champ Rang\n  gagné b\n  transition T de a vers b\n");
    let blueprint = clean(&listed);
    assert_eq!(blueprint.states.len(), 2);
    assert!(blueprint.states[0].is_default && blueprint.states[1].is_end());
}

#[test]
fn children_go_the_way_of_their_parent() {
    let checked = with_lines(
        "  transition parallèle \"Tout\" de A vers C\n    enfant \"X\"\n    enfant \"Y\"\n      pendant\n        note facultative\n        cocher a, b\n        fiche comptes obligatoire\n",
    );
    let parent = transition(clean(&checked), "Tout");
    assert_eq!(parent.kind, TransitionKind::Parallel);
    let [x, y] = parent.children.as_slice() else { panic!() };
    assert_eq!((&x.from, x.to), (&parent.from, parent.to));
    assert_eq!(y.extras[2].kind, ExtraKind::Record("Comptes".to_owned()));
}

#[test]
fn each_finding_has_its_place() {
    // Field and states.
    finds(&with_module("parcours P sur Affaires, champ Etap\n  états A\n"), &[("E0203", "Etap")]);
    finds(&with_module("parcours P sur Affaires, champ Note\n  états A\n"), &[("E0640", "Note")]);
    let far = "parcours P sur Affaires, champ Compte.Rang\n  états a\n";
    finds(&with_module(far), &[("E0425", "Compte.Rang")]);
    finds(&checked("parcours P sur M, champ F\n"), &[("E0647", "P")]);
    finds(&with_lines("  état D\n"), &[("E0641", "D")]);
    finds(&with_lines("  perdu Gagné\n"), &[("E0644", "perdu")]);
    finds(&with_lines("  état A, ouvert, fermé\n"), &[("E0644", "fermé")]);
    finds(&with_lines("  défaut A\n  défaut B\n"), &[("E0645", "B")]);
    finds(&with_lines("  état A, probabilité 120 %\n"), &[("E0646", "120")]);
    finds(&with_lines("  états A\n"), &[("W0646", "A")]);
    // Routes.
    finds(&with_lines("  transition T de A vers Perdu\n"), &[("E0642", "Perdu")]);
    finds(&with_lines("  transition T de Gagné vers A\n"), &[("E0650", "Gagné")]);
    let common = "  transition commune T vers A, depuis B, Gagné\n";
    finds(&with_lines(common), &[("E0650", "Gagné")]);
    finds(&with_lines("  transition \"un\" de B, A vers C\n"), &[("E0651", "\"un\"")]);
    // Deadlines.
    let twice = "  délai A, 3 jours\n  délai A, 2 jours\n";
    finds(&with_lines(twice), &[("E0648", "délai A, 2 jours")]);
    finds(&with_lines("  délai A, 3 jours, calendrier Siège\n"), &[("E0649", "Siège")]);
    finds(&with_lines("  délai A, 3 jours ouvrés\n"), &[("W0644", "3 jours ouvrés")]);
    finds(&with_lines("  délai Gagné, 3 jours\n"), &[("W0647", "délai Gagné, 3 jours")]);
    finds(&with_lines("  délai A, 3 jours, rappel 4 jours avant\n"), &[("W0650", "4 jours")]);
    finds(&with_lines("  délai Z, 3 jours\n"), &[("E0642", "Z")]);
}

#[test]
fn transitions_ask_for_what_there_is() {
    let part = |part: &str| with_lines(&format!("  transition T de A vers C\n{part}"));
    let during = |line: &str| part(&format!("    pendant\n      {line}\n"));
    finds(&during("obligatoire Montan"), &[("E0203", "Montan")]);
    finds(&during("obligatoire Taxe"), &[("E0410", "Taxe")]);
    finds(&during("facultatif Étape"), &[("E0654", "Étape")]);
    finds(&during("obligatoire Compte.Nom"), &[("E0425", "Compte.Nom")]);
    finds(&during("obligatoire Note, Note"), &[("W0648", "Note")]);
    let overwritten = "    pendant\n      obligatoire Note\n    après\n      Note : x\n";
    finds(&part(overwritten), &[("W0645", "Note : x")]);
    finds(&part("    après\n      Étape : A\n"), &[("E0655", "Étape : A")]);
    finds(&part("    après\n      forcer Étape : A\n"), &[]);
    let fixed = part("    après\n      Étape : A\n").fixed(0);
    assert!(fixed.ends_with("      forcer Étape : A\n"), "{fixed}");
    finds(&part("    avant\n      propriétaires propriétaire de la fiche\n"), &[]);
    let automatic =
        "  transition automatique T de A vers C après 2 jours\n    pendant\n      note\n";
    finds(&with_lines(automatic), &[("E0657", "T")]);
    let accounts = |owner: &str| {
        with_module(&format!(
            "parcours Q sur Comptes, champ Rang\n  gagné b\n  transition T de a vers b\n    avant\n      propriétaires {owner}\n"
        ))
    };
    let several = accounts("propriétaire de la fiche");
    finds(&several, &[("E0653", "propriétaire de la fiche")]);
    assert!(several.fixed(1).ends_with("propriétaires utilisateur du champ Second\n"));
    finds(&accounts("utilisateur du champ Chef, Second, profil x, tous"), &[]);
    let none = checked(
        "module M\n  F : liste a, b\nparcours P sur M, champ F\n  gagné b\n  transition T de a vers b\n    avant\n      propriétaires propriétaire de la fiche\n",
    );
    finds(&none, &[("E0652", "propriétaire de la fiche")]);
}

#[test]
fn graphs_that_cannot_work_are_found() {
    let checked = with_module(
        "parcours P sur Affaires, champ Étape\n  états A, B, C\n  gagné Gagné\n  \
         transition T de A vers B\n  transition U de C vers Gagné\n",
    );
    finds(&checked, &[("W0641", "B"), ("W0640", "C"), ("W0640", "Gagné")]);
    assert!(checked.fixed(0).contains("champ Étape\n  final B\n"), "{}", checked.fixed(0));
    let bare = with_module("parcours P sur Affaires, champ Étape\n  états A\n");
    finds(&bare, &[("W0651", "P")]);
    // What is forced is reached.
    let forced = with_module(
        "parcours P sur Affaires, champ Étape\n  états A, C\n  gagné Gagné\n  transition T de A, C vers Gagné\n\
         règle R sur Affaires\n  quand Montant modifié\n  alors\n    forcer Étape : C\n",
    );
    clean(&forced);
}

#[test]
fn a_pause_in_a_process_run_through_in_one_go_is_found() {
    let with = |head: &str, line: &str| {
        with_module(&format!(
            "parcours P sur Affaires, champ Étape{head}\n  états A\n  gagné Gagné\n  \
             transition T de A vers Gagné\n{line}"
        ))
    };
    let automatic = "  transition automatique U de A vers Gagné après 5 minutes\n";
    let deadline = "  délai A, 2 jours\n";
    let of_automatic = &[("W0654", automatic.trim())];
    finds(&with(", continu", automatic), of_automatic);
    finds(&with(", continu", deadline), &[("W0655", "délai A, 2 jours")]);
    finds(&with(", continu", "  délai A, 90 minutes\n"), &[]);
    finds(&with("", automatic), &[]);
    for (head, mended) in [
        (", continu", "champ Étape\n  états"),
        (", Continu , inactif", "champ Étape , inactif\n  états"),
        (", inactif,continuous", "champ Étape, inactif\n  états"),
        ("\n  continu", "champ Étape\n  états"),
    ] {
        let found = with(head, automatic);
        finds(&found, of_automatic);
        assert!(found.fixed(0).contains(mended), "{}", found.fixed(0));
    }
}

#[test]
fn a_transition_that_is_never_offered_is_found() {
    let never = |criterion: &str| {
        with_lines(&format!("  transition T de A, B vers C\n    avant\n      si {criterion}\n"))
    };
    finds(&never("Étape EST C"), &[("W0642", "Étape EST C")]);
    finds(&never("Montant > 3 ET Étape N'EST PAS A, B"), &[("W0642", "Étape N'EST PAS A, B")]);
    finds(&never("Étape EST VIDE"), &[("W0642", "Étape EST VIDE")]);
    finds(&never("Étape EST A"), &[]);
    finds(&never("Étape EST C OU Montant > 3"), &[]);
    for (criterion, second) in [
        ("Montant > 10 ET Montant < 10", "Montant < 10"),
        ("Montant >= 10 ET Étape EST A ET Montant ENTRE 1 ET 9,5", "Montant ENTRE 1 ET 9,5"),
        ("Montant EST 1, 2 ET Montant EST 3", "Montant EST 3"),
        ("Montant EST VIDE ET Étape EST A ET Montant N'EST PAS VIDE", "Montant N'EST PAS VIDE"),
    ] {
        let found = never(criterion);
        let own = found.findings().into_iter().find(|(code, _)| *code == "W0652");
        assert_eq!(own.map(|(_, at)| at.to_owned()), Some(second.to_owned()), "{criterion}");
    }
    for criterion in [
        "Montant >= 10 ET Montant <= 10",
        "Montant > 10 OU Montant < 5",
        "Montant N'EST PAS 1 ET Montant EST 1, 2",
        "Étape EST A, B ET Étape N'EST PAS A",
    ] {
        finds(&never(criterion), &[]);
    }
    let nowhere = "  transition commune T vers A, sauf depuis B, C";
    finds(&with_lines(&format!("{nowhere}\n")), &[("W0653", nowhere.trim())]);
}

#[test]
fn blueprints_that_meet_are_found() {
    let two = |first: &str, second: &str| {
        let lines = "  états A\n  gagné Gagné\n  transition T de A vers Gagné\n";
        with_module(&format!(
            "parcours P sur Affaires, champ Étape{first}{lines}parcours Q sur Affaires, champ Étape{second}{lines}"
        ))
    };
    finds(&two("\n", "\n  entrée si Montant > 3\n"), &[("W0643", "Q")]);
    let same = two("\n  entrée si Montant > 3\n", "\n  entry if Montant  > 3\n");
    finds(&same, &[("W0643", "Q")]);
    finds(&two("\n  entrée si Montant > 3\n", "\n"), &[]);
    finds(&two(", inactif\n", "\n"), &[]);
    let lines = "sur Affaires, champ Étape, inactif\n  gagné Gagné\n  états A\n  transition T de A vers Gagné\n";
    let again = with_module(&format!("parcours P {lines}parcours p {lines}"));
    finds(&again, &[("E0656", "p")]);
}

#[test]
fn rules_write_the_state_only_by_force() {
    let rule = |action: &str| {
        with_lines(&format!("règle R sur Affaires\n  quand créé\n  alors\n    {action}\n"))
    };
    let plain = rule("Étape : B");
    finds(&plain, &[("W0649", "Étape : B")]);
    assert!(plain.fixed(0).ends_with("    forcer Étape : B\n"));
    let forced = rule("forcer Étape : B");
    finds(&forced, &[]);
    finds(&rule("Autre : B"), &[]);
    let inactive = with_module(
        "parcours P sur Affaires, champ Étape, inactif\n  états A\n  gagné Gagné\n  transition T de A vers Gagné\n\
         règle R sur Affaires\n  quand créé\n  alors\n    Étape : B\n",
    );
    finds(&inactive, &[]);
}

#[test]
fn a_blueprint_has_a_limit() {
    let states: Vec<String> = (0..201).map(|n| format!("S{n}")).collect();
    let found = checked(&format!("parcours P sur M, champ F\n  états {}\n", states.join(", ")));
    finds(&found, &[("E0658", "P")]);
}

#[test]
fn an_undeclared_state_can_be_added_to_the_list() {
    let found = with_lines("  état \"D, E\", défaut\n");
    finds(&found, &[("E0641", "\"D, E\"")]);
    assert!(found.fixed(0).contains("Perdu, Retour vers A, \"D, E\"\n"), "{}", found.fixed(0));
    let known = with_lines("  transition T de A vers Perdu\n");
    assert!(known.fixed(0).contains("états A, B, C, Perdu\n"), "{}", known.fixed(0));
}

#[test]
fn the_important_findings_as_people_see_them() {
    let text = "parcours P sur Affaires, champ Étape\n  états Aa, B, C\n  gagné Gagné\n  transition T de A vers B\n  \
                transition U de Gagné vers B\n  transition V de B vers Perdu\n";
    insta::assert_snapshot!("blueprint_states_fr", with_module(text).rendered(Lang::Fr));
    let text = "blueprint P on Affaires, field Étape\n  states A, B, C\n  won Gagné\n  transition T from A to B\n    \
                after\n      Étape : C\n";
    insta::assert_snapshot!("blueprint_write_en", with_module(text).rendered(Lang::En));
    let text = "parcours P sur Affaires, champ Étape\n  états A, B, C\n  gagné Gagné\n  transition T de A vers B\n    \
                avant\n      si Étape EST B\nrègle R sur Affaires\n  quand créé\n  alors\n    Étape : B\n";
    insta::assert_snapshot!("blueprint_graph_fr", with_module(text).rendered(Lang::Fr));
}

#[test]
fn every_code_of_blueprints_is_tested() {
    let tests = include_str!("blueprints.rs");
    for code in catalogue::all() {
        let checked = code.id[1..].starts_with("06")
            && (code.severity != Severity::Error || code.id >= "E0640");
        assert!(!checked || tests.contains(code.id), "no test of {}", code.id);
    }
}
