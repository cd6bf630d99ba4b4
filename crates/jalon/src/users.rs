//! Who is who: the users that rules and records name, and what they belong to.

mod read;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use read::UsersError;

use crate::value::fold::same_name;

/// A user of the host.
///
/// ```
/// use jalon::users::User;
///
/// let alice = User::named("Alice").email("alice@exemple.fr").role("Directrice commerciale");
/// assert!(alice.is("alice@exemple.fr") && alice.has_role("directrice commerciale"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name by which rules and records know the user.
    pub name: Arc<str>,
    /// The host's id, where records hold that instead of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where mail goes; without one, the name is what effects say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The roles of the user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The groups the user is in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The profiles of the user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
}

impl User {
    /// A user of whom nothing but the name is known.
    pub fn named(name: &str) -> User {
        User {
            name: name.into(),
            id: None,
            email: None,
            roles: Vec::new(),
            groups: Vec::new(),
            profiles: Vec::new(),
        }
    }

    /// With the host's id.
    #[must_use]
    pub fn id(mut self, id: &str) -> User {
        self.id = Some(id.to_owned());
        self
    }

    /// With an address.
    #[must_use]
    pub fn email(mut self, email: &str) -> User {
        self.email = Some(email.to_owned());
        self
    }

    /// With a role, beside those there are.
    #[must_use]
    pub fn role(mut self, role: &str) -> User {
        self.roles.push(role.to_owned());
        self
    }

    /// In a group, beside those there are.
    #[must_use]
    pub fn group(mut self, group: &str) -> User {
        self.groups.push(group.to_owned());
        self
    }

    /// With a profile, beside those there are.
    #[must_use]
    pub fn profile(mut self, profile: &str) -> User {
        self.profiles.push(profile.to_owned());
        self
    }

    /// Whether this is what a record or a rule calls the user: by name, by address, or by the
    /// host's id.
    pub fn is(&self, name: &str) -> bool {
        let of = |known: &Option<String>| known.as_deref().is_some_and(|k| same_name(k, name));
        same_name(&self.name, name) || of(&self.email) || of(&self.id)
    }

    /// Where mail goes: to the address, else to the name.
    pub fn address(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.name)
    }

    /// Whether the user has a role.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|known| same_name(known, role))
    }

    /// Whether the user is in a group.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|known| same_name(known, group))
    }

    /// Whether the user has a profile.
    pub fn has_profile(&self, profile: &str) -> bool {
        self.profiles.iter().any(|known| same_name(known, profile))
    }
}

/// The users that the host tells of, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Users {
    list: Vec<User>,
}

impl Users {
    /// Nobody is known.
    pub const NONE: &Users = &Users { list: Vec::new() };

    /// These users. Where two bear one name, the first is meant.
    pub fn new(list: Vec<User>) -> Users {
        Users { list }
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &User> {
        self.list.iter()
    }

    /// The user of a name, an address or an id of the host; a name goes before the others.
    pub fn named(&self, name: &str) -> Option<&User> {
        let by_name = self.list.iter().find(|user| same_name(&user.name, name));
        by_name.or_else(|| self.list.iter().find(|user| user.is(name)))
    }

    /// Those of a role.
    pub fn with_role(&self, role: &str) -> impl Iterator<Item = &User> {
        self.list.iter().filter(move |user| user.has_role(role))
    }

    /// Those of a group.
    pub fn in_group(&self, group: &str) -> impl Iterator<Item = &User> {
        self.list.iter().filter(move |user| user.is_in(group))
    }
}

#[cfg(test)]
mod tests;
