//! `jalon import` and `jalon export`: criteria and rules in other people's forms, and programs as
//! JSON.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use jalon::checked::Condition;
use jalon::lang::Lang;
use jalon::program::{Criterion, Program};
use jalon_interop::{FieldNames, Form, Import, Imported, LeftOut};
use serde_json::Value as Json;

mod json;
mod sql;

use crate::failure::Failure;
use crate::{number, program, whole};

/// `jalon import`
#[derive(Debug, Args)]
#[command(after_help = "\
Writes a criterion, the rules of a file, or a program as text; keywords are in the language of
--lang. With programs, names that they declare are told from texts, and comparisons with fields are carried.
A criterion is carried whole or not at all. What cannot be carried is listed on standard error
with its place (a JSON pointer, or a path of XML elements) and the reason.

Forms: querybuilder (react-querybuilder), zoho (criteria of Zoho CRM's interfaces), pattern (a
numbered list and `1 and (2 or 3)`), jsonlogic, salesforce (workflow rules as XML), json (a whole
program, as `jalon export --to json` writes it; docs/en/guides/json.md).

Examples:
  jalon import query.json --from querybuilder
  jalon import modules.jalon criteria.json --from zoho --lang fr
  jalon import Contact.workflow-meta.xml --from salesforce -o contact.jalon
  jalon import rules.json --from json --lang en

