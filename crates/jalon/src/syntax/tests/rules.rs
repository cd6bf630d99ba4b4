//! Rules: triggers, conditions, repetition, actions at once and later.

use super::super::ast::{
    Action, ActionKind, ActorKind, Change, Due, ExprKind, Repetition, TriggerKind,
};
use super::*;
use crate::lexicon::Unit;

fn triggers(lines: &str) -> Vec<TriggerKind> {
    let lines: Vec<_> = lines.lines().map(|line| format!("  quand {}", line.trim())).collect();
    rule(&format!("règle R sur M\n{}\n", lines.join("\n")))
        .triggers
        .into_iter()
        .map(|t| t.kind)
        .collect()
}

fn actions(lines: &str) -> Vec<ActionKind> {
    let lines: Vec<_> = lines.lines().map(|line| format!("    {}", line.trim())).collect();
    let mut rule = rule(&format!("règle R sur M\n  alors\n{}\n", lines.join("\n")));
    assert_eq!(rule.branches.len(), 1);
    rule.branches.remove(0).actions.into_iter().map(|a: Action| a.kind).collect()
}

#[test]
fn the_rules_of_the_reference() {
    let document = document(RULES);
    let DeclarationKind::Rule(rule) = &document.declarations[0].kind else { panic!() };
    assert!(rule.name.quoted && rule.criterion().is_some());
    assert!(matches!(rule.triggers[0].kind, TriggerKind::CreatedOrUpdated));
    assert_eq!(rule.repetition.map(|(_, r)| r), Some(Repetition::OnlyOnce));
    assert_eq!(rule.branches.len(), 2);
    let [first, second] = rule.branches.as_slice() else { panic!() };
    let [ActionKind::Update(update), ActionKind::Task(task), ActionKind::Score(score)] =
        [&first.actions[0].kind, &first.actions[1].kind, &first.actions[2].kind]
    else {
        panic!()
    };
    assert_eq!(update.target.text, "Statut Lead");
    assert_eq!(update.values[0].name.text, "visiteur à suivre");
    assert_eq!(task.subject.name.text, "${Prospects.Nom} : Visiteur URL");
    assert!(matches!(task.due, Some(Due::In(lapse)) if lapse.unit == Unit::BusinessDay));
    assert_eq!(task.priority.as_ref().map(|p| p.text.as_str()), Some("haute"));
    assert_eq!(score.text, "Scorex");
    assert!(second.criterion.is_some() && second.actions.len() == 1);
    let DeclarationKind::Rule(rule) = &document.declarations[1].kind else { panic!() };
    let TriggerKind::Date(date) = &rule.triggers[0].kind else { panic!() };
    assert_eq!(date.field.text, "Date Prochain Push");
    assert_eq!(date.at.as_ref().map(|at| at.text.as_str()), Some("10h30"));
    let later = &rule.branches[0].later[0];
    assert_eq!((later.after.count, later.after.unit), (3, Unit::Day));
    assert_eq!(later.actions.len(), 1);
    assert_eq!(rule.branches[0].actions.len(), 2);
}

#[test]
fn the_phrases_of_the_reference() {
    let kinds = triggers(
        "créé\nmodifié\ncréé ou modifié\nsupprimé\nA modifié\nA, B modifiés\nA CHANGE\n\
         Statut DEVIENT Client\nStatut PASSE DE prospect À client\n\
         3 jours avant Date Prochain Push à 10h30\nscore Scorex atteint 50\n\
         score Scorex descend sous 20\ne-mail ouvert\nsans modification depuis 2 jours\nmanuel",
    );
    assert_eq!(kinds.len(), 15);
    let kinds = actions(
        "Champ : valeur\nDate Auto : aujourd'hui plus 100 jours\nCompte.Type : client\n\
         chaque Contacts.Adresse : Comptes.Adresse\ne-mail \"Contrat en revue\" à propriétaire\n\
         tâche \"Relire le contrat\", échéance dans 2 jours ouvrés\nStatut juridique : en cours\n\
         Date Prochain Push : demain\ntâche \"Appeler ${Prospects.Nom}\", échéance dans 1 jour ouvré\n\
         webhook SMS\nfonction N(a, 2)\nscore N\nconvertir\ncréer M\nétiqueter VIP\n\
         retirer l'étiquette VIP\naffecter à Alice\nrendez-vous \"Démo\", demain\nsupprimer",
    );
    assert_eq!(kinds.len(), 19);
    let english = "rule R on M\n  when A changed\n  when manual\n  if A IS 1\n  only once\n  then\n    \
                   task \"x\", due in 1 business day\n    email \"x\" to Email\n    alert \"x\"\n    \
                   function F\n    convert\n    create Deals\n    tag VIP\n    assign to Alice\n    delete\n  \
                   then after 3 days\n    A : 1\n  else if A IS 2\n  then\n    A : 1\n  else\n    A : 3\n";
    assert_eq!(print(&document(english), Lang::En), english);
}

