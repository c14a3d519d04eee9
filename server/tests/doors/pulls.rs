//! Pulls through the doors: which answers count, and what the API and the pages tell of them.

use crate::images::sha256;
use crate::support::{Answer, TestServer, basic};
use axum::body::Body;
use axum::http::Request;
use hub::Visit;
use serde_json::{Value, json};

/// Anna's public repository with an image under `v1`: the image's digest.
async fn stocked() -> (TestServer, String) {
    let server = TestServer::new().await;
    let image = server.push_image("anna", "anna/app", "v1").await;
    let body = json!({ "visibility": "public" }).to_string();
    let path = "/v2/repositories/anna/app/";
    let answer = server.typed("PATCH", path, &basic("anna"), "application/json", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    (server, image.digest)
}

async fn ask(server: &TestServer, method: &str, reference: &str, etag: &str) -> Answer {
    let path = format!("/v2/anna/app/manifests/{reference}");
    let bearer = server.bearer("", "repository:anna/app:pull").await;
    let request = Request::builder().method(method).uri(path).header("authorization", bearer);
    server.send(request.header("if-none-match", etag).body(Body::empty()).unwrap()).await
}

fn moment(value: &Value) -> jiff::Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

async fn told(server: &TestServer, path: &str) -> Value {
    server.hub.write_pulls().await.unwrap();
    server.get(path, "").await.json()
}

const REPOSITORY: &str = "/v2/namespaces/anna/repositories/app";

#[tokio::test]
async fn only_what_was_sent_counts() {
    let (server, digest) = stocked().await;
    assert_eq!(told(&server, REPOSITORY).await["pull_count"], 0);
    let known = format!("\"{digest}\"");
    for (method, reference, etag, status) in [
        ("HEAD", "v1", "", 200),
        ("HEAD", digest.as_str(), "", 200),
        ("GET", "v1", known.as_str(), 304),
        ("GET", "v2", "", 404),
        ("GET", &sha256(b"nothing"), "", 404),
    ] {
        assert_eq!(ask(&server, method, reference, etag).await.status, status, "{method} {reference}");
    }
    assert_eq!(told(&server, REPOSITORY).await["pull_count"], 0);
    for (reference, etag) in [("v1", ""), (digest.as_str(), ""), ("v1", "\"another\"")] {
        assert_eq!(ask(&server, "GET", reference, etag).await.status, 200);
    }
    assert_eq!(told(&server, REPOSITORY).await["pull_count"], 3);
}

#[tokio::test]
async fn the_api_tells_of_pulls_in_docker_hubs_words() {
    let (server, _) = stocked().await;
    let tag = format!("{REPOSITORY}/tags/v1");
    let before = told(&server, &tag).await;
    assert_eq!(
        (&before["tag_last_pulled"], &before["images"][0]["last_pulled"]),
        (&Value::Null, &Value::Null)
    );
    ask(&server, "GET", "v1", "").await;
    let after = told(&server, &tag).await;
    let pulled = &after["tag_last_pulled"];
    assert!(pulled.as_str().is_some_and(|text| text.ends_with('Z')), "{pulled}");
    assert_eq!(&after["images"][0]["last_pulled"], pulled);
    // Not as texts: the zeros at their ends are left out.
    assert!(moment(&after["tag_last_pushed"]) <= moment(pulled));
    let tags = told(&server, &format!("{REPOSITORY}/tags")).await;
    assert_eq!(&tags["results"][0]["tag_last_pulled"], pulled);
    let list = told(&server, "/v2/namespaces/anna/repositories").await;
    assert_eq!(list["results"][0]["pull_count"], 1);
}

/// The page of statistics, as somebody reads it who speaks `language`; without a session: a visitor.
async fn page(server: &TestServer, session: Option<&str>, language: &str) -> String {
    let mut request = Request::builder().uri("/r/anna/app/pulls").header("accept-language", language);
    if let Some(session) = session {
        request = request.header("cookie", format!("__Host-session={session}"));
    }
    server.send(request.body(Body::empty()).unwrap()).await.text()
}

#[tokio::test]
async fn names_of_deleted_tags_are_for_those_who_may_push() {
    let (server, _) = stocked().await;
    server.push_image("anna", "anna/app", "acme-customer").await;
    for tag in ["v1", "acme-customer", "acme-customer"] {
        ask(&server, "GET", tag, "").await;
    }
    server.hub.write_pulls().await.unwrap();
    let path = format!("{REPOSITORY}/tags/acme-customer");
    assert!(page(&server, None, "en").await.contains("acme-customer"), "it is there");
    assert!(server.get("/r/anna/app/feed.atom", "").await.text().contains("acme-customer"));
    assert_eq!(server.call("DELETE", &path, &basic("anna"), "").await.status, 204);
    for (language, words) in [("en", "deleted tags"), ("zh", "已删除的标签")] {
        let text = page(&server, None, language).await;
        assert!(text.contains(words) && !text.contains("acme-customer"), "{text}");
        assert!(text.contains("value=\"2\""), "{text}");
    }
    let anna = server.hub.person(&"anna".parse().unwrap()).await.unwrap().unwrap();
    let session = server.hub.open_session(&anna, &Visit::default()).await.unwrap();
    let text = page(&server, Some(&session), "en").await;
    assert!(text.contains("acme-customer") && !text.contains("deleted tags"), "{text}");
    let feed = server.get("/r/anna/app/feed.atom", "").await.text();
    assert!(feed.contains("/tags/v1\"") && !feed.contains("acme-customer"), "{feed}");
}

#[tokio::test]
async fn the_page_has_the_numbers_in_the_chart_and_as_a_table() {
    let (server, _) = stocked().await;
    let empty = server.get("/r/anna/app/pulls", "").await.text();
    assert!(empty.contains("No pulls yet") && !empty.contains("<figure"), "{empty}");
    for _ in 0..3 {
        ask(&server, "GET", "v1", "").await;
    }
    server.hub.write_pulls().await.unwrap();
    for (days, bars) in [("", 30), ("?days=30", 30), ("?days=90", 90), ("?days=365", 53), ("?days=7", 30)] {
        let page = server.get(&format!("/r/anna/app/pulls{days}"), "").await;
        let text = page.text();
        assert_eq!(page.status, 200);
        assert_eq!(text.matches("class=\"reach\"").count(), bars, "{days}");
        // Midnight may have come between two pulls.
        assert!((1..=2).contains(&text.matches("class=\"column\"").count()), "{days}");
        assert!(text.contains("3 pulls so far</title>") && !text.contains("style="), "{text}");
    }
    for path in ["/r/anna/app/pulls?page=999999999", "/r/anna/app/pulls?page=-1&days=99999999999999999999"] {
        assert_eq!(server.get(path, "").await.status, 200, "{path}");
    }
    let overview = server.get("/r/anna/app", "").await.text();
    assert!(overview.contains("href=\"/r/anna/app/pulls\"") && overview.contains("class=\"sparkline\""));
}
