//! Running other programs, shown as they run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command to run in the project's root.
pub struct Step {
    command: Command,
    shown: String,
}

/// What went wrong, for people.
pub type Outcome<T = ()> = Result<T, String>;

/// The project's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder for everything built or installed.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program with arguments.
pub fn program<S: AsRef<str>>(name: impl AsRef<Path>, args: impl IntoIterator<Item = S>) -> Step {
    let name = name.as_ref();
    let mut command = Command::new(name);
    command.current_dir(root());
    let shown = name.file_name().unwrap_or(name.as_os_str()).to_string_lossy().into_owned();
    Step { command, shown }.and_also(args)
}

/// Cargo with arguments.
pub fn cargo<S: AsRef<str>>(args: impl IntoIterator<Item = S>) -> Step {
    program(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), args)
}

impl Step {
    /// More arguments.
    pub fn and_also<S: AsRef<str>>(mut self, args: impl IntoIterator<Item = S>) -> Step {
        for arg in args {
            self.command.arg(arg.as_ref());
            self.shown.push(' ');
            self.shown.push_str(arg.as_ref());
        }
        self
    }

    /// An environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Step {
        self.command.env(name, value);
        self
    }

    /// Another folder, relative to the root.
    pub fn within(mut self, folder: &str) -> Step {
        self.command.current_dir(root().join(folder));
        self
    }

    /// Runs it; an exit code other than 0 is an error.
    pub fn go(mut self) -> Outcome {
        eprintln!("\n\x1b[1m$ {}\x1b[0m", self.shown);
        let status =
            self.command.status().map_err(|e| format!("cannot start `{}`: {e}", self.shown))?;
        if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", self.shown)) }
    }

    /// Runs it silently; what it printed, or an error.
    pub fn output(mut self) -> Outcome<String> {
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| format!("cannot start `{}`: {e}", self.shown))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(format!("`{}` failed ({})", self.shown, output.status))
        }
    }

    /// Whether it runs and succeeds.
    pub fn works(mut self) -> bool {
        self.command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}
