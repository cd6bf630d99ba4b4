//! Criteria as the `WHERE` of a SQL query, with parameters.
//!
//! The query selects the rows of which the record executor says that the criterion holds, no more
//! and no fewer. Every test says for itself what an empty value means, so that none is ever
//! `NULL`, and the complement of a test is its `NOT`. What a database cannot say in the same
//! meaning is listed with the reason, and then there is no query.
//!
//! ```
//! use jalon::{Clock, Program};
//! use jalon_interop::sql::{self, Dialect, Options, Param};
//!
//! let program = Program::parse(
//!     "module Prospects (Leads)\n  Pays (Country) : texte\n  Montant (Amount) : devise\n",
//! )?;
//! let criterion = program.criterion("Pays N'EST PAS France ET Montant > 1 000", None)?;
//! let clause = sql::where_clause(&criterion, &Clock::default(), &Options::new(Dialect::Postgres))
//!     .map_err(|left_out| format!("{left_out:?}"))?;
//! assert_eq!(
//!     clause.sql,
//!     "NOT (\"Country\" IS NOT NULL AND jalon_fold(\"Country\") = $1) \
//!      AND \"Amount\" IS NOT NULL AND CAST(\"Amount\" AS double precision) < 'Infinity' \
//!      AND \"Amount\" > CAST($2 AS numeric)",
//! );
//! assert_eq!(clause.params[0], Param::Text("france".into()));
//! // What `jalon_fold` is there, to be run once.
//! assert!(clause.functions[0].definition.as_ref().unwrap().starts_with("CREATE OR REPLACE FUNCTION"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod fold;
mod text;
mod write;

use std::str::FromStr;

use jalon::lang::UnknownChoice;
use jalon::value::{Date, Instant};
use jalon::{Clock, Criterion};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::carry::FieldNames;
use crate::left_out::LeftOut;

pub use fold::{Function, functions};

/// The databases that a criterion is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SQLite 3.38 or later.
    Sqlite,
    /// PostgreSQL 13 or later.
    Postgres,
    /// DuckDB 1.0 or later.
    DuckDb,
}

/// How the parameters stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placeholders {
    /// `?`, in order.
    Question,
    /// `$1`, `$2`, …; in SQLite `?1`, `?2`, ….
    Numbered,
}

/// What is known of the texts of a column; it decides how they are compared without regard to
/// case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Texts {
    /// Nothing: any text may stand there. It is folded by the function [`functions`] names, which
    /// the database must know.
    #[default]
    Any,
    /// Printable ASCII only, which the database itself can fold.
    Ascii,
    /// The texts stand there as [`jalon::value::fold::fold`] gives them, in the field's own mode.
    Folded,
}

/// How a criterion is written.
#[derive(Clone, Debug)]
pub struct Options {
    dialect: Dialect,
    placeholders: Placeholders,
    names: FieldNames,
    texts: Texts,
    fields: Vec<Field>,
}

/// What is said of one field.
#[derive(Clone, Debug, Default)]
struct Field {
    name: String,
    columns: Vec<String>,
    texts: Option<Texts>,
}

/// A clause: what stands after `WHERE`, the values of its parameters, and the functions that it
/// wants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Where {
    /// The text.
    pub sql: String,
    /// The parameters, in order.
    pub params: Vec<Param>,
    /// The functions that the text calls and the database does not have by itself.
    pub functions: Vec<Function>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Param {
    /// A text.
    Text(String),
    /// A whole number (SQLite).
    Integer(i64),
    /// A number that a double holds exactly as it is written (SQLite).
    Real(f64),
    /// An exact number (PostgreSQL, DuckDB).
    Decimal(Decimal),
    /// A civil date (PostgreSQL, DuckDB).
    Date(Date),
    /// A point in time (PostgreSQL, DuckDB).
    Instant(Instant),
}

