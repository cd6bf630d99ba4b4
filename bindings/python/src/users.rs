//! Who is who, as the host tells it.

use jalon::lang::Lang;
use jalon::users;
use pyo3::prelude::*;

use crate::error::read;
use crate::value;

/// Users, read once.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Users(users::Users);

impl Users {
    /// Those that were given; nobody where none were.
    pub fn of<'u>(given: Option<&'u Bound<'_, Users>>) -> &'u users::Users {
        given.map_or(users::Users::NONE, |users| users.get().read())
    }

    /// They.
    pub fn read(&self) -> &users::Users {
        &self.0
    }
}

#[pymethods]
impl Users {
    /// A list of dicts, or of anything with named values.
    #[new]
    fn new(users: &Bound<'_, PyAny>, lang: Option<&str>) -> PyResult<Users> {
        let json = value::value(users)?.to_json();
        let lang: Lang = lang.and_then(|code| code.parse().ok()).unwrap_or(Lang::En);
        read(users.py(), users::Users::read(&json), lang).map(Users)
    }
}
