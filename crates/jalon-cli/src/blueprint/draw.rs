//! `jalon blueprint draw`: the picture of a blueprint.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jalon::blueprint::picture::Picture;
use jalon::lang::Lang;

use crate::failure::Failure;
use crate::{program, whole};

/// `jalon blueprint draw`
#[derive(Debug, Args)]
#[command(after_help = "\
States are coloured by role, transitions carry who may make them and after how long, and a common
transition is drawn once. The SVG needs nothing from elsewhere and suits light and dark pages.
Without --format the extension of OUT tells the format: svg, mmd or mermaid, dot or gv; else svg.

Examples:
  jalon blueprint draw rules/ -o deals.svg
  jalon blueprint draw rules/ --name 'Deal process' --format mermaid
  jalon blueprint draw rules/ --format dot | dot -Tpdf -o deals.pdf

Exit codes: 0 fine, 1 findings in the program, 2 usage or files.")]
#[command(override_usage = "jalon blueprint draw [OPTIONS] FILES...")]
pub struct DrawArgs {
    /// Programs: `.jalon` files, or folders of them; `-` reads one from standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// The blueprint, where there are several
    #[arg(long, visible_alias = "blueprint", value_name = "NAME")]
    name: Option<String>,
    /// What is written
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Write here; standard output without it
    #[arg(short = 'o', long = "out", value_name = "OUT")]
    out: Option<PathBuf>,
}

/// The forms of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A picture for people.
    Svg,
    /// A state diagram of Mermaid.
    Mermaid,
    /// A graph of Graphviz.
    Dot,
}

impl Form {
    /// The format that an extension tells.
    pub(super) fn of_extension(path: &Path) -> Option<Form> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "svg" => Some(Form::Svg),
            "mmd" | "mermaid" => Some(Form::Mermaid),
            "dot" | "gv" => Some(Form::Dot),
            _ => None,
        }
    }

    /// The text of a picture.
    pub(super) fn draw(self, picture: &Picture, lang: Lang) -> String {
        match self {
            Form::Svg => picture.svg(lang),
            Form::Mermaid => picture.mermaid(lang),
            Form::Dot => picture.dot(lang),
        }
    }
}

/// Draws a blueprint of programs.
pub fn run(args: &DrawArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let out = args.out.as_deref().filter(|path| *path != Path::new("-"));
    let (program, lang) = program::load(&args.files, lang, false)?;
    let form = match (args.format, out) {
        (Some(form), _) => form,
        (None, None) => Form::Svg,
        (None, Some(path)) => match Form::of_extension(path) {
            Some(form) => form,
            None if path.extension().is_none() => Form::Svg,
            None => return Err(unknown_extension(path, lang)),
        },
    };
    let picture = program
        .picture(args.name.as_deref())
        .map_err(|error| Failure::program(error, Some(lang)))?;
    let text = form.draw(&picture, lang);
    whole::write(out, &text, lang)
}

fn unknown_extension(path: &Path, lang: Lang) -> Failure {
    let path = path.display();
    let message = lang.pick(
        format!("`{path}` : extension inconnue ; svg, mmd ou dot, ou dites --format"),
        format!("`{path}`: unknown extension; svg, mmd or dot, or say --format"),
    );
    Failure::usage(lang, &message)
}
