//! `jalon check`: everything that is wrong or doubtful in programs.

use jalon::diagnostic::{Severity, Units, catalogue, did_you_mean, page, render};
use jalon::lang::Lang;
use jalon::program::Diagnostics;
use serde_json::Value as Json;

use crate::args::{CheckArgs, Form};
use crate::failure::Failure;
use crate::{number, program, users, whole};

/// Checks programs; findings are errors and warnings.
pub fn run(args: &CheckArgs, lang: Option<Lang>) -> Result<(), Failure> {
    if let Some(code) = &args.explain {
        return explain(code, lang.unwrap_or_default());
    }
    let loader = program::with_sources(program::loader(lang, false), &args.files, lang)?;
    let loader = match &args.users {
        Some(path) => loader.users(users::read(path, lang.unwrap_or_default())?),
        None => loader,
    };
    let diagnostics = loader.check();
    let lang = lang.unwrap_or(diagnostics.lang);
    let text = match args.format {
        Form::Json => array(&diagnostics, lang),
        Form::Text => text(&diagnostics, lang),
    };
    whole::print(&text, lang)?;
    let findings = count(&diagnostics, Severity::Error) + count(&diagnostics, Severity::Warning);
    if findings > 0 { Err(Failure::silent_finding()) } else { Ok(()) }
}

/// Prints what a code means.
fn explain(code: &str, lang: Lang) -> Result<(), Failure> {
    let Some(page) = page(code, lang) else {
        let ids = catalogue::all();
        let meant = did_you_mean(code, ids.iter().map(|code| code.id));
        let meant = meant.map(|id| {
            lang.pick(format!(" ; vouliez-vous dire `{id}` ?"), format!("; did you mean `{id}`?"))
        });
        let message = lang.pick("n'est le code de rien", "is the code of nothing");
        let message = format!("`{code}` {message}{}", meant.unwrap_or_default());
        return Err(Failure::usage(lang, &message));
    };
    whole::print(&page, lang)
}

fn count(diagnostics: &Diagnostics, severity: Severity) -> u64 {
    diagnostics.list.iter().filter(|d| d.severity() == severity).count() as u64
}

/// The diagnostics for programs: a JSON array, one of them a line.
fn array(diagnostics: &Diagnostics, lang: Lang) -> String {
    let form = diagnostics.form(lang, Units::Bytes);
    let each: Vec<String> = form.as_array().into_iter().flatten().map(Json::to_string).collect();
    if each.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", each.join(",\n")) }
}

/// The diagnostics as people read them, and a closing line.
fn text(diagnostics: &Diagnostics, lang: Lang) -> String {
    let color = console::colors_enabled();
    let mut text = render(&diagnostics.list, &diagnostics.sources, lang, color);
    let files = diagnostics.sources.iter().count() as u64;
    text += &closing(diagnostics, files, lang);
    text.push('\n');
    text
}

/// How many of each there are.
fn closing(diagnostics: &Diagnostics, files: u64, lang: Lang) -> String {
    let kinds = [
        (Severity::Error, lang.pick(("erreur", "erreurs"), ("error", "errors"))),
        (
            Severity::Warning,
            lang.pick(("avertissement", "avertissements"), ("warning", "warnings")),
        ),
        (Severity::Note, lang.pick(("remarque", "remarques"), ("note", "notes"))),
    ];
    let found: Vec<String> = kinds
        .into_iter()
        .map(|(severity, names)| (count(diagnostics, severity), names))
        .filter(|(n, _)| *n > 0)
        .map(|(n, (one, many))| number::counted(n, one, many, lang))
        .collect();
    let (one, many) = lang.pick(("fichier", "fichiers"), ("file", "files"));
    let files = number::counted(files, one, many, lang);
    if found.is_empty() {
        lang.pick(format!("{files} : rien à redire"), format!("{files}: nothing to report"))
    } else {
        let found = found.join(", ");
        lang.pick(format!("{files} : {found}"), format!("{files}: {found}"))
    }
}
