//! The language server: the protocol over a pair of channels.

mod answer;
mod initialize;
mod programs;
mod transport;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select};
use jalon::lang::Lang;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::{FileChangeType, MessageType, ShowMessageParams, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub use transport::{Incoming, receive, send};

use crate::text::Encoding;
use crate::workspace::{ProgramKey, Workspace, path_of};
use programs::{Done, Job, Programs};

/// Where files come from: the server itself opens none.
pub trait Disk {
    /// The program files of a folder and of those below, or why they cannot be read.
    fn folder(&self, folder: &Path, lang: Lang) -> Result<Vec<(PathBuf, String)>, String>;
    /// One file; none where it cannot be read.
    fn file(&self, path: &Path) -> Option<String>;
}

/// Where the talk with the client stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

/// A language server for one client.
#[derive(Debug)]
pub struct Server<D> {
    disk: D,
    out: Sender<Value>,
    phase: Phase,
    workspace: Workspace,
    programs: Programs,
    encoding: Encoding,
    /// The language of messages that the user asked for.
    lang: Option<Lang>,
    client: initialize::Client,
    /// Requests that wait for a program to be checked as it stands.
    waiting: VecDeque<(ProgramKey, Request)>,
}

/// How long to wait for more edits before a program is checked.
const PAUSE: Duration = Duration::from_millis(60);

impl<D: Disk> Server<D> {
    /// A server that answers into a channel.
    pub fn new(disk: D, lang: Option<Lang>, out: Sender<Value>) -> Server<D> {
        Server {
            disk,
            out,
            phase: Phase::New,
            workspace: Workspace::default(),
            programs: Programs::default(),
            encoding: Encoding::default(),
            lang,
            client: initialize::Client::default(),
            waiting: VecDeque::new(),
        }
    }

    /// Answers until the client leaves; whether it took its leave first.
    pub fn run(mut self, incoming: &Receiver<Incoming>) -> bool {
        let (jobs, to_do) = crossbeam_channel::unbounded::<Job>();
        let (done, results) = crossbeam_channel::unbounded::<Done>();
        let worker = std::thread::Builder::new().name("check".to_owned());
        // Without a thread there is nothing that could answer.
        let Ok(_worker) = worker.spawn(move || programs::work(&to_do, &done)) else { return false };
        loop {
            self.programs.start_due(&self.workspace, self.lang, self.encoding, &jobs);
            let pause = self.programs.next_due().map_or(Duration::from_secs(3600), |due| {
                due.saturating_duration_since(Instant::now())
            });
            select! {
                recv(results) -> result => {
                    if let Ok(result) = result {
                        self.checked(result);
                    }
                }
                recv(incoming) -> message => {
                    let Ok(message) = message else { return self.phase == Phase::ShutDown };
                    let mut batch = VecDeque::from([message]);
                    batch.extend(incoming.try_iter());
                    while let Some(message) = batch.pop_front() {
                        if self.receive(message, &batch) {
                            return self.phase == Phase::ShutDown;
                        }
                    }
                }
                default(pause) => {}
            }
        }
    }

    /// Takes a message; whether it is the last.
    fn receive(&mut self, message: Incoming, later: &VecDeque<Incoming>) -> bool {
        match message {
            Incoming::Malformed(why) => {
                let error = json!({"code": ErrorCode::ParseError as i32, "message": why});
                self.write(json!({"jsonrpc": "2.0", "id": null, "error": error}));
            }
            Incoming::Message(Message::Request(request)) => {
                let cancelled = later.iter().any(|later| cancels(later, &request.id));
                if cancelled {
                    self.cancelled(request.id);
                } else {
                    self.request(request);
                }
            }
            Incoming::Message(Message::Notification(notification)) => {
                if notification.method == notification::Exit::METHOD {
                    return true;
                }
                if self.phase == Phase::Running {
                    self.notification(notification);
                }
            }
            // Answers to what was registered: nothing depends on them.
            Incoming::Message(Message::Response(_)) => {}
        }
        false
    }

    fn request(&mut self, request: Request) {
        match (self.phase, request.method.as_str()) {
            (Phase::New, "initialize") => self.initialize(request),
            (Phase::New, _) => {
                let why = "the server is not initialized";
                self.fail(request.id, ErrorCode::ServerNotInitialized, why);
            }
            (_, "initialize") => {
                self.fail(request.id, ErrorCode::InvalidRequest, "already initialized");
            }
            (Phase::ShutDown, _) => {
                self.fail(request.id, ErrorCode::InvalidRequest, "the server is shut down");
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                for (_, waiting) in std::mem::take(&mut self.waiting) {
                    self.cancelled(waiting.id);
                }
                self.respond(Response::new_ok(request.id, Value::Null));
            }
            (Phase::Running, _) => self.ask(request),
        }
    }

    /// Answers a request, or lets it wait until the program it asks about is checked.
    fn ask(&mut self, request: Request) {
        let Some(needs) = answer::needs(&request.method) else {
            let why = format!("unknown method `{}`", request.method);
            return self.fail(request.id, ErrorCode::MethodNotFound, &why);
        };
        if needs == answer::Needs::Nothing {
            let response = self.answer(&request, None);
            return self.respond(response);
        }
        let uri = match answer::document(&request) {
            Ok(uri) => uri,
            Err(why) => return self.fail(request.id, ErrorCode::InvalidParams, &why),
        };
        if self.workspace.text(&uri).is_none() {
            return self.respond(Response::new_ok(request.id, Value::Null));
        }
        let program = self.workspace.program_of(&uri);
        let fresh = needs == answer::Needs::Fresh;
        if let Some(analysis) = self.programs.analysis(&program, fresh) {
            let response = self.answer(&request, Some(&analysis));
            self.respond(response);
        } else {
            self.programs.hurry(&program);
            self.waiting.push_back((program, request));
        }
    }

    /// A program has been checked.
    fn checked(&mut self, done: Done) {
        let program = done.program.clone();
        if let Some(panic) = self.programs.finished(done) {
            self.log(MessageType::ERROR, &panic);
        }
        if self.programs.analysis(&program, true).is_some() {
            for (uri, diagnostics) in self.programs.news(&program) {
                let version = self.workspace.version(&uri);
                let params = json!({"uri": uri, "diagnostics": diagnostics, "version": version});
                self.notify(notification::PublishDiagnostics::METHOD, params);
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        for (of, request) in waiting {
            if of == program { self.ask(request) } else { self.waiting.push_back((of, request)) }
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            notification::Initialized::METHOD => self.watch(),
            notification::DidOpenTextDocument::METHOD => {
                let Some(p) = self.read::<lsp_types::DidOpenTextDocumentParams>(&method, params)
                else {
                    return;
                };
                let document = p.text_document;
                let program = self.workspace.open(&document.uri, document.version, document.text);
                self.programs.touch(program, Duration::ZERO);
            }
            notification::DidChangeTextDocument::METHOD => {
                let Some(p) = self.read::<lsp_types::DidChangeTextDocumentParams>(&method, params)
                else {
                    return;
                };
                let (uri, version) = (&p.text_document.uri, p.text_document.version);
                if let Some(program) = self.workspace.change(uri, version, &p.content_changes) {
                    self.programs.touch(program, PAUSE);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                let Some(p) = self.read::<lsp_types::DidCloseTextDocumentParams>(&method, params)
                else {
                    return;
                };
                if let Some(program) = self.workspace.close(&p.text_document.uri) {
                    self.programs.touch(program, Duration::ZERO);
                }
            }
            notification::DidChangeWatchedFiles::METHOD => {
                let Some(p) = self.read::<lsp_types::DidChangeWatchedFilesParams>(&method, params)
                else {
                    return;
                };
                for change in p.changes {
                    self.file_changed(&change.uri, change.typ);
                }
            }
            notification::DidChangeWorkspaceFolders::METHOD => {
                type Params = lsp_types::DidChangeWorkspaceFoldersParams;
                let Some(p) = self.read::<Params>(&method, params) else { return };
                for folder in p.event.removed.iter().filter_map(|f| path_of(&f.uri)) {
                    self.workspace.remove_folder(&folder);
                }
                for folder in p.event.added.iter().filter_map(|f| path_of(&f.uri)) {
                    self.load(folder);
                }
                self.programs.touch_all(self.workspace.programs());
            }
            notification::DidChangeConfiguration::METHOD => {
                if let Some(lang) = params.pointer("/settings/jalon/lang").and_then(Value::as_str) {
                    self.lang = lang.parse().ok();
                    self.programs.touch_all(self.workspace.programs());
                }
            }
            notification::Cancel::METHOD => {
                let id = params.get("id").cloned();
                let id = id.and_then(|id| serde_json::from_value::<RequestId>(id).ok());
                let at = self.waiting.iter().position(|(_, r)| Some(&r.id) == id.as_ref());
                if let Some((_, request)) = at.and_then(|at| self.waiting.remove(at)) {
                    self.cancelled(request.id);
                }
            }
            _ => {}
        }
    }

    /// The params of a notification; one that cannot be read is logged.
    fn read<T: DeserializeOwned>(&self, method: &str, params: Value) -> Option<T> {
        match serde_json::from_value(params) {
            Ok(params) => Some(params),
            Err(error) => {
                self.log(MessageType::ERROR, &format!("{method}: {error}"));
                None
            }
        }
    }

    fn file_changed(&mut self, uri: &Uri, change: FileChangeType) {
        let Some(path) = path_of(uri) else { return };
        if path.extension().is_none_or(|extension| extension != "jalon") {
            return;
        }
        let gone = change == FileChangeType::DELETED;
        let text = if gone { None } else { self.disk.file(&path) };
        if let Some(program) = self.workspace.on_disk(&path, text) {
            self.programs.touch(program, PAUSE);
        }
    }

    /// A folder whose files are one program.
    fn load(&mut self, folder: PathBuf) {
        match self.disk.folder(&folder, self.lang.unwrap_or_default()) {
            Ok(files) => {
                self.workspace.add_folder(folder);
                for (path, text) in files {
                    self.workspace.on_disk(&path, Some(text));
                }
            }
            Err(message) => {
                self.workspace.add_folder(folder);
                let params = ShowMessageParams { typ: MessageType::ERROR, message };
                self.notify(notification::ShowMessage::METHOD, json!(params));
            }
        }
    }

    fn log(&self, typ: MessageType, message: &str) {
        self.notify(notification::LogMessage::METHOD, json!({"type": typ, "message": message}));
    }

    fn fail(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.respond(Response::new_err(id, code as i32, why.to_owned()));
    }

    fn cancelled(&self, id: RequestId) {
        self.fail(id, ErrorCode::RequestCanceled, "cancelled");
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers pass what they have just made")]
    fn notify(&self, method: &str, params: Value) {
        self.write(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers pass what they have just made")]
    fn respond(&self, response: Response) {
        let mut value = json!(response);
        if let Value::Object(object) = &mut value {
            object.insert("jsonrpc".to_owned(), json!("2.0"));
        }
        self.write(value);
    }

    fn write(&self, message: Value) {
        // A client that is gone hears nothing.
        let _ = self.out.send(message);
    }
}

/// Whether a message cancels a request.
fn cancels(message: &Incoming, id: &RequestId) -> bool {
    let Incoming::Message(Message::Notification(notification)) = message else { return false };
    notification.method == notification::Cancel::METHOD
        && notification.params.get("id").is_some_and(|other| *other == json!(id))
}
