//! Whatever a client sends, the answer is never our fault: no 5xx, no panic, no file where none belongs.

mod bodies;
mod headers;
mod names;
mod wire;

use crate::support::{Answer, TestServer};
use axum::body::Body;
use axum::http::Request;

/// Anna's hub with an image in `anna/app`, and bearers for all that she may do there.
struct Target {
    server: TestServer,
    registry: String,
    api: String,
}

impl Target {
    async fn new() -> Self {
        let flags = "--guesses-per-account 1000000 --guesses-per-source 1000000";
        // The bearers are good until the end, however long that takes.
        let server = TestServer::with(&format!("{flags} --token-ttl 24h --api-token-ttl 24h")).await;
        server.push_image("anna", "anna/app", "v1").await;
        let registry = server.bearer("anna", "repository:anna/app:pull,push,delete").await;
        let body = r#"{"identifier":"anna","secret":"correct horse battery"}"#;
        let answer = server.typed("POST", "/v2/auth/token", "", "application/json", body).await;
        let api = format!("Bearer {}", answer.json()["access_token"].as_str().unwrap());
        Self { server, registry, api }
    }

    /// The bearer that fits the path.
    fn authorization(&self, path: &str) -> &str {
        let first = path.strip_prefix("/v2/").and_then(|rest| rest.split('/').next());
        match first {
            Some("namespaces" | "repositories" | "users" | "user" | "auth") => &self.api,
            Some(_) => &self.registry,
            None => "",
        }
    }

    /// Sends it, and fails if the answer is our fault. `None`: it is no request at all.
    async fn send(&self, request: Result<Request<Body>, axum::http::Error>) -> Option<Answer> {
        let request = request.ok()?;
        let what = format!("{} {}", request.method(), request.uri());
        let answer = self.server.send(request).await;
        assert!(answer.status.as_u16() < 500, "{what}: {} {}", answer.status, answer.text());
        Some(answer)
    }

    /// Afterwards it still works, and nothing lies beside the data folder.
    async fn assert_sound(&self) {
        let answer = self.server.get("/v2/anna/app/manifests/v1", &self.registry).await;
        assert_eq!(answer.status, 200);
        let folder = self.server.database();
        let folder = folder.parent().and_then(std::path::Path::parent).unwrap();
        let names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["data"]);
        assert!(self.server.hub.fsck().await.unwrap().errors.is_empty());
    }
}
