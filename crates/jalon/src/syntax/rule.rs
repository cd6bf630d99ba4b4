//! Rules: head, triggers and first condition; the other lines are kept as text.

use std::ops::Range;

use super::ast::{Branch, Criterion, DateTrigger, Name, Rule, Trigger, TriggerKind};
use super::keyword::{self, Case, IF, THEN, Table};
use super::layout::Block;
use super::reader::Reader;
use super::scan;
use crate::diagnostic::catalogue;
use crate::lexicon::OPERATORS;

/// `quand`
pub(crate) const WHEN: &[&str] = &["quand", "when"];

/// A trigger that is one keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TriggerWord {
    Created,
    Updated,
    CreatedOrUpdated,
    Deleted,
    Manual,
}

/// The triggers that are one keyword.
pub(crate) const TRIGGERS: &Table<TriggerWord> = &[
    (TriggerWord::Created, &["créé"], &["created"]),
    (TriggerWord::Updated, &["modifié"], &["updated"]),
    (TriggerWord::CreatedOrUpdated, &["créé ou modifié"], &["created or updated"]),
    (TriggerWord::Deleted, &["supprimé"], &["deleted"]),
    (TriggerWord::Manual, &["manuel"], &["manual"]),
];

/// The end of `A, B modifiés`.
const CHANGED: &[&str] = &["modifié", "modifiés", "modifiée", "modifiées", "changed"];

/// Reads a rule: `règle "CM3" sur Prospects` and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Rule> {
    let head = reader.head(block);
    let mut body = Body::default();
    for line in &block.lines {
        if body.line(reader, line.clone()).is_none() {
            body.broken = true;
        }
    }
    let (name, module) = head?;
    let Body { triggers, criterion, broken, .. } = body;
    let span = reader.span(block.range.clone());
    let branches = vec![Branch { span, criterion, actions: Vec::new(), later: Vec::new() }];
    (!broken).then_some(Rule { name, module, triggers, repetition: None, branches })
}

#[derive(Default)]
struct Body {
    triggers: Vec<Trigger>,
    criterion: Option<Criterion>,
    conditioned: bool,
    /// Whether the actions have begun.
    acting: bool,
    broken: bool,
}

impl Body {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let whole = reader.whole();
        if !self.acting {
            if let Some(clause) = reader.after(WHEN, &line, Case::Any) {
                self.triggers.push(trigger(reader, &line, clause)?);
                return Some(());
            }
            if let Some(clause) = reader.after(IF, &line, Case::Any).filter(|_| !self.conditioned) {
                self.conditioned = true;
                let then = scan::phrases(whole, clause.clone(), THEN).last();
                let then = then.filter(|then| then.end == clause.end);
                let criterion =
                    reader.trim(clause.start..then.as_ref().map_or(clause.end, |t| t.start));
                if let Some(then) = then {
                    self.acting = true;
                    let _ = then;
                }
                if criterion.is_empty() {
                    let keyword = keyword::any(IF, reader.text(line.clone()), Case::Any);
                    let place = line.start..line.start + keyword.unwrap_or(0);
                    return reader.fail(&catalogue::MISSING_CRITERION, place);
                }
                self.criterion = Some(reader.criterion(criterion)?);
                return Some(());
            }
            self.acting = keyword::any(THEN, reader.text(line.clone()), Case::Any).is_some();
        }
        Some(())
    }
}

/// A line that is kept, with one space wherever there is white space outside quotes.
fn as_written(reader: &Reader<'_>, line: Range<usize>) -> Name {
    let mut text = String::with_capacity(line.len());
    for place in scan::outside(reader.whole(), line.clone()) {
        if !place.c.is_whitespace() {
            text.push_str(reader.text(place.at..place.end));
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    Name { span: reader.span(line), text, quoted: false }
}

/// What follows `quand`.
fn trigger(reader: &mut Reader<'_>, line: &Range<usize>, clause: Range<usize>) -> Option<Trigger> {
    if clause.is_empty() {
        return reader.fail(&catalogue::MISSING_TRIGGER, line.clone());
    }
    let span = reader.span(clause.clone());
    let text = reader.text(clause.clone());
    let kind = match keyword::whole(TRIGGERS, text, Case::Any) {
        Some(TriggerWord::Created) => TriggerKind::Created,
        Some(TriggerWord::Updated) => TriggerKind::Updated,
        Some(TriggerWord::CreatedOrUpdated) => TriggerKind::CreatedOrUpdated,
        Some(TriggerWord::Deleted) => TriggerKind::Deleted,
        Some(TriggerWord::Manual) => TriggerKind::Manual,
        None => match reader.without_last(CHANGED, clause.clone()) {
            Some(fields) if !fields.is_empty() => TriggerKind::Changed(reader.names(fields)?),
            _ if compares_change(reader, clause.clone()) => {
                TriggerKind::Criterion(reader.criterion(clause)?)
            }
            _ => TriggerKind::Date(DateTrigger {
                field: as_written(reader, clause),
                offset: None,
                at: None,
                every: None,
            }),
        },
    };
    Some(Trigger { span, kind })
}

/// Whether a clause holds `CHANGE`, `DEVIENT` or `PASSE DE`, in capitals or in lower case.
fn compares_change(reader: &Reader<'_>, range: Range<usize>) -> bool {
    let start = range.start;
    scan::words(reader.whole(), range, |rest| {
        OPERATORS
            .iter()
            .filter(|row| row.op.is_change())
            .flat_map(|row| row.fr.iter().chain(row.en))
            .find_map(|word| {
                keyword::starts(rest, word, Case::Strict)
                    .or_else(|| keyword::starts(rest, &word.to_uppercase(), Case::Strict))
            })
    })
    .any(|word| word.start > start)
}
pub(crate) mod action {
    use crate::syntax::reader::Reader;
    use std::ops::Range;
    pub(crate) fn parse(
        _r: &mut Reader<'_>,
        _range: Range<usize>,
    ) -> Option<crate::syntax::ast::Action> {
        None
    }
}
pub(crate) mod update {
    use crate::syntax::reader::Reader;
    use std::ops::Range;
    pub(crate) fn parse(
        _r: &mut Reader<'_>,
        _range: Range<usize>,
    ) -> Option<crate::syntax::ast::Update> {
        None
    }
}
