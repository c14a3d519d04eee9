//! A route made a request: what stands in its path and its body, and how the asker proves who they are.

use super::people::Identified;
use super::place::Place;
use super::routes::{Door, FUNCTIONS, Route};
use crate::images::{MANIFEST, sha256};
use crate::support::{Answer, PASSWORD, TestServer, URL};
use axum::body::Body;
use axum::http::Request;
use form_urlencoded::Serializer;
use serde_json::json;
use std::collections::BTreeSet;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// A request without its credentials.
#[derive(Clone)]
pub(crate) struct Question {
    door: Door,
    method: String,
    path: String,
    content_type: &'static str,
    body: Vec<u8>,
    /// The repository that a registry token is asked for.
    scope: String,
}

impl Question {
    /// # Panics
    /// For a route that nobody wrote a body for.
    pub(crate) fn new(route: &Route, place: &Place, asker: &Identified) -> Self {
        let (content_type, body) = body(route, place, asker);
        Self {
            door: route.door,
            method: route.method.clone(),
            path: filled(&route.path, place),
            content_type,
            body,
            scope: place.name.to_string(),
        }
    }

    pub(crate) fn with_method(&self, method: &str) -> Self {
        Self { method: method.to_owned(), ..self.clone() }
    }

    pub(crate) async fn ask(&self, server: &TestServer, asker: &Identified) -> Answer {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.path);
        request = request.header("accept", JSON).header("origin", URL);
        if !self.content_type.is_empty() {
            request = request.header("content-type", self.content_type);
        }
        request = match self.door {
            Door::Token => request,
            Door::Registry => request.header("authorization", self.bearer(server, asker).await),
            Door::Api if asker.api_token.is_empty() => request,
            Door::Api => request.header("authorization", format!("Bearer {}", asker.api_token)),
            Door::Pages if asker.session.is_empty() => request,
            Door::Pages => {
                request.header("cookie", format!("__Host-session={}", self.session(server, asker).await))
            }
        };
        server.send(request.body(Body::from(self.body.clone())).unwrap()).await
    }

    /// Signing out ends the one that it is asked with.
    async fn session(&self, server: &TestServer, asker: &Identified) -> String {
        if self.path.ends_with("/sign_out") { asker.new_session(server).await } else { asker.session.clone() }
    }

    /// What docker does: all rights are asked for, those that may be had are in the token.
    async fn bearer(&self, server: &TestServer, asker: &Identified) -> String {
        let scope = format!("repository:{}:pull,push,delete", self.scope);
        let answer = if asker.refresh_token.is_empty() {
            server.get(&format!("/token?service=hub.example&scope={scope}"), "").await
        } else {
            server.typed("POST", "/token", "", FORM, refresh(asker, &scope)).await
        };
        // Whoever gets none asks with an invented one.
        format!("Bearer {}", answer.json()["access_token"].as_str().unwrap_or("invented"))
    }
}

fn refresh(asker: &Identified, scope: &str) -> Vec<u8> {
    form(&[("grant_type", "refresh_token"), ("refresh_token", &asker.refresh_token), ("scope", scope)])
}

/// A field that is there twice is refused, whoever asks: then the table would say nothing.
fn form(pairs: &[(&str, &str)]) -> Vec<u8> {
    let names: BTreeSet<&str> = pairs.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), pairs.len(), "each field once");
    Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
}

fn filled(path: &str, place: &Place) -> String {
    let filled = [
        ("/collaborators/{username}", "/collaborators/dora"),
        ("/u/{user}/members", "/u/acme/members"),
        ("/u/{user}/teams", "/u/acme/teams"),
        ("/u/{user}/settings", "/u/acme/settings"),
        ("/u/{user}/tokens", "/u/acme/tokens"),
        ("/v2/orgs/{namespace}", "/v2/orgs/acme"),
        ("/members/{username}", "/members/dora"),
        ("/webhooks/{uuid}", &format!("/webhooks/{}", place.webhook)),
        ("/comments/{uuid}", &format!("/comments/{}", place.comment)),
        ("{comment}", &place.comment),
        ("{webhook}", &place.webhook),
        ("{run}", &place.run),
        ("{group}", &place.team),
        ("{team}", &place.team),
        ("{token}", "invented"),
        ("{uuid}", "0190f5fe-1111-7000-8000-000000000000"),
        ("{name}", place.name.as_str()),
        ("{namespace}", place.name.namespace()),
        ("{repository}", place.name.name()),
        ("{username}", place.name.namespace()),
        ("{user}", place.name.namespace()),
        ("{reference}", "v1"),
        ("{tag}", "v1"),
        ("{digest}", &place.digest),
        ("{blob}", &place.blob),
        ("{upload}", &place.upload),
        ("{whole}", &sha256(b"whole")),
        ("{rest}", &sha256(b"rest")),
    ]
    .into_iter()
    .fold(path.to_owned(), |path, (word, value)| path.replace(word, value));
    assert!(!filled.contains('{'), "nothing stands for the braces in {path}");
    filled
}

