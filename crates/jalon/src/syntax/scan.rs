//! Places in a text outside quotes, and outside brackets where asked.

use std::ops::Range;

use super::keyword::{self, Case};

/// One past the end of the quote that opens at `at`; `None` when it does not close in `text`.
/// `\` takes the next character along, and `${…}` is one unit whose inner quotes do not close.
pub(crate) fn quote_end(text: &str, at: usize) -> Option<usize> {
    let open = text.get(at..)?.chars().next()?;
    let close = if open == '«' { '»' } else { '"' };
    let mut at = at + open.len_utf8();
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        at += match c {
            _ if c == close => return Some(at + c.len_utf8()),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '$' if rest.starts_with("${") => rest.find('}')? + 1,
            _ => c.len_utf8(),
        };
    }
}

/// One past the regex that opens with the slash at `at`, if it closes in `text`.
pub(crate) fn regex_end(text: &str, at: usize) -> Option<usize> {
    let mut chars = text.get(at + 1..)?.char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '/' => return Some(at + 1 + offset + 1),
            _ => {}
        }
    }
    None
}

/// Whether a slash after `before` opens a regex.
fn wants_regex(before: &str) -> bool {
    let before = before.trim_end();
    ["CORRESPOND À", "CORRESPOND A", "correspond à", "correspond a", "MATCHES", "matches"]
        .iter()
        .any(|operator| before.ends_with(operator))
}

/// The characters of a range outside quotes and regexes, each with its place and its depth of
/// brackets. A quote shows as its opening sign; both brackets of a pair have the depth outside.
#[derive(Clone, Debug)]
pub(crate) struct Outside<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// One character outside quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Its first byte.
    pub(crate) at: usize,
    /// Which character.
    pub(crate) c: char,
    /// How many brackets are open around it.
    pub(crate) depth: usize,
    /// One past it, or past the quote that it opens.
    pub(crate) end: usize,
    /// Whether it opens a quote that does not close.
    pub(crate) unclosed: bool,
}

/// The places of `range`.
pub(crate) fn outside(text: &str, range: Range<usize>) -> Outside<'_> {
    Outside { text: text.get(..range.end).unwrap_or(text), at: range.start, depth: 0 }
}

impl Iterator for Outside<'_> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        let at = self.at;
        let c = self.text.get(at..)?.chars().next()?;
        let mut place = Place { at, c, depth: self.depth, end: at + c.len_utf8(), unclosed: false };
        match c {
            '"' | '«' => match quote_end(self.text, at) {
                Some(end) => place.end = end,
                None => place.unclosed = true,
            },
            '/' if wants_regex(&self.text[..at]) => {
                place.end = regex_end(self.text, at).unwrap_or(place.end);
            }
            '(' => self.depth += 1,
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                place.depth = self.depth;
            }
            _ => {}
        }
        self.at = place.end;
        Some(place)
    }
}

/// A range without the white space at its ends.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or("");
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// The first comma that separates, outside brackets: any but one between two digits.
pub(crate) fn comma(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    outside(text, range)
        .find(|p| {
            let decimal = digit(p.at.checked_sub(1)) && digit(Some(p.end));
            p.c == ',' && p.depth == 0 && !decimal
        })
        .map(|p| p.at)
}

/// The parts of a range between separating commas, trimmed; empty ones are dropped.
pub(crate) fn items(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut rest = range;
    loop {
        let end = comma(text, rest.clone()).unwrap_or(rest.end);
        items.push(trim(text, rest.start..end));
        if end >= rest.end {
            break;
        }
        rest.start = end + 1;
    }
    items.retain(|item| !item.is_empty());
    items
}

/// The words outside quotes and brackets at which `found` says yes, with the length it gives.
pub(crate) fn words<'a>(
    text: &'a str,
    range: Range<usize>,
    found: impl Fn(&'a str) -> Option<usize> + 'a,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let whole = text.get(..range.end).unwrap_or(text);
    let mut boundary = true;
    outside(text, range).filter_map(move |p| {
        let here = boundary && p.depth == 0 && !p.c.is_whitespace();
        boundary = p.c.is_whitespace() || matches!(p.c, ',' | ')' | '"' | '«');
        here.then(|| found(whole.get(p.at..)?).map(|length| p.at..p.at + length)).flatten()
    })
}

/// The words that are one of some phrases, in any case.
pub(crate) fn phrases<'a>(
    text: &'a str,
    range: Range<usize>,
    phrases: &'static [&'static str],
) -> impl Iterator<Item = Range<usize>> + 'a {
    words(text, range, move |rest| keyword::any(phrases, rest, Case::Any))
}

/// The colon of a field line: outside quotes and brackets, with white space on at least one
/// side; after a digit white space must follow, so that `05 :00` is a time.
pub(crate) fn field_colon(text: &str, range: Range<usize>) -> Option<usize> {
    let start = range.start;
    let line = text.get(..range.end).unwrap_or(text);
    outside(text, range)
        .find(|p| {
            if p.c != ':' || p.depth > 0 {
                return false;
            }
            let before = line.get(start..p.at).unwrap_or("");
            let space_before = before.chars().next_back().is_none_or(char::is_whitespace);
            let after = line.get(p.end..).and_then(|rest| rest.chars().next());
            let space_after = after.is_none_or(char::is_whitespace);
            let digit = before.trim_end().ends_with(|c: char| c.is_ascii_digit());
            if digit { space_after } else { space_before || space_after }
        })
        .map(|p| p.at)
}

/// One past the bracket that closes the one at `at`.
pub(crate) fn bracket_end(text: &str, range: Range<usize>) -> Option<usize> {
    outside(text, range).skip(1).find(|p| p.c == ')' && p.depth == 0).map(|p| p.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        items(text, 0..text.len()).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn quotes_close_on_their_own_sign() {
        assert_eq!(quote_end(r#""a\"b" c"#, 0), Some(6));
        assert_eq!(quote_end("« a \" b » c", 0), Some("« a \" b »".len()));
        assert_eq!(quote_end(r#""${Nom ou "client"}" x"#, 0), Some(20));
        assert_eq!(quote_end(r#""${Nom" x"#, 0), None);
        assert_eq!(quote_end("\"abc", 0), None);
    }

    #[test]
    fn items_keep_decimals_quotes_and_brackets_whole() {
        assert_eq!(split("1 dès 0,5, 2 dès 20"), ["1 dès 0,5", "2 dès 20"]);
        assert_eq!(split(r#"a, "b, c" , f(x, y),"#), ["a", r#""b, c""#, "f(x, y)"]);
        assert_eq!(split("A CORRESPOND À /(,/, b"), ["A CORRESPOND À /(,/", "b"]);
    }

    #[test]
    fn times_are_no_fields() {
        let colon = |text: &str| field_colon(text, 0..text.len());
        assert_eq!(colon("à 05 :00"), None);
        assert_eq!(colon("à 10:30"), None);
        assert_eq!(colon("Téléphone 2 : 04"), Some("Téléphone 2 ".len()));
        assert_eq!(colon("Nom: texte"), Some(3));
        assert_eq!(colon("\"a : b\" : c"), Some(8));
        assert_eq!(colon("https://x.fr"), None);
    }
}
