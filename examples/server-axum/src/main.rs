//! Starts the server; every minute, what has become due is done.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use server_axum::host::{Host, Settings};
use server_axum::web;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}"); // rules that do not load, as rustc shows it
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let given = |name, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let address = given("ADDRESS", "127.0.0.1:3000");
    let host = Host::open(Settings {
        rules: PathBuf::from(given("RULES", "rules")),
        users: PathBuf::from(given("USERS", "users.json")),
        database: PathBuf::from(given("DATABASE", "crm.sqlite")),
        now: Box::new(|| SystemTime::now().into()),
    })?;
    let host = Arc::new(host);

    let ticking = Arc::clone(&host);
    tokio::spawn(async move {
        let mut minutes = tokio::time::interval(Duration::from_secs(60));
        loop {
            minutes.tick().await;
            let host = Arc::clone(&ticking);
            match tokio::task::spawn_blocking(move || host.tick()).await {
                Ok(Ok(_)) => {}
                Ok(Err(problem)) => eprintln!("what is due: {problem}"),
                Err(panicked) => eprintln!("what is due: {panicked}"),
            }
        }
    });

    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopped = async { drop(tokio::signal::ctrl_c().await) };
    axum::serve(listener, web::router(host)).with_graceful_shutdown(stopped).await?;
    Ok(())
}
