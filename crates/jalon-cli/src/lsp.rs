//! `jalon lsp`: the language server over standard input and output.

use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use clap::Args;
use jalon::lang::Lang;
use jalon_lsp::{Disk, Server, receive, send};

use crate::failure::Failure;

/// `jalon lsp`
#[derive(Debug, Args)]
#[command(after_help = "\
An editor starts it; it speaks the Language Server Protocol over standard input and output. All
`.jalon` files of a folder that is open in the editor are one program. How to set up an editor is
in docs/en/guides/editors.md.

Exit codes: 0 the editor said goodbye, 1 it went without.")]
pub struct LspArgs {
    /// Taken and ignored: there is no other way to talk
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// The files of this machine.
struct Files;

impl Disk for Files {
    fn folder(&self, folder: &Path, lang: Lang) -> Result<Vec<(PathBuf, String)>, String> {
        match jalon_files::sources([folder]) {
            Ok(files) => {
                Ok(files.into_iter().map(|(path, text)| (PathBuf::from(path), text)).collect())
            }
            // A folder without programs is one in which the first is about to be written.
            Err(error) if matches!(error.problem(), jalon_files::FileProblem::NoProgram) => {
                Ok(Vec::new())
            }
            Err(error) => Err(error.message(lang)),
        }
    }

    fn file(&self, path: &Path) -> Option<String> {
        let files = jalon_files::sources([path]).ok()?;
        files.into_iter().next().map(|(_, text)| text)
    }
}

/// Serves one editor until it leaves.
pub fn run(_: &LspArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (sender, incoming) = crossbeam_channel::unbounded();
    let (out, outgoing) = crossbeam_channel::unbounded();
    // It ends with its stream, or with this process.
    std::thread::spawn(move || receive(&mut BufReader::new(std::io::stdin().lock()), &sender));
    let writer = std::thread::spawn(move || {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        for message in outgoing {
            if send(&mut stdout, &message).is_err() {
                return;
            }
        }
    });
    let polite = Server::new(Files, lang, out).run(&incoming);
    // The last answers are written before the process ends; a writer that failed has said so.
    let _ = writer.join();
    if polite { Ok(()) } else { Err(Failure::silent_finding()) }
}