#[expect(clippy::too_many_lines, reason = "a table of what forms send")]
fn body(route: &Route, place: &Place, asker: &Identified) -> (&'static str, Vec<u8>) {
    let account = asker.person.account;
    let name = if account.is_empty() { "nobody" } else { account };
    let json = |value: serde_json::Value| (JSON, value.to_string().into_bytes());
    match (route.method.as_str(), route.path.as_str()) {
        ("GET" | "DELETE", _) => ("", Vec::new()),
        ("POST", "/token") => (FORM, refresh(asker, "")),
        ("POST", path) if path.starts_with(FUNCTIONS) => (FORM, fields(path, place, name)),
        ("PUT", "/v2/{name}/manifests/{reference}") => (MANIFEST, place.manifest.clone()),
        ("POST", path) if path.ends_with("?digest={whole}") => ("", b"whole".to_vec()),
        ("POST", path) if path.contains("/blobs/uploads/") => ("", Vec::new()),
        ("PATCH" | "PUT", path) if path.contains("{upload}") => ("", b"rest".to_vec()),
        ("POST", "/v2/auth/token") => json(json!({ "identifier": name, "secret": PASSWORD })),
        ("POST", "/v2/users/2fa-login") => json(json!({ "login_2fa_token": "invented", "code": "123456" })),
        ("POST", path) if path.ends_with("/access-tokens") => {
            json(json!({ "token_label": "CI", "scopes": ["repo:read"] }))
        }
        ("PATCH", "/v2/access-tokens/{uuid}") => json(json!({ "token_label": "CI" })),
        ("POST", "/v2/orgs") => json(json!({ "orgname": place.fresh })),
        ("POST", "/v2/invites/bulk") => {
            json(json!({ "org": "acme", "role": "member", "invitees": ["somebody@example.org"] }))
        }
        ("POST", path) if path.starts_with("/v2/repositories/") && path.ends_with("/groups") => {
            json(json!({ "group_id": place.team, "permission": "read" }))
        }
        ("POST", path) if path.ends_with("/groups") => json(json!({ "name": place.fresh })),
        ("POST", path) if path.ends_with("/groups/{group}/members") => json(json!({ "member": "rita" })),
        ("PUT", path) if path.ends_with("/members/{username}") => json(json!({ "role": "member" })),
        ("POST", path) if path.ends_with("/rename") => json(json!({ "name": place.fresh })),
        ("POST", path) if path.ends_with("/transfer") => json(json!({ "namespace": "acme" })),
        ("POST", "/v2/users/login") => json(json!({ "username": name, "password": PASSWORD })),
        ("POST", "/v2/repositories" | "/v2/namespaces/{namespace}/repositories") => {
            json(json!({ "namespace": place.name.namespace(), "name": place.fresh }))
        }
        ("POST", path) if path.ends_with("/comments") => json(json!({ "comment": "new" })),
        ("PATCH", path) if path.ends_with("/comments/{uuid}") => json(json!({ "comment": "new" })),
        ("POST", path) if path.ends_with("/flag") || path.ends_with("/hide") => {
            json(json!({ "reason": "spam" }))
        }
        ("POST", path) if path.ends_with("/restore") || path.ends_with("/approve") => ("", Vec::new()),
        ("POST", path) if path.ends_with("/collaborators") => json(json!({ "user": "ben" })),
        ("POST", path) if path.ends_with("/hook/{uuid}") => json(json!({ "state": "success" })),
        ("POST", path) if path.ends_with("/webhooks") => {
            json(json!({ "name": "new", "webhooks": [{ "hook_url": "https://1.1.1.1/" }] }))
        }
        ("PATCH", path) if path.ends_with("/webhooks/{uuid}") => json(json!({ "name": "new" })),
        ("POST", path) if path.ends_with("/hooks") => json(json!({ "hook_url": "https://1.1.1.1/log" })),
        ("POST", path) if path.ends_with("/resend") => json(json!({ "since": "2026-01-01T00:00:00Z" })),
        ("POST", path) if path.ends_with("/replay") || path.ends_with("/skip") => json(json!({ "step": 1 })),
        ("POST", path) if path.contains("/webhooks/{uuid}/") => ("", Vec::new()),
        ("POST", path) if path.ends_with("/stars") => ("", Vec::new()),
        ("POST", path) if path.ends_with("/privacy") => json(json!({ "is_private": true })),
        ("PATCH", path) if path.ends_with("/{repository}") => {
            json(json!({ "description": "new", "visibility": "unlisted" }))
        }
        (method, path) => panic!("no body is written for {method} {path}"),
    }
}

