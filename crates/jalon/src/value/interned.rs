//! Texts that repeat, each kept and numbered once.
//!
//! What the tests on a field say of a numbered text is remembered by its number, so that a record
//! costs a look-up a field, whatever the length of its texts. It pays where texts are read once and
//! judged many times, such as the countries or the stages of leads kept in memory. For each field a
//! scorer or a matcher remembers texts of the first interner that it meets there, up to 65 536 of
//! them; all others are looked at as any text is.
//!
//! ```
//! use jalon::value::{Interned, Interner};
//! use jalon::{Clock, Program};
//!
//! #[derive(Debug, jalon::Record)]
//! struct Lead {
//!     country: Interned,
//! }
//!
//! let program = Program::parse(
//!     "module Leads\n  Country : text\n\nscore Fit on Leads\n  +10 if Country IS Monaco\n",
//! )?;
//! let mut texts = Interner::new();
//! let leads = [Lead { country: texts.intern("Monaco") }, Lead { country: texts.intern("Paris") }];
//! let mut scorer = program.score(None)?.scorer(&Clock::default())?;
//! let binding = program.bind::<Lead>(None)?;
//! let totals = leads.each_ref().map(|lead| scorer.total(&binding.record(lead)).total);
//! assert_eq!(totals.map(|total| total.to_string()), ["10", "0"]);
//! # Ok::<(), jalon::program::Error>(())
//! ```

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxHashMap;

/// Keeps each of its texts once.
#[derive(Debug)]
pub struct Interner {
    number: u32,
    known: FxHashMap<Arc<str>, u32>,
}

/// A text with a number of its own among those of its [`Interner`].
#[derive(Clone)]
pub struct Interned {
    text: Arc<str>,
    symbol: Symbol,
}

/// The number of a text, and of the [`Interner`] that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub(crate) interner: u32,
    pub(crate) text: u32,
}

impl Interner {
    /// One without texts.
    pub fn new() -> Interner {
        /// The number of the next; none is 0.
        static NEXT: AtomicU32 = AtomicU32::new(1);
        Interner { number: NEXT.fetch_add(1, Ordering::Relaxed), known: FxHashMap::default() }
    }

    /// A text as it is kept.
    pub fn intern(&mut self, text: &str) -> Interned {
        let symbol = |text| Symbol { interner: self.number, text };
        if let Some((text, number)) = self.known.get_key_value(text) {
            return Interned { text: text.clone(), symbol: symbol(*number) };
        }
        let text: Arc<str> = text.into();
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let symbol = symbol(number);
        self.known.insert(text.clone(), number);
        Interned { text, symbol }
    }

    /// The number of the text that it was given as its first, second, and so on, from 0 on.
    ///
    /// ```
    /// use jalon::value::Interner;
    ///
    /// let mut texts = Interner::new();
    /// let monaco = texts.intern("Monaco");
    /// assert_eq!(texts.symbol(0), Some(monaco.symbol()));
    /// assert_eq!(texts.symbol(1), None);
    /// ```
    #[inline]
    pub fn symbol(&self, number: u32) -> Option<Symbol> {
        let symbol = Symbol { interner: self.number, text: number };
        ((number as usize) < self.known.len()).then_some(symbol)
    }

    /// How many texts it keeps.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it keeps none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

impl Default for Interner {
    fn default() -> Interner {
        Interner::new()
    }
}

impl Interned {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its number.
    #[inline]
    pub fn symbol(&self) -> Symbol {
        self.symbol
    }
}

impl Deref for Interned {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Interned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

impl PartialEq for Interned {
    fn eq(&self, other: &Interned) -> bool {
        self.symbol == other.symbol || self.text == other.text
    }
}

impl Eq for Interned {}

impl Hash for Interned {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.text.hash(hasher);
    }
}