#[test]
fn the_rules_of_the_tables() {
    let document = document(include_str!("kickoff.jalon"));
    assert_eq!(document.declarations.len(), 21);
    for declaration in &document.declarations {
        let DeclarationKind::Rule(rule) = &declaration.kind else { panic!() };
        assert_eq!((rule.triggers.len(), rule.branches.len()), (1, 1), "{}", rule.name.text);
        assert!(!rule.branches[0].actions.is_empty());
    }
    let printed = print(&document, Lang::Fr);
    for line in [
        "  quand créé ou modifié",
        "  une seule fois",
        "    e-mail \"Écosystème\"",
        "    Date Auto : aujourd'hui plus 100 jours",
        "    Nombre de contacts : NOMBRE DE Contacts ()",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line}");
    }
}

#[test]
fn triggers_in_both_languages() {
    let rule = rule(
        "rule R on Leads\n  when created\n  quand modifié\n  when A, \"B changed\" changed\n  \
         quand Statut Membre modifié\n  quand manuel\n  quand supprimé\n  \
         quand Statut DEVIENT Client\n  when Status changes\n  when score S reaches 50\n  \
         if A N'EST PAS VIDE then\n    A : 1\n",
    );
    let kinds: Vec<_> = rule.triggers.iter().map(|t| &t.kind).collect();
    assert!(matches!(kinds[2], TriggerKind::Changed(f) if texts(f) == ["A", "B changed"]));
    assert!(matches!(kinds[3], TriggerKind::Changed(f) if texts(f) == ["Statut Membre"]));
    assert!(matches!(kinds[6], TriggerKind::Criterion(_)));
    assert!(matches!(kinds[7], TriggerKind::Criterion(_)));
    assert!(matches!(kinds[8], TriggerKind::Score { rising: true, .. }));
    assert_eq!(rule.branches[0].actions.len(), 1);
}

#[test]
fn the_infinitives_of_the_tables_are_triggers() {
    let kinds = triggers("créer ou modifier\ncréer\nmodifier\nsupprimer\ncréée");
    assert!(matches!(
        kinds.as_slice(),
        [
            TriggerKind::CreatedOrUpdated,
            TriggerKind::Created,
            TriggerKind::Updated,
            TriggerKind::Deleted,
            TriggerKind::Created
        ]
    ));
}

/// Field, offset, time of day and recurrence of a date trigger.
type Date = (String, Option<(u32, Unit, bool)>, Option<String>, Option<Unit>);

fn date(clause: &str) -> Date {
    match triggers(clause).remove(0) {
        TriggerKind::Date(date) => (
            date.field.text,
            date.offset.map(|offset| (offset.lapse.count, offset.lapse.unit, offset.after)),
            date.at.map(|at| at.text),
            date.every,
        ),
        other => panic!("{clause}: {other:?}"),
    }
}

#[test]
fn date_triggers_have_an_offset_a_time_and_a_recurrence() {
    let field = || "Date Prochain Push".to_owned();
    assert_eq!(date("Date Prochain Push"), (field(), None, None, None));
    assert_eq!(
        date("3 jours avant Date Prochain Push à 10h30, chaque mois"),
        (field(), Some((3, Unit::Day, false)), Some("10h30".into()), Some(Unit::Month))
    );
    assert_eq!(
        date("2 business days after Date Prochain Push at 05 :00, every year"),
        (field(), Some((2, Unit::BusinessDay, true)), Some("05 :00".into()), Some(Unit::Year))
    );
    assert_eq!(
        date("Date Prochain Push chaque année à 10:30"),
        (field(), None, Some("10:30".into()), Some(Unit::Year))
    );
    assert_eq!(
        date("Passage à Nice à 10H30"),
        ("Passage à Nice".into(), None, Some("10H30".into()), None)
    );
    assert_eq!(date("Passage à Nice"), ("Passage à Nice".into(), None, None, None));
    assert_eq!(date("\"Vente, le jour\" à 9h").0, "Vente, le jour");
    assert_eq!(date("un mois après Signature").1, Some((1, Unit::Month, true)));
    assert_eq!(date("Avant le contrat").0, "Avant le contrat");
}

