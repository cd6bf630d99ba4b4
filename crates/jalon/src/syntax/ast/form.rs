//! The JSON of the document's types where it is not that of their fields: places are left out,
//! a name is a text, a value is an expression, a pair has named members.

mod document;
mod leaf;
mod name;
mod pairs;
mod tagged;

pub(crate) use document::VERSION;
pub(super) use leaf::{RouteForm, not};
pub(super) use name::quoted;
pub(super) use pairs::{
    acting, at_most, binary, body, call, choice, effect, escalations, handed, happening, headers,
    hours, kept, labels, related, reminders, repetition, roles, set_fields, setting, stages,
    updates,
};

use std::fmt;

/// Why a JSON document of the right shape is none of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// An object that must have exactly one member, such as `{"rule": {…}}`.
    OneMember,
    /// A declaration without what it declares.
    NoKind,
    /// Another version of the form.
    Version,
    /// An operator with a right side that is not its own.
    RightSide,
    /// A comment of several lines.
    LineBreak,
}

impl Refusal {
    const ALL: [Refusal; 5] = [
        Refusal::OneMember,
        Refusal::NoKind,
        Refusal::Version,
        Refusal::RightSide,
        Refusal::LineBreak,
    ];

    fn code(self) -> &'static str {
        match self {
            Refusal::OneMember => "one_member",
            Refusal::NoKind => "no_kind",
            Refusal::Version => "version",
            Refusal::RightSide => "right_side",
            Refusal::LineBreak => "line_break",
        }
    }

    /// The refusal that an error's text names.
    pub(crate) fn of_code(code: &str) -> Option<Refusal> {
        Refusal::ALL.into_iter().find(|refusal| refusal.code() == code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Whether a member need not be written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}
