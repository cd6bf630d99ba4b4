//! Whom effects name: the host's users, where it tells of them.

use super::act::{At, Fault};
use super::cascade::Cascade;
use super::world::Layer;
use crate::checked::workflow::Actor;
use crate::eval::functions::print;
use crate::users::User;
use crate::value::fold::same_name;
use crate::value::typed::{self, Typed};
use crate::value::{Record, ValueRef};

/// What stands before the name of a role, so that the host can tell it from a user's.
pub(super) const ROLE: &str = "role:";
/// The same of a group.
pub(super) const GROUP: &str = "group:";

/// The name of somebody of an effect, without what says that it is a role's or a group's.
pub(crate) fn bare_name(who: &str) -> &str {
    who.strip_prefix(ROLE).or_else(|| who.strip_prefix(GROUP)).unwrap_or(who)
}

/// What an effect says of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Say {
    /// The name.
    Name,
    /// Where mail goes.
    Address,
}

impl Say {
    fn of(self, user: &User) -> String {
        match self {
            Say::Name => user.name.as_ref(),
            Say::Address => user.address(),
        }
        .to_owned()
    }
}

impl<'e> Cascade<'e> {
    /// All who are meant, in order and each once.
    pub(super) fn people(&self, actors: &[Actor], say: Say, at: &At<'e>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for who in actors.iter().flat_map(|actor| self.meant(actor, say, at)) {
            if !all.iter().any(|known| same_name(known, &who)) {
                all.push(who);
            }
        }
        all
    }

    /// The one who is meant; none where a field is empty. A role or a group of several users stays
    /// what it is called: whose turn it is, only the host knows.
    pub(super) fn person(&self, actor: &Actor, at: &At<'e>) -> Result<Option<String>, Fault> {
        let mut all = self.meant(actor, Say::Name, at);
        match (all.len(), actor) {
            (1, _) => Ok(all.pop()),
            (0, Actor::Role(_) | Actor::Group(_)) => Err(Fault::NoRecipient),
            (_, Actor::Role(name)) => Ok(Some(format!("{ROLE}{name}"))),
            (_, Actor::Group(name)) => Ok(Some(format!("{GROUP}{name}"))),
            (0, _) => Ok(None),
            _ => Ok(Some(all.join(", "))),
        }
    }

    /// Who is meant: of a role or a group the users in it, in their order; where the host tells
    /// of no users, what it is called.
    fn meant(&self, actor: &Actor, say: Say, at: &At<'e>) -> Vec<String> {
        let users = self.context.users;
        match actor {
            Actor::Field(field) => {
                let mut all = Vec::new();
                let record = self.world.view(at.entity, Layer::Now);
                self.named_by(record.get(&field.key), say, &mut all);
                all
            }
            Actor::User(name) | Actor::Address(name) => {
                vec![users.named(name).map_or_else(|| name.clone(), |user| say.of(user))]
            }
            Actor::Role(name) if users.is_empty() => vec![format!("{ROLE}{name}")],
            Actor::Group(name) if users.is_empty() => vec![format!("{GROUP}{name}")],
            Actor::Role(name) => users.with_role(name).map(|user| say.of(user)).collect(),
            Actor::Group(name) => users.in_group(name).map(|user| say.of(user)).collect(),
        }
    }

    /// Adds who a value names: a user that is known, else what it says; of a list each item.
    fn named_by(&self, value: ValueRef<'_>, say: Say, all: &mut Vec<String>) {
        if let ValueRef::List(list) = value {
            for index in 0..list.len() {
                self.named_by(list.at(index), say, all);
            }
            return;
        }
        let users = self.context.users;
        let mut known = None;
        if !users.is_empty()
            && let Typed::Value(reference) = typed::reference(value)
        {
            reference.any(|text| {
                known = users.named(text.trim());
                known.is_some()
            });
        }
        let mut text = String::new();
        match known {
            Some(user) => text = say.of(user),
            None => print(value, &mut text),
        }
        if !text.trim().is_empty() {
            all.push(text);
        }
    }
}