#[test]
fn scores_events_and_idleness_are_triggers() {
    let kinds = triggers(
        "score Scorex descend sous 20,5\nscore \"Mon score\" falls below -3\ne-mail ouvert\n\
         visit\n\"salon visité\"\nsans modification depuis 2 jours\nnot updated for 3 weeks",
    );
    assert!(matches!(&kinds[0], TriggerKind::Score { score, rising: false, threshold }
        if score.text == "Scorex" && threshold.text == "20,5"));
    assert!(matches!(&kinds[1], TriggerKind::Score { rising: false, .. }));
    assert!(matches!(&kinds[2], TriggerKind::Event(event) if event.text == "e-mail ouvert"));
    assert!(matches!(&kinds[3], TriggerKind::Event(_)));
    assert!(matches!(&kinds[4], TriggerKind::Event(event) if event.quoted));
    assert!(matches!(&kinds[5], TriggerKind::Idle(lapse) if lapse.count == 2));
    assert!(matches!(&kinds[6], TriggerKind::Idle(lapse) if lapse.unit == Unit::Week));
}

#[test]
fn operators_in_capitals_make_a_trigger_a_criterion() {
    let kinds = triggers("Statut DEVIENT modifié\nHeure PASSE DE 9h À 10h30\nA CHANGE ET B EST x");
    assert!(kinds.iter().all(|kind| matches!(kind, TriggerKind::Criterion(_))));
    let kinds = triggers("\"Statut devient\" modifié\nTaux modifié\nscore modifié");
    assert!(kinds.iter().all(|kind| matches!(kind, TriggerKind::Changed(_))));
}

#[test]
fn repetitions_as_the_tables_write_them() {
    for (line, expected) in [
        ("à chaque fois", Repetition::EveryTime),
        ("chaque fois", Repetition::EveryTime),
        ("chaque fois que le critère est respecté", Repetition::EveryTime),
        ("every time", Repetition::EveryTime),
        ("au passage", Repetition::OnEntering),
        ("on entering", Repetition::OnEntering),
        ("une seule fois", Repetition::OnlyOnce),
        ("uniquement la première fois", Repetition::OnlyOnce),
        ("première fois", Repetition::OnlyOnce),
        ("only once", Repetition::OnlyOnce),
    ] {
        let rule = rule(&format!("règle R sur M\n  quand créé\n  {line}\n  alors\n    A : 1\n"));
        assert_eq!(rule.repetition.map(|(_, r)| r), Some(expected), "{line}");
    }
}

#[test]
fn the_first_condition_that_holds_acts() {
    let rule = rule(
        "règle R sur M\n  quand créé\n  si A EST 1 alors\n    B : 1\n  sinon si A EST 2\n    OU A EST 3\n  \
         alors\n    B : 2\n  puis 2 heures ouvrées après\n    B : 3\n  puis un jour après à 10h30, \
         sans revérifier\n    B : 4\n    B : 5\n  sinon\n    B : 6\n",
    );
    let shapes: Vec<_> = rule
        .branches
        .iter()
        .map(|b| (b.criterion.is_some(), b.actions.len(), b.later.len()))
        .collect();
    assert_eq!(shapes, [(true, 1, 0), (true, 1, 2), (false, 1, 0)]);
    let later = &rule.branches[1].later[1];
    assert!(later.unchecked && later.actions.len() == 2);
    assert_eq!(later.at.as_ref().map(|at| at.text.as_str()), Some("10h30"));
    assert_eq!(rule.branches[1].later[0].after.unit, Unit::BusinessHour);
}

#[test]
fn then_may_stand_between_else_and_its_actions() {
    for text in [
        "rule R on M\n  if A IS 1\n  then\n    B : 1\n  else\n  then\n    B : 2\n",
        "rule R on M\n  if A IS 1 then\n    B : 1\n  else\n    B : 2\n",
        "rule R on M\n  if A IS 1 then\n    B : 1\n  else then\n    B : 2\n",
    ] {
        assert_eq!(rule(text).branches[1].actions.len(), 1, "{text}");
    }
}

