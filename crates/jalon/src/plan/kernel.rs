//! Kernels: all tests on one source, compiled for the way its values are read.

use jalon_simd::Short;
use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;

use super::atom::ConstantTest;
use super::block::Times;
use super::dynamic::DynamicKernel;
use super::logic::{Bit, Bits};
use super::number::NumberKernel;
use super::text::{Literal, LiteralTest, TextKernel};
use super::time::{Axis, TimeKernel};
use crate::checked::Domain;
use crate::schema::TextMode;
use crate::value::fold::{Folded, unify};

/// All tests on one source.
#[derive(Clone, Debug)]
pub(crate) enum Kernel {
    /// Text.
    Text(TextTests),
    /// A reference: a text test holds of its id or of its name.
    Reference(TextTests),
    /// Numbers.
    Number(NumberKernel),
    /// The bits of "ticked" and of "not ticked".
    Checkbox([Vec<Bit>; 2]),
    /// A set of texts.
    Set(SetTests),
    /// Dates on an axis.
    Time(Axis, TimeKernel),
    /// Only whether there are any.
    Records,
    /// The value's type decides.
    Dynamic(Box<DynamicKernel>),
}

/// Tests on text.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextTests {
    /// How it is folded.
    pub(crate) mode: TextMode,
    /// On the folded text; `None` where nothing needs it.
    pub(crate) folded: Option<TextKernel>,
    /// What that kernel was compiled from.
    pub(crate) literals: Vec<Literal>,
    /// On the text as it is.
    pub(crate) raw: Vec<(RawTest, Bit)>,
    /// Whether all tests are on folded texts that keep their accents.
    is_usual: bool,
    /// How a text is looked at first.
    look: Look,
    /// The word of all bits, where one look tells them.
    pub(crate) word: u32,
}

/// What one look at a text may tell.
#[derive(Clone, Debug, Default)]
enum Look {
    /// That it is not blank: nothing else is asked.
    #[default]
    Blank,
    /// All bits, which stand in one word: of a short text, where all tests are against whole short
    /// texts or beginnings.
    Short(Short),
    /// Nothing.
    Nothing,
}

/// Tests on sets of texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct SetTests {
    /// How items are folded.
    pub(crate) mode: TextMode,
    /// "Has one of": a bit is set by any item.
    pub(crate) has: TextKernel,
    /// "Has no other than".
    pub(crate) within: Vec<(Vec<String>, Bit)>,
}

/// A test on unfolded text.
#[derive(Clone, Debug)]
pub(crate) enum RawTest {
    /// A regular expression, anywhere.
    Regex(Regex),
    /// A mask on the whole text.
    Mask(Vec<char>),
}

/// Compiled regular expressions stay below this many bytes.
const REGEX_BYTES: usize = 1 << 20;

impl RawTest {
    /// Compiles a test; `None` of tests that are not on unfolded text. (A regular expression
    /// that does not compile is refused by `check`.)
    pub(crate) fn new(test: &ConstantTest) -> Option<RawTest> {
        match test {
            ConstantTest::Regex { pattern, ignore_case } => RegexBuilder::new(pattern)
                .case_insensitive(*ignore_case)
                .size_limit(REGEX_BYTES)
                .dfa_size_limit(REGEX_BYTES)
                .build()
                .ok()
                .map(RawTest::Regex),
            ConstantTest::Mask(mask) => Some(RawTest::Mask(mask.nfc().map(unify).collect())),
            _ => None,
        }
    }

    /// Whether a text passes.
    pub(crate) fn passes(&self, text: &str) -> bool {
        match self {
            RawTest::Regex(regex) => regex.is_match(text),
            RawTest::Mask(mask) => {
                let mut chars = text.nfc().map(unify);
                mask.iter().all(|place| {
                    chars.next().is_some_and(|c| match place {
                        '9' => c.is_ascii_digit(),
                        'A' => c.is_alphabetic(),
                        '*' => true,
                        other => c == *other,
                    })
                }) && chars.next().is_none()
            }
        }
    }
}

/// The literals of a text test, each with its bit.
pub(super) fn literals(test: LiteralTest, texts: &[String], bit: Bit) -> Vec<Literal> {
    let literal = |text: &String| Literal { test, text: text.as_bytes().into(), bit };
    texts.iter().map(literal).collect()
}

/// Whole texts and beginnings, marked by their bits in the word that has them all; `None` where
/// some are anything else.
fn short(literals: &[Literal], mode: TextMode) -> Option<Short> {
    let word = literals.first().map_or(0, |literal| literal.bit / 64);
    let (mut equal, mut starts) = (Vec::new(), Vec::new());
    for literal in literals {
        let marked: (&[u8], u64) = (&literal.text, 1 << (literal.bit % 64));
        match literal.test {
            _ if literal.bit / 64 != word => return None,
            LiteralTest::Equal => equal.push(marked),
            LiteralTest::Starts => starts.push(marked),
            LiteralTest::Contains | LiteralTest::Ends => return None,
        }
    }
    Short::new(&equal, &starts, mode.case_sensitive)
}

