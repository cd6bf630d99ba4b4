//! Approvals: when records need one, who is asked level by level, and what is done then.
//!
//! `soumis`, `approuvé`, `refusé` and `rappelé` alone on a line say what the actions below belong
//! to.

pub(crate) mod level;

use std::ops::Range;

use super::ast::{Action, Approval, Criterion, Level, Lock, Name, Trigger};
use super::automation::unknown;
use super::keyed::{Keyed, put_above};
use super::keyword::{self, Case, Table, Words};
use super::layout::Block;
use super::reader::Reader;
use super::rule::{action, trigger, update};
use crate::diagnostic::catalogue;
use crate::lang::Lang;
use crate::source::Span;

/// The word that a line of an approval begins with, unless it is an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineWord {
    Inactive,
    When,
    If,
    Lock,
    NoDelegation,
    Level,
    Section(Section),
}

/// When actions are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Submitted,
    Approved,
    Rejected,
    Recalled,
}

/// The lines that are no actions.
pub(crate) const LINES: &Table<LineWord> = &[
    (LineWord::Inactive, &["inactif", "inactive"], &["inactive"]),
    (LineWord::When, &["quand"], &["when"]),
    (LineWord::If, &["si"], &["if"]),
    (LineWord::Lock, &["verrouillé", "verrouillée"], &["locked"]),
    (LineWord::NoDelegation, &["sans délégation"], &["no delegation", "without delegation"]),
    (LineWord::Level, &["niveau"], &["level"]),
    (LineWord::Section(Section::Submitted), &["soumis", "soumise"], &["submitted"]),
    (LineWord::Section(Section::Approved), &["approuvé", "approuvée"], &["approved"]),
    (LineWord::Section(Section::Rejected), &["refusé", "refusée"], &["rejected", "refused"]),
    (LineWord::Section(Section::Recalled), &["rappelé", "rappelée"], &["recalled"]),
];

/// `sauf Commentaire`, behind `verrouillé`.
pub(crate) const EXCEPT: &Words = &Words::new(1, &["sauf", "except"]);

/// Reads an approval: `approbation Remise sur Devis` and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Approval> {
    let english = reader.text(block.range.clone()).starts_with("approval");
    let mut body = Body { lang: if english { Lang::En } else { Lang::Fr }, ..Body::default() };
    let head = reader.head(block);
    for line in &block.lines {
        // Each line says what is wrong with it: the others are read all the same.
        let _ = body.line(reader, line.clone());
    }
    let (name, module) = head?;
    if body.levels.is_empty() && !body.level_seen && !block.broken {
        let place = block.head.clone().unwrap_or(block.range.clone());
        return reader.fail_named(&catalogue::NO_LEVELS, place, Some(&name));
    }
    let Body { inactive, triggers, criterion, lock, no_delegation, levels, actions, .. } = body;
    let [submitted, approved, rejected, recalled] = actions;
    Some(Approval {
        name,
        module,
        inactive: inactive.is_some(),
        triggers,
        criterion: criterion.map(|(_, criterion)| criterion),
        lock,
        no_delegation: no_delegation.is_some(),
        levels,
        submitted,
        approved,
        rejected,
        recalled,
    })
}

/// What the lines of an approval say, so far.
#[derive(Default)]
struct Body {
    inactive: Option<Span>,
    triggers: Vec<Trigger>,
    criterion: Option<(Span, Criterion)>,
    lock: Option<Lock>,
    no_delegation: Option<Span>,
    levels: Vec<Level>,
    /// Whether a level was written at all, be it wrong.
    level_seen: bool,
    section: Option<Section>,
    /// By section.
    actions: [Vec<Action>; 4],
    /// The language of its head, for the words that fixes insert.
    lang: Lang,
}

impl Body {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let text = reader.text(line.clone());
        let found = keyword::longest(LINES, text, Case::Any);
        let is_update = update::is_update(reader, &line);
        let found = found.filter(|(word, length)| {
            let alone = *length == text.len();
            // `Verrouillé le plus 2 jours` is an action, and so is `Niveau : 3`.
            let acts = self.section.is_some() && action::is_action(reader, &line);
            alone || !(is_update || (acts && *word != LineWord::Level))
        });
        let Some((word, length)) = found else {
            if is_update || action::is_action(reader, &line) {
                return self.action(reader, line);
            }
            return unknown(
                reader,
                &catalogue::UNKNOWN_APPROVAL_LINE,
                line,
                keyword::spellings(LINES),
            );
        };
        let line = Keyed::new(reader, line, length);
        if let LineWord::Section(section) = word {
            self.section = Some(section);
            return line.alone(reader, &catalogue::SECTION_ALONE);
        }
        self.section = None;
        self.own(reader, word, line)
    }

    /// A line that is no action.
    fn own(&mut self, reader: &mut Reader<'_>, word: LineWord, line: Keyed) -> Option<()> {
        let span = line.span(reader);
        match word {
            LineWord::Inactive => {
                line.alone(reader, &catalogue::NOTHING_FOLLOWS)?;
                reader.once(self.inactive, span)?;
                self.inactive = Some(span);
            }
            LineWord::NoDelegation => {
                line.alone(reader, &catalogue::NOTHING_FOLLOWS)?;
                reader.once(self.no_delegation, span)?;
                self.no_delegation = Some(span);
            }
            LineWord::When => self.triggers.push(trigger::parse(reader, &line.whole, line.rest)?),
            LineWord::If => {
                let whole = line.whole.clone();
                let criterion = line.criterion(reader)?;
                if self.criterion.is_some() {
                    return reader.fail(&catalogue::SECOND_CRITERION, whole);
                }
                self.criterion = Some((span, criterion));
            }
            LineWord::Lock => {
                reader.once(self.lock.as_ref().map(|lock| lock.span), span)?;
                self.lock = Some(lock(reader, line)?);
            }
            LineWord::Level => {
                self.level_seen = true;
                line.given(reader)?;
                self.levels.push(level::parse(reader, line.whole, line.rest)?);
            }
            LineWord::Section(_) => {}
        }
        Some(())
    }

    fn action(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let section = self.section.unwrap_or_else(|| {
            let word = LineWord::Section(Section::Approved);
            let word = keyword::spelling(LINES, &word, self.lang);
            let fix = put_above(reader, line.start, word, "    ");
            let place = reader.first_word(&line);
            let error = reader.diagnostic(&catalogue::ACTION_OUTSIDE_ANSWER, place);
            reader.report(error.arg("section", word).fix(fix));
            Section::Approved
        });
        // The lines that follow are actions of that section too.
        self.section = Some(section);
        let action = action::parse(reader, line)?;
        if let Some(actions) = self.actions.get_mut(section as usize) {
            actions.push(action);
        }
        Some(())
    }
}

/// `, sauf Commentaire, Note`.
fn lock(reader: &mut Reader<'_>, line: Keyed) -> Option<Lock> {
    let (span, rest) = (reader.span(line.keyword), line.rest);
    if rest.is_empty() {
        return Some(Lock { span, except: Vec::new() });
    }
    let comma = reader.text(rest.clone()).starts_with(',');
    let clause = reader.trim(rest.start + usize::from(comma)..rest.end);
    let Some(fields) = reader.after(EXCEPT, &clause, Case::Any) else {
        return reader.fail(&catalogue::UNKNOWN_LOCK, rest);
    };
    if fields.is_empty() {
        return reader.fail(&catalogue::NOTHING_GIVEN, clause);
    }
    let except: Vec<Name> = reader.names(fields)?;
    Some(Lock { span, except })
}
