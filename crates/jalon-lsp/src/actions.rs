//! Quick fixes: the ways out that findings offer.

use jalon::source::{SourceId, Span};
use lsp_types::{CodeAction, CodeActionKind};

use crate::analysis::Analysis;
use crate::diagnostics::shown;

/// The ways out of every finding that a range touches, in the order of the findings; the first of
/// a finding is the preferred one.
pub fn actions(
    analysis: &Analysis,
    source: SourceId,
    bytes: std::ops::Range<u32>,
) -> Vec<CodeAction> {
    let touches =
        |span: Span| span.source == source && span.start <= bytes.end && bytes.start <= span.end;
    let mut actions = Vec::new();
    for diagnostic in analysis.draft.diagnostics.iter().filter(|d| touches(d.span)) {
        let only = diagnostic.fixes.len() == 1;
        for fix in &diagnostic.fixes {
            let edits = fix.edits.iter().map(|edit| (edit.span, edit.text.as_str()));
            actions.push(CodeAction {
                title: fix.title(analysis.lang),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown(analysis, diagnostic)]),
                edit: Some(analysis.edits(edits)),
                is_preferred: only.then_some(true),
                ..CodeAction::default()
            });
        }
    }
    actions
}
