//! How tests are written: a few 32-bit words each, in the order in which they are verified.
//!
//! A test starts with a [`Tag`]; what follows depends on its kind. Tests on a field's position
//! say where the position of the record's value must stand: the number of a known text, the
//! place of a number among the constants of its field, whether a box is ticked.

/// The first word of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag(pub(super) u32);

/// What a test asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Kind {
    /// `low, width`: the position of a slot stands from `low` to `low + width`.
    Range = 0,
    /// `position…`: the position of a slot is one of these.
    In = 1,
    /// `literal…`: one of the literals is found in the text of the field (the slot is the field).
    Literal = 2,
    /// `time…`: the moment of the field is in one of these numbered times (the slot is the field).
    Timed = 3,
    /// `number`: an atom that the record executor answers.
    Atom = 4,
    /// `step`: a jump program, from this step.
    Program = 5,
    /// While building: `low, high`, constants of a field; the count is the order.
    Order = 6,
    /// While building: constants of a field, equal to any.
    Among = 7,
}

const KINDS: [Kind; 8] = [
    Kind::Range,
    Kind::In,
    Kind::Literal,
    Kind::Timed,
    Kind::Atom,
    Kind::Program,
    Kind::Order,
    Kind::Among,
];

/// How many values a test may name; those with more are answered by the record executor.
pub(super) const MAX_COUNT: usize = 0xFFF;

/// How many slots or fields there may be; tests on others are answered by the record executor.
pub(super) const MAX_SLOTS: usize = 0xFFFF;

impl Tag {
    /// A positive test.
    pub(super) fn new(kind: Kind, slot: u32, count: usize) -> Tag {
        Tag((kind as u32) << 28 | slot << 12 | count as u32)
    }

    /// What it asks.
    #[inline]
    pub(super) fn kind(self) -> Kind {
        KINDS[(self.0 >> 28 & 7) as usize]
    }

    /// Whether it is a positive [`Kind::Range`] or a negative one: the common case.
    #[inline]
    pub(super) fn is_range(self) -> bool {
        self.0 & 0x7000_0000 == 0
    }

    /// Of which slot or field.
    #[inline]
    pub(super) fn slot(self) -> usize {
        (self.0 >> 12 & 0xFFFF) as usize
    }

    /// How many values it names.
    #[inline]
    pub(super) fn count(self) -> usize {
        (self.0 & 0xFFF) as usize
    }

    /// Whether the answer is turned round.
    #[inline]
    pub(super) fn negated(self) -> bool {
        self.0 >> 31 == 1
    }

    /// The complement.
    pub(super) fn complement(self) -> Tag {
        Tag(self.0 ^ 1 << 31)
    }

    /// How many words the test takes, this one included.
    #[inline]
    pub(super) fn words(self) -> usize {
        match self.kind() {
            Kind::Range | Kind::Order => 3,
            Kind::Atom | Kind::Program => 2,
            Kind::In | Kind::Literal | Kind::Timed | Kind::Among => 1 + self.count(),
        }
    }
}

/// The tests of a run of words.
pub(super) fn tests(words: &[u32]) -> impl Iterator<Item = &[u32]> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let tag = Tag(*rest.first()?);
        let (test, after) = rest.split_at(tag.words());
        rest = after;
        Some(test)
    })
}