impl Dialect {
    /// Every one.
    pub const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::DuckDb];

    /// Its name: `sqlite`, `postgres` or `duckdb`.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
            Dialect::DuckDb => "duckdb",
        }
    }
}

impl FromStr for Dialect {
    type Err = UnknownChoice;

    /// By name, in any case; `postgresql` too.
    fn from_str(given: &str) -> Result<Dialect, UnknownChoice> {
        let name = given.trim().to_ascii_lowercase();
        let name = if name == "postgresql" { "postgres" } else { name.as_str() };
        let known = || UnknownChoice::new("dialect", given, Dialect::ALL.map(Dialect::name));
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name).ok_or_else(known)
    }
}

impl FromStr for Texts {
    type Err = UnknownChoice;

    /// `any`, `ascii` or `folded`.
    fn from_str(name: &str) -> Result<Texts, UnknownChoice> {
        match name {
            "any" => Ok(Texts::Any),
            "ascii" => Ok(Texts::Ascii),
            "folded" => Ok(Texts::Folded),
            _ => Err(UnknownChoice::new("texts", name, ["any", "ascii", "folded"])),
        }
    }
}

impl Options {
    /// A dialect with what is usual there: numbered parameters in PostgreSQL, `?` elsewhere; each
    /// field in the column of its API name where it has one, else of its label; any text.
    pub fn new(dialect: Dialect) -> Options {
        let placeholders = match dialect {
            Dialect::Postgres => Placeholders::Numbered,
            Dialect::Sqlite | Dialect::DuckDb => Placeholders::Question,
        };
        let (names, texts, fields) = Default::default();
        Options { dialect, placeholders, names, texts, fields }
    }

    /// How the parameters stand in the text.
    #[must_use]
    pub fn placeholders(self, placeholders: Placeholders) -> Options {
        Options { placeholders, ..self }
    }

    /// Which of a field's names its column has.
    #[must_use]
    pub fn names(self, names: FieldNames) -> Options {
        Options { names, ..self }
    }

    /// What is known of the texts of every column of which nothing else is said.
    #[must_use]
    pub fn texts(self, texts: Texts) -> Options {
        Options { texts, ..self }
    }

    /// Where a field stands, as SQL: `"pays"`, `p.country`. A reference of which the id and the
    /// name stand in two columns is given both, one call each. A path such as `Compte.Type` needs
    /// one: `accounts.type`.
    #[must_use]
    pub fn column(mut self, field: &str, sql: impl Into<String>) -> Options {
        self.field(field).columns.push(sql.into());
        self
    }

    /// What is known of the texts of one field.
    #[must_use]
    pub fn texts_of(mut self, field: &str, texts: Texts) -> Options {
        self.field(field).texts = Some(texts);
        self
    }

    fn field(&mut self, name: &str) -> &mut Field {
        let index = self.fields.iter().position(|field| field.name == name);
        let index = index.unwrap_or_else(|| {
            self.fields.push(Field { name: name.to_owned(), ..Field::default() });
            self.fields.len() - 1
        });
        &mut self.fields[index]
    }
}

/// A criterion as the `WHERE` of a query, under a clock: what it says of today is said of the
/// clock's day.
///
/// # Errors
/// Everything that the database cannot say in the same meaning, each with the leaf and the reason.
pub fn where_clause(
    criterion: &Criterion,
    clock: &Clock,
    options: &Options,
) -> Result<Where, Vec<LeftOut>> {
    write::Writer::new(options, clock).write(criterion.condition())
}

impl Serialize for Param {
    /// Numbers that a double would round, dates and instants are texts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Param::Text(text) => serializer.serialize_str(text),
            Param::Integer(number) => serializer.serialize_i64(*number),
            Param::Real(number) => serializer.serialize_f64(*number),
            Param::Decimal(number) => serializer.collect_str(&number.normalize()),
            Param::Date(date) => serializer.collect_str(date),
            Param::Instant(instant) => serializer.collect_str(instant),
        }
    }
}
