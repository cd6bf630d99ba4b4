//! Texts in their canonical layout, and in the keywords of another language.
//!
//! Names, values, numbers and dates stay as they are written; comments stay where they stand.
//! Formatting and translating change nothing of what a program means: the content hashes of its
//! rules are the same.
//!
//! ```
//! use jalon::{Lang, format};
//!
//! let text = "score Intérêt\n +25 si  Pays EST France ET VIP EST oui # fidèles\n";
//! let text = format::text(text, None).expect("no syntax error");
//! assert_eq!(text, "score Intérêt\n  +25 si Pays EST France ET VIP EST oui  # fidèles\n");
//!
//! let text = format::text(&text, Some(Lang::En)).expect("no syntax error");
//! assert_eq!(text, "score Intérêt\n  +25 if Pays IS France AND VIP IS oui  # fidèles\n");
//! ```

use super::{Diagnostics, Loader};
use crate::check;
use crate::checked::readings::{Meaning, Readings};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::recurrence::Recurrence;
use crate::source::{SourceId, Span};
use crate::syntax::{self, Meanings, Role};

/// Texts formatted together, since the types of one decide about the values of another.
#[derive(Clone, Debug)]
pub struct Formatting {
    /// One for each text, in the order they were given.
    pub files: Vec<Formatted>,
    /// The syntax errors: a text that has one is left as it is.
    pub diagnostics: Diagnostics,
}

/// One text, formatted.
#[derive(Clone, Debug)]
pub struct Formatted {
    /// Which one.
    pub source: SourceId,
    /// Its name.
    pub name: String,
    /// Its text in the canonical layout; as it was where it has a syntax error.
    pub text: String,
    /// Whether that is another text.
    pub changed: bool,
    /// Whether it has a syntax error.
    pub broken: bool,
    /// Where it is to be in one language: the places that are kept as they are written, since
    /// they have no other form yet.
    pub kept: Vec<Span>,
}

impl Loader {
    /// Formats every text; see [`format`](crate::format). The keywords of all of them in one
    /// language if one is given; else in that of a text's `langue` line, and without one each
    /// keyword stays in its language.
    ///
    /// ```
    /// use jalon::Loader;
    ///
    /// let formatting = Loader::default()
    ///     .source("modules.jalon", "module Leads\n  VIP : checkbox\n")
    ///     .source("scores.jalon", "score S on Leads\n  +5 if VIP IS yes\n")
    ///     .format(None);
    /// assert!(!formatting.files[0].changed);
    /// assert_eq!(formatting.files[1].text, "score S on Leads\n  +5 if VIP IS selected\n");
    /// ```
    pub fn format(self, lang: Option<Lang>) -> Formatting {
        let mut read = self.read();
        let (_, _, readings) = check::check_with_readings(&read.documents, &read.sources);
        let meanings = Checked(&readings);
        let mut files = Vec::new();
        for ((id, source), document) in read.sources.iter().zip(&read.documents) {
            let broken = read
                .diagnostics
                .iter()
                .any(|d| d.span.source == id && d.severity() == Severity::Error);
            let laid = match broken {
                true => syntax::Laid { text: source.text.clone(), ..syntax::Laid::default() },
                false => syntax::format_document(document, &source.text, lang, &meanings),
            };
            files.push(Formatted {
                source: id,
                name: source.name.clone(),
                changed: laid.text != source.text,
                text: laid.text,
                broken,
                kept: laid.kept,
            });
        }
        read.diagnostics.retain(|d| d.severity() == Severity::Error);
        let list = read.finish();
        let diagnostics = Diagnostics { sources: read.sources, list, lang: read.lang };
        Formatting { files, diagnostics }
    }
}

/// Formats one text, which is a whole program: see [`Loader::format`] for several.
///
/// # Errors
/// Its syntax errors.
pub fn text(text: &str, lang: Option<Lang>) -> Result<String, Diagnostics> {
    let Formatting { mut files, diagnostics } =
        Loader::default().source("<text>", text).format(lang);
    match files.pop().filter(|file| !file.broken) {
        Some(file) => Ok(file.text),
        None => Err(diagnostics),
    }
}

/// Formats a criterion that stands alone; it stays on one line.
///
/// ```
/// use jalon::{Lang, format};
///
/// let criterion = format::criterion("Pays est  Monaco OR (Ville CONTIENT nice)", Some(Lang::Fr));
/// assert_eq!(criterion.expect("a sound criterion"), "Pays EST Monaco OU Ville CONTIENT nice");
/// ```
///
/// # Errors
/// Everything that is wrong with it.
pub fn criterion(text: &str, lang: Option<Lang>) -> Result<String, Diagnostics> {
    let loader = Loader::default().source("<text>", text);
    match syntax::parse_criterion(SourceId(0), text) {
        Ok(criterion) => Ok(syntax::format_criterion(&criterion, text, lang)),
        Err(list) => {
            let lang = loader.language();
            Err(Diagnostics { sources: loader.sources, list, lang })
        }
    }
}

/// What check took each place for.
struct Checked<'a>(&'a Readings);

impl Meanings for Checked<'_> {
    fn role(&self, span: Span) -> Option<Role> {
        Some(match self.0.of(span)? {
            Meaning::Tick(ticked) => Role::Tick(*ticked),
            Meaning::Time => Role::Time,
            Meaning::Value(_) => Role::Value,
            Meaning::Operator => Role::Operator,
            _ => Role::Named,
        })
    }

    fn recurrence(&self, text: &str, lang: Lang) -> Option<String> {
        Recurrence::from_sentence(text).ok().map(|read| read.sentence(lang))
    }
}
