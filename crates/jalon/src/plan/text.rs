//! All text predicates of one field, compiled together: the folded value is looked at once.

mod contains;
mod equal;

use contains::Contains;
use equal::Equal;
use jalon_simd::Padded;

use super::logic::{Bit, Bits};
use crate::checked::TextTest;

/// One literal of a text predicate, folded, and the bit it sets.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    /// How it is compared.
    pub(crate) test: LiteralTest,
    /// The folded text.
    pub(crate) text: Box<[u8]>,
    /// Which bit it sets.
    pub(crate) bit: Bit,
}

/// How a text is compared with one literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum LiteralTest {
    /// Equal.
    Equal,
    /// Contains.
    Contains,
    /// Starts with.
    Starts,
    /// Ends with.
    Ends,
}

impl LiteralTest {
    /// The test on each literal of a list.
    pub(crate) fn of(test: TextTest) -> LiteralTest {
        match test {
            TextTest::Equal => LiteralTest::Equal,
            TextTest::Contains | TextTest::ContainsAll => LiteralTest::Contains,
            TextTest::StartsWith => LiteralTest::Starts,
            TextTest::EndsWith => LiteralTest::Ends,
        }
    }

    /// Whether a text passes: the definition that the compiled forms are held to.
    pub(crate) fn passes(self, text: &str, literal: &str) -> bool {
        match self {
            LiteralTest::Equal => text == literal,
            LiteralTest::Contains => text.contains(literal),
            LiteralTest::Starts => text.starts_with(literal),
            LiteralTest::Ends => text.ends_with(literal),
        }
    }
}

/// The literals of one field, by test.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextKernel {
    equal: Equal,
    contains: Contains,
    starts: Vec<Literal>,
    ends: Vec<Literal>,
}

impl TextKernel {
    /// Compiles the literals of a field.
    pub(crate) fn new(literals: Vec<Literal>) -> TextKernel {
        let mut by_test = [const { Vec::new() }; 4];
        for literal in literals {
            by_test[literal.test as usize].push(literal);
        }
        let [equal, contains, starts, ends] = by_test;
        TextKernel { equal: Equal::new(equal), contains: Contains::new(&contains), starts, ends }
    }

    /// Sets the bits of the literals that a folded text passes.
    #[inline]
    pub(crate) fn run<B: Bits + ?Sized>(&self, text: &Padded, bits: &mut B) {
        self.equal.run(text.text(), text.head(), bits);
        self.contains.run(text, bits);
        for literal in &self.starts {
            if text.text().starts_with(&literal.text) {
                bits.set(literal.bit);
            }
        }
        for literal in &self.ends {
            if text.text().ends_with(&literal.text) {
                bits.set(literal.bit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::logic::is_set;

    const TESTS: [LiteralTest; 4] =
        [LiteralTest::Equal, LiteralTest::Contains, LiteralTest::Starts, LiteralTest::Ends];

    fn agrees(literals: &[(usize, String)], text: &str) {
        let compiled = literals.iter().enumerate().map(|(bit, (test, text))| Literal {
            test: TESTS[*test],
            text: text.as_bytes().into(),
            bit: bit as Bit,
        });
        let mut bits = vec![0; literals.len() / 64 + 1];
        let mut padded = Padded::default();
        padded.set(text.as_bytes());
        TextKernel::new(compiled.collect()).run(&padded, bits.as_mut_slice());
        for (bit, (test, literal)) in literals.iter().enumerate() {
            let expected = TESTS[*test].passes(text, literal);
            assert_eq!(is_set(&bits, bit as Bit), expected, "{text:?} {literal:?} {test}");
        }
    }

    proptest! {
        #[test]
        fn few_literals(literals in prop::collection::vec((0..4_usize, "[abé]{1,4}"), 0..12), text in "[abcé]{0,12}") {
            agrees(&literals, &text);
        }

        #[test]
        fn many_literals(literals in prop::collection::vec((0..4_usize, "[a-c]{1,22}"), 100..160), text in "[a-c]{0,30}") {
            agrees(&literals, &text);
        }
    }
}
