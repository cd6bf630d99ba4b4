//! Whom a program names and the host does not know.

use rustc_hash::FxHashSet;

use crate::checked::CheckedProgram;
use crate::checked::people::{Somebody, SomebodyKind};
use crate::diagnostic::catalogue::{NOBODY_IN, NOBODY_OF, NOBODY_WITH, REPLACE_WITH, UNKNOWN_USER};
use crate::diagnostic::{Diagnostic, Fix, did_you_mean};
use crate::source::Sources;
use crate::users::{User, Users};
use crate::value::fold::same_name;

/// What can be said only where the users are known.
pub const OF_PEOPLE: &[&str] = &[UNKNOWN_USER.id, NOBODY_WITH.id, NOBODY_IN.id, NOBODY_OF.id];

/// The names of users, roles, groups and profiles that none of the users has; where no users are
/// known, none is missing.
pub fn people(program: &CheckedProgram, sources: &Sources, users: &Users) -> Vec<Diagnostic> {
    let mut seen = FxHashSet::default();
    let named = program.people.iter().filter(|_| !users.is_empty());
    let strangers = named.filter(|somebody| !users.iter().any(|user| is(user, somebody)));
    strangers
        .filter(|somebody| seen.insert(somebody.span))
        .map(|somebody| stranger(somebody, sources, users))
        .collect()
}

fn is(user: &User, Somebody { kind, name, .. }: &Somebody) -> bool {
    match kind {
        SomebodyKind::User => user.is(name),
        _ => belongings(*kind, user).any(|known| same_name(known, name)),
    }
}

/// The names of a kind that a user goes by.
fn belongings(kind: SomebodyKind, user: &User) -> impl Iterator<Item = &str> {
    let (name, list) = match kind {
        SomebodyKind::User => (Some(&*user.name), [].as_slice()),
        SomebodyKind::Role => (None, user.roles.as_slice()),
        SomebodyKind::Group => (None, user.groups.as_slice()),
        SomebodyKind::Profile => (None, user.profiles.as_slice()),
    };
    name.into_iter().chain(list.iter().map(String::as_str))
}

fn stranger(somebody: &Somebody, sources: &Sources, users: &Users) -> Diagnostic {
    let Somebody { kind, name, span } = somebody;
    let code = match kind {
        SomebodyKind::User => &UNKNOWN_USER,
        SomebodyKind::Role => &NOBODY_WITH,
        SomebodyKind::Group => &NOBODY_IN,
        SomebodyKind::Profile => &NOBODY_OF,
    };
    let mut found = Diagnostic::new(code, *span).arg("name", name);
    let known = users.iter().flat_map(|user| belongings(*kind, user));
    if let Some(near) = did_you_mean(name, known) {
        let quoted = sources.slice(*span).starts_with(['"', '«', '“']);
        let written = if quoted { format!("\"{near}\"") } else { near.clone() };
        found = found.fix(Fix::replace(&REPLACE_WITH, *span, &written));
        found.suggestion = Some(near);
    }
    found
}
