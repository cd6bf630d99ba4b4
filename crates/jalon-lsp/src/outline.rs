//! What a file declares, as a tree, what can be folded in it, and what a whole program declares.

use jalon::lang::Lang;
use jalon::source::SourceId;
use lsp_types::{DocumentSymbol, FoldingRange, FoldingRangeKind, SymbolInformation, SymbolKind};

use crate::analysis::{Analysis, Definition, Kind};
use crate::hover;

/// The declarations of a file, fields and transitions inside.
pub fn symbols(analysis: &Analysis, source: SourceId) -> Vec<DocumentSymbol> {
    let all = &analysis.index.definitions;
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    let mut tops = Vec::new();
    for (at, definition) in all.iter().enumerate() {
        if definition.span.source != source || definition.kind == Kind::Value {
            continue;
        }
        match definition.parent {
            Some(parent) => children[parent as usize].push(at),
            None => tops.push(at),
        }
    }
    tops.into_iter().map(|at| symbol(analysis, at, &children)).collect()
}

fn symbol(analysis: &Analysis, at: usize, children: &[Vec<usize>]) -> DocumentSymbol {
    let definition = &analysis.index.definitions[at];
    let inside: Vec<_> =
        children[at].iter().map(|child| symbol(analysis, *child, children)).collect();
    #[expect(deprecated, reason = "the protocol's type has it, and it must be given")]
    DocumentSymbol {
        name: shown(definition),
        detail: detail(analysis, definition),
        kind: kind(definition.kind),
        tags: None,
        deprecated: None,
        range: analysis.range(definition.span),
        selection_range: analysis.range(definition.name_span),
        children: (!inside.is_empty()).then_some(inside),
    }
}

/// A name for people: clients refuse an empty one.
fn shown(definition: &Definition) -> String {
    if definition.name.trim().is_empty() { "—".to_owned() } else { definition.name.clone() }
}

fn detail(analysis: &Analysis, definition: &Definition) -> Option<String> {
    let crate::analysis::Target::Field(id) = definition.target else { return None };
    let lang = analysis.draft.lang_of(definition.span.source);
    let (_, field) = analysis.field(id)?;
    Some(hover::type_of(analysis, field, lang))
}

fn kind(kind: Kind) -> SymbolKind {
    match kind {
        Kind::Module => SymbolKind::CLASS,
        Kind::Field => SymbolKind::FIELD,
        Kind::Value => SymbolKind::ENUM_MEMBER,
        Kind::Constant => SymbolKind::CONSTANT,
        Kind::Score => SymbolKind::NUMBER,
        Kind::Group => SymbolKind::NAMESPACE,
        Kind::Rule => SymbolKind::FUNCTION,
        Kind::Blueprint => SymbolKind::STRUCT,
        Kind::Transition => SymbolKind::METHOD,
        Kind::Test => SymbolKind::EVENT,
        Kind::Other => SymbolKind::OBJECT,
    }
}

/// The declarations of a program whose name contains a text, however it is written.
pub fn workspace_symbols(analysis: &Analysis, query: &str) -> Vec<SymbolInformation> {
    let folded = |text: &str| jalon::value::fold::fold(text, searched()).into_owned();
    let query = folded(query);
    let wanted = analysis.index.definitions.iter().filter(|definition| {
        definition.kind != Kind::Value && folded(&definition.name).contains(&query)
    });
    let symbols = wanted.filter_map(|definition| {
        let parent = definition.parent.and_then(|at| analysis.index.definitions.get(at as usize));
        #[expect(deprecated, reason = "the protocol's type has it, and it must be given")]
        Some(SymbolInformation {
            name: shown(definition),
            kind: kind(definition.kind),
            tags: None,
            deprecated: None,
            location: analysis.location(definition.name_span)?,
            container_name: parent.map(|parent| parent.name.clone()),
        })
    });
    symbols.take(1000).collect()
}

/// Search neither minds capitals nor accents.
fn searched() -> jalon::schema::TextMode {
    jalon::schema::TextMode { case_sensitive: false, ignoring_accents: true }
}

/// Declarations and transitions of more than one line.
pub fn folds(analysis: &Analysis, source: SourceId) -> Vec<FoldingRange> {
    let Some(document) = analysis.draft.documents.iter().find(|d| d.source == source) else {
        return Vec::new();
    };
    let inside =
        analysis.index.definitions.iter().filter(|d| {
            d.span.source == source && matches!(d.kind, Kind::Transition | Kind::Group)
        });
    let spans = document.declarations.iter().map(|d| d.span).chain(inside.map(|d| d.span));
    let ranges = spans.map(|span| analysis.range(span));
    ranges
        .filter(|range| range.end.line > range.start.line)
        .map(|range| FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(FoldingRangeKind::Region),
            ..FoldingRange::default()
        })
        .collect()
}

/// The language in which a file's keywords are shown.
pub(crate) fn lang_of(analysis: &Analysis, source: SourceId) -> Lang {
    analysis.draft.lang_of(source)
}
