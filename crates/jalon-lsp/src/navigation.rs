//! From a name to where it is declared and where else it stands.

use jalon::source::SourceId;
use lsp_types::{DocumentHighlight, DocumentHighlightKind, Location};

use crate::analysis::{Analysis, Role};

/// Where the name at a byte is declared.
pub fn definition(analysis: &Analysis, source: SourceId, offset: u32) -> Option<Location> {
    let target = analysis.index.at(source, offset)?.target;
    let mut declared = analysis.index.of(target).filter(|o| o.role == Role::Declared);
    analysis.location(declared.next()?.span)
}

/// Every place where what stands at a byte is named.
pub fn references(
    analysis: &Analysis,
    source: SourceId,
    offset: u32,
    declaration: bool,
) -> Vec<Location> {
    let Some(at) = analysis.index.at(source, offset) else { return Vec::new() };
    let wanted = analysis.index.of(at.target).filter(|o| declaration || o.role == Role::Used);
    wanted.filter_map(|o| analysis.location(o.span)).collect()
}

/// The same within one file.
pub fn highlights(analysis: &Analysis, source: SourceId, offset: u32) -> Vec<DocumentHighlight> {
    let Some(at) = analysis.index.at(source, offset) else { return Vec::new() };
    let here = analysis.index.of(at.target).filter(|o| o.span.source == source);
    here.map(|o| DocumentHighlight {
        range: analysis.range(o.span),
        kind: Some(match o.role {
            Role::Used => DocumentHighlightKind::READ,
            _ => DocumentHighlightKind::WRITE,
        }),
    })
    .collect()
}
