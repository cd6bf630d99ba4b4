//! Tests of scores.

use super::{SCHEMA, checked};
use crate::lexicon::Unit;

fn score(lines: &str) -> super::Checked {
    checked(&format!("{SCHEMA}score S sur Prospects\n{lines}"))
}

#[track_caller]
fn finds(lines: &str, code: &str, underlined: &str) {
    let checked = score(lines);
    let shown = checked.rendered(crate::lang::Lang::Fr);
    assert_eq!(checked.findings(), [(code, underlined)], "{shown}");
}

#[test]
fn a_score_is_flat_with_groups() {
    let checked = score(
        "  +25 si Nom N'EST PAS VIDE\n  groupe Comportement, entre 0 et 60\n    \
         +10 par e-mail ouvert, au plus 50, sur 90 jours\n    \
         +20 par visite, au plus 1 par jour, demi-vie 2 semaines, si Page CONTIENT tarif\n  \
         entre -100 et 100\n  étoiles 1 dès 0, 2 dès 20\n  mentions froid dès -100, chaud dès 60\n",
    );
    assert_eq!(checked.findings(), []);
    let score = &checked.program.scores[0];
    let groups: Vec<_> = score.lines.iter().map(|line| line.group).collect();
    assert_eq!(groups, [None, Some(0), Some(0)]);
    let events = score.lines[2].events.as_ref().expect("events");
    assert_eq!(events.id, "visit");
    assert_eq!(events.half_life_days, Some(14));
    assert_eq!(events.lists.len(), 2);
    assert_eq!(events.type_key.names, ["type"]);
    let events = score.lines[1].events.as_ref().expect("events");
    assert_eq!(events.window, Some((90, Unit::Day)));
    assert_eq!((score.stars.len(), score.labels.len()), (2, 2));
}

#[test]
fn inside_an_event_names_are_its_attributes() {
    finds("  +1 par visite, si Nom EST a\n", "E0203", "Nom");
    assert_eq!(score("  +1 par visite, si Prospects.Nom EST a\n").findings(), []);
    assert_eq!(score("  + Durée / 60 par visite\n").findings(), []);
    finds("  +1 par visite, si Durée CONTIENT a\n", "E0211", "CONTIENT");
}

#[test]
fn event_types() {
    finds("  +1 par e-mail ouvet\n", "E0234", "e-mail ouvet");
    assert!(score("  +1 par e-mail ouvet\n").fixed(0).contains("par e-mail ouvert\n"));
    assert_eq!(score("  +1 par \"salon\"\n").findings(), []);
}

#[test]
fn units_are_days_or_longer() {
    finds("  +1 par visite, sur 3 heures\n", "E0235", "3 heures");
    finds("  +1 par visite, demi-vie 3 mois\n", "E0236", "3 mois");
    finds("  +1 par visite, demi-vie 0 jours\n", "E0237", "0 jours");
}

#[test]
fn limits_and_thresholds() {
    finds("  +1\n  entre 10 et 2\n", "E0238", "10 et 2");
    finds("  +1\n  étoiles 1 dès 20, 2 dès 20\n", "E0239", "20");
    finds("  +1 par visite, au plus -3\n", "E0242", "-3");
}

#[test]
fn points_are_numbers() {
    finds("  + Nom si Pays EST a\n", "E0243", "Nom");
    assert_eq!(score("  + Montant / 1000 si Pays EST a\n").findings(), []);
}

#[test]
fn scores_may_use_others() {
    let other = "score P sur Prospects\n  +1\n";
    assert_eq!(score(&format!("  + score P\n{other}")).findings(), []);
    finds("  + score Profile\n", "E0230", "Profile");
    let accounts = "score A sur Comptes\n  +1\n";
    finds(&format!("  + score A\n{accounts}"), "E0232", "A");
}

#[test]
fn scores_in_a_circle() {
    let checked = checked(
        "score A sur M\n  + score B\nscore B sur M\n  + score C\nscore C sur M\n  + score A\n",
    );
    assert_eq!(checked.findings(), [("E0231", "score A")]);
    let error = checked.diagnostics.iter().find(|d| d.code.id == "E0231").expect("the error");
    assert_eq!(error.args["path"], "`A` → `B` → `C` → `A`");
}
