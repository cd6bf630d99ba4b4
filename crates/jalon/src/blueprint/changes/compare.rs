//! Finds what two versions of a blueprint do not say alike.

use super::{Change, Changes, Of, Part, Said, What};
use crate::blueprint::words;
use crate::checked::CheckedProgram;
use crate::checked::blueprint::{Blueprint, State, StateId, StateRole, Transition, TransitionKind};
use crate::checked::content::Names;
use crate::checked::content::blueprint::TransitionContent;
use crate::lang::Lang;
use crate::value::fold::same_name;

/// A blueprint and the program it is part of.
pub(crate) type Version<'p> = (&'p Blueprint, &'p CheckedProgram);

/// What changes from one version of a blueprint to another; `becomes` leads from the name of an
/// old state to that of a new one, where a map does.
pub(crate) fn changes(
    old: Option<Version<'_>>,
    new: Option<Version<'_>>,
    becomes: &dyn Fn(&str) -> Option<String>,
) -> Changes {
    let name = |version: Option<Version<'_>>| version.map(|(of, _)| of.name.clone());
    let hash = |version: Option<Version<'_>>| {
        version.map(|(of, program)| Names::new(program).of_blueprint(of).to_string())
    };
    let mut changes = Changes {
        blueprint: name(old).or_else(|| name(new)).unwrap_or_default(),
        renamed: name(new).filter(|name| old.is_some_and(|(old, _)| old.name != *name)),
        old: hash(old),
        new: hash(new),
        changes: Vec::new(),
    };
    if let (Some(old), Some(new)) = (old, new)
        && changes.old != changes.new
    {
        let mut found = Comparison {
            old,
            new,
            names: (Names::new(old.1), Names::new(new.1)),
            becomes,
            list: Vec::new(),
        };
        found.head();
        found.states();
        found.transitions();
        changes.changes = found.list;
    }
    changes
}

struct Comparison<'p> {
    old: Version<'p>,
    new: Version<'p>,
    /// What stands behind the names of either.
    names: (Names<'p>, Names<'p>),
    becomes: &'p dyn Fn(&str) -> Option<String>,
    list: Vec<Change>,
}

