//! The closed lists of the language and their words in French and in English: operators,
//! units, date words, ticks, functions, types, event types. One table for each; the parser,
//! the printer, the checker and the explanations all read it.
//!
//! Words are listed in lower case with their accents; the first is the one that is printed.

pub(crate) mod clock;
mod event;
mod operator;
pub mod reference;
mod words;

pub use event::{EVENT_TYPES, EventType, event_label, event_type};
pub(crate) use operator::spellings;
pub use operator::{Form, OPERATORS, Op, OperatorWords};
pub(crate) use words::key;
pub use words::{
    Aggregate, Arithmetic, Function, Month, NOW, Period, Priority, Quantifier, RELATIVES, Relative,
    TICKED, UNTICKED, Unit, Weekday, relative_word, tick,
};
