//! A table of a module in SQLite, by the conventions of `docs/en/guides/interop.md`, and rows in it.

use jalon::Program;
use jalon::checked::Domain;
use jalon::schema::{Field, FieldType, ModuleId, NumberKind, TextMode};
use jalon::value::fold::fold;
use jalon::value::read::{NumberText, decimal_of_float};
use jalon::value::typed::{self, Typed};
use jalon::value::{Clock, Record, ValueRef};
use jalon_interop::FieldNames;
use jalon_interop::sql::{Dialect, Options, Param, Where, functions};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value as Cell;

/// Why a record cannot stand in a row of typed columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unstorable {
    /// A value of the wrong type.
    WrongType,
    /// Two names of one field say different things.
    TwoNames,
    /// A number of more digits than a double holds.
    Digits,
}

/// A database in memory with the functions that clauses call.
pub fn open() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for function in functions(Dialect::Sqlite) {
        let mode = TextMode {
            case_sensitive: function.case_sensitive,
            ignoring_accents: function.ignoring_accents,
        };
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        let folded = move |context: &rusqlite::functions::Context<'_>| {
            let text: Option<String> = context.get(0)?;
            Ok(text.map(|text| fold(&text, mode).into_owned()))
        };
        connection.create_scalar_function(function.name, 1, flags, folded).unwrap();
    }
    connection
}

/// The columns of a module: its fields with their domains, and for each reference a second column
/// with the name.
pub fn columns(program: &Program, module: Option<&str>) -> Vec<(String, Field, Domain)> {
    let schema = &program.checked().schema;
    let id = match module {
        Some(name) => program.checked().names.module(name),
        None => schema.only_module(),
    };
    let fields = id.and_then(|id: ModuleId| schema.module(id)).map(|module| module.fields.clone());
    let mut columns = Vec::new();
    for field in fields.unwrap_or_default() {
        let Some(domain) = field.ty.domain(field.mode) else { continue };
        if domain == Domain::Records {
            continue;
        }
        columns.push((field.name().to_owned(), field, domain));
    }
    columns
}

