//! A client: it starts the server and speaks to it over its standard streams.
#![allow(clippy::panic, clippy::needless_pass_by_value, reason = "tests")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    stdin: ChildStdin,
    messages: Receiver<Value>,
    /// Notifications that came while an answer was awaited.
    heard: Vec<Value>,
    next: i32,
}

impl Client {
    /// Starts a server.
    pub fn start() -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jalon"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client { child, stdin, messages, heard: Vec::new(), next: 0 }
    }

    /// Starts a server on a folder.
    pub fn on(folder: &Path, options: &Value) -> Client {
        let mut client = Client::start();
        let uri = format!("file://{}", folder.display());
        let capabilities = json!({
            "textDocument": {"completion": {"completionItem": {"snippetSupport": true}}},
        });
        let result = client.ask(
            "initialize",
            json!({
                "processId": null, "rootUri": uri, "capabilities": capabilities,
                "workspaceFolders": [{"uri": uri, "name": "w"}],
                "initializationOptions": options,
            }),
        );
        assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
        client.tell("initialized", json!({}));
        client
    }

    pub fn send_raw(&mut self, text: &str) {
        self.stdin.write_all(text.as_bytes()).unwrap();
        self.stdin.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; its id.
    pub fn request(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        id
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: &Value) -> Value {
        if let Some(at) = self.heard.iter().position(|message| message.get("id") == Some(id)) {
            return self.heard.remove(at);
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).unwrap();
            if message.get("id") == Some(id) {
                return message;
            }
            self.heard.push(message);
        }
    }

    /// A request and its result.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(&json!(id));
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// A request and its error.
    pub fn refused(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(&json!(id));
        answer.get("error").unwrap_or_else(|| panic!("{method}: {answer}")).clone()
    }

    /// The next findings about a file.
    pub fn findings(&mut self, uri: &str) -> Vec<Value> {
        let about = |message: &Value| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
        };
        let message = match self.heard.iter().position(about) {
            Some(at) => self.heard.remove(at),
            None => loop {
                let message = self.messages.recv_timeout(PATIENCE).unwrap();
                if about(&message) {
                    break message;
                }
                self.heard.push(message);
            },
        };
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "jalon", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces all of a text.
    pub fn replace(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "version": version});
        let changes = json!([{"text": text}]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.tell("textDocument/didChange", params);
    }

    /// Takes leave; the exit code.
    pub fn leave(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }

    /// The exit code of a server that ends by itself.
    pub fn ended(mut self) -> i32 {
        drop(self.stdin);
        self.child.wait().unwrap().code().unwrap()
    }
}

/// Where a needle stands in a text, `back` characters after its start, as the protocol counts.
pub fn place(text: &str, needle: &str, back: usize) -> Value {
    let at = text.find(needle).unwrap_or_else(|| panic!("{needle}")) + back;
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({"line": line, "character": text[start..at].encode_utf16().count()})
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => {
                if let Some(bytes) = line.strip_prefix("Content-Length: ") {
                    length = bytes.parse().unwrap();
                }
            }
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}
