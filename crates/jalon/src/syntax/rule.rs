//! Rules: triggers, conditions and repetition, then actions at once and later.

pub(crate) mod action;
pub(crate) mod branch;
pub(crate) mod lapse;
pub(crate) mod options;
pub(crate) mod trigger;
pub(crate) mod update;

use std::ops::Range;

use super::ast::{Branch, Repetition, Rule, Trigger};
use super::keyword::{self, Case, Table};
use super::layout::Block;
use super::reader::Reader;
use crate::diagnostic::{Fix, catalogue, did_you_mean};
use crate::lang::Lang;
use crate::source::Span;
use branch::Open;

/// The word that a line of a rule begins with, unless it is an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clause {
    When,
    If,
    Then,
    ElseIf,
    Else,
    Later,
    Repeat(Repetition),
}

/// The lines that are no actions.
pub(crate) const CLAUSES: &Table<Clause> = &[
    (Clause::When, &["quand"], &["when"]),
    (Clause::If, &["si"], &["if"]),
    (Clause::Then, &["alors"], &["then"]),
    (Clause::ElseIf, &["sinon si"], &["else if"]),
    (Clause::Else, &["sinon"], &["else"]),
    (Clause::Later, &["puis"], &["then after"]),
    (
        Clause::Repeat(Repetition::EveryTime),
        &[
            "à chaque fois",
            "chaque fois",
            "chaque fois que le critère est respecté",
            "à chaque fois que le critère est respecté",
        ],
        &["every time", "each time"],
    ),
    (Clause::Repeat(Repetition::OnEntering), &["au passage"], &["on entering"]),
    (
        Clause::Repeat(Repetition::OnlyOnce),
        &["une seule fois", "uniquement la première fois", "première fois", "la première fois"],
        &["only once", "once", "first time"],
    ),
];

/// Reads a rule: `règle "CM3" sur Prospects` and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Rule> {
    let head = reader.head(block);
    let english = reader.text(block.range.clone()).starts_with("rule");
    let mut body = Body::new(if english { Lang::En } else { Lang::Fr }, block.broken);
    for line in &block.lines {
        // Each line says what is wrong with it: the others are read all the same.
        let _ = body.line(reader, line.clone());
    }
    body.close(reader);
    let (name, module) = head?;
    let Body { triggers, repetition, branches, .. } = body;
    let branches = if branches.is_empty() {
        let span = reader.span(block.range.clone());
        vec![Branch { span, criterion: None, actions: Vec::new(), later: Vec::new() }]
    } else {
        branches
    };
    Some(Rule { name, module, triggers, repetition, branches })
}

/// What the lines of a rule say, so far.
struct Body {
    triggers: Vec<Trigger>,
    repetition: Option<(Span, Repetition)>,
    /// The branches that are complete.
    branches: Vec<Branch>,
    /// The one that lines belong to.
    open: Open,
    /// The language of its head, for the words that fixes insert.
    lang: Lang,
    /// Whether lines are missing here because their layout is wrong.
    broken: bool,
}

