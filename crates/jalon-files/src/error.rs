//! What can go wrong with files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jalon::lang::Lang;

/// A file that cannot be used.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    problem: FileProblem,
}

/// What is wrong with a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileProblem {
    /// The system refused.
    Io(io::Error),
    /// It is larger than a program may be.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// The data already has a column of a name that would be added.
    ColumnExists(String),
    /// Data without even a header.
    Empty,
    /// A folder without any `.jalon` file.
    NoProgram,
    /// A file that should hold one record, and why it does not.
    NotARecord(String),
    /// Data in a form that is not read.
    Format(String),
    /// Data that stops making sense at a place.
    Data {
        /// Line or row, from 1.
        row: u64,
        /// What is wrong.
        problem: String,
    },
}

impl FileError {
    /// A problem with a file.
    pub fn new(path: impl Into<PathBuf>, problem: FileProblem) -> FileError {
        FileError { path: path.into(), problem }
    }

    /// Which file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong with it.
    pub fn problem(&self) -> &FileProblem {
        &self.problem
    }

    /// What is wrong and the way out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        format!("`{}` : {}", self.path.display(), self.problem.message(lang)).replacen(
            " : ",
            lang.pick(" : ", ": "),
            1,
        )
    }
}

impl FileProblem {
    /// What is wrong and the way out, in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            FileProblem::Io(error) => io_message(error, lang),
            FileProblem::TooLarge { limit } => {
                let mib = limit >> 20;
                lang.pick(
                    format!("plus de {mib} Mio ; partagez le programme en plusieurs fichiers"),
                    format!("larger than {mib} MiB; split the program into several files"),
                )
            }
            FileProblem::NotUtf8 { line, column } => lang.pick(
                format!(
                    "ligne {line}, colonne {column} : pas de l'UTF-8 ; enregistrez-le en UTF-8"
                ),
                format!("line {line}, column {column}: not UTF-8; save it as UTF-8"),
            ),
            FileProblem::ColumnExists(name) => lang.pick(
                format!("les données ont déjà une colonne `{name}` : renommez-la ou retirez-la"),
                format!("the data already has a column `{name}`: rename it or leave it out"),
            ),
            FileProblem::Empty => lang.pick("le fichier est vide", "the file is empty").to_owned(),
            FileProblem::NoProgram => lang
                .pick("aucun fichier `.jalon` dans ce dossier", "no `.jalon` file in this folder")
                .to_owned(),
            FileProblem::NotARecord(why) => why.clone(),
            FileProblem::Format(what) => lang.pick(
                format!("{what} ; les données se lisent en CSV, NDJSON ou Parquet"),
                format!("{what}; data is read from CSV, NDJSON or Parquet"),
            ),
            FileProblem::Data { row, problem } => {
                lang.pick(format!("ligne {row} : {problem}"), format!("row {row}: {problem}"))
            }
        }
    }
}

fn io_message(error: &io::Error, lang: Lang) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => lang.pick("introuvable", "not found"),
        io::ErrorKind::PermissionDenied => lang.pick("accès refusé", "permission denied"),
        io::ErrorKind::IsADirectory => lang.pick("c'est un dossier", "is a folder"),
        io::ErrorKind::StorageFull => lang.pick("disque plein", "disk full"),
        _ => return error.to_string(),
    };
    known.to_owned()
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            FileProblem::Io(error) => Some(error),
            _ => None,
        }
    }
}
