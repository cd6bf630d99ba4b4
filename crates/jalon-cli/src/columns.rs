//! The fields that are read and that the data lacks: named, so that a misspelled one is seen.

use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::value::FieldKey;
use jalon_files::data::{Batch, ColumnNames, Content, Found, Header};

/// How many names of objects are kept, one of which may have been meant.
const MOST_NAMES: usize = 256;

/// Fields that no column and no object has borne so far.
#[derive(Debug)]
pub struct Missing<'k> {
    fields: Vec<&'k FieldKey>,
    /// The names that objects bear, as far as they were met.
    names: Vec<String>,
    objects: u64,
}

impl<'k> Missing<'k> {
    /// Where data has columns, names at once on standard error the fields without one; objects
    /// have to be looked at.
    pub fn of(fields: Vec<&'k FieldKey>, header: &Header, lang: Lang) -> Missing<'k> {
        let nothing = Missing { fields: Vec::new(), names: Vec::new(), objects: 0 };
        let Some(names) = header.names() else {
            return Missing { fields, ..nothing };
        };
        let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
        let columns = ColumnNames::new(names.iter().copied());
        let missing: Vec<&FieldKey> =
            fields.into_iter().filter(|key| is_missing(key, &columns)).collect();
        if !missing.is_empty() {
            let missing = listed(&missing, &names, lang);
            eprintln!(
                "{}",
                lang.pick(
                    format!("sans colonne dans les données, donc vide : {missing}"),
                    format!("no column in the data, so read as empty: {missing}"),
                )
            );
        }
        nothing
    }

    /// Looks at the names that the objects of a batch bear.
    pub fn look(&mut self, batch: &Batch) {
        let Content::Json(rows) = batch.content() else {
            return;
        };
        if !self.fields.is_empty() {
            self.fields.retain(|key| is_missing(key, rows.names()));
            self.objects += rows.len() as u64;
            for name in rows.names().names() {
                if self.names.len() < MOST_NAMES && !self.names.contains(name) {
                    self.names.push(name.clone());
                }
            }
        }
    }

    /// Names on standard error the fields that no object bore.
    pub fn close(&self, lang: Lang) {
        if self.fields.is_empty() || self.objects == 0 {
            return;
        }
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let missing = listed(&self.fields, &names, lang);
        eprintln!(
            "{}",
            lang.pick(
                format!("absent de toutes les fiches, donc vide : {missing}"),
                format!("in no record, so read as empty: {missing}"),
            )
        );
    }
}

fn is_missing(key: &FieldKey, columns: &ColumnNames) -> bool {
    columns.find(key) == Found::Nowhere
        && key.path.as_ref().is_none_or(|path| columns.find(&path.0) == Found::Nowhere)
}

/// Each field, and the column that was perhaps meant.
fn listed(fields: &[&FieldKey], names: &[&str], lang: Lang) -> String {
    let listed: Vec<String> = fields
        .iter()
        .filter_map(|key| key.names.first())
        .map(|field| match did_you_mean(field, names.iter().copied()) {
            Some(column) => lang.pick(
                format!("`{field}` (vouliez-vous dire `{column}` ?)"),
                format!("`{field}` (did you mean `{column}`?)"),
            ),
            None => format!("`{field}`"),
        })
        .collect();
    listed.join(", ")
}
