//! What each word of the vocabulary means where it stands, for the language reference and for
//! editors.

mod joining;
mod module;
mod process;
mod rule;

use super::Place;
use crate::lang::Text;

/// For each place its words, by their printed French spelling, with what they mean.
type Meanings = [(Place, &'static [(&'static str, &'static str, &'static str)])];

const ALL: [&Meanings; 4] =
    [module::MEANINGS, rule::MEANINGS, process::MEANINGS, joining::MEANINGS];

/// What a word means in a place, by its printed French spelling.
pub(super) fn meaning(place: Place, french: &str) -> Option<Text> {
    let (_, words) = ALL.into_iter().flatten().find(|(of, _)| *of == place)?;
    words.iter().find(|(word, ..)| *word == french).map(|(_, fr, en)| Text::new(fr, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn every_word_has_its_meaning_and_every_meaning_its_word() {
        for place in Place::ALL.iter().copied() {
            let missing: Vec<_> = place
                .words()
                .iter()
                .map(|phrase| phrase.word(Lang::Fr))
                .filter(|word| meaning(place, word).is_none())
                .collect();
            assert!(missing.is_empty(), "{place:?}: {missing:?}");
        }
        for (place, words) in ALL.into_iter().flatten() {
            for (word, ..) in *words {
                let known = place.words().iter().any(|phrase| phrase.word(Lang::Fr) == *word);
                assert!(known, "{place:?}: {word}");
            }
        }
    }
}
