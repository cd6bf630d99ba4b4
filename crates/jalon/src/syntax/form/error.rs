//! What is wrong with the JSON of a document.

use std::fmt;

use serde::de;

use crate::lang::Lang;
use crate::syntax::ast::form::{Refusal, VERSION};

/// Why some JSON is not that of a document: where, and what.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    /// The members on the way, the innermost first.
    way: Vec<String>,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is no JSON.
    Syntax { line: u32, column: u32 },
    /// More bytes than a text may have.
    TooLarge { size: usize, limit: usize },
    /// Too many objects and lists inside each other.
    TooDeep,
    /// Something else must stand here.
    Expected(Shape),
    /// A member must be there.
    Missing(&'static str),
    /// No member is called so.
    UnknownMember(&'static [&'static str]),
    /// Nothing is called so.
    UnknownName { name: String, known: &'static [&'static str] },
    /// A shape that says nothing.
    Refused(Refusal),
    /// The text that it says is not a program's: what is said of it, in both languages.
    NoText { fr: String, en: String },
    /// The text that it says reads as something else: this text.
    OtherText { text: String },
}

/// What may stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Object,
    List,
    Text,
    Count,
    Boolean,
    Name,
}

impl Shape {
    fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Shape::Object => ("un objet", "an object"),
            Shape::List => ("une liste", "a list"),
            Shape::Text => ("un texte", "a text"),
            Shape::Count => ("un nombre entier positif", "a whole number, not negative"),
            Shape::Boolean => ("`true` ou `false`", "`true` or `false`"),
            Shape::Name => {
                ("un texte, ou un objet d'un seul membre", "a text, or an object of one member")
            }
        };
        lang.pick(fr, en)
    }
}

impl Error {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for member in self.way.iter().rev() {
            pointer.push('/');
            pointer.push_str(&member.replace('~', "~0").replace('/', "~1"));
        }
        pointer
    }

    /// Where and what, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let what = self.problem.words(lang);
        match self.pointer().as_str() {
            "" => what,
            pointer => lang.pick(format!("{pointer} : {what}"), format!("{pointer}: {what}")),
        }
    }

    /// The same, one level further out.
    pub(super) fn inside(mut self, member: impl std::fmt::Display) -> Error {
        self.way.push(member.to_string());
        self
    }
}

impl Problem {
    fn words(&self, lang: Lang) -> String {
        let list = |known: &[&str]| known.join(", ");
        match self {
            Problem::Syntax { line, column } => lang.pick(
                format!("ligne {line}, colonne {column} : ce n'est pas du JSON"),
                format!("line {line}, column {column}: not JSON"),
            ),
            Problem::TooLarge { size, limit } => lang.pick(
                format!("{size} octets ; il en faut au plus {limit}"),
                format!("{size} bytes; there may be at most {limit}"),
            ),
            Problem::TooDeep => lang.pick(
                format!("plus de {} objets et listes l'un dans l'autre", super::MAX_DEPTH),
                format!("more than {} objects and lists inside each other", super::MAX_DEPTH),
            ),
            Problem::Expected(shape) => {
                let shape = shape.words(lang);
                lang.pick(format!("il faut {shape}"), format!("must be {shape}"))
            }
            Problem::Missing(name) => lang.pick(
                format!("il manque le membre `{name}`"),
                format!("the member `{name}` is missing"),
            ),
            Problem::UnknownMember(known) => lang.pick(
                format!("membre inconnu ; il y a : {}", list(known)),
                format!("unknown member; there are: {}", list(known)),
            ),
            Problem::UnknownName { name, known } => lang.pick(
                format!("`{name}` inconnu ; il y a : {}", list(known)),
                format!("unknown `{name}`; there are: {}", list(known)),
            ),
            Problem::Refused(refusal) => refused(*refusal, lang),
            Problem::NoText { fr, en } => lang.pick(
                format!("ceci ne peut pas s'écrire :\n{fr}"),
                format!("this cannot be written:\n{en}"),
            ),
            Problem::OtherText { text } => lang.pick(
                format!("ceci s'écrirait ainsi, et se lirait autrement :\n{text}"),
                format!("this would be written so, and read as something else:\n{text}"),
            ),
        }
    }
}

fn refused(refusal: Refusal, lang: Lang) -> String {
    match refusal {
        Refusal::OneMember => lang
            .pick("l'objet doit avoir un seul membre", "the object must have exactly one member")
            .to_owned(),
        Refusal::NoKind => lang
            .pick(
                "une déclaration doit dire une chose : `module`, `rule`, `score`…",
                "a declaration must say one thing: `module`, `rule`, `score`…",
            )
            .to_owned(),
        Refusal::Version => lang.pick(
            format!("autre version du format ; celle-ci est {VERSION}"),
            format!("another version of the form; this one is {VERSION}"),
        ),
        Refusal::LineBreak => {
            lang.pick("un commentaire tient sur une ligne", "a comment is one line").to_owned()
        }
        Refusal::RightSide => lang
            .pick(
                "cet opérateur a un autre membre : `values`, `range` (entre deux bornes), `period` \
                 (tant de jours), `regex`, ou aucun",
                "this operator has another member: `values`, `range` (two bounds), `period` (so \
                 many days), `regex`, or none",
            )
            .to_owned(),
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error { way: Vec::new(), problem }
    }
}

impl fmt::Display for Error {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(code: T) -> Error {
        let refusal = Refusal::of_code(&code.to_string());
        refusal.map_or(Problem::Expected(Shape::Name), Problem::Refused).into()
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Error {
        Problem::Expected(Shape::Count).into()
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Error {
        Problem::UnknownName { name: name.to_owned(), known }.into()
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Error {
        Error::from(Problem::UnknownMember(known)).inside(name)
    }

    fn missing_field(name: &'static str) -> Error {
        Problem::Missing(name).into()
    }
}
