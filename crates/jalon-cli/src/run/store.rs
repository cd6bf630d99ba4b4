//! What `jalon run` remembers from one time to the next.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use jalon::lang::Lang;
use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{RecordKey, State};
use jalon_files::write::Sink;
use jalon_files::{FileError, FileProblem};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::failure::Failure;

/// What a file of ours says it is.
const FORMAT: &str = "jalon run";

/// The state of the engine, the records, and the time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored {
    /// That it is a state of this command.
    format: String,
    /// The last present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<Instant>,
    /// What the engine remembers.
    state: State,
    /// The records.
    records: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: RecordKey,
    record: Json,
}

impl Stored {
    /// What the engine remembers.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// A record with what is remembered of it and what it does not carry itself.
    pub fn whole(&self, key: &RecordKey, record: Json) -> Json {
        let known = self.records.iter().find(|entry| entry.key == *key);
        let Some(Json::Object(mut whole)) = known.map(|entry| entry.record.clone()) else {
            return record;
        };
        if let Json::Object(fields) = record {
            whole.extend(fields);
        }
        whole.into()
    }

    /// What a stage holds.
    pub fn of(stage: &Rehearsal) -> Stored {
        let records = stage.records().iter();
        let entry =
            |(key, record): (&RecordKey, &Json)| Entry { key: key.clone(), record: record.clone() };
        Stored {
            format: FORMAT.to_owned(),
            now: stage.clock().now,
            state: stage.state().clone(),
            records: records.map(entry).collect(),
        }
    }

    /// A stage that goes on from there and then: what has become due since is still to be fired.
    pub fn onto(self, stage: Rehearsal) -> Rehearsal {
        let records = self.records.into_iter().map(|entry| (entry.key, entry.record));
        let mut stage = stage.resume(self.state, records.collect());
        if let Some(now) = self.now {
            stage.set_now(now);
        }
        stage
    }
}

/// Whether a file is a state of this command, as its beginning says.
pub fn is_kept(path: &Path) -> bool {
    let mut beginning = [0; 64];
    let read = fs::File::open(path).and_then(|mut file| file.read(&mut beginning));
    let text = String::from_utf8_lossy(&beginning[..read.unwrap_or_default()]).into_owned();
    let said: String = text.split_whitespace().collect();
    said.starts_with(&format!("{{\"format\":\"{}\"", FORMAT.replace(' ', "")))
}

/// What a file holds; nothing where there is none yet.
pub fn read(path: &Path, lang: Lang) -> Result<Option<Stored>, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, error, lang)),
    };
    let shown = path.display();
    let json: Json = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        no_state(
            path,
            &lang.pick(
                format!("pas du JSON à la ligne {line}, colonne {column}"),
                format!("not JSON at line {line}, column {column}"),
            ),
            lang,
        )
    })?;
    if json.get("format").and_then(Json::as_str) != Some(FORMAT) {
        let lacks = lang.pick(
            format!("il n'y a pas `\"format\": \"{FORMAT}\"`"),
            format!("there is no `\"format\": \"{FORMAT}\"`"),
        );
        return Err(no_state(path, &lacks, lang));
    }
    let version = json.pointer("/state/version").and_then(Json::as_u64).unwrap_or_default();
    if version > State::VERSION.into() {
        let known = State::VERSION;
        return Err(Failure::usage(
            lang,
            &lang.pick(
                format!(
                    "`{shown}` est de la version {version}, ce `jalon` connaît la {known} ; \
                     mettez-le à jour"
                ),
                format!("`{shown}` is of version {version}, this `jalon` knows {known}; update it"),
            ),
        ));
    }
    serde_json::from_value(json).map(Some).map_err(|error| no_state(path, &error.to_string(), lang))
}

/// A file that is something else, and the way out.
fn no_state(path: &Path, why: &str, lang: Lang) -> Failure {
    let path = path.display();
    Failure::usage(
        lang,
        &lang.pick(
            format!(
                "`{path}` n'est pas un état de `jalon run` : {why} ; donnez à --state un autre nom"
            ),
            format!("`{path}` is no state of `jalon run`: {why}; give --state another name"),
        ),
    )
}

/// Writes a file, which takes its place when it is complete.
pub fn write(path: &Path, stored: &Stored, lang: Lang) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(stored).unwrap_or_default() + "\n";
    let written = Sink::create(Some(path)).and_then(|mut sink| {
        sink.write_all(text.as_bytes())?;
        sink.finish()
    });
    written.map_err(|error| failed(path, error, lang))
}

fn failed(path: &Path, error: std::io::Error, lang: Lang) -> Failure {
    Failure::file(&FileError::new(path.display().to_string(), FileProblem::Io(error)), lang)
}
