//! Texts that are almost the same.

use rustc_hash::FxHashMap;

use crate::schema::TextMode;
use crate::value::fold::fold;

/// How two texts are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// But for accents, case, spaces, hyphens, dots and apostrophes.
    Signs,
    /// But for one letter inside a word.
    Letter,
}

/// A word of so many letters may be misspelled.
const LETTERS: usize = 6;

/// The pairs of texts that are almost the same and do not compare as the same, by place, the
/// earlier first.
pub(super) fn twins(texts: &[&str], mode: TextMode) -> Vec<(usize, usize, Likeness)> {
    let mut found = same_but_for_signs(texts, mode);
    found.extend(misspelled(texts));
    found
}

/// The pairs that differ in signs only.
pub(super) fn same_but_for_signs(texts: &[&str], mode: TextMode) -> Vec<(usize, usize, Likeness)> {
    let mut found = Vec::new();
    let mut bare: FxHashMap<String, usize> = FxHashMap::default();
    for (index, text) in texts.iter().enumerate() {
        let form = bare_form(text);
        let letters = form.chars().filter(|c| c.is_alphabetic()).count();
        if form.chars().count() < 3 || letters == 0 {
            continue;
        }
        match bare.get(&form) {
            Some(first) if fold(texts[*first], mode) != fold(texts[index], mode) => {
                found.push((*first, index, Likeness::Signs));
            }
            Some(_) => {}
            None => {
                bare.insert(form, index);
            }
        }
    }
    found
}

/// The pairs that differ in one letter.
fn misspelled(texts: &[&str]) -> Vec<(usize, usize, Likeness)> {
    let bare: Vec<String> = texts.iter().map(|text| bare_form(text)).collect();
    // Two texts that differ in one letter share one of their forms without a letter.
    let mut without: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let words: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    for (index, text) in words.iter().enumerate() {
        let mut forms = vec![text.clone()];
        forms.extend(
            text.char_indices().map(|(at, c)| [&text[..at], &text[at + c.len_utf8()..]].concat()),
        );
        forms.sort_unstable();
        forms.dedup();
        for form in forms.into_iter().filter(|_| text.len() <= 200) {
            without.entry(form).or_default().push(index);
        }
    }
    let mut pairs: Vec<(usize, usize)> = without
        .values()
        .filter(|places| places.len() > 1 && places.len() <= 20)
        .flat_map(|places| {
            let pair = |(at, first): (usize, &usize)| {
                places[at + 1..].iter().map(|second| (*first, *second)).collect::<Vec<_>>()
            };
            places.iter().enumerate().flat_map(pair).collect::<Vec<_>>()
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let alike = |(first, second): &(usize, usize)| {
        bare[*first] != bare[*second] && is_misspelled(&words[*first], &words[*second])
    };
    pairs.into_iter().filter(alike).map(|(a, b)| (a, b, Likeness::Letter)).collect()
}

/// Without case, accents, spaces, and the signs that do not tell words apart.
fn bare_form(text: &str) -> String {
    let text = plain(text);
    let chars: Vec<char> = text.chars().collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let between = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        between || !(c.is_whitespace() || "-‐‑–_.'’,".contains(**c))
    });
    kept.map(|(_, c)| *c).collect()
}

/// Without case and accents.
fn plain(text: &str) -> String {
    fold(text, TextMode { case_sensitive: false, ignoring_accents: true }).into_owned()
}

/// Whether two texts are the same but for one letter inside one long word: not its first, not a
/// digit, and no other change.
fn is_misspelled(a: &str, b: &str) -> bool {
    let (a_words, b_words): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    if a_words.len() != b_words.len() {
        return false;
    }
    let mut other = a_words.iter().zip(&b_words).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (other.next(), other.next()) else { return false };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let letters = |word: &[char]| word.iter().filter(|c| c.is_alphabetic()).count();
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    if same == 0 || letters(&a).min(letters(&b)) < LETTERS {
        return false;
    }
    let (rest_a, rest_b) = (&a[same..], &b[same..]);
    let one = |long: &[char], short: &[char]| {
        long.len() == short.len() + 1 && long[1..] == *short && long[0].is_alphabetic()
    };
    let swapped = rest_a.len() == rest_b.len()
        && rest_a[1..] == rest_b[1..]
        && rest_a[0].is_alphabetic()
        && rest_b[0].is_alphabetic();
    swapped || one(rest_a, rest_b) || one(rest_b, rest_a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> Option<Likeness> {
        twins(&[a, b], TextMode::default()).first().map(|(.., likeness)| *likeness)
    }

    #[test]
    fn spellings_of_one_value_are_alike_and_different_values_are_not() {
        for (a, b) in [
            ("Désabonné", "Desabonné"),
            ("Client actif", "Client-actif"),
            ("e-mail", "Email"),
            ("S.A.R.L.", "SARL"),
            ("Côte d'Azur", "Cote d’Azur"),
        ] {
            assert_eq!(alike(a, b), Some(Likeness::Signs), "{a} {b}");
        }
        for (a, b) in [("partenaire", "partenaires"), ("Abandonnée", "Abandonée")] {
            assert_eq!(alike(a, b), Some(Likeness::Letter), "{a} {b}");
        }
        for (a, b) in [
            ("Off", "OFF"),
            ("C", "C++"),
            ("<10 salariés", ">10 salariés"),
            ("1,5 an", "15 an"),
            ("Gambie", "Zambie"),
            ("Groupe A", "Groupe B"),
            ("Niveau 1", "Niveau 2"),
            ("Opted In", "Opted Out"),
            ("Clic CRM", "Clic ZC"),
            ("06", "6"),
            ("Mars", "Mardi"),
            ("Client actif", "Clent actif"),
        ] {
            assert_eq!(alike(a, b), None, "{a} {b}");
        }
    }
}
