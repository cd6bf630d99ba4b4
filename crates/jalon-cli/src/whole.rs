//! Whole texts: read from a file or standard input, written to a file or standard output.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use jalon::lang::Lang;
use jalon_files::{FileError, FileProblem, MOST_BYTES};

use crate::failure::Failure;

/// The bytes of a file, up to a limit; `-` is standard input.
pub fn bytes(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    let failed = |problem| Failure::file(&FileError::new(path, problem), lang);
    let io = |error| failed(FileProblem::Io(error));
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(io)?)
    };
    let mut bytes = Vec::new();
    input.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(failed(FileProblem::TooLarge { limit: MOST_BYTES }));
    }
    Ok(bytes)
}

/// The text of a file.
pub fn text(path: &Path, lang: Lang) -> Result<String, Failure> {
    jalon::syntax::decode(bytes(path, lang)?).map_err(|place| {
        let problem = FileProblem::NotUtf8 { line: place.line, column: place.column };
        Failure::file(&FileError::new(path, problem), lang)
    })
}

/// Writes a text to a file; to standard output where there is none, or it is `-`.
pub fn write(out: Option<&Path>, text: &str, lang: Lang) -> Result<(), Failure> {
    match out.filter(|path| *path != Path::new("-")) {
        Some(path) => std::fs::write(path, text)
            .map_err(|error| Failure::file(&FileError::new(path, FileProblem::Io(error)), lang)),
        None => std::io::stdout()
            .write_all(text.as_bytes())
            .map_err(|error| Failure::stdout(error, lang)),
    }
}

/// Writes a text to standard output.
pub fn print(text: &str, lang: Lang) -> Result<(), Failure> {
    write(None, text, lang)
}
