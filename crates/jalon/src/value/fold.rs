//! How texts compare: NFC, full case folding, NFC again, one kind of space and apostrophe.
//!
//! Folding has three paths with one meaning: ASCII and the letters of Latin-1 (vectors, as cheap
//! as lowering), the other letters and the punctuation of western texts (a table, built from the
//! third path), and everything else (the Unicode algorithms). None allocates once its buffer has grown, but for
//! rare ligatures and letters under more than four marks.

use std::borrow::Cow;
use std::sync::LazyLock;

use icu_casemap::CaseMapper;
use jalon_simd::{Letters, Padded, letters};
use serde::Serialize;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// How a field's text compares. The default folds case and keeps accents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct TextMode {
    /// `casse stricte`
    pub case_sensitive: bool,
    /// `sans accents`
    pub ignoring_accents: bool,
}

/// The form of a text in which it is compared.
///
/// ```
/// use jalon::{schema::TextMode, value::fold::fold};
/// assert_eq!(fold("L’ÉCOLE Straße", TextMode::default()), "l'école strasse");
/// ```
pub fn fold(text: &str, mode: TextMode) -> Cow<'_, str> {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, mode, &mut folded);
    if folded == text { Cow::Borrowed(text) } else { Cow::Owned(folded) }
}

/// [`fold`] into a buffer, whose content it replaces.
pub fn fold_into(text: &str, mode: TextMode, folded: &mut String) {
    folded.clear();
    if mode == TextMode::default() {
        if jalon_simd::fold_into(text, folded) == Letters::Other {
            fold_unusual(text, mode, folded);
        }
        return;
    }
    match (letters(text.as_bytes()), mode.case_sensitive) {
        (Letters::Ascii, true) => folded.push_str(text),
        (Letters::Ascii, false) => {
            folded.push_str(text);
            folded.make_ascii_lowercase();
        }
        (Letters::Latin, true) if !mode.ignoring_accents => folded.push_str(text),
        _ => fold_unusual(text, mode, folded),
    }
}

/// [`fold_into`] of more than ASCII and the letters of Latin-1.
#[cold]
fn fold_unusual(text: &str, mode: TextMode, folded: &mut String) {
    if !fold_western(text, mode, folded) {
        folded.clear();
        fold_any(text, mode, folded);
    }
}

/// A buffer for folded texts that kernels look at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    text: Padded,
    /// Where texts are folded that are not in default mode or not of usual letters.
    unusual: String,
}

impl Folded {
    /// A text as it compares without `sans accents`, where it is of usual letters and not blank;
    /// of an empty text the empty text.
    #[inline]
    pub(crate) fn usual(&mut self, text: &str, case_sensitive: bool) -> Option<&Padded> {
        let letters = if case_sensitive { self.text.copy(text) } else { self.text.fold(text) };
        // Only a text that begins with white space is blank; of ASCII and Latin-1 that is a space.
        (letters != Letters::Other && self.text.first() != b' ').then_some(&self.text)
    }

    /// A text as it compares.
    #[inline]
    pub(crate) fn fold(&mut self, text: &str, mode: TextMode) -> &Padded {
        if mode != TextMode::default() || self.text.fold(text) == Letters::Other {
            self.fold_unusual(text, mode);
        }
        &self.text
    }

    #[inline(never)]
    fn fold_unusual(&mut self, text: &str, mode: TextMode) {
        fold_into(text, mode, &mut self.unusual);
        self.text.set(self.unusual.as_bytes());
    }
}

/// Whether two texts are equal as texts compare.
pub fn eq_folded(a: &str, b: &str, mode: TextMode) -> bool {
    if is_printable_ascii(a) && is_printable_ascii(b) {
        return if mode.case_sensitive { a == b } else { a.eq_ignore_ascii_case(b) };
    }
    fold(a, mode) == fold(b, mode)
}

/// Whether two names (fields, record keys, columns) are the same: they compare as text does.
pub fn same_name(a: &str, b: &str) -> bool {
    eq_folded(a, b, TextMode::default())
}

/// Whether a text folds to a text that is folded already; stops at the first difference and
/// allocates only for unusual texts that agree so far.
pub fn folds_to(text: &str, folded: &str, mode: TextMode) -> bool {
    if is_printable_ascii(text) {
        return text.len() == folded.len()
            && if mode.case_sensitive {
                text == folded
            } else {
                text.eq_ignore_ascii_case(folded)
            };
    }
    let table = western_table(mode);
    let mut left = folded.chars();
    let mut right = text.chars().peekable();
    while let Some(c) = right.next() {
        let Some((first, second)) = western(table, c) else { return fold(text, mode) == folded };
        let same = left.next() == Some(first) && (second.is_none() || left.next() == second);
        if !same {
            // A combining mark may still change the letter before it, and only that one.
            return right.peek().is_some_and(|next| western(table, *next).is_none())
                && fold(text, mode) == folded;
        }
    }
    left.next().is_none()
}

/// Whether a text holds nothing but white space.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// What a text comparison fails by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NearMiss {
    /// It would be otherwise if case did not count.
    Case,
    /// It would be otherwise if accents did not count.
    Accents,
    /// It would be otherwise without the spaces around the texts.
    OuterSpaces,
}

