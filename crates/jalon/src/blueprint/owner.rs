//! Who may make a transition.

use crate::checked::blueprint::{Owner, Transition};
use crate::users::User;
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, Record, ValueRef};

/// Whether an actor may make a transition of a record; nobody may where it has owners.
pub(super) fn may(transition: &Transition, record: &dyn Record, by: Option<&User>) -> bool {
    transition.owners.is_empty() || transition.owners.iter().any(|owner| is(owner, record, by))
}

fn is(owner: &Owner, record: &dyn Record, by: Option<&User>) -> bool {
    let Some(by) = by else { return matches!(owner, Owner::Everyone) };
    match owner {
        Owner::Everyone => true,
        Owner::RecordOwner(field) | Owner::OfField(field) => is_named(&field.key, record, by),
        Owner::User(name) => by.is(name),
        Owner::Role(role) => by.has_role(role),
        Owner::Group(group) => by.is_in(group),
        Owner::Profile(profile) => by.has_profile(profile),
    }
}

/// Whether a field of a record names a user, by name, id or address; one of a list is enough.
fn is_named(key: &FieldKey, record: &dyn Record, by: &User) -> bool {
    match record.get(key) {
        ValueRef::List(list) => (0..list.len()).any(|index| names(list.at(index), by)),
        value => names(value, by),
    }
}

/// Whether a text or a record names a user; one of a text with semicolons is enough.
fn names(value: ValueRef<'_>, by: &User) -> bool {
    match typed::set(value) {
        Typed::Value(items) => items.any(|name| by.is(name)),
        _ => {
            matches!(typed::reference(value), Typed::Value(named) if named.any(|name| by.is(name)))
        }
    }
}