impl Comparison<'_> {
    fn add(&mut self, of: Of, what: What) {
        self.list.push(Change { of, what });
    }

    /// A part of which the hashes are equal or not, and what it says on either side.
    fn part<T: ?Sized>(
        &mut self,
        (of, part): (&Of, Part),
        equal: bool,
        (old, new): (&T, &T),
        said: impl Fn(&T, Lang) -> String,
    ) {
        if !equal {
            let (before, after) =
                (Said::new(|lang| said(old, lang)), Said::new(|lang| said(new, lang)));
            self.add(of.clone(), What::Changed { part, before, after });
        }
    }

    fn head(&mut self) {
        let (old, new) = (self.old, self.new);
        let (before, after) = (self.names.0.head(old.0), self.names.1.head(new.0));
        let of = Of::Blueprint;
        let module = |(of, program): &Version<'_>, _| {
            of.on.name(&program.schema).unwrap_or_default().to_owned()
        };
        self.part((&of, Part::Module), before.module == after.module, (&old, &new), module);
        let both = (old.0, new.0);
        self.part((&of, Part::Field), before.field == after.field, both, |of, _| {
            words::field(&of.field).to_owned()
        });
        self.part((&of, Part::Active), before.inactive == after.inactive, both, |of, lang| {
            yes(!of.inactive, lang)
        });
        let same = before.continuous == after.continuous;
        self.part((&of, Part::Continuous), same, both, |of, lang| yes(of.continuous, lang));
        self.part((&of, Part::Entry), before.entry == after.entry, both, |of, lang| {
            of.entry.as_ref().map_or_else(String::new, |entry| words::condition(entry, lang))
        });
    }

    /// The state of the new version that an old one is, by the map or by its name.
    fn new_state(&self, old: &str) -> Option<usize> {
        let mapped = (self.becomes)(old);
        let name = mapped.as_deref().unwrap_or(old);
        self.new.0.states.iter().position(|state| same_name(&state.name, name))
    }

    fn states(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut pairs = Vec::new();
        for state in &old.0.states {
            let of = Of::State { state: state.name.clone() };
            let Some(place) = self.new_state(&state.name) else {
                self.add(of, What::Removed);
                continue;
            };
            let other = &new.0.states[place];
            if same_name(&state.name, &other.name) {
                pairs.push(place);
                self.state(state, other);
            } else {
                self.add(of, What::Became { to: other.name.clone() });
            }
        }
        for state in &new.0.states {
            if !old.0.states.iter().any(|known| same_name(&known.name, &state.name)) {
                self.add(Of::State { state: state.name.clone() }, What::Added);
            }
        }
        if !pairs.is_sorted() {
            self.add(Of::States, What::Reordered);
        }
    }

    fn state(&mut self, old: &State, new: &State) {
        let before = self.names.0.state(self.old.0, old);
        let after = self.names.1.state(self.new.0, new);
        let (of, both) = (Of::State { state: old.name.clone() }, (old, new));
        self.part((&of, Part::Name), before.name == after.name, both, |of, _| of.name.clone());
        self.part((&of, Part::Role), before.role == after.role, both, |of, lang| {
            role(of.role, lang).to_owned()
        });
        self.part((&of, Part::Default), before.is_default == after.is_default, both, |of, lang| {
            yes(of.is_default, lang)
        });
        let same = before.probability == after.probability;
        self.part((&of, Part::Probability), same, both, |of, lang| {
            of.probability.map_or_else(String::new, |share| words::percent(share, lang))
        });
        self.part((&of, Part::Labels), before.labels == after.labels, both, |of, _| {
            let labels = of.labels.iter().map(|(lang, text)| format!("{} {text}", lang.code()));
            labels.collect::<Vec<_>>().join(", ")
        });
        self.part((&of, Part::Deadline), before.deadline == after.deadline, both, |of, lang| {
            of.deadline.as_ref().map_or_else(String::new, |one| words::deadline(one, lang))
        });
    }

    fn transitions(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut pairs = Vec::new();
        let partners = self.partners(&old.0.transitions, &new.0.transitions);
        for (one, partner) in old.0.transitions.iter().zip(&partners) {
            let of = Of::Transition { transition: one.name.clone(), child: None };
            match partner {
                Some(place) => {
                    pairs.push(*place);
                    self.transition(one, &new.0.transitions[*place], &of);
                    self.children(one, &new.0.transitions[*place]);
                }
                None => self.add(of, What::Removed),
            }
        }
        for (place, one) in new.0.transitions.iter().enumerate() {
            if !pairs.contains(&place) {
                let of = Of::Transition { transition: one.name.clone(), child: None };
                self.add(of, What::Added);
            }
        }
        if !pairs.is_sorted() {
            self.add(Of::Transitions, What::Reordered);
        }
    }

    /// The new transition that each old one is: of the same name, and of the same way where
    /// several have it.
    fn partners(&self, old: &[Transition], new: &[Transition]) -> Vec<Option<usize>> {
        let mut partners = vec![None; old.len()];
        let mut taken = vec![false; new.len()];
        for same_way in [true, false] {
            for (one, partner) in old.iter().zip(&mut partners).filter(|(_, of)| of.is_none()) {
                let found = new.iter().enumerate().position(|(place, other)| {
                    !taken[place]
                        && same_name(&one.name, &other.name)
                        && (!same_way || self.same_way(one, other))
                });
                if let Some(place) = found {
                    taken[place] = true;
                    *partner = found;
                }
            }
        }
        partners
    }

    fn same_way(&self, old: &Transition, new: &Transition) -> bool {
        let place = |id: &StateId| {
            let name = &self.old.0.states.get(id.0 as usize)?.name;
            self.new_state(name).map(|place| StateId(place as u32))
        };
        let from: Vec<_> = old.from.iter().map(place).collect();
        place(&old.to) == Some(new.to) && from.into_iter().eq(new.from.iter().copied().map(Some))
    }

    fn children(&mut self, old: &Transition, new: &Transition) {
        let partners = self.partners(&old.children, &new.children);
        let of = |child: &Transition| Of::Transition {
            transition: old.name.clone(),
            child: Some(child.name.clone()),
        };
        for (child, partner) in old.children.iter().zip(&partners) {
            match partner {
                Some(place) => self.transition(child, &new.children[*place], &of(child)),
                None => self.add(of(child), What::Removed),
            }
        }
        for (place, child) in new.children.iter().enumerate() {
            if !partners.contains(&Some(place)) {
                self.add(of(child), What::Added);
            }
        }
        if !partners.iter().flatten().is_sorted() {
            self.add(Of::Transitions, What::Reordered);
        }
    }

    fn transition(&mut self, old: &Transition, new: &Transition, of: &Of) {
        let before = self.names.0.transition(self.old.0, old);
        let after = self.names.1.transition(self.new.0, new);
        let both = (old, new);
        self.part((of, Part::Name), before.name == after.name, both, |one, _| one.name.clone());
        self.part((of, Part::Kind), before.kind == after.kind, both, |one, lang| {
            kind(one.kind, lang)
        });
        // The way of a child is that of its parent.
        let is_child = matches!(of, Of::Transition { child: Some(_), .. });
        if !is_child && !self.same_way(old, new) {
            let way = |(of, (whole, _)): &(&Transition, Version<'_>), lang| route(of, whole, lang);
            let sides = ((old, self.old), (new, self.new));
            self.part((of, Part::Route), false, (&sides.0, &sides.1), way);
        }
        self.asked(of, both, (&before, &after));
        self.part((of, Part::After), before.after == after.after, both, |one, _| {
            sources(one.after.iter().map(|action| action.source.as_str()))
        });
    }

    /// What stands before and during a transition.
    fn asked(
        &mut self,
        of: &Of,
        both: (&Transition, &Transition),
        (before, after): (&TransitionContent, &TransitionContent),
    ) {
        self.part((of, Part::Owners), before.owners == after.owners, both, |one, lang| {
            words::owners(&one.owners, lang)
        });
        self.part((of, Part::Condition), before.condition == after.condition, both, |one, lang| {
            one.condition.as_ref().map_or_else(String::new, |of| words::condition(of, lang))
        });
        self.part((of, Part::Messages), before.messages == after.messages, both, |one, _| {
            sources(one.messages.iter().map(|message| message.source.as_str()))
        });
        self.part((of, Part::Required), before.required == after.required, both, |one, _| {
            words::fields(&one.required)
        });
        self.part((of, Part::Optional), before.optional == after.optional, both, |one, _| {
            words::fields(&one.optional)
        });
        self.part((of, Part::Validations), before.musts == after.musts, both, |one, _| {
            sources(one.musts.iter().flat_map(|must| {
                let message = must.message.as_ref().map(|message| message.source.as_str());
                std::iter::once(must.source.as_str()).chain(message)
            }))
        });
        self.part((of, Part::Extras), before.extras == after.extras, both, |one, lang| {
            words::extras(&one.extras, lang)
        });
    }
}

