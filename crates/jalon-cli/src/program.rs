//! Programs and what is chosen in them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Loader, Program, Score};
use jalon::value::fold::same_name;

use crate::failure::Failure;
use crate::whole;

/// A loader in the language asked for.
pub fn loader(lang: Option<Lang>, strict: bool) -> Loader {
    let loader = lang.map_or_else(Loader::default, |lang| Loader::default().lang(lang));
    if strict { loader.strict() } else { loader }
}

/// Loads programs, and says in which language to speak of them.
pub fn load(
    paths: &[PathBuf],
    lang: Option<Lang>,
    strict: bool,
) -> Result<(Program, Lang), Failure> {
    let program = with_sources(loader(lang, strict), paths, lang)?
        .load()
        .map_err(|error| Failure::program(error, lang))?;
    let lang = lang.unwrap_or_else(|| program.lang());
    Ok((program, lang))
}

/// A loader with the texts of files, folders and, where `-` stands for one, standard input.
pub fn with_sources(
    loader: Loader,
    paths: &[PathBuf],
    lang: Option<Lang>,
) -> Result<Loader, Failure> {
    let texts = sources(paths, lang)?;
    Ok(texts.into_iter().fold(loader, |loader, (name, text)| loader.source(name, text)))
}

/// The names and the texts of programs; `-` is standard input, and comes last.
pub fn sources(paths: &[PathBuf], lang: Option<Lang>) -> Result<Vec<(String, String)>, Failure> {
    let lang = lang.unwrap_or_default();
    let (given, files): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| path.as_os_str() == "-");
    let mut texts = jalon_files::sources(files).map_err(|error| Failure::file(&error, lang))?;
    for _ in given {
        texts.push(("-".to_owned(), stdin(lang)?));
    }
    Ok(texts)
}

/// Whether standard input is somebody's already: it can be read once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The program on standard input.
pub fn stdin(lang: Lang) -> Result<String, Failure> {
    if TAKEN.swap(true, Ordering::Relaxed) {
        return Err(Failure::usage(
            lang,
            lang.pick(
                "l'entrée standard ne se lit qu'une fois : `-` ne se donne qu'une fois",
                "standard input is read once: `-` stands for one file only",
            ),
        ));
    }
    whole::text(Path::new("-"), lang)
}

/// A criterion without a program, and the language to speak of it in.
pub fn criterion(
    text: &str,
    lang: Option<Lang>,
    strict: bool,
) -> Result<(Criterion, Lang), Failure> {
    let criterion = loader(lang, strict).criterion(text);
    let criterion = criterion.map_err(|error| Failure::program(error, lang))?;
    let lang = criterion.program().lang();
    Ok((criterion, lang))
}

/// The score asked for: by name, by module, or the only one.
pub fn score(
    program: &Program,
    name: Option<&str>,
    module: Option<&str>,
    lang: Lang,
) -> Result<Score, Failure> {
    let failed = |error| Failure::program(error, Some(lang));
    let Some(module) = module else {
        return program.score(name).map_err(failed);
    };
    let names = scores_of(program, module, lang)?;
    let chosen: Vec<&String> =
        names.iter().filter(|score| name.is_none_or(|name| same_name(name, score))).collect();
    match (chosen.as_slice(), name) {
        ([only], _) => program.score(Some(only)).map_err(failed),
        ([], Some(name)) => Err(failed(Error::Unknown {
            what: "score",
            name: name.to_owned(),
            suggestion: names.first().cloned(),
        })),
        _ => Err(failed(Error::Ambiguous { what: "score", names })),
    }
}

/// The names of the scores of a module.
pub fn scores_of(program: &Program, module: &str, lang: Lang) -> Result<Vec<String>, Failure> {
    let checked = program.checked();
    let modules = &checked.schema.modules;
    let named = |name: &str| same_name(name, module);
    let Some(place) =
        modules.iter().position(|m| named(&m.name) || m.aliases.iter().any(|alias| named(alias)))
    else {
        let names = modules.iter().map(|module| module.name.as_str());
        let suggestion = jalon::diagnostic::did_you_mean(module, names);
        let unknown = Error::Unknown { what: "module", name: module.to_owned(), suggestion };
        return Err(Failure::program(unknown, Some(lang)));
    };
    let of_module =
        checked.scores.iter().filter(|score| score.module.is_some_and(|id| id.0 as usize == place));
    Ok(of_module.map(|score| score.name.clone()).collect())
}

/// Refuses a program where data is expected: it was given last, or the data was forgotten. Data on standard
/// input leaves none for a program.
pub fn refuse_as_data(data: &Path, lang: Option<Lang>) -> Result<(), Failure> {
    if data.as_os_str() == "-" {
        TAKEN.store(true, Ordering::Relaxed);
    }
    if data.extension().is_none_or(|extension| extension != "jalon") {
        return Ok(());
    }
    let path = data.display();
    let lang = lang.unwrap_or_default();
    Err(Failure::usage(
        lang,
        &lang.pick(
            format!("`{path}` est un programme ; les données viennent en dernier"),
            format!("`{path}` is a program; the data comes last"),
        ),
    ))
}

/// Parts the positional arguments: the last is the data, those before it are programs.
pub fn split(paths: &[PathBuf]) -> (&[PathBuf], &PathBuf) {
    match paths {
        [files @ .., data] => (files, data),
        [] => unreachable!("the command line requires one"),
    }
}
