//! What `cargo xtask` asks of the books.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jalon_docs::script::{self, Language};
use jalon_docs::{assemble, books, reference, told};

const USAGE: &str = "\
jalon-docs COMMAND

  python PYTHON   run the Python of the pages with an interpreter that has the package `jalon`
  reference       write docs/*/reference
  sources FOLDER  put the sources of both books together, for mdbook
  node            run the JavaScript of the pages with the package built in bindings/node

With PAGE=text in the environment only the pages whose path contains it.
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let parts: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match parts.as_slice() {
        ["python", python] => scripts(&Language::Python(PathBuf::from(python))),
        ["node"] => scripts(&Language::Js),
        ["reference"] => reference::write(),
        ["sources", out] => assemble::write(Path::new(out)),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn scripts(language: &Language) -> Result<(), String> {
    let mut failures = Vec::new();
    for page in books::pages()? {
        failures.extend(script::run(&page, language)?);
    }
    told(&failures).map_or(Ok(()), Err)
}
