//! What an instance takes along: drafts and the progress of parallel transitions, as far as the
//! new blueprint asks for them from the state where it goes on.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::blueprint::instance::{Draft, Given, Instance, Progress};
use crate::checked::blueprint::{Blueprint, ExtraKind, StateId, Transition};
use crate::value::fold::same_name;

/// What an instance does not keep.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "lost", rename_all = "snake_case")]
pub enum Lost {
    /// A draft.
    Draft {
        /// Of which transition.
        transition: Arc<str>,
        /// Why.
        because: DraftLoss,
    },
    /// A part of a draft: the transition does not ask for it any more.
    Given {
        /// Of which transition.
        transition: Arc<str>,
        /// The field, the item or the module; nothing for a note and attachments.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// `field`, `note`, `attachment`, `item` or `record`.
        kind: GivenKind,
    },
    /// All that is done of a parallel transition.
    Progress {
        /// Of which.
        transition: Arc<str>,
        /// Why.
        because: ProgressLoss,
    },
    /// A child that was done of a parallel transition.
    Child {
        /// Of which.
        transition: Arc<str>,
        /// Which.
        child: Arc<str>,
        /// Whether the transition still has it: then all others are done, and it is to be done
        /// again, so that somebody makes the transition.
        again: bool,
    },
}

/// Why a draft is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftLoss {
    /// The blueprint does not have the transition any more.
    TransitionGone,
    /// The transition does not leave the state where the instance goes on.
    LeavesElsewhere,
    /// The transition asks nothing of anybody any more.
    AsksNothing,
}

/// Why the progress of a parallel transition is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgressLoss {
    /// The blueprint does not have the transition any more.
    TransitionGone,
    /// The transition does not leave the state where the instance goes on.
    LeavesElsewhere,
    /// The transition has no children any more.
    NotParallel,
}

/// What a draft holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenKind {
    /// The value of a field.
    Field,
    /// A note.
    Note,
    /// Attachments.
    Attachment,
    /// A ticked item.
    Item,
    /// An associated record.
    Record,
}

/// What is taken along, and what is not.
#[derive(Debug, Default)]
pub(super) struct Carried {
    pub(super) drafts: Vec<Draft>,
    pub(super) progress: Vec<Progress>,
    pub(super) lost: Vec<Lost>,
}

/// What an instance takes along into a state of a blueprint.
pub(super) fn carry(blueprint: &Blueprint, state: StateId, instance: &Instance) -> Carried {
    let mut carried = Carried::default();
    for draft in &instance.drafts {
        match asking(blueprint, state, &draft.transition) {
            Ok(transition) => carried.draft(draft, transition),
            Err(because) => {
                let transition = draft.transition.clone();
                carried.lost.push(Lost::Draft { transition, because });
            }
        }
    }
    for progress in &instance.progress {
        match parallel(blueprint, state, &progress.transition) {
            Ok(transition) => carried.progress(progress, transition),
            Err(because) => {
                let transition = progress.transition.clone();
                carried.lost.push(Lost::Progress { transition, because });
            }
        }
    }
    carried
}

/// The transition, or the child of one, that asks for what a draft holds.
fn asking<'b>(
    blueprint: &'b Blueprint,
    state: StateId,
    name: &str,
) -> Result<&'b Transition, DraftLoss> {
    let named = |one: &&Transition| same_name(&one.name, name);
    let all =
        || blueprint.transitions.iter().flat_map(|one| std::iter::once(one).chain(&one.children));
    let Some(found) = all().filter(named).find(|one| one.from.contains(&state)) else {
        let known = all().any(|one| named(&one));
        return Err(if known { DraftLoss::LeavesElsewhere } else { DraftLoss::TransitionGone });
    };
    if found.kind.is_automatic() { Err(DraftLoss::AsksNothing) } else { Ok(found) }
}

