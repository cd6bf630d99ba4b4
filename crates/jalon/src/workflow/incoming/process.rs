//! What an event asks of a record's process or approval: what is given, and how is voted.

use serde_json::{Map, Value as Json};

use super::fault::{EventError, Fault};
use super::read::{fault, known, needed, text};
use super::{Asked, Kind};
use crate::approval::Verdict;
use crate::blueprint::Given;
use crate::value::Value;

/// What may be given with a transition.
pub(super) const GIVEN_KEYS: &[&str] = &["fields", "note", "attachments", "ticked", "records"];

/// A transition and what is given for it.
pub(super) fn asked(object: &Map<String, Json>) -> Result<Asked, EventError> {
    Ok(Asked { transition: needed(object, "transition")?, given: given(object)? })
}

/// A vote: on which approval, how, and what is said.
pub(super) fn vote(object: &Map<String, Json>) -> Result<Kind, EventError> {
    let verdict = needed(object, "verdict")?;
    let verdict = match verdict.trim().to_lowercase().as_str() {
        "approve" | "approved" | "approuver" | "approuvé" => Verdict::Approve,
        "reject" | "rejected" | "refuser" | "refusé" => Verdict::Reject,
        _ => return Err(fault("verdict", Fault::NoVerdict { given: verdict })),
    };
    let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
    Ok(Kind::Vote { approval, verdict, comment })
}

/// What is given; nothing where the key is not there.
fn given(object: &Map<String, Json>) -> Result<Given, EventError> {
    let given = match object.get("given") {
        None | Some(Json::Null) => return Ok(Given::new()),
        Some(Json::Object(given)) => given,
        Some(_) => return Err(fault("given", Fault::NotGiven)),
    };
    known(given, GIVEN_KEYS, "given")?;
    let fields = match given.get("fields") {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Object(fields)) => {
            fields.iter().map(|(name, value)| (name.clone(), Value::from(value))).collect()
        }
        Some(_) => return Err(fault("given.fields", Fault::NotARecord)),
    };
    Ok(Given {
        fields,
        note: text(given, "note").map_err(|_| fault("given.note", Fault::NotText))?,
        attachments: texts(given, "attachments")?,
        ticked: texts(given, "ticked")?,
        records: records(given)?,
    })
}

/// The records that are associated: lists of ids by module.
fn records(given: &Map<String, Json>) -> Result<Vec<(String, String)>, EventError> {
    let modules = match given.get("records") {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Object(modules)) => modules,
        Some(_) => return Err(fault("given.records", Fault::NotIds)),
    };
    let mut all = Vec::new();
    for (module, ids) in modules {
        let ids = list(ids).ok_or_else(|| fault("given.records", Fault::NotIds))?;
        all.extend(ids.into_iter().map(|id| (module.clone(), id)));
    }
    Ok(all)
}

/// A list of texts; none where the key is not there.
fn texts(given: &Map<String, Json>, key: &str) -> Result<Vec<String>, EventError> {
    match given.get(key) {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(texts) => list(texts).ok_or_else(|| fault(&format!("given.{key}"), Fault::NotTexts)),
    }
}

/// Texts, or numbers as their text.
fn list(json: &Json) -> Option<Vec<String>> {
    json.as_array()?.iter().map(crate::value::json::text).collect()
}
