//! `devises EUR` and its rates.

use std::ops::Range;

use super::each_line;
use crate::diagnostic::catalogue;
use crate::syntax::ast::{Currencies, Rate};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// Reads currencies: the main one, then a rate a line.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Currencies> {
    let main = reader.head_range(block).and_then(|head| reader.name(head));
    let rates = each_line(reader, block, rate);
    Some(Currencies { main: main?, rates: rates? })
}

/// `USD 1,17`, `USD : 1,17`
fn rate(reader: &mut Reader<'_>, line: Range<usize>) -> Option<Rate> {
    let colon = scan::field_colon(reader.whole(), line.clone());
    let end = reader.text(line.clone()).find(char::is_whitespace).map(|at| line.start + at);
    let Some(end) = colon.or(end) else {
        return reader.fail(&catalogue::UNREADABLE_RATE, line);
    };
    let currency = reader.trim(line.start..end);
    let rate = reader.trim(end + usize::from(colon.is_some())..line.end);
    if currency.is_empty() || rate.is_empty() {
        return reader.fail(&catalogue::UNREADABLE_RATE, line);
    }
    let (currency, rate) = (reader.name(currency), reader.number(rate));
    Some(Rate { currency: currency?, rate: rate? })
}
