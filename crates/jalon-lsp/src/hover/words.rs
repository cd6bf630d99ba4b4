//! Words of declarations: what each means where it stands, from the table that the language
//! reference is written from.

use std::ops::Range;

use jalon::lang::Lang;
use jalon::syntax::vocabulary::Place;

use crate::completion::{Line, find_words, mask, word_starts};
use crate::text::Text;

/// A word of a declaration, by its printed French spelling, and where it is in its line.
struct Word {
    french: &'static str,
    place: Place,
    range: Range<usize>,
}

impl Word {
    /// The longest word of some places that stands at a byte of a line.
    fn find(masked: &str, at: usize, places: &[Place]) -> Option<Word> {
        let text = masked.get(at..)?;
        let opened = places.iter().filter_map(|place| Some((place.opens(text)?, *place)));
        let ((french, length), place) = opened.max_by_key(|((_, length), _)| *length)?;
        Some(Word { french, place, range: at..at + length })
    }
}

/// What the word of a declaration at a byte means, in a language, and where it stands.
pub(super) fn describe(text: &Text, offset: usize, lang: Lang) -> Option<(String, Range<usize>)> {
    let number = text.line_of(offset);
    let start = text.line_start(number);
    let (masked, ..) = mask(text.line(number));
    let first = masked.len() - masked.trim_start().len();
    let line = Line::find(text, start + first)?;
    let (keyword, _) = line.declaration?;
    // In a line that goes on stand names and values.
    if line.start < start {
        return None;
    }
    let word = at(&masked, first, offset - start, keyword)?;
    let meaning = word.place.meaning(word.french)?.pick(lang);
    let words = word.place.words();
    let phrase = words.iter().find(|phrase| phrase.word(Lang::Fr) == word.french)?;
    let (own, other) = (phrase.word(lang), phrase.word(lang.pick(Lang::En, Lang::Fr)));
    let other = if own == other { String::new() } else { format!(" (`{other}`)") };
    let range = start + word.range.start..start + word.range.end;
    Some((format!("**{own}**{other}\n\n{meaning}"), range))
}

/// The word of a declaration at a byte of a line, of which the quotes are masked.
fn at(masked: &str, first: usize, at: usize, keyword: &str) -> Option<Word> {
    let covers = |word: &Word| word.range.contains(&at);
    let opening = if first == 0 { &[Place::Declaration][..] } else { openings(keyword) };
    let opened =
        Word::find(masked, first, opening).filter(|word| first == 0 || !is_left(masked, word));
    let after = opened.as_ref().map_or(first, |word| word.range.end);
    let behind = match &opened {
        Some(word) if word.range.contains(&at) => return opened,
        Some(word) => inside(if first == 0 { keyword } else { word.french }),
        None if keyword == "module" => &[Place::Type, Place::Property],
        None => &[],
    };
    let mut starts = word_starts(masked).filter(|start| *start >= after);
    let word = starts.find_map(|start| {
        let before = masked[..start].trim_end();
        let begins = start == after + 1 || before.ends_with([',', ':']) || before.ends_with('_');
        Word::find(masked, start, behind).filter(|word| begins && covers(word))
    });
    word.or_else(|| somebody(masked, after).filter(covers)).or_else(|| {
        let scores = matches!(keyword, "score" | "trophée" | "garde" | "planification");
        let (start, _) = find_words(masked, &["si", "if"]).filter(|_| scores)?;
        Word::find(masked, start, &[Place::Rule]).filter(covers)
    })
}

/// Whether a word at the start of a line is the left side of an update.
fn is_left(masked: &str, word: &Word) -> bool {
    let rest = masked.get(word.range.end..).unwrap_or("").trim_start();
    rest.starts_with(':') || rest.starts_with("+=") || rest.starts_with("-=")
}

/// Who is named behind `à`, `pour` or `avec`.
fn somebody(masked: &str, from: usize) -> Option<Word> {
    let rest = masked.get(from..)?;
    let (_, end) = find_words(rest, &["à", "to", "pour", "for", "avec", "with"])?;
    let white = rest.get(end..)?.len() - rest.get(end..)?.trim_start().len();
    Word::find(masked, from + end + white, &[Place::Actor])
}

/// What a line of a declaration may begin with.
fn openings(keyword: &str) -> &'static [Place] {
    match keyword {
        "score" | "trophée" => &[Place::Score],
        "règle" | "planification" | "affectation" => &[Place::Rule, Place::Action],
        "parcours" => &[Place::Blueprint, Place::Action],
        "approbation" => &[Place::Approval, Place::Action],
        "test" => &[Place::Test, Place::Handed],
        "calendrier" => &[Place::Calendar],
        "webhook" => &[Place::Webhook, Place::Method],
        _ => &[],
    }
}

/// What may stand behind a word that a line begins with, and behind commas there.
fn inside(french: &str) -> &'static [Place] {
    match french {
        "enchaînement" => &[Place::Chaining],
        "pipeline" => &[Place::Pipeline],
        "garde" => &[Place::Guard],
        "quand" => &[Place::Trigger],
        "tâche" => &[Place::Task],
        "e-mail" | "alerte" => &[Place::Message],
        "rendez-vous" => &[Place::Meeting],
        "état" | "états" => &[Place::State],
        "propriétaires" => &[Place::Owner, Place::Actor],
        "délai" => &[Place::Deadline],
        "niveau" => &[Place::Level, Place::Actor],
        "attendu" => &[Place::Expectation, Place::Fires, Place::Offered],
        "corps" => &[Place::Format],
        _ => &[],
    }
}
