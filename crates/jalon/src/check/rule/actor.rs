//! Somebody: a field that names a person, a user, a role, a group, an address.

use crate::check::Checker;
use crate::check::kind::keyword;
use crate::check::scope::{Found, Scope};
use crate::checked::Domain;
use crate::checked::people::Somebody;
use crate::checked::people::SomebodyKind::{self, Group, Role, User};
use crate::checked::workflow::Actor;
use crate::diagnostic::catalogue::{NAME_USER, NOT_SOMEBODY, TAKEN_FOR_USER, USER_OR_FIELD};
use crate::diagnostic::{Diagnostic, Fix};
use crate::lexicon::key;
use crate::schema::FieldType;
use crate::syntax::ast::{self, ActorKind, Name};

/// The words for the user that a record belongs to.
const OWNER: &[&str] =
    &["proprietaire", "proprietaire de la fiche", "owner", "record owner", "owner of the record"];

impl<'a> Checker<'a> {
    /// Checks who is meant; `None` where that has an error, which is reported.
    pub(in crate::check) fn actor(&mut self, scope: &Scope, actor: &ast::Actor) -> Option<Actor> {
        let name = &actor.name;
        match actor.kind {
            Some(ActorKind::User) => Some(Actor::User(self.names_somebody(User, name))),
            Some(ActorKind::Role) => Some(Actor::Role(self.names_somebody(Role, name))),
            Some(ActorKind::Group) => Some(Actor::Group(self.names_somebody(Group, name))),
            Some(ActorKind::Field) => {
                let Some(found) = self.field(scope, name) else {
                    self.unknown_field(scope, name);
                    return None;
                };
                self.person_in(found, name)
            }
            None => self.anybody(scope, name),
        }
    }

    pub(in crate::check) fn actors(&mut self, scope: &Scope, actors: &[ast::Actor]) -> Vec<Actor> {
        actors.iter().filter_map(|actor| self.actor(scope, actor)).collect()
    }

    /// A bare name: a declared field, an address, else a user.
    fn anybody(&mut self, scope: &Scope, name: &Name) -> Option<Actor> {
        let declared = !scope.is_dynamic(self);
        if !name.quoted
            && declared
            && let Some(found) = self.field(scope, name)
        {
            return self.person_in(found, name);
        }
        if name.text.contains('@') {
            return Some(Actor::Address(name.text.trim().to_owned()));
        }
        if !name.quoted
            && OWNER.contains(&key(&name.text).as_ref())
            && let Some(owner) = self.owner(scope)
        {
            return self.person_in(owner, name);
        }
        if !name.quoted && declared {
            self.nearly_a_field(scope, name);
        } else if !name.quoted && self.reported.insert(format!("utilisateur {}", name.text)) {
            let note = Diagnostic::new(&TAKEN_FOR_USER, name.span);
            self.report(note.arg("name", &name.text));
        }
        Some(Actor::User(self.names_somebody(User, name)))
    }

    /// Keeps in mind whom the program names; the name.
    pub(in crate::check) fn names_somebody(&mut self, kind: SomebodyKind, name: &Name) -> String {
        self.people.push(Somebody { kind, name: name.text.clone(), span: name.span });
        name.text.clone()
    }

    /// The field with the user that a record belongs to: the only one of the type, or what is
    /// called so where nothing is declared.
    pub(in crate::check) fn owner(&mut self, scope: &Scope) -> Option<Found<'a>> {
        let Some(module) = scope.module() else { return self.resolve(scope, OWNER[0]) };
        let fields = &self.schema.module(module)?.fields;
        let mut users = fields.iter().filter(|field| field.ty == FieldType::User);
        let only = users.next().filter(|_| users.next().is_none())?;
        Some(self.declared(only))
    }

    /// Warns of a user who is nearly called as a field is.
    fn nearly_a_field(&mut self, scope: &Scope, name: &Name) {
        let (_, Some(near)) = self.nearest_field(scope, &name.text) else { return };
        let user = self.written_in().pick("utilisateur", "user");
        let warning = Diagnostic::new(&USER_OR_FIELD, name.span).arg("name", &name.text);
        let user = format!("{user} {}", self.text(name.span));
        self.report(warning.suggest(Some(near)).fix(Fix::replace(&NAME_USER, name.span, &user)));
    }

    /// A field that may name somebody.
    pub(in crate::check) fn person_in(&mut self, found: Found<'a>, name: &Name) -> Option<Actor> {
        let text = matches!(found.field.domain, Domain::Text(_) | Domain::Reference(_));
        if found.formula.is_none() && (text || found.field.domain == Domain::Dynamic) {
            return Some(Actor::Field(found.field));
        }
        let lang = self.written_in();
        let ty = match found.declared {
            Some(field) => field.ty.keyword(lang),
            None => keyword(found.field.domain, lang),
        };
        let error = Diagnostic::new(&NOT_SOMEBODY, name.span).arg("name", &name.text);
        self.report(error.arg("type", ty));
        None
    }
}
