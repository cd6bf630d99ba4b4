//! `jalon json`: programs as JSON and back; `jalon hash`: what programs and their declarations
//! say, as hashes.

use std::io::{Read, Write};
use std::path::PathBuf;

use clap::Args;
use jalon::lang::Lang;
use jalon::program::Error;
use jalon::source::SourceId;
use jalon::syntax::{self, Limits};
use jalon::{Loader, form};
use jalon_files::{FileError, FileProblem};

use crate::args::Form;
use crate::failure::Failure;
use crate::program;

/// `jalon json`
#[derive(Debug, Args)]
#[command(after_help = "\
The JSON says all that the text does but its layout; docs/json.md shows it, and
docs/schema/program.schema.json describes it. Files and folders given together are one program.

Examples:
  jalon json rules/ > rules.json
  jalon json --back rules.json > rules.jalon
  cat rules.json | jalon json --back - --lang en

Exit codes: 0 fine, 1 the program or the JSON, 2 usage or files.")]
#[command(override_usage = "jalon json [OPTIONS] FILES...")]
pub struct JsonArgs {
    /// Programs: `.jalon` files, or folders of them; with --back one JSON file, `-` for standard
    /// input
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Read JSON and print the program as text
    #[arg(long)]
    pub back: bool,
}

/// `jalon hash`
#[derive(Debug, Args)]
#[command(after_help = "\
The first line is the whole program, the others its declarations. Layout, comments and the
language of keywords change no hash.

Examples:
  jalon hash rules/
  jalon hash rules/ --format json

Exit codes: 0 fine, 1 the program, 2 usage or files.")]
#[command(override_usage = "jalon hash [OPTIONS] FILES...")]
pub struct HashArgs {
    /// Programs: `.jalon` files, or folders of them
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// Prints programs as JSON, or JSON as a program.
pub fn run(args: &JsonArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let said = lang.unwrap_or_default();
    let text = if args.back { back(args, lang)? } else { forth(args, lang)? };
    write(&text, said)
}

fn forth(args: &JsonArgs, lang: Option<Lang>) -> Result<String, Failure> {
    let said = lang.unwrap_or_default();
    let sources = jalon_files::sources(&args.files).map_err(|error| Failure::file(&error, said))?;
    let mut documents = Vec::new();
    for (name, text) in sources {
        let (document, found) = syntax::parse(SourceId(0), &text, &Limits::default());
        // What is wrong is told with the name and the lines of its file.
        let wrong = found.iter().any(|one| one.severity() == jalon::diagnostic::Severity::Error);
        if wrong {
            let mut diagnostics = Loader::default().source(name, text).check();
            diagnostics.list.retain(|one| {
                one.severity() == jalon::diagnostic::Severity::Error
                    && one.code.id.starts_with("E01")
            });
            return Err(Failure::program(Error::Diagnostics(diagnostics), lang));
        }
        documents.push(document);
    }
    let json = form::to_json(&form::joined(documents));
    Ok(format!("{json:#}\n"))
}

fn back(args: &JsonArgs, lang: Option<Lang>) -> Result<String, Failure> {
    let said = lang.unwrap_or_default();
    let [path] = args.files.as_slice() else {
        let one = said.pick("--back lit un seul fichier", "--back reads one file");
        return Err(Failure::usage(said, one));
    };
    let json = if path.as_os_str() == "-" {
        let mut json = String::new();
        let read = std::io::stdin().take(jalon_files::MOST_BYTES + 1).read_to_string(&mut json);
        read.map_err(|error| Failure::file(&FileError::new(path, FileProblem::Io(error)), said))?;
        json
    } else {
        let read = jalon_files::sources([path]).map_err(|error| Failure::file(&error, said))?;
        read.into_iter().map(|(_, text)| text).collect()
    };
    let document =
        form::from_json(&json).map_err(|error| Failure::program(Error::Form(error), lang))?;
    Ok(syntax::print(&document, lang.or(document.lang).unwrap_or_default()))
}

/// Prints what a program and its declarations say, as hashes.
pub fn hash(args: &HashArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (loaded, lang) = program::load(&args.files, lang, false)?;
    let contents = loaded.contents();
    let text = match args.format {
        Form::Json => {
            let json = serde_json::to_value(contents).unwrap_or_default();
            format!("{json:#}\n")
        }
        Form::Text => {
            let mut text = format!("{}  {}\n", contents.program, lang.pick("programme", "program"));
            for one in &contents.declarations {
                text.extend([&one.content.to_string(), "  ", one.kind, " ", &one.name, "\n"]);
            }
            text
        }
    };
    write(&text, lang)
}

fn write(text: &str, lang: Lang) -> Result<(), Failure> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::stdout(error, lang))
}
