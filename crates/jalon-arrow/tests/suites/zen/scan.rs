//! Words, texts, numbers and signs.

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    Number(String),
    Text(String),
    /// Between backticks.
    Template(String),
    Sign(&'static str),
}

const SIGNS: &[&str] = &[
    "..", "**", "==", "!=", "<=", ">=", "??", "=", "<", ">", "+", "-", "*", "/", "%", "^", "?",
    ":", ",", ";", ".", "(", ")", "[", "]", "{", "}",
];

/// The pieces of an expression; names of several words that are known count as one.
pub fn scan(text: &str, names: &[&str]) -> Vec<Token> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '$' | '#' | '_');
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' | '"' | '`' => {
                let end = rest[1..].find(first).unwrap_or_else(|| panic!("no end: {text}")) + 1;
                let inner = rest[1..end].to_owned();
                let make = if first == '`' { Token::Template } else { Token::Text };
                (make(inner), end + 1)
            }
            '0'..='9' => number(rest),
            '.' if rest[1..].starts_with(|c: char| c.is_ascii_digit()) => number(rest),
            c if in_word(c) => {
                let known = names.iter().find(|name| rest.starts_with(**name));
                let end = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
                let length = known.map_or(end, |name| name.len());
                (Token::Word(rest[..length].to_owned()), length)
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                let sign = sign.unwrap_or_else(|| panic!("what is `{rest}` in {text}?"));
                (Token::Sign(sign), sign.len())
            }
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    tokens
}

/// `12`, `.5`, `1.5e-3`; not the first dot of `1..10`.
fn number(rest: &str) -> (Token, usize) {
    let bytes = rest.as_bytes();
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let from = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if digits(from) > from {
            end = digits(from);
        }
    }
    (Token::Number(rest[..end].to_owned()), end)
}
