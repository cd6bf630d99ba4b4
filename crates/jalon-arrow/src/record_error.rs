//! Values of the wrong type, said in a line.

use jalon::eval::RecordError;
use jalon::lang::Lang;

/// All errors of a row.
pub(crate) fn describe_all(errors: &[RecordError], lang: Lang) -> String {
    let each: Vec<String> = errors.iter().map(|error| describe(error, lang)).collect();
    each.join("; ")
}

fn describe(error: &RecordError, lang: Lang) -> String {
    format!("{} {error:?}", lang.code())
}

/// A row whose clock column holds no date.
pub(crate) fn no_clock(column: &str, lang: Lang) -> String {
    lang.pick(
        format!("`{column}` ne donne ni date ni heure : ligne sans score"),
        format!("`{column}` holds no date or time: row without a score"),
    )
}
