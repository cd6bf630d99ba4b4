//! Tests of actions other than updates.

use super::{Checked, SCHEMA, checked};
use crate::checked::workflow::{Action, ActionKind, Actor, Due, WebhookId};
use crate::checked::{ExprKind, ScoreId};
use crate::lang::Lang;
use crate::lexicon::{Priority, Unit};
use crate::value::TimeSpec;

fn with(action: &str) -> Checked {
    checked(&format!(
        "{SCHEMA}score S sur Prospects\n  +1\nscore A sur Comptes\n  +1\nrègle \"R\" sur Prospects\n  \
         quand créé\n  si Nom EST a\n  alors\n    {action}\n"
    ))
}

#[track_caller]
fn finds(action: &str, code: &str, underlined: &str) -> Checked {
    let checked = with(action);
    assert_eq!(checked.findings(), [(code, underlined)], "{}", checked.rendered(Lang::En));
    checked
}

#[track_caller]
fn action(text: &str) -> Action {
    let checked = with(text);
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    let rule = checked.program.rules.last().expect("a rule");
    rule.branches[0].actions[0].clone()
}

#[track_caller]
fn kind(text: &str) -> ActionKind {
    action(text).kind
}

fn field(actor: &Actor) -> &str {
    match actor {
        Actor::Field(field) => &field.key.names[0],
        other => panic!("{other:?}"),
    }
}

#[test]
fn tasks() {
    let text = "tâche \"Appeler ${Prospects.Nom}\", échéance dans 1 jour ouvré, priorité haute";
    assert_eq!(action(text).source, text);
    let ActionKind::Task(task) = kind(text) else { panic!() };
    assert!(matches!(task.subject.kind, ExprKind::Template(_)));
    assert!(matches!(task.due, Some(Due::In(1, Unit::BusinessDay))));
    assert_eq!(task.priority, Some(Priority::High));
    let ActionKind::Task(task) = kind("tâche \"A\", priorité high, échéance demain") else {
        panic!()
    };
    assert_eq!(task.priority, Some(Priority::High));
    let Some(Due::At(at)) = task.due else { panic!() };
    assert!(matches!(at.kind, ExprKind::Time(TimeSpec::Relative(_))));
    finds("tâche \"A ${Prospects.Non}\"", "E0203", "Prospects.Non");
    let found = finds("tâche \"A\", priorité haut", "E0419", "haut");
    assert!(found.fixed(0).contains("priorité haute"));
    finds("tâche \"A\", échéance bientôt", "E0216", "bientôt");
    finds("tâche \"A\", échéance Pays", "E0411", "Pays");
}

#[test]
fn recipients() {
    let to = |to: &str| match kind(&format!("e-mail \"Écosystème\" à {to}")) {
        ActionKind::Email(message) => message.to,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(&to("Propriétaire")[0]), "Propriétaire");
    assert_eq!(field(&to("champ Nom")[0]), "Nom");
    assert_eq!(to("moi@exemple.fr"), [Actor::Address("moi@exemple.fr".into())]);
    assert_eq!(to("Alice"), [Actor::User("Alice".into())]);
    assert_eq!(to("rôle \"Directeur commercial\""), [Actor::Role("Directeur commercial".into())]);
    assert_eq!(field(&to("propriétaire de la fiche")[0]), "Propriétaire");
    finds("e-mail \"E\" à Montant", "E0420", "Montant");
    finds("e-mail \"E\" à champ Monta", "E0203", "Monta");
    let found = finds("e-mail \"E\" à Propriétaires", "W0404", "Propriétaires");
    assert!(found.fixed(0).contains("à Propriétaire\n"));
    assert!(found.fixed(1).contains("à utilisateur Propriétaires\n"));
    let ActionKind::Alert(alert) = kind("alerte \"À rappeler\" à Alice") else { panic!() };
    assert_eq!(alert.to.len(), 1);
}

#[test]
fn scores_and_webhooks_are_known() {
    assert!(matches!(kind("score S"), ActionKind::Score(ScoreId(0))));
    finds("score T", "E0230", "T");
    finds("score A", "E0232", "A");
    finds("webhook SMS", "E0401", "SMS");
}

