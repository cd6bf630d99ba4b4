//! The right side of a leaf, by operator.

use std::ops::Range;

use super::operator::Found;
use super::{takes_one_value, words};
use crate::diagnostic::{Fix, catalogue};
use crate::lexicon::{Op, key};
use crate::syntax::ast::{Item, Name, Right};
use crate::syntax::criterion::Reader;
use crate::syntax::printer::{needs_quotes, quote};
use crate::syntax::words::{Kind, Token, covered, split_at_commas};

impl Reader<'_> {
    /// The right side: the operator that it makes (`EST` with `VIDE` is `EST VIDE`), what stands
    /// there, and how many of its tokens belong to the operator.
    pub(super) fn right(
        &mut self,
        found: &Found,
        operator: &[Token],
        tokens: &[Token],
    ) -> Option<(Op, Right, usize)> {
        let place = covered(operator)?;
        match found.op {
            Op::InLast | Op::InNext | Op::MoreThanAgo | Op::InMoreThan => {
                let right = self.period(found, &place);
                self.nothing_after(&place, tokens)?;
                Some((found.op, right?, 0))
            }
            Op::Changes => {
                self.nothing_after(&place, tokens)?;
                Some((found.op, Right::Nothing, 0))
            }
            _ if tokens.is_empty() => self.missing_value(&place),
            Op::Is | Op::IsNot => self.equality(found.op, &place, tokens),
            Op::Between | Op::NotBetween => {
                let right = self.bounds(&place, tokens, found, &["et", "and"])?;
                Some((found.op, right, 0))
            }
            Op::ChangesFrom => {
                let right = self.bounds(&place, tokens, found, &["a", "to"])?;
                Some((found.op, right, 0))
            }
            Op::Matches => Some((found.op, self.regex(&place, tokens)?, 0)),
            _ => Some((found.op, self.values(found.op, &place, tokens)?, 0)),
        }
    }

    fn missing_value<T>(&mut self, operator: &Range<usize>) -> Option<T> {
        let text = words::spaced(self.text(operator)).into_owned();
        self.report(&catalogue::MISSING_VALUE, operator, |d| d.arg("operator", text));
        None
    }

    fn nothing_after(&mut self, operator: &Range<usize>, tokens: &[Token]) -> Option<()> {
        let Some(rest) = covered(tokens) else { return Some(()) };
        let text = words::spaced(self.text(operator)).into_owned();
        self.report(&catalogue::OPERATOR_NOT_LAST, &rest, |d| d.arg("operator", text));
        None
    }

    fn period(&mut self, found: &Found, operator: &Range<usize>) -> Option<Right> {
        let window = found.window.as_ref()?;
        let text = words::spaced(self.text(operator)).into_owned();
        let count = match &window.count {
            Ok(count) => Some(*count),
            Err(place) => {
                self.report(&catalogue::NUMBER_EXPECTED, place, |d| d.arg("operator", text));
                None
            }
        };
        let unit = match &window.unit {
            Ok(unit) => *unit,
            Err(place) => {
                if count.is_some() {
                    let name = self.text(place);
                    let known = crate::lexicon::Unit::WORDS
                        .iter()
                        .flat_map(|(_, fr, en)| fr.iter().chain(*en).copied());
                    let meant = crate::diagnostic::did_you_mean(name, known);
                    self.report(&catalogue::UNKNOWN_UNIT, place, |d| {
                        d.arg("name", name).suggest(meant)
                    });
                }
                return None;
            }
        };
        let span = self.normal.span_of(&window.range);
        Some(Right::Period { count: count?, unit, span })
    }

    /// `EST` and `N'EST PAS`, which make `EST VIDE` with `VIDE` alone.
    fn equality(
        &mut self,
        op: Op,
        operator: &Range<usize>,
        tokens: &[Token],
    ) -> Option<(Op, Right, usize)> {
        let empty = |op| if op == Op::Is { Op::IsEmpty } else { Op::IsNotEmpty };
        match tokens {
            [word] if self.is_empty_word(word) => return Some((empty(op), Right::Nothing, 1)),
            [non, word] if op == Op::Is && self.is_non(non) && self.is_empty_word(word) => {
                return Some((Op::IsNotEmpty, Right::Nothing, 2));
            }
            [word, next, ..]
                if self.is_empty_word(word)
                    && matches!(self.text(&word.range), "VIDE" | "EMPTY")
                    && !words::is_separator(self.normal, next) =>
            {
                self.nothing_after(&(operator.start..word.range.end), &tokens[1..])?;
            }
            _ => {}
        }
        let parts = split_at_commas(self.normal, tokens);
        let filled = parts.iter().filter(|part| !part.tokens.is_empty()).count();
        for part in &parts {
            let [word] = part.tokens else { continue };
            if !self.is_empty_word(word) {
                continue;
            }
            if filled == 1 {
                return Some((empty(op), Right::Nothing, 0));
            }
            let name = self.text(&word.range);
            let span = self.normal.span_of(&word.range);
            let fix = Fix::replace(&catalogue::QUOTE, span, &quote(name));
            self.report(&catalogue::EMPTY_IN_LIST, &word.range, |d| d.arg("name", name).fix(fix));
            return None;
        }
        Some((op, self.values(op, operator, tokens)?, 0))
    }

    fn is_empty_word(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::Word)
            && matches!(key(self.text(&token.range)).as_ref(), "vide" | "empty")
    }

    fn is_non(&self, token: &Token) -> bool {
        matches!(token.kind, Kind::Word)
            && matches!(self.text(&token.range), "NON" | "non" | "NOT" | "not")
    }

    /// One or more values.
    fn values(&mut self, op: Op, operator: &Range<usize>, tokens: &[Token]) -> Option<Right> {
        let items = self.items(tokens)?;
        if items.is_empty() {
            return self.missing_value(operator);
        }
        if let Some(comma) = tokens.first().filter(|token| words::is_separator(self.normal, token))
        {
            // Without it the operator might be a longer one: `EST , MORE THAN 3 days AGO`.
            let end = tokens.get(1).map_or(comma.range.end, |next| next.range.start);
            let span = self.normal.span_of(&(comma.range.start..end));
            let mut fix = Fix::replace(&catalogue::REMOVE, span, "");
            fix.args.insert("old", ",".to_owned());
            self.report(&catalogue::LEADING_COMMA, &comma.range, |d| d.fix(fix));
            return None;
        }
        if items.len() > 1 && takes_one_value(op) {
            let parts = split_at_commas(self.normal, tokens);
            let second = parts.iter().filter(|part| !part.tokens.is_empty()).nth(1)?;
            let text = words::spaced(self.text(operator)).into_owned();
            let range = second.tokens.first()?.range.start..tokens.last()?.range.end;
            self.report(&catalogue::ONE_VALUE, &range, |d| d.arg("operator", text));
            return None;
        }
        Some(Right::Items(items))
    }

    /// Values between commas; empty ones are dropped.
    pub(in crate::syntax) fn items(&mut self, tokens: &[Token]) -> Option<Vec<Item>> {
        let parts = split_at_commas(self.normal, tokens);
        let mut items = Vec::with_capacity(parts.len());
        let mut sound = true;
        for part in parts {
            if let (Some(comma), false) = (part.comma, self.quiet) {
                words::warn_tight_comma(self.normal, comma, self.out);
            }
            if !part.tokens.is_empty() {
                match self.item(part.tokens) {
                    Some(item) => items.push(item),
                    None => sound = false,
                }
            }
        }
        sound.then_some(items)
    }

    /// One value: a quote, an expression, or bare words.
    fn item(&mut self, tokens: &[Token]) -> Option<Item> {
        let range = covered(tokens)?;
        if let [Token { kind: Kind::Quote, .. }] = tokens {
            return Some(Item { name: self.name(tokens)?, expr: None });
        }
        let text = words::spaced(self.text(&range));
        if let Some(sign) =
            tokens.iter().find(|token| matches!(token.kind, Kind::Sign | Kind::Regex))
        {
            let name = self.text(&sign.range);
            let fix = Fix::replace(&catalogue::QUOTE, self.normal.span_of(&range), &quote(&text));
            // `10 < 20` is no text: quotes would not mend it.
            let is_text = text.contains(char::is_alphabetic);
            self.report(&catalogue::SIGN_IN_VALUE, &sign.range, |d| {
                let d = d.arg("sign", name);
                if is_text { d.fix(fix) } else { d }
            });
            return None;
        }
        let bracket = tokens.iter().any(|token| matches!(token.kind, Kind::Bracket(_)));
        if bracket || self.looks_computed(tokens) {
            let expr = if bracket {
                Some(self.computed(tokens, &range)?)
            } else {
                self.quietly(|reader| reader.expression(tokens, false))
            };
            if let Some(expr) = expr {
                return Some(match expr.kind {
                    crate::syntax::ast::ExprKind::Name(name) => Item { name, expr: None },
                    _ => Item {
                        name: Name {
                            span: self.normal.span_of(&range),
                            text: text.into_owned(),
                            quoted: false,
                        },
                        expr: Some(Box::new(expr)),
                    },
                });
            }
        }
        let name = self.name(tokens)?;
        // Bare, but nothing else than a text wherever it stands: as if it stood in quotes.
        let quoted = name.quoted || needs_quotes(&name.text);
        Some(Item { name: Name { quoted, ..name }, expr: None })
    }

    /// A value with brackets: if it is no expression, quotes mend it.
    fn computed(
        &mut self,
        tokens: &[Token],
        range: &Range<usize>,
    ) -> Option<crate::syntax::ast::Expr> {
        let before = self.out.len();
        let expr = self.expression(tokens, false);
        if expr.is_none() && !self.quiet {
            let fixable = [
                &catalogue::UNKNOWN_FUNCTION,
                &catalogue::BRACKET_IN_NAME,
                &catalogue::BAD_EXPRESSION,
            ];
            let text = quote(&words::spaced(self.text(range)));
            let fix = Fix::replace(&catalogue::QUOTE, self.normal.span_of(range), &text);
            let found = self.out[before..].iter_mut().find(|d| fixable.contains(&d.code));
            if let Some(finding) = found {
                finding.fixes.push(fix);
            }
        }
        expr
    }

    /// `ENTRE a ET b`, `PASSE DE a À b`; the word between is written as the operator is.
    fn bounds(
        &mut self,
        operator: &Range<usize>,
        tokens: &[Token],
        found: &Found,
        between: &[&str],
    ) -> Option<Right> {
        let separates = |token: &Token, exact: bool| {
            let text = self.text(&token.range);
            matches!(token.kind, Kind::Word)
                && (text.to_lowercase() == text) != found.capitals
                && (!exact || !text.eq_ignore_ascii_case("a"))
                && between.contains(&key(text).as_ref())
        };
        // A word that parts the two is no value without quotes.
        if let Some(first) = tokens.first().filter(|first| separates(first, true)) {
            let text = words::spaced(self.text(operator)).into_owned();
            self.report(&catalogue::MISSING_VALUE, &first.range, |d| d.arg("operator", text));
            return None;
        }
        let at = [true, false].into_iter().find_map(|exact| {
            let at = tokens.iter().skip(1).position(|token| separates(token, exact))? + 1;
            (at + 1 < tokens.len()).then_some(at)
        });
        let Some(at) = at else {
            let code = if between.contains(&"et") {
                &catalogue::MISSING_AND
            } else {
                &catalogue::MISSING_TO
            };
            let text = words::spaced(self.text(operator)).into_owned();
            let place = covered(tokens)?;
            self.report(code, &place, |d| d.arg("operator", text));
            return None;
        };
        let (low, high) =
            (self.bound(operator, &tokens[..at]), self.bound(operator, &tokens[at + 1..]));
        Some(Right::Range(Box::new(low?), Box::new(high?)))
    }

    fn bound(&mut self, operator: &Range<usize>, tokens: &[Token]) -> Option<Item> {
        match self.values(Op::Less, operator, tokens)? {
            Right::Items(items) => items.into_iter().next(),
            _ => None,
        }
    }

    /// `/regex/i`.
    fn regex(&mut self, operator: &Range<usize>, tokens: &[Token]) -> Option<Right> {
        let [first @ Token { kind: Kind::Regex, .. }, rest @ ..] = tokens else {
            let text = words::spaced(self.text(operator)).into_owned();
            let place = covered(tokens)?;
            self.report(&catalogue::REGEX_EXPECTED, &place, |d| d.arg("operator", text));
            return None;
        };
        let Some((pattern, ignore_case)) = read_regex(self.text(&first.range)) else {
            self.report(&catalogue::BAD_REGEX, &first.range, |d| d);
            return None;
        };
        self.nothing_after(&(operator.start..first.range.end), rest)?;
        let span = self.normal.span_of(&first.range);
        Some(Right::Regex { pattern, ignore_case, span })
    }
}

/// The pattern between the slashes, `\/` read as a slash, and whether `i` follows.
fn read_regex(text: &str) -> Option<(String, bool)> {
    let mut pattern = String::with_capacity(text.len());
    let mut chars = text.strip_prefix('/')?.chars();
    loop {
        match chars.next()? {
            '/' => break,
            '\\' => match chars.next()? {
                '/' => pattern.push('/'),
                c => pattern.extend(['\\', c]),
            },
            c => pattern.push(c),
        }
    }
    match chars.as_str() {
        _ if pattern.is_empty() => None,
        "" => Some((pattern, false)),
        "i" => Some((pattern, true)),
        _ => None,
    }
}
