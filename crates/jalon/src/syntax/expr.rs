//! Expressions: arithmetic between spaces, dates with offsets, functions, aggregates, conditions.

use std::ops::Range;

use super::Limits;
use super::ast::{Expr, ExprKind, Name};
use super::criterion::{Reader, sound, trimmed};
use super::leaf::integer_and_unit;
use super::normal::Normal;
use super::words::{self, Kind, Sequence, Token, covered, split_at_commas};
use crate::diagnostic::{Diagnostic, catalogue, did_you_mean};
use crate::lexicon::{Aggregate, Arithmetic, Function, key};

/// Operations of one expression: each nests the tree once more.
const MAX_OPERATIONS: usize = 256;

/// Parses an expression that is the whole of a range; here `score X` names a score.
pub(crate) fn parse(
    normal: &Normal,
    range: Range<usize>,
    limits: &Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<Expr> {
    let before = out.len();
    let whole = trimmed(normal, range.clone());
    let tokens = words::value_tokens(normal, range, limits.depth, out)?;
    let mut reader = Reader::new(normal, limits, out);
    if tokens.is_empty() {
        reader.report(&catalogue::BAD_EXPRESSION, &whole, |d| d);
        return None;
    }
    let expr = reader.expression(&tokens, true);
    sound(&out[before..]).then_some(expr).flatten()
}

impl Reader<'_> {
    /// An expression that is all of some tokens.
    pub(super) fn expression(&mut self, tokens: &[Token], scores: bool) -> Option<Expr> {
        let mut cursor =
            Cursor { reader: self, tokens, at: 0, operations: 0, conditions: 0, scores };
        if cursor.tokens.len() > 1 && cursor.word() == Some("+") {
            cursor.at = 1;
        }
        let expr = cursor.sum()?;
        if cursor.at < tokens.len() {
            return cursor.unexpected();
        }
        Some(expr)
    }

    /// Whether bare tokens spell more than a name: an operation or an offset.
    pub(super) fn looks_computed(&self, tokens: &[Token]) -> bool {
        tokens.len() > 1
            && tokens.iter().enumerate().any(|(i, token)| {
                matches!(token.kind, Kind::Word)
                    && (arithmetic(self.text(&token.range)).is_some()
                        || (i > 0 && self.offset_at(tokens, i).is_some()))
            })
    }

    /// Whether the words before a bracket are those of a function or an aggregate.
    pub(super) fn names_a_function(&self, tokens: &[Token]) -> bool {
        let words = self.bare_words(tokens);
        Function::parse(&words.join(" ")).is_some() || aggregate(&words).is_some()
    }

    /// `plus 100 jours` at an index: forward or not, how many, of what, how many tokens.
    fn offset_at(
        &self,
        tokens: &[Token],
        at: usize,
    ) -> Option<(bool, u32, crate::lexicon::Unit, usize)> {
        let token = tokens.get(at)?;
        let forward = match key(self.text(&token.range)).as_ref() {
            "plus" => true,
            "moins" | "minus" => false,
            _ => return None,
        };
        let (count, unit, length) = integer_and_unit(self.normal, &tokens[at + 1..])?;
        Some((forward, count, unit, length + 1))
    }

    fn bare_words(&self, tokens: &[Token]) -> Vec<&str> {
        tokens
            .iter()
            .map_while(|t| matches!(t.kind, Kind::Word).then(|| self.text(&t.range)))
            .collect()
    }
}

/// A standing-alone arithmetic sign.
fn arithmetic(word: &str) -> Option<Arithmetic> {
    Some(match word {
        "+" => Arithmetic::Add,
        "-" | "−" => Arithmetic::Subtract,
        "*" | "×" => Arithmetic::Multiply,
        "/" | "÷" => Arithmetic::Divide,
        _ => return None,
    })
}

