//! The criterion that comes last on a line of clauses: `si …`.

use std::ops::Range;

use super::ast::Criterion;
use super::keyword::{Case, IF, THEN};
use super::reader::Reader;
use super::scan;
use crate::diagnostic::{Edit, Fix, catalogue};
use crate::source::Span;

/// The `si` that opens the criterion: not the one of `si (…) alors … sinon …` inside a value.
pub(crate) fn find(reader: &Reader<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let whole = reader.whole();
    scan::phrases(whole, range.clone(), IF).find(|word| {
        let rest = reader.trim(word.end..range.end);
        if !reader.text(rest.clone()).starts_with('(') {
            return true;
        }
        let Some(end) = scan::bracket_end(whole, rest.clone()) else { return true };
        reader.after(THEN, &reader.trim(end..rest.end), Case::Any).is_none()
    })
}

/// Reads the criterion after `si`, which runs to `end`. A value in it that `is_clause` knows for
/// a clause is an error that offers to move it.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    word: Range<usize>,
    end: usize,
    is_clause: impl Fn(&Reader<'_>, &Range<usize>) -> bool,
) -> Option<(Span, Criterion)> {
    let range = reader.trim(word.end..end);
    if range.is_empty() {
        return reader.fail(&catalogue::MISSING_CRITERION, word);
    }
    let mut values = scan::items(reader.whole(), range.clone()).into_iter().skip(1);
    if let Some(late) = values.find(|item| is_clause(reader, item)) {
        clause_after_if(reader, &word, &range, late);
        return None;
    }
    Some((reader.span(range.clone()), reader.criterion(range)?))
}

/// Says that a clause stands behind `si`.
fn clause_after_if(
    reader: &mut Reader<'_>,
    word: &Range<usize>,
    criterion: &Range<usize>,
    late: Range<usize>,
) {
    let text = reader.text(late.clone()).to_owned();
    let ahead = reader.text(0..word.start).trim_end();
    let comma = if ahead.ends_with(',') { "" } else { "," };
    let before = reader.span(ahead.len()..ahead.len());
    // The comma before the clause goes with it.
    let kept = reader.text(criterion.start..late.start).trim_end().trim_end_matches(',').len();
    let removed = reader.span(criterion.start + kept..late.end);
    let fix = Fix {
        title: &catalogue::MOVE_BEFORE_IF,
        args: [("new", text.clone())].into(),
        edits: vec![
            Edit { span: before, text: format!("{comma} {text},") },
            Edit { span: removed, text: String::new() },
        ],
    };
    let label = reader.span(word.clone());
    let diagnostic = reader
        .diagnostic(&catalogue::CLAUSE_AFTER_IF, late)
        .label(label, catalogue::CRITERION_BEGINS)
        .fix(fix);
    reader.report(diagnostic);
}