fn yes(said: bool, lang: Lang) -> String {
    if said { lang.pick("oui", "yes") } else { lang.pick("non", "no") }.to_owned()
}

fn role(role: StateRole, lang: Lang) -> &'static str {
    match role {
        StateRole::Default => lang.pick("défaut", "default"),
        StateRole::Open => lang.pick("ouvert", "open"),
        StateRole::Closed => lang.pick("fermé", "closed"),
        StateRole::Won => lang.pick("gagné", "won"),
        StateRole::Lost => lang.pick("perdu", "lost"),
        StateRole::Final => lang.pick("final", "final"),
    }
}

fn kind(kind: TransitionKind, lang: Lang) -> String {
    match kind {
        TransitionKind::Single => lang.pick("simple", "single").to_owned(),
        TransitionKind::Common => lang.pick("commune", "common").to_owned(),
        TransitionKind::Parallel => lang.pick("parallèle", "parallel").to_owned(),
        TransitionKind::Automatic(count, unit) => {
            let after = words::lapse((count, unit), lang);
            lang.pick(format!("automatique après {after}"), format!("automatic after {after}"))
        }
    }
}

/// `de A, B vers C`
fn route(one: &Transition, of: &Blueprint, lang: Lang) -> String {
    let name = |id: &StateId| of.states.get(id.0 as usize).map_or("", |state| state.name.as_str());
    let from = one.from.iter().map(name).collect::<Vec<_>>().join(", ");
    let to = name(&one.to);
    lang.pick(format!("de {from} vers {to}"), format!("from {from} to {to}"))
}

fn sources<'s>(lines: impl Iterator<Item = &'s str>) -> String {
    lines.map(str::trim).collect::<Vec<_>>().join(" · ")
}
