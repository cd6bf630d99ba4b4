//! `jalon hash`: what programs and their declarations say, as hashes.

use std::path::PathBuf;

use clap::Args;
use jalon::lang::Lang;

use crate::args::Form;
use crate::failure::Failure;
use crate::{program, whole};

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
    /// Programs: `.jalon` files, or folders of them; `-` reads one from standard input
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// Prints what a program and its declarations say, as hashes.
pub fn run(args: &HashArgs, lang: Option<Lang>) -> Result<(), Failure> {
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
                let kind = word(one.kind, lang);
                text.extend([&one.content.to_string(), "  ", kind, " ", &one.name, "\n"]);
            }
            text
        }
    };
    whole::print(&text, lang)
}

/// What people call a kind of declaration.
fn word(kind: &'static str, lang: Lang) -> &'static str {
    let french = match kind {
        "constant" => "constante",
        "rule" => "règle",
        "dependency" => "dépendance",
        "calendar" => "calendrier",
        "guard" => "garde",
        "schedule" => "planification",
        "blueprint" => "parcours",
        "approval" => "approbation",
        alike => alike,
    };
    lang.pick(french, kind)
}
