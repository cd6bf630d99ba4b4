//! Whom a program names. Only the host knows who there is.

use crate::source::Span;

/// Somebody whom a program names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// A user, or all of a role, a group or a profile.
    pub kind: SomebodyKind,
    /// The name.
    pub name: String,
    /// Where the name stands, quotes included.
    pub span: Span,
}

/// What a name of somebody is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SomebodyKind {
    /// A user.
    User,
    /// All of a role.
    Role,
    /// All of a group.
    Group,
    /// All of a profile.
    Profile,
}
