//! The map, as the options write it.

use std::path::Path;

use jalon::blueprint::migration::{Mapping, Target};
use jalon::lang::Lang;
use jalon::program::Program;
use jalon::value::fold::same_name;
use jalon_files::{FileError, FileProblem};
use serde_json::Value as Json;

use super::MigrateArgs;
use crate::failure::Failure;

/// What `--map` and `--rename` say.
pub fn mapping(
    args: &MigrateArgs,
    old: Option<&Program>,
    new: &Program,
    lang: Lang,
) -> Result<Mapping, Failure> {
    let mut mapping = Mapping::default();
    for text in &args.rename {
        let Some((from, to)) = parts(text).filter(|(_, to)| !to.is_empty()) else {
            return Err(no_pair("--rename", text, lang));
        };
        mapping = mapping.renamed(from, to);
    }
    let programs = || std::iter::once(new).chain(old);
    let is_blueprint = |name: &str| {
        let mut all = programs().flat_map(|program| &program.checked().blueprints);
        all.any(|one| same_name(&one.name, name))
            || args
                .rename
                .iter()
                .filter_map(|text| parts(text))
                .any(|(from, _)| same_name(from, name))
    };
    for text in &args.map {
        let Some((from, to)) = parts(text) else {
            if Path::new(text).extension().is_some_and(|extension| extension == "json") {
                mapping = mapping
                    .read(&file(text, lang)?)
                    .map_err(|error| wrong_file(text, &error.message(lang), lang))?;
                continue;
            }
            return Err(no_pair("--map", text, lang));
        };
        let of = from.split_once('/').filter(|(name, _)| is_blueprint(name.trim()));
        let (blueprint, from) = match of {
            Some((name, from)) => (Some(name.trim()), from.trim()),
            None => (None, from),
        };
        let to = if to.is_empty() { Target::Out } else { Target::State(to.to_owned()) };
        mapping = mapping.and(blueprint, from, to);
    }
    Ok(mapping)
}

/// `Old=New`
fn parts(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once('=')?;
    let (from, to) = (from.trim(), to.trim());
    (!from.is_empty()).then_some((from, to))
}

fn no_pair(option: &str, text: &str, lang: Lang) -> Failure {
    Failure::usage(
        lang,
        &lang.pick(
            format!("{option} : `{text}` n'est pas de la forme `Ancien=Nouveau`"),
            format!("{option}: `{text}` is not of the form `Old=New`"),
        ),
    )
}

fn file(path: &str, lang: Lang) -> Result<Json, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::file(&FileError::new(path.to_owned(), FileProblem::Io(error)), lang)
    })?;
    serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let why = lang.pick(
            format!("pas du JSON à la ligne {line}, colonne {column}"),
            format!("not JSON at line {line}, column {column}"),
        );
        wrong_file(path, &why, lang)
    })
}

fn wrong_file(path: &str, why: &str, lang: Lang) -> Failure {
    Failure::usage(lang, &lang.pick(format!("`{path}` : {why}"), format!("`{path}`: {why}")))
}
