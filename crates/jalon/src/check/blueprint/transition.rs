//! Transitions: who may make them, what they ask for, and what they do.

use rustc_hash::FxHashMap;

use super::{FieldId, Ground};
use crate::check::modules::FIRST;
use crate::check::scope::Scope;
use crate::check::{Checker, kind, list};
use crate::checked::blueprint::{Extra, ExtraKind, Owner, StateId, Transition, TransitionKind};
use crate::checked::names::fold;
use crate::checked::people::SomebodyKind;
use crate::checked::workflow::{Action, ActionKind, Actor, Change, Target};
use crate::checked::{FieldRef, On};
use crate::diagnostic::catalogue::{
    ASKED_TWICE, AT_LEAST_ONE, AUTOMATIC_ASKS, GIVEN_OVERWRITTEN, NO_OWNER_FIELD, REPLACE_WITH,
    SEVERAL_OWNER_FIELDS, STATE_ASKED, TRANSITION_TWICE,
};
use crate::diagnostic::{Diagnostic, Fix, Text};
use crate::schema::FieldType;
use crate::source::Span;
use crate::syntax::ast::{self, Name, OwnerKind};

/// Where a field is asked for.
const ASKED: Text = Text { fr: "demandé ici", en: "asked for here" };

/// Where each name stands first, by the state that its transition leaves.
type FirstNames = FxHashMap<(StateId, String), Span>;

/// Where each field is asked for.
type Asked = FxHashMap<FieldId, Span>;