impl Body {
    fn new(lang: Lang, broken: bool) -> Body {
        let open = Open::new();
        Body { triggers: Vec::new(), repetition: None, branches: Vec::new(), open, lang, broken }
    }

    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let text = reader.text(line.clone());
        let found = keyword::longest(CLAUSES, text, Case::Any);
        let update = update::is_update(reader, &line);
        match found.filter(|_| !(update && self.open.acts())) {
            Some((clause, length)) => {
                let keyword = line.start..line.start + length;
                let (clause, keyword) = later_in_english(reader, clause, keyword, &line);
                if update {
                    colon(reader, clause, &keyword, &line)?;
                }
                self.clause(reader, clause, keyword, line)
            }
            None if self.open.acts() => self.open.action(reader, line),
            None => self.before_then(reader, line),
        }
    }

    /// A line that begins with a word of [`CLAUSES`].
    fn clause(
        &mut self,
        reader: &mut Reader<'_>,
        clause: Clause,
        keyword: Range<usize>,
        line: Range<usize>,
    ) -> Option<()> {
        let rest = reader.trim(keyword.end..line.end);
        match clause {
            Clause::When => {
                self.before_actions(reader, &keyword)?;
                self.triggers.push(trigger::parse(reader, &line, rest)?);
            }
            Clause::Repeat(repetition) => {
                self.before_actions(reader, &keyword)?;
                nothing_follows(reader, rest)?;
                let span = reader.span(line);
                reader.once(self.repetition.map(|(first, _)| first), span)?;
                self.repetition = Some((span, repetition));
            }
            Clause::If => self.open.condition(reader, keyword, line)?,
            Clause::Then => self.open.then(reader, keyword, rest)?,
            Clause::Later => self.open.later(reader, &keyword, line, self.lang)?,
            Clause::ElseIf | Clause::Else => self.otherwise(reader, clause, keyword, line)?,
        }
        Some(())
    }

    /// `sinon si …`, `sinon`
    fn otherwise(
        &mut self,
        reader: &mut Reader<'_>,
        clause: Clause,
        keyword: Range<usize>,
        line: Range<usize>,
    ) -> Option<()> {
        let conditioned = self.open.is_conditioned();
        let last = self.open.is_otherwise();
        self.close(reader);
        self.open = Open::otherwise(line.clone(), keyword.clone(), clause == Clause::Else);
        if last {
            return reader.fail(&catalogue::AFTER_ELSE, keyword);
        }
        if !conditioned {
            return reader.fail(&catalogue::ELSE_WITHOUT_IF, keyword);
        }
        match clause {
            Clause::Else => {
                let rest = reader.trim(keyword.end..line.end);
                let then = reader.after(keyword::THEN, &rest, Case::Any);
                self.open.beside(reader, then.unwrap_or(rest))
            }
            _ => self.open.condition(reader, keyword, line),
        }
    }

    /// An error unless no action and no `sinon` came before.
    fn before_actions(&self, reader: &mut Reader<'_>, keyword: &Range<usize>) -> Option<()> {
        if self.open.acts() || !self.branches.is_empty() {
            return reader.fail(&catalogue::TOO_LATE, keyword.clone());
        }
        Some(())
    }

    /// A line that begins with no known word where no action may stand.
    fn before_then(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        if !action::is_action(reader, &line) {
            unknown(reader, line);
            return None;
        }
        let at = reader.span(line.start..line.start);
        let wrong = reader
            .diagnostic(&catalogue::ACTION_BEFORE_THEN, reader.first_word(&line))
            .fix(Fix::replace(&catalogue::INSERT_LINE, at, &then_above(self.lang, "    ")));
        reader.report(wrong);
        // The lines that follow are actions too.
        self.open.assume_then(line.clone());
        self.open.action(reader, line)
    }

    /// Completes the open branch.
    fn close(&mut self, reader: &mut Reader<'_>) {
        let open = std::mem::replace(&mut self.open, Open::new());
        self.branches.extend(open.close(reader, self.broken));
    }
}

/// A line with a colon that begins with a clause where no field update may stand.
fn colon(
    reader: &mut Reader<'_>,
    clause: Clause,
    keyword: &Range<usize>,
    line: &Range<usize>,
) -> Option<()> {
    if clause == Clause::Then || clause == Clause::Else {
        return Some(());
    }
    let (sign, _) = update::sign(reader, line)?;
    let place = reader.span(keyword.clone());
    let wrong = reader.diagnostic(&catalogue::COLON_IN_CLAUSE, sign);
    let clause = reader.text(keyword.clone()).to_owned();
    reader.report(wrong.arg("clause", clause).label(place, catalogue::CLAUSE_BEGINS));
    None
}

/// Says that a line begins with no known word, and which may have been meant.
fn unknown(reader: &mut Reader<'_>, line: Range<usize>) {
    let meant = |place: &Range<usize>| {
        did_you_mean(reader.text(place.clone()), keyword::spellings(CLAUSES))
    };
    let whole = meant(&line);
    let place = if whole.is_some() { line } else { reader.first_word(&line) };
    let meant = whole.or_else(|| meant(&place));
    let wrong = reader.diagnostic(&catalogue::NO_RULE_LINE, place).suggest(meant);
    reader.report(wrong);
}

/// `then after 3 days` may be written `then 3 days after`.
fn later_in_english(
    reader: &Reader<'_>,
    clause: Clause,
    keyword: Range<usize>,
    line: &Range<usize>,
) -> (Clause, Range<usize>) {
    let rest = reader.trim(keyword.end..line.end);
    let later = clause == Clause::Then && branch::is_later(reader, &rest);
    (if later { Clause::Later } else { clause }, keyword)
}

/// An error when something stands where nothing may.
fn nothing_follows(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<()> {
    if rest.is_empty() { Some(()) } else { reader.fail(&catalogue::NOTHING_FOLLOWS, rest) }
}

/// `alors` on a line of its own, and the indentation of what follows.
fn then_above(lang: Lang, indentation: &str) -> String {
    format!("{}\n{indentation}", keyword::printed(keyword::THEN, lang))
}
