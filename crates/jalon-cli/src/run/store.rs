//! What `jalon run` remembers from one time to the next.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jalon::lang::Lang;
use jalon::rehearsal::Rehearsal;
use jalon::value::Instant;
use jalon::workflow::{RecordKey, State};
use jalon_files::{FileError, FileProblem};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::failure::Failure;

/// The state of the engine, the records, and the time.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stored {
    /// The last present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<Instant>,
    /// What the engine remembers.
    #[serde(default)]
    state: State,
    /// The records.
    #[serde(default)]
    records: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    key: RecordKey,
    record: Json,
}

impl Stored {
    /// What a stage holds.
    pub fn of(stage: &Rehearsal) -> Stored {
        let records = stage.records().iter();
        let entry =
            |(key, record): (&RecordKey, &Json)| Entry { key: key.clone(), record: record.clone() };
        Stored {
            now: stage.clock().now,
            state: stage.state().clone(),
            records: records.map(entry).collect(),
        }
    }

    /// A stage that goes on from there.
    pub fn onto(self, stage: Rehearsal) -> Rehearsal {
        let records = self.records.into_iter().map(|entry| (entry.key, entry.record));
        let mut stage = stage.resume(self.state, records.collect());
        if let (Some(now), None) = (self.now, stage.clock().now) {
            stage.set_now(now);
        }
        stage
    }
}

/// What a file holds; nothing where there is none yet.
pub fn read(path: &Path, lang: Lang) -> Result<Option<Stored>, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, error, lang)),
    };
    let stored: Stored = serde_json::from_str(&text).map_err(|error| {
        let path = path.display();
        Failure::usage(
            lang,
            &lang.pick(
                format!("{path} n'est pas un état de `jalon run` : {error}"),
                format!("{path} is no state of `jalon run`: {error}"),
            ),
        )
    })?;
    if stored.state.version > State::VERSION {
        let (path, version) = (path.display(), stored.state.version);
        return Err(Failure::usage(
            lang,
            &lang.pick(
                format!("{path} est d'une version plus récente ({version})"),
                format!("{path} is of a newer version ({version})"),
            ),
        ));
    }
    Ok(Some(stored))
}

/// Writes a file beside the one there is, then puts it in its place.
pub fn write(path: &Path, stored: &Stored, lang: Lang) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(stored).unwrap_or_default() + "\n";
    let beside = path.with_extension("json.new");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|e| failed(path, e, lang))
}

fn failed(path: &Path, error: std::io::Error, lang: Lang) -> Failure {
    Failure::file(&FileError::new(path.display().to_string(), FileProblem::Io(error)), lang)
}
