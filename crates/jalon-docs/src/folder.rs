//! The folder in which the examples of a page run.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::books;
use crate::page::{Block, Page};

/// A temporary folder with the files of a page.
#[derive(Debug)]
pub struct Folder(TempDir);

impl Folder {
    /// A folder with every file of a page as it first stands there, and with what the page copies.
    pub fn of(page: &Page) -> Result<Folder, String> {
        let folder = Folder(TempDir::new().map_err(|e| e.to_string())?);
        for (name, path) in &page.copies {
            let from = books::root().join(path);
            copy(&from, &folder.path().join(name)).map_err(|e| format!("{path}: {e}"))?;
        }
        for block in page.blocks.iter().rev().filter(|block| block.file.is_some()) {
            folder.write(block)?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes the file that a block is.
    pub fn write(&self, block: &Block) -> Result<(), String> {
        let Some(name) = &block.file else { return Ok(()) };
        let path = self.path().join(name);
        let folder = path.parent().unwrap_or(self.path());
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &block.text))
            .map_err(|e| format!("{name}: {e}"))
    }
}

/// Whether a block is a file that another block of the page before it was already.
pub fn is_again(page: &Page, block: &Block) -> bool {
    let before = page.blocks.iter().take_while(|other| other.line < block.line);
    block.file.is_some() && before.clone().any(|other| other.file == block.file)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(|_| ())
}
