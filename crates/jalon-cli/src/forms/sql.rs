//! `jalon export --to sql`: a criterion as the `WHERE` of a query.

use clap::Args;
use jalon::lang::Lang;
use jalon::program::Criterion;
use jalon_interop::sql::{Dialect, Options, Texts, functions, where_clause};
use jalon_interop::{FieldNames, LeftOut};
use serde_json::json;

use crate::args::FixedClockArgs;
use crate::clock;
use crate::failure::Failure;

/// The name of the form.
pub const NAME: &str = "sql";

/// What only SQL asks for.
#[derive(Debug, Args)]
pub struct SqlArgs {
    /// The database (sql)
    #[arg(long, value_name = "DB", value_parser = ["sqlite", "postgres", "duckdb"], help_heading = "SQL")]
    pub dialect: Option<String>,
    /// What is known of the texts in the columns: any, printable ascii, or folded already
    #[arg(long, value_name = "TEXTS", default_value = "any", value_parser = ["any", "ascii", "folded"], help_heading = "SQL")]
    pub texts: String,
    /// Where a field stands, as SQL; twice for a reference by id and by name
    #[arg(long, value_name = "FIELD=SQL", help_heading = "SQL")]
    pub column: Vec<String>,
    /// Write the statements that create the functions by which texts are compared
    #[arg(long, help_heading = "SQL")]
    pub definitions: bool,
    #[command(flatten, next_help_heading = "SQL")]
    pub clock: FixedClockArgs,
}

/// A criterion: the clause, its parameters, and the functions that it calls.
pub fn export(
    args: &SqlArgs,
    criterion: &Criterion,
    names: &str,
    lang: Lang,
) -> Result<Result<String, Vec<LeftOut>>, Failure> {
    let names = FieldNames::from_name(names).unwrap_or_default();
    let texts = args.texts.parse::<Texts>().unwrap_or_default();
    let mut options = Options::new(dialect(args, lang)?).names(names).texts(texts);
    for column in &args.column {
        let Some((field, sql)) = column.split_once('=') else {
            return Err(Failure::usage(lang, no_column(lang)));
        };
        options = options.column(field.trim(), sql.trim());
    }
    let clock = clock::fixed(&args.clock, criterion.program(), lang)?;
    Ok(where_clause(criterion, &clock, &options).map(|clause| {
        let names: Vec<&str> = clause.functions.iter().map(|function| function.name).collect();
        let told = json!({"sql": clause.sql, "params": clause.params, "functions": names});
        serde_json::to_string_pretty(&told).unwrap_or_default() + "\n"
    }))
}

/// The statements that create the functions.
pub fn definitions(args: &SqlArgs, lang: Lang) -> Result<String, Failure> {
    let all = functions(dialect(args, lang)?).into_iter();
    let mut text = String::new();
    for definition in all.filter_map(|function| function.definition) {
        text.extend([&*definition, ";\n"]);
    }
    if text.is_empty() {
        return Err(Failure::usage(lang, host_gives_them(lang)));
    }
    Ok(text)
}

fn dialect(args: &SqlArgs, lang: Lang) -> Result<Dialect, Failure> {
    let named = args.dialect.as_deref().and_then(|name| name.parse().ok());
    named.ok_or_else(|| {
        let message = lang.pick(
            "de quelle base ? ajoutez --dialect sqlite, postgres ou duckdb",
            "for which database? add --dialect sqlite, postgres or duckdb",
        );
        Failure::usage(lang, message)
    })
}

/// A score is no clause.
pub fn no_score(lang: Lang) -> &'static str {
    lang.pick(
        "sql écrit un critère ; donnez --criterion ou --rule",
        "sql writes one criterion; give --criterion or --rule",
    )
}

fn no_column(lang: Lang) -> &'static str {
    lang.pick(
        "--column s'écrit CHAMP=SQL, comme --column 'Pays=p.country'",
        "--column is written FIELD=SQL, such as --column 'Country=p.country'",
    )
}

fn host_gives_them(lang: Lang) -> &'static str {
    lang.pick(
        "SQLite ne sait pas normaliser un texte : le programme y enregistre ces fonctions (docs/sql.md)",
        "SQLite cannot normalise a text: the program registers these functions there (docs/sql.md)",
    )
}
