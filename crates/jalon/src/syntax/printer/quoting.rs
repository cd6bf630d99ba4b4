//! Which texts need quotes.

use crate::lexicon::{key, spellings};
use crate::syntax::ast::Name;

/// A text in quotes: `"` and `\` escaped, `${…}` as it stands.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let unit = match rest.find('}') {
            Some(end) if rest.starts_with("${") => end + 1,
            _ => c.len_utf8(),
        };
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            _ => quoted.push_str(&rest[..unit]),
        }
        rest = &rest[unit..];
    }
    quoted.push('"');
    quoted
}

/// A name (a field, a module, a score), in quotes only where it would not read back bare.
pub(crate) fn name(name: &Name) -> String {
    let dotted = name.quoted && name.text.contains('.');
    if dotted || needs_quotes(&name.text, false) { quote(&name.text) } else { name.text.clone() }
}

/// A value, in quotes where it stood in quotes or would not read back bare.
pub(crate) fn value(name: &Name) -> String {
    if name.quoted || needs_quotes(&name.text, true) {
        quote(&name.text)
    } else {
        name.text.clone()
    }
}

/// Whether a bare text would read back as something else.
fn needs_quotes(text: &str, on_the_right: bool) -> bool {
    text.trim() != text
        || text.is_empty()
        || has_special(text)
        || has_keyword(text, on_the_right)
        || (on_the_right && begins_as_operand(text))
        || (!on_the_right && ends_as_operator(text))
}

/// `,` `(` `)` and quotes; a colon beside white space; `#` that opens a comment. A comma between
/// two digits is a decimal comma.
fn has_special(text: &str) -> bool {
    let space = |c: Option<char>| c.is_none_or(|c| c == ' ');
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let special = match c {
            '(' | ')' | '"' | '«' | '»' | '\n' => true,
            ',' => !(digit(before) && digit(after)),
            ':' => space(before) || space(after),
            '#' => space(before),
            _ => false,
        };
        if special {
            return true;
        }
        before = Some(c);
    }
    false
}

/// A sign standing alone, a connective or an operator in capitals.
fn has_keyword(text: &str, on_the_right: bool) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().enumerate().any(|(i, word)| {
        matches!(*word, "ET" | "OU" | "AND" | "OR")
            || (on_the_right && matches!(*word, "À" | "TO"))
            || SIGNS.contains(word)
            || is_regex(&words[..i], word)
            || (is_capitals(word) && begins_operator(&words[i..]))
    })
}

const SIGNS: &[&str] = &["<", "<=", ">", ">=", "=", "!=", "≤", "≥", "≠"];

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// A slash behind `correspond à` opens a regular expression, whatever the case.
fn is_regex(before: &[&str], word: &str) -> bool {
    let matches = |word: &str| matches!(key(word).as_ref(), "correspond" | "matches");
    word.starts_with('/') && before.iter().rev().take(2).any(|word| matches(word))
}

fn begins_operator(words: &[&str]) -> bool {
    let first = key(words[0]);
    let stand = |expected: &[&str]| {
        words.len() >= expected.len()
            && expected.iter().zip(words).all(|(w, word)| is_capitals(word) && key(word) == *w)
    };
    spellings(&first).iter().any(|spelling| {
        let expected: Vec<&str> = spelling.words.iter().map(String::as_str).collect();
        stand(&expected)
    }) || WINDOWS.iter().any(|window| stand(window))
}

/// How the operators with a number inside begin.
const WINDOWS: &[&[&str]] = &[
    &["dans", "les"],
    &["dans", "le"],
    &["dans", "la"],
    &["dans", "plus"],
    &["il", "y", "a", "plus"],
    &["in", "more", "than"],
    &["in", "the", "last"],
    &["in", "the", "next"],
    &["more", "than"],
];

/// Whether a bare value would join the operator before it.
fn begins_as_operand(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("");
    matches!(first, "TOUT" | "ALL" | "PAS" | "NOT" | "NON" | "FROM")
}

/// Whether a bare value behind `EST` would read as `VIDE` with or without `NON`.
pub(super) fn reads_as_empty(text: &str) -> bool {
    matches!(key(text).as_ref(), "vide" | "empty" | "non vide" | "non empty" | "not empty")
        || text.starts_with("VIDE ")
        || text.starts_with("EMPTY ")
}

/// What would join the operator behind it.
fn ends_as_operator(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("");
    matches!(last, "NE" | "NOT" | "DOES" | "IN" | "NON")
}
