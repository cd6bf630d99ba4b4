//! What the names of a file stand for, for colouring: the grammar of an editor knows only words.

use jalon::source::SourceId;
use lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType};

use crate::analysis::{Analysis, Role, Target};

/// The kinds of name, in the order of their numbers.
pub(crate) fn types() -> Vec<SemanticTokenType> {
    vec![
        SemanticTokenType::CLASS,
        SemanticTokenType::PROPERTY,
        SemanticTokenType::ENUM_MEMBER,
        SemanticTokenType::VARIABLE,
        SemanticTokenType::FUNCTION,
    ]
}

/// What is said of them beyond their kind.
pub(crate) fn modifiers() -> Vec<SemanticTokenModifier> {
    vec![SemanticTokenModifier::DECLARATION]
}

fn kind(target: Target) -> u32 {
    match target {
        Target::Module(_) => 0,
        Target::Field(_) => 1,
        Target::Value(_) => 2,
        Target::Constant(_) | Target::Score(_) | Target::Calendar(_) => 3,
        _ => 4,
    }
}

/// The names of a file, each from the one before.
pub fn tokens(analysis: &Analysis, source: SourceId) -> Vec<SemanticToken> {
    let mut tokens = Vec::new();
    let (mut line, mut column) = (0, 0);
    for occurrence in analysis.index.in_source(source) {
        let range = analysis.range(occurrence.span);
        let behind = (range.start.line, range.start.character) >= (line, column);
        if range.start.line != range.end.line || (!tokens.is_empty() && !behind) {
            continue;
        }
        let (before_line, before_start) = tokens
            .last()
            .map_or((0, 0), |(_, line, start): &(SemanticToken, u32, u32)| (*line, *start));
        let delta_line = range.start.line - before_line;
        let delta_start = if delta_line == 0 {
            range.start.character - before_start
        } else {
            range.start.character
        };
        let token = SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: kind(occurrence.target),
            token_modifiers_bitset: u32::from(occurrence.role != Role::Used),
        };
        tokens.push((token, range.start.line, range.start.character));
        (line, column) = (range.end.line, range.end.character);
    }
    tokens.into_iter().map(|(token, ..)| token).collect()
}
