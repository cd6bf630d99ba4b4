//! `--users USERS.json`: who is who.

use std::fs;
use std::io::Write;
use std::path::Path;

use jalon::diagnostic::render;
use jalon::lang::Lang;
use jalon::program::{Diagnostics, Program};
use jalon::users::Users;
use jalon_files::{FileError, FileProblem};
use serde_json::Value as Json;

use crate::args::UsersArgs;
use crate::failure::Failure;

/// The users of a file; nobody where none is given. Names in a program that none of them has are
/// told on standard error.
pub fn of(args: &UsersArgs, program: &Program, lang: Lang) -> Result<Users, Failure> {
    let Some(path) = &args.users else { return Ok(Users::default()) };
    let users = read(path, lang)?;
    let Diagnostics { list, sources, .. } = program.strangers(&users);
    let told = render(&list, &sources, lang, console::colors_enabled_stderr());
    // Nothing better can be done when standard error is closed.
    let _ = write!(std::io::stderr(), "{told}");
    Ok(users)
}

/// The users of a file.
pub fn read(path: &Path, lang: Lang) -> Result<Users, Failure> {
    let bytes = fs::read(path).map_err(|error| {
        let error = FileError::new(path.display().to_string(), FileProblem::Io(error));
        Failure::file(&error, lang)
    })?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let json: Json = serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let why = lang.pick(
            format!("pas du JSON à la ligne {line}, colonne {column}"),
            format!("not JSON at line {line}, column {column}"),
        );
        wrong(path, &why, lang)
    })?;
    Users::read(&json).map_err(|error| wrong(path, &error.message(lang), lang))
}

fn wrong(path: &Path, why: &str, lang: Lang) -> Failure {
    let path = path.display();
    Failure::usage(lang, &lang.pick(format!("`{path}` : {why}"), format!("`{path}`: {why}")))
}
