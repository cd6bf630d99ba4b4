//! Workers as processes: started, asked, and given up when they crash or take too long.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value as Json;

/// How a worker is started.
#[derive(Clone, Debug)]
pub struct Start {
    pub language: String,
    pub program: String,
    pub args: Vec<String>,
    pub folder: Option<String>,
    pub threads: usize,
}

/// A worker that runs.
pub struct Process {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

/// How long loading data, or building a million rules, may take.
const LOADING: Duration = Duration::from_secs(600);
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(120);

impl Process {
    /// Starts a worker; with it, the contenders it has.
    pub fn start(start: &Start) -> Result<(Process, Vec<Json>), String> {
        let mut command = Command::new(&start.program);
        command.args(&start.args).stdin(Stdio::piped()).stdout(Stdio::piped());
        if let Some(folder) = &start.folder {
            command.current_dir(folder);
        }
        let mut child =
            command.spawn().map_err(|error| format!("cannot start {}: {error}", start.program))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a worker without input and output".into());
        };
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut process = Process { child, input, lines };
        let mut hello = process.answer(LOADING)?;
        match hello["contenders"].take() {
            Json::Array(contenders) => Ok((process, contenders)),
            _ => Err("a worker without contenders".into()),
        }
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, command: &str, index: usize) -> Result<Json, String> {
        writeln!(self.input, "{command} {index}")
            .and_then(|()| self.input.flush())
            .map_err(|error| format!("the worker is gone: {error}"))?;
        let answer = self.answer(ANSWER)?;
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer),
        }
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    fn answer(&mut self, patience: Duration) -> Result<Json, String> {
        let line = self.lines.recv_timeout(patience).map_err(|_| {
            // either it has crashed, or it is stopped here
            let stopped = self.runs();
            let _ = self.child.kill();
            let status = self.child.wait().map(|status| status.to_string()).unwrap_or_default();
            if stopped {
                format!("no answer in {} s", patience.as_secs())
            } else {
                format!("crashed ({status})")
            }
        })?;
        serde_json::from_str(&line).map_err(|error| format!("{error}: {line}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
