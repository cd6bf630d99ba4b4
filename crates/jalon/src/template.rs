//! Texts with fields, cut into literals and slots: `${Nom}`, `${Contacts.Nom}`,
//! `${Nom ou "client"}`.
//!
//! This knows texts only, no schema and no values. [`cut`] reads the text as its [`Format`]
//! does, and so finds where each field stands; the place says how its value must be written
//! ([`Escape`]), and [`escape`] writes it so. A place where no way of writing is right for every
//! value (an attribute without quotes, a script) is a [`Finding`].
//!
//! `\${` stands for `${` itself, `\\${` for a backslash before a field; other backslashes are
//! themselves. A field closes on its line. The old tables' `$(Contacts.Nom)` and
//! `{Contacts.Nom}` are read too, the latter only where the caller knows the module; all other
//! braces are themselves.
//!
//! ```
//! use jalon::template::{Escape, Format, Piece, cut, escape};
//!
//! let text = "<sms to='${Portable}'>Bonjour ${Nom ou \"vous\"}</sms>";
//! let (pieces, findings) = cut(text, Format::Xml, &|_| false);
//! assert!(findings.is_empty());
//! let slots: Vec<_> = pieces.iter().filter_map(Piece::slot).collect();
//! assert_eq!((slots[0].path, slots[0].escape), ("Portable", Escape::Attribute));
//! assert_eq!((slots[1].default, slots[1].escape), (Some("vous"), Escape::Text));
//!
//! let mut out = String::new();
//! escape("Dupont & Fils <SARL>", Escape::Text, &mut out);
//! assert_eq!(out, "Dupont &amp; Fils &lt;SARL&gt;");
//! ```

mod escape;
mod json;
mod markup;
mod raw;
mod slot;
#[cfg(test)]
mod tests;
mod url;
mod xml;

use std::ops::Range;

pub use escape::{Escape, escape};

use crate::lang::{Lang, UnknownChoice};
use json::Json;
use markup::Markup;
use slot::{Part, parts};
use url::Url;

/// What a template makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, such as an SMS: values as they are.
    #[default]
    Plain,
    /// An HTML document or a part of one.
    Html,
    /// An XML document or a text for one.
    Xml,
    /// A JSON value.
    Json,
    /// A URL.
    Url,
    /// One line, such as the value of a header or the subject of an e-mail.
    Header,
}

impl Format {
    /// Every one that has a word.
    pub const ALL: [Format; 5] =
        [Format::Plain, Format::Html, Format::Xml, Format::Json, Format::Url];

    /// The format that a word names, in any case: `texte` or `text`, `html`, `xml`, `json`, `url`.
    ///
    /// ```
    /// use jalon::template::Format;
    ///
    /// assert_eq!(Format::from_word("XML"), Some(Format::Xml));
    /// assert_eq!(Format::from_word("pdf"), None);
    /// ```
    pub fn from_word(word: &str) -> Option<Format> {
        let named = |format: &Format| {
            [Lang::Fr, Lang::En].iter().any(|l| word.eq_ignore_ascii_case(format.word(*l)))
        };
        Format::ALL.into_iter().find(named)
    }

    /// The format that a word names, or what is to be said of a word that names none.
    ///
    /// # Errors
    /// A word that names none, with those that do.
    pub fn named(word: &str) -> Result<Format, UnknownChoice> {
        let known = Format::ALL.map(|format| format.word(Lang::En));
        Format::from_word(word).ok_or_else(|| UnknownChoice::new("format", word, known))
    }

    /// Its word in a language; a header's is that of plain text.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Format::Plain | Format::Header => lang.pick("texte", "text"),
            Format::Html => "html",
            Format::Xml => "xml",
            Format::Json => "json",
            Format::Url => "url",
        }
    }
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Printed as it stands.
    Text(&'t str),
    /// A field.
    Slot(Slot<'t>),
}

impl<'t> Piece<'t> {
    /// The field, if it is one.
    pub fn slot(&self) -> Option<&Slot<'t>> {
        match self {
            Piece::Slot(slot) => Some(slot),
            Piece::Text(_) => None,
        }
    }
}

/// A field in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot<'t> {
    /// Where it begins in the text.
    pub at: usize,
    /// As it stands in the text, its signs included.
    pub whole: &'t str,
    /// The name of the field as written: `Nom`, `Contacts.Nom`.
    pub path: &'t str,
    /// What is printed where the field is empty.
    pub default: Option<&'t str>,
    /// Whether it is written as the old tables do: `$(…)` or `{…}`.
    pub old: bool,
    /// How its value is written. Where its place is refused, a finding says so and this is
    /// [`Escape::Plain`].
    pub escape: Escape,
}

