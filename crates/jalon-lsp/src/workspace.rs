//! The texts of an editor: files on disk, and what is open over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use crate::analysis::SourceFile;
use crate::text::{Encoding, Text};

/// Which files make one program: those below a folder, or one file by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProgramKey {
    /// All `.jalon` files of a folder and of those below.
    Folder(PathBuf),
    /// A file outside of all folders, or one that is not on disk.
    File(String),
}

/// The files that an editor knows, by program.
#[derive(Debug, Default)]
pub struct Workspace {
    folders: Vec<PathBuf>,
    files: BTreeMap<String, Held>,
    encoding: Encoding,
}

/// One file.
#[derive(Debug)]
struct Held {
    uri: Uri,
    disk: Option<Arc<Text>>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    version: i32,
    text: Arc<Text>,
}

impl Held {
    fn text(&self) -> Option<&Arc<Text>> {
        self.open.as_ref().map(|open| &open.text).or(self.disk.as_ref())
    }
}

impl Workspace {
    /// An empty one; columns are counted as negotiated.
    pub fn new(encoding: Encoding) -> Workspace {
        Workspace { encoding, ..Workspace::default() }
    }

    /// A folder whose files are one program; of two, one in the other, the inner one has its own.
    pub fn add_folder(&mut self, folder: PathBuf) {
        if !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    /// Forgets a folder and the files in it that are not open.
    pub fn remove_folder(&mut self, folder: &Path) {
        self.folders.retain(|known| known != folder);
        self.files.retain(|key, file| file.open.is_some() || !Path::new(key).starts_with(folder));
    }

    /// The folders.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// A file as it is on disk; none where it is gone. Gives its program.
    pub fn on_disk(&mut self, path: &Path, text: Option<String>) -> Option<ProgramKey> {
        let key = path.to_string_lossy().into_owned();
        let text = text.map(|text| Arc::new(Text::new(text)));
        if let Some(held) = self.files.get_mut(&key) {
            held.disk = text;
            if held.disk.is_none() && held.open.is_none() {
                self.files.remove(&key);
            }
        } else {
            let held = Held { uri: uri_of(path)?, disk: Some(text?), open: None };
            self.files.insert(key.clone(), held);
        }
        Some(self.program_of_key(&key))
    }

    /// A file is opened.
    pub fn open(&mut self, uri: &Uri, version: i32, text: String) -> ProgramKey {
        let key = key_of(uri);
        let open = Open { version, text: Arc::new(Text::new(text)) };
        let held = self.files.entry(key.clone()).or_insert_with(|| Held {
            uri: uri.clone(),
            disk: None,
            open: None,
        });
        held.uri = uri.clone();
        held.open = Some(open);
        self.program_of_key(&key)
    }

    /// An open file is edited; `None` where it is not open.
    pub fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
    ) -> Option<ProgramKey> {
        let key = key_of(uri);
        let open = self.files.get_mut(&key)?.open.as_mut()?;
        let text = Arc::make_mut(&mut open.text);
        for change in changes {
            text.apply(change, self.encoding);
        }
        open.version = version;
        Some(self.program_of_key(&key))
    }

    /// A file is closed: what is on disk counts again.
    pub fn close(&mut self, uri: &Uri) -> Option<ProgramKey> {
        let key = key_of(uri);
        let held = self.files.get_mut(&key)?;
        held.open = None;
        if held.disk.is_none() {
            self.files.remove(&key);
        }
        Some(self.program_of_key(&key))
    }

    /// The text of a file.
    pub fn text(&self, uri: &Uri) -> Option<&Arc<Text>> {
        self.files.get(&key_of(uri)).and_then(Held::text)
    }

    /// The version of an open file.
    pub fn version(&self, uri: &Uri) -> Option<i32> {
        Some(self.files.get(&key_of(uri))?.open.as_ref()?.version)
    }

    /// The address by which a file is held.
    pub fn uri(&self, uri: &Uri) -> Option<&Uri> {
        self.files.get(&key_of(uri)).map(|held| &held.uri)
    }

    /// The program of a file.
    pub fn program_of(&self, uri: &Uri) -> ProgramKey {
        self.program_of_key(&key_of(uri))
    }

