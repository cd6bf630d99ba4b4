//! Whole texts: what they declare, and what is said of those that are wrong.

#![allow(clippy::unwrap_used, clippy::panic)]

mod approval_round_trip;
mod approvals;
mod automation;
mod automation_round_trip;
mod blueprint_round_trip;
mod blueprints;
mod errors;
mod json;
pub(crate) mod programs;
mod round_trip;
mod rule_errors;
mod rule_round_trip;
mod rules;

use super::ast::{
    Blueprint, Comment, DeclarationKind, Document, ExprKind, Module, Rule, Score, Type,
};
use super::*;
use crate::lang::Lang;
use crate::source::Sources;

/// Parses a text that must be right.
fn document(text: &str) -> Document {
    let (document, diagnostics) = parse(SourceId(0), text, &Limits::default());
    assert!(diagnostics.is_empty(), "{}", rendered(text, &diagnostics));
    document
}

fn rendered(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut sources = Sources::default();
    sources.add("leads.jalon", text);
    let lang = diagnostics.first().map_or(Lang::default(), |d| d.lang);
    crate::diagnostic::render(diagnostics, &sources, lang, false)
}

fn only(text: &str) -> DeclarationKind {
    let mut document = document(text);
    assert_eq!(document.declarations.len(), 1);
    document.declarations.remove(0).kind
}

fn module(text: &str) -> Module {
    match only(text) {
        DeclarationKind::Module(module) => module,
        other => panic!("{other:?}"),
    }
}

fn score(text: &str) -> Score {
    match only(text) {
        DeclarationKind::Score(score) => score,
        other => panic!("{other:?}"),
    }
}

