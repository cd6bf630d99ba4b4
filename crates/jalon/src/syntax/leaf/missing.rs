//! A leaf in which no operator was found: what was probably meant.

use super::operator::{careless_operator, leading_operator};
use super::words;
use crate::diagnostic::{Diagnostic, Fix, catalogue, did_you_mean};
use crate::lexicon::{OPERATORS, Quantifier, key};
use crate::syntax::ast::Criterion;
use crate::syntax::criterion::Reader;
use crate::syntax::printer::quote;
use crate::syntax::words::{Kind, Token, covered};

/// Signs, the longest first, for finding one inside a word.
const SIGNS: &[&str] = &["<=", ">=", "!=", "≤", "≥", "≠", "<", ">", "="];

/// Signs of other languages, and ours.
const FOREIGN_SIGNS: &[(&str, &str)] =
    &[("==", "="), ("===", "="), ("<>", "≠"), ("!==", "≠"), ("=<", "≤"), ("=>", "≥")];

/// How many words of a leaf are looked at for a misspelled operator.
const MAX_WORDS: usize = 32;

impl Reader<'_> {
    /// Reads `aucun M (…)` in lower case; everything else is an error.
    pub(super) fn without_operator(&mut self, tokens: &[Token]) -> Option<Criterion> {
        let range = covered(tokens)?;
        if let Some((head, bracket)) = self.lower_case_keyword(tokens) {
            return if head == bracket {
                let criterion = self.bracketed(tokens, bracket)?;
                Some(self.negation(&tokens[..=bracket], criterion))
            } else {
                self.related(tokens, head, bracket)
            };
        }
        if let Some(operator) = leading_operator(self.normal, tokens) {
            let place = covered(&tokens[..operator.end])?;
            let name = words::spaced(self.text(&place)).into_owned();
            self.report(&catalogue::MISSING_FIELD, &place, |d| d.arg("operator", name));
            return None;
        }
        if self.quiet || self.tight_sign(tokens) {
            return None;
        }
        let text = words::spaced(self.text(&range)).into_owned();
        let mut finding =
            Diagnostic::new(&catalogue::MISSING_OPERATOR, self.normal.span_of(&range))
                .arg("text", &text);
        if let Some((place, meant)) = self.meant_operator(tokens) {
            finding.span = self.normal.span_of(&place);
            finding = finding.suggest(Some(meant));
        } else if tokens.iter().any(|token| matches!(token.kind, Kind::Bracket(_))) {
            let quoted = quote(&text);
            let fix = Fix::replace(&catalogue::QUOTE, finding.span, &quoted);
            finding = finding.fix(fix);
        }
        let connective = tokens.iter().find(|token| {
            matches!(token.kind, Kind::Word)
                && matches!(self.text(&token.range), "et" | "ou" | "and" | "or")
        });
        if let Some(connective) = connective {
            let span = self.normal.span_of(&connective.range);
            finding = finding.label(span, catalogue::LOWER_CASE_CONNECTIVE);
        }
        self.out.push(finding);
        None
    }

    /// `non (…)` and `au moins un M (…)` in lower case: how many words the keyword has, and where
    /// the bracket is.
    fn lower_case_keyword(&self, tokens: &[Token]) -> Option<(usize, usize)> {
        let bracket = tokens.iter().position(|token| matches!(token.kind, Kind::Bracket(_)))?;
        let first: Vec<&str> = tokens[..bracket.min(3)]
            .iter()
            .map_while(|token| matches!(token.kind, Kind::Word).then(|| self.text(&token.range)))
            .collect();
        if bracket == 1 && matches!(first.as_slice(), ["non" | "not"]) {
            return Some((1, 1));
        }
        let longest = first.len().min(bracket.saturating_sub(1));
        let head = (1..=longest).rev().find(|n| {
            let text = first[..*n].join(" ");
            text.to_lowercase() == text && Quantifier::parse(&text).is_some()
        })?;
        Some((head, bracket))
    }

    /// `Montant>1000` and `Montant == 1000`.
    fn tight_sign(&mut self, tokens: &[Token]) -> bool {
        let words = tokens.iter().filter(|token| matches!(token.kind, Kind::Word));
        for token in words {
            let word = self.text(&token.range);
            let foreign = FOREIGN_SIGNS.iter().find(|(sign, _)| *sign == word);
            if let Some((_, ours)) = foreign {
                let range = covered(tokens).unwrap_or(0..0);
                let text = words::spaced(self.text(&range)).into_owned();
                self.report(&catalogue::MISSING_OPERATOR, &token.range, |d| {
                    d.arg("text", text).suggest(Some((*ours).to_owned()))
                });
                return true;
            }
            let Some((at, sign)) = first_sign(word) else { continue };
            let (before, after) = (&word[..at], &word[at + sign.len()..]);
            if before.is_empty() && after.is_empty() {
                continue;
            }
            let spaced = format!("{before} {sign} {after}");
            let fix = Fix::replace(
                &catalogue::REPLACE_WITH,
                self.normal.span_of(&token.range),
                spaced.trim(),
            );
            self.report(&catalogue::SIGN_WITHOUT_SPACES, &token.range, |d| {
                d.arg("sign", sign).fix(fix)
            });
            return true;
        }
        false
    }

    /// An operator written `Est`, or misspelled: where, and how it is spelled.
    fn meant_operator(&self, tokens: &[Token]) -> Option<(std::ops::Range<usize>, String)> {
        if let Some(found) = careless_operator(self.normal, tokens) {
            let end = found.window.as_ref().map_or(found.end, |_| found.end.saturating_sub(1));
            let place = covered(&tokens[found.start..end.max(found.start + 1)])?;
            let text = words::spaced(self.text(&place)).to_uppercase();
            return Some((place, text));
        }
        let spelled = || OPERATORS.iter().flat_map(|row| row.fr.iter().chain(row.en));
        let words = tokens.iter().take(MAX_WORDS).skip(1);
        for token in words.filter(|token| matches!(token.kind, Kind::Word)) {
            let word = key(self.text(&token.range));
            if word.chars().count() < 4 {
                continue;
            }
            let first_words = spelled().filter_map(|text| text.split(' ').next());
            let first_words = first_words.filter(|first| first.len() >= 4);
            let Some(meant) = did_you_mean(&word, first_words) else { continue };
            let whole = spelled().find(|text| text.split(' ').next() == Some(meant.as_str()))?;
            let rest: Vec<&str> = whole.split(' ').skip(1).collect();
            let at = tokens.iter().position(|other| other.range == token.range)?;
            let written = tokens[at + 1..]
                .iter()
                .zip(&rest)
                .take_while(|(token, word)| key(self.text(&token.range)) == key(word))
                .count();
            let place = covered(&tokens[at..=at + written])?;
            return Some((place, whole.to_uppercase()));
        }
        None
    }
}

/// The leftmost sign in a word, the longest at that place.
fn first_sign(word: &str) -> Option<(usize, &'static str)> {
    word.char_indices().find_map(|(at, _)| {
        SIGNS.iter().find(|sign| word[at..].starts_with(**sign)).map(|sign| (at, *sign))
    })
}
