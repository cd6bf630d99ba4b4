//! Where bytes go: standard output, or a file that takes its place when it is complete.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file being written, which takes its place when it is finished, or standard output.
pub struct Sink {
    inner: Inner,
}

enum Inner {
    Stdout(BufWriter<io::Stdout>),
    /// Written in place: a pipe or a device.
    Device(BufWriter<File>),
    /// Written beside its place, and moved there at the end.
    File {
        file: BufWriter<File>,
        part: Part,
        path: PathBuf,
    },
}

/// The unfinished file; it goes when it is dropped.
struct Part(Option<PathBuf>);

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = fs::remove_file(path); // nothing better can be done while giving up
        }
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sink")
    }
}

impl Sink {
    /// A file to be written, or standard output where there is no path.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(path: Option<&Path>) -> io::Result<Sink> {
        let Some(path) = path else {
            return Ok(Sink {
                inner: Inner::Stdout(BufWriter::with_capacity(1 << 16, io::stdout())),
            });
        };
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
            let device = File::options().write(true).open(&path)?;
            return Ok(Sink { inner: Inner::Device(BufWriter::new(device)) });
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        let beside = path.with_file_name(name);
        let file = File::create(&beside)?;
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Sink { inner: Inner::File { file, part: Part(Some(beside)), path } })
    }

    /// Writes what is left and puts the file in its place.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        match self.inner {
            Inner::Stdout(mut out) => out.flush(),
            Inner::Device(mut out) => out.flush(),
            Inner::File { mut file, mut part, path } => {
                file.flush()?;
                drop(file);
                match part.0.take() {
                    Some(beside) => fs::rename(&beside, &path).inspect_err(|_| {
                        part.0 = Some(beside.clone());
                    }),
                    None => Ok(()),
                }
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.inner {
            Inner::Stdout(out) => out.write(bytes),
            Inner::Device(file) | Inner::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.inner {
            Inner::Stdout(out) => out.flush(),
            Inner::Device(file) | Inner::File { file, .. } => file.flush(),
        }
    }
}
