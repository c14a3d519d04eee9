//! Paths of the site's files: `/pkg/…` with the hash in the name, and the files of `public/` at the root.

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::answer::{Freshness, answer};
use super::{Files, find};

/// Serves the files and nothing else: a path below `/pkg` that is none of them is 404, every other path is the caller's.
pub fn router() -> Router {
    public_files().into_iter().fold(Router::new().route("/pkg/{file}", get(hashed)), |router, name| {
        let path = format!("/{name}");
        router.route(
            &path,
            get(move |request: Request| serve(format!("public/{name}"), Freshness::Hour, request)),
        )
    })
}

/// The names below `public/`, without the compressed forms beside them.
fn public_files() -> Vec<String> {
    let names: Vec<_> =
        Files::iter().filter_map(|name| Some(name.strip_prefix("public/")?.to_owned())).collect();
    let is_second_form =
        |name: &str| name.strip_suffix(".br").is_some_and(|plain| names.iter().any(|n| n == plain));
    names.iter().filter(|name| !is_second_form(name)).cloned().collect()
}

async fn hashed(Path(file): Path<String>, request: Request) -> Response {
    serve(format!("pkg/{file}"), Freshness::Forever, request).await
}

async fn serve(name: String, freshness: Freshness, request: Request) -> Response {
    match find(&name) {
        Some(file) if !name.ends_with(".br") => answer(&name, file, freshness, request.headers()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
