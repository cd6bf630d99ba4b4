//! Approvals: who is asked and when, and what is found in those that cannot work.

use super::{Checked, checked};
use crate::checked::approval::{Approval, Lapsed, Quorum};
use crate::checked::blueprint::Owner;
use crate::checked::content::Names;
use crate::diagnostic::catalogue;
use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::syntax::{Limits, parse, print};

const MODULE: &str = "\
module Devis
  Remise       : pourcentage
  Montant      : devise
  Statut       : liste Brouillon, Approuvé, Refusé
  Commentaire  : texte
  Chef         : utilisateur
calendrier Siège
  lundi à vendredi 09:00-19:00
";

fn with_lines(lines: &str) -> Checked {
    checked(&format!("{MODULE}approbation Remise sur Devis\n{lines}"))
}

#[track_caller]
fn finds(lines: &str, expected: &[(&str, &str)]) {
    let checked = with_lines(lines);
    assert_eq!(checked.findings(), expected, "{}", checked.rendered(Lang::Fr));
}

#[track_caller]
fn clean(lines: &str) -> Approval {
    let checked = with_lines(lines);
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    checked.program.approvals[0].clone()
}

#[test]
fn names_are_resolved_and_defaults_are_said() {
    let approval = clean(
        "  quand créé ou modifié\n  si Remise > 20\n  verrouillé, sauf Commentaire\n  \
         niveau rôle Directeur, délai 2 jours ouvrés\n  \
         niveau Chef, Direction, délai 1 jour, calendrier Siège, ensuite escalade groupe Comité\n  \
         approuvé\n    Statut : Approuvé\n  refusé\n    Statut : Refusé\n",
    );
    assert!(approval.delegation && !approval.inactive);
    assert_eq!(approval.lock.as_ref().unwrap()[0].key.names[0], "Commentaire");
    let [first, second] = approval.levels.as_slice() else { panic!() };
    assert_eq!(first.approvers, [Owner::Role("Directeur".to_owned())]);
    assert_eq!(first.quorum, Quorum::One);
    let deadline = first.deadline.as_ref().unwrap();
    assert_eq!((deadline.after, &deadline.then), ((2, Unit::BusinessDay), &Lapsed::Remind));
    assert!(
        matches!(&second.approvers[..], [Owner::OfField(_), Owner::User(name)] if name == "Direction")
    );
    let deadline = second.deadline.as_ref().unwrap();
    assert_eq!(deadline.calendar, Some(0));
    assert_eq!(deadline.then, Lapsed::Escalate(vec![Owner::Group("Comité".to_owned())]));
}

#[test]
fn what_cannot_work_is_found() {
    let level = "  niveau Chef\n";
    finds(level, &[("W0740", "Remise")]);
    finds("  inactif\n  niveau Chef\n", &[]);
    finds(&format!("  quand supprimé\n{level}"), &[("E0741", "supprimé")]);
    finds(
        &format!("  quand sans modification depuis 2 jours\n{level}"),
        &[("E0741", "sans modification depuis 2 jours")],
    );
    finds("  quand créé\n  niveau tous\n", &[("E0742", "tous")]);
    finds("  quand créé\n  niveau Chef, champ Chef\n", &[("W0741", "champ Chef")]);
    finds("  quand créé\n  niveau Chef, unanimité\n", &[("W0742", "niveau Chef, unanimité")]);
    finds(
        "  quand créé\n  niveau Chef, délai 1 jour, ensuite escalade Chef\n",
        &[("W0743", "Chef")],
    );
    finds(
        "  quand créé\n  niveau Chef, délai 1 jour, rappel 2 jours avant\n",
        &[("W0650", "2 jours")],
    );
    finds("  quand créé\n  niveau Chef, délai 0 jour\n", &[("E0237", "0 jour")]);
    finds("  quand créé\n  niveau Chef, délai 1 jour, calendrier Sieg\n", &[("E0649", "Sieg")]);
    finds(
        "  quand créé\n  verrouillé, sauf Comentaire\n  niveau Chef\n",
        &[("E0203", "Comentaire")],
    );
    finds("  quand créé\n  niveau Chef\n  approuvé\n    supprimer\n", &[("E0418", "supprimer")]);
    finds("  quand créé\n  si Remis > 20\n  niveau Chef\n", &[("E0203", "Remis")]);
    finds(
        "  quand créé\n  niveau Chef\n  approuvé\n    Statut : Aprouvé\n",
        &[("E0218", "Aprouvé")],
    );
    let twice = format!("  quand créé\n{level}approbation remise sur Devis\n  quand créé\n{level}");
    finds(&twice, &[("E0740", "remise")]);
    // A test on a change has nothing to look at when a level is reached later.
    finds("  quand créé\n  niveau Chef, si Remise CHANGE\n", &[("E0213", "CHANGE")]);
}

#[test]
fn without_a_calendar_no_business_days() {
    let text = "module M\n  N : nombre\napprobation A sur M\n  quand créé\n  \
                niveau Alice, délai 2 jours ouvrés\n";
    let checked = checked(text);
    assert_eq!(checked.findings(), [("W0644", "2 jours ouvrés")], "{}", checked.rendered(Lang::Fr));
}

#[test]
fn every_code_is_tested() {
    let here = include_str!("approvals.rs");
    for code in catalogue::all() {
        if code.id.get(1..3) == Some("07") && code.id.get(3..) >= Some("40") {
            assert!(here.contains(code.id), "no test of {}", code.id);
        }
    }
}

#[test]
fn layout_and_language_change_no_content() {
    let lines = "  quand créé\n  si Remise > 20\n  niveau Chef, unanimité, délai 1 jour, si Montant > 3\n  \
                 niveau Alice, rôle Directeur, majorité\n";
    let text = format!("{MODULE}approbation Remise sur Devis\n{lines}");
    let content = |text: &str| {
        let program = checked(text).program;
        Names::new(&program).of_levels(&program.approvals[0])
    };
    let (document, _) = parse(crate::source::SourceId(0), &text, &Limits::default());
    assert_eq!(content(&text), content(&print(&document, Lang::En)));
    // What is done then is not what those who answered have agreed to.
    assert_eq!(content(&text), content(&format!("{text}  approuvé\n    Statut : Approuvé\n")));
    assert_ne!(content(&text), content(&text.replace("majorité", "unanimité")));
}
