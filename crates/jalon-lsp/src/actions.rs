//! Quick fixes: the ways out that findings offer.

use std::ops::Range;

use jalon::diagnostic::{Diagnostic, Severity, catalogue};
use jalon::source::{SourceId, Span};
use lsp_types::{CodeAction, CodeActionKind};

use crate::analysis::Analysis;
use crate::diagnostics::shown;

/// The ways out of every finding that a range touches, in the order of the findings; a way out
/// that is the only one is preferred.
pub fn actions(analysis: &Analysis, source: SourceId, bytes: Range<u32>) -> Vec<CodeAction> {
    let touches =
        |span: Span| span.source == source && span.start <= bytes.end && bytes.start <= span.end;
    let mut actions = Vec::new();
    for diagnostic in analysis.draft.diagnostics.iter().filter(|d| touches(d.span)) {
        let action = |title: String, edits: &mut dyn Iterator<Item = (Span, &str)>| CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown(analysis, diagnostic)]),
            edit: Some(analysis.edits(edits)),
            ..CodeAction::default()
        };
        let only = diagnostic.fixes.len() == 1;
        for fix in &diagnostic.fixes {
            let mut edits = fix.edits.iter().map(|edit| (edit.span, edit.text.as_str()));
            let action = action(fix.title(analysis.lang), &mut edits);
            actions.push(CodeAction { is_preferred: only.then_some(true), ..action });
        }
        if let Some((span, text)) = ignoring(analysis, diagnostic) {
            let code = diagnostic.code.id;
            let title =
                analysis.lang.pick(format!("ignorer {code} ici"), format!("ignore {code} here"));
            actions.push(action(title, &mut std::iter::once((span, text.as_str()))));
        }
    }
    actions
}

/// The comment that silences a warning or a note on its line: where, and its text.
fn ignoring(analysis: &Analysis, diagnostic: &Diagnostic) -> Option<(Span, String)> {
    // The finding that a comment ignores nothing is there only where comments can ignore.
    let can = catalogue::all().iter().any(|code| code.id == "N0861");
    if !can || diagnostic.severity() == Severity::Error {
        return None;
    }
    let span = diagnostic.span;
    let text = &analysis.file(span.source)?.text;
    let line = text.line_of(span.start as usize);
    let whole = text.line(line);
    let content = whole.trim_end();
    let at = (text.line_start(line) + content.len()) as u32;
    let place = Span { start: at, end: at, ..span };
    let code = diagnostic.code.id;
    let lang = analysis.draft.lang_of(span.source);
    let verb = lang.pick("ignorer", "ignore");
    let own = |c: &&jalon::syntax::ast::Comment| text.line_of(c.span.start as usize) == line;
    let document = analysis.draft.documents.iter().find(|d| d.source == span.source)?;
    let comment = document.comments.iter().find(own);
    let instructs = |text: &str| text.trim_start().to_lowercase().starts_with("jalon");
    Some(match comment {
        None => (place, format!("  # jalon: {verb} {code}")),
        Some(comment) if instructs(&comment.text) => (place, format!(", {code}")),
        // Another comment stands at the end of the line: the line above speaks for it.
        Some(_) => {
            let start = text.line_start(line) as u32;
            let margin = whole.len() - whole.trim_start().len();
            let margin = whole.get(..margin).unwrap_or("");
            let comment = format!("{margin}# jalon: {verb} {code}\n");
            (Span { start, end: start, ..span }, comment)
        }
    })
}
