//! `jalon fmt`: programs in the canonical layout, and in the keywords of another language.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jalon::diagnostic::render;
use jalon::lang::Lang;
use jalon::program::format::{Formatted, Formatting};
use jalon_files::FileError;
use similar::TextDiff;

use crate::failure::Failure;
use crate::{number, program, whole};

/// `jalon fmt`
#[derive(Debug, Args)]
#[command(after_help = "\
Rewrites the files that are not in the canonical layout; comments stay in their places. With --lang
keywords are translated, names and values never; without it each keyword stays in its language, or
follows the `langue` line of its file. A file with a syntax error is left as it is. Files and
folders given together are one program.

Examples:
  jalon fmt rules/
  jalon fmt rules/ --check
  jalon fmt rules/ --lang en
  jalon fmt - < leads.jalon

Exit codes: 0 fine, 1 syntax errors or, with --check, files that would change, 2 usage or files.")]
#[command(override_usage = "jalon fmt [OPTIONS] FILES...")]
pub struct FmtArgs {
    /// Programs: `.jalon` files, or folders of them; `-` is standard input to standard output
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Write nothing; show what would change
    #[arg(long)]
    pub check: bool,
}

/// Formats programs; findings are syntax errors and, with `--check`, files that would change.
pub fn run(args: &FmtArgs, lang: Option<Lang>) -> Result<(), Failure> {
    if args.files.iter().any(|file| file.as_os_str() == "-") {
        return one(args, lang);
    }
    let file = |error: &FileError| Failure::file(error, lang.unwrap_or_default());
    let loader = program::with_sources(program::loader(lang, false), &args.files, lang)?;
    let formatting = loader.format(lang);
    let said = lang.unwrap_or(formatting.diagnostics.lang);
    report(&formatting, said);
    let mut out = String::new();
    for changed in formatting.files.iter().filter(|file| file.changed) {
        if args.check {
            out += &difference(&formatting, changed);
            continue;
        }
        jalon_files::rewrite(Path::new(&changed.name), &changed.text)
            .map_err(|error| file(&error))?;
        let done = said.pick(" : mis en forme", ": formatted");
        out.extend([&*changed.name, done, "\n"]);
    }
    out += &closing(&formatting, args.check, said);
    whole::print(&out, said)?;
    let found = formatting.files.iter().any(|file| file.broken || (args.check && file.changed));
    if found { Err(Failure::silent_finding()) } else { Ok(()) }
}

/// Standard input to standard output.
fn one(args: &FmtArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let said = lang.unwrap_or_default();
    if args.files.len() > 1 {
        let alone = said.pick("`-` se donne seul", "`-` stands alone");
        return Err(Failure::usage(said, alone));
    }
    let text = program::stdin(said)?;
    let formatting = program::loader(lang, false).source("-", text).format(lang);
    let said = lang.unwrap_or(formatting.diagnostics.lang);
    report(&formatting, said);
    let Some(file) = formatting.files.first() else { return Ok(()) };
    if args.check {
        if file.changed {
            whole::print(&difference(&formatting, file), said)?;
        }
    } else if !file.broken {
        whole::print(&file.text, said)?;
    }
    let found = file.broken || (args.check && file.changed);
    if found { Err(Failure::silent_finding()) } else { Ok(()) }
}

/// On standard error: syntax errors, and what could not be translated.
fn report(formatting: &Formatting, lang: Lang) {
    let sources = &formatting.diagnostics.sources;
    let color = console::colors_enabled_stderr();
    let mut text = render(&formatting.diagnostics.list, sources, lang, color);
    for file in &formatting.files {
        for kept in &file.kept {
            let place = sources.position(*kept);
            let line = sources.slice(*kept).lines().next().unwrap_or("").trim();
            let (name, line_number, column) = (&file.name, place.line, place.column);
            let note = lang.pick("remarque : gardé tel quel", "note: kept as written");
            let colon = lang.pick(" :", ":");
            let _ = writeln!(text, "{name}:{line_number}:{column}: {note}{colon} {line}");
        }
    }
    // Nothing better can be done when standard error is closed.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// What would change, as `diff -u` shows it.
fn difference(formatting: &Formatting, file: &Formatted) -> String {
    let sources = &formatting.diagnostics.sources;
    let old = sources.get(file.source).map_or("", |source| source.text.as_str());
    TextDiff::from_lines(old, &file.text)
        .unified_diff()
        .context_radius(2)
        .header(&file.name, &file.name)
        .to_string()
}

/// How many files there are, and what became of them.
fn closing(formatting: &Formatting, check: bool, lang: Lang) -> String {
    let count = |of: fn(&&Formatted) -> bool| formatting.files.iter().filter(of).count() as u64;
    let files = formatting.files.len() as u64;
    let (one, many) = lang.pick(("fichier", "fichiers"), ("file", "files"));
    let files = number::counted(files, one, many, lang);
    let changed = count(|file| file.changed);
    let broken = count(|file| file.broken);
    let mut parts = Vec::new();
    if changed > 0 {
        let (one, many) = if check {
            lang.pick(("à mettre en forme", "à mettre en forme"), ("to format", "to format"))
        } else {
            lang.pick(("mis en forme", "mis en forme"), ("formatted", "formatted"))
        };
        parts.push(number::counted(changed, one, many, lang));
    }
    if broken > 0 {
        let (one, many) = lang.pick(
            ("laissé pour ses erreurs", "laissés pour leurs erreurs"),
            ("left for its errors", "left for their errors"),
        );
        parts.push(number::counted(broken, one, many, lang));
    }
    if parts.is_empty() {
        parts.push(lang.pick("rien à changer", "nothing to change").to_owned());
    }
    format!("{files}{} {}\n", lang.pick(" :", ":"), parts.join(", "))
}
