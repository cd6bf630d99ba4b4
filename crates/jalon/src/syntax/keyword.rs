//! Keywords of declarations and lines: closed tables of phrases in French and in English, read
//! by the parser, the printer and the suggestions alike.

use unicode_normalization::UnicodeNormalization;

use crate::lang::Lang;

/// One row for each meaning: French, then English spellings, the printed one first.
pub(crate) type Table<T> = [(T, &'static [&'static str], &'static [&'static str])];

/// Whether capitals matter. Accents never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Declaration keywords, types and properties are in lower case.
    Strict,
    /// Lines inside a declaration: `Ajouter 10 Points`.
    Any,
}

/// The letter without its accent.
fn base(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        '’' => '\'',
        _ => c.nfd().next().unwrap_or(c),
    }
}

/// Whether two letters are the same but for accents.
pub(crate) fn same(a: char, b: char, case: Case) -> bool {
    let (a, b) = (base(a), base(b));
    match case {
        Case::Strict => a == b,
        Case::Any => a == b || a.to_lowercase().eq(b.to_lowercase()),
    }
}

/// Whether a word may end before `next`.
fn ends_word(next: Option<char>) -> bool {
    next.is_none_or(|c| c.is_whitespace() || ",():\"«»".contains(c))
}

/// How many bytes of `text` the phrase takes if `text` begins with it as whole words. A space of
/// the phrase stands for any run of white space.
pub(crate) fn starts(text: &str, phrase: &str, case: Case) -> Option<usize> {
    let mut rest = text;
    for expected in phrase.chars() {
        if expected == ' ' {
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        } else {
            let mut chars = rest.chars();
            if !same(chars.next()?, expected, case) {
                return None;
            }
            rest = chars.as_str();
        }
    }
    ends_word(rest.chars().next()).then_some(text.len() - rest.len())
}

/// The longest phrase of a table that `text` begins with, and its length in bytes.
pub(crate) fn longest<T: Copy>(table: &Table<T>, text: &str, case: Case) -> Option<(T, usize)> {
    table
        .iter()
        .flat_map(|(meaning, fr, en)| fr.iter().chain(*en).map(move |phrase| (meaning, phrase)))
        .filter_map(|(meaning, phrase)| Some((*meaning, starts(text, phrase, case)?)))
        .max_by_key(|(_, length)| *length)
}

/// The phrase of a table that `text` is, whole.
pub(crate) fn whole<T: Copy>(table: &Table<T>, text: &str, case: Case) -> Option<T> {
    longest(table, text, case)
        .filter(|(_, length)| *length == text.len())
        .map(|(meaning, _)| meaning)
}

/// Whether `text` begins with one of some phrases; the length of the longest.
pub(crate) fn any(phrases: &[&str], text: &str, case: Case) -> Option<usize> {
    phrases.iter().filter_map(|phrase| starts(text, phrase, case)).max()
}

/// The printed spelling of a meaning.
pub(crate) fn spelling<T: PartialEq>(table: &Table<T>, meaning: &T, lang: Lang) -> &'static str {
    table
        .iter()
        .find(|(candidate, ..)| candidate == meaning)
        .and_then(|(_, fr, en)| lang.pick(fr, en).first())
        .map_or("", |word| *word)
}

/// Every spelling of a table, for suggestions.
pub(crate) fn spellings<T>(table: &'static Table<T>) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en).copied())
}

/// The spellings of a word: all of it is looked for as one list.
#[derive(Debug)]
pub(crate) struct Words {
    /// The French ones, then the English ones; the printed one of each language first.
    all: &'static [&'static str],
    french: usize,
}

impl Words {
    /// A list of which so many are French.
    pub(crate) const fn new(french: usize, all: &'static [&'static str]) -> Words {
        Words { all, french }
    }

    /// The French and the English ones.
    pub(crate) fn by_language(&self) -> (&'static [&'static str], &'static [&'static str]) {
        self.all.split_at(self.french.min(self.all.len()))
    }
}

