//! Tests of triggers, repetition and the conditions of rules.

use super::{Checked, SCHEMA, checked};
use crate::checked::workflow::{Rule, TriggerKind};
use crate::checked::{Condition, Domain, On};
use crate::lang::Lang;
use crate::lexicon::Unit;

/// A rule on prospects that waits for something.
fn when(trigger: &str) -> Checked {
    let score = "score S sur Prospects\n  +1\nscore A sur Comptes\n  +1\n";
    checked(&format!(
        "{SCHEMA}  Visite : date\n  Double : formule Âge * 2\n{score}règle \"R\" sur Prospects\n  \
         quand {trigger}\n  alors\n    Pays : Monaco\n"
    ))
}

#[track_caller]
fn finds(trigger: &str, code: &str, underlined: &str) -> Checked {
    let checked = when(trigger);
    assert_eq!(checked.findings(), [(code, underlined)], "{}", checked.rendered(Lang::En));
    checked
}

fn rule(checked: &Checked) -> &Rule {
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    checked.program.rules.last().expect("a rule")
}

fn kind(trigger: &str) -> TriggerKind {
    rule(&when(trigger)).triggers[0].kind.clone()
}

#[test]
fn keywords_and_fields() {
    assert!(matches!(kind("créé ou modifié"), TriggerKind::CreatedOrUpdated));
    let TriggerKind::Changed(fields) = kind("Pays, Rejet Mail modifiés") else { panic!() };
    assert_eq!(fields.len(), 2);
    assert_eq!(fields[1].key.names[0], "Rejet des mails");
    assert!(matches!(kind("Statut Membre DEVIENT Opted Out"), TriggerKind::Criterion(_)));
    finds("Paye modifié", "E0203", "Paye");
}

#[test]
fn only_real_fields_of_the_record_change() {
    finds("Visites modifié", "E0406", "Visites");
    finds("Compte.Type modifié", "E0407", "Compte.Type");
    let text = "module M\n  N : nombre\n  F : formule N * 2\nrègle R sur M\n  quand F modifié\n  \
                alors\n    N : 1\n";
    assert_eq!(checked(text).findings(), [("E0405", "F")]);
    let dated = text.replace("F modifié", "2 jours après F");
    assert_eq!(checked(&dated).findings(), [("E0405", "F")]);
}

#[test]
fn dates_with_offset_and_time_of_day() {
    let TriggerKind::Date(date) = kind("3 jours avant Date Prochain Push à 10h30") else {
        panic!()
    };
    assert_eq!(date.offset, Some((-3, Unit::Day)));
    assert_eq!(date.at.map(|at| at.to_string()).as_deref(), Some("10:30"));
    assert_eq!(date.field.domain, Domain::Date);
    assert!(matches!(kind("2 heures avant Créé le"), TriggerKind::Date(_)));
    finds("2 heures avant Date Prochain Push", "E0220", "2 heures");
    assert!(matches!(kind("2 heures avant Date Prochain Push à 10h30"), TriggerKind::Date(_)));
    let found = finds("3 jours avant Nom", "E0408", "Nom");
    assert!(found.fixed(0).contains("quand Nom modifié\n"), "{}", found.fixed(0));
    // What listening to changes would not mend is not told to do so.
    finds("E-mails", "E0406", "E-mails");
    finds("2 jours après Compte.Type", "E0407", "Compte.Type");
    let found = finds("Statut Membre", "E0408", "Statut Membre");
    assert!(found.fixed(0).contains("quand Statut Membre modifié\n"));
}

#[test]
fn times_of_day_are_read_as_in_recurrences() {
    for (written, time) in [
        ("9:00 am", "09:00"),
        ("9 h", "09:00"),
        ("9h30", "09:30"),
        ("9am", "09:00"),
        ("09:30", "09:30"),
        ("2 p.m.", "14:00"),
        ("midi", "12:00"),
    ] {
        let TriggerKind::Date(date) =
            kind(&format!("3 jours avant Date Prochain Push à {written}"))
        else {
            panic!("{written}")
        };
        assert_eq!(date.at.map(|at| at.to_string()).as_deref(), Some(time), "{written}");
        let sentence = format!("chaque jour à {written}");
        let again = crate::recurrence::Recurrence::from_sentence(&sentence).unwrap();
        assert!(again.sentence(crate::Lang::En).ends_with(time), "{written}");
    }
    let text = "module M\n  D : date\nregle R sur M\n  quand 3 jours avant D à 9 h\n  alors\n    D : vide\n  \
                puis 2 jours après à 9:00 am\n    D : vide\n";
    let (document, found) =
        crate::syntax::parse(crate::source::SourceId(0), text, &crate::syntax::Limits::default());
    assert!(found.is_empty(), "{found:?}");
    let printed = crate::syntax::print(&document, crate::Lang::En);
    assert!(printed.contains("when 3 days before D at 09:00\n"), "{printed}");
    assert!(printed.contains("then after 2 days at 09:00\n"), "{printed}");
}

