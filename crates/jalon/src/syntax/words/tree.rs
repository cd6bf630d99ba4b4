//! The tree of words that the grammar finds in a criterion.

use std::ops::Range;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::super::grammar::{Grammar, Rule};
use crate::diagnostic::{Diagnostic, Fix, catalogue};
use crate::syntax::normal::Normal;

/// Terms joined by connectives: a criterion, or what stands in brackets.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    /// One more than connectives; a term may be empty.
    pub(crate) terms: Vec<Term>,
    /// Between the terms.
    pub(crate) connectives: Vec<Connective>,
}

impl Sequence {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.connectives.is_empty() && self.terms.iter().all(|term| term.tokens.is_empty())
    }
}

/// `ET` or `OU` where it joins criteria.
#[derive(Debug)]
pub(crate) struct Connective {
    /// `ET` rather than `OU`.
    pub(crate) all: bool,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

/// What stands between connectives.
#[derive(Debug, Default)]
pub(crate) struct Term {
    /// How it begins.
    pub(crate) shape: Shape,
    /// All its tokens.
    pub(crate) tokens: Vec<Token>,
}

/// How a term begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// With a word: a leaf.
    #[default]
    Leaf,
    /// With a bracket.
    Group,
    /// With `NON (`.
    Negation,
    /// With `AU MOINS UN M (`: how many words the quantifier has, and which token the bracket is.
    Related {
        /// Words of the quantifier.
        head: usize,
        /// Index of the bracket.
        bracket: usize,
    },
}

/// The smallest piece.
#[derive(Debug)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands in the normalised text.
    pub(crate) range: Range<usize>,
}

/// The kinds of tokens.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A word, up to a space or a special character.
    Word,
    /// A comparison sign standing alone.
    Sign,
    /// A quote.
    Quote,
    /// A comma, separating or decimal.
    Comma,
    /// A bracket and what it holds.
    Bracket(Box<Sequence>),
    /// `/…/` behind its operator.
    Regex,
}

/// Reads a range as a criterion. Quotes and brackets that do not match are reported, and the rest
/// is read as if they did. `None` when it is nested too deeply.
pub(crate) fn criterion_tree(
    normal: &Normal,
    range: Range<usize>,
    depth: usize,
    out: &mut Vec<Diagnostic>,
) -> Option<Sequence> {
    let pairs = read(Rule::criterion_text, normal, &range, depth, out)?;
    let mut builder = Builder::new(normal, range.start, out);
    let mut whole: Option<Sequence> = None;
    for pair in pairs {
        match pair.as_rule() {
            Rule::sequence => {
                let next = builder.sequence(pair);
                match &mut whole {
                    Some(sequence) => join(sequence, next),
                    None => whole = Some(next),
                }
            }
            Rule::extra_bracket => builder.extra(&pair),
            _ => {}
        }
    }
    whole
}

/// Reads a range as values or an expression.
pub(crate) fn value_tokens(
    normal: &Normal,
    range: Range<usize>,
    depth: usize,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<Token>> {
    let pairs = read(Rule::value_text, normal, &range, depth, out)?;
    let mut builder = Builder::new(normal, range.start, out);
    Some(builder.tokens(pairs))
}

fn read<'n>(
    rule: Rule,
    normal: &'n Normal,
    range: &Range<usize>,
    depth: usize,
    out: &mut Vec<Diagnostic>,
) -> Option<Pairs<'n, Rule>> {
    let text = normal.text.get(range.clone())?;
    if let Some(at) = deeper_than(text, depth) {
        let span = normal.span(range.start + at, range.start + at + 1);
        out.push(Diagnostic::new(&catalogue::TOO_DEEP, span).arg("limit", depth));
        return None;
    }
    // The rules never fail: every character is some token.
    let text = Grammar::parse(rule, text).ok()?.next()?;
    Some(text.into_inner())
}

/// Continues a sequence behind a closing bracket too many.
fn join(sequence: &mut Sequence, next: Sequence) {
    let mut terms = next.terms.into_iter();
    if let (Some(last), Some(first)) = (sequence.terms.last_mut(), terms.next()) {
        if last.tokens.is_empty() {
            *last = first;
        } else {
            last.tokens.extend(first.tokens);
        }
    }
    sequence.terms.extend(terms);
    sequence.connectives.extend(next.connectives);
}

struct Builder<'a> {
    normal: &'a Normal,
    /// Where the parsed range begins.
    base: usize,
    out: &'a mut Vec<Diagnostic>,
    /// A quote to the end of its line may have swallowed closing brackets.
    open_quote: bool,
}

