//! Leaves: where field, operator and value part. Operators in capitals win; without one, the first
//! in lower case; at one place the longest. The other splits are kept for `check` to choose from.

mod missing;
mod operand;
mod operator;

use std::borrow::Cow;
use std::ops::Range;

use super::Limits;
use super::ast::{self, Left, Split};
use super::criterion::Reader;
use super::normal::Normal;
use super::words::{self, Kind, Token, covered, quotable};
use crate::diagnostic::catalogue;
use crate::lexicon::Op;
use crate::source::SourceId;
use operator::Found;

pub(super) use operator::{find_operators, integer_and_unit};

impl Reader<'_> {
    /// A leaf; its tokens are not empty.
    pub(super) fn leaf(&mut self, tokens: &[Token]) -> Option<ast::Criterion> {
        let range = covered(tokens)?;
        if !self.count_leaf(&range) {
            return None;
        }
        let mut found = find_operators(self.normal, tokens);
        let Some(chosen) = choose(&found) else { return self.without_operator(tokens) };
        let chosen = found.remove(chosen);
        if found.len() > ast::Leaf::MAX_SPLITS {
            self.report(&catalogue::TOO_MANY_OPERATORS, &range, |d| d);
            return None;
        }
        let nested = tokens.iter().any(|token| matches!(token.kind, Kind::Bracket(_)));
        let alternatives = self.alternatives;
        self.alternatives = alternatives && (found.is_empty() || !nested);
        let split = self.split(tokens, &chosen);
        let others = if alternatives && split.is_some() {
            let others = found.iter().filter(|other| other.complete);
            others.filter_map(|other| self.quietly(|reader| reader.split(tokens, other))).collect()
        } else {
            Vec::new()
        };
        self.alternatives = alternatives;
        let text = self.leaf_text(tokens);
        let span = self.normal.span_of(&range);
        Some(ast::Criterion::Leaf(Box::new(ast::Leaf { span, text, split: split?, others })))
    }

    fn split(&mut self, tokens: &[Token], found: &Found) -> Option<Split> {
        let left = self.left(&tokens[..found.start]);
        let operator = &tokens[found.start..found.end];
        let (op, right, taken) = self.right(found, operator, &tokens[found.end..])?;
        let operator = covered(&tokens[found.start..found.end + taken])?;
        let span = self.normal.span_of(&operator);
        Some(Split { left: left?, op: ast::Operator { span, op, form: found.form }, right })
    }

    /// A field or path, or one function call or aggregate.
    fn left(&mut self, tokens: &[Token]) -> Option<Left> {
        let range = covered(tokens)?;
        if let Some(sign) =
            tokens.iter().find(|token| matches!(token.kind, Kind::Sign | Kind::Regex))
        {
            let operator = self.text(&sign.range);
            self.report(&catalogue::MISSING_FIELD, &sign.range, |d| d.arg("operator", operator));
            return None;
        }
        if let Some(Token { kind: Kind::Bracket(_), .. }) = tokens.last()
            && self.names_a_function(&tokens[..tokens.len() - 1])
        {
            return self.expression(tokens, false).map(Left::Expr);
        }
        if tokens.iter().any(|token| words::is_separator(self.normal, token)) {
            let text = words::spaced(self.text(&range));
            if !self.quiet {
                let span = self.normal.span_of(&range);
                self.out.push(quotable(&catalogue::COMMA_IN_NAME, span, &text));
            }
            return None;
        }
        self.name(tokens).map(Left::Field)
    }

    /// The whole leaf with white space collapsed outside quotes.
    fn leaf_text(&self, tokens: &[Token]) -> String {
        let range = covered(tokens).unwrap_or(0..0);
        let text = self.text(&range);
        if !text.contains("  ") && !text.contains('\n') {
            return text.to_owned();
        }
        let mut collapsed = String::with_capacity(text.len());
        self.collapse(tokens, &mut collapsed);
        collapsed
    }

    fn collapse(&self, tokens: &[Token], collapsed: &mut String) {
        for (i, token) in tokens.iter().enumerate() {
            if i > 0 && tokens[i - 1].range.end < token.range.start {
                collapsed.push(' ');
            }
            match &token.kind {
                Kind::Quote | Kind::Regex => collapsed.push_str(self.text(&token.range)),
                _ => collapsed.push_str(&collapse_spaces(self.text(&token.range))),
            }
        }
    }

    /// Whether an operator in capitals stands in some tokens.
    pub(super) fn has_capitals(&self, tokens: &[Token]) -> bool {
        find_operators(self.normal, tokens).iter().any(|found| found.capitals)
    }

    /// Whether an operator stands behind the first token.
    pub(super) fn has_operator(&self, tokens: &[Token]) -> bool {
        !find_operators(self.normal, tokens).is_empty()
    }
}

/// A bracket in a leaf may hold quotes: their spaces stay.
fn collapse_spaces(text: &str) -> Cow<'_, str> {
    if !text.contains("  ") && !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut collapsed = String::with_capacity(text.len());
    let mut closing = None;
    for c in text.chars() {
        let space = c == ' ' || c == '\n';
        match closing {
            Some(mark) if c == mark || c == '\n' => closing = None,
            None if c == '"' => closing = Some('"'),
            None if c == '«' => closing = Some('»'),
            None if space && collapsed.ends_with(' ') => continue,
            _ => {}
        }
        collapsed.push(if c == '\n' { ' ' } else { c });
    }
    Cow::Owned(collapsed)
}

/// Which operator splits the leaf: the first in capitals, else the first in lower case; one that
/// lacks a part (`ENTRE` without `ET`, `CHANGE` with words behind it) only when there is no other.
fn choose(found: &[Found]) -> Option<usize> {
    let first = |capitals: bool, complete: bool| {
        found.iter().position(|f| f.capitals == capitals && (f.complete || !complete))
    };
    first(true, true)
        .or_else(|| first(false, true))
        .or_else(|| first(true, false))
        .or_else(|| first(false, false))
}

/// Whether an operator compares with one value only.
fn takes_one_value(op: Op) -> bool {
    matches!(
        op,
        Op::Less
            | Op::LessOrEqual
            | Op::Greater
            | Op::GreaterOrEqual
            | Op::Before
            | Op::After
            | Op::FollowsFormat
    )
}

/// Where the operator stands that splits a leaf: how the printer knows that it reads back.
pub(super) fn operator_place(text: &str) -> Option<Range<usize>> {
    let normal = Normal::new(SourceId(0), text);
    let depth = Limits::default().depth;
    let tokens = words::value_tokens(&normal, 0..normal.text.len(), depth, &mut Vec::new())?;
    let found = find_operators(&normal, &tokens);
    let chosen = &found[choose(&found)?];
    covered(&tokens[chosen.start..chosen.end])
}