/// Server functions whose `id` is a webhook's.
const WEBHOOKS: [&str; 9] = [
    "edit_webhook",
    "set_webhook_on",
    "rotate_webhook",
    "delete_webhook",
    "test_webhook",
    "resend_missed",
    "replay_run",
    "skip_step",
    "cancel_run",
];

/// One form for all server functions: each takes what it knows.
fn fields(path: &str, place: &Place, asker: &str) -> Vec<u8> {
    let (name, password) = match path.strip_prefix(FUNCTIONS) {
        Some("sign_in") => (asker, PASSWORD),
        Some("profile") => (place.name.namespace(), ""),
        Some("add_repository" | "create_organization") => (place.fresh.as_str(), ""),
        _ => (place.name.as_str(), "a wrong password"),
    };
    let username = match path.strip_prefix(FUNCTIONS) {
        Some("add_collaborator") => "ben",
        Some("remove_collaborator" | "remove_member" | "set_membership") => "dora",
        Some(
            "suspend_account" | "restore_account" | "reset_two_factor" | "block_commenter"
            | "block_everywhere",
        ) => "ghost",
        Some("add_to_team" | "remove_from_team") => "rita",
        _ => "somebody",
    };
    let team = if path.ends_with("/create_team") { &place.fresh } else { &place.team };
    let most = [
        ("name", name),
        ("password", password),
        ("namespace", place.name.namespace()),
        ("description", "new"),
        ("full", "new"),
        ("visibility", "unlisted"),
        ("confirm", place.name.as_str()),
        ("tag", "v1"),
        ("digest", &place.digest),
        ("page", "1"),
        ("markdown", "new"),
        ("username", username),
        ("new_name", &place.fresh),
        ("code", "123456"),
        ("plan", "roomy"),
        ("organization", "acme"),
        ("team", team),
        ("membership", "member"),
        ("role", "write"),
        ("label", "CI"),
        ("scope", "repo:read"),
        ("days", "30"),
        ("token", "invented"),
        ("email", "somebody@example.org"),
        ("old", "a wrong password"),
        ("new", "another good password"),
        ("language", "zh-CN"),
        ("theme", "dark"),
        ("next", "/"),
    ];
    form(&[&most[..], &webhook_fields(path, place), &comment_fields(place)].concat())
}

fn comment_fields(place: &Place) -> [(&str, &str); 7] {
    [
        ("comment", &place.comment),
        ("text", "new"),
        ("reason", "spam"),
        ("words", "new"),
        ("judgement", "hide"),
        ("because", "new"),
        ("policy", "members"),
    ]
}

fn webhook_fields<'a>(path: &str, place: &'a Place) -> [(&'a str, &'a str); 6] {
    let id = match path.strip_prefix(FUNCTIONS) {
        Some(function) if WEBHOOKS.contains(&function) => place.webhook.as_str(),
        _ => "0190f5fe-1111-7000-8000-000000000000",
    };
    [
        ("id", id),
        ("run", &place.run),
        ("urls", "https://1.1.1.1/"),
        ("wait", "60"),
        ("since", "2026-01-01"),
        ("step", "1"),
    ]
}