/// Looks for the one thing that a text test fails (or, negated, holds) by.
///
/// `holds` judges the test with the folding that it is given, to be applied to the value and to
/// the constants alike.
///
/// ```
/// use jalon::{schema::TextMode, value::fold::{NearMiss, near_miss}};
/// let equal = |fold: &dyn Fn(&str) -> String| fold("Éze") == fold("eze");
/// assert_eq!(near_miss(TextMode::default(), equal), Some(NearMiss::Accents));
/// ```
pub fn near_miss(
    mode: TextMode,
    holds: impl Fn(&dyn Fn(&str) -> String) -> bool,
) -> Option<NearMiss> {
    let under = |mode: TextMode| holds(&|text| fold(text, mode).into_owned());
    let verdict = under(mode);
    if mode.case_sensitive && under(TextMode { case_sensitive: false, ..mode }) != verdict {
        return Some(NearMiss::Case);
    }
    if !mode.ignoring_accents && under(TextMode { ignoring_accents: true, ..mode }) != verdict {
        return Some(NearMiss::Accents);
    }
    let trimmed = holds(&|text| fold(text.trim(), mode).into_owned());
    (trimmed != verdict).then_some(NearMiss::OuterSpaces)
}

/// Whether every byte is printable ASCII (or DEL).
fn is_printable_ascii(text: &str) -> bool {
    letters(text.as_bytes()) == Letters::Ascii
}

/// One kind of space, one kind of apostrophe.
pub(crate) fn unify(c: char) -> char {
    match c {
        '’' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The first character that may combine with the one before it.
const FIRST_COMBINING: usize = 0x300;

/// What each character below [`FIRST_COMBINING`] folds to: one or two characters.
type WesternTable = [(char, Option<char>); FIRST_COMBINING];

fn western_table(mode: TextMode) -> &'static WesternTable {
    fn build(case_sensitive: bool, ignoring_accents: bool) -> WesternTable {
        let mode = TextMode { case_sensitive, ignoring_accents };
        let mut source = String::new();
        let mut folded = String::new();
        std::array::from_fn(|code| {
            source.clear();
            folded.clear();
            source.extend(char::from_u32(code as u32));
            fold_any(&source, mode, &mut folded);
            let mut chars = folded.chars();
            (chars.next().unwrap_or_default(), chars.next())
        })
    }
    static PLAIN: LazyLock<WesternTable> = LazyLock::new(|| build(false, false));
    static NO_ACCENTS: LazyLock<WesternTable> = LazyLock::new(|| build(false, true));
    static CASE: LazyLock<WesternTable> = LazyLock::new(|| build(true, false));
    static CASE_NO_ACCENTS: LazyLock<WesternTable> = LazyLock::new(|| build(true, true));
    match (mode.case_sensitive, mode.ignoring_accents) {
        (false, false) => &PLAIN,
        (false, true) => &NO_ACCENTS,
        (true, false) => &CASE,
        (true, true) => &CASE_NO_ACCENTS,
    }
}

/// What a character folds to, if it neither combines with its neighbours nor needs the full
/// algorithm.
fn western(table: &WesternTable, c: char) -> Option<(char, Option<char>)> {
    match table.get(c as usize) {
        Some(folded) => Some(*folded),
        // General punctuation without its invisible joiners, and the euro sign.
        None => matches!(c, '\u{2010}'..='\u{205F}' | '€').then(|| (unify(c), None)),
    }
}

/// Folds a text of western letters; `false` if it holds anything else.
fn fold_western(text: &str, mode: TextMode, folded: &mut String) -> bool {
    let table = western_table(mode);
    for c in text.chars() {
        let Some((first, second)) = western(table, c) else { return false };
        folded.push(first);
        folded.extend(second);
    }
    true
}

/// Folds any text, by the Unicode algorithms.
fn fold_any(text: &str, mode: TextMode, folded: &mut String) {
    let normal = text.chars().map(unify).nfc();
    match (mode.case_sensitive, mode.ignoring_accents) {
        (true, false) => folded.extend(normal),
        (false, false) => {
            folded.extend(normal.clone().flat_map(fold_case));
            if is_nfc_quick(folded.chars()) != IsNormalized::Yes {
                folded.clear();
                folded.extend(normal.flat_map(fold_case).nfc());
            }
        }
        (true, true) => folded.extend(without_accents(normal)),
        (false, true) => folded.extend(without_accents(normal.flat_map(fold_case))),
    }
}

/// The full case folding of one character, at most three; it depends on no neighbour.
fn fold_case(c: char) -> impl Iterator<Item = char> {
    let mut folded = [None; 3];
    match c {
        c if c.is_ascii() => folded[0] = Some(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded = [Some('s'), Some('s'), None],
        // What has several letters in another case may have several when folded.
        c if c.to_uppercase().len() > 1 || c.to_lowercase().len() > 1 => {
            let letters = CaseMapper::new().fold_string(c.encode_utf8(&mut [0; 4])).into_owned();
            folded.iter_mut().zip(letters.chars()).for_each(|(slot, letter)| *slot = Some(letter));
        }
        c => folded[0] = Some(CaseMapper::new().simple_fold(c)),
    }
    folded.into_iter().flatten()
}

/// Characters without their combining marks, and with ligatures as two letters, in NFC.
fn without_accents(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let letters = chars.nfd().filter(|c| !is_combining_mark(*c));
    let letters = letters.flat_map(|c| {
        let (first, second) = match c {
            'œ' => ('o', Some('e')),
            'æ' => ('a', Some('e')),
            'Œ' => ('O', Some('E')),
            'Æ' => ('A', Some('E')),
            c => (c, None),
        };
        std::iter::once(first).chain(second)
    });
    letters.nfc()
}

#[cfg(test)]
mod tests;
