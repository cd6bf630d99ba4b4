//! The list of what is offered.

use jalon::checked::readings::FieldId;
use jalon::lang::Lang;
use jalon::schema::{Field, TextMode};
use jalon::syntax::vocabulary::Place;
use jalon::syntax::{written_name, written_value};
use jalon::value::fold::fold;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat,
    MarkupContent, MarkupKind, Range, TextEdit,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::line::Line;
use super::{Asked, Offered};
use crate::analysis::{Analysis, Target};
use crate::hover;

/// What is offered so far.
pub(super) struct Items<'a> {
    pub(super) analysis: &'a Analysis,
    /// The language of keywords.
    pub(super) lang: Lang,
    asked: &'a Asked<'a>,
    start: usize,
    /// An open quote before the cursor, and whether one closes behind it.
    quote: Option<(usize, bool)>,
    /// Each with the byte of the line from which it replaces what is typed.
    list: Vec<(usize, CompletionItem)>,
    seen: FxHashSet<(usize, String)>,
}

/// One thing to offer.
pub(super) struct Offer<'o> {
    pub(super) label: &'o str,
    /// What is written, with quotes where they are needed.
    pub(super) text: String,
    pub(super) kind: CompletionItemKind,
    /// What comes first in the list.
    pub(super) order: u8,
    pub(super) detail: Option<String>,
    pub(super) doc: Option<String>,
    /// A text with places to fill in, for clients that can.
    pub(super) snippet: Option<String>,
}

impl<'o> Offer<'o> {
    pub(super) fn new(label: &'o str, text: String, kind: CompletionItemKind, order: u8) -> Self {
        Offer { label, text, kind, order, detail: None, doc: None, snippet: None }
    }
}