    fn program_of_key(&self, key: &str) -> ProgramKey {
        let path = Path::new(key);
        let inside = self.folders.iter().filter(|folder| path.starts_with(folder));
        match inside.max_by_key(|folder| folder.components().count()) {
            Some(folder) => ProgramKey::Folder(folder.clone()),
            None => ProgramKey::File(key.to_owned()),
        }
    }

    /// Every program there is.
    pub fn programs(&self) -> Vec<ProgramKey> {
        let mut all: Vec<_> = self.files.keys().map(|key| self.program_of_key(key)).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The files of a program, in the order of their paths.
    pub fn sources(&self, program: &ProgramKey) -> Vec<SourceFile> {
        let own = self.files.iter().filter(|(key, _)| self.program_of_key(key) == *program);
        own.filter_map(|(key, held)| {
            let name = match program {
                ProgramKey::Folder(folder) => {
                    let path = Path::new(key);
                    path.strip_prefix(folder).unwrap_or(path).display().to_string()
                }
                ProgramKey::File(key) => key.clone(),
            };
            Some(SourceFile { uri: held.uri.clone(), name, text: held.text()?.clone() })
        })
        .collect()
    }
}

/// What a file is held by: its path where it is one on disk, else its address.
fn key_of(uri: &Uri) -> String {
    path_of(uri).map_or_else(|| uri.as_str().to_owned(), |path| path.to_string_lossy().into_owned())
}

/// The path of a `file:` address.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let decoded = decoded(path.split(['?', '#']).next().unwrap_or(path));
    // `/c:/Users` is `C:/Users`; one drive is one letter.
    let mut chars = decoded.chars();
    let drive = (chars.next(), chars.next(), chars.next());
    if let (Some('/'), Some(letter), Some(':')) = drive
        && letter.is_ascii_alphabetic()
    {
        let rest = decoded.get(2..).unwrap_or("");
        return Some(PathBuf::from(format!("{}{rest}", letter.to_ascii_uppercase())));
    }
    Some(PathBuf::from(decoded))
}

/// Percent signs resolved.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The address of a path.
pub(crate) fn uri_of(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
        if plain {
            address.push(byte as char);
        } else {
            use std::fmt::Write;
            // Writing to a text never fails.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_go_both_ways() {
        let uri = uri_of(Path::new("/home/é/règles 1/a.jalon")).unwrap();
        assert_eq!(uri.as_str(), "file:///home/%C3%A9/r%C3%A8gles%201/a.jalon");
        assert_eq!(path_of(&uri).unwrap(), Path::new("/home/é/règles 1/a.jalon"));
        let windows: Uri = "file:///c%3A/Rules/a.jalon".parse().unwrap();
        assert_eq!(path_of(&windows).unwrap(), Path::new("C:/Rules/a.jalon"));
        let untitled: Uri = "untitled:Untitled-1".parse().unwrap();
        assert_eq!(path_of(&untitled), None);
    }

    #[test]
    fn an_inner_folder_is_a_program_of_its_own() {
        let mut workspace = Workspace::default();
        workspace.add_folder("/w".into());
        workspace.add_folder("/w/inner".into());
        workspace.on_disk(Path::new("/w/a.jalon"), Some("module A\n".into()));
        workspace.on_disk(Path::new("/w/inner/b.jalon"), Some("module B\n".into()));
        let names = |folder: &str| -> Vec<String> {
            let sources = workspace.sources(&ProgramKey::Folder(folder.into()));
            sources.into_iter().map(|source| source.name).collect()
        };
        assert_eq!(names("/w"), ["a.jalon"]);
        assert_eq!(names("/w/inner"), ["b.jalon"]);
    }

    #[test]
    fn what_is_open_counts_and_what_is_closed_does_not() {
        let mut workspace = Workspace::default();
        workspace.add_folder("/w".into());
        workspace.on_disk(Path::new("/w/a.jalon"), Some("module A\n".into()));
        let uri: Uri = "file:///w/a.jalon".parse().unwrap();
        let program = workspace.open(&uri, 1, "module Ouvert\n".into());
        assert_eq!(workspace.sources(&program)[0].text.as_str(), "module Ouvert\n");
        workspace.close(&uri);
        assert_eq!(workspace.sources(&program)[0].text.as_str(), "module A\n");
        workspace.on_disk(Path::new("/w/a.jalon"), None);
        assert!(workspace.sources(&program).is_empty());
    }
}