fn rule(text: &str) -> Rule {
    match only(text) {
        DeclarationKind::Rule(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn blueprint(text: &str) -> Blueprint {
    match only(text) {
        DeclarationKind::Blueprint(blueprint) => blueprint,
        other => panic!("{other:?}"),
    }
}

fn texts(names: &[ast::Name]) -> Vec<&str> {
    names.iter().map(|name| name.text.as_str()).collect()
}

const MODULES: &str = "\
# Les prospects
# du salon
module Prospects (Leads)
  Nom (Last_Name)                              : texte, obligatoire
  Société (Company)                            : texte
  Civilité (Salutation)                        : liste M., Mme
  Adresse e-mail (Email)                       : e-mail, unique
  Première page visitée (First Visited URL)    : url
  Rejet des mails (Email Opt Out, Rejet Mail)  : case
  Statut Membre                                : liste Clic CRM, Clic ZC, Open CRM, Open ZC, Opted Out, Désabonné, Plainte
  Montant                                      : devise
  Date Prochain Push                           : date
  Compte (Account_Name)                        : référence Comptes
  E-mails                                      : événements (Objet : texte)
  Visites                                      : événements (Page : url)
";

#[test]
fn a_module_with_its_documentation_aliases_and_types() {
    let document = document(MODULES);
    assert_eq!(document.declarations[0].doc, ["Les prospects", "du salon"]);
    let module = module(MODULES);
    assert_eq!(module.name.text, "Prospects");
    assert_eq!(texts(&module.aliases), ["Leads"]);
    assert_eq!(module.fields.len(), 12);
    assert_eq!(texts(&module.fields[5].aliases), ["Email Opt Out", "Rejet Mail"]);
    assert!(matches!(&module.fields[2].ty, Type::Picklist(v) if texts(v) == ["M.", "Mme"]));
    assert!(matches!(&module.fields[9].ty, Type::Reference(m) if m.text == "Comptes"));
    let Type::Events(attributes) = &module.fields[11].ty else { panic!() };
    assert_eq!(attributes[0].name.text, "Page");
    assert!(matches!(attributes[0].ty, Type::Url));
}

#[test]
fn every_type_and_property_reads_in_both_languages() {
    for (fr, en) in module::TYPES.iter().flat_map(|(_, fr, en)| fr.iter().zip(*en)) {
        for word in [fr, en] {
            let argument = match *word {
                "liste" | "picklist" | "liste multiple" | "multi-picklist" => " A, B",
                "référence" | "lookup" | "fiches" | "records" => " Comptes",
                "événements" | "events" => " (A : texte, unique, B : liste x, y)",
                "formule" | "formula" => " Montant",
                _ => "",
            };
            let properties = "obligatoire, required2".replace("required2", "unique");
            let text = format!(
                "module M\n  F : {word}{argument}, {properties}, personnel, par défaut x y, \
                 sans accents, case-sensitive, au plus 12 caractères\n"
            );
            let module = module(&text);
            assert_eq!(module.fields[0].properties.len(), 7, "{text}");
        }
    }
}

#[test]
fn list_values_end_at_the_first_property() {
    let module = module("module M\n  F : picklist A, \"unique\", par défaut A, unique\n");
    assert!(matches!(&module.fields[0].ty, Type::Picklist(v) if texts(v) == ["A", "unique"]));
    assert_eq!(module.fields[0].properties.len(), 2);
}

const SCORE: &str = "\
score Scorex sur Prospects
  +25   si Adresse e-mail N'EST PAS VIDE
  +10   si Première page visitée CONTIENT exemple.fr
  +25   si Statut Membre EST Clic CRM, Clic ZC
  -1000 si Secteur d'activité EST Casino, Voyance
  groupe Comportement, entre 0 et 60
    +10 par e-mail ouvert, au plus 50, sur 90 jours
    +10 par e-mail cliqué, demi-vie 30 jours
    -10 par e-mail non remis
    +20 par visite, au plus 1 par jour, si Page CONTIENT tarif
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 20, 3 dès 40, 4 dès 60, 5 dès 80
  mentions froid dès -100, tiède dès 30, chaud dès 60
";

#[test]
fn a_score_with_groups_events_limits_stars_and_labels() {
    let score = score(SCORE);
    assert_eq!(score.module.map(|m| m.text).as_deref(), Some("Prospects"));
    assert_eq!(score.lines.len(), 4);
    assert!(matches!(score.lines[3].points.kind, ExprKind::Negate(_)));
    let group = &score.groups[0];
    assert_eq!(group.limits.as_ref().map(|l| l.high.text.as_str()), Some("60"));
    assert_eq!(group.lines.len(), 4);
    let first = group.lines[0].events.as_ref().unwrap();
    assert_eq!(first.event.text, "e-mail ouvert");
    assert_eq!(first.window.map(|w| w.count), Some(90));
    assert_eq!(group.lines[0].cap.as_ref().map(|c| c.text.as_str()), Some("50"));
    let visits = group.lines[3].events.as_ref().unwrap();
    assert_eq!(visits.per_day, Some(1));
    assert!(group.lines[3].criterion.is_some());
    assert_eq!(score.limits.unwrap().low.text, "-100");
    assert_eq!(score.stars.len(), 5);
    assert_eq!(score.labels[0].name.text, "froid");
    assert_eq!(score.labels[0].from.text, "-100");
}

#[test]
fn points_are_written_in_many_ways() {
    let score = score(
        "score S\n  Ajouter 10 Points si Nom N'EST PAS VIDE\n  Soustraire 10 points pour chaque \
         e-mail non remis\n  add 2,5 points if Nom N'EST PAS VIDE\n  +2,5\n  + score Profil\n  \
         + Montant / 1000, au plus 50, si Montant N'EST PAS VIDE\n  \
         Subtract 1 point per \"salon visité\", within 2 weeks, half-life 1 month\n",
    );
    assert_eq!(score.lines.len(), 7);
    assert!(matches!(score.lines[1].points.kind, ExprKind::Negate(_)));
    assert_eq!(score.lines[1].events.as_ref().unwrap().event.text, "e-mail non remis");
    assert!(score.lines[5].cap.is_some() && score.lines[5].criterion.is_some());
    assert!(score.lines[6].events.as_ref().unwrap().event.quoted);
}

const RULES: &str = r#"règle "CM2 : VISITEUR URL" sur Prospects
  quand créé ou modifié
  si Première page visitée CONTIENT exemple.fr, boutique.fr
  une seule fois
  alors
    Statut Lead : visiteur à suivre
    tâche "${Prospects.Nom} : Visiteur URL", échéance dans 1 jour ouvré, priorité haute
    score Scorex
  sinon si Pays EST Monaco
  alors
    Pays : Monaco

règle "AP1 : EMAILING 10H30" sur Prospects
  quand Date Prochain Push à 10h30
  si Rejet des mails EST non sélectionné ET No-Com EST non sélectionné
    ET Statut Prospect N'EST PAS off
  alors
    e-mail "Écosystème" à Adresse e-mail
    Date Auto : aujourd'hui plus 100 jours
  puis 3 jours après
    tâche "Relancer ${Prospects.Nom}"
"#;

#[test]
fn declarations_of_later_versions_are_kept_as_written() {
    let text = include_str!("tests/kept.jalon");
    let document = document(text);
    let keywords: Vec<_> = document
        .declarations
        .iter()
        .filter_map(|d| match &d.kind {
            DeclarationKind::Verbatim(v) => Some(v.keyword.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(keywords.len(), 5, "{keywords:?}");
    let DeclarationKind::Verbatim(first) = &document.declarations[0].kind else { panic!() };
    let begins = "affectation \"Prospects entrants\" sur Prospects # dès le salon\n  quand créé\n";
    assert!(first.text.starts_with(begins), "{}", first.text);
    assert!(matches!(document.declarations.last().unwrap().kind, DeclarationKind::Constant(_)));
}

#[test]
fn comments_document_or_stand_apart_and_may_end_a_line() {
    let text = "\
langue fr
# en tête

# de la constante
constante A : \"x # y\", z # pas une valeur
# ni ceci

score S # tête
  # seul
  +5 par visite, # continue
    au plus 10
# fin
";
    let document = document(text);
    assert_eq!(document.lang, Some(Lang::Fr));
    assert_eq!(document.declarations[0].doc, ["de la constante"]);
    let comments: Vec<_> = document.comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(
        comments,
        ["en tête", "pas une valeur", "ni ceci", "tête", "seul", "continue", "fin"]
    );
    let DeclarationKind::Constant(constant) = &document.declarations[0].kind else { panic!() };
    assert_eq!(constant.items.len(), 2);
    assert_eq!(constant.items[0].name.text, "x # y");
}

#[test]
fn a_comment_behind_or_below_the_last_line_of_a_declaration_is_its_own() {
    let document = document(
        "score S  # a\n  +5 si Pays EST b  # b\n  # indented\n\n# c\n\nscore T\n  +1 si c EST d  # d\n# e\n",
    );
    let (declarations, below) = document.with_comments();
    let texts = |comments: &[Comment]| comments.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
    let of: Vec<_> = declarations.iter().map(|(_, comments)| texts(comments)).collect();
    assert_eq!(of, [vec!["a", "b", "indented"], vec!["c", "d"]]);
    assert_eq!(texts(below), ["e"]);
}

#[test]
fn spans_are_those_of_the_original() {
    let text = "score S\r\n  # é\r\n  +5 par visite, # é\r\n     au plus 10\r\n";
    let score = score(text);
    let span = score.lines[0].cap.as_ref().unwrap().span;
    assert_eq!(&text[span.start as usize..span.end as usize], "10");
}

#[test]
fn decoding_gives_the_place_of_the_first_bad_byte() {
    assert_eq!(decode("é".into()).as_deref(), Ok("é"));
    let place = decode(b"ab\n\xc3\xa9\xff".to_vec()).unwrap_err();
    assert_eq!((place.line, place.column), (2, 2));
}