#[test]
fn delays_are_written_in_two_ways_in_english() {
    for line in [
        "then after 3 days at 10:30, without rechecking",
        "then 3 days after at 10:30, without rechecking",
        "puis 3 jours après, sans revérifier, à 10:30",
    ] {
        let rule = rule(&format!("rule R on M\n  then\n  {line}\n    B : 1\n"));
        let later = &rule.branches[0].later[0];
        assert_eq!((later.after.count, later.after.unit), (3, Unit::Day), "{line}");
        assert!(later.unchecked && later.at.is_some(), "{line}");
    }
}

#[test]
fn a_line_with_a_colon_is_an_update_whatever_its_first_word() {
    let kinds = actions(
        "Tâche ouverte : oui\nSi besoin : ✓\nTéléphone 2 : 04\nCompte.Type : Client\n\
         chaque Contacts.Adresse : Comptes.Adresse\nChaque visite : vide\n\"A : b\": c, d\n\
         Étiquettes += VIP, Salon\nNombre -= 1\neach Contacts.Tags += VIP\nE-mail : a@b.fr\n\
         alors : x\nA : si (B EST c) alors d sinon e\nchaque \"Contacts.Nom ET prénom\" : x",
    );
    let updates: Vec<_> = kinds
        .iter()
        .map(|kind| match kind {
            ActionKind::Update(u) => (u.each, u.target.text.as_str(), u.change, u.values.len()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        updates,
        [
            (false, "Tâche ouverte", Change::Set, 1),
            (false, "Si besoin", Change::Set, 1),
            (false, "Téléphone 2", Change::Set, 1),
            (false, "Compte.Type", Change::Set, 1),
            (true, "Contacts.Adresse", Change::Set, 1),
            (false, "Chaque visite", Change::Set, 1),
            (false, "A : b", Change::Set, 2),
            (false, "Étiquettes", Change::Add, 2),
            (false, "Nombre", Change::Remove, 1),
            (true, "Contacts.Tags", Change::Add, 1),
            (false, "E-mail", Change::Set, 1),
            (false, "alors", Change::Set, 1),
            (false, "A", Change::Set, 1),
            (true, "Contacts.Nom ET prénom", Change::Set, 1),
        ]
    );
}

#[test]
fn a_field_and_a_duration_are_short_for_a_date_from_today() {
    for (line, printed) in [
        ("Date Auto plus 100 jours", "Date Auto : aujourd'hui plus 100 jours"),
        ("Date Auto moins 1 jour ouvré", "Date Auto : aujourd'hui moins 1 jour ouvré"),
        ("Date Auto plus 2 weeks", "Date Auto : today plus 2 semaines"),
    ] {
        let mut kinds = actions(line);
        let ActionKind::Update(update) = kinds.remove(0) else { panic!() };
        let expr = update.values[0].expr.as_ref().unwrap();
        assert!(matches!(expr.kind, ExprKind::Shift { .. }));
        assert_eq!(print_update(&update, Lang::Fr), printed);
        let ActionKind::Update(again) = actions(printed).remove(0) else { panic!() };
        assert_eq!(print_update(&again, Lang::Fr), printed);
    }
}

/// Each action as it is written, in French and in English as printed.
const ACTIONS: &[(&str, &str, &str)] = &[
    (
        "tâche « Relancer », pour rôle \"Directeur commercial\", priorité haute, échéance demain, terminée, description \"a, b\"",
        "tâche \"Relancer\", échéance demain, priorité haute, pour rôle \"Directeur commercial\", terminée, description \"a, b\"",
        "task \"Relancer\", due demain, priority haute, for role \"Directeur commercial\", done, description \"a, b\"",
    ),
    (
        "task Call back, assigned to Alice, due on 2026-07-01",
        "tâche Call back, échéance le 2026-07-01, pour Alice",
        "task Call back, due on 2026-07-01, for Alice",
    ),
    (
        "tâche \"A\" échéance Date Auto plus 2 jours",
        "tâche \"A\", échéance Date Auto plus 2 jours",
        "task \"A\", due Date Auto plus 2 days",
    ),
    (
        "e-mail \"Écosystème\" à Adresse e-mail, copie a@b.fr, Compte.E-mail, objet \"x\"",
        "e-mail \"Écosystème\" à Adresse e-mail, copie a@b.fr, Compte.E-mail, objet \"x\"",
        "email \"Écosystème\" to Adresse e-mail, copy a@b.fr, Compte.E-mail, subject \"x\"",
    ),
    ("alerte e-mail « Écosystème »", "e-mail \"Écosystème\"", "email \"Écosystème\""),
    (
        "e-mail Réponse a un client à Adresse e-mail, utilisateur Alice, groupe Ventes, html \"<b>x</b>\"",
        "e-mail Réponse a un client à Adresse e-mail, utilisateur Alice, groupe Ventes, html \"<b>x</b>\"",
        "email Réponse a un client to Adresse e-mail, user Alice, group Ventes, html \"<b>x</b>\"",
    ),
    (
        "alert \"Call back\" to field Owner, text \"now\"",
        "alerte \"Call back\" à champ Owner, texte \"now\"",
        "alert \"Call back\" to field Owner, text \"now\"",
    ),
    ("webhook SMS", "webhook SMS", "webhook SMS"),
    (
        "fonction C15_Lead_Calcul_Scorex",
        "fonction C15_Lead_Calcul_Scorex",
        "function C15_Lead_Calcul_Scorex",
    ),
    (
        "fonction Calcul(Montant, 2, \"x, y\")",
        "fonction Calcul(Montant, 2, \"x, y\")",
        "function Calcul(Montant, 2, \"x, y\")",
    ),
    (
        "function \"Mon calcul\"( arrondi(Montant, 2) )",
        "fonction \"Mon calcul\"(arrondi(Montant, 2))",
        "function \"Mon calcul\"(round(Montant, 2))",
    ),
    ("score Scorex", "score Scorex", "score Scorex"),
    ("convertir", "convertir", "convert"),
    (
        "convert to Contacts, Comptes",
        "convertir en Contacts, Comptes",
        "convert to Contacts, Comptes",
    ),
    (
        "créer Affaires avec Nom = \"${Société}\", Montant = Budget * 2, \"Type, sorte\" = a",
        "créer Affaires avec Nom = \"${Société}\", Montant = Budget * 2, \"Type, sorte\" = a",
        "create Affaires with Nom = \"${Société}\", Montant = Budget * 2, \"Type, sorte\" = a",
    ),
    ("create Deals", "créer Deals", "create Deals"),
    ("étiqueter VIP, Salon", "étiqueter VIP, Salon", "tag VIP, Salon"),
    ("retirer l’étiquette VIP", "retirer l'étiquette VIP", "untag VIP"),
    (
        "affecter à \"Prospects entrants\"",
        "affecter à \"Prospects entrants\"",
        "assign to \"Prospects entrants\"",
    ),
    ("Assign to user Alice", "affecter à utilisateur Alice", "assign to user Alice"),
    (
        "rendez-vous \"Démo\", avec Alice, rôle Ventes, dans 2 jours ouvrés, durée 30 minutes, lieu \"Nice\"",
        "rendez-vous \"Démo\", dans 2 jours ouvrés, durée 30 minutes, avec Alice, rôle Ventes, lieu \"Nice\"",
        "meeting \"Démo\", in 2 business days, length 30 minutes, with Alice, role Ventes, place \"Nice\"",
    ),
    (
        "rendez-vous \"Démo\", 2026-07-01 à 10h30",
        "rendez-vous \"Démo\", le 2026-07-01 à 10h30",
        "meeting \"Démo\", on 2026-07-01 à 10h30",
    ),
    (
        "meeting \"Demo\", le Durée max, with Alice",
        "rendez-vous \"Demo\", le Durée max, avec Alice",
        "meeting \"Demo\", on Durée max, with Alice",
    ),
    ("supprimer", "supprimer", "delete"),
];

#[test]
fn actions_in_both_languages_with_their_options_in_any_order() {
    for (written, fr, en) in ACTIONS {
        let text = format!("règle R sur M\n  alors\n    {written}\n");
        let action = &rule(&text).branches[0].actions[0];
        assert_eq!(print_action(action, Lang::Fr), *fr);
        assert_eq!(print_action(action, Lang::En), *en);
        for printed in [fr, en] {
            let text = format!("règle R sur M\n  alors\n    {printed}\n");
            let action = &rule(&text).branches[0].actions[0];
            assert_eq!(print_action(action, Lang::Fr), *fr);
            assert_eq!(print_action(action, Lang::En), *en);
        }
    }
}

#[test]
fn actors_may_say_what_they_are() {
    let mut kinds = actions("alerte \"x\" à propriétaire, champ Responsable, rôle");
    let ActionKind::Alert(alert) = kinds.remove(0) else { panic!() };
    let kinds: Vec<_> = alert.to.iter().map(|a| (a.kind, a.name.text.as_str())).collect();
    assert_eq!(
        kinds,
        [(None, "propriétaire"), (Some(ActorKind::Field), "Responsable"), (None, "rôle")]
    );
}
