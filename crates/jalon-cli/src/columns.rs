//! The columns that are read and that the data lacks.

use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::value::FieldKey;
use jalon_files::data::{ColumnNames, Found, Header};

/// Names on standard error the fields that are read and that no column carries: they are read as
/// empty.
pub fn warn_of_missing(fields: &[&FieldKey], header: &Header, lang: Lang) {
    let missing = missing(fields, header, lang);
    if !missing.is_empty() {
        let missing = missing.join(", ");
        eprintln!(
            "{}",
            lang.pick(
                format!("sans colonne dans les données, donc vide : {missing}"),
                format!("no column in the data, so read as empty: {missing}"),
            )
        );
    }
}

/// Each field without a column, and the column that was perhaps meant.
fn missing(fields: &[&FieldKey], header: &Header, lang: Lang) -> Vec<String> {
    let Some(names) = header.names() else {
        return Vec::new();
    };
    let columns = ColumnNames::new(names.iter().map(|name| name.trim()));
    fields
        .iter()
        .filter(|key| columns.find(key) == Found::Nowhere)
        .filter(|key| key.path.as_ref().is_none_or(|path| columns.find(&path.0) == Found::Nowhere))
        .filter_map(|key| key.names.first())
        .map(|field| match did_you_mean(field, names.iter().map(|name| name.trim())) {
            Some(column) => lang.pick(
                format!("`{field}` (vouliez-vous dire `{column}` ?)"),
                format!("`{field}` (did you mean `{column}`?)"),
            ),
            None => format!("`{field}`"),
        })
        .collect()
}
