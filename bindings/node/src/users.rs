//! Who is who, as the host tells it.

use jalon::lang::Lang;
use jalon::users;
use napi::bindgen_prelude::{Env, Unknown};
use napi_derive::napi;

use crate::failure::guard;
use crate::js::Js;
use crate::record;

/// Users, read once.
#[napi]
#[derive(Debug)]
pub struct Users(users::Users);

impl Users {
    /// Those that were given; nobody where none were.
    pub(crate) fn of(given: Option<&Users>) -> &users::Users {
        given.map_or(users::Users::NONE, |users| &users.0)
    }
}

#[napi]
impl Users {
    /// An array of objects.
    #[napi(constructor)]
    pub fn new(env: Env, users: Unknown<'_>, lang: Option<String>) -> napi::Result<Users> {
        let lang = lang.and_then(|code| code.parse().ok()).unwrap_or(Lang::En);
        guard(lang, || {
            let json = record::value(Js::new(env), &users, "users")?.to_json();
            Ok(Users(users::Users::read(&json)?))
        })
    }
}
