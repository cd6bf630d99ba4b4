//! Diagnostics for people, as rustc shows them.

use std::cell::OnceCell;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet, renderer::DecorStyle,
};

use super::{Diagnostic, Edit, Fix, Severity, catalogue};
use crate::lang::Lang;
use crate::source::{Source, SourceId, Sources, Span};

/// Renders diagnostics one after the other, with the source lines, the underlined text, the help
/// and the fixes. `color` adds ANSI colours.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let pages: Vec<Page<'_>> = sources.iter().map(|(_, source)| Page::new(source)).collect();
    let mut out = String::new();
    for diagnostic in diagnostics {
        let texts = Texts::new(diagnostic, lang);
        out.push_str(&renderer.render(&report(diagnostic, &texts, &pages, lang)));
        out.push_str("\n\n");
    }
    out
}

/// The texts of a diagnostic in one language.
struct Texts {
    message: String,
    underline: Option<String>,
    help: Option<String>,
    labels: Vec<(Span, String)>,
    fixes: Vec<String>,
}

impl Texts {
    fn new(d: &Diagnostic, lang: Lang) -> Texts {
        Texts {
            message: d.message(lang),
            underline: d.underline(lang),
            // A name that was meant says enough.
            help: d.help(lang).filter(|_| d.suggestion.is_none()),
            labels: d.labels.iter().map(|l| (l.span, l.text.fill(lang, &d.args))).collect(),
            fixes: fixes(d).map(|fix| fix.title(lang)).collect(),
        }
    }
}

/// The fixes to show: putting in the name that was meant goes without saying.
fn fixes(d: &Diagnostic) -> impl Iterator<Item = &Fix> {
    let meant = |fix: &&Fix| {
        d.suggestion.is_some()
            && *fix.title == catalogue::REPLACE_WITH
            && fix.args.get("new") == d.suggestion.as_ref()
    };
    d.fixes.iter().filter(move |fix| !meant(fix))
}

/// The diagnostic itself, and one suggestion for each fix.
fn report<'a>(
    d: &'a Diagnostic,
    texts: &'a Texts,
    pages: &'a [Page<'a>],
    lang: Lang,
) -> Vec<Group<'a>> {
    let level = match d.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let level = level.with_name(d.severity().word(lang));
    let help = || Level::HELP.with_name(lang.pick("aide", "help"));
    let title = level.primary_title(texts.message.as_str()).id(d.code.id);
    let mut group = Group::with_title(title);
    for snippet in snippets(d, texts, pages) {
        group = group.element(snippet);
    }
    if let Some(text) = &texts.help {
        group = group.element(help().message(text.as_str()));
    }
    let mut groups = vec![group];
    for (fix, title) in fixes(d).zip(&texts.fixes) {
        let mut group = Group::with_title(help().secondary_title(title.as_str()));
        for id in sources_of(fix.edits.iter().map(|edit| edit.span)) {
            if let Some(page) = pages.get(id.0 as usize) {
                let edits = fix.edits.iter().filter(|edit| edit.span.source == id);
                group = group.element(suggestion(page, edits));
            }
        }
        groups.push(group);
    }
    groups
}

/// The lines of each source that the diagnostic points at, its own source first.
fn snippets<'a>(
    d: &Diagnostic,
    texts: &'a Texts,
    pages: &'a [Page<'a>],
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let spans = std::iter::once(d.span).chain(texts.labels.iter().map(|(span, _)| *span));
    let mut snippets = Vec::new();
    for id in sources_of(spans.clone()) {
        let Some(page) = pages.get(id.0 as usize) else { continue };
        let window = Window::around(page, spans.clone().filter(|span| span.source == id));
        let mut snippet = window.snippet();
        if id == d.span.source {
            let primary = AnnotationKind::Primary.span(window.place(d.span));
            snippet = snippet.annotation(match &texts.underline {
                Some(text) => primary.label(text.as_str()),
                None => primary,
            });
        }
        for (span, text) in texts.labels.iter().filter(|(span, _)| span.source == id) {
            let place = window.place(*span);
            snippet = snippet.annotation(AnnotationKind::Context.span(place).label(text.as_str()));
        }
        snippets.push(snippet);
    }
    snippets
}

/// The lines as the edits leave them.
fn suggestion<'a>(
    page: &'a Page<'a>,
    edits: impl Iterator<Item = &'a Edit> + Clone,
) -> Snippet<'a, Patch<'a>> {
    let window = Window::around(page, edits.clone().map(|edit| edit.span));
    let patches = edits.map(|edit| Patch::new(window.place(edit.span), edit.text.as_str()));
    window.snippet().patches(patches)
}

/// The sources of some spans, each once, in the order in which they first appear.
fn sources_of(spans: impl Iterator<Item = Span>) -> Vec<SourceId> {
    let mut ids = Vec::new();
    for span in spans {
        if !ids.contains(&span.source) {
            ids.push(span.source);
        }
    }
    ids
}

/// A source and where its lines end, counted when a line number is first asked for.
struct Page<'a> {
    source: &'a Source,
    line_ends: OnceCell<Vec<usize>>,
}

impl<'a> Page<'a> {
    fn new(source: &'a Source) -> Page<'a> {
        Page { source, line_ends: OnceCell::new() }
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        let ends = self
            .line_ends
            .get_or_init(|| memchr::memchr_iter(b'\n', self.source.text.as_bytes()).collect());
        ends.partition_point(|end| *end < at) + 1
    }
}

/// The whole lines of a source that hold some spans: the renderer need not see the rest.
struct Window<'a> {
    source: &'a Source,
    range: Range<usize>,
    line: usize,
}

impl<'a> Window<'a> {
    fn around(page: &Page<'a>, spans: impl Iterator<Item = Span> + Clone) -> Window<'a> {
        let text = page.source.text.as_str();
        let start = spans.clone().map(|span| floor(text, span.start)).min().unwrap_or(0);
        let end = spans.map(|span| floor(text, span.end)).max().unwrap_or(0).max(start);
        let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        Window { source: page.source, range: start..end, line: page.line(start) }
    }

    /// The place of a span in the window.
    fn place(&self, span: Span) -> Range<usize> {
        let clamp = |at| floor(&self.source.text, at).clamp(self.range.start, self.range.end);
        let (start, end) = (clamp(span.start), clamp(span.end.max(span.start)));
        start - self.range.start..end - self.range.start
    }

    fn snippet<T: Clone>(&self) -> Snippet<'a, T> {
        Snippet::source(&self.source.text[self.range.clone()])
            .line_start(self.line)
            .path(self.source.name.as_str())
    }
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, at: u32) -> usize {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
