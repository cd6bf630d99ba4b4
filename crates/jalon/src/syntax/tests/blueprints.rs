//! Blueprints: how they are read, printed, and what is said of those that are wrong.

use super::round_trip::comes_back;
use super::*;
use crate::diagnostic::apply;
use crate::lexicon::Unit;
use crate::syntax::ast::{ActionKind, ExtraKind, OwnerKind, StateRole, TransitionKind};

const BLUEPRINTS: &str = include_str!("blueprints.jalon");

fn blueprints() -> Vec<Blueprint> {
    let declarations = document(BLUEPRINTS).declarations.into_iter();
    let kinds = declarations.map(|declaration| match declaration.kind {
        DeclarationKind::Blueprint(blueprint) => blueprint,
        other => panic!("{other:?}"),
    });
    kinds.collect()
}

#[test]
fn the_example_of_the_language_is_read() {
    let blueprint = &blueprints()[0];
    assert_eq!(blueprint.name.text, "Parcours Affaire");
    assert_eq!(blueprint.field.text, "Étape");
    assert!(blueprint.entry.is_some() && !blueprint.inactive && !blueprint.continuous);
    let states: Vec<_> = blueprint.states.iter().map(|s| s.name.text.as_str()).collect();
    assert_eq!(states[3..], ["Examen juridique", "Clôture gagnée", "Clôture perdue"]);
    assert_eq!(blueprint.states[4].roles[0].1, StateRole::Won);
    assert_eq!(blueprint.deadlines[0].after.unit, Unit::BusinessDay);
    assert_eq!(blueprint.deadlines[0].escalations[0].1[0].name.text, "Directeur commercial");
    let [review, lose] = blueprint.transitions.as_slice() else { panic!() };
    let route = &review.route.as_ref().unwrap().split;
    assert_eq!(texts(&route.from), ["Démonstration du produit"]);
    assert_eq!(route.to.text, "Examen juridique");
    assert_eq!(review.before.owners.len(), 2);
    assert!(matches!(review.before.owners[1].kind, OwnerKind::RecordOwner));
    assert_eq!(texts(&review.during.required), ["Montant", "Date de clôture"]);
    assert!(review.during.musts[0].message.is_some());
    assert_eq!(review.after.len(), 3);
    assert!(matches!(lose.kind, TransitionKind::Common));
    assert_eq!(lose.route.as_ref().unwrap().split.from.len(), 0);
}

#[test]
fn every_part_is_read() {
    let blueprint = &blueprints()[1];
    assert!(blueprint.inactive && blueprint.continuous);
    let state = &blueprint.states[0];
    assert_eq!(state.name.text, "Devis de A vers B");
    assert_eq!(state.roles.len(), 2);
    assert_eq!(state.probability.as_ref().unwrap().text, "20");
    assert_eq!(state.labels[0].0, Some(Lang::En));
    assert_eq!(state.labels[1].0, None);
    let deadline = &blueprint.deadlines[0];
    assert_eq!(deadline.reminders.iter().map(|r| r.1.len()).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(deadline.escalations[0].0.unwrap().count, 1);
    assert_eq!(deadline.escalations[0].1.len(), 2);
    assert_eq!(deadline.escalations[1].1[0].name.text, "Chef, ventes");
    let [read, forget, cancel, resume, sign] = blueprint.transitions.as_slice() else { panic!() };
    let route = read.route.as_ref().unwrap();
    assert_eq!((route.splits().count(), route.certain), (2, true));
    assert_eq!(texts(&route.split.from), ["Devis de A vers B"]);
    assert_eq!(read.before.owners.len(), 5);
    let TransitionKind::Automatic(after) = forget.kind else { panic!() };
    assert_eq!((after.count, after.unit), (30, Unit::Day));
    assert_eq!(texts(&forget.route.as_ref().unwrap().split.from), ["Relecture", "Signature"]);
    let ActionKind::Update(forced) = &forget.after[0].kind else { panic!() };
    assert!(forced.forced && forced.target.text == "Étape");
    assert!(matches!(&forget.after[1].kind, ActionKind::Update(update) if !update.forced));
    assert_eq!(texts(&cancel.route.as_ref().unwrap().split.except), ["Archivé"]);
    assert_eq!(texts(&resume.route.as_ref().unwrap().split.from), ["Annulé", "Archivé"]);
    let required: Vec<_> = sign.during.extras.iter().map(|extra| extra.required).collect();
    assert_eq!(required, [true, false, true, false, true, false]);
    assert!(matches!(&sign.during.extras[5].kind, ExtraKind::Record(m) if m.text == "Commandes"));
    assert_eq!(sign.children.len(), 2);
    assert_eq!(sign.children[0].before.owners.len(), 1);
    assert_eq!(sign.children[1].after.len(), 1);
}

#[test]
fn both_languages_print_and_come_back() {
    let document = document(BLUEPRINTS);
    insta::assert_snapshot!("blueprints_fr", print(&document, Lang::Fr));
    insta::assert_snapshot!("blueprints_en", print(&document, Lang::En));
    for lang in [Lang::Fr, Lang::En] {
        comes_back(BLUEPRINTS, lang);
    }
}

#[test]
fn a_route_that_only_the_schema_can_part_stays_as_it_is_written() {
    let text = "blueprint B on M, field F\n  transition \"T\" from A to B to C\n";
    let route = blueprint(text).transitions.remove(0).route.unwrap();
    assert!(!route.certain);
    assert_eq!(route.splits().count(), 2);
    let printed = print(&document(text), Lang::Fr);
    assert!(printed.contains("transition \"T\" from A to B to C"), "{printed}");
    comes_back(text, Lang::Fr);
}

#[test]
fn each_wrong_line_says_what_is_wrong() {
    let text = include_str!("blueprint_errors.jalon");
    let (document, found) = parse(SourceId(0), text, &Limits::default());
    assert_eq!(document.declarations.len(), 0);
    insta::assert_snapshot!("blueprint_errors", rendered(text, &found));
    for code in catalogue::all() {
        if code.id.starts_with("E06") && code.id < "E0640" {
            assert!(found.iter().any(|d| d.code.id == code.id), "no test of {}", code.id);
        }
    }
}

#[test]
fn a_missing_section_is_offered() {
    let text = "parcours P sur M, champ F\n  transition T de A vers B\n    si X EST a\n    Y : b\n";
    let (_, found) = parse(SourceId(0), text, &Limits::default());
    let fixed = apply(text, found.iter().flat_map(|d| &d.fixes[0].edits));
    let transition = blueprint(&fixed).transitions.remove(0);
    assert!(transition.before.criterion.is_some());
    assert_eq!(transition.after.len(), 1);
}

#[test]
fn the_lines_of_a_part_above_all_transitions_are_not_blamed_too() {
    for line in ["tâche \"Relire\"", "Note : x"] {
        let text = format!("parcours P sur M, champ F\n  états A\n  après\n    {line}\n");
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        let codes: Vec<_> = diagnostics.iter().map(|d| d.code.id).collect();
        assert_eq!(codes, ["E0604"], "{text}");
    }
}