impl Slot<'_> {
    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.whole.len()
    }

    /// As it is written today.
    pub fn modern(&self) -> String {
        match self.default {
            Some(default) => format!("${{{} ou \"{default}\"}}", self.path),
            None => format!("${{{}}}", self.path),
        }
    }
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// What can be wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `${` without `}` on its line.
    Unclosed,
    /// `${}`
    Nameless,
    /// A field written as the old tables do.
    OldForm,
    /// A field in a tag, or in the name of an attribute.
    InTag,
    /// A field as an attribute without quotes.
    Unquoted,
    /// A field in a comment, a CDATA section or a declaration.
    InComment,
    /// A field in a script, in a style, or in an attribute that holds code.
    InCode,
    /// A field right after an `&` that begins a character reference.
    InReference,
    /// A field where JSON has neither a value nor a text.
    JsonPlace,
    /// A field in the host of a URL.
    UrlHost,
    /// A field in a URL that runs code, or before the `:` of its scheme.
    UrlScheme,
    /// A text that ends inside a tag, a comment or a quote.
    Unfinished,
    /// An XML element that never closes; its name.
    NotClosed(String),
    /// An XML end tag where this element is to be closed first, or none.
    WrongEnd(Option<String>),
    /// A sign that XML needs written otherwise, such as a bare `&`; how.
    BareSign(&'static str),
    /// An XML tag that XML does not allow.
    BadTag,
    /// A character that XML does not allow.
    BadCharacter,
    /// XML has one outermost element and no text around it.
    SecondRoot,
    /// From here on the text is no JSON.
    BadJson,
}

impl Problem {
    /// Whether the template cannot be used.
    pub fn is_error(&self) -> bool {
        match self {
            Problem::Unclosed
            | Problem::Nameless
            | Problem::InTag
            | Problem::Unquoted
            | Problem::InComment
            | Problem::InCode
            | Problem::InReference
            | Problem::JsonPlace
            | Problem::UrlHost
            | Problem::UrlScheme => true,
            Problem::OldForm
            | Problem::Unfinished
            | Problem::NotClosed(_)
            | Problem::WrongEnd(_)
            | Problem::BareSign(_)
            | Problem::BadTag
            | Problem::BadCharacter
            | Problem::SecondRoot
            | Problem::BadJson => false,
        }
    }
}

/// Cuts a template, and says what is wrong with it, in the order of the text. `is_module` tells
/// whether a name is that of a module: only then `{Name.Champ}` is a field.
pub fn cut<'t>(
    text: &'t str,
    format: Format,
    is_module: &dyn Fn(&str) -> bool,
) -> (Vec<Piece<'t>>, Vec<Finding>) {
    let mut place = Place::new(format, text.len());
    let mut pieces = Vec::new();
    let mut findings = Vec::new();
    parts(text, is_module, |part| match part {
        Part::Text { at, text } => {
            place.text(at, text, &mut findings);
            pieces.push(Piece::Text(text));
        }
        Part::Slot(mut slot) => {
            if slot.old {
                findings.push(Finding { problem: Problem::OldForm, range: slot.range() });
            }
            match place.slot(slot.range()) {
                Ok(escape) => slot.escape = escape,
                Err(problem) => findings.push(Finding { problem, range: slot.range() }),
            }
            pieces.push(Piece::Slot(slot));
        }
        Part::Broken { at, text, problem } => {
            findings.push(Finding { problem, range: at..at + 2 });
            place.text(at, text, &mut findings);
            pieces.push(Piece::Text(text));
        }
    });
    place.end(text, &mut findings);
    findings.sort_by_key(|finding| finding.range.start);
    (pieces, findings)
}

/// Where the reading of a text stands, in the grammar of its format.
#[derive(Debug)]
enum Place {
    /// The same everywhere.
    Any(Escape),
    Markup(Box<Markup>),
    Json(Json),
    Url(Url),
}

impl Place {
    fn new(format: Format, length: usize) -> Place {
        match format {
            Format::Plain => Place::Any(Escape::Plain),
            Format::Header => Place::Any(Escape::Header),
            Format::Html => Place::Markup(Box::new(Markup::html())),
            Format::Xml => Place::Markup(Box::new(Markup::xml())),
            Format::Json => Place::Json(Json::new(length)),
            Format::Url => Place::Url(Url::default()),
        }
    }

    /// Reads on over a literal.
    fn text(&mut self, at: usize, text: &str, findings: &mut Vec<Finding>) {
        match self {
            Place::Any(_) => {}
            Place::Markup(markup) => markup.text(at, text, findings),
            Place::Json(json) => json.text(at, text),
            Place::Url(url) => url.text(at, text, findings),
        }
    }

    /// How a field is written here.
    fn slot(&mut self, range: Range<usize>) -> Result<Escape, Problem> {
        match self {
            Place::Any(escape) => Ok(*escape),
            Place::Markup(markup) => markup.slot(range),
            Place::Json(json) => json.slot(range),
            Place::Url(url) => url.slot(),
        }
    }

    fn end(self, text: &str, findings: &mut Vec<Finding>) {
        match self {
            Place::Any(_) | Place::Url(_) => {}
            Place::Markup(markup) => markup.end(text, findings),
            Place::Json(json) => json.end(text, findings),
        }
    }
}
