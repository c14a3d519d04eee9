//! A hub with people in it, behind its real front door, without a socket.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::Parser;
use http_body_util::BodyExt;
use hub::{Hub, NewAccount};
use server::config::{Cli, Command, Serve};
use server::front::{Front, Meters};
use server::shared::Shared;
use server::start::{front, open_hub, shared};
use std::path::PathBuf;
use tempfile::TempDir;

/// The external URL of every test's hub.
pub(crate) const URL: &str = "https://hub.example";
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct TestServer {
    pub(crate) front: Front,
    pub(crate) hub: Hub,
    shared: Shared,
    folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The code of the first OCI error.
    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl TestServer {
    /// Anna and Ben are ordinary people, Root is a site admin.
    pub(crate) async fn new() -> Self {
        Self::with("").await
    }

    /// The same, with more flags.
    pub(crate) async fn with(flags: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&folder, flags);
        let hub = open_hub(&config.place, config.settings(URL.into())).await.unwrap();
        for (name, is_admin) in [("anna", false), ("ben", false), ("root", true)] {
            let account = NewAccount {
                username: name.into(),
                email: format!("{name}@example.org"),
                password: PASSWORD.into(),
                invite: None,
            };
            hub.add_user(&account, is_admin).await.unwrap();
        }
        let shared = shared(&config, &hub).unwrap();
        let front = front(&shared, &Meters::new());
        Self { front, hub, shared, folder }
    }

    /// The hub's SQLite file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("data/hub.db")
    }

    pub(crate) fn shared(&self) -> Shared {
        self.shared.clone()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        // Boxed: the compiler counts how deep futures lie in one another.
        let response = self.front.clone().answer_any(request).await;
        let (parts, body) = response.into_parts();
        let body = match parts.headers.get("content-type") {
            Some(kind) if kind == "text/event-stream" => first_event(body).await,
            _ => body.collect().await.unwrap().to_bytes(),
        };
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str, authorization: &str) -> Answer {
        self.call("GET", path, authorization, "").await
    }

    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        authorization: &str,
        body: impl Into<Body>,
    ) -> Answer {
        self.typed(method, path, authorization, "", body).await
    }

    /// With a content type.
    pub(crate) async fn typed(
        &self,
        method: &str,
        path: &str,
        authorization: &str,
        content_type: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in [("authorization", authorization), ("content-type", content_type)] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// A bearer for `scopes` (separated by spaces) of `person`; empty: of nobody.
    pub(crate) async fn bearer(&self, person: &str, scopes: &str) -> String {
        let scopes: String = scopes.split(' ').map(|scope| format!("&scope={scope}")).collect();
        let authorization = if person.is_empty() { String::new() } else { basic(person) };
        let answer = self.get(&format!("/token?service=hub.example{scopes}"), &authorization).await;
        format!("Bearer {}", answer.json()["token"].as_str().unwrap())
    }
}

/// A stream of events ends when there is nothing more to tell, which can take long. To HEAD nothing is told.
async fn first_event(mut body: Body) -> Bytes {
    match body.frame().await {
        Some(frame) => frame.unwrap().into_data().unwrap(),
        None => Bytes::new(),
    }
}

pub(crate) fn basic(person: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{person}:{PASSWORD}")))
}

fn config(folder: &TempDir, flags: &str) -> Serve {
    let data = folder.path().join("data");
    let line = format!("berth serve --data {} --url {URL} --plans roomy=unlimited {flags}", data.display());
    match Cli::parse_from(line.split_whitespace()).command {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}
