//! A server on a port of its own, with its rules, its database and its clock.
#![allow(dead_code)] // each test file uses its part

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use jalon::value::Instant;
use serde_json::Value as Json;
use server_axum::host::{Host, Settings};
use server_axum::web;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A running server.
pub struct Server {
    folder: TempDir,
    now: Arc<AtomicI64>,
    running: Option<Running>,
}

struct Running {
    host: Arc<Host>,
    address: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

/// A caller with headers of its own.
pub struct Caller<'s> {
    server: &'s Server,
    header: (&'static str, &'static str),
}

impl Server {
    /// Starts one with a copy of the rules, on a Friday evening.
    pub fn start() -> Server {
        let folder = tempfile::tempdir().unwrap();
        copy(Path::new("rules"), &folder.path().join("rules"));
        let now = Arc::new(AtomicI64::new(0));
        let mut server = Server { folder, now, running: None };
        server.at("2026-07-03T15:30Z");
        server.restart();
        server
    }

    /// Stops the server and starts it on the same folder.
    pub fn restart(&mut self) {
        self.stop();
        let now = Arc::clone(&self.now);
        let host = Host::open(Settings {
            rules: self.folder.path().join("rules"),
            users: "users.json".into(),
            database: self.folder.path().join("crm.sqlite"),
            now: Box::new(move || Instant::from_micros(now.load(Ordering::SeqCst))),
        });
        let host = Arc::new(host.unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let serving = Arc::clone(&host);
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(format!("http://{}", listener.local_addr().unwrap())).unwrap();
                let stopped = async { drop(stopped.await) };
                let router = web::router(serving);
                axum::serve(listener, router).with_graceful_shutdown(stopped).await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        self.running = Some(Running { host, address, stop, thread });
    }

    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop.send(()).unwrap();
            running.thread.join().unwrap();
        }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub fn host(&self) -> &Host {
        &self.running().host
    }

    /// Lets time go on.
    pub fn at(&self, now: &str) {
        self.now.store(Instant::parse(now).unwrap().micros(), Ordering::SeqCst);
    }

    /// Edits a file of rules.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.folder.path().join("rules").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file} has no `{old}`");
        std::fs::write(&path, text.replace(old, new)).unwrap();
    }

    pub fn by(&self, user: &'static str) -> Caller<'_> {
        Caller { server: self, header: ("x-user", user) }
    }

    pub fn named(&self, event: &'static str) -> Caller<'_> {
        Caller { server: self, header: ("idempotency-key", event) }
    }

    pub fn in_french(&self) -> Caller<'_> {
        Caller { server: self, header: ("accept-language", "fr-FR,fr;q=0.9") }
    }

    fn anybody(&self) -> Caller<'_> {
        Caller { server: self, header: ("accept-language", "en") }
    }

    pub fn get(&self, path: &str) -> (u16, Json) {
        self.anybody().get(path)
    }

    pub fn post(&self, path: &str, body: &Json) -> (u16, Json) {
        self.anybody().post(path, body)
    }

    pub fn patch(&self, path: &str, body: &Json) -> (u16, Json) {
        self.anybody().send("PATCH", path, &body.to_string())
    }

    pub fn post_text(&self, path: &str, body: &str) -> (u16, Json) {
        self.anybody().send("POST", path, body)
    }
}

impl Caller<'_> {
    pub fn get(&self, path: &str) -> (u16, Json) {
        self.send("GET", path, "")
    }

    pub fn post(&self, path: &str, body: &Json) -> (u16, Json) {
        self.send("POST", path, &body.to_string())
    }

    fn send(&self, method: &str, path: &str, body: &str) -> (u16, Json) {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server.running().address))
            .header(self.header.0, self.header.1)
            .header("content-type", "application/json")
            .body(body.to_owned())
            .unwrap();
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut answer = agent.run(request).unwrap();
        let status = answer.status().as_u16();
        (status, answer.body_mut().read_json().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What sales people send.
pub mod sales {
    use serde_json::{Value as Json, json};

    pub fn ada() -> Json {
        json!({
            "Name": "Ada Martin", "Company": "Atelier Martin", "Email": "ada@atelier.example",
            "City": "LYON", "Employees": 35, "Source": "Website", "opt_out": false,
        })
    }
}
