//! `validation sur Prospects` and what must hold.

use std::ops::Range;

use super::each_line;
use crate::diagnostic::catalogue;
use crate::syntax::ast::{Must, Validation};
use crate::syntax::keyword::{Case, Words};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `, message "…"`
pub(crate) const MESSAGE: &Words = &Words::new(1, &["message", "message"]);

/// Reads a validation: perhaps a name and a module, then a criterion a line.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Validation> {
    let head = block.head.clone();
    let on = head.as_ref().and_then(|head| reader.on(head));
    let (name, module) = match (&head, on) {
        (Some(head), Some(on)) => {
            (reader.trim(head.start..on.start), Some(reader.module_after(&on, head.end)))
        }
        (Some(head), None) => (head.clone(), None),
        (None, _) => (0..0, None),
    };
    let name = (!name.is_empty()).then(|| reader.name(name));
    let lines = each_line(reader, block, must);
    head?;
    let module = match module {
        Some(module) => Some(module?),
        None => None,
    };
    let name = match name {
        Some(name) => Some(name?),
        None => None,
    };
    Some(Validation { name, module, lines: lines? })
}

/// `Téléphone SUIT LE FORMAT "99 99", message "…"`.
pub(crate) fn must(reader: &mut Reader<'_>, line: Range<usize>) -> Option<Must> {
    let items = scan::items(reader.whole(), line.clone());
    let message = items.iter().skip(1).position(|item| {
        let text = reader.after(MESSAGE, item, Case::Any).map(|rest| reader.text(rest));
        text.is_some_and(|text| text.starts_with(['"', '«']))
    });
    let Some(at) = message.map(|at| at + 1) else {
        return Some(Must {
            span: reader.span(line.clone()),
            criterion: reader.criterion(line)?,
            message: None,
        });
    };
    if let Some(extra) = items.get(at + 1) {
        return reader.fail(&catalogue::TEXT_AFTER_MESSAGE, extra.clone());
    }
    let criterion = reader.criterion(line.start..items.get(at - 1)?.end);
    let text = reader.after(MESSAGE, items.get(at)?, Case::Any)?;
    let message = reader.items(text)?.pop();
    Some(Must { span: reader.span(line), criterion: criterion?, message })
}