Exit codes: 0 fine, 1 something is left out, or findings in a program, 2 usage or files.")]
#[command(override_usage = "jalon import [OPTIONS] [FILES...] FILE --from FORM")]
pub struct ImportArgs {
    /// Programs (`.jalon` files or folders) if any, then the file; `-` reads it from standard input
    #[arg(required = true, value_names = ["FILES"])]
    pub paths: Vec<PathBuf>,
    /// The form of the file
    #[arg(long, value_name = "FORM", value_parser = importable())]
    pub from: String,
    /// The module it is for, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    /// Also rules that are switched off
    #[arg(long)]
    pub inactive: bool,
    /// Write here; standard output without it
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// `jalon export`
#[derive(Debug, Args)]
#[command(after_help = "\
Writes JSON: of a criterion or a rule the criterion in the form asked for; of a score a list of its
lines, each as written with its criterion, or with why that is left out. A criterion is carried
whole or not at all; what the form does not have is listed on standard error. `--to json` writes
the whole program: all that the text says but its layout (docs/en/guides/json.md).

Examples:
  jalon export rules/ --to querybuilder --criterion 'Country IS France AND Amount > 1000'
  jalon export rules/ --to zoho --rule 'CM5 : PROSPECT MONACO'
  jalon export rules/ --to pattern --score Scorex --names label
  jalon export rules/ --to sql --dialect duckdb --now 2026-06-30 --rule Relance
  jalon export --to sql --dialect postgres --definitions | psql
  jalon export rules/ --to json -o rules.json

Exit codes: 0 fine, 1 something is left out, or findings in a program, 2 usage or files.")]
#[command(override_usage = "\
jalon export [OPTIONS] [FILES...] --to FORM (--criterion TEXT | --rule NAME | --score NAME)
       jalon export [OPTIONS] FILES... --to json")]
pub struct ExportArgs {
    /// Programs: `.jalon` files, or folders of them; a criterion alone needs none
    #[arg(value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// The form that is written
    #[arg(long, value_name = "FORM", value_parser = exportable())]
    pub to: String,
    /// The criterion, such as `Ville CONTIENT monaco`
    #[arg(long, value_name = "TEXT")]
    pub criterion: Option<String>,
    /// The rule whose condition is the criterion
    #[arg(long, value_name = "NAME", conflicts_with_all = ["criterion", "score"])]
    pub rule: Option<String>,
    /// The score whose lines are written
    #[arg(long, value_name = "NAME", conflicts_with = "criterion")]
    pub score: Option<String>,
    /// The module of the criterion, where there are several
    #[arg(long, value_name = "M")]
    pub module: Option<String>,
    /// Name fields by their first API name where they have one, or by their label
    #[arg(long, value_name = "NAMES", default_value = "api", value_parser = ["api", "label"])]
    pub names: String,
    /// Write here; standard output without it
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub sql: sql::SqlArgs,
}

/// The names of the forms that are read.
fn importable() -> PossibleValuesParser {
    let usable = |form: &Form| form.imports_criteria() || form.imports_rules();
    let forms = Form::ALL.into_iter().filter(usable).map(Form::name);
    PossibleValuesParser::new(forms.chain([json::NAME]))
}

/// The names of the forms that are written.
fn exportable() -> PossibleValuesParser {
    let forms = Form::ALL.into_iter().filter(|form| form.exports_criteria()).map(Form::name);
    PossibleValuesParser::new(forms.chain([sql::NAME, json::NAME]))
}

/// Reads a file in another form and writes it as text.
pub fn import(args: &ImportArgs, asked: Option<Lang>) -> Result<(), Failure> {
    let (files, path) = program::split(&args.paths);
    program::refuse_as_data(path, asked)?;
    if args.from == json::NAME {
        return import_program(args, files, path, asked);
    }
    let loaded = if files.is_empty() { None } else { Some(program::load(files, asked, false)?) };
    let lang = loaded.as_ref().map_or(asked.unwrap_or_default(), |(_, lang)| *lang);
    let import = Import {
        form: form(&args.from, lang)?,
        program: loaded.as_ref().map(|(program, _)| program),
        module: args.module.as_deref(),
        lang,
        inactive: args.inactive,
    };
    let read = import.read(&text(path, lang)?);
    let Imported { text, left_out } = read.map_err(|error| Failure::program(error, Some(lang)))?;
    if !text.is_empty() {
        whole::write(args.out.as_deref(), &text, lang)?;
    }
    if left_out.is_empty() { Ok(()) } else { Err(listed(&left_out, lang)) }
}

/// Reads a program as JSON; it says its modules itself.
fn import_program(
    args: &ImportArgs,
    files: &[PathBuf],
    path: &Path,
    asked: Option<Lang>,
) -> Result<(), Failure> {
    let lang = asked.unwrap_or_default();
    if !files.is_empty() {
        let one = lang.pick("--from json lit un seul fichier", "--from json reads one file");
        return Err(Failure::usage(lang, one));
    }
    let program = json::import(&text(path, lang)?, asked)?;
    whole::write(args.out.as_deref(), &program, lang)
}

/// Writes a program, a criterion, or those of a score's lines, in another form.
pub fn export(args: &ExportArgs, asked: Option<Lang>) -> Result<(), Failure> {
    if args.sql.definitions {
        let text = sql::definitions(&args.sql, asked.unwrap_or_default())?;
        return whole::write(args.out.as_deref(), &text, asked.unwrap_or_default());
    }
    let part = args.criterion.as_ref().or(args.rule.as_ref()).or(args.score.as_ref());
    let whole = args.to == json::NAME;
    if whole != part.is_none() || (whole && args.files.is_empty()) {
        let lang = asked.unwrap_or_default();
        return Err(Failure::usage(lang, what_to_export(whole, lang)));
    }
    if whole {
        let text = json::export(&args.files, asked)?;
        return whole::write(args.out.as_deref(), &text, asked.unwrap_or_default());
    }
    let (program, lang) = match &args.criterion {
        Some(_) if args.files.is_empty() => {
            let none = jalon::Loader::default().load();
            let lang = asked.unwrap_or_default();
            (none.map_err(|error| Failure::program(error, asked))?, lang)
        }
        _ if args.files.is_empty() => {
            let lang = asked.unwrap_or_default();
            return Err(Failure::usage(lang, no_program(lang)));
        }
        _ => program::load(&args.files, asked, false)?,
    };
    if args.to == sql::NAME {
        let Some(criterion) = criterion(&program, args, lang)? else {
            return Err(Failure::usage(lang, sql::no_score(lang)));
        };
        let written = sql::export(&args.sql, &criterion, &args.names, lang)?;
        return match written {
            Ok(text) => whole::write(args.out.as_deref(), &text, lang),
            Err(left_out) => Err(listed(&left_out, lang)),
        };
    }
    let form = form(&args.to, lang)?;
    let names = FieldNames::from_name(&args.names).unwrap_or_default();
    let exporting = Exporting { form, names, lang };
    let mut left_out = Vec::new();
    let written = match (&args.score, criterion(&program, args, lang)?) {
        (Some(score), _) => {
            let score = program::score(&program, Some(score), args.module.as_deref(), lang)?;
            Some(exporting.score(&program, score.name(), &mut left_out))
        }
        (None, Some(criterion)) => {
            let written = jalon_interop::export(&criterion, form, names);
            written.map_err(|list| left_out = list).ok()
        }
        (None, None) => None,
    };
    if let Some(written) = written {
        let text = serde_json::to_string_pretty(&written).unwrap_or_default() + "\n";
        whole::write(args.out.as_deref(), &text, lang)?;
    }
    if left_out.is_empty() { Ok(()) } else { Err(listed(&left_out, lang)) }
}

/// The criterion asked for, or that of the rule.
fn criterion(
    program: &Program,
    args: &ExportArgs,
    lang: Lang,
) -> Result<Option<Criterion>, Failure> {
    let found = match (&args.criterion, &args.rule) {
        (Some(text), _) => Some(program.criterion(text, args.module.as_deref())),
        (None, Some(rule)) => Some(program.rule(rule)),
        (None, None) => None,
    };
    found.transpose().map_err(|error| Failure::program(error, Some(lang)))
}

/// How criteria are written.
struct Exporting {
    form: Form,
    names: FieldNames,
    lang: Lang,
}

impl Exporting {
    fn condition(&self, condition: &Condition, left_out: &mut Vec<LeftOut>) -> Option<Json> {
        let written = jalon_interop::export_criterion(condition, self.form, self.names);
        written.map_err(|list| left_out.extend(list)).ok()
    }

