//! Atoms: the distinct positive tests that conditions are made of.

use rust_decimal::Decimal;

use super::number::NumberTest;
use super::pool::{RelatedAtom, SourceId};
use super::text::LiteralTest;
use super::time::TimeTest;
use crate::checked::{DynamicTest, Expr, OrderTest, SetTest, Term};
use crate::lexicon::relative_word;
use crate::schema::TextMode;
use crate::value::fold::fold;
use crate::value::{Moment, TimeSpec, Value, read};

/// One positive test.
#[derive(Clone, Debug)]
pub(crate) enum Atom {
    /// A source against constants.
    Constant {
        /// What is read.
        source: SourceId,
        /// The test.
        test: ConstantTest,
        /// Fields that the source mentions, where it is an expression.
        mentions: Vec<SourceId>,
    },
    /// A source against a computed value.
    Compare {
        /// What is read.
        source: SourceId,
        /// The test.
        test: CompareTest,
        /// With what.
        terms: Vec<Expr>,
        /// Fields that the source and the terms mention.
        mentions: Vec<SourceId>,
    },
    /// A criterion on a list of records.
    Related(RelatedAtom),
}

/// A test against constants, which are folded and read once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ConstantTest {
    /// Nothing there.
    Empty,
    /// A checkbox that is (or is not) ticked.
    Ticked(bool),
    /// Any of the folded texts.
    Text(LiteralTest, Vec<String>),
    /// A regular expression in the unfolded text.
    Regex {
        /// As written.
        pattern: String,
        /// `/…/i`
        ignore_case: bool,
    },
    /// A mask on the whole value.
    Mask(String),
    /// A number.
    Number(NumberTest),
    /// A date.
    Time(TimeTest),
    /// A set that has any of the folded items.
    Has(Vec<String>),
    /// A set that has no other than the folded items.
    Within(Vec<String>),
    /// On a field without a declared type.
    Dynamic(DynamicTest, Vec<Untyped>),
}

/// A test against computed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompareTest {
    /// By text.
    Text(LiteralTest, TextMode),
    /// By order: numbers and dates.
    Order(OrderTest),
    /// Between sets of texts.
    Set(SetTest, TextMode),
    /// Exactly the same value, after NFC; two empty values are.
    Same,
}

/// A constant against a field without a declared type, read in every way that its text allows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Untyped {
    /// Folded.
    pub(crate) text: String,
    /// As a number.
    pub(crate) number: Option<Decimal>,
    /// As a tick.
    pub(crate) tick: Option<bool>,
    /// As a date, a time or a date word.
    pub(crate) time: Option<TimeSpec>,
}

/// Whether a date is given by a word, so that it also applies to texts that spell dates.
pub(crate) fn is_word(spec: &TimeSpec) -> bool {
    !matches!(spec, TimeSpec::Day(_) | TimeSpec::Local(_) | TimeSpec::Instant(_))
}

impl Untyped {
    /// Reads a constant term; `None` of a computed one.
    pub(super) fn of(term: &Term) -> Option<Untyped> {
        match term {
            Term::Untyped(text) => {
                let word = relative_word(text).map(TimeSpec::Relative);
                let quoted = Untyped::quoted(text);
                Some(Untyped { tick: read::tick(text), time: word.or(quoted.time), ..quoted })
            }
            Term::Const(Value::Text(text)) => Some(Untyped::quoted(text)),
            Term::Const(Value::Number(number)) => Some(Untyped {
                text: number.normalize().to_string(),
                number: Some(*number),
                tick: None,
                time: None,
            }),
            Term::Const(Value::Bool(ticked)) => {
                Some(Untyped { text: String::new(), number: None, tick: Some(*ticked), time: None })
            }
            Term::Const(value) => Untyped::of(&Term::Time(time_of(value)?)),
            Term::Time(spec) => Some(Untyped {
                text: String::new(),
                number: None,
                tick: None,
                time: Some(spec.clone()),
            }),
            Term::Expr(_) => None,
        }
    }

    /// Reads a constant in quotes: ticks and date words are only text there.
    fn quoted(text: &str) -> Untyped {
        let time = read::moment(text).map(|moment| match moment {
            Moment::Date(date) => TimeSpec::Day(date),
            Moment::Local(local) => TimeSpec::Local(local),
            Moment::Instant(instant) => TimeSpec::Instant(instant),
        });
        let text_folded = fold(text, TextMode::default()).into_owned();
        Untyped { text: text_folded, number: read::number(text), tick: None, time }
    }
}

/// A date or time value as a place in time.
pub(crate) fn time_of(value: &Value) -> Option<TimeSpec> {
    match value {
        Value::Date(date) => Some(TimeSpec::Day(*date)),
        Value::DateTime(local) => Some(TimeSpec::Local(*local)),
        Value::Instant(instant) => Some(TimeSpec::Instant(*instant)),
        _ => None,
    }
}

impl Atom {
    /// Everything that it reads on its own frame.
    pub(crate) fn sources(&self) -> impl Iterator<Item = SourceId> {
        let (source, mentions) = match self {
            Atom::Constant { source, mentions, .. } | Atom::Compare { source, mentions, .. } => {
                (*source, mentions)
            }
            Atom::Related(related) => (related.list, &related.mentions),
        };
        std::iter::once(source).chain(mentions.iter().copied())
    }
}
