//! Conditions and what they do: `si … alors`, `sinon si`, `sinon`, `puis 3 jours après`.

use std::ops::Range;

use super::lapse;
use super::{action, then_above};
use crate::diagnostic::{Fix, catalogue, did_you_mean};
use crate::lang::Lang;
use crate::syntax::ast::{Action, Branch, Criterion, Lapse, Later};
use crate::syntax::keyword::{Case, THEN, Words};
use crate::syntax::reader::Reader;
use crate::syntax::rule::trigger::AFTER;
use crate::syntax::scan;

/// `sans revérifier`
pub(crate) const UNCHECKED: &Words = &Words::new(1, &["sans revérifier", "without rechecking"]);

/// A branch that lines still belong to.
pub(super) struct Open {
    /// Its lines so far.
    range: Range<usize>,
    /// Whether it has a line.
    begun: bool,
    /// `si` or `sinon si`.
    condition: Option<Range<usize>>,
    criterion: Option<Criterion>,
    /// `alors`, or the `sinon` that stands for it.
    then: Option<Range<usize>>,
    /// Whether it was missing.
    assumed: bool,
    /// Whether it is the last `sinon`; its `alors` may still come.
    otherwise: bool,
    actions: Vec<Action>,
    later: Vec<Later>,
    /// The line under which actions must follow, until one does.
    awaits: Option<Range<usize>>,
    /// Whether the last `puis` was wrong: its actions are read and left out.
    lost: bool,
}

impl Open {
    /// The first branch, without a line yet.
    pub(super) fn new() -> Open {
        Open {
            range: 0..0,
            begun: false,
            condition: None,
            criterion: None,
            then: None,
            assumed: false,
            otherwise: false,
            actions: Vec::new(),
            later: Vec::new(),
            awaits: None,
            lost: false,
        }
    }

    /// A further branch; the actions of `sinon` follow it directly.
    pub(super) fn otherwise(line: Range<usize>, keyword: Range<usize>, last: bool) -> Open {
        let mut open = Open { begun: true, range: line, ..Open::new() };
        if last {
            open.otherwise = true;
            open.then = Some(keyword.clone());
            open.awaits = Some(keyword);
        }
        open
    }

    /// Whether actions may stand here.
    pub(super) fn acts(&self) -> bool {
        self.then.is_some()
    }

    /// Whether it has a condition.
    pub(super) fn is_conditioned(&self) -> bool {
        self.condition.is_some()
    }

    /// Whether it is the last `sinon`.
    pub(super) fn is_otherwise(&self) -> bool {
        self.otherwise
    }

    /// Takes a line for its own.
    fn extend(&mut self, line: &Range<usize>) {
        if !self.begun {
            self.begun = true;
            self.range.start = line.start;
        }
        self.range.end = line.end;
    }

    /// `si …`, `sinon si …`; `alors` may end the line.
    pub(super) fn condition(
        &mut self,
        reader: &mut Reader<'_>,
        keyword: Range<usize>,
        line: Range<usize>,
    ) -> Option<()> {
        if self.acts() {
            let text = reader.text(keyword.clone());
            let new = if text.eq_ignore_ascii_case("if") { "else if" } else { "sinon si" };
            let late = reader.diagnostic(&catalogue::TOO_LATE, keyword).suggest(Some(new.into()));
            reader.report(late);
            // Its `alors` is not said to be one too many.
            self.assumed = true;
            return None;
        }
        if let Some(first) = self.condition.clone() {
            let first = reader.span(first);
            let second = reader.diagnostic(&catalogue::SECOND_IF, keyword);
            reader.report(second.label(first, catalogue::FIRST_HERE));
            return None;
        }
        self.extend(&line);
        self.condition = Some(keyword.clone());
        let clause = reader.trim(keyword.end..line.end);
        let then = scan::phrases(reader.whole(), clause.clone(), THEN).last();
        let then = then.filter(|then| then.end == clause.end);
        let end = then.as_ref().map_or(clause.end, |then| then.start);
        self.awaits.clone_from(&then);
        self.then = then;
        let criterion = reader.trim(clause.start..end);
        if criterion.is_empty() {
            return reader.fail(&catalogue::MISSING_CRITERION, keyword);
        }
        self.criterion = Some(reader.criterion(criterion)?);
        Some(())
    }

    /// `alors`
    pub(super) fn then(
        &mut self,
        reader: &mut Reader<'_>,
        keyword: Range<usize>,
        rest: Range<usize>,
    ) -> Option<()> {
        let after_else = self.otherwise && self.awaits.is_some();
        let first = self.then.clone().filter(|_| !(after_else || self.assumed));
        let first = first.map(|first| reader.span(first));
        self.assumed = false;
        reader.once(first, reader.span(keyword.clone()))?;
        self.extend(&keyword);
        self.then = Some(keyword.clone());
        self.awaits = Some(keyword);
        self.beside(reader, rest)
    }

    /// An action on the line of a keyword: it stands on its own.
    pub(super) fn beside(&mut self, reader: &mut Reader<'_>, rest: Range<usize>) -> Option<()> {
        if rest.is_empty() {
            return Some(());
        }
        let word_end = reader.text(0..rest.start).trim_end().len();
        let gap = reader.span(word_end..rest.start);
        let fix = Fix::replace(&catalogue::NEW_LINE, gap, "\n    ");
        let wrong = reader.diagnostic(&catalogue::ACTION_ON_LINE, rest.clone()).fix(fix);
        reader.report(wrong);
        self.awaits = None;
        None
    }