    /// The lines of a score; one that counts events has a criterion on the event, or none.
    fn score(&self, program: &Program, name: &str, left_out: &mut Vec<LeftOut>) -> Json {
        let scores = &program.checked().scores;
        let lines = scores.iter().filter(|score| score.name == name).flat_map(|score| &score.lines);
        let lines = lines.map(|line| {
            let before = left_out.len();
            let criterion = match &line.condition {
                Some(condition) => self.condition(condition, left_out),
                None => None,
            };
            let mut written = serde_json::json!({"line": line.source, "criterion": criterion});
            if left_out.len() > before {
                let why = left_out[before..].iter().map(|left_out| left_out.to_json(self.lang));
                written["left_out"] = why.collect();
            }
            written
        });
        lines.collect()
    }
}

fn form(name: &str, lang: Lang) -> Result<Form, Failure> {
    // The command line lets no other name through.
    Form::named(name).map_err(|unknown| Failure::usage(lang, &unknown.message(lang)))
}

/// Some forms are of a criterion, JSON is of a whole program.
fn what_to_export(whole: bool, lang: Lang) -> &'static str {
    if whole {
        return lang.pick(
            "--to json écrit tout un programme ; donnez ses fichiers, sans --criterion, --rule ni --score",
            "--to json writes a whole program; give its files, without --criterion, --rule and --score",
        );
    }
    lang.pick(
        "quoi exporter ? donnez --criterion TEXTE, --rule NOM ou --score NOM",
        "export what? give --criterion TEXT, --rule NAME or --score NAME",
    )
}

fn no_program(lang: Lang) -> &'static str {
    lang.pick(
        "rien à exporter ; donnez des programmes, ou --criterion TEXTE",
        "nothing to export; give programs, or --criterion TEXT",
    )
}

/// What was left out, a line each, and how many.
fn listed(left_out: &[LeftOut], lang: Lang) -> Failure {
    let mut message = String::new();
    for left_out in left_out {
        let at = if left_out.at.is_empty() { "/" } else { &left_out.at };
        message += &lang.pick(
            format!("{at} : {}\n", left_out.message(lang)),
            format!("{at}: {}\n", left_out.message(lang)),
        );
    }
    let (one, many) = lang.pick(("élément omis", "éléments omis"), ("left out", "left out"));
    message += &number::counted(left_out.len() as u64, one, many, lang);
    message.push('\n');
    Failure::finding(message)
}

/// A whole file as text, without a byte order mark.
fn text(path: &Path, lang: Lang) -> Result<String, Failure> {
    let text = whole::text(path, lang)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}
