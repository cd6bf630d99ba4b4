//! Criteria as SQL.

use jalon::lang::Lang;
use jalon::schema::TextMode;
use jalon::value::Value;
use jalon::value::fold::fold;
use jalon_interop::FieldNames;
use jalon_interop::sql::{Options, Param, Placeholders, functions, where_clause};
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::criterion::Criterion;
use crate::error::read;
use crate::forms::told;
use crate::output;

/// The fields of which the columns are given, each with its columns.
type Columns = Vec<(String, Vec<String>)>;

/// The text and the parameters; or nothing, what was left out as JSON, and the language of messages.
type Clause<'py> = (Option<String>, Vec<Bound<'py, PyAny>>, String, &'static str);

/// The clause of a criterion and its parameters.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "they are named ones in Python")]
pub fn to_sql<'py>(
    py: Python<'py>,
    criterion: &Criterion,
    dialect: &str,
    when: When<'py>,
    texts: &str,
    columns: Columns,
    numbered: Option<bool>,
    names: &str,
) -> PyResult<Clause<'py>> {
    let lang = criterion.desk.lang;
    let clock = clock(py, &when, criterion.core.program(), lang)?;
    let options = Options::new(read(py, dialect.parse(), lang)?);
    let options = options.texts(read(py, texts.parse(), lang)?);
    let mut options = options.names(read(py, FieldNames::named(names), lang)?);
    for (field, places) in columns {
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
    match where_clause(&criterion.core, &clock, &options) {
        Ok(clause) => {
            let params = clause.params.iter().map(|param| value(py, param));
            let params = params.collect::<PyResult<_>>()?;
            Ok((Some(clause.sql), params, told(&[]), lang.code()))
        }
        Err(left_out) => Ok((None, Vec::new(), told(&left_out), lang.code())),
    }
}

fn value<'py>(py: Python<'py>, param: &Param) -> PyResult<Bound<'py, PyAny>> {
    match param {
        Param::Integer(number) => Ok(number.into_pyobject(py)?.into_any()),
        Param::Real(number) => Ok(number.into_pyobject(py)?.into_any()),
        Param::Text(text) => output::python(py, &Value::Text(text.clone())),
        Param::Decimal(number) => output::python(py, &Value::Number(*number)),
        Param::Date(date) => output::python(py, &Value::Date(*date)),
        Param::Instant(instant) => output::python(py, &Value::Instant(*instant)),
    }
}

/// A function that a database needs: name, whether case counts, whether accents do not, and the
/// statement that creates it.
type DatabaseFunction = (&'static str, bool, bool, Option<String>);

/// The functions of a dialect: name, whether case counts, whether accents do not, and the
/// statement that creates it.
#[pyfunction]
pub fn sql_functions(py: Python<'_>, dialect: &str) -> PyResult<Vec<DatabaseFunction>> {
    let all = functions(read(py, dialect.parse(), Lang::default())?).into_iter();
    Ok(all
        .map(|f| {
            (f.name, f.case_sensitive, f.ignoring_accents, f.definition.map(|d| d.to_string()))
        })
        .collect())
}

/// A text as it compares.
#[pyfunction]
pub fn fold_text(text: &str, case_sensitive: bool, ignoring_accents: bool) -> String {
    fold(text, TextMode { case_sensitive, ignoring_accents }).into_owned()
}
