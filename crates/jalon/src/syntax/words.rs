//! The word level: the tree of words, quotes, signs and brackets that the grammar finds, and the
//! names and texts that stand in it.

mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use tree::{Kind, Sequence, Shape, Term, Token, criterion_tree, value_tokens};

use super::ast;
use super::normal::Normal;
use super::printer::quote;
use crate::diagnostic::{Diagnostic, Fix, Severity, catalogue};

/// Parses comma-separated names, each bare or quoted; empty ones are dropped.
pub(crate) fn names(
    normal: &Normal,
    range: Range<usize>,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<ast::Name>> {
    let before = out.len();
    let tokens = value_tokens(normal, range, super::Limits::default().depth, out)?;
    let mut names = Vec::new();
    for part in split_at_commas(normal, &tokens) {
        if let Some(comma) = part.comma {
            warn_tight_comma(normal, comma, out);
        }
        if !part.tokens.is_empty() {
            names.extend(name(normal, part.tokens, out));
        }
    }
    let errors = out[before..].iter().any(|d| d.severity() == Severity::Error);
    (!errors).then_some(names)
}

/// The name that some tokens spell: one quote, or bare words without brackets.
pub(crate) fn name(
    normal: &Normal,
    tokens: &[Token],
    out: &mut Vec<Diagnostic>,
) -> Option<ast::Name> {
    let range = covered(tokens)?;
    let span = normal.span_of(&range);
    if let [Token { kind: Kind::Quote, .. }] = tokens {
        return Some(ast::Name { span, text: unquote(&normal.text[range]), quoted: true });
    }
    let code = tokens.iter().find_map(|token| match token.kind {
        Kind::Quote => Some(&catalogue::PARTLY_QUOTED),
        Kind::Bracket(_) => Some(&catalogue::BRACKET_IN_NAME),
        _ => None,
    });
    let text = spaced(&normal.text[range]);
    if let Some(code) = code {
        out.push(quotable(code, span, &text));
        return None;
    }
    Some(ast::Name { span, text: text.into_owned(), quoted: false })
}

/// Says that the quote at the start of a range does not close up to its end, or that a field in
/// it does not: then its closing quote is a part of the field.
pub(crate) fn unclosed_quote(normal: &Normal, range: Range<usize>) -> Diagnostic {
    let text = normal.text[range.clone()].trim_end();
    let sign = text.chars().next().unwrap_or('"');
    let close = if sign == '«' { '»' } else { '"' };
    let insert = |at: usize, new| Fix::replace(&catalogue::INSERT, normal.span(at, at), new);
    let escaped = |at: usize| (at - text[..at].trim_end_matches('\\').len()) % 2 == 1;
    let field = text.rfind("${").filter(|at| !escaped(*at) && !text[*at..].contains('}'));
    let Some(field) = field else {
        let mark = if sign == '«' { " »" } else { "\"" };
        let span = normal.span(range.start, range.start + sign.len_utf8());
        let open = Diagnostic::new(&catalogue::UNCLOSED_QUOTE, span);
        return open.fix(insert(range.start + text.len(), mark));
    };
    let at = range.start + field;
    let open = Diagnostic::new(&catalogue::TEMPLATE_UNCLOSED, normal.span(at, at + 2));
    let open = open.arg("sign", "${");
    match text[field..].find(close) {
        Some(end) => {
            let name = text[field..field + end].trim_end();
            open.fix(insert(at + name.len(), "}"))
        }
        None => open,
    }
}

/// An error about a text that quotes around it mend.
pub(crate) fn quotable(
    code: &'static crate::diagnostic::Code,
    span: crate::source::Span,
    text: &str,
) -> Diagnostic {
    let inside = if code == &catalogue::PARTLY_QUOTED {
        text.replace(['"', '«', '»'], "")
    } else {
        text.to_owned()
    };
    let quoted = quote(&inside);
    Diagnostic::new(code, span).arg("text", text).fix(Fix::replace(
        &catalogue::QUOTE,
        span,
        &quoted,
    ))
}

/// Tokens between commas, with the comma that ends them.
pub(crate) struct Part<'t> {
    /// The tokens; none for an empty item.
    pub(crate) tokens: &'t [Token],
    /// The comma after them.
    pub(crate) comma: Option<&'t Token>,
}

/// Splits at the commas that separate values; a comma between two digits is a decimal comma.
pub(crate) fn split_at_commas<'t>(normal: &Normal, tokens: &'t [Token]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if is_separator(normal, token) {
            parts.push(Part { tokens: &tokens[start..i], comma: Some(token) });
            start = i + 1;
        }
    }
    parts.push(Part { tokens: &tokens[start..], comma: None });
    parts
}

/// Whether a token is a comma that separates values.
pub(crate) fn is_separator(normal: &Normal, token: &Token) -> bool {
    let bytes = normal.text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    matches!(token.kind, Kind::Comma)
        && !(digit(token.range.start.checked_sub(1)) && digit(Some(token.range.end)))
}

