//! JSON objects of a file, one a line, or a JSON array of them: events, instances.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::vec::IntoIter;

use jalon::lang::Lang;
use jalon_files::data::Progress;
use jalon_files::{Broken, FileError, FileProblem};
use serde_json::Value as Json;

use crate::failure::Failure;

/// A line longer than this holds no object.
const MOST_LINE_BYTES: u64 = 16 << 20;

/// What the objects are, in French and in English.
pub type Noun = (&'static str, &'static str);

/// Events.
pub const EVENT: Noun = ("événement", "event");
/// Instances.
pub const INSTANCE: Noun = ("instance", "instance");

/// Where an object stands: in which file, and there.
#[derive(Clone, Debug)]
pub enum Place {
    /// On which line, from 1.
    Line(String, u64),
    /// The how many of an array, from 1, and of what.
    Item(String, u64, Noun),
}

/// What was read.
#[derive(Debug)]
pub enum Read {
    /// An object, or another value, and where it stands.
    Object(Json, Place),
    /// No JSON: the message that says so.
    Bad(String),
}

impl Place {
    /// The line, or the place in the array.
    pub fn number(&self) -> u64 {
        match self {
            Place::Line(_, number) | Place::Item(_, number, _) => *number,
        }
    }

    /// What is wrong with an object, and where.
    pub fn said(&self, why: &str, lang: Lang) -> String {
        let at = match self {
            Place::Line(name, line) => {
                lang.pick(format!("`{name}`, ligne {line}"), format!("`{name}`, line {line}"))
            }
            Place::Item(name, number, (fr, en)) => {
                lang.pick(format!("`{name}`, {fr} {number}"), format!("`{name}`, {en} {number}"))
            }
        };
        lang.pick(format!("erreur : {at} : {why}\n"), format!("error: {at}: {why}\n"))
    }
}

/// The objects of a file, in order.
pub struct Objects {
    name: String,
    lang: Lang,
    reader: Box<dyn BufRead>,
    /// What they are.
    noun: Noun,
    /// The line or the object read last, from 1.
    number: u64,
    /// The objects of an array, and how many bytes each stands for.
    array: Option<(IntoIter<Json>, u64)>,
    progress: Progress,
}

impl Objects {
    /// Opens a file; `-` is standard input.
    pub fn open(path: &Path, noun: Noun, lang: Lang) -> Result<Objects, Failure> {
        let name = path.display().to_string();
        let failed =
            |error| Failure::file(&FileError::new(name.clone(), FileProblem::Io(error)), lang);
        let mut reader: Box<dyn BufRead> = if name == "-" {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(path).map_err(failed)?))
        };
        let length = std::fs::metadata(path).ok().filter(|meta| meta.is_file() && name != "-");
        let progress = Progress::new(length.map(|meta| meta.len()));
        let start = reader.fill_buf().map_err(failed)?;
        if start.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        let start = reader.fill_buf().map_err(failed)?;
        let is_array = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
        let array = if is_array {
            let mut text = Vec::new();
            reader.read_to_end(&mut text).map_err(failed)?;
            let objects: Vec<Json> = serde_json::from_slice(&text).map_err(|error| {
                let why = not_json(&error, None, lang);
                Failure::finding(Place::Line(name.clone(), error.line() as u64).said(&why, lang))
            })?;
            let share = text.len() as u64 / objects.len().max(1) as u64;
            Some((objects.into_iter(), share))
        } else {
            None
        };
        Ok(Objects { name, lang, reader, noun, number: 0, array, progress })
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The object of a line; `None` for a line that is blank.
    fn line(&self, line: &[u8]) -> Option<Read> {
        let line = line.trim_ascii();
        if line.is_empty() {
            return None;
        }
        let place = Place::Line(self.name.clone(), self.number);
        let bad = |why: &str| Some(Read::Bad(place.said(why, self.lang)));
        if line.len() as u64 >= MOST_LINE_BYTES {
            return bad(&Broken::TooLong.message(self.lang));
        }
        let Ok(line) = std::str::from_utf8(line) else {
            return bad(&Broken::NotUtf8.message(self.lang));
        };
        match serde_json::from_str::<Json>(line) {
            Ok(object) => Some(Read::Object(object, place)),
            Err(error) => bad(&not_json(&error, Some(self.noun), self.lang)),
        }
    }
}

/// What is wrong with a text that is not JSON, and the way out.
fn not_json(error: &serde_json::Error, on_its_line: Option<Noun>, lang: Lang) -> String {
    let why = Broken::Json { line: 0, column: error.column() }.message(lang);
    if let Some((fr, en)) = on_its_line.filter(|_| error.is_eof()) {
        return lang.pick(
            format!("{why}, l'objet s'arrête là ; écrivez chaque {fr} sur une seule ligne"),
            format!("{why}, the object ends there; write each {en} on one line"),
        );
    }
    why
}

impl Iterator for Objects {
    type Item = Result<Read, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((objects, share)) = &mut self.array {
            let object = objects.next()?;
            self.number += 1;
            self.progress.add(*share);
            let place = Place::Item(self.name.clone(), self.number, self.noun);
            return Some(Ok(Read::Object(object, place)));
        }
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut self.reader).take(MOST_LINE_BYTES).read_until(b'\n', &mut line);
            match read {
                Ok(0) => return None,
                Ok(bytes) => self.progress.add(bytes as u64),
                Err(error) => {
                    let error = FileError::new(self.name.clone(), FileProblem::Io(error));
                    return Some(Err(Failure::file(&error, self.lang)));
                }
            }
            self.number += 1;
            if let Some(read) = self.line(&line) {
                return Some(Ok(read));
            }
        }
    }
}
