//! Programs on disk: files and folders of them.

use std::collections::HashSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{FileError, FileProblem};

/// The size up to which a program file is read: 16 MiB.
pub const MOST_BYTES: u64 = 16 << 20;

/// How deep folders are followed.
const MOST_FOLDERS: usize = 64;

/// The name and the text of each program file. A folder stands for all the `.jalon` files in it
/// and below, in the order of their paths; a file may bear any name.
///
/// # Errors
///
/// The first file that cannot be read, is too large or is not UTF-8.
pub fn sources<P: AsRef<Path>>(
    paths: impl IntoIterator<Item = P>,
) -> Result<Vec<(String, String)>, FileError> {
    let mut texts = Vec::new();
    let mut seen = HashSet::new();
    // A file may be named twice, by its folder and by itself: it is read once.
    let mut again = |path: &Path| fs::canonicalize(path).is_ok_and(|real| !seen.insert(real));
    for path in paths {
        let path = path.as_ref();
        if path.is_dir() {
            let mut files = Vec::new();
            collect(path, 0, &mut files)?;
            if files.is_empty() {
                return Err(FileError::new(path, FileProblem::NoProgram));
            }
            files.sort();
            for file in files.into_iter().filter(|file| !again(file)) {
                texts.push((file.display().to_string(), read(&file)?));
            }
        } else if !again(path) {
            texts.push((path.display().to_string(), read(path)?));
        }
    }
    Ok(texts)
}

/// The `.jalon` files of a folder and of those below; links to folders are not followed.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), FileError> {
    let io = |error| FileError::new(folder, FileProblem::Io(error));
    for entry in fs::read_dir(folder).map_err(io)? {
        let entry = entry.map_err(io)?;
        let path = entry.path();
        if entry.file_type().map_err(io)?.is_dir() {
            if depth < MOST_FOLDERS {
                collect(&path, depth + 1, files)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "jalon") {
            files.push(path);
        }
    }
    Ok(())
}

/// One file as text, if it is UTF-8 and not too large.
fn read(path: &Path) -> Result<String, FileError> {
    let io = |error| FileError::new(path, FileProblem::Io(error));
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(io)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FileError::new(path, FileProblem::TooLarge { limit: MOST_BYTES }));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(FileError::new(path, FileProblem::Utf16));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() as u32 + 1;
        let column = before[line_start..].chars().count() as u32 + 1;
        FileError::new(path, FileProblem::NotUtf8 { line, column })
    })
}

/// Gives a file another text in one step: whoever reads it meanwhile sees the old one or the new
/// one. Its permissions stay; of a link, what it leads to is rewritten.
///
/// # Errors
///
/// The file cannot be read or written; it is as it was.
pub fn rewrite(path: &Path, text: &str) -> Result<(), FileError> {
    let io = |error| FileError::new(path, FileProblem::Io(error));
    let real = fs::canonicalize(path).map_err(io)?;
    let permissions = fs::metadata(&real).map_err(io)?.permissions();
    if permissions.readonly() {
        return Err(io(std::io::ErrorKind::PermissionDenied.into()));
    }
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let beside = real.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        fs::rename(&beside, &real)
    });
    written.map_err(|error| {
        // What is left beside it is nobody's: the first error is the one to be told.
        let _ = fs::remove_file(&beside);
        io(error)
    })
}

#[cfg(test)]
mod tests;
