//! Diagnostics for people, as rustc shows them.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::source::Sources;

/// Renders diagnostics one after the other, with the source lines, the underlined text, the help
/// and the fixes. `color` adds ANSI colours.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&render_one(diagnostic, sources, lang, &renderer));
        out.push_str("\n\n");
    }
    out
}

fn render_one(d: &Diagnostic, sources: &Sources, lang: Lang, renderer: &Renderer) -> String {
    let level = match d.severity() {
        Severity::Error => Level::ERROR.with_name(lang.pick("erreur", "error")),
        Severity::Warning => Level::WARNING.with_name(lang.pick("avertissement", "warning")),
        Severity::Note => Level::NOTE.with_name(lang.pick("remarque", "note")),
    };
    let message = d.message(lang);
    let underline = d.underline(lang);
    let labels: Vec<_> = d.labels.iter().map(|l| (l.span, l.text.fill(lang, &d.args))).collect();
    let helps: Vec<String> =
        d.help(lang).into_iter().chain(d.fixes.iter().map(|fix| fix.title(lang))).collect();

    let title = level.primary_title(message.as_str()).id(d.code.id);
    let mut group = Group::with_title(title);
    if let Some(source) = sources.get(d.span.source) {
        let clamp = |span: crate::source::Span| {
            let end = (span.end as usize).min(source.text.len());
            (span.start as usize).min(end)..end
        };
        let mut snippet = Snippet::source(source.text.as_str()).path(source.name.as_str());
        let mut primary = AnnotationKind::Primary.span(clamp(d.span));
        if let Some(text) = &underline {
            primary = primary.label(text.as_str());
        }
        snippet = snippet.annotation(primary);
        for (span, text) in labels.iter().filter(|(span, _)| span.source == d.span.source) {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(clamp(*span)).label(text.as_str()));
        }
        group = group.element(snippet);
        for (span, text) in labels.iter().filter(|(span, _)| span.source != d.span.source) {
            if let Some(other) = sources.get(span.source) {
                let end = (span.end as usize).min(other.text.len());
                group = group.element(
                    Snippet::source(other.text.as_str()).path(other.name.as_str()).annotation(
                        AnnotationKind::Context
                            .span((span.start as usize).min(end)..end)
                            .label(text.as_str()),
                    ),
                );
            }
        }
    }
    for help in &helps {
        group =
            group.element(Level::HELP.with_name(lang.pick("aide", "help")).message(help.as_str()));
    }
    renderer.render(&[group])
}
