//! Regular expressions and masks, within their bounds.

use regex::RegexBuilder;

use super::Checker;
use crate::checked::Predicate;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{BAD_MASK, INVALID_REGEX, REGEX_TOO_LARGE};
use crate::source::Span;
use crate::syntax::ast::Name;

/// A pattern has at most so many bytes.
const MAX_PATTERN: usize = 4_096;
/// A compiled pattern has at most so many bytes.
pub(crate) const MAX_COMPILED: usize = 1 << 20;
/// A mask has at most so many characters.
const MAX_MASK: usize = 255;

/// What a pattern was found to be.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Good,
    TooLarge,
    Bad(String),
}

impl Checker<'_> {
    pub(super) fn regex(
        &mut self,
        pattern: &str,
        ignore_case: bool,
        span: Span,
    ) -> Option<Predicate> {
        let known = self.regexes.get(pattern).cloned();
        let verdict = known.unwrap_or_else(|| {
            let verdict = judge(pattern);
            self.regexes.insert(pattern.to_owned(), verdict.clone());
            verdict
        });
        match verdict {
            Verdict::Good => {
                return Some(Predicate::Regex { pattern: pattern.to_owned(), ignore_case });
            }
            Verdict::TooLarge => {
                let error = Diagnostic::new(&REGEX_TOO_LARGE, span).arg("bytes", MAX_PATTERN);
                self.report(error.arg("limit", MAX_COMPILED / 1024));
            }
            Verdict::Bad(reason) => {
                let french = in_french(&reason).to_owned();
                let error = Diagnostic::new(&INVALID_REGEX, span).arg("reason_fr", french);
                self.report(error.arg("reason_en", reason));
            }
        }
        None
    }

    pub(super) fn mask(&mut self, mask: &Name) -> Option<Predicate> {
        if mask.text.trim().is_empty() || mask.text.chars().count() > MAX_MASK {
            self.error(&BAD_MASK, mask.span);
            return None;
        }
        Some(Predicate::Mask(mask.text.clone()))
    }
}

/// Compiles a pattern once, with case folding, which is the larger of its two forms.
fn judge(pattern: &str) -> Verdict {
    if pattern.len() > MAX_PATTERN {
        return Verdict::TooLarge;
    }
    let built = RegexBuilder::new(pattern).size_limit(MAX_COMPILED).case_insensitive(true).build();
    match built {
        Ok(_) => Verdict::Good,
        Err(regex::Error::CompiledTooBig(_)) => Verdict::TooLarge,
        Err(error) => {
            let text = error.to_string();
            let reason = text.lines().rev().find_map(|line| line.trim().strip_prefix("error: "));
            Verdict::Bad(reason.unwrap_or("invalid").to_owned())
        }
    }
}

/// The commonest reasons in French; others stay as they are.
fn in_french(reason: &str) -> &str {
    const REASONS: &[(&str, &str)] = &[
        ("unclosed group", "groupe jamais fermé"),
        ("unopened group", "groupe jamais ouvert"),
        ("unclosed character class", "crochet jamais fermé"),
        ("invalid character class range", "intervalle de caractères à l'envers"),
        ("repetition operator missing expression", "rien à répéter ici"),
        ("invalid repetition count range", "répétition à l'envers : le plus petit nombre d'abord"),
        ("unclosed counted repetition", "accolade jamais fermée"),
        ("repetition quantifier expects a valid decimal", "un nombre est attendu entre accolades"),
        ("look-around", "les vérifications autour (`(?=…)`, `(?<=…)`) n'existent pas ici"),
        ("backreferences", "les références arrière (`\\1`) n'existent pas ici"),
        ("unrecognized escape sequence", "ce signe ne suit pas `\\`"),
        ("incomplete escape sequence", "rien ne suit `\\`"),
    ];
    let known = REASONS.iter().find(|(english, _)| reason.starts_with(english));
    known.map_or(reason, |(_, french)| french)
}
