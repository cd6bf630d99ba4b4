//! `constante Junk : Casino, Voyance`.

use super::ast::Constant;
use super::layout::Block;
use super::reader::Reader;
use super::scan;
use crate::diagnostic::catalogue;

/// Reads a constant: its name, a colon, its values.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Constant> {
    for line in &block.lines {
        reader.fail::<()>(&catalogue::NO_LINES_HERE, line.clone());
    }
    let head = reader.head_range(block)?;
    let Some(colon) = scan::field_colon(reader.whole(), head.clone()) else {
        return reader.fail(&catalogue::MISSING_VALUES, head);
    };
    let values = reader.trim(colon + 1..head.end);
    let label = reader.trim(head.start..colon);
    if label.is_empty() || values.is_empty() {
        return reader.fail(&catalogue::MISSING_VALUES, head);
    }
    let name = reader.name(label);
    let items = reader.items(values);
    Some(Constant { name: name?, items: items? })
}
