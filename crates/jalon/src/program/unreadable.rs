//! What a host gives beside rules and records, and cannot be read.

use std::fmt;

use super::Error;
use crate::blueprint::InstanceError;
use crate::blueprint::migration::MappingError;
use crate::currency::CurrencyError;
use crate::lang::{Lang, UnknownChoice};
use crate::recurrence::RecurrenceError;
use crate::syntax::form;
use crate::users::UsersError;
use crate::value::calendar::{BadSpan, NeverOpen, UnknownHolidays};
use crate::value::clock::UnknownZone;
use crate::value::row::UnknownField;
use crate::value::{ClockError, NoClock};
use crate::workflow::{EventError, StateError};

/// Declares what cannot be read, and makes an [`Error`] of it.
macro_rules! unreadable {
    ($($(#[$doc:meta])* $name:ident($error:ty),)*) => {
        /// What cannot be read of all that a host gives beside rules and records.
        #[derive(Clone, PartialEq, Eq)]
        pub enum Unreadable {
            $($(#[$doc])* $name($error),)*
        }

        impl Unreadable {
            /// What is wrong, in a language.
            pub fn message(&self, lang: Lang) -> String {
                match self {
                    $(Unreadable::$name(error) => error.message(lang),)*
                }
            }
        }

        $(impl From<$error> for Error {
            fn from(error: $error) -> Error {
                Error::Unreadable(Unreadable::$name(error))
            }
        })*
    };
}

unreadable! {
    /// A text that is no state, or one of a newer version.
    State(StateError),
    /// Users with an unknown key, without a name, or there twice.
    Users(UsersError),
    /// An event of which a key is missing or unknown.
    Event(EventError),
    /// A clock: a moment or a zone.
    Clock(ClockError),
    /// The name of a time zone.
    Zone(UnknownZone),
    /// The code of a country's holidays.
    Holidays(UnknownHolidays),
    /// Opening hours.
    Hours(BadSpan),
    /// The code of a currency, or a rate.
    Currency(CurrencyError),
    /// What happens again and again.
    Recurrence(RecurrenceError),
    /// An instance of a blueprint, or one of another blueprint.
    Instance(InstanceError),
    /// A word that is none of those to choose from.
    Choice(UnknownChoice),
    /// A map of states.
    Mapping(MappingError),
    /// A field that a row's shape does not have.
    Field(UnknownField),
}

impl From<form::Error> for Error {
    fn from(error: form::Error) -> Error {
        Error::Form(error)
    }
}

/// Shows errors by their message where they are asked for `{:?}`, as `main` and `unwrap` do: it is what
/// people are to read.
macro_rules! shown_as_said {
    ($($error:ty),* $(,)?) => {
        $(impl fmt::Debug for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        })*
    };
}

shown_as_said!(
    Error,
    StateError,
    UsersError,
    EventError,
    ClockError,
    NoClock,
    UnknownZone,
    UnknownHolidays,
    BadSpan,
    NeverOpen,
    CurrencyError,
    RecurrenceError,
    InstanceError,
    MappingError,
    UnknownField,
    form::Error,
    Unreadable,
);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Unreadable {}
