//! `jalon explain`: why one record has its score, or satisfies a criterion or not.

mod text;

use std::path::Path;

use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Program, Score};
use jalon::value::Clock;
use jalon_files::{FileError, FileProblem};
use serde_json::Value;

use crate::args::{ExplainArgs, Form};
use crate::failure::Failure;
use crate::{clock, program, whole};

pub use text::sentence;

/// Explains a record.
pub fn run(args: &ExplainArgs, asked: Option<Lang>) -> Result<(), Failure> {
    let (files, path) = program::split(&args.paths);
    program::refuse_as_data(path, asked)?;
    let explained = match &args.criterion {
        Some(criterion) if files.is_empty() => {
            let (criterion, lang) = program::criterion(criterion, asked, args.strict)?;
            let record = record(path, lang)?;
            explain_criterion(
                &criterion,
                &record,
                &clock::fixed(&args.clock, criterion.program(), lang)?,
                args,
                lang,
            )?
        }
        None if files.is_empty() => {
            return Err(Failure::usage(asked.unwrap_or_default(), nothing_asked(asked)));
        }
        criterion => {
            let (program, lang) = program::load(files, asked, args.strict)?;
            let clock = clock::fixed(&args.clock, &program, lang)?;
            if let Some(criterion) = criterion {
                let criterion = program
                    .criterion(criterion, args.module.as_deref())
                    .map_err(|error| Failure::program(error, Some(lang)))?;
                let record = record(path, lang)?;
                explain_criterion(&criterion, &record, &clock, args, lang)?
            } else {
                let scores = scores(&program, args, lang)?;
                let record = record(path, lang)?;
                explain_scores(&scores, &record, &clock, args, lang)?
            }
        }
    };
    whole::print(&explained, asked.unwrap_or_default())
}

/// What to do when there is neither a program nor a criterion.
fn nothing_asked(lang: Option<Lang>) -> &'static str {
    lang.unwrap_or_default().pick(
        "rien à expliquer ; donnez des programmes avant la fiche, ou --criterion TEXTE",
        "nothing to explain; give programs before the record, or --criterion TEXT",
    )
}

/// The score asked for, or all those of the module, or of the program.
fn scores(program: &Program, args: &ExplainArgs, lang: Lang) -> Result<Vec<Score>, Failure> {
    if args.score.is_some() {
        let score = program::score(program, args.score.as_deref(), args.module.as_deref(), lang)?;
        return Ok(vec![score]);
    }
    let names: Vec<String> = match &args.module {
        Some(module) => program::scores_of(program, module, lang)?,
        None => program.score_names().map(str::to_owned).collect(),
    };
    let failed = |error| Failure::program(error, Some(lang));
    if names.is_empty() {
        return Err(failed(Error::Ambiguous { what: "score", names }));
    }
    names.iter().map(|name| program.score(Some(name)).map_err(failed)).collect()
}

fn explain_scores(
    scores: &[Score],
    record: &Value,
    clock: &Clock,
    args: &ExplainArgs,
    lang: Lang,
) -> Result<String, Failure> {
    let mut results = Vec::new();
    for score in scores {
        let result = score.evaluate(record, clock);
        results.push(result.map_err(|error| Failure::program(error, Some(lang)))?);
    }
    Ok(match args.format {
        Form::Text => {
            let texts: Vec<String> =
                results.iter().map(|result| result.explain(lang) + "\n").collect();
            texts.join("\n")
        }
        Form::Json => match results.as_slice() {
            [only] => pretty(only),
            all => pretty(&all),
        },
    })
}

fn explain_criterion(
    criterion: &Criterion,
    record: &Value,
    clock: &Clock,
    args: &ExplainArgs,
    lang: Lang,
) -> Result<String, Failure> {
    let explanation =
        criterion.explain(record, clock).map_err(|error| Failure::program(error, Some(lang)))?;
    Ok(match args.format {
        Form::Text => explanation.sentence(lang) + "\n",
        Form::Json => pretty(&explanation),
    })
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// The record: one JSON object.
pub fn record(path: &Path, lang: Lang) -> Result<Value, Failure> {
    let failed = |problem| Failure::file(&FileError::new(path, problem), lang);
    let bytes = whole::bytes(path, lang)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match serde_json::from_slice(bytes) {
        Ok(record @ Value::Object(_)) => Ok(record),
        Ok(_) => Err(failed(FileProblem::NotARecord(
            lang.pick("ce n'est pas un objet JSON", "it is not a JSON object").to_owned(),
        ))),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            Err(failed(FileProblem::NotARecord(lang.pick(
                format!("pas un objet JSON à la ligne {line}, colonne {column}"),
                format!("not a JSON object at line {line}, column {column}"),
            ))))
        }
    }
}
