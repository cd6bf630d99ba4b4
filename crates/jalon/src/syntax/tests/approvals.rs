//! Approvals: how they are read, printed, and what is said of those that are wrong.

use super::round_trip::comes_back;
use super::*;
use crate::diagnostic::apply;
use crate::lexicon::Unit;
use crate::syntax::ast::{ActionKind, ActorKind, Approval, Lapsed, OwnerKind, Quorum, TriggerKind};

const APPROVALS: &str = include_str!("approvals.jalon");

fn approvals(text: &str) -> Vec<Approval> {
    let declarations = document(text).declarations.into_iter();
    let kinds = declarations.map(|declaration| match declaration.kind {
        DeclarationKind::Approval(approval) => approval,
        other => panic!("{other:?}"),
    });
    kinds.collect()
}

#[test]
fn the_example_of_the_language_is_read() {
    let approval = &approvals(APPROVALS)[0];
    assert_eq!(approval.name.text, "Remise");
    assert!(matches!(approval.triggers[0].kind, TriggerKind::CreatedOrUpdated));
    assert!(approval.criterion.is_some() && approval.lock.is_none() && !approval.no_delegation);
    let [first, second] = approval.levels.as_slice() else { panic!() };
    let OwnerKind::Actor(actor) = &first.approvers[0].kind else { panic!() };
    assert_eq!(
        (actor.kind, actor.name.text.as_str()),
        (Some(ActorKind::Role), "Directeur commercial")
    );
    let deadline = first.deadline.as_ref().unwrap();
    assert_eq!((deadline.after.count, deadline.after.unit), (2, Unit::BusinessDay));
    assert!(deadline.then.is_none() && first.quorum.is_none());
    assert_eq!(second.quorum, Some(Quorum::All));
    assert_eq!((approval.approved.len(), approval.rejected.len()), (1, 1));
}

#[test]
fn every_part_is_read() {
    let approval = &approvals(APPROVALS)[1];
    assert!(approval.inactive && approval.no_delegation);
    assert_eq!(approval.triggers.len(), 3);
    assert_eq!(texts(&approval.lock.as_ref().unwrap().except), ["Comment", "Next, step"]);
    let [first, second, third, rest @ ..] = approval.levels.as_slice() else { panic!() };
    assert_eq!((first.approvers.len(), first.quorum), (3, Some(Quorum::One)));
    assert!(matches!(first.approvers[0].kind, OwnerKind::RecordOwner));
    assert_eq!((second.approvers.len(), second.quorum), (2, Some(Quorum::Majority)));
    assert!(matches!(second.approvers[1].kind, OwnerKind::OfField(_)));
    assert!(second.criterion.is_some());
    let deadline = third.deadline.as_ref().unwrap();
    assert_eq!(deadline.calendar.as_ref().unwrap().text, "Siège");
    assert_eq!(deadline.reminders.iter().map(|r| r.count).collect::<Vec<_>>(), [1, 2]);
    assert!(matches!(&deadline.then, Some(Lapsed::Escalate(people)) if people.len() == 2));
    assert_eq!(third.approvers.len(), 2);
    let then = rest.iter().map(|level| level.deadline.as_ref().unwrap().then.as_ref().unwrap());
    let then: Vec<_> = then.collect();
    assert!(matches!(then[..], [Lapsed::Approve, Lapsed::Reject, Lapsed::Remind]));
    assert_eq!(approval.submitted.len(), 2);
    assert!(
        matches!(&approval.approved[0].kind, ActionKind::Update(u) if u.target.text == "Level")
    );
    assert_eq!(approval.approved.len(), 3);
    assert_eq!(approval.recalled.len(), 1);
}

#[test]
fn both_languages_print_and_come_back() {
    let document = document(APPROVALS);
    insta::assert_snapshot!("approvals_fr", print(&document, Lang::Fr));
    insta::assert_snapshot!("approvals_en", print(&document, Lang::En));
    for lang in [Lang::Fr, Lang::En] {
        comes_back(APPROVALS, lang);
    }
}

#[test]
fn each_wrong_line_says_what_is_wrong() {
    let text = include_str!("approval_errors.jalon");
    let (document, found) = parse(SourceId(0), text, &Limits::default());
    assert_eq!(document.declarations.len(), 0);
    insta::assert_snapshot!("approval_errors", rendered(text, &found));
    for code in catalogue::all() {
        if code.id.starts_with("E07") && code.id < "E0740" {
            assert!(found.iter().any(|d| d.code.id == code.id), "no test of {}", code.id);
        }
    }
}

#[test]
fn a_missing_answer_is_offered() {
    let text = "approbation A sur M\n  niveau B\n  Statut : b\n";
    let (_, found) = parse(SourceId(0), text, &Limits::default());
    let fixed = apply(text, &found[0].fixes[0].edits);
    assert_eq!(approvals(&fixed)[0].approved.len(), 1);
}