/// The aggregate that some words begin with, how many words it takes, and how many bytes of the
/// next one (`D'` of `NOMBRE D'E-mails`).
fn aggregate(words: &[&str]) -> Option<(Aggregate, usize, usize)> {
    let (first, second) = (words.first()?, words.get(1)?);
    if words.len() > 2
        && let Some(aggregate) = Aggregate::parse(&format!("{first} {second}"))
    {
        return Some((aggregate, 2, 0));
    }
    let elided = second.strip_prefix(['d', 'D'])?.strip_prefix('\'')?;
    let aggregate = Aggregate::parse(&format!("{first} de"))?;
    (!elided.is_empty()).then_some((aggregate, 1, 2))
}

/// Reads tokens from left to right.
struct Cursor<'r, 'a, 't> {
    reader: &'r mut Reader<'a>,
    tokens: &'t [Token],
    at: usize,
    operations: usize,
    /// Conditions that are open here: their `alors` and `sinon` end a name.
    conditions: usize,
    scores: bool,
}

impl<'a, 't> Cursor<'_, 'a, 't> {
    fn word(&self) -> Option<&'a str> {
        self.word_at(self.at)
    }

    fn word_at(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at).filter(|token| matches!(token.kind, Kind::Word))?;
        Some(self.reader.text(&token.range))
    }

    /// The place of the next token, or the end of the last.
    fn place(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.range.end);
        self.tokens.get(self.at).map_or(end..end, |token| token.range.clone())
    }

    fn unexpected<T>(&mut self) -> Option<T> {
        let place = self.place();
        self.reader.report(&catalogue::BAD_EXPRESSION, &place, |d| d);
        None
    }

    fn expr(&self, from: usize, kind: ExprKind) -> Expr {
        let end = self.at.clamp(from + 1, self.tokens.len().max(from + 1));
        let range = covered(&self.tokens[from..end.min(self.tokens.len())]).unwrap_or(0..0);
        Expr { span: self.reader.normal.span_of(&range), kind }
    }

    /// Counts an operation; each nests the tree once more.
    fn operation(&mut self) -> Option<()> {
        self.operations += 1;
        if self.operations > MAX_OPERATIONS {
            let place = self.place();
            self.reader.report(&catalogue::TOO_LONG, &place, |d| d.arg("limit", MAX_OPERATIONS));
            return None;
        }
        Some(())
    }

    fn sum(&mut self) -> Option<Expr> {
        use Arithmetic::{Add, Subtract};
        self.chain(&[Add, Subtract], Self::product)
    }

    fn product(&mut self) -> Option<Expr> {
        use Arithmetic::{Divide, Multiply};
        self.chain(&[Multiply, Divide], Self::signed)
    }

    fn chain(
        &mut self,
        signs: &[Arithmetic],
        operand: fn(&mut Self) -> Option<Expr>,
    ) -> Option<Expr> {
        let from = self.at;
        let mut left = operand(self)?;
        while let Some(sign) = self.word().and_then(arithmetic).filter(|s| signs.contains(s)) {
            self.operation()?;
            self.at += 1;
            let right = operand(self)?;
            left = self.expr(from, ExprKind::Binary(Box::new(left), sign, Box::new(right)));
        }
        Some(left)
    }

    fn signed(&mut self) -> Option<Expr> {
        let from = self.at;
        if self.word().and_then(arithmetic) == Some(Arithmetic::Subtract) {
            self.operation()?;
            self.at += 1;
            let negated = self.signed()?;
            return Some(self.expr(from, ExprKind::Negate(Box::new(negated))));
        }
        let mut base = self.operand()?;
        while let Some((forward, count, unit, length)) = self.reader.offset_at(self.tokens, self.at)
        {
            self.operation()?;
            self.at += length;
            let kind = ExprKind::Shift { base: Box::new(base), forward, count, unit };
            base = self.expr(from, kind);
        }
        Some(base)
    }

    fn operand(&mut self) -> Option<Expr> {
        let from = self.at;
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(Kind::Quote) => {
                self.at += 1;
                let name = self.reader.name(&self.tokens[from..self.at])?;
                Some(self.expr(from, ExprKind::Name(name)))
            }
            Some(Kind::Bracket(sequence)) => {
                self.at += 1;
                let tokens = self.contents(sequence, &self.tokens[from].range)?;
                let inner = self.inside(tokens)?;
                Some(self.expr(from, inner.kind))
            }
            Some(Kind::Word) => self.words(),
            _ => self.unexpected(),
        }
    }

    /// Bare words: a name, or what a bracket behind them makes of them.
    fn words(&mut self) -> Option<Expr> {
        let from = self.at;
        while self.at < self.tokens.len() && self.continues_name(from) {
            self.at += 1;
        }
        let words = self.reader.bare_words(&self.tokens[from..self.at]);
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(Kind::Bracket(_)) if matches!(words.as_slice(), ["si" | "if" | "SI" | "IF"]) => {
                self.condition(from)
            }
            Some(Kind::Bracket(_)) => self.call(from),
            Some(Kind::Quote) if words.first().is_some_and(|w| self.scores && is_score(w)) => {
                self.at += 1;
                self.score(from)
            }
            Some(Kind::Quote) if aggregate_before_quote(&words) => self.quoted_aggregate(from),
            Some(Kind::Quote) => {
                self.reader.name(&self.tokens[from..=self.at]);
                None
            }
            _ if words.len() > 1 && self.scores && is_score(words[0]) => self.score(from),
            _ if self.at == from => self.unexpected(),
            _ => {
                let name = self.reader.name(&self.tokens[from..self.at])?;
                Some(self.expr(from, ExprKind::Name(name)))
            }
        }
    }

    fn continues_name(&self, from: usize) -> bool {
        let token = &self.tokens[self.at];
        match token.kind {
            Kind::Comma => !words::is_separator(self.reader.normal, token),
            Kind::Word => {
                let word = self.reader.text(&token.range);
                arithmetic(word).is_none()
                    && !(self.conditions > 0 && (is_then(word) || is_else(word)))
                    && !(self.at > from && self.reader.offset_at(self.tokens, self.at).is_some())
            }
            _ => false,
        }
    }

    fn score(&mut self, from: usize) -> Option<Expr> {
        let name = self.reader.name(&self.tokens[from + 1..self.at])?;
        Some(self.expr(from, ExprKind::Score(name)))
    }

    /// A function or an aggregate; the cursor is at its bracket.
    fn call(&mut self, from: usize) -> Option<Expr> {
        let bracket = self.at;
        let token = self.tokens.get(bracket)?;
        let Kind::Bracket(sequence) = &token.kind else { return None };
        let words = self.reader.bare_words(&self.tokens[from..bracket]);
        let spelled = words.join(" ");
        if words.is_empty() {
            return self.unexpected();
        }
        self.at += 1;
        if let Some(function) = Function::parse(&spelled) {
            let arguments = self.arguments(sequence, &token.range)?;
            return Some(self.expr(from, ExprKind::Call(function, arguments)));
        }
        if let Some((aggregate, length, elided)) = aggregate(&words) {
            let start = self.tokens[from + length].range.start + elided;
            let range = start..self.tokens[bracket - 1].range.end;
            let text = words::spaced(self.reader.text(&range)).into_owned();
            let path = Name { span: self.reader.normal.span_of(&range), text, quoted: false };
            return self.aggregate(from, aggregate, path);
        }
        let known = Function::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en).copied());
        let meant = did_you_mean(&spelled, known);
        let place = covered(&self.tokens[from..bracket])?;
        let code = match meant {
            Some(_) => &catalogue::UNKNOWN_FUNCTION,
            None => &catalogue::BRACKET_IN_NAME,
        };
        let whole = covered(&self.tokens[from..=bracket])?;
        let text = words::spaced(self.reader.text(&whole)).into_owned();
        self.reader
            .report(code, &place, |d| d.arg("name", &spelled).arg("text", text).suggest(meant));
        None
    }

    /// `SOMME DE "Mes factures" (…)`; the cursor is at the quote.
    fn quoted_aggregate(&mut self, from: usize) -> Option<Expr> {
        let words = self.reader.bare_words(&self.tokens[from..self.at]);
        let aggregate = Aggregate::parse(&words.join(" "))?;
        let path = self.reader.name(&self.tokens[self.at..=self.at])?;
        self.at += 1;
        let Some(Kind::Bracket(_)) = self.tokens.get(self.at).map(|token| &token.kind) else {
            return self.unexpected();
        };
        self.at += 1;
        self.aggregate(from, aggregate, path)
    }

    /// An aggregate; the cursor is behind its bracket.
    fn aggregate(&mut self, from: usize, aggregate: Aggregate, path: Name) -> Option<Expr> {
        let token = self.tokens.get(self.at - 1)?;
        let Kind::Bracket(sequence) = &token.kind else { return None };
        let filter = if sequence.is_empty() {
            None
        } else {
            Some(Box::new(self.reader.sequence(sequence, &token.range)?))
        };
        Some(self.expr(from, ExprKind::Aggregate { aggregate, path, filter }))
    }

    /// `si (critère) alors a sinon b`; the cursor is at the bracket.
    fn condition(&mut self, from: usize) -> Option<Expr> {
        let token = self.tokens.get(self.at)?;
        let Kind::Bracket(sequence) = &token.kind else { return None };
        let depth = self.reader.limits.depth;
        if self.conditions >= depth {
            self.reader.report(&catalogue::TOO_DEEP, &token.range, |d| d.arg("limit", depth));
            return None;
        }
        let criterion = self.reader.sequence(sequence, &token.range);
        self.at += 1;
        self.conditions += 1;
        self.keyword(is_then, "alors", "then")?;
        let then = self.sum()?;
        self.keyword(is_else, "sinon", "else")?;
        let otherwise = self.sum()?;
        self.conditions -= 1;
        let kind = ExprKind::If(Box::new(criterion?), Box::new(then), Box::new(otherwise));
        Some(self.expr(from, kind))
    }

    fn keyword(&mut self, is: fn(&str) -> bool, fr: &str, en: &str) -> Option<()> {
        if self.word().is_some_and(is) {
            self.at += 1;
            return Some(());
        }
        let place = self.place();
        self.reader.report(&catalogue::INCOMPLETE_CONDITION, &place, |d| {
            d.arg("word_fr", fr).arg("word_en", en)
        });
        None
    }

    /// What a bracket holds when it is no criterion.
    fn contents(&mut self, sequence: &'t Sequence, place: &Range<usize>) -> Option<&'t [Token]> {
        if let Some(connective) = sequence.connectives.first() {
            self.reader.report(&catalogue::BAD_EXPRESSION, &connective.range, |d| d);
            return None;
        }
        match sequence.terms.first() {
            Some(term) if !term.tokens.is_empty() => Some(&term.tokens),
            _ => {
                self.reader.report(&catalogue::BAD_EXPRESSION, place, |d| d);
                None
            }
        }
    }

    fn arguments(&mut self, sequence: &'t Sequence, place: &Range<usize>) -> Option<Vec<Expr>> {
        let tokens = self.contents(sequence, place)?;
        let mut arguments = Vec::new();
        for part in split_at_commas(self.reader.normal, tokens) {
            if part.tokens.is_empty() {
                let place = part.comma.map_or(place, |comma| &comma.range);
                self.reader.report(&catalogue::BAD_EXPRESSION, place, |d| d);
                return None;
            }
            arguments.push(self.inside(part.tokens)?);
        }
        Some(arguments)
    }

    /// An expression of its own inside this one.
    fn inside(&mut self, tokens: &[Token]) -> Option<Expr> {
        self.reader.expression(tokens, self.scores)
    }
}

fn is_score(word: &str) -> bool {
    matches!(word, "score" | "SCORE")
}

fn is_then(word: &str) -> bool {
    matches!(word, "alors" | "then" | "ALORS" | "THEN")
}

fn is_else(word: &str) -> bool {
    matches!(word, "sinon" | "else" | "SINON" | "ELSE")
}

fn aggregate_before_quote(words: &[&str]) -> bool {
    words.len() == 2 && Aggregate::parse(&words.join(" ")).is_some()
}

#[cfg(test)]
#[allow(clippy::panic, clippy::expect_used, reason = "a test may fail")]
mod tests;