/// Warns of a comma with words on both sides and no space.
pub(crate) fn warn_tight_comma(normal: &Normal, comma: &Token, out: &mut Vec<Diagnostic>) {
    let inside_word = |c: Option<char>| {
        c.is_some_and(|c| !matches!(c, ' ' | '\n' | ',' | '(' | ')' | '"' | '«' | '»'))
    };
    let before = normal.text[..comma.range.start].chars().next_back();
    let after = normal.text[comma.range.end..].chars().next();
    if inside_word(before) && inside_word(after) {
        let span = normal.span_of(&comma.range);
        out.push(Diagnostic::new(&catalogue::COMMA_WITHOUT_SPACE, span).fix(Fix::replace(
            &catalogue::REPLACE_WITH,
            span,
            ", ",
        )));
    }
}

/// From the first token to the last.
pub(crate) fn covered(tokens: &[Token]) -> Option<Range<usize>> {
    Some(tokens.first()?.range.start..tokens.last()?.range.end)
}

/// A bare text on one line: a line end with the spaces around it is one space.
pub(crate) fn spaced(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> =
        text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    Cow::Owned(lines.join(" "))
}

/// The text of a quote: marks removed, escapes resolved, `${…}` as it stands. A quote that does
/// not close is read to its end.
pub(crate) fn unquote(raw: &str) -> String {
    let inner = if let Some(inner) = raw.strip_prefix('«') {
        let inner = inner.strip_suffix('»').unwrap_or(inner);
        let inner = inner.strip_prefix(' ').unwrap_or(inner);
        inner.strip_suffix(' ').unwrap_or(inner)
    } else {
        let inner = raw.strip_prefix('"').unwrap_or(raw);
        inner.strip_suffix('"').unwrap_or(inner)
    };
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    let mut closing = Closing::default();
    while let Some(at) = rest.find(['\\', '$']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let signs = rest.len() - rest.trim_start_matches('\\').len();
        let (unit, length) = if signs > 0 && closing.closes(&rest[signs..]) {
            // What stands before a field belongs to the template, which counts the backslashes.
            (&rest[..signs + 2 * (signs % 2)], signs + 2 * (signs % 2))
        } else {
            unit(rest)
        };
        text.push_str(unit);
        rest = &rest[length..];
    }
    text + rest
}

/// Whether a `${` closes on its line, each byte looked at once.
#[derive(Default)]
struct Closing {
    /// How much text is behind the last `}` or line end that was found, and whether it is a `}`.
    last: Option<(usize, bool)>,
}

impl Closing {
    /// `rest` is ever shorter: the same text, read further.
    fn closes(&mut self, rest: &str) -> bool {
        let Some(inside) = rest.strip_prefix("${") else { return false };
        if let Some((_, closes)) = self.last.filter(|(left, _)| *left <= inside.len()) {
            return closes;
        }
        let mut chars = inside.char_indices();
        let mut found = (0, false);
        while let Some((at, c)) = chars.next() {
            let line_ends = c == '\\' && chars.next().is_some_and(|(_, c)| c == 'n');
            if c == '}' || line_ends {
                found = (inside.len() - at, c == '}');
                break;
            }
        }
        self.last = Some(found);
        found.1
    }
}

/// What stands at a `\` or `$`: its meaning and how many bytes it takes.
fn unit(rest: &str) -> (&str, usize) {
    for (escape, meaning) in [("\\\"", "\""), ("\\\\", "\\"), ("\\n", "\n"), ("\\$", "$")] {
        if rest.starts_with(escape) {
            return (meaning, 2);
        }
    }
    let length = match rest.find('}') {
        Some(end) if rest.starts_with("${") => end + 1,
        _ => 1,
    };
    (&rest[..length], length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn read(text: &str) -> (Option<Vec<String>>, Vec<&'static str>) {
        let normal = Normal::new(SourceId(0), text);
        let mut found = Vec::new();
        let names = names(&normal, 0..normal.text.len(), &mut found);
        let shown = |name: ast::Name| {
            if name.quoted { format!("{:?}", name.text) } else { name.text }
        };
        let names = names.map(|names| names.into_iter().map(shown).collect());
        (names, found.iter().map(|finding| finding.code.id).collect())
    }

    #[test]
    fn names_are_bare_or_quoted_and_stand_between_commas() {
        let names = |list: &[&str]| Some(list.iter().map(|&name| name.to_owned()).collect());
        assert_eq!(read("M., Mme"), (names(&["M.", "Mme"]), vec![]));
        assert_eq!(
            read(" « Clôture, gagnée », \"a \\\"b\\\"\",, A ET B "),
            (names(&["\"Clôture, gagnée\"", "\"a \\\"b\\\"\"", "A ET B"]), vec![])
        );
        assert_eq!(read("Casino,Voyance"), (names(&["Casino", "Voyance"]), vec!["W0110"]));
        assert_eq!(read(""), (names(&[]), vec![]));
        assert_eq!(read("Rue (n°), \"x"), (None, vec!["E0115", "E0130"]));
        assert_eq!(read("\"a\" b"), (None, vec!["E0129"]));
    }
}
