//! The two languages in which people write rules and read messages.

mod choice;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use choice::UnknownChoice;

/// Words that only a French program has, and only an English one, in the spelling of programs.
#[rustfmt::skip]
const FRENCH: &[&str] = &[
    "EST", "N'EST", "CONTIENT", "ET", "OU", "VIDE", "COMMENCE", "FINIT", "ENTRE", "AVANT",
    "APRÈS", "si", "sur", "règle", "constante", "groupe", "étoiles", "quand", "texte", "liste",
    "nombre", "est", "contient", "sinon", "alors", "points", "plus", "dès", "par", "parcours",
    "calendrier", "devises", "planification", "approbation", "garde", "enchaînement",
    "dépendance", "affectation", "devise", "formule", "référence", "fiches", "événements",
    "utilisateur",
];
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "IS", "ISN'T", "CONTAINS", "AND", "OR", "EMPTY", "STARTS", "ENDS", "BETWEEN", "BEFORE",
    "AFTER", "if", "on", "rule", "constant", "group", "stars", "when", "text", "picklist",
    "number", "is", "contains", "else", "then", "points", "most", "from", "per", "blueprint",
    "calendar", "currencies", "schedule", "approval", "guard", "chaining", "dependency",
    "assignment", "money", "formula", "lookup", "records", "events", "user",
];

/// How many bytes of a text are read for its language.
const LANGUAGE_BYTES: usize = 1 << 16;

/// French or English: the language of keywords when printing, and of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the language of the first rule tables.
    Fr,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Picks the text of this language.
    pub fn pick<T>(self, fr: T, en: T) -> T {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The language that most keywords of a text are in, if one leads.
    pub(crate) fn of_text(text: &str) -> Option<Lang> {
        let (french, english) = words_of(text);
        match french.cmp(&english) {
            Ordering::Greater => Some(Lang::Fr),
            Ordering::Less => Some(Lang::En),
            Ordering::Equal => None,
        }
    }

    /// The language that most keywords of all texts are in; English where neither leads.
    pub(crate) fn of_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Lang {
        let (french, english) =
            texts.map(words_of).fold((0, 0), |sum, words| (sum.0 + words.0, sum.1 + words.1));
        if french > english { Lang::Fr } else { Lang::En }
    }

    /// `fr` or `en`, as written after `langue` and `--lang`.
    pub fn code(self) -> &'static str {
        self.pick("fr", "en")
    }
}

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// French.
    pub fr: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    pub(crate) const fn new(fr: &'static str, en: &'static str) -> Text {
        Text { fr, en }
    }

    /// In a language.
    pub fn pick(self, lang: Lang) -> &'static str {
        lang.pick(self.fr, self.en)
    }
}

impl std::str::FromStr for Lang {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        match code {
            "fr" => Ok(Lang::Fr),
            "en" => Ok(Lang::En),
            _ => Err(()),
        }
    }
}

/// The colon of the language, with its spaces.
pub(crate) fn colon(lang: Lang) -> &'static str {
    lang.pick(" : ", ": ")
}

/// A text in the quotes of the language.
pub(crate) fn quoted(text: &str, lang: Lang) -> String {
    lang.pick(format!("« {text} »"), format!("“{text}”"))
}

/// How many words of a text only a French program has, and how many only an English one.
fn words_of(text: &str) -> (u32, u32) {
    let (mut french, mut english) = (0, 0);
    let end = (0..=LANGUAGE_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let text = &text[..end.unwrap_or(0)];
    for word in text.split(|c: char| c.is_whitespace() || "(),".contains(c)) {
        let word = word.replace('’', "'");
        french += u32::from(FRENCH.contains(&word.as_str()));
        english += u32::from(ENGLISH.contains(&word.as_str()));
    }
    (french, english)
}
