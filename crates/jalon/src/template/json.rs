//! Where a field stands in a JSON text, and whether the text around the fields is JSON.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::{Escape, Finding, Problem};

/// The reading of a JSON text.
#[derive(Debug)]
pub(super) struct Json {
    expects: Expects,
    /// For each open bracket, whether it is an object's.
    open: Vec<bool>,
    /// The text so far, with something of the same length for each field.
    stand_in: String,
    refused: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expects {
    Value,
    /// The name of a member.
    Key,
    /// `,`, `:` or a bracket.
    Sign,
    /// Inside a text.
    Text,
    /// After its `\`.
    Escaped,
    /// In its `\u`: so many digits are left.
    Digits(u8),
}

impl Json {
    pub(super) fn new(length: usize) -> Json {
        Json {
            expects: Expects::Value,
            open: Vec::new(),
            stand_in: String::with_capacity(length),
            refused: false,
        }
    }

    pub(super) fn text(&mut self, at: usize, text: &str) {
        // In place of a backslash that is not printed.
        self.fill("x", at);
        self.stand_in.push_str(text);
        for c in text.chars() {
            self.sign(c);
        }
    }

    fn sign(&mut self, c: char) {
        self.expects = match (self.expects, c) {
            (Expects::Text, '"') => Expects::Sign,
            (Expects::Text, '\\') => Expects::Escaped,
            (Expects::Escaped, 'u') => Expects::Digits(4),
            (Expects::Digits(left), _) if left > 1 => Expects::Digits(left - 1),
            (Expects::Text | Expects::Escaped | Expects::Digits(_), _) | (_, '"') => Expects::Text,
            (expects, ' ' | '\t' | '\r' | '\n') => expects,
            (_, '{') => {
                self.open.push(true);
                Expects::Key
            }
            (_, '[') => {
                self.open.push(false);
                Expects::Value
            }
            (_, '}' | ']') => {
                self.open.pop();
                Expects::Sign
            }
            (_, ',') if self.open.last() == Some(&true) => Expects::Key,
            (_, ',' | ':') => Expects::Value,
            _ => Expects::Sign,
        };
    }

    pub(super) fn slot(&mut self, range: Range<usize>) -> Result<Escape, Problem> {
        self.fill("x", range.start);
        match self.expects {
            Expects::Text => {
                self.fill("x", range.end);
                Ok(Escape::JsonString)
            }
            Expects::Value => {
                self.stand_in.push('0');
                self.fill(" ", range.end);
                self.expects = Expects::Sign;
                Ok(Escape::JsonValue)
            }
            _ => {
                self.refused = true;
                Err(Problem::JsonPlace)
            }
        }
    }

    fn fill(&mut self, with: &str, to: usize) {
        for _ in self.stand_in.len()..to {
            self.stand_in.push_str(with);
        }
    }

    pub(super) fn end(self, text: &str, findings: &mut Vec<Finding>) {
        if self.refused {
            return;
        }
        let Err(error) = serde_json::from_str::<IgnoredAny>(&self.stand_in) else { return };
        let lines = self.stand_in.split_inclusive('\n');
        let line: usize = lines.take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (line + error.column().saturating_sub(1)).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        findings.push(Finding { problem: Problem::BadJson, range: at..end });
    }
}