impl Kernel {
    /// Compiles the tests on a source of a domain.
    pub(super) fn new(domain: Domain, tests: &[(&ConstantTest, Bit)], times: &mut Times) -> Kernel {
        match domain {
            Domain::Text(mode) => Kernel::Text(TextTests::new(mode, tests)),
            Domain::Reference(mode) => Kernel::Reference(TextTests::new(mode, tests)),
            Domain::Set(mode) => Kernel::Set(SetTests::new(mode, tests)),
            Domain::Number => {
                let number = |(test, bit): &(&ConstantTest, Bit)| match test {
                    ConstantTest::Number(test) => Some((test.clone(), *bit)),
                    _ => None,
                };
                Kernel::Number(NumberKernel::new(tests.iter().filter_map(number).collect()))
            }
            Domain::Checkbox => {
                let bits = |wanted: bool| {
                    let of = |(test, bit): &(&ConstantTest, Bit)| {
                        (**test == ConstantTest::Ticked(wanted)).then_some(*bit)
                    };
                    tests.iter().filter_map(of).collect()
                };
                Kernel::Checkbox([bits(true), bits(false)])
            }
            Domain::Date => Kernel::time(Axis::Days, tests, times),
            Domain::DateTime => Kernel::time(Axis::Micros, tests, times),
            Domain::Records => Kernel::Records,
            Domain::Dynamic => Kernel::Dynamic(Box::new(DynamicKernel::new(tests, times))),
        }
    }

    fn time(axis: Axis, tests: &[(&ConstantTest, Bit)], times: &mut Times) -> Kernel {
        let mut kernel = TimeKernel::default();
        for (test, bit) in tests {
            if let ConstantTest::Time(test) = test {
                let first = times.add_all(&test.terms, axis);
                kernel.add(test.test, first, test.terms.len() as u32, *bit);
            }
        }
        Kernel::Time(axis, kernel)
    }
}

impl TextTests {
    fn new(mode: TextMode, tests: &[(&ConstantTest, Bit)]) -> TextTests {
        let mut folded = Vec::new();
        let mut raw = Vec::new();
        for (test, bit) in tests {
            match test {
                ConstantTest::Text(test, texts) => folded.extend(literals(*test, texts, *bit)),
                other => raw.extend(RawTest::new(other).map(|test| (test, *bit))),
            }
        }
        TextTests::of_literals(mode, folded, raw)
    }

    /// Tests on folded literals, and on the text as it is.
    pub(super) fn of_literals(
        mode: TextMode,
        literals: Vec<Literal>,
        raw: Vec<(RawTest, Bit)>,
    ) -> TextTests {
        let is_usual = !mode.ignoring_accents
            && raw.is_empty()
            && literals.iter().all(|literal| !literal.text.is_empty());
        let folded = (!literals.is_empty()).then(|| TextKernel::new(literals.clone()));
        let look = if literals.is_empty() && raw.is_empty() {
            Look::Blank
        } else if is_usual {
            short(&literals, mode).map_or(Look::Nothing, Look::Short)
        } else {
            Look::Nothing
        };
        let word = literals.first().map_or(0, |literal| literal.bit / 64);
        TextTests { mode, folded, literals, raw, is_usual, look, word }
    }

    /// Whether there are no tests.
    pub(crate) fn is_none(&self) -> bool {
        self.folded.is_none() && self.raw.is_empty()
    }

    /// The bits, in the word of this source, of the tests that a text passes, where one look at it
    /// tells. Of an empty text there are none.
    #[inline]
    pub(crate) fn short_marks(&self, text: &str) -> Option<u64> {
        match &self.look {
            // Only a text that begins with white space is blank.
            Look::Blank => {
                let first = text.as_bytes().first();
                first.is_none_or(|first| (b'!'..0x80).contains(first)).then_some(0)
            }
            Look::Short(short) => short.marks(text),
            Look::Nothing => None,
        }
    }

    /// [`TextTests::run`] of a text that needs nothing unusual; `false`, and nothing is set, where
    /// it may be blank, or needs more. Of an empty text nothing is set.
    #[inline]
    pub(crate) fn run_usual<B: Bits + ?Sized>(
        &self,
        text: &str,
        folded: &mut Folded,
        bits: &mut B,
    ) -> bool {
        let Some(kernel) = self.folded.as_ref().filter(|_| self.is_usual) else { return false };
        let Some(text) = folded.usual(text, self.mode.case_sensitive) else { return false };
        kernel.run(text, bits);
        true
    }

    /// Sets the bits of the tests that a text passes; `folded` holds its folded form meanwhile.
    #[inline]
    pub(crate) fn run<B: Bits + ?Sized>(&self, text: &str, folded: &mut Folded, bits: &mut B) {
        if let Some(kernel) = &self.folded {
            kernel.run(folded.fold(text, self.mode), bits);
        }
        for (test, bit) in &self.raw {
            bits.set_if(*bit, test.passes(text));
        }
    }
}

impl SetTests {
    fn new(mode: TextMode, tests: &[(&ConstantTest, Bit)]) -> SetTests {
        let mut has = Vec::new();
        let mut within = Vec::new();
        for (test, bit) in tests {
            match test {
                ConstantTest::Has(items) => has.extend(literals(LiteralTest::Equal, items, *bit)),
                ConstantTest::Text(test, texts) => has.extend(literals(*test, texts, *bit)),
                ConstantTest::Within(items) => within.push((items.clone(), *bit)),
                _ => {}
            }
        }
        SetTests { mode, has: TextKernel::new(has), within }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_on_the_whole_text() {
        let mask = RawTest::Mask("A9 *".chars().collect());
        assert!(mask.passes("é7 ?"));
        assert!(!mask.passes("é7 "));
        assert!(!mask.passes("é7 ??"));
        assert!(!mask.passes("77 ?"));
        assert!(mask.passes("e\u{301}7\u{a0}?"));
    }
}
