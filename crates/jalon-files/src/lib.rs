//! Jalon programs from files and folders, and records from CSV, NDJSON and Parquet.
//!
//! [`sources`] reads program texts and [`load`] compiles them. With the feature `data` (on by
//! default) [`data::DataReader`] streams records in constant memory, and [`write::DataWriter`]
//! writes them back with columns added.
#![forbid(unsafe_code)]

#[cfg(feature = "data")]
pub mod data;
mod error;
mod sources;
#[cfg(feature = "data")]
pub mod write;

use std::fmt;
use std::path::Path;

use jalon::lang::Lang;
use jalon::program::{Loader, Program};

pub use error::{Broken, FileError, FileProblem};
pub use sources::{MOST_BYTES, rewrite, sources};

/// Why a program on disk could not be loaded. A `main` that returns it says what is wrong: it is shown as its
/// message, by `{:?}` too, and what the engine refuses becomes one with `?`.
pub enum LoadError {
    /// A file could not be read.
    File(FileError),
    /// The texts have errors.
    Program(jalon::program::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::File(error) => error.fmt(f),
            LoadError::Program(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<FileError> for LoadError {
    fn from(error: FileError) -> LoadError {
        LoadError::File(error)
    }
}

impl From<jalon::Error> for LoadError {
    fn from(error: jalon::Error) -> LoadError {
        LoadError::Program(error)
    }
}

impl LoadError {
    /// What is wrong and the way out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            LoadError::File(error) => error.message(lang),
            LoadError::Program(error) => error.message(lang),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LoadError::File(error) => Some(error),
            LoadError::Program(error) => Some(error),
        }
    }
}

/// Loads the program that files and folders hold together.
///
/// ```no_run
/// let program = jalon_files::load(["rules/", "scores.jalon"])?;
/// # Ok::<(), jalon_files::LoadError>(())
/// ```
pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Program, LoadError> {
    load_with(Loader::default(), paths)
}

/// Loads with a loader that has been told the language or strictness.
pub fn load_with<P: AsRef<Path>>(
    loader: Loader,
    paths: impl IntoIterator<Item = P>,
) -> Result<Program, LoadError> {
    with_sources(loader, paths).map_err(LoadError::File)?.load().map_err(LoadError::Program)
}

/// Adds the texts of files and folders to a loader, to be checked or loaded.
pub fn with_sources<P: AsRef<Path>>(
    loader: Loader,
    paths: impl IntoIterator<Item = P>,
) -> Result<Loader, FileError> {
    let texts = sources(paths)?;
    Ok(texts.into_iter().fold(loader, |loader, (name, text)| loader.source(name, text)))
}