impl std::ops::Deref for Words {
    type Target = [&'static str];

    fn deref(&self) -> &[&'static str] {
        self.all
    }
}

impl IntoIterator for &Words {
    type Item = &'static &'static str;
    type IntoIter = std::slice::Iter<'static, &'static str>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

/// What the parser does with a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `module`
    Module,
    /// `constante`
    Constant,
    /// `score`
    Score,
    /// `règle`
    Rule,
    /// `validation`
    Validation,
    /// `dépendance`
    Dependency,
    /// `calendrier`
    Calendar,
    /// `devises`
    Currencies,
    /// `planification`
    Schedule,
    /// `webhook`
    Webhook,
    /// `garde`
    Guard,
    /// `enchaînement`
    Chaining,
    /// `pipeline`
    Pipeline,
    /// `parcours`
    Blueprint,
    /// `approbation`
    Approval,
    /// `test`
    Test,
    /// Recognised and kept as written; named by its French keyword.
    Kept(&'static str),
}

/// The keywords that begin a declaration.
pub(crate) const DECLARATIONS: &Table<Kind> = &[
    (Kind::Module, &["module"], &["module"]),
    (Kind::Constant, &["constante"], &["constant"]),
    (Kind::Score, &["score"], &["score"]),
    (Kind::Rule, &["règle"], &["rule"]),
    (Kind::Blueprint, &["parcours"], &["blueprint"]),
    (Kind::Validation, &["validation"], &["validation"]),
    (Kind::Dependency, &["dépendance"], &["dependency"]),
    (Kind::Calendar, &["calendrier"], &["calendar"]),
    (Kind::Currencies, &["devises"], &["currencies"]),
    (Kind::Schedule, &["planification"], &["schedule"]),
    (Kind::Kept("affectation"), &["affectation"], &["assignment"]),
    (Kind::Approval, &["approbation"], &["approval"]),
    (Kind::Kept("conversion"), &["conversion"], &["conversion"]),
    (Kind::Kept("doublons"), &["doublons"], &["duplicates"]),
    (Kind::Kept("trophée"), &["trophée"], &["trophy"]),
    (Kind::Kept("rappel"), &["rappel"], &["reminder"]),
    (Kind::Guard, &["garde"], &["guard"]),
    (Kind::Webhook, &["webhook"], &["webhook"]),
    (Kind::Chaining, &["enchaînement"], &["chaining"]),
    (Kind::Pipeline, &["pipeline"], &["pipeline"]),
    (Kind::Test, &["test"], &["test"]),
];

/// `sur M`, in heads.
pub(crate) const ON: &Words = &Words::new(1, &["sur", "on"]);
/// `si`, which opens a criterion.
pub(crate) const IF: &Words = &Words::new(1, &["si", "if"]);
/// `alors`, which ends one.
pub(crate) const THEN: &Words = &Words::new(1, &["alors", "then"]);
/// `au plus`: a cap, or the length of a text.
pub(crate) const AT_MOST: &Words = &Words::new(1, &["au plus", "at most"]);
/// `langue`, at the head of a file.
pub(crate) const LANGUAGE: &Words = &Words::new(1, &["langue", "language"]);

/// The language of a declaration's first line: that of its first word that only one of them has.
pub(crate) fn language_of_head(head: &str) -> Option<Lang> {
    head.split_whitespace().find_map(|word| {
        let keywords = DECLARATIONS.iter().map(|(_, fr, en)| (*fr, *en));
        let mut words = keywords.chain([ON.by_language()]);
        words.find_map(|(fr, en)| match (fr.contains(&word), en.contains(&word)) {
            (true, false) => Some(Lang::Fr),
            (false, true) => Some(Lang::En),
            _ => None,
        })
    })
}

/// The printed one of a French and an English spelling.
pub(crate) fn printed(phrases: &[&'static str], lang: Lang) -> &'static str {
    phrases.get(lang.pick(0, 1)).map_or("", |word| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_spaces_are_free_words_are_whole() {
        assert_eq!(starts("regle X", "règle", Case::Strict), Some(5));
        assert_eq!(starts("règle", "règle", Case::Strict), Some(6));
        assert_eq!(starts("Règle X", "règle", Case::Strict), None);
        assert_eq!(starts("Règle X", "règle", Case::Any), Some(6));
        assert_eq!(starts("au   plus 3", "au plus", Case::Any), Some(9));
        assert_eq!(starts("scores", "score", Case::Any), None);
        assert_eq!(starts("si(A", "si", Case::Any), Some(2));
    }

    #[test]
    fn the_longest_phrase_wins() {
        const TABLE: &Table<u8> = &[(1, &["texte"], &["text"]), (2, &["texte long"], &[])];
        assert_eq!(longest(TABLE, "texte long, unique", Case::Strict), Some((2, 10)));
        assert_eq!(whole(TABLE, "texte longue", Case::Strict), None);
    }
}
