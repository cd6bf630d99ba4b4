//! What an event asks of a record's process: the transition, who acts, and what is given.

use serde_json::{Map, Value as Json};

use super::Asked;
use super::fault::{EventError, Fault};
use super::read::{fault, known, needed, text};
use crate::blueprint::Given;
use crate::users::User;
use crate::value::Value;

/// What may be given with a transition.
pub(super) const GIVEN_KEYS: &[&str] = &["fields", "note", "attachments", "ticked", "records"];

/// What may be told of who acts.
pub(super) const USER_KEYS: &[&str] = &["name", "email", "roles", "groups", "profiles"];

/// A transition, who makes it and what is given for it.
pub(super) fn asked(object: &Map<String, Json>) -> Result<Asked, EventError> {
    Ok(Asked { transition: needed(object, "transition")?, given: given(object)?, by: by(object)? })
}

/// Who acts; nobody is named where the key is not there.
fn by(object: &Map<String, Json>) -> Result<Option<User>, EventError> {
    let user = match object.get("by") {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(name)) => return Ok(Some(User::named(name))),
        Some(Json::Object(user)) => user,
        Some(_) => return Err(fault("by", Fault::NotAUser)),
    };
    known(user, USER_KEYS, "by")?;
    let Some(name) = inside("by", "name", text(user, "name"))? else {
        return Err(fault("by.name", Fault::Missing));
    };
    Ok(Some(User {
        email: inside("by", "email", text(user, "email"))?,
        roles: texts("by", user, "roles")?,
        groups: texts("by", user, "groups")?,
        profiles: texts("by", user, "profiles")?,
        ..User::named(&name)
    }))
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
        note: inside("given", "note", text(given, "note"))?,
        attachments: texts("given", given, "attachments")?,
        ticked: texts("given", given, "ticked")?,
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
fn texts(of: &str, object: &Map<String, Json>, key: &str) -> Result<Vec<String>, EventError> {
    match object.get(key) {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(texts) => list(texts).ok_or_else(|| fault(&format!("{of}.{key}"), Fault::NotTexts)),
    }
}

/// Texts, or numbers as their text.
fn list(json: &Json) -> Option<Vec<String>> {
    let text = |one: &Json| match one {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    json.as_array()?.iter().map(text).collect()
}

/// The same fault, of a key inside another.
fn inside<T>(of: &str, key: &str, read: Result<T, EventError>) -> Result<T, EventError> {
    read.map_err(|error| EventError { key: format!("{of}.{key}"), ..error })
}
