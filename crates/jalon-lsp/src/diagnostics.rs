//! Findings as editors show them.

use jalon::diagnostic::{Diagnostic, Severity};
use jalon::source::SourceId;
use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString};

use crate::analysis::Analysis;

/// The findings about one file.
pub fn diagnostics(analysis: &Analysis, source: SourceId) -> Vec<lsp_types::Diagnostic> {
    let of_file = analysis.draft.diagnostics.iter().filter(|d| d.span.source == source);
    of_file.map(|diagnostic| shown(analysis, diagnostic)).collect()
}

/// One finding; its ways out are code actions.
pub(crate) fn shown(analysis: &Analysis, diagnostic: &Diagnostic) -> lsp_types::Diagnostic {
    let lang = analysis.lang;
    let mut message = diagnostic.message(lang);
    for more in [diagnostic.underline(lang), diagnostic.help(lang)].into_iter().flatten() {
        message.push('\n');
        message.push_str(&more);
    }
    let related = diagnostic.labels.iter().filter_map(|label| {
        let message = label.text.fill(lang, &diagnostic.args);
        Some(DiagnosticRelatedInformation { location: analysis.location(label.span)?, message })
    });
    let related: Vec<_> = related.collect();
    lsp_types::Diagnostic {
        range: analysis.range(diagnostic.span),
        severity: Some(match diagnostic.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(diagnostic.code.id.to_owned())),
        source: Some("jalon".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}
