//! What is wrong in a row, said in a cell.

use jalon::eval::RecordError;
use jalon::lang::Lang;

/// All errors of a row.
pub(crate) fn describe_all(errors: &[RecordError], lang: Lang) -> String {
    let each: Vec<String> = errors.iter().map(|error| error.message(lang)).collect();
    each.join("; ")
}

/// A row whose clock column holds no date: why its criterion does not hold.
pub(crate) fn unread_clock(column: &str, lang: Lang) -> String {
    lang.pick(
        format!("`{column}` ne donne ni date ni heure"),
        format!("`{column}` holds no date or time"),
    )
}

/// A row whose clock column holds no date.
pub(crate) fn no_clock(column: &str, lang: Lang) -> String {
    unread_clock(column, lang) + lang.pick(" : ligne sans score", ": row without a score")
}
