//! What a test does with the blueprint of its record.

use crate::check::automation::Parts;
use crate::check::modules::FIRST;
use crate::check::scope::Scope;
use crate::check::{Checker, automation, list};
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::checked::workflow::{Handed, Who};
use crate::diagnostic::catalogue::{NO_BLUEPRINT, NO_SUCH_STATE, NO_SUCH_TRANSITION, TWICE};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{self, ActorKind, Name, Owner, OwnerKind};

/// Who acts, and what the user belongs to.
pub(super) fn who(user: &Name, belongs: &[Owner]) -> Who {
    let mut who = Who { name: user.text.clone(), ..Who::default() };
    for owner in belongs {
        match &owner.kind {
            OwnerKind::Profile(name) => who.profiles.push(name.text.clone()),
            OwnerKind::Actor(actor) if actor.kind == Some(ActorKind::Role) => {
                who.roles.push(actor.name.text.clone());
            }
            OwnerKind::Actor(actor) => who.groups.push(actor.name.text.clone()),
            _ => {}
        }
    }
    who
}

impl Checker<'_> {
    /// What is given for a transition.
    pub(super) fn handed(&mut self, scope: &Scope, handed: &ast::Handed) -> Handed {
        if let [first, second, ..] = handed.notes.as_slice() {
            let error = Diagnostic::new(&TWICE, second.name.span);
            self.report(error.label(first.name.span, FIRST));
        }
        let texts = |names: &[Name]| names.iter().map(|name| name.text.clone()).collect();
        Handed {
            fields: self.given(scope, &handed.fields),
            note: handed.notes.first().map(|note| note.name.text.clone()),
            attachments: texts(&handed.attachments),
            ticked: texts(&handed.ticked),
            records: texts(&handed.records),
        }
    }

    /// A transition of a blueprint of the test's module, as declared.
    pub(super) fn tested_transition(&mut self, scope: &Scope, name: &Name) -> Option<String> {
        let known = self.part_named(scope, name, &NO_SUCH_TRANSITION, |parts| &parts.transitions);
        if known.is_some() {
            self.note(name.span, || Meaning::Transition);
        }
        known
    }

    /// A state of a blueprint of the test's module, as declared.
    pub(super) fn tested_state(&mut self, scope: &Scope, name: &Name) -> Option<String> {
        let known = self.part_named(scope, name, &NO_SUCH_STATE, |parts| &parts.states);
        if known.is_some() {
            let field = self.once.blueprints.get(&scope.module_key()).and_then(|p| p.field);
            self.note(name.span, || Meaning::Value(field));
        }
        known
    }

    fn part_named(
        &mut self,
        scope: &Scope,
        name: &Name,
        unknown: &'static Code,
        of: impl Fn(&Parts) -> &Vec<String>,
    ) -> Option<String> {
        let unread = self.once.unread_blueprints;
        let parts = self.once.blueprints.get(&scope.module_key());
        let Some(parts) = parts.filter(|parts| parts.broken > 0 || !parts.states.is_empty()) else {
            if !unread {
                self.error(&NO_BLUEPRINT, name.span);
            }
            return None;
        };
        let names = of(parts);
        if let Some(known) = names.iter().find(|known| fold(known) == fold(&name.text)) {
            return Some(known.clone());
        }
        if parts.broken > 0 || unread {
            return None;
        }
        let mut known: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = self.found.near(&name.text, known.iter().copied());
        let near = near.map(|near| automation::spelled(&near, name.quoted));
        let mut seen = rustc_hash::FxHashSet::default();
        known.retain(|name| seen.insert(fold(name)));
        let known = if known.is_empty() { "—".to_owned() } else { list(known) };
        let error = Diagnostic::new(unknown, name.span).arg("name", &name.text);
        self.report(error.arg("known", known).suggest(near));
        None
    }
}
