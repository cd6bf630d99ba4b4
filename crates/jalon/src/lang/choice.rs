//! One of a few words, asked for by name.

use std::fmt;

use super::Lang;

/// A word that is none of those to choose from.
///
/// ```
/// use jalon::lang::{Lang, UnknownChoice};
///
/// let unknown = UnknownChoice::new("format", "pdf", ["text", "html"]);
/// assert_eq!(unknown.message(Lang::En), "format: unknown `pdf`; there are: text, html");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownChoice {
    /// What is chosen.
    pub what: &'static str,
    /// The word.
    pub given: String,
    /// Those that there are.
    pub known: Vec<&'static str>,
}

impl UnknownChoice {
    /// What is chosen, the word, and those that there are.
    pub fn new(
        what: &'static str,
        given: &str,
        known: impl IntoIterator<Item = &'static str>,
    ) -> UnknownChoice {
        UnknownChoice { what, given: given.to_owned(), known: known.into_iter().collect() }
    }

    /// What is wrong and the way out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let UnknownChoice { what, given, known } = self;
        let known = known.join(", ");
        lang.pick(
            format!("{what} : `{given}` inconnu ; il y a : {known}"),
            format!("{what}: unknown `{given}`; there are: {known}"),
        )
    }
}

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl fmt::Debug for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for UnknownChoice {}
