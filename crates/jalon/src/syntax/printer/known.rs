//! What is known of names and values beyond the document, which has no types.

use super::quoting::value;
use super::text::{Piece, Text, Word, text};
use crate::lang::Lang;
use crate::lexicon::{NOW, RELATIVES, TICKED, UNTICKED, relative_word};
use crate::source::Span;
use crate::syntax::ast::{Leaf, Name, Split};

/// What a place was taken for by those who know the types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The tick of a checkbox: printed in the words of a language.
    Tick(bool),
    /// A date or a date word.
    Time,
    /// Another constant: it stays as it is written.
    Value,
    /// A field, a constant, or whatever else has a name.
    Named,
    /// The operator of the split of a leaf that was taken.
    Operator,
}

/// What those who know more than the document say of a text.
pub trait Meanings {
    /// What a place was taken for.
    fn role(&self, span: Span) -> Option<Role>;

    /// A recurrence such as `chaque jour à 19:00` as a sentence of a language.
    fn recurrence(&self, text: &str, lang: Lang) -> Option<String>;
}

/// Who can be asked, and the language of the result if it is only one.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    meanings: Option<&'a dyn Meanings>,
    lang: Option<Lang>,
}

impl<'a> Known<'a> {
    /// Nobody: every name and value is printed as it is written.
    pub(super) const NOTHING: Known<'static> = Known { meanings: None, lang: None };

    pub(super) fn new(meanings: &'a dyn Meanings, lang: Option<Lang>) -> Known<'a> {
        Known { meanings: Some(meanings), lang }
    }

    pub(super) fn of(self, span: Span) -> Option<Role> {
        self.meanings.and_then(|meanings| meanings.role(span))
    }

    /// Whether words of closed lists that stand as names are printed in the words of a language.
    pub(super) fn translates(self) -> bool {
        self.meanings.is_some()
    }

    /// Whether a value was read as a constant other than a time, whatever expression it spells: a
    /// bare text with a `${…}` in it is a template.
    pub(super) fn is_constant(self, name: &Name) -> bool {
        let holds_field = || name.text.split_once("${").is_some_and(|(_, rest)| rest.contains('}'));
        let template = self.translates() && !name.quoted && holds_field();
        template || self.of(name.span) == Some(Role::Value)
    }

    /// A value: ticks and date words in the words of a language, where they are such.
    pub(super) fn value(self, name: &Name) -> Text {
        let word = match self.of(name.span) {
            _ if name.quoted => None,
            Some(Role::Tick(ticked)) if name.text != "✓" => Some(tick(ticked)),
            Some(Role::Time) => time(&name.text),
            _ => None,
        };
        self.word_or_name(word, name)
    }

    fn word_or_name(self, word: Option<Word>, name: &Name) -> Text {
        if let Some(word) = word {
            text![word.at(name.span)]
        } else {
            text![Piece::Named(self.written(name), name.span)]
        }
    }

    /// A value as it is written. What stands bare in a source reads back bare at its place, and
    /// quotes would say that it is no field.
    fn written(self, name: &Name) -> String {
        if self.translates() && !name.quoted { name.text.clone() } else { value(name) }
    }

    /// When something comes back, as a sentence of a language if somebody can say it in both.
    pub(super) fn recurrence(self, name: &Name) -> Text {
        let Some((meanings, lang)) = self.meanings.zip(self.lang) else {
            return text![Piece::Named(name.text.clone(), name.span)];
        };
        let piece = meanings.recurrence(&name.text, lang).map_or_else(
            || Piece::Kept(name.text.clone(), name.span),
            |sentence| Piece::Named(sentence, name.span),
        );
        text![piece]
    }

    /// What a length of time is added to: `aujourd'hui plus 2 jours`.
    pub(super) fn moment(self, name: &Name) -> Text {
        let named = matches!(self.of(name.span), Some(Role::Named));
        let word = time(&name.text).filter(|_| self.translates() && !named && !name.quoted);
        self.word_or_name(word, name)
    }

    /// The split of a leaf that was taken; the first where nobody knows.
    pub(super) fn split(self, leaf: &Leaf) -> &Split {
        let taken = |split: &&Split| self.of(split.op.span) == Some(Role::Operator);
        if leaf.others.is_empty() || taken(&&leaf.split) {
            return &leaf.split;
        }
        leaf.others.iter().find(taken).unwrap_or(&leaf.split)
    }
}

fn tick(ticked: bool) -> Word {
    // French and English, the sign, then words of which the language is told below.
    const WORDS: [[&[&str]; 2]; 2] = [
        [
            &["non sélectionné", "décoché", "non coché", "non", "faux"],
            &["not selected", "no", "unchecked", "not checked", "false"],
        ],
        [&["sélectionné", "coché", "oui", "vrai"], &["selected", "yes", "checked", "true"]],
    ];
    let list = if ticked { TICKED } else { UNTICKED };
    Word::new(list[0], list[1], WORDS[usize::from(ticked)])
}

/// `aujourd'hui`, `la semaine dernière`, `maintenant`.
fn time(text: &str) -> Option<Word> {
    if NOW.contains(&text.to_lowercase().as_str()) {
        let (fr, en) = NOW.split_at(1);
        return Some(Word::row(fr, en));
    }
    let relative = relative_word(text)?;
    RELATIVES.iter().find(|(r, ..)| *r == relative).map(|(_, fr, en)| Word::row(fr, en))
}
