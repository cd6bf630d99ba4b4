//! A folder with files, in which the command is run.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program as a team writes it, in French.
pub const PROGRAM: &str = "\
module Prospects (Leads)
  Nom (Last_Name)                : texte
  Adresse e-mail (Email)         : e-mail
  Ville                          : texte
  Statut Membre                  : liste Clic CRM, Clic ZC, Open CRM, Opted Out
  Rejet des mails (Email Opt Out): case
  Montant                        : devise
  Dernier contact                : date

score Scorex sur Prospects
  +25   si Adresse e-mail N'EST PAS VIDE
  +25   si Statut Membre EST Clic CRM, Clic ZC
  +10   si Montant > 1000
  -100  si Rejet des mails EST sélectionné
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 20, 3 dès 40
  mentions froid dès -100, tiède dès 20, chaud dès 50

règle \"CM5 : PROSPECT MONACO\" sur Prospects
  quand créé ou modifié
  si Ville CONTIENT monaco
  alors
    Ville : Monaco
";

/// Four leads: columns by label and by API name, French numbers.
pub const LEADS: &str = "\
id;Nom;Email;Ville;Statut Membre;Email Opt Out;Montant;Dernier contact
1;Ferrand;f@exemple.fr;Nice;Clic CRM;non;1 500,50;2026-06-20
2;Leroy;;Monaco;Open CRM;;200;2026-01-05
3;Martin;m@exemple.fr;MONACO (98);Opted Out;oui;;
4;\"Durand; fils\";d@exemple.fr;Paris;clic zc;faux;5000;2026-06-29
";

/// What a run printed, and its exit code.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A temporary folder with `leads.jalon` and `leads.csv`.
#[derive(Debug)]
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("leads.jalon", PROGRAM);
        folder.write("leads.csv", LEADS);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `jalon` in the folder.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    /// Runs `jalon` with something on standard input, which it may leave unread (a pipe that it closes by ending is
    /// no failure of the test: what it read shows in what it prints).
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(args)
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let written = child.stdin.take().unwrap().write_all(input.as_bytes());
        let failed = written.err().filter(|error| error.kind() != ErrorKind::BrokenPipe);
        assert!(failed.is_none(), "{failed:?}");
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A summary without its last line, which measures time.
pub fn timeless(text: &str) -> String {
    let lines = text.lines().filter(|line| !(line.contains(" · ") && line.contains(" s")));
    lines.map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()
}
