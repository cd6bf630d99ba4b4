//! How an event is settled: `enchaînement une fois`, and `pipeline validation, workflow`.

use std::ops::Range;

use super::{no_lines, unknown};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::syntax::ast::{Chaining, Pipeline, Stage};
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// How rules set each other off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChainingWord {
    Once,
    None,
    Depth,
}

/// The ways of chaining.
pub(crate) const CHAINING: &Table<ChainingWord> = &[
    (ChainingWord::Once, &["une fois"], &["once"]),
    (ChainingWord::None, &["aucun"], &["none"]),
    (ChainingWord::Depth, &["profondeur"], &["depth"]),
];

/// The stages of the pipeline.
pub(crate) const STAGES: &Table<Stage> = &[
    (Stage::Validation, &["validation"], &["validation"]),
    (Stage::Assignment, &["affectation"], &["assignment"]),
    (Stage::Workflow, &["workflow"], &["workflow"]),
    (Stage::Score, &["score"], &["score"]),
    (Stage::Approval, &["approbation"], &["approval"]),
    (Stage::Blueprint, &["parcours"], &["blueprint"]),
];

/// Reads `enchaînement une fois`.
pub(crate) fn chaining(reader: &mut Reader<'_>, block: &Block) -> Option<Chaining> {
    let only = no_lines(reader, block);
    let head = reader.head_range(block)?;
    let Some((word, length)) = keyword::longest(CHAINING, reader.text(head.clone()), Case::Any)
    else {
        return unknown(reader, &catalogue::UNKNOWN_CHAINING, head, keyword::spellings(CHAINING));
    };
    let rest = reader.trim(head.start + length..head.end);
    let chaining = match word {
        ChainingWord::Depth if rest.is_empty() => {
            return reader.fail(&catalogue::UNKNOWN_CHAINING, head);
        }
        ChainingWord::Depth => Chaining::Depth(reader.count(rest)?),
        _ if !rest.is_empty() => return reader.fail(&catalogue::UNKNOWN_CHAINING, head),
        ChainingWord::Once => Chaining::Once,
        ChainingWord::None => Chaining::None,
    };
    only.map(|()| chaining)
}

/// Reads `pipeline validation, affectation, workflow`.
pub(crate) fn pipeline(reader: &mut Reader<'_>, block: &Block) -> Option<Pipeline> {
    let only = no_lines(reader, block);
    let head = reader.head_range(block)?;
    let items = scan::items(reader.whole(), head);
    let mut stages: Vec<(crate::source::Span, Stage)> = Vec::with_capacity(items.len());
    let mut good = only.is_some();
    for item in items {
        let Some(stage) = stage(reader, item.clone()) else {
            good = false;
            continue;
        };
        let span = reader.span(item);
        if let Some((first, _)) = stages.iter().find(|(_, other)| *other == stage) {
            let twice = Diagnostic::new(&catalogue::TWICE, span);
            reader.report(twice.label(*first, catalogue::FIRST_HERE));
            good = false;
        }
        stages.push((span, stage));
    }
    good.then_some(Pipeline { stages })
}

fn stage(reader: &mut Reader<'_>, item: Range<usize>) -> Option<Stage> {
    keyword::whole(STAGES, reader.text(item.clone()), Case::Any)
        .or_else(|| unknown(reader, &catalogue::UNKNOWN_STAGE, item, keyword::spellings(STAGES)))
}