    /// Reads on as if `alors` stood before a line.
    pub(super) fn assume_then(&mut self, line: Range<usize>) {
        self.then = Some(line.start..line.start);
        self.assumed = true;
    }

    /// One action.
    pub(super) fn action(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        self.extend(&line);
        self.awaits = None;
        let action = action::parse(reader, line)?;
        if !self.lost {
            self.later
                .last_mut()
                .map_or(&mut self.actions, |later| &mut later.actions)
                .push(action);
        }
        Some(())
    }

    /// `puis 3 jours après à 10h30, sans revérifier`
    pub(super) fn later(
        &mut self,
        reader: &mut Reader<'_>,
        keyword: &Range<usize>,
        line: Range<usize>,
        lang: Lang,
    ) -> Option<()> {
        if !self.acts() {
            let at = reader.span(line.start..line.start);
            let fix = Fix::replace(&catalogue::INSERT_LINE, at, &then_above(lang, "  "));
            let early = reader.diagnostic(&catalogue::ACTION_BEFORE_THEN, keyword.clone());
            reader.report(early.fix(fix));
            self.assume_then(line.clone());
        } else if !self.later.is_empty() {
            self.nothing_done(reader);
        }
        self.awaits = None;
        self.extend(&line);
        self.lost = true;
        self.later.push(read_later(reader, keyword, line.clone())?);
        self.lost = false;
        self.awaits = Some(line);
        Some(())
    }

    /// Says that a line which actions must follow has none.
    fn nothing_done(&mut self, reader: &mut Reader<'_>) {
        if let Some(line) = self.awaits.take() {
            reader.fail::<()>(&catalogue::NOTHING_DONE, line);
        }
    }

    /// The branch; none where no line made one.
    pub(super) fn close(mut self, reader: &mut Reader<'_>, broken: bool) -> Option<Branch> {
        if !broken {
            self.nothing_done(reader);
        }
        let Open { range, begun, criterion, actions, later, .. } = self;
        begun.then(|| Branch { span: reader.span(range), criterion, actions, later })
    }
}

/// Whether what follows `then` is a delay: `3 days after`.
pub(super) fn is_later(reader: &Reader<'_>, rest: &Range<usize>) -> bool {
    let first = scan::items(reader.whole(), rest.clone()).into_iter().next();
    first.is_some_and(|first| delay(reader, &first).0.is_some())
}

/// The length of time in `3 jours après`, `after 3 days at 10h30`, and the time of day.
fn delay(reader: &Reader<'_>, range: &Range<usize>) -> (Option<Lapse>, Option<Range<usize>>) {
    let (range, time) = match lapse::before_time(reader, range) {
        Some((before, time)) => (before, Some(time)),
        None => (range.clone(), None),
    };
    let length = reader
        .after(AFTER, &range, Case::Any)
        .or_else(|| reader.without_last(AFTER, range.clone()));
    (length.and_then(|length| lapse::lapse(reader, &length)), time)
}

fn read_later(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    line: Range<usize>,
) -> Option<Later> {
    let mut items = scan::items(reader.whole(), keyword.end..line.end).into_iter();
    let first = items.next().unwrap_or(keyword.end..keyword.end);
    // `then after` has the word already.
    let first = match reader.text(keyword.clone()).split_whitespace().nth(1) {
        Some(after) => keyword.end - after.len()..first.end,
        None => first,
    };
    let (after, time) = delay(reader, &first);
    let Some(after) = after else {
        return reader.fail(&catalogue::UNREADABLE_LATER, line);
    };
    let mut at = match time {
        Some(time) => Some(lapse::time(reader, time)?),
        None => None,
    };
    let mut unchecked = None;
    for item in items {
        if reader.after(UNCHECKED, &item, Case::Any).is_some_and(|rest| rest.is_empty()) {
            let span = reader.span(item);
            reader.once(unchecked, span)?;
            unchecked = Some(span);
        } else if let Some(time) =
            reader.after(lapse::AT, &item, Case::Any).filter(|_| at.is_none())
        {
            at = Some(lapse::time(reader, time)?);
        } else {
            return unknown(reader, keyword, item);
        }
    }
    let span = reader.span(line);
    Some(Later { span, after, at, unchecked: unchecked.is_some(), actions: Vec::new() })
}

fn unknown<T>(reader: &mut Reader<'_>, keyword: &Range<usize>, item: Range<usize>) -> Option<T> {
    let meant = did_you_mean(reader.text(item.clone()), UNCHECKED.iter().copied());
    // As written, without the `after` of `then after`.
    let clause = reader.text(keyword.clone()).split_whitespace().next().unwrap_or_default();
    let clause = clause.to_owned();
    let unknown = reader
        .diagnostic(&catalogue::UNKNOWN_OPTION, item)
        .arg("action", clause)
        .arg("options_fr", "à 10h30, sans revérifier")
        .arg("options_en", "at 10:30, without rechecking")
        .suggest(meant);
    reader.report(unknown);
    None
}
