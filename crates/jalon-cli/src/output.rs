//! Where rows go when nothing is said: a table on a terminal, data elsewhere.

use std::io::{IsTerminal, stdout};
use std::path::Path;

use jalon::lang::Lang;
use jalon_files::data::{Format, Header};
use jalon_files::write::{Layout, Output, Written};

use crate::failure::Failure;
use crate::number;

/// How many rows a terminal is shown.
const SHOWN_ROWS: usize = 20;

/// The output for data with this header: the file asked for, in the format of its extension or
/// of the input; else a table on a terminal; else the input's format (CSV for Parquet).
pub fn choose(out: Option<&Path>, header: &Header, lang: Lang) -> Result<Output, Failure> {
    let same = header.format();
    let Some(path) = out.filter(|path| *path != Path::new("-")) else {
        let layout = match same {
            _ if out.is_none() && stdout().is_terminal() => table(),
            Format::Parquet => Layout::Data(Format::Csv),
            same => Layout::Data(same),
        };
        return Ok(Output { path: None, layout });
    };
    let format = match Format::of_extension(path) {
        Some(format) => format,
        None if path.extension().is_none() => same,
        None => {
            let path = path.display();
            return Err(Failure::usage(
                lang,
                &lang.pick(
                    format!("`{path}` : extension inconnue ; csv, ndjson, jsonl, json ou parquet"),
                    format!("`{path}`: unknown extension; csv, ndjson, jsonl, json or parquet"),
                ),
            ));
        }
    };
    Ok(Output { path: Some(path.to_owned()), layout: Layout::Data(format) })
}

/// Says what the output does not hold: rows that a table does not show, and names of objects
/// that came too late for a column.
pub fn say_left_out(written: &Written, lang: Lang) {
    let late: Vec<String> = written.late.iter().map(|name| format!("`{name}`")).collect();
    if !late.is_empty() {
        let late = late.join(", ");
        eprintln!(
            "{}",
            lang.pick(
                format!("sans colonne, car absents des premières lignes : {late}"),
                format!("without a column, since the first rows lack them: {late}"),
            )
        );
    }
    let rows = written.left_out;
    if rows > 0 {
        let (one, many) = lang.pick(("autre ligne", "autres lignes"), ("more row", "more rows"));
        let rows = number::counted(rows, one, many, lang);
        eprintln!(
            "{}",
            lang.pick(
                format!("… et {rows} ; -o FICHIER les écrit toutes"),
                format!("… and {rows}; -o FILE writes them all"),
            )
        );
    }
}

fn table() -> Layout {
    let width = console::Term::stdout().size_checked().map_or(100, |(_, columns)| columns.into());
    Layout::Table { rows: SHOWN_ROWS, width }
}
