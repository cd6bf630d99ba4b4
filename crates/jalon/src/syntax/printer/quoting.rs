//! Which texts need quotes.

use crate::lexicon::{key, spellings};
use crate::syntax::ast::Name;

/// A text in quotes: `"` and `\` escaped, `${…}` as it stands, also a `$` that opens no such unit.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            quoted.push_str("\\n");
        }
        quote_line(line, &mut quoted);
    }
    quoted.push('"');
    quoted
}

fn quote_line(line: &str, quoted: &mut String) {
    let last_end = line.rfind('}').unwrap_or(0);
    let mut at = 0;
    while let Some(length) = line[at..].find(['"', '\\', '$']) {
        let (plain, rest) = line[at..].split_at(length);
        quoted.push_str(plain);
        at += length;
        let signs = rest.len() - rest.trim_start_matches('\\').len();
        if signs > 0 && rest[signs..].starts_with("${") && at + signs < last_end {
            // Before a field the text has all its backslashes; an odd one takes the `${`.
            let kept = signs + 2 * (signs % 2);
            quoted.push_str(&rest[..kept]);
            at += kept;
            continue;
        }
        // Looked for only where there is one: each byte is read once.
        let opens = rest.starts_with("${");
        let end = if opens && at < last_end { rest.find('}') } else { None };
        let unit = end.map_or(1, |end| end + 1);
        if end.is_none() && (opens || !rest.starts_with('$')) {
            quoted.push('\\');
        }
        quoted.push_str(&rest[..unit]);
        at += unit;
    }
    quoted.push_str(&line[at..]);
}

/// A name (a field, a module, a score), in quotes only where it would not read back bare.
pub(crate) fn name(name: &Name) -> String {
    let text = &name.text;
    let dotted = name.quoted && text.contains('.');
    // `ENTRE` takes the next `ET` as its own, and `#` may come to open a line.
    let takes = text.split(' ').any(|word| matches!(word, "ENTRE" | "BETWEEN"));
    if dotted || takes || text.starts_with('#') || needs_quotes(text) {
        quote(text)
    } else {
        text.clone()
    }
}

/// The name between a quantifier and its bracket: an operator in it would make it a leaf.
pub(super) fn list_name(list: &Name) -> String {
    let words: Vec<&str> = list.text.split(' ').collect();
    let operator = (0..words.len()).any(|i| begins_operator(&words[i..]));
    if operator || list.text.contains(',') { quote(&list.text) } else { name(list) }
}

/// A value, in quotes where it stood in quotes or would not read back bare.
pub(crate) fn value(name: &Name) -> String {
    if name.quoted || needs_quotes(&name.text) { quote(&name.text) } else { name.text.clone() }
}

/// Whether a bare text would read back as something else wherever it stands.
pub(crate) fn needs_quotes(text: &str) -> bool {
    text.trim() != text || text.is_empty() || has_special(text) || has_keyword(text)
}

/// `,` `(` `)` and quotes; a colon beside white space (after a digit, before white space: `05 :00`
/// is a time); `#` between spaces. A comma between two digits is a decimal comma.
fn has_special(text: &str) -> bool {
    let space = |c: Option<char>| c.is_none_or(|c| c == ' ');
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut before, mut last_word) = (None, None);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let special = match c {
            '(' | ')' | '"' | '«' | '»' | '\n' => true,
            ',' => !(digit(before) && digit(after)),
            ':' => space(after) || (space(before) && !digit(last_word)),
            '#' => space(before) && space(after),
            _ => false,
        };
        if special {
            return true;
        }
        before = Some(c);
        last_word = if c == ' ' { last_word } else { before };
    }
    false
}

/// A sign standing alone, a connective, or a slash that opens a regular expression.
fn has_keyword(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.iter().enumerate().any(|(i, word)| {
        matches!(*word, "ET" | "OU" | "AND" | "OR")
            || SIGNS.contains(word)
            || is_regex(&words[..i], word)
    })
}

/// Comparison signs, and those of field updates.
const SIGNS: &[&str] = &["<", "<=", ">", ">=", "=", "!=", "≤", "≥", "≠", "+=", "-=", "−="];

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// A slash behind `correspond à` opens a regular expression.
fn is_regex(before: &[&str], word: &str) -> bool {
    let matches = |word: &str| matches!(word, "CORRESPOND" | "correspond" | "MATCHES" | "matches");
    word.starts_with('/')
        && match before {
            [.., operator, "À" | "A" | "à" | "a"] | [.., operator] => matches(operator),
            [] => false,
        }
}

/// Whether some words begin with an operator in capitals.
fn begins_operator(words: &[&str]) -> bool {
    let stand = |expected: &[&str]| {
        words.len() >= expected.len()
            && expected.iter().zip(words).all(|(w, word)| is_capitals(word) && key(word) == *w)
    };
    spellings(&key(words[0])).iter().any(|spelling| {
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

/// Whether a bare first bound would be cut at a word that parts two bounds.
pub(super) fn parts_bounds(text: &str) -> bool {
    text.split(' ').any(|word| matches!(word, "À" | "TO" | "ET" | "AND"))
}

/// Whether a bare value behind `EST` would read as `VIDE`: alone it also does with `NON`, at the
/// start also with more behind it.
pub(super) fn reads_as_empty(text: &str, first: bool, alone: bool) -> bool {
    let key = key(text);
    matches!(key.as_ref(), "vide" | "empty")
        || (alone && matches!(key.as_ref(), "non vide" | "non empty" | "not vide" | "not empty"))
        || (first && (text.starts_with("VIDE ") || text.starts_with("EMPTY ")))
}
