//! Events of a file, one a line, or a JSON array of them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::vec::IntoIter;

use jalon::lang::Lang;
use jalon::workflow::Incoming;
use jalon_files::data::Progress;
use jalon_files::{Broken, FileError, FileProblem};
use serde_json::Value as Json;

use crate::failure::Failure;

/// A line longer than this holds no event.
const MOST_LINE_BYTES: u64 = 16 << 20;

/// Where an event stands: in which file, and there.
#[derive(Clone, Debug)]
pub enum Place {
    /// On which line, from 1.
    Line(String, u64),
    /// The how many of an array, from 1.
    Event(String, u64),
}

/// What was read.
#[derive(Debug)]
pub enum Read {
    /// An event, and where it stands.
    Event(Box<Incoming>, Place),
    /// No event: the message that says so.
    Bad(String),
}

/// The events of a file, in order.
pub struct Events {
    name: String,
    lang: Lang,
    reader: Box<dyn BufRead>,
    /// The line or the event read last, from 1.
    number: u64,
    /// The events of an array, and how many bytes each stands for.
    array: Option<(IntoIter<Json>, u64)>,
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
            let events: Vec<Json> = serde_json::from_slice(&text).map_err(|error| {
                let why = not_json(&error, false, lang);
                Failure::finding(Place::Line(name.clone(), error.line() as u64).said(&why, lang))
            })?;
            let share = text.len() as u64 / events.len().max(1) as u64;
            Some((events.into_iter(), share))
        } else {
            None
        };
        Ok(Events { name, lang, reader, number: 0, array, progress })
    }

    /// How far reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    fn read(&self, event: &Json, place: Place) -> Read {
        match Incoming::read(event) {
            Ok(event) => Read::Event(Box::new(event), place),
            Err(error) => Read::Bad(place.said(&error.message(self.lang), self.lang)),
        }
    }

    /// The event of a line; `None` for a line that is blank.
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
            Ok(event) => Some(self.read(&event, place)),
            Err(error) => bad(&not_json(&error, true, self.lang)),
        }
    }
}

/// What is wrong with a text that is not JSON, and the way out.
fn not_json(error: &serde_json::Error, on_its_line: bool, lang: Lang) -> String {
    let why = Broken::Json { line: 0, column: error.column() }.message(lang);
    if on_its_line && error.is_eof() {
        return lang.pick(
            format!("{why}, l'objet s'arrête là ; écrivez chaque événement sur une seule ligne"),
            format!("{why}, the object ends there; write each event on one line"),
        );
    }
    why
}

impl Iterator for Events {
    type Item = Result<Read, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((events, share)) = &mut self.array {
            let event = events.next()?;
            self.number += 1;
            self.progress.add(*share);
            let place = Place::Event(self.name.clone(), self.number);
            return Some(Ok(self.read(&event, place)));
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
