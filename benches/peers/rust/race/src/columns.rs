//! The leads as Arrow columns, plain and with dictionaries.

use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, RecordBatch, StringArray,
};
use arrow_ipc::writer::FileWriter;
use arrow_schema::ArrowError;

use crate::leads::Lead;

/// The columns that come as codes in the second form.
pub const CODED: [&str; 6] = ["status", "industry", "title", "country", "postcode", "town"];

/// The leads as one batch; with `codes`, the columns that repeat are dictionaries.
pub fn batch(leads: &[Lead], codes: bool) -> Result<RecordBatch, ArrowError> {
    let texts: [(&str, fn(&Lead) -> Option<&str>); 11] = [
        ("email", |lead| lead.email.as_deref()),
        ("first_page", |lead| lead.first_page.as_deref()),
        ("status", |lead| lead.status.as_deref()),
        ("industry", |lead| lead.industry.as_deref()),
        ("title", |lead| lead.title.as_deref()),
        ("last_name", |lead| lead.last_name.as_deref()),
        ("phone", |lead| lead.phone.as_deref()),
        ("mobile", |lead| lead.mobile.as_deref()),
        ("country", |lead| lead.country.as_deref()),
        ("postcode", |lead| lead.postcode.as_deref()),
        ("town", |lead| lead.town.as_deref()),
    ];
    let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
    for (name, get) in texts {
        let values = leads.iter().map(get);
        let column: ArrayRef = if codes && CODED.contains(&name) {
            Arc::new(values.collect::<DictionaryArray<Int32Type>>())
        } else {
            Arc::new(values.collect::<StringArray>())
        };
        columns.push((name, column));
    }
    let opt_out: BooleanArray = leads.iter().map(|lead| lead.opt_out).collect();
    let created: Date32Array = leads.iter().map(|lead| lead.created).collect();
    let next_push: Date32Array = leads.iter().map(|lead| lead.next_push).collect();
    let amount: Float64Array = leads.iter().map(|lead| lead.amount).collect();
    columns.push(("opt_out", Arc::new(opt_out)));
    columns.push(("created", Arc::new(created)));
    columns.push(("next_push", Arc::new(next_push)));
    columns.push(("amount", Arc::new(amount)));
    RecordBatch::try_from_iter(columns)
}

/// Writes one batch as an Arrow file.
pub fn write(batch: &RecordBatch, path: &Path) -> Result<(), ArrowError> {
    let mut writer = FileWriter::try_new(std::fs::File::create(path)?, &batch.schema())?;
    writer.write(batch)?;
    writer.finish()
}
