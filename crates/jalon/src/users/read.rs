//! Users as JSON, the one form that files and bindings share.

use std::collections::HashMap;
use std::fmt;

use serde_json::{Map, Value as Json};

use super::{User, Users};
use crate::diagnostic::did_you_mean;
use crate::lang::Lang;
use crate::value::fold::{TextMode, fold};

/// What is wrong with a list of users.
#[derive(Clone, PartialEq, Eq)]
pub struct UsersError {
    /// Which user, from 0; none for the whole, or for one that stands alone.
    pub index: Option<usize>,
    /// The name of the user, as far as it is known.
    pub name: String,
    kind: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    NotAList,
    NotAUser,
    NoName,
    NotText(&'static str),
    NotTexts(&'static str),
    NoAddress(String),
    UnknownKey { key: String, near: Option<String> },
    SameName { first: usize },
}

const KEYS: [&str; 6] = ["name", "id", "email", "roles", "groups", "profiles"];

impl Users {
    /// Reads a list of users: objects with `name`, and where they are known `id`, `email`, `roles`,
    /// `groups` and `profiles`.
    ///
    /// ```
    /// use jalon::users::Users;
    /// use serde_json::json;
    ///
    /// let users = Users::read(&json!([
    ///     {"name": "Alice", "email": "alice@exemple.fr", "roles": ["Directrice commerciale"]},
    ///     {"name": "Bruno", "groups": ["Juristes"]},
    /// ]))?;
    /// assert_eq!(&*users.with_role("Directrice commerciale").next().unwrap().name, "Alice");
    /// # Ok::<(), jalon::users::UsersError>(())
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(json: &Json) -> Result<Users, UsersError> {
        let fault = |index, name: &str, kind| UsersError { index, name: name.to_owned(), kind };
        let list = json.as_array().ok_or_else(|| fault(None, "", Fault::NotAList))?;
        let mut users: Vec<User> = Vec::with_capacity(list.len());
        let mut names = HashMap::new();
        for (index, json) in list.iter().enumerate() {
            let user = user(json).map_err(|kind| {
                let name = json.get("name").and_then(Json::as_str).unwrap_or_default();
                fault(Some(index), name, kind)
            })?;
            let folded = fold(&user.name, TextMode::default()).into_owned();
            if let Some(first) = names.insert(folded, index) {
                return Err(fault(Some(index), &user.name, Fault::SameName { first }));
            }
            users.push(user);
        }
        Ok(Users::new(users))
    }
}

impl User {
    /// Reads one user: an object as [`Users::read`] has them, or only the name.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(json: &Json) -> Result<User, UsersError> {
        if let Some(name) = json.as_str().map(str::trim).filter(|name| !name.is_empty()) {
            return Ok(User::named(name));
        }
        user(json).map_err(|kind| {
            let name = json.get("name").and_then(Json::as_str).unwrap_or_default().to_owned();
            UsersError { index: None, name, kind }
        })
    }
}

fn user(json: &Json) -> Result<User, Fault> {
    let fields = json.as_object().ok_or(Fault::NotAUser)?;
    if let Some(key) = fields.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(Fault::UnknownKey { key: key.clone(), near: did_you_mean(key, KEYS) });
    }
    let name = text(fields, "name")?.ok_or(Fault::NoName)?;
    let email = text(fields, "email")?;
    if let Some(no_address) = email.as_ref().filter(|email| !email.contains('@')) {
        return Err(Fault::NoAddress(no_address.clone()));
    }
    Ok(User {
        name: name.into(),
        id: id(fields)?,
        email,
        roles: texts(fields, "roles")?,
        groups: texts(fields, "groups")?,
        profiles: texts(fields, "profiles")?,
    })
}

/// A text; none where it is blank.
fn text(fields: &Map<String, Json>, key: &'static str) -> Result<Option<String>, Fault> {
    match fields.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => {
            Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
        }
        Some(_) => Err(Fault::NotText(key)),
    }
}

/// A text, or a number as its text.
fn id(fields: &Map<String, Json>) -> Result<Option<String>, Fault> {
    match fields.get("id") {
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        _ => text(fields, "id"),
    }
}

fn texts(fields: &Map<String, Json>, key: &'static str) -> Result<Vec<String>, Fault> {
    let list = match fields.get(key) {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(list) => list.as_array().ok_or(Fault::NotTexts(key))?,
    };
    let texts = list.iter().map(|text| text.as_str().map(|text| text.trim().to_owned()));
    texts.collect::<Option<_>>().ok_or(Fault::NotTexts(key))
}

impl UsersError {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let example =
            r#"[{"name": "Alice", "email": "alice@exemple.fr", "roles": ["Directrice"]}]"#;
        let what = match &self.kind {
            Fault::NotAList => {
                return lang.pick(
                    format!("les utilisateurs sont une liste, telle que {example}"),
                    format!("users are a list, such as {example}"),
                );
            }
            Fault::NotAUser => lang.pick(
                "un utilisateur est un objet, tel que {\"name\": \"Alice\"}".to_owned(),
                "a user is an object, such as {\"name\": \"Alice\"}".to_owned(),
            ),
            Fault::NoName => lang.pick(
                "il manque `name`, le nom sous lequel les règles et les fiches le connaissent"
                    .to_owned(),
                "`name` is missing, the name by which rules and records know the user".to_owned(),
            ),
            Fault::NotText(key) => {
                lang.pick(format!("`{key}` doit être un texte"), format!("`{key}` must be a text"))
            }
            Fault::NotTexts(key) => {
                let example = match *key {
                    "groups" => "Juristes",
                    "profiles" => "Standard",
                    _ => "Directrice",
                };
                lang.pick(
                    format!("`{key}` doit être une liste de textes, telle que [\"{example}\"]"),
                    format!("`{key}` must be a list of texts, such as [\"{example}\"]"),
                )
            }
            Fault::NoAddress(email) => lang.pick(
                format!("`email` : `{email}` n'est pas une adresse, il n'y a pas de `@`"),
                format!("`email`: `{email}` is no address, there is no `@`"),
            ),
            Fault::UnknownKey { key, near } => {
                let list = KEYS.join(", ");
                let near = near.as_ref().map_or_else(String::new, |near| {
                    lang.pick(
                        format!(" ; vouliez-vous dire `{near}` ?"),
                        format!("; did you mean `{near}`?"),
                    )
                });
                lang.pick(
                    format!("clé inconnue `{key}`{near} (il y a : {list})"),
                    format!("unknown key `{key}`{near} (there are: {list})"),
                )
            }
            Fault::SameName { first } => {
                let first = first + 1;
                lang.pick(
                    format!("l'utilisateur {first} s'appelle déjà ainsi ; distinguez-les"),
                    format!("user {first} bears that name already; tell them apart"),
                )
            }
        };
        let number = self.index.map_or_else(String::new, |index| format!(" {}", index + 1));
        let name = match self.name.trim() {
            "" => String::new(),
            name => format!(" `{name}`"),
        };
        if number.is_empty() && name.is_empty() {
            return what;
        }
        lang.pick(
            format!("utilisateur{number}{name} : {what}"),
            format!("user{number}{name}: {what}"),
        )
    }
}

impl fmt::Display for UsersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for UsersError {}