#[test]
fn a_fixed_time_is_a_schedule_s() {
    for trigger in ["tous les jours à 9h", "chaque lundi à 9h", "every Monday at 9:00"] {
        let found = finds(trigger, "E0424", trigger);
        assert!(found.rendered(Lang::Fr).contains(&format!("`planification Matin {trigger}`")));
    }
    let open = "règle R\n  quand tous les jours à 9h\n  alors\n    Pays : Monaco\n";
    assert_eq!(checked(open).findings()[0], ("E0424", "tous les jours à 9h"));
    let declared = "module M\n  tous les jours : date\n";
    let own =
        format!("{declared}règle R sur M\n  quand tous les jours à 9h\n  alors\n    étiqueter A\n");
    assert_eq!(checked(&own).findings(), []);
}

#[test]
fn a_bare_name_may_be_an_event() {
    let TriggerKind::Event(id) = kind("e-mail ouvert") else { panic!() };
    assert_eq!(id, "email_opened");
    let TriggerKind::Event(id) = kind("\"salon\"") else { panic!() };
    assert_eq!(id, "salon");
    finds("e-mail ouvet", "E0404", "e-mail ouvet");
}

#[test]
fn a_field_that_is_called_as_an_event_is_ambiguous() {
    let text = "module M\n  Visite : date\nrègle R sur M\n  quand Visite\n  alors\n    \
                Visite : demain\n";
    let found = checked(text);
    assert_eq!(found.findings(), [("E0403", "Visite")]);
    let event = checked(&found.fixed(0));
    assert!(matches!(rule(&event).triggers[0].kind, TriggerKind::Event(_)));
    let date = checked(&found.fixed(1));
    assert!(matches!(rule(&date).triggers[0].kind, TriggerKind::Date(_)));
}

#[test]
fn scores_cross_thresholds() {
    let TriggerKind::Score { rising, threshold, .. } = kind("score S atteint 50") else { panic!() };
    assert!(rising && threshold == 50.into());
    finds("score Z atteint 50", "E0230", "Z");
    finds("score A atteint 50", "E0232", "A");
}

#[test]
fn changes_hold_only_where_something_changed() {
    let si = |trigger: &str| {
        checked(&format!(
            "{SCHEMA}règle \"R\" sur Prospects\n  quand {trigger}\n  si Pays CHANGE ET Nom EST a\n  \
             alors\n    Pays : Monaco\n"
        ))
    };
    assert_eq!(si("modifié").findings(), []);
    assert_eq!(si("manuel").findings(), [("W0401", "Pays CHANGE")]);
    assert_eq!(si("Date Prochain Push à 10h30").findings(), [("W0401", "Pays CHANGE")]);
}

#[test]
fn entering_needs_a_criterion_and_a_change() {
    let entering = |trigger: &str, si: &str| {
        checked(&format!(
            "{SCHEMA}règle \"R\" sur Prospects\n  quand {trigger}\n{si}  au passage\n  alors\n    \
             Pays : Monaco\n"
        ))
    };
    assert_eq!(entering("modifié", "  si Nom EST a\n").findings(), []);
    assert_eq!(entering("modifié", "").findings()[0].0, "W0402");
    assert_eq!(entering("manuel", "  si Nom EST a\n").findings()[0].0, "W0402");
}

#[test]
fn every_condition_is_checked() {
    let text = format!(
        "{SCHEMA}règle \"R\" sur Prospects\n  quand créé\n  si Pays EST Monaco\n  alors\n    \
         Ville : Monaco\n  sinon si Paye EST France\n  alors\n    Ville : Nice\n  sinon\n    \
         Ville : vide\n"
    );
    assert_eq!(checked(&text).findings(), [("E0203", "Paye")]);
    let checked = checked(&text.replace("Paye", "Pays"));
    let branches = &rule(&checked).branches;
    assert_eq!(branches.len(), 3);
    assert!(matches!(branches[1].condition, Some(Condition::Test(_))));
    assert!(branches[2].condition.is_none());
}

#[test]
fn without_modules_nothing_is_unknown() {
    let text = "règle R sur Prospects\n  quand Date Prochain Push à 10h30\n  quand Pays modifié\n  \
                quand e-mail ouvert\n  alors\n    Pays : Monaco\n";
    let checked = checked(text);
    let rule = rule(&checked);
    assert_eq!(rule.on, On::named("prospects"));
    assert!(matches!(rule.triggers[0].kind, TriggerKind::Date(_)));
    assert!(matches!(rule.triggers[2].kind, TriggerKind::Event(_)));
}