#[test]
fn webhooks_are_numbered_as_they_are_declared() {
    let text = "règle R sur P\n  quand créé\n  alors\n    webhook sms\nwebhook Appel sur P\n  \
                POST https://a.fr\nwebhook SMS\n  POST https://a.fr\nwebhook appel sur P\n  POST https://a.fr\n";
    let checked = checked(text);
    assert_eq!(checked.findings(), [("E0402", "appel")]);
    let action = &checked.program.rules[0].branches[0].actions[0];
    assert!(matches!(action.kind, ActionKind::Webhook(WebhookId(1))));
}

#[test]
fn without_modules_a_bare_name_is_a_user() {
    let text = "règle R sur P\n  quand créé\n  alors\n    e-mail \"E\" à Adresse e-mail\n    \
                e-mail \"E\" à champ Adresse e-mail, moi@exemple.fr\n";
    let checked = checked(text);
    assert_eq!(checked.findings(), []);
    assert_eq!(checked.notes(), [("N0201", "P"), ("N0401", "Adresse e-mail")]);
}

#[test]
fn functions_take_expressions() {
    let text = "fonction Calcul(Montant, 2, Budget * 2)";
    let ActionKind::Function { name, arguments } = kind(text) else { panic!() };
    assert_eq!((name.as_str(), arguments.len()), ("Calcul", 3));
    assert!(matches!(arguments[0].kind, ExprKind::Field(_)));
    finds("fonction Calcul(Montan)", "E0250", "Montan");
}

#[test]
fn new_records_are_typed_by_their_module() {
    let text = "créer Contacts avec Nom = \"${Société}\", Âge = 12";
    let ActionKind::Create { module, fields } = kind(text) else { panic!() };
    assert_eq!((module.as_str(), fields.len()), ("Contacts", 2));
    assert_eq!(fields[1].0, "Âge");
    finds("créer Contact avec Nom = x", "E0201", "Contact");
    finds("créer Contacts avec Nmo = x", "E0203", "Nmo");
    finds("créer Prospects avec Nom = x, Compte.Type = prospect", "E0425", "Compte.Type");
    finds("créer Contacts avec Nom = x, Nom = y", "W0403", "Nom");
    finds("créer Contacts avec Âge = vieux", "E0214", "vieux");
    finds("créer Comptes avec Type = client", "E0218", "client");
    finds("créer Prospects avec Pays = x", "W0405", "créer Prospects avec Pays = x");
}

#[test]
fn modules_to_convert_into_are_known() {
    let ActionKind::Convert(into) = kind("convertir en Contacts, Comptes") else { panic!() };
    assert_eq!(into, ["Contacts", "Comptes"]);
    finds("convertir en Contact", "E0201", "Contact");
}

#[test]
fn deleting_needs_a_criterion() {
    assert!(matches!(kind("supprimer"), ActionKind::Delete));
    let text = format!("{SCHEMA}règle R sur Prospects\n  quand créé\n  alors\n    supprimer\n");
    assert_eq!(checked(&text).findings(), [("E0418", "supprimer")]);
}

#[test]
fn meetings_tags_and_assignments() {
    let text = "rendez-vous \"Démo\", dans 2 jours ouvrés, durée 30 minutes, avec Alice";
    let ActionKind::Meeting(meeting) = kind(text) else { panic!() };
    assert_eq!(meeting.length, Some((30, Unit::Minute)));
    assert_eq!(meeting.with.len(), 1);
    assert!(matches!(kind("étiqueter VIP, Salon"), ActionKind::Tag(tags) if tags.len() == 2));
    assert!(matches!(kind("affecter à Alice"), ActionKind::Assign(Actor::User(_))));
}

#[test]
fn scheduled_actions_are_checked() {
    let text = |action: &str| {
        format!(
            "{SCHEMA}règle R sur Prospects\n  quand créé\n  alors\n    Pays : Monaco\n  \
             puis 3 jours après\n    {action}\n"
        )
    };
    let good = checked(&text("tâche \"Relancer ${Prospects.Nom}\""));
    assert_eq!(good.findings(), []);
    let later = &good.program.rules[0].branches[0].later[0];
    assert_eq!((later.after, later.recheck), ((3, Unit::Day), true));
    assert_eq!(later.actions.len(), 1);
    assert_eq!(checked(&text("Pay : x")).findings(), [("E0203", "Pay")]);
}
