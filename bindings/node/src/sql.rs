//! Criteria as SQL.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::schema::TextMode;
use jalon::value::fold::fold;
use jalon_interop::FieldNames;
use jalon_interop::sql::{Options, Placeholders, functions, where_clause};
use napi_derive::napi;
use serde_json::json;

use crate::criterion::Criterion;
use crate::failure::guard;
use crate::forms::{Crossed, crossed};
use crate::moment;
use crate::program::Now;

/// Where a field stands.
#[napi(object, object_to_js = false)]
#[derive(Debug)]
pub struct Places {
    /// Its name.
    pub field: String,
    /// Its columns, as SQL.
    pub places: Vec<String>,
}

/// A function that a clause calls.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct SqlFunction {
    /// Its name.
    pub name: String,
    /// Whether case counts.
    pub case_sensitive: bool,
    /// Whether accents do not.
    pub ignoring_accents: bool,
    /// The statement that creates it.
    pub definition: Option<String>,
}

/// The clause of a criterion and its parameters, as JSON.
#[napi]
#[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
pub fn to_sql(
    criterion: &Criterion,
    dialect: String,
    now: Now,
    zone: Option<String>,
    texts: String,
    columns: Vec<Places>,
    numbered: Option<bool>,
    names: String,
) -> napi::Result<Crossed> {
    let lang = criterion.0.program().lang();
    guard(lang, || {
        let clock = moment::clock(criterion.0.program(), now, zone)?;
        let options = Options::new(dialect.parse()?);
        let mut options = options.texts(texts.parse()?).names(FieldNames::named(&names)?);
        for Places { field, places } in columns {
            for place in places {
                options = options.column(&field, place);
            }
        }
        if let Some(numbered) = numbered {
            options = options.placeholders(if numbered {
                Placeholders::Numbered
            } else {
                Placeholders::Question
            });
        }
        Ok(match where_clause(&criterion.0, &clock, &options) {
            Ok(clause) => {
                let text = json!({"sql": clause.sql, "params": clause.params}).to_string();
                crossed(text, &[], lang)
            }
            Err(left_out) => crossed(String::new(), &left_out, lang),
        })
    })
}

/// The functions of a dialect.
#[napi]
pub fn sql_functions(dialect: String) -> napi::Result<Vec<SqlFunction>> {
    guard(jalon::Lang::En, || {
        let all = functions(dialect.parse()?).into_iter();
        let told = all.map(|function| SqlFunction {
            name: function.name.to_owned(),
            case_sensitive: function.case_sensitive,
            ignoring_accents: function.ignoring_accents,
            definition: function.definition.map(|text| text.to_string()),
        });
        Ok(told.collect())
    })
}

/// A text as it compares.
#[napi]
pub fn fold_text(text: String, case_sensitive: bool, ignoring_accents: bool) -> String {
    fold(&text, TextMode { case_sensitive, ignoring_accents }).into_owned()
}
