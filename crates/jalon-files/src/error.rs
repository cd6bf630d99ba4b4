//! What can go wrong with files.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jalon::lang::Lang;

/// A file that cannot be used; shown as its message, by `{:?}` too.
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
    /// A file to write in a folder that is not there.
    NoFolder,
    /// Text in UTF-16.
    Utf16,
    /// Parquet, which is read from its end, on standard input.
    ParquetStdin,
    /// Bytes that are no text.
    Binary,
    /// Data in a form that is not read.
    Format(String),
    /// Data that stops making sense at a place.
    Data {
        /// Line or row, from 1.
        row: u64,
        /// What is wrong.
        problem: Broken,
    },
}

/// What is wrong at a place of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A row longer than any row is: a quote or a bracket was not closed.
    TooLong,
    /// An object that the end of the file cuts.
    Unended,
    /// An array that the end of the file cuts.
    ArrayUnended,
    /// Something else between the objects of an array.
    ObjectExpected,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// JSON, but no object.
    NotAnObject,
    /// Text that is not JSON from a place on.
    Json {
        /// The line of the object, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// What a reader of the format says, in English.
    Said(String),
}

impl Broken {
    /// What is wrong, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let said = match self {
            Broken::TooLong => lang.pick(
                "plus de 16 Mio (un guillemet ou un crochet qui ne se ferme pas ?)",
                "longer than 16 MiB (a quote or a bracket that is not closed?)",
            ),
            Broken::Unended => lang.pick("l'objet ne se termine pas", "the object does not end"),
            Broken::ArrayUnended => {
                lang.pick("le tableau JSON ne se termine pas", "the JSON array does not end")
            }
            Broken::ObjectExpected => {
                lang.pick("un objet JSON est attendu", "a JSON object was expected")
            }
            Broken::NotUtf8 => lang.pick("pas de l'UTF-8", "not UTF-8"),
            Broken::NotAnObject => lang.pick("pas un objet JSON", "not a JSON object"),
            Broken::Json { line: 0 | 1, column } => {
                return lang.pick(
                    format!("pas du JSON à la colonne {column}"),
                    format!("not JSON at column {column}"),
                );
            }
            Broken::Json { line, column } => {
                return lang.pick(
                    format!("pas du JSON à la ligne {line} de l'objet, colonne {column}"),
                    format!("not JSON at line {line} of the object, column {column}"),
                );
            }
            Broken::Said(text) => text,
        };
        said.to_owned()
    }
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
        if matches!(self.problem, FileProblem::ColumnExists(_)) {
            return self.problem.message(lang); // of the data, and the path is the output's
        }
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
                format!("les données ont déjà une colonne `{name}` ; renommez-la ou retirez-la"),
                format!("the data already has a column `{name}`; rename it or leave it out"),
            ),
            FileProblem::Empty => lang.pick("le fichier est vide", "the file is empty").to_owned(),
            FileProblem::NoProgram => lang
                .pick("aucun fichier `.jalon` dans ce dossier", "no `.jalon` file in this folder")
                .to_owned(),
            FileProblem::NotARecord(why) => why.clone(),
            FileProblem::NoFolder => {
                lang.pick("ce dossier n'existe pas", "there is no such folder").to_owned()
            }
            FileProblem::Utf16 => lang
                .pick("de l'UTF-16 ; enregistrez-le en UTF-8", "UTF-16; save it as UTF-8")
                .to_owned(),
            FileProblem::ParquetStdin => lang
                .pick(
                    "du Parquet ne se lit pas sur l'entrée standard ; donnez un fichier",
                    "Parquet is not read from standard input; give a file",
                )
                .to_owned(),
            FileProblem::Binary => lang
                .pick(
                    "du binaire ; les données se lisent en CSV, NDJSON ou Parquet",
                    "binary; data is read from CSV, NDJSON or Parquet",
                )
                .to_owned(),
            FileProblem::Format(what) => lang.pick(
                format!("{what} ; les données se lisent en CSV, NDJSON ou Parquet"),
                format!("{what}; data is read from CSV, NDJSON or Parquet"),
            ),
            FileProblem::Data { row, problem } => {
                let problem = problem.message(lang);
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

impl fmt::Debug for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
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
