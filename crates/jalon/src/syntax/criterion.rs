//! Criteria: leaves joined by connectives.

use std::ops::Range;

use super::Limits;
use super::ast;
use super::normal::Normal;
use super::words::{self, Kind, Sequence, Shape, Term, Token, covered};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Severity, catalogue};
use crate::lexicon::Quantifier;

/// Parses a criterion that is the whole of a range.
pub(crate) fn parse(
    normal: &Normal,
    range: Range<usize>,
    limits: &Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<ast::Criterion> {
    let before = out.len();
    let whole = trimmed(normal, range.clone());
    let tree = words::criterion_tree(normal, range, limits.depth, out)?;
    let mut reader = Reader::new(normal, limits, out);
    let criterion = reader.sequence(&tree, &whole);
    sound(&out[before..]).then_some(criterion).flatten()
}

/// Parses comma-separated values; empty ones are dropped, but there must be one.
pub(crate) fn items(
    normal: &Normal,
    range: Range<usize>,
    limits: &Limits,
    out: &mut Vec<Diagnostic>,
) -> Option<Vec<ast::Item>> {
    let before = out.len();
    let whole = trimmed(normal, range.clone());
    let tokens = words::value_tokens(normal, range, limits.depth, out)?;
    let mut reader = Reader::new(normal, limits, out);
    let items = reader.items(&tokens);
    if items.as_ref().is_some_and(Vec::is_empty) {
        reader.report(&catalogue::MISSING_VALUE, &whole, |d| d.arg("operator", ":"));
    }
    sound(&out[before..]).then_some(items).flatten()
}

/// Whether none of the findings is an error.
pub(super) fn sound(findings: &[Diagnostic]) -> bool {
    findings.iter().all(|finding| finding.severity() != Severity::Error)
}

/// A range without the white space around its text.
pub(super) fn trimmed(normal: &Normal, range: Range<usize>) -> Range<usize> {
    let Some(text) = normal.text.get(range.clone()) else { return range };
    let start = range.start + (text.len() - text.trim_start().len());
    start..start.max(range.start + text.trim_end().len())
}

/// Turns the tree of words into criteria and expressions.
pub(super) struct Reader<'a> {
    pub(super) normal: &'a Normal,
    pub(super) limits: &'a Limits,
    pub(super) out: &'a mut Vec<Diagnostic>,
    /// Whether findings are thrown away: a reading is only tried.
    pub(super) quiet: bool,
    /// Whether other splits of a leaf are kept. Not inside a leaf that has several itself: then
    /// the work and the result would double at each level of brackets.
    pub(super) alternatives: bool,
    /// Leaves met so far.
    leaves: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        normal: &'a Normal,
        limits: &'a Limits,
        out: &'a mut Vec<Diagnostic>,
    ) -> Reader<'a> {
        Reader { normal, limits, out, quiet: false, alternatives: true, leaves: 0 }
    }

    /// The text under a range.
    pub(super) fn text(&self, range: &Range<usize>) -> &'a str {
        &self.normal.text[range.clone()]
    }

    /// Reports a finding at a place.
    pub(super) fn report(
        &mut self,
        code: &'static Code,
        range: &Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        if !self.quiet {
            self.out.push(fill(Diagnostic::new(code, self.normal.span_of(range))));
        }
    }

    /// Does something without reporting what it finds.
    pub(super) fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let (quiet, leaves) = (self.quiet, self.leaves);
        self.quiet = true;
        let result = read(self);
        (self.quiet, self.leaves) = (quiet, leaves);
        result
    }

    /// A criterion, or what stands in brackets; `place` is where it stands.
    pub(super) fn sequence(
        &mut self,
        sequence: &Sequence,
        place: &Range<usize>,
    ) -> Option<ast::Criterion> {
        if sequence.is_empty() {
            self.report(&catalogue::MISSING_CRITERION, place, |d| d);
            return None;
        }
        let mut parts = Vec::with_capacity(sequence.terms.len());
        for (i, term) in sequence.terms.iter().enumerate() {
            if term.tokens.is_empty() {
                let beside = sequence.connectives.get(i).or(sequence.connectives.last());
                let place = beside.map_or(place, |connective| &connective.range);
                self.report(&catalogue::MISSING_CRITERION, place, |d| d);
            } else {
                parts.extend(self.term(term));
            }
            if self.leaves > self.limits.leaves {
                return None;
            }
        }
        let first = sequence.connectives.first().is_none_or(|connective| connective.all);
        if sequence.connectives.iter().any(|connective| connective.all != first) {
            self.mixed(sequence);
            return None;
        }
        if parts.len() < sequence.terms.len() {
            return None;
        }
        match parts.len() {
            1 => parts.pop(),
            _ if first => Some(ast::Criterion::All(parts)),
            _ => Some(ast::Criterion::Any(parts)),
        }
    }

    fn term(&mut self, term: &Term) -> Option<ast::Criterion> {
        match term.shape {
            Shape::Leaf => self.leaf(&term.tokens),
            Shape::Group => self.group(&term.tokens),
            Shape::Negation => {
                let criterion = self.bracketed(&term.tokens, 1)?;
                Some(self.negation(&term.tokens[..2], criterion))
            }
            Shape::Related { head, bracket } => {
                if self.has_capitals(&term.tokens[..bracket]) {
                    return self.leaf(&term.tokens);
                }
                self.related(&term.tokens, head, bracket)
            }
        }
    }

    pub(super) fn negation(&self, tokens: &[Token], criterion: ast::Criterion) -> ast::Criterion {
        let span = self.normal.span_of(&covered(tokens).unwrap_or(0..0));
        ast::Criterion::Not(Box::new(ast::Not { span, criterion }))
    }

    /// `AU MOINS UN M (…)`: `head` words, a name, and the bracket.
    pub(super) fn related(
        &mut self,
        tokens: &[Token],
        head: usize,
        bracket: usize,
    ) -> Option<ast::Criterion> {
        let words: Vec<&str> = tokens[..head].iter().map(|t| self.text(&t.range)).collect();
        let quantifier = Quantifier::parse(&words.join(" "))?;
        let of = self.name(&tokens[head..bracket]);
        let criterion = self.bracketed(tokens, bracket);
        let span = self.normal.span_of(&covered(&tokens[..=bracket])?);
        Some(ast::Criterion::Related(Box::new(ast::Related {
            span,
            quantifier,
            of: of?,
            criterion: criterion?,
        })))
    }

    /// The criterion in the bracket at an index; nothing may follow it.
    pub(super) fn bracketed(&mut self, tokens: &[Token], at: usize) -> Option<ast::Criterion> {
        let Token { kind: Kind::Bracket(sequence), range } = tokens.get(at)? else { return None };
        let criterion = self.sequence(sequence, range);
        if let Some(rest) = covered(&tokens[at + 1..]) {
            self.report(&catalogue::AFTER_BRACKET, &rest, |d| d);
            return None;
        }
        criterion
    }

    /// A term that begins with a bracket. Where an operator follows, what was meant is a
    /// computation or a name: then what the bracket holds says nothing.
    fn group(&mut self, tokens: &[Token]) -> Option<ast::Criterion> {
        if tokens.len() > 1 && self.has_operator(tokens) {
            let range = covered(&tokens[1..])?;
            self.report(&catalogue::AFTER_BRACKET, &range, |d| d);
            return None;
        }
        self.bracketed(tokens, 0)
    }

    /// A name on the left side.
    pub(super) fn name(&mut self, tokens: &[Token]) -> Option<ast::Name> {
        let mut found = Vec::new();
        let name = words::name(self.normal, tokens, &mut found);
        if !self.quiet {
            self.out.append(&mut found);
        }
        name
    }

    /// Counts a leaf; `false` when there are too many, which is said once.
    pub(super) fn count_leaf(&mut self, range: &Range<usize>) -> bool {
        self.leaves += 1;
        let limit = self.limits.leaves;
        if self.leaves == limit + 1 {
            self.report(&catalogue::TOO_MANY_LEAVES, range, |d| d.arg("limit", limit));
        }
        self.leaves <= limit
    }

    /// `A ET B OU C`: the two readings are its fixes.
    fn mixed(&mut self, sequence: &Sequence) {
        if self.quiet {
            return;
        }
        let Some(first) = sequence.connectives.first() else { return };
        let Some(other) = sequence.connectives.iter().find(|c| c.all != first.all) else { return };
        let mut finding =
            Diagnostic::new(&catalogue::MIXED_CONNECTIVES, self.normal.span_of(&other.range))
                .label(self.normal.span_of(&first.range), catalogue::FIRST_CONNECTIVE);
        for tight in [true, false] {
            finding.fixes.extend(self.reading(sequence, tight));
        }
        self.out.push(finding);
    }

    /// The fix that puts brackets around the runs of one connective.
    fn reading(&self, sequence: &Sequence, tight: bool) -> Option<Fix> {
        let ranges: Option<Vec<_>> = sequence.terms.iter().map(|t| covered(&t.tokens)).collect();
        let ranges = ranges?;
        let mut brackets: Vec<(usize, &str)> = Vec::new();
        let mut start = 0;
        for (i, range) in ranges.iter().enumerate() {
            let goes_on = sequence.connectives.get(i).is_some_and(|c| c.all == tight);
            if goes_on {
                continue;
            }
            if start < i {
                brackets.push((ranges[start].start, "("));
                brackets.push((range.end, ")"));
            }
            start = i + 1;
        }
        let (from, to) = (ranges.first()?.start, ranges.last()?.end);
        let mut reading = String::new();
        let mut at = from;
        for (place, bracket) in &brackets {
            reading.push_str(&self.normal.text[at..*place]);
            reading.push_str(bracket);
            at = *place;
        }
        reading.push_str(&self.normal.text[at..to]);
        let edits = brackets
            .iter()
            .map(|(place, bracket)| Edit {
                span: self.normal.span(*place, *place),
                text: (*bracket).to_owned(),
            })
            .collect();
        let args = [("new", words::spaced(&reading).into_owned())].into();
        Some(Fix { title: &catalogue::READ_AS, args, edits })
    }
}

#[cfg(test)]
#[allow(clippy::panic, clippy::expect_used, reason = "a test may fail")]
pub(super) mod tests;