impl Checker<'_> {
    /// Checks the transitions; those whose route has an error are left out.
    pub(super) fn transitions(
        &mut self,
        ground: &Ground<'_>,
        blueprint: &ast::Blueprint,
    ) -> Vec<Transition> {
        let mut names = FirstNames::default();
        let mut checked = Vec::with_capacity(blueprint.transitions.len());
        for written in &blueprint.transitions {
            let common = matches!(written.kind, ast::TransitionKind::Common);
            let route = written.route.as_ref().and_then(|one| self.route(ground, one, common));
            let known = route.is_some();
            // The other parts are checked all the same.
            let way = route.unwrap_or((Vec::new(), StateId(0)));
            let transition = self.transition(ground, written, &way, &mut names);
            if known {
                checked.push(transition);
            }
        }
        checked
    }

    fn transition(
        &mut self,
        ground: &Ground<'_>,
        written: &ast::Transition,
        way: &(Vec<StateId>, StateId),
        names: &mut FirstNames,
    ) -> Transition {
        self.one_of_its_states(ground, written, &way.0, names);
        let kind = match written.kind {
            ast::TransitionKind::Single => TransitionKind::Single,
            ast::TransitionKind::Common => TransitionKind::Common,
            ast::TransitionKind::Parallel => TransitionKind::Parallel,
            ast::TransitionKind::Automatic(after) => {
                if after.count == 0 {
                    self.error(&AT_LEAST_ONE, after.span);
                }
                self.asks_nobody(written);
                TransitionKind::Automatic(after.count, after.unit)
            }
        };
        let scope = &ground.scope;
        let mut owners = Vec::with_capacity(written.before.owners.len());
        for owner in &written.before.owners {
            owners.extend(self.somebody(&ground.scope, owner));
        }
        let condition = written.before.criterion.as_ref().map(|c| self.criterion(scope, c));
        let during = &written.during;
        let messages: Vec<_> = during
            .messages
            .iter()
            .filter_map(|item| self.text_item(scope, "message", item))
            .collect();
        let mut asked = Asked::default();
        let required = self.asked(ground, &during.required, &mut asked);
        let optional = self.asked(ground, &during.optional, &mut asked);
        let musts = during.musts.iter().map(|must| self.must(scope, must)).collect();
        let extras = during.extras.iter().filter_map(|extra| self.extra(extra)).collect();
        let after = self.actions(scope, &written.after);
        if matches!(kind, TransitionKind::Automatic(..)) && condition.is_none() {
            self.guard_deletes(&after);
        }
        self.overwritten(&asked, &after);
        let children = written.children.iter();
        let children = children.map(|child| self.transition(ground, child, way, names)).collect();
        Transition {
            name: written.name.text.clone(),
            span: written.span,
            kind,
            from: way.0.clone(),
            to: way.1,
            owners,
            condition,
            messages,
            required,
            optional,
            musts,
            extras,
            after,
            children,
        }
    }

    /// Reports a second transition of one name from one state.
    fn one_of_its_states(
        &mut self,
        ground: &Ground<'_>,
        written: &ast::Transition,
        from: &[StateId],
        names: &mut FirstNames,
    ) {
        let mut reported = false;
        for id in from {
            let key = (*id, fold(&written.name.text));
            let first = *names.entry(key).or_insert(written.name.span);
            if first != written.name.span && !reported {
                reported = true;
                let error = Diagnostic::new(&TRANSITION_TWICE, written.name.span)
                    .arg("name", &written.name.text)
                    .arg("state", ground.name(*id));
                self.report(error.label(first, FIRST));
            }
        }
    }

    /// Reports what an automatic transition would ask of somebody.
    fn asks_nobody(&mut self, written: &ast::Transition) {
        let during = &written.during;
        let asks = !written.before.owners.is_empty()
            || !during.messages.is_empty()
            || !during.required.is_empty()
            || !during.optional.is_empty()
            || !during.extras.is_empty();
        if asks {
            let error = Diagnostic::new(&AUTOMATIC_ASKS, written.name.span);
            self.report(error.arg("name", &written.name.text));
        }
    }

    /// Who is meant; `None` where that has an error, which is reported.
    pub(in crate::check) fn somebody(
        &mut self,
        scope: &Scope,
        owner: &ast::Owner,
    ) -> Option<Owner> {
        match &owner.kind {
            OwnerKind::Everyone => Some(Owner::Everyone),
            OwnerKind::Profile(name) => {
                Some(Owner::Profile(self.names_somebody(SomebodyKind::Profile, name)))
            }
            OwnerKind::RecordOwner => self.record_owner(scope, owner.span),
            OwnerKind::OfField(name) => {
                let actor = ast::Actor { kind: Some(ast::ActorKind::Field), name: name.clone() };
                self.actor(scope, &actor).map(owner_of)
            }
            OwnerKind::Actor(actor) => {
                let found = self.actor(scope, actor)?;
                // A mail may go anywhere, an owner is one of the users.
                if let Actor::Address(_) = found {
                    self.names_somebody(SomebodyKind::User, &actor.name);
                }
                Some(owner_of(found))
            }
        }
    }

    /// The only user field of the module.
    fn record_owner(&mut self, scope: &Scope, span: Span) -> Option<Owner> {
        if let Some(found) = self.owner(scope) {
            return Some(Owner::RecordOwner(found.field));
        }
        let module = scope.module().and_then(|module| self.schema.module(module))?;
        let users = module.fields.iter().filter(|field| field.ty == FieldType::User);
        let users: Vec<&str> = users.map(crate::schema::Field::name).collect();
        let code = if users.is_empty() { &NO_OWNER_FIELD } else { &SEVERAL_OWNER_FIELDS };
        let mut error = Diagnostic::new(code, span).arg("module", &module.name);
        error = error.arg("known", list(users.iter().copied()));
        let of_field = self.written_in().pick("utilisateur du champ", "user of field");
        for user in users.iter().take(5) {
            error = error.fix(Fix::replace(&REPLACE_WITH, span, &format!("{of_field} {user}")));
        }
        self.report(error);
        None
    }

    /// Fields that must, or may, be given.
    fn asked(&mut self, ground: &Ground<'_>, names: &[Name], asked: &mut Asked) -> Vec<FieldRef> {
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            let Some(found) = self.field(&ground.scope, name) else {
                self.unknown_field(&ground.scope, name);
                continue;
            };
            if found.is_far() && ground.scope.module().is_some() {
                self.of_another_record(name);
                continue;
            }
            let target = self.target(name, found.field.domain, found.declared);
            if !self.is_writable(&target, name.span) {
                continue;
            }
            if ground.holds_state(&found.field) {
                let error = Diagnostic::new(&STATE_ASKED, name.span);
                self.report(error.arg("name", &name.text));
                continue;
            }
            let first = *asked.entry(super::id(&found.field)).or_insert(name.span);
            if first != name.span {
                let warning = Diagnostic::new(&ASKED_TWICE, name.span).arg("name", &name.text);
                self.report(warning.label(first, FIRST));
                continue;
            }
            fields.push(found.field);
        }
        fields
    }

    fn extra(&mut self, extra: &ast::Extra) -> Option<Extra> {
        let kind = match &extra.kind {
            ast::ExtraKind::Note => ExtraKind::Note,
            ast::ExtraKind::Attachment => ExtraKind::Attachment,
            ast::ExtraKind::Checklist(items) => {
                ExtraKind::Checklist(items.iter().map(|item| item.text.clone()).collect())
            }
            ast::ExtraKind::Record(module) => {
                ExtraKind::Record(match self.module_named(module)? {
                    On::Declared(id) => {
                        self.schema.module(id).map_or(String::new(), |module| module.name.clone())
                    }
                    On::Any | On::Named(_) => module.text.clone(),
                })
            }
        };
        Some(Extra { kind, required: extra.required })
    }

    /// Warns of fields that are asked for and that an action then replaces.
    fn overwritten(&mut self, asked: &Asked, after: &[Action]) {
        for action in after {
            let ActionKind::Update(update) = &action.kind else { continue };
            let Target::Own(field) = &update.target else { continue };
            let given = asked.get(&super::id(field));
            if let Some(given) = given.filter(|_| update.change == Change::Set) {
                let warning = Diagnostic::new(&GIVEN_OVERWRITTEN, action.span);
                self.report(warning.arg("name", kind::label(field)).label(*given, ASKED));
            }
        }
    }
}

fn owner_of(actor: Actor) -> Owner {
    match actor {
        Actor::Field(field) => Owner::OfField(field),
        Actor::User(name) | Actor::Address(name) => Owner::User(name),
        Actor::Role(name) => Owner::Role(name),
        Actor::Group(name) => Owner::Group(name),
    }
}
