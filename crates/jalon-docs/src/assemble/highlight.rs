//! Colours for programs in the book, made of the words of the language.

use std::collections::BTreeSet;

use jalon::lexicon::{Aggregate, Form, Function, OPERATORS, Quantifier, TICKED, UNTICKED};
use jalon::syntax::vocabulary::Place;
use serde_json::json;

/// The script that colours blocks of programs and criteria.
pub(super) fn script() -> String {
    let words = json!({
        "declarations": sorted(place(Place::Declaration)),
        "lines": sorted(Place::ALL.iter().filter(|of| stands_first(**of)).flat_map(|of| place(*of))),
        "inside": sorted(Place::ALL.iter().filter(|of| stands_inside(**of)).flat_map(|of| place(*of))),
        "options": sorted(Place::ALL.iter().filter(|of| stands_behind_comma(**of)).flat_map(|of| place(*of))),
        "types": sorted(place(Place::Type)),
        "operators": sorted(operators()),
        "functions": sorted(Function::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en)).map(|w| (*w).to_owned())),
        "ticks": sorted(TICKED.iter().chain(UNTICKED).filter(|word| word.contains("sélec") || word.contains("selec") || **word == "✓").map(|w| (*w).to_owned())),
    });
    include_str!("jalon.js").replace("{/* words */}", &words.to_string())
}

/// Operators and connectives, in capitals; those with a number inside by their first words.
fn operators() -> impl Iterator<Item = String> {
    let operators = OPERATORS.iter().filter(|row| row.form == Form::Word);
    let operators = operators.flat_map(|row| row.fr.iter().chain(row.en));
    let quantifiers = Quantifier::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let aggregates = Aggregate::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let more = [
        "et",
        "ou",
        "non",
        "and",
        "or",
        "not",
        "vide",
        "empty",
        "dernier",
        "derniers",
        "dernière",
        "dernières",
        "prochain",
        "prochains",
        "prochaine",
        "prochaines",
        "ago",
        "plus de",
        "à",
        "to",
    ];
    let all = operators.chain(quantifiers).chain(aggregates).chain(&more);
    all.map(|word| word.to_uppercase()).collect::<Vec<_>>().into_iter()
}

fn place(place: Place) -> impl Iterator<Item = String> {
    let words = place.words();
    words.into_iter().flat_map(|phrase| phrase.spellings().map(str::to_owned).collect::<Vec<_>>())
}

/// Places at the start of an indented line.
fn stands_first(place: Place) -> bool {
    matches!(
        place,
        Place::Score
            | Place::Rule
            | Place::Action
            | Place::Blueprint
            | Place::Approval
            | Place::Test
            | Place::Calendar
            | Place::Webhook
            | Place::Handed
    )
}

/// Places behind a comma.
fn stands_behind_comma(place: Place) -> bool {
    matches!(
        place,
        Place::Blueprint
            | Place::State
            | Place::Deadline
            | Place::Level
            | Place::Task
            | Place::Message
            | Place::Meeting
    )
}

/// Places inside a line.
fn stands_inside(place: Place) -> bool {
    matches!(place, Place::Inside | Place::Property)
}

/// Each word once, the longest first.
fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let words: BTreeSet<String> = words.collect();
    let mut words: Vec<String> = words.into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}
