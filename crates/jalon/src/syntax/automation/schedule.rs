//! `planification "E-mails automatiques" chaque jour à 19:00` and what is done then.

use std::ops::Range;

use super::{as_written, once, unknown};
use crate::diagnostic::catalogue;
use crate::source::Span;
use crate::syntax::ast::{Action, Criterion, Name, Schedule, SortKey};
use crate::syntax::condition;
use crate::syntax::keyword::{self, AT_MOST, Case, IF, ON, THEN, Words};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::rule::action;
use crate::syntax::scan;

/// What a recurrence begins with, behind a name without quotes.
pub(crate) const EVERY: &Words = &Words::new(
    5,
    &["chaque", "tous les", "toutes les", "le premier", "le dernier", "every", "each", "the first"],
);
/// `triés par Créé le`, the printed ones first.
pub(crate) const SORTED_BY: &Words =
    &Words::new(4, &["triés par", "triées par", "trié par", "triée par", "sorted by"]);
/// `Montant décroissant`, the printed ones first.
pub(crate) const DESCENDING: &Words =
    &Words::new(4, &["décroissant", "décroissante", "décroissants", "décroissantes", "descending"]);
/// `Montant croissant`, which is how fields are sorted without a word.
const ASCENDING: &[&str] = &["croissant", "ascending", "croissante", "croissants", "croissantes"];

/// `au plus 400 Prospects`: how many at most, and of which module.
type Records = (Option<u32>, Option<Name>);

/// What the lines say, so far.
#[derive(Default)]
struct Body {
    records: Option<(Span, Records)>,
    sort: Option<(Span, Vec<SortKey>)>,
    criterion: Option<(Span, Criterion)>,
    acting: bool,
    actions: Vec<Action>,
}

/// Reads a schedule: its name, its recurrence, which records, and the actions.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Schedule> {
    let head = reader.head_range(block).and_then(|head| self::head(reader, head));
    let mut body = Body::default();
    let mut good = true;
    for line in &block.lines {
        good &= body.line(reader, line.clone()).is_some();
    }
    let (name, when) = head?;
    let (at_most, module) = body.records.map_or((None, None), |(_, records)| records);
    good.then_some(Schedule {
        name,
        when,
        at_most,
        module,
        sort: body.sort.map(|(_, sort)| sort).unwrap_or_default(),
        criterion: body.criterion.map(|(_, criterion)| criterion),
        actions: body.actions,
    })
}

/// `"E-mails automatiques" chaque jour à 19:00`.
fn head(reader: &mut Reader<'_>, head: Range<usize>) -> Option<(Name, Name)> {
    let whole = reader.whole();
    let quoted = reader.text(head.clone()).starts_with(['"', '«']);
    let split = if quoted {
        scan::quote_end(whole, head.start).filter(|end| *end <= head.end)
    } else {
        let every = scan::phrases(whole, head.clone(), EVERY).next();
        every.map(|every| every.start)
    };
    let at = split.unwrap_or(head.end);
    let (name, when) = (reader.trim(head.start..at), reader.trim(at..head.end));
    if name.is_empty() {
        return reader.fail(&catalogue::MISSING_NAME, head);
    }
    if when.is_empty() {
        let named = reader.name(name.clone())?;
        return reader.fail_named(&catalogue::MISSING_RECURRENCE, name, Some(&named));
    }
    Some((reader.name(name)?, as_written(reader, when)))
}

impl Body {
    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        if self.acting {
            self.actions.push(action::parse(reader, line)?);
            return Some(());
        }
        if keyword::any(THEN, reader.text(line.clone()), Case::Any) == Some(line.len()) {
            self.acting = true;
            return Some(());
        }
        let clauses = match reader.without_last(THEN, line.clone()) {
            Some(clauses) => {
                self.acting = true;
                clauses
            }
            None => line,
        };
        let word = condition::find(reader, clauses.clone());
        let end = word.as_ref().map_or(clauses.end, |word| word.start);
        let mut good = true;
        let mut sorting = false;
        for item in scan::items(reader.whole(), clauses.start..end) {
            good &= self.clause(reader, item, &mut sorting).is_some();
        }
        if let Some(word) = word {
            let (span, criterion) = condition::read(reader, word, clauses.end, is_clause)?;
            once(reader, &mut self.criterion, span, criterion)?;
        }
        good.then_some(())
    }

    /// `au plus 400 Prospects`, `triés par Créé le`; fields after that are sorted by too.
    fn clause(
        &mut self,
        reader: &mut Reader<'_>,
        item: Range<usize>,
        sorting: &mut bool,
    ) -> Option<()> {
        let span = reader.span(item.clone());
        if let Some(limit) = reader.after(AT_MOST, &item, Case::Any) {
            *sorting = false;
            let records = records(reader, limit)?;
            return once(reader, &mut self.records, span, records);
        }
        if let Some(module) = reader.after(ON, &item, Case::Any).filter(|_| !*sorting) {
            let module = reader.name(module)?;
            return once(reader, &mut self.records, span, (None, Some(module)));
        }
        if let Some(field) = reader.after(SORTED_BY, &item, Case::Any) {
            *sorting = true;
            let key = sort_key(reader, field)?;
            return once(reader, &mut self.sort, span, vec![key]);
        }
        if *sorting && let Some((_, keys)) = &mut self.sort {
            keys.push(sort_key(reader, item)?);
            return Some(());
        }
        let words = [AT_MOST, SORTED_BY, IF, THEN].into_iter().flatten().copied();
        unknown(reader, &catalogue::NO_SCHEDULE_LINE, item, words)
    }
}

/// `400 Prospects`: how many, and of which module.
fn records(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Records> {
    let text = reader.text(range.clone());
    let digits = text.find(|c: char| !c.is_ascii_digit() && !c.is_whitespace());
    let at = range.start + digits.unwrap_or(text.len());
    let module = reader.trim(at..range.end);
    let number = if at == range.start { range } else { range.start..at };
    let count = reader.count(number);
    let module = if module.is_empty() { None } else { Some(reader.name(module)?) };
    Some((Some(count?), module))
}

/// `Créé le décroissant`.
fn sort_key(reader: &mut Reader<'_>, range: Range<usize>) -> Option<SortKey> {
    let descending = reader.without_last(DESCENDING, range.clone());
    let ascending = reader.without_last(ASCENDING, range.clone());
    let is_descending = descending.is_some();
    let field = descending.or(ascending).unwrap_or(range);
    Some(SortKey { field: reader.name(field)?, descending: is_descending })
}

/// Whether a value of the criterion is spelled like a clause.
fn is_clause(reader: &Reader<'_>, item: &Range<usize>) -> bool {
    let limit = reader.after(AT_MOST, item, Case::Any);
    limit.is_some_and(|limit| reader.text(limit).starts_with(|c: char| c.is_ascii_digit()))
        || keyword::any(SORTED_BY, reader.text(item.clone()), Case::Any).is_some()
}
