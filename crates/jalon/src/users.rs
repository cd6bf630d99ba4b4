//! Who is who: the users that rules and records name, and what they belong to.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::value::fold::same_name;

/// A user of the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name by which rules and records know the user.
    pub name: Arc<str>,
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
            email: None,
            roles: Vec::new(),
            groups: Vec::new(),
            profiles: Vec::new(),
        }
    }

    /// Whether this is what a record or a rule calls the user: by name, or by address.
    pub fn is(&self, name: &str) -> bool {
        same_name(&self.name, name)
            || self.email.as_deref().is_some_and(|email| same_name(email, name))
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

    /// These users.
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

    /// The user of a name or an address.
    pub fn named(&self, name: &str) -> Option<&User> {
        self.list.iter().find(|user| user.is(name))
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
