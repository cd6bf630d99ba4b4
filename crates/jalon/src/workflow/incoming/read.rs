//! The keys of an event, read one by one.

use serde_json::{Map, Value as Json};

use super::fault::{EventError, Fault};
use super::{Incoming, Kind, process};
use crate::diagnostic::did_you_mean;
use crate::users::User;
use crate::value::read;

/// The keys of an event.
pub(super) const KEYS: &[&str] = &[
    "id",
    "type",
    "module",
    "record_id",
    "now",
    "record",
    "before",
    "after",
    "changes",
    "activity",
    "rule",
    "transition",
    "by",
    "given",
    "timer",
    "schedule",
    "related",
    "approval",
    "verdict",
    "to",
    "comment",
];

/// The types of event.
pub(super) const TYPES: &[&str] = &[
    "created",
    "updated",
    "field",
    "deleted",
    "activity",
    "manual",
    "transition",
    "draft",
    "enter",
    "exit",
    "submit",
    "vote",
    "delegate",
    "recall",
    "due",
    "scheduled",
    "arm",
    "tick",
];

/// Reads an event.
pub(super) fn incoming(json: &Json) -> Result<Incoming, EventError> {
    let object = json.as_object().ok_or_else(|| fault("", Fault::NotAnObject))?;
    known(object, KEYS, "")?;
    let id = text(object, "id")?.ok_or_else(|| fault("id", Fault::Missing))?;
    let now = match text(object, "now")? {
        Some(given) => {
            Some(read::moment(&given).ok_or_else(|| fault("now", Fault::NoTime { given }))?)
        }
        None => None,
    };
    let (kind, record) = kind(object)?;
    Ok(Incoming {
        id,
        module: text(object, "module")?,
        record_id: text(object, "record_id")?,
        now,
        kind,
        by: by(object)?,
        record,
        related: related(object)?,
    })
}

/// Whether an object, under this key of the event, has keys of these only.
pub(super) fn known(
    object: &Map<String, Json>,
    keys: &'static [&'static str],
    of: &'static str,
) -> Result<(), EventError> {
    let Some(key) = object.keys().find(|key| !keys.contains(&key.as_str())) else { return Ok(()) };
    let near = did_you_mean(key, keys.iter().copied());
    Err(fault(key, Fault::UnknownKey { of, keys, near }))
}

/// What is wrong with a key.
pub(super) fn fault(key: &str, kind: Fault) -> EventError {
    EventError { key: key.to_owned(), kind }
}

/// A text, or a number as its text.
pub(super) fn text(object: &Map<String, Json>, key: &str) -> Result<Option<String>, EventError> {
    match object.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => {
            crate::value::json::text(value).map(Some).ok_or_else(|| fault(key, Fault::NotText))
        }
    }
}

/// A text that must be there.
pub(super) fn needed(object: &Map<String, Json>, key: &str) -> Result<String, EventError> {
    text(object, key)?.ok_or_else(|| fault(key, Fault::Missing))
}

fn record(object: &Map<String, Json>, key: &str) -> Result<Json, EventError> {
    match object.get(key) {
        None | Some(Json::Null) => Err(fault(key, Fault::Missing)),
        Some(record @ Json::Object(_)) => Ok(record.clone()),
        Some(_) => Err(fault(key, Fault::NotARecord)),
    }
}

fn kind(object: &Map<String, Json>) -> Result<(Kind, Json), EventError> {
    let given = needed(object, "type")?;
    Ok(match given.as_str() {
        "created" => (Kind::Created, record(object, "record")?),
        "updated" | "field" => {
            let both = object.contains_key("before") || object.contains_key("after");
            let (before, after) = if both { ("before", "after") } else { ("record", "changes") };
            (Kind::Updated { before: record(object, before)? }, record(object, after)?)
        }
        "deleted" => (Kind::Deleted, record(object, "record")?),
        "activity" => (Kind::Activity(needed(object, "activity")?), record(object, "record")?),
        "manual" => (Kind::Manual(needed(object, "rule")?), record(object, "record")?),
        "due" => (Kind::Due(needed(object, "timer")?), record(object, "record")?),
        "scheduled" => (Kind::Scheduled(needed(object, "schedule")?), record(object, "record")?),
        "transition" => {
            let asked = Box::new(process::asked(object)?);
            (Kind::Transition(asked), record(object, "record")?)
        }
        "draft" => {
            let asked = Box::new(process::asked(object)?);
            (Kind::Draft(asked), record(object, "record")?)
        }
        "enter" => (Kind::Enter, record(object, "record")?),
        "exit" => (Kind::Exit, record(object, "record")?),
        "submit" => (Kind::Submit(needed(object, "approval")?), record(object, "record")?),
        "vote" => (process::vote(object)?, record(object, "record")?),
        "delegate" => {
            let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
            let to = needed(object, "to")?;
            (Kind::Delegate { approval, to, comment }, record(object, "record")?)
        }
        "recall" => {
            let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
            (Kind::Recall { approval, comment }, record(object, "record")?)
        }
        "arm" => (Kind::Arm, record(object, "record")?),
        "tick" => (Kind::Tick, Json::Null),
        _ => {
            let near = did_you_mean(&given, TYPES.iter().copied());
            return Err(fault("type", Fault::UnknownType { given, near }));
        }
    })
}

/// Who acts; nobody is named where the key is not there.
fn by(object: &Map<String, Json>) -> Result<Option<User>, EventError> {
    match object.get("by") {
        None | Some(Json::Null) => Ok(None),
        Some(user) => User::read(user).map(Some).map_err(|error| fault("by", Fault::User(error))),
    }
}

fn related(object: &Map<String, Json>) -> Result<Vec<(String, String, Json)>, EventError> {
    let modules = match object.get("related") {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Object(modules)) => modules,
        Some(_) => return Err(fault("related", Fault::NotARecord)),
    };
    let mut all = Vec::new();
    for (module, records) in modules {
        let key = format!("related.{module}");
        let records = records.as_array().ok_or_else(|| fault(&key, Fault::NotARecord))?;
        for record in records {
            let fields = record.as_object().ok_or_else(|| fault(&key, Fault::NotARecord))?;
            let id = text(fields, "id").ok().flatten();
            let id = id.ok_or_else(|| fault(&key, Fault::NoId))?;
            all.push((module.clone(), id, record.clone()));
        }
    }
    Ok(all)
}
