//! `dépendance Région selon Département sur Prospects` and its lines.

use std::ops::Range;

use super::each_line;
use crate::diagnostic::catalogue;
use crate::syntax::ast::{Dependency, DependencyLine};
use crate::syntax::keyword::Words;
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `selon`, between the field that depends and the other.
pub(crate) const BY: &Words = &Words::new(1, &["selon", "by"]);

/// Reads a dependency: two fields and their module, then values a line.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Dependency> {
    let head = reader.head_range(block).and_then(|head| {
        let on = reader.on(&head).filter(|on| on.start > head.start);
        let module = on.as_ref().map(|on| reader.module_after(on, head.end));
        let fields = reader.trim(head.start..on.map_or(head.end, |on| on.start));
        // A field may be called `By`, also before one in quotes.
        let between = |by: &Range<usize>| by.start > fields.start && by.end < fields.end;
        let parts: Vec<_> =
            scan::phrases(reader.whole(), fields.clone(), BY).filter(between).collect();
        let whole = |side: Range<usize>| is_whole(reader.text(reader.trim(side)));
        let parting =
            |by: &&Range<usize>| whole(fields.start..by.start) && whole(by.end..fields.end);
        let Some(by) = parts.iter().find(parting).or(parts.first()) else {
            return reader.fail(&catalogue::MISSING_PARENT, fields);
        };
        let child = reader.trim(fields.start..by.start);
        let parent = reader.trim(by.end..fields.end);
        let (child, parent) = (reader.name(child), reader.name(parent));
        let module = match module {
            Some(module) => Some(module?),
            None => None,
        };
        Some((child?, parent?, module))
    });
    let lines = each_line(reader, block, line);
    let (child, parent, module) = head?;
    Some(Dependency { child, parent, module, lines: lines? })
}

/// Whether a name stands in quotes as a whole, or not at all.
fn is_whole(name: &str) -> bool {
    const QUOTES: [char; 3] = ['"', '«', '»'];
    !name.contains(QUOTES) || (name.starts_with(QUOTES) && name.ends_with(QUOTES))
}

/// `06, 83, 13 : Côte-Azur`.
fn line(reader: &mut Reader<'_>, line: Range<usize>) -> Option<DependencyLine> {
    let sides = scan::field_colon(reader.whole(), line.clone())
        .map(|colon| (reader.trim(line.start..colon), reader.trim(colon + 1..line.end)))
        .filter(|(when, allowed)| !when.is_empty() && !allowed.is_empty());
    let Some((when, allowed)) = sides else {
        return reader.fail(&catalogue::NO_DEPENDENCY_LINE, line);
    };
    let (when, allowed) = (reader.names(when), reader.names(allowed));
    Some(DependencyLine { span: reader.span(line), when: when?, allowed: allowed? })
}