impl<'a> Builder<'a> {
    fn new(normal: &'a Normal, base: usize, out: &'a mut Vec<Diagnostic>) -> Builder<'a> {
        Builder { normal, base, out, open_quote: false }
    }

    fn range(&self, pair: &Pair<'_, Rule>) -> Range<usize> {
        let span = pair.as_span();
        self.base + span.start()..self.base + span.end()
    }

    fn sequence(&mut self, pair: Pair<'_, Rule>) -> Sequence {
        let mut sequence = Sequence::default();
        for pair in pair.into_inner() {
            if pair.as_rule() == Rule::connective {
                let all = matches!(pair.as_str(), "ET" | "AND");
                let range = self.range(&pair);
                sequence.connectives.push(Connective { all, range });
            } else {
                sequence.terms.push(self.term(pair));
            }
        }
        sequence
    }

    fn term(&mut self, pair: Pair<'_, Rule>) -> Term {
        let rule = pair.as_rule();
        let head = match rule {
            Rule::related => pair
                .clone()
                .into_inner()
                .next()
                .map_or(0, |quantifier| quantifier.as_str().split_ascii_whitespace().count()),
            _ => 0,
        };
        let tokens = self.tokens(pair.into_inner());
        let shape = match rule {
            Rule::group => Shape::Group,
            Rule::negation => Shape::Negation,
            Rule::related => {
                let is_bracket = |token: &Token| matches!(token.kind, Kind::Bracket(_));
                let bracket = tokens.iter().position(is_bracket).unwrap_or(0);
                Shape::Related { head, bracket }
            }
            _ => Shape::Leaf,
        };
        Term { shape, tokens }
    }

    fn tokens(&mut self, pairs: Pairs<'_, Rule>) -> Vec<Token> {
        let mut tokens = Vec::new();
        for pair in pairs {
            let range = self.range(&pair);
            let kind = match pair.as_rule() {
                Rule::related_name => {
                    tokens.extend(self.tokens(pair.into_inner()));
                    continue;
                }
                Rule::quantifier => {
                    tokens.extend(words(pair.as_str(), range.start));
                    continue;
                }
                Rule::bracket => self.bracket(pair),
                Rule::comma => Kind::Comma,
                Rule::sign => Kind::Sign,
                Rule::quote => Kind::Quote,
                Rule::open_quote => {
                    self.unclosed_quote(range.clone());
                    Kind::Quote
                }
                Rule::regex | Rule::open_regex => Kind::Regex,
                Rule::extra_bracket | Rule::extra_guillemet => {
                    self.extra(&pair);
                    continue;
                }
                Rule::EOI => continue,
                _ => Kind::Word,
            };
            tokens.push(Token { kind, range });
        }
        tokens
    }

    fn bracket(&mut self, pair: Pair<'_, Rule>) -> Kind {
        let start = self.base + pair.as_span().start();
        let mut sequence = Sequence::default();
        let mut closed = false;
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::closing => closed = true,
                _ => sequence = self.sequence(pair),
            }
        }
        if !closed && !self.open_quote {
            let span = self.normal.span(start, start + 1);
            self.out.push(Diagnostic::new(&catalogue::UNCLOSED_BRACKET, span));
        }
        Kind::Bracket(Box::new(sequence))
    }

    fn unclosed_quote(&mut self, range: Range<usize>) {
        self.open_quote = true;
        self.out.push(super::unclosed_quote(self.normal, range));
    }

    fn extra(&mut self, pair: &Pair<'_, Rule>) {
        let span = self.normal.span_of(&self.range(pair));
        let mut fix = Fix::replace(&catalogue::REMOVE, span, "");
        fix.args.insert("old", pair.as_str().to_owned());
        let code = match pair.as_rule() {
            Rule::extra_guillemet => &catalogue::EXTRA_QUOTE,
            _ => &catalogue::EXTRA_BRACKET,
        };
        self.out.push(Diagnostic::new(code, span).fix(fix));
    }
}

/// The words of a keyword of several words.
fn words(text: &str, start: usize) -> impl Iterator<Item = Token> {
    text.split_ascii_whitespace().map(move |word| {
        let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
        Token { kind: Kind::Word, range: at..at + word.len() }
    })
}

/// Where brackets go deeper than the limit. Quotes and regular expressions are skipped just as the
/// grammar reads them: it counts on this bound.
fn deeper_than(text: &str, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' => {
                depth += 1;
                if depth > limit {
                    return Some(at);
                }
            }
            b')' => depth = depth.saturating_sub(1),
            b'"' | 0xc2 if bytes[at] == b'"' || text[at..].starts_with('«') => {
                at += quote_length(&text[at..]);
                continue;
            }
            b'/' if follows_matches(&text[..at]) => {
                at += regex_length(&text[at..]);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// How long the quote is that opens a text; to the end of the line when it does not close.
fn quote_length(text: &str) -> usize {
    let closing = if text.starts_with('«') { '»' } else { '"' };
    let mut chars = text.char_indices().peekable();
    let mut in_unit = false;
    chars.next();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => return at,
            '}' if in_unit => in_unit = false,
            _ if in_unit => {}
            '\\' => {
                chars.next_if(|(_, c)| *c != '\n');
            }
            '$' if chars.next_if(|(_, c)| *c == '{').is_some() => in_unit = true,
            c if c == closing => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Whether what stands before a slash makes it open a regular expression.
fn follows_matches(before: &str) -> bool {
    let gap = |c: char| c == ' ' || c == '\n';
    let special = |c: char| gap(c) || matches!(c, ',' | '(' | ')' | '"' | '«' | '»');
    if !before.ends_with(gap) {
        return false;
    }
    let mut words = before.trim_end_matches(gap).rsplit(special);
    let last = words.next().unwrap_or("");
    let word = if matches!(last, "À" | "A" | "à" | "a") {
        let before_last = before.trim_end_matches(gap);
        let rest = &before_last[..before_last.len() - last.len()];
        rest.trim_end_matches(gap).rsplit(special).next().unwrap_or("")
    } else {
        last
    };
    matches!(word, "CORRESPOND" | "correspond" | "MATCHES" | "matches")
}

/// How long the regular expression is that opens a text; to the end of the line when it does not
/// close.
fn regex_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    chars.next();
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => return at,
            '\\' => {
                chars.next_if(|(_, c)| *c != '\n');
            }
            '/' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
