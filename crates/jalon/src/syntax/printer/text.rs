//! What a line says before it is laid out: words that exist in both languages, names with their
//! places, and the places where it may break.

use std::borrow::Cow;

use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::keyword::{Table, Words};

/// One line, however long: its layout and the language of each of its words are found later.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(super) pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Signs, numbers, spaces.
    Plain(Cow<'static, str>),
    /// A keyword.
    Word(Word),
    /// A name or a value, and where it stands in the source.
    Named(String, Span),
    /// Words that can be printed in their own language only.
    Kept(String, Span),
    /// A comma; the line may break behind it.
    Comma,
    /// `ET`, `OU`; the line may break before it.
    Connective(Word),
    /// An opening bracket; the line may break behind it.
    Open,
    /// A closing bracket.
    Close,
}

/// A keyword in both languages.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As it is printed in French and in English.
    printed: [Cow<'static, str>; 2],
    /// How the source may spell it, in French and in English.
    pub(super) spelled: [&'static [&'static str]; 2],
    /// Where it stands, if the document knows.
    pub(super) span: Option<Span>,
    /// Whether it is in the language of the first word of its line.
    pub(super) follows: bool,
}

impl Word {
    /// A word by its printed forms and the words by which the source shows its language.
    pub(super) fn new(
        fr: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
        spelled: [&'static [&'static str]; 2],
    ) -> Word {
        Word { printed: [fr.into(), en.into()], spelled, span: None, follows: false }
    }

    /// The words of a row of the lexicon, the printed ones first.
    pub(super) fn row(fr: &'static [&'static str], en: &'static [&'static str]) -> Word {
        Word::new(first(fr), first(en), [fr, en])
    }

    /// The word of a meaning.
    pub(super) fn of<T: PartialEq>(table: &'static Table<T>, meaning: &T) -> Word {
        let row = table.iter().find(|(candidate, ..)| candidate == meaning);
        row.map_or_else(|| Word::new("", "", [&[], &[]]), |(_, fr, en)| Word::row(fr, en))
    }

    /// A word of both languages.
    pub(super) fn pair(words: &'static Words) -> Word {
        let (fr, en) = words.by_language();
        let printed = |list: &'static [&'static str]| list.get(..1).unwrap_or_default();
        Word::row(printed(fr), printed(en))
    }

    /// The same word at a known place.
    pub(super) fn at(self, span: Span) -> Word {
        Word { span: Some(span), ..self }
    }

    /// A part of what the first word of the line begins: `puis 3 jours après`.
    pub(super) fn following(fr: &'static str, en: &'static str) -> Word {
        Word { follows: true, ..Word::new(fr, en, [&[], &[]]) }
    }

    /// As it is printed in a language.
    pub(super) fn in_language(&self, lang: Lang) -> &str {
        &self.printed[lang.pick(0, 1)]
    }

    /// Both forms changed.
    pub(super) fn map(self, change: impl Fn(&str) -> String) -> Word {
        let [fr, en] = self.printed;
        Word { printed: [change(&fr).into(), change(&en).into()], ..self }
    }
}

fn first(words: &'static [&'static str]) -> &'static str {
    words.first().copied().unwrap_or("")
}

impl Text {
    /// Adds a part at the end.
    pub(super) fn add(&mut self, part: impl Part) {
        part.add_to(self);
    }

    /// Whether it says nothing in either language.
    pub(super) fn is_empty(&self) -> bool {
        self.in_language(Lang::Fr).is_empty() && self.in_language(Lang::En).is_empty()
    }

    /// On one line, every word in one language.
    pub(crate) fn in_language(&self, lang: Lang) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Word(word) => out.push_str(word.in_language(lang)),
                Piece::Named(text, _) | Piece::Kept(text, _) => out.push_str(text),
                Piece::Comma => out.push_str(", "),
                Piece::Connective(word) => {
                    out.push(' ');
                    out.push_str(word.in_language(lang));
                    out.push(' ');
                }
                Piece::Open => out.push('('),
                Piece::Close => out.push(')'),
            }
        }
        out
    }

    /// Whether its text in either language passes a test.
    pub(super) fn either(&self, test: impl Fn(&str) -> bool) -> bool {
        test(&self.in_language(Lang::Fr)) || test(&self.in_language(Lang::En))
    }
}

/// What a line is put together from.
pub(super) trait Part {
    /// Adds itself to a line.
    fn add_to(self, text: &mut Text);
}

impl Part for &'static str {
    fn add_to(self, text: &mut Text) {
        if !self.is_empty() {
            text.pieces.push(Piece::Plain(Cow::Borrowed(self)));
        }
    }
}

impl Part for String {
    fn add_to(self, text: &mut Text) {
        text.pieces.push(Piece::Plain(Cow::Owned(self)));
    }
}

impl Part for u32 {
    fn add_to(self, text: &mut Text) {
        self.to_string().add_to(text);
    }
}

impl Part for Word {
    fn add_to(self, text: &mut Text) {
        text.pieces.push(Piece::Word(self));
    }
}

impl Part for Piece {
    fn add_to(self, text: &mut Text) {
        text.pieces.push(self);
    }
}

impl Part for Text {
    fn add_to(self, text: &mut Text) {
        text.pieces.extend(self.pieces);
    }
}

impl<P: Part> Part for Option<P> {
    fn add_to(self, text: &mut Text) {
        if let Some(part) = self {
            part.add_to(text);
        }
    }
}

/// Parts put together: `text![Word::pair(ON), " ", label(module)]`.
macro_rules! text {
    ($($part:expr),* $(,)?) => {{
        #[allow(unused_mut, reason = "an empty text")]
        let mut text = $crate::syntax::printer::text::Text::default();
        $(text.add($part);)*
        text
    }};
}
pub(super) use text;

/// Texts with commas between them.
pub(super) fn listed(texts: impl IntoIterator<Item = Text>) -> Text {
    let mut list = Text::default();
    for (index, text) in texts.into_iter().enumerate() {
        if index > 0 {
            list.add(Piece::Comma);
        }
        list.add(text);
    }
    list
}

/// Texts with spaces between them; empty ones are left out.
pub(super) fn spaced(texts: impl IntoIterator<Item = Text>) -> Text {
    let mut list = Text::default();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !list.pieces.is_empty() {
            list.add(" ");
        }
        list.add(text);
    }
    list
}

/// Something in brackets.
pub(super) fn bracketed(text: impl Part) -> Text {
    text![Piece::Open, text, Piece::Close]
}

/// A line and the lines that belong to it, two spaces deeper.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(super) text: Text,
    /// Where it begins in the source, if the document knows more than its names do.
    pub(super) at: Option<Span>,
    /// Whether a blank line stands above it.
    pub(super) apart: bool,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(super) fn new(text: Text) -> Node {
        Node { text, ..Node::default() }
    }

    pub(super) fn at(self, span: Span) -> Node {
        Node { at: Some(span), ..self }
    }

    pub(super) fn with(self, children: impl IntoIterator<Item = Node>) -> Node {
        Node { children: children.into_iter().collect(), ..self }
    }
}