/// The parallel transition of a name that leaves a state.
fn parallel<'b>(
    blueprint: &'b Blueprint,
    state: StateId,
    name: &str,
) -> Result<&'b Transition, ProgressLoss> {
    let mut named =
        blueprint.transitions.iter().filter(|one| same_name(&one.name, name)).peekable();
    if named.peek().is_none() {
        return Err(ProgressLoss::TransitionGone);
    }
    let found = named.find(|one| one.from.contains(&state)).ok_or(ProgressLoss::LeavesElsewhere)?;
    if found.kind.is_parallel() { Ok(found) } else { Err(ProgressLoss::NotParallel) }
}

impl Carried {
    fn draft(&mut self, draft: &Draft, transition: &Transition) {
        let mut given = draft.given.clone();
        let before = self.lost.len();
        self.trim(&mut given, &draft.transition, transition);
        // A draft of which nothing is left is none.
        if self.lost.len() == before || given != Given::default() {
            let transition = transition.name.as_str();
            let transition = if *draft.transition == *transition {
                draft.transition.clone()
            } else {
                transition.into()
            };
            self.drafts.push(Draft { transition, given, ..draft.clone() });
        }
    }

    /// Takes what a transition does not ask for out of what is given.
    fn trim(&mut self, given: &mut Given, draft: &Arc<str>, asks: &Transition) {
        let lost = &mut self.lost;
        let mut lose = |kind, name: Option<&str>| {
            let name = name.map(str::to_owned);
            lost.push(Lost::Given { transition: draft.clone(), name, kind });
        };
        given.fields.retain(|(name, _)| {
            let asked = asks.required.iter().chain(&asks.optional);
            let mut names = asked.flat_map(|field| &field.key.names);
            let keeps = names.any(|known| same_name(known, name));
            if !keeps {
                lose(GivenKind::Field, Some(name));
            }
            keeps
        });
        let has = |kind: &ExtraKind| asks.extras.iter().any(|extra| extra.kind == *kind);
        if given.note.is_some() && !has(&ExtraKind::Note) {
            given.note = None;
            lose(GivenKind::Note, None);
        }
        if !given.attachments.is_empty() && !has(&ExtraKind::Attachment) {
            given.attachments.clear();
            lose(GivenKind::Attachment, None);
        }
        given.ticked.retain(|item| {
            let keeps = asks.extras.iter().any(|extra| match &extra.kind {
                ExtraKind::Checklist(items) => items.iter().any(|known| same_name(known, item)),
                _ => false,
            });
            if !keeps {
                lose(GivenKind::Item, Some(item));
            }
            keeps
        });
        given.records.retain(|(module, _)| {
            let keeps = asks.extras.iter().any(|extra| match &extra.kind {
                ExtraKind::Record(known) => same_name(known, module),
                _ => false,
            });
            if !keeps {
                lose(GivenKind::Record, Some(module));
            }
            keeps
        });
    }

    fn progress(&mut self, progress: &Progress, transition: &Transition) {
        let child = |name: &str| transition.children.iter().find(|one| same_name(&one.name, name));
        let mut done: Vec<Arc<str>> = Vec::with_capacity(progress.done.len());
        for name in &progress.done {
            let lost = Lost::Child {
                transition: progress.transition.clone(),
                child: name.clone(),
                again: false,
            };
            match child(name) {
                Some(one) if *one.name == **name => done.push(name.clone()),
                Some(one) => done.push(one.name.as_str().into()),
                None => self.lost.push(lost),
            }
        }
        // Nobody could make a transition of which all children are done: its last one makes it.
        let all_done =
            transition.children.iter().all(|one| done.iter().any(|name| **name == *one.name));
        if let Some(child) = done.pop_if(|_| all_done) {
            let transition = progress.transition.clone();
            self.lost.push(Lost::Child { transition, child, again: true });
        }
        if !done.is_empty() {
            self.progress.push(Progress { transition: transition.name.as_str().into(), done });
        }
    }
}
