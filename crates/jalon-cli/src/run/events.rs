//! Events of a file, one a line, or a JSON array of them.

use std::fs::File;
use std::io::{BufRead, BufReader, Lines, Read};
use std::path::Path;

use jalon::lang::Lang;
use jalon::workflow::Incoming;
use jalon_files::data::Progress;
use jalon_files::{FileError, FileProblem};
use serde_json::Value as Json;

use crate::failure::Failure;

/// The events of a file, in order; one that cannot be read is the message that says so.
pub struct Events {
    name: String,
    lang: Lang,
    lines: Lines<Box<dyn BufRead>>,
    line: u64,
    /// The events of an array, the last first.
    array: Vec<Json>,
    progress: Progress,
}

impl Events {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path, lang: Lang) -> Result<Events, Failure> {
        let name = path.display().to_string();
        let failed =
            |error| Failure::file(&FileError::new(name.clone(), FileProblem::Io(error)), lang);
        let mut reader: Box<dyn BufRead> = if name == "-" {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).map_err(failed)?))
        };
        let length = std::fs::metadata(path).ok().map(|meta| meta.len());
        let progress = Progress::new(length.filter(|_| name != "-"));
        let start = reader.fill_buf().map_err(failed)?;
        let is_array = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        let mut array = Vec::new();
        if is_array {
            let mut text = String::new();
            reader.read_to_string(&mut text).map_err(failed)?;
            array = serde_json::from_str(&text).map_err(|error| {
                Failure::finding(said(&name, error.line() as u64, &error.to_string(), lang))
            })?;
            array.reverse();
        }
        Ok(Events { name, lang, lines: reader.lines(), line: 0, array, progress })
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    fn read(&self, event: &Json) -> Result<Incoming, String> {
        Incoming::read(event)
            .map_err(|error| said(&self.name, self.line, &error.message(self.lang), self.lang))
    }
}

impl Iterator for Events {
    type Item = Result<Result<Incoming, String>, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(event) = self.array.pop() {
            self.line += 1;
            return Some(Ok(self.read(&event)));
        }
        loop {
            let line = match self.lines.next()? {
                Ok(line) => line,
                Err(error) => {
                    let error = FileError::new(self.name.clone(), FileProblem::Io(error));
                    return Some(Err(Failure::file(&error, self.lang)));
                }
            };
            self.line += 1;
            self.progress.add(line.len() as u64 + 1);
            if line.trim().is_empty() {
                continue;
            }
            let event = serde_json::from_str::<Json>(&line)
                .map_err(|error| said(&self.name, self.line, &error.to_string(), self.lang));
            return Some(Ok(event.and_then(|event| self.read(&event))));
        }
    }
}

/// What is wrong with an event, and where.
fn said(name: &str, line: u64, why: &str, lang: Lang) -> String {
    lang.pick(
        format!("erreur : {name}, événement {line} : {why}\n"),
        format!("error: {name}, event {line}: {why}\n"),
    )
}