impl<'a> Items<'a> {
    pub(super) fn new(analysis: &'a Analysis, asked: &'a Asked<'a>, line: &Line<'_>) -> Items<'a> {
        let lang = asked.source.map_or(analysis.draft.lang, |id| analysis.draft.lang_of(id));
        let quote = line.quote.filter(|_| line.template.is_none());
        let quote = quote.map(|at| (at, line.after.starts_with(['"', '»'])));
        let (list, seen) = (Vec::new(), FxHashSet::default());
        Items { analysis, lang, asked, start: line.start, quote, list, seen }
    }

    /// What is offered in the end: of very much, what fits best to what is typed.
    pub(super) fn finish(self) -> Offered {
        if self.list.len() <= MOST_OFFERED {
            let items = self.list.into_iter().map(|(_, item)| item).collect();
            return Offered { items, is_incomplete: false };
        }
        let mut typed: FxHashMap<usize, String> = FxHashMap::default();
        let ranked = self.list.into_iter().filter_map(|(from, item)| {
            let typed = typed.entry(from).or_insert_with(|| {
                let typed = self.asked.text.as_str().get(self.start + from..self.asked.offset);
                plain(typed.unwrap_or("").trim_start_matches(['"', '«', ' ', '\u{a0}']))
            });
            Some((fit(typed, &plain(&item.label))?, item))
        });
        let mut ranked: Vec<(u8, CompletionItem)> = ranked.collect();
        ranked.sort_by_key(|(fit, _)| *fit);
        ranked.truncate(MOST_OFFERED);
        let items = ranked.into_iter().map(|(fit, item)| {
            let order = item.sort_text.unwrap_or_default();
            CompletionItem { sort_text: Some(format!("{fit}{order}")), ..item }
        });
        Offered { items: items.collect(), is_incomplete: true }
    }

    /// Offers something in place of what stands between a byte of the line and the cursor.
    pub(super) fn add(&mut self, from: usize, offer: Offer<'_>) {
        let mut end = self.asked.offset;
        let (mut from, mut text) = (from, offer.text);
        if let Some((at, closes)) = self.quote {
            if offer.order > KEYWORDS || from > at {
                return;
            }
            from = at;
            end += usize::from(closes);
            if !text.starts_with('"') {
                text = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
            }
        }
        if !self.seen.insert((from, offer.label.to_owned())) {
            return;
        }
        let (text_of, encoding) = (self.asked.text, self.asked.encoding);
        let start = text_of.position(self.start + from, encoding);
        let range = Range::new(start, text_of.position(end, encoding));
        let snippet = offer.snippet.filter(|_| self.asked.snippets);
        let doc = offer.doc.filter(|doc| !doc.is_empty());
        let item = CompletionItem {
            label: offer.label.to_owned(),
            kind: Some(offer.kind),
            detail: offer.detail,
            documentation: doc.map(|value| {
                Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
            }),
            sort_text: Some(format!("{}{:05}", offer.order, self.list.len())),
            filter_text: (text != offer.label).then(|| text.clone()),
            insert_text_format: snippet.as_ref().map(|_| InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range,
                new_text: snippet.unwrap_or(text),
            })),
            ..CompletionItem::default()
        };
        self.list.push((from, item));
    }

    /// A keyword in the language of the file.
    pub(super) fn keyword(&mut self, from: usize, word: &str) {
        let kind = CompletionItemKind::KEYWORD;
        self.add(from, Offer::new(word, word.to_owned(), kind, KEYWORDS + 1));
    }

    /// The words of a place.
    pub(super) fn keywords(&mut self, from: usize, place: Place) {
        for phrase in place.words() {
            self.keyword(from, phrase.word(self.lang));
        }
    }

    /// A field, by its label.
    pub(super) fn field(&mut self, from: usize, field: &Field) {
        let name = field.name();
        let detail = hover::type_of(self.analysis, field, self.lang);
        let others = field.key.names.get(1..).unwrap_or_default();
        let mut doc = Vec::new();
        if !others.is_empty() {
            doc.push(others.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", "));
        }
        let target = Target::Field(FieldId::of(&field.key));
        doc.extend(self.analysis.index.definition(target).map(|d| d.doc.join("\n")));
        doc.retain(|part| !part.is_empty());
        let kind = CompletionItemKind::FIELD;
        let mut offer = Offer::new(name, written_name(name), kind, NAMES);
        offer.detail = Some(detail);
        offer.doc = Some(doc.join("\n\n"));
        self.add(from, offer);
    }

    /// The name of something declared.
    pub(super) fn name(&mut self, from: usize, name: &str, kind: CompletionItemKind) {
        self.add(from, Offer::new(name, written_name(name), kind, NAMES));
    }

    /// A name that is written in quotes, as those of rules are.
    pub(super) fn quoted(&mut self, from: usize, name: &str, kind: CompletionItemKind) {
        let text = format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
        self.add(from, Offer::new(name, text, kind, NAMES));
    }

    /// A value.
    pub(super) fn value(&mut self, from: usize, value: &str, kind: CompletionItemKind) {
        self.add(from, Offer::new(value, written_value(value), kind, VALUES));
    }

    /// A word that is no name: a tick, a date word.
    pub(super) fn word(&mut self, from: usize, word: &str) {
        if self.quote.is_none() {
            let kind = CompletionItemKind::VALUE;
            self.add(from, Offer::new(word, word.to_owned(), kind, VALUES));
        }
    }

    /// The declared modules.
    pub(super) fn modules(&mut self, from: usize) {
        for (_, module) in self.analysis.draft.checked.schema.declared() {
            let kind = CompletionItemKind::CLASS;
            let mut offer = Offer::new(&module.name, written_name(&module.name), kind, NAMES);
            offer.detail = (!module.aliases.is_empty()).then(|| module.aliases.join(", "));
            self.add(from, offer);
        }
    }

    /// The declared scores.
    pub(super) fn scores(&mut self, from: usize) {
        for score in &self.analysis.draft.checked.scores {
            self.name(from, &score.name, CompletionItemKind::VARIABLE);
        }
    }

    /// The declared rules.
    pub(super) fn rules(&mut self, from: usize) {
        for rule in &self.analysis.draft.checked.rules {
            self.quoted(from, &rule.name, CompletionItemKind::FUNCTION);
        }
    }
}

/// More is not sent at a time.
const MOST_OFFERED: usize = 200;

/// A text as what is typed is looked for in it.
fn plain(text: &str) -> String {
    fold(text, TextMode { ignoring_accents: true, ..TextMode::default() }).into_owned()
}

/// How well a label fits what is typed, the least is best; none where it does not: it begins with
/// it, a word of it does, it holds it, or its letters in order.
fn fit(typed: &str, label: &str) -> Option<u8> {
    let holds = label.match_indices(typed).map(|(at, _)| label[..at].chars().next_back());
    let best = holds.map(|before| match before {
        None => 0,
        Some(before) if !before.is_alphanumeric() => 1,
        Some(_) => 2,
    });
    best.min().or_else(|| {
        let mut letters = label.chars();
        typed.chars().all(|typed| letters.any(|letter| letter == typed)).then_some(3)
    })
}

/// Names before values, values before what is said in words.
pub(super) const NAMES: u8 = 1;
pub(super) const VALUES: u8 = 2;
pub(super) const KEYWORDS: u8 = 3;