/// How criteria on such a table are written.
pub fn options(columns: &[(String, Field, Domain)]) -> Options {
    let mut options = Options::new(Dialect::Sqlite).names(FieldNames::Label);
    for (name, _, domain) in columns {
        if matches!(domain, Domain::Reference(_)) {
            options =
                options.column(name, quote(name)).column(name, quote(&format!("{name} name")));
        }
    }
    options
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A new table for such rows.
pub fn create(connection: &Connection, columns: &[(String, Field, Domain)]) {
    let mut texts = vec!["id INTEGER PRIMARY KEY".to_owned()];
    for (name, field, domain) in columns {
        let ty = match (domain, &field.ty) {
            (Domain::Number, FieldType::Number(NumberKind::Integer)) | (Domain::Checkbox, _) => {
                "INTEGER"
            }
            (Domain::Number, _) => "REAL",
            _ => "TEXT",
        };
        texts.push(format!("{} {ty}", quote(name)));
        if matches!(domain, Domain::Reference(_)) {
            texts.push(format!("{} TEXT", quote(&format!("{name} name"))));
        }
    }
    let text = format!("DROP TABLE IF EXISTS t; CREATE TABLE t ({})", texts.join(", "));
    connection.execute_batch(&text).unwrap();
}

/// A record as a row.
pub fn row(
    columns: &[(String, Field, Domain)],
    record: &dyn Record,
    clock: &Clock,
) -> Result<Vec<Cell>, Unstorable> {
    let mut cells = Vec::new();
    for (_, field, domain) in columns {
        if record.conflict(&field.key).is_some() {
            return Err(Unstorable::TwoNames);
        }
        let value = record.get(&field.key);
        match domain {
            Domain::Reference(_) => {
                let names = reference(value)?;
                cells.extend(names);
            }
            _ => cells.push(cell(value, *domain, clock)?),
        }
    }
    Ok(cells)
}

fn cell(value: ValueRef<'_>, domain: Domain, clock: &Clock) -> Result<Cell, Unstorable> {
    // What is empty stays as it was written, where SQLite can hold it in any column.
    if typed::is_empty(value) {
        return Ok(match value {
            ValueRef::Text(text) => Cell::Text(text.to_owned()),
            _ => Cell::Null,
        });
    }
    let mut digits = NumberText::default();
    match domain {
        Domain::Text(_) | Domain::Reference(_) => {
            of(typed::text(value, &mut digits), |text| Ok(Cell::Text(text.to_owned())))
        }
        Domain::Number => of(typed::number(value), |number| {
            if let Ok(whole) = i64::try_from(number)
                && rust_decimal::Decimal::from(whole) == number
                && whole.abs() <= 1 << 53
            {
                return Ok(Cell::Integer(whole));
            }
            let real: f64 = number.to_string().parse().unwrap();
            let exact = decimal_of_float(real) == Some(number);
            if exact { Ok(Cell::Real(real)) } else { Err(Unstorable::Digits) }
        }),
        Domain::Checkbox => of(typed::checkbox(value), |ticked| Ok(Cell::Integer(ticked.into()))),
        Domain::Set(_) => of(typed::set(value), |items| {
            let mut texts = Vec::new();
            items.for_each(|item| texts.push(item.to_owned()));
            Ok(Cell::Text(serde_json::to_string(&texts).unwrap()))
        }),
        Domain::Date => of(typed::date(value, clock.zone), |date| Ok(Cell::Text(date.to_string()))),
        Domain::DateTime => of(typed::date_time(value, clock.zone), |instant| {
            let text = instant.to_string().replace('T', " ").replace('Z', "");
            Ok(Cell::Text(if text.len() == 16 { text + ":00" } else { text }))
        }),
        Domain::Records | Domain::Dynamic => Ok(Cell::Null),
    }
}

fn of<T>(
    typed: Typed<T>,
    cell: impl FnOnce(T) -> Result<Cell, Unstorable>,
) -> Result<Cell, Unstorable> {
    match typed {
        Typed::Value(value) => cell(value),
        Typed::Wrong => Err(Unstorable::WrongType),
        Typed::Absent | Typed::Empty => Ok(Cell::Null),
    }
}

/// The id and the name of a reference; a text is in either place.
fn reference(value: ValueRef<'_>) -> Result<[Cell; 2], Unstorable> {
    let mut texts = Vec::new();
    match typed::reference(value) {
        Typed::Value(reference) => {
            reference.any(|text| {
                texts.push(Cell::Text(text.to_owned()));
                false
            });
        }
        Typed::Wrong => return Err(Unstorable::WrongType),
        Typed::Absent | Typed::Empty => {}
    }
    let mut texts = texts.into_iter();
    Ok([texts.next().unwrap_or(Cell::Null), texts.next().unwrap_or(Cell::Null)])
}

/// Puts a row into the table.
pub fn insert(connection: &Connection, id: i64, cells: Vec<Cell>) {
    let marks = vec!["?"; cells.len() + 1].join(", ");
    let mut values = vec![Cell::Integer(id)];
    values.extend(cells);
    let text = format!("INSERT INTO t VALUES ({marks})");
    connection.prepare_cached(&text).unwrap().execute(rusqlite::params_from_iter(values)).unwrap();
}

/// The rows that a clause selects.
pub fn select(connection: &Connection, clause: &Where) -> rusqlite::Result<Vec<i64>> {
    let text = format!("SELECT id FROM t WHERE {} ORDER BY id", clause.sql);
    let params = clause.params.iter().map(|param| match param {
        Param::Text(text) => Cell::Text(text.clone()),
        Param::Integer(number) => Cell::Integer(*number),
        Param::Real(number) => Cell::Real(*number),
        other => panic!("{other:?} is none of SQLite's"),
    });
    let mut statement = connection.prepare(&text)?;
    let rows = statement.query_map(rusqlite::params_from_iter(params), |row| row.get(0))?;
    rows.collect()
}
