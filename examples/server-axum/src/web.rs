//! The routes. Each hands its request to the [`Host`] on a thread that may wait for the database.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use jalon::Lang;
use jalon::workflow::RecordKey;
use serde_json::{Value, json};

use crate::host::{Asked, DEALS, Host, LEADS};
use crate::problem::Problem;

/// All routes of the server.
pub fn router(host: Arc<Host>) -> Router {
    Router::new()
        .route("/leads", post(create_lead))
        .route("/leads/{id}", patch(change_lead))
        .route("/leads/{id}/why", get(why))
        .route("/deals", post(create_deal))
        .route("/deals/{id}/transitions", get(offers))
        .route("/deals/{id}/transitions/{name}", post(transition))
        .route("/effects", get(effects))
        .route("/effects/{id}/done", post(effect_done))
        .route("/rules/reload", post(reload))
        .with_state(host)
}

type App = State<Arc<Host>>;
type Body = Result<Json<Value>, JsonRejection>;

async fn create_lead(State(host): App, caller: Caller, body: Body) -> Response {
    create(host, LEADS, caller, body).await
}

async fn create_deal(State(host): App, caller: Caller, body: Body) -> Response {
    create(host, DEALS, caller, body).await
}

async fn create(host: Arc<Host>, module: &'static str, caller: Caller, body: Body) -> Response {
    let lang = caller.lang;
    let work = move || host.create(module, read(body)?, caller.event.as_deref());
    answer(StatusCode::CREATED, lang, work).await
}

async fn change_lead(
    State(host): App,
    Path(id): Path<String>,
    caller: Caller,
    body: Body,
) -> Response {
    let lang = caller.lang;
    let work = move || host.change(&key(LEADS, id), read(body)?, caller.event.as_deref());
    answer(StatusCode::OK, lang, work).await
}

async fn why(State(host): App, Path(id): Path<String>, caller: Caller) -> Response {
    answer(StatusCode::OK, caller.lang, move || host.why(&key(LEADS, id), caller.lang)).await
}

async fn offers(State(host): App, Path(id): Path<String>, caller: Caller) -> Response {
    let work = move || host.offers(&key(DEALS, id), caller.user.as_deref(), caller.lang);
    answer(StatusCode::OK, caller.lang, work).await
}

async fn transition(
    State(host): App,
    Path((id, name)): Path<(String, String)>,
    caller: Caller,
    body: Body,
) -> Response {
    let lang = caller.lang;
    let work = move || {
        let (transition, by) = (name.as_str(), caller.user.as_deref());
        let asked = Asked { transition, given: read(body)?, by };
        host.transition(&key(DEALS, id), &asked, caller.event.as_deref())
    };
    answer(StatusCode::OK, lang, work).await
}

async fn effects(State(host): App, caller: Caller) -> Response {
    answer(StatusCode::OK, caller.lang, move || host.effects()).await
}

async fn effect_done(State(host): App, Path(id): Path<String>, caller: Caller) -> Response {
    answer(StatusCode::OK, caller.lang, move || host.effect_done(&id)).await
}

async fn reload(State(host): App, caller: Caller) -> Response {
    answer(StatusCode::OK, caller.lang, move || host.reload(caller.lang)).await
}

fn key(module: &str, id: String) -> RecordKey {
    RecordKey { module: module.to_owned(), id }
}

fn read(body: Body) -> Result<Value, Problem> {
    body.map(|Json(value)| value).map_err(|rejection| Problem::Malformed(rejection.body_text()))
}

/// Does work that may wait, and says what came of it.
async fn answer(
    good: StatusCode,
    lang: Lang,
    work: impl FnOnce() -> Result<Value, Problem> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(value)) => (good, Json(value)).into_response(),
        Ok(Err(problem)) => (problem.status(), Json(problem.body(lang))).into_response(),
        Err(panicked) => {
            eprintln!("a request failed: {panicked}");
            let body = json!({"error": "internal error"});
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    }
}

/// Who calls, in which language, and the name of what is told.
struct Caller {
    lang: Lang,
    /// Who acts. Jalon takes the host's word for it: put there what your authentication says.
    user: Option<String>,
    /// The same for a request that is sent again.
    event: Option<String>,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Infallible> {
        let header = |name: &str| {
            let value = parts.headers.get(name)?;
            Some(value.to_str().ok()?.to_owned())
        };
        let french = header(ACCEPT_LANGUAGE.as_str()).is_some_and(|first| first.starts_with("fr"));
        Ok(Caller {
            lang: if french { Lang::Fr } else { Lang::En },
            user: header("x-user"),
            event: header("idempotency-key"),
        })
    }
}
