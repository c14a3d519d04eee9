//! Comments as programs use them, and what the pages show of them without a socket between.

use crate::support::{Answer, TestServer, URL, basic};
use base64::prelude::{BASE64_STANDARD, Engine};
use hub::{NewAccessToken, NewComment, NewRepository, Visit};
use model::{RepositoryName, TokenScope, Visibility};
use serde_json::{Value, json};

const LIST: &str = "/v2/repositories/anna/app/comments/";

async fn stocked(flags: &str) -> TestServer {
    let server = TestServer::with(flags).await;
    let anna = server.hub.person(&"anna".parse().unwrap()).await.unwrap().unwrap();
    for (name, visibility) in [("anna/app", Visibility::Public), ("anna/secret", Visibility::Private)] {
        let new = NewRepository {
            name: name.parse().unwrap(),
            description: String::new(),
            full_description: String::new(),
            visibility,
        };
        server.hub.add_repository(&anna, &new).await.unwrap();
    }
    server
}

async fn send(server: &TestServer, call: &str, person: &str, body: &Value) -> Answer {
    let (method, path) = call.split_once(' ').unwrap();
    server.typed(method, path, &basic(person), "application/json", body.to_string()).await
}

async fn say(server: &TestServer, person: &str, text: &str) -> String {
    let answer = send(server, &format!("POST {LIST}"), person, &json!({ "comment": text })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn comments_have_docker_hub_s_shape() {
    let server = stocked("").await;
    let first = say(&server, "ben", "works *well*").await;
    let body = json!({ "comment": "thanks", "parent": first });
    assert_eq!(send(&server, &format!("POST {LIST}"), "anna", &body).await.status, 201);
    let list = server.get(&format!("{LIST}?page_size=1"), "").await.json();
    assert_eq!((&list["count"], &list["previous"]), (&json!(2), &Value::Null));
    assert_eq!(list["next"], format!("{URL}{LIST}?page=2&page_size=1"));
    let newest = &list["results"][0];
    assert_eq!((&newest["user"], &newest["comment"]), (&json!("anna"), &json!("thanks")));
    assert_eq!((&newest["parent"], &newest["is_maintainer"]), (&json!(first), &json!(true)));
    let one = server.get(&format!("{LIST}{first}"), "").await.json();
    assert_eq!(one["html"], "<p>works <em>well</em></p>\n");
    assert_eq!((&one["created_on"], &one["is_edited"]), (&one["updated_on"], &json!(false)));
    assert_eq!(server.get("/v2/repositories/anna/app", "").await.json()["comment_count"], 2);
    let path = format!("{LIST}{first}/");
    let edited = send(&server, &format!("PATCH {path}"), "ben", &json!({ "comment": "fine" })).await.json();
    assert_eq!((&edited["comment"], &edited["is_edited"]), (&json!("fine"), &json!(true)));
    assert_eq!(send(&server, &format!("PATCH {path}"), "anna", &json!({ "comment": "x" })).await.status, 403);
    assert_eq!(send(&server, &format!("DELETE {path}"), "ben", &json!({})).await.status, 204);
    assert_eq!(send(&server, &format!("DELETE {path}"), "ben", &json!({})).await.status, 404);
    assert_eq!(server.get(LIST, "").await.json()["count"], 1);
}

#[tokio::test]
async fn a_refusal_names_the_field_of_the_body() {
    let server = stocked("").await;
    let id = say(&server, "ben", "works").await;
    let long = "x".repeat(10_001);
    for call in [format!("POST {LIST}"), format!("PATCH {LIST}{id}/")] {
        for text in ["", " \n ", "a\0b", &long] {
            let refused = send(&server, &call, "ben", &json!({ "comment": text })).await;
            assert_eq!(refused.status, 400, "{call}");
            let answer = refused.json();
            let errors = &answer["errors"];
            assert!(errors["comment"][0].is_string(), "{call}: {errors}");
            assert_eq!(errors.as_object().map(serde_json::Map::len), Some(1), "{call}: {errors}");
        }
    }
}

#[tokio::test]
async fn programs_flag_hide_and_restore() {
    let server = stocked("").await;
    let id = say(&server, "ben", "buy this").await;
    let call = |what: &str| format!("POST {LIST}{id}/{what}");
    assert_eq!(send(&server, &call("flag"), "root", &json!({ "reason": "spam" })).await.status, 204);
    let unreasoned = send(&server, &call("hide"), "anna", &json!({ "reason": "" })).await;
    assert_eq!(unreasoned.status, 400);
    assert!(unreasoned.json()["errors"]["reason"][0].is_string(), "{}", unreasoned.text());
    assert_eq!(send(&server, &call("hide"), "ben", &json!({ "reason": "mine" })).await.status, 403);
    assert_eq!(send(&server, &call("hide"), "anna", &json!({ "reason": "spam" })).await.status, 204);
    for (person, status) in [("", 404), ("ben", 200), ("anna", 200)] {
        let authorization = if person.is_empty() { String::new() } else { basic(person) };
        let answer = server.get(&format!("{LIST}{id}"), &authorization).await;
        assert_eq!(answer.status, status, "{person}");
    }
    assert_eq!(server.get(LIST, "").await.json()["count"], 0);
    assert_eq!(send(&server, &call("restore"), "anna", &json!({})).await.status, 204);
    assert_eq!(send(&server, &call("restore"), "anna", &json!({})).await.status, 400);
    assert_eq!(server.get(LIST, "").await.json()["count"], 1);
    let unknown = send(&server, &call("flag"), "anna", &json!({ "reason": "boring" })).await;
    assert_eq!(unknown.status, 400);
    assert_eq!(send(&server, &format!("DELETE {LIST}{id}"), "anna", &json!({})).await.status, 204);
}

/// A program of an organization is nobody, and still may moderate what the organization owns.
#[tokio::test]
async fn a_program_of_an_organization_deletes_what_others_wrote() {
    let server = stocked("").await;
    let hub = &server.hub;
    let anna = hub.person(&"anna".parse().unwrap()).await.unwrap().unwrap();
    let ben = hub.person(&"ben".parse().unwrap()).await.unwrap().unwrap();
    let acme = hub.create_organization(&anna, "acme", "").await.unwrap();
    let name: RepositoryName = "acme/app".parse().unwrap();
    let new = NewRepository {
        name: name.clone(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    };
    hub.add_repository(&anna, &new).await.unwrap();
    let id = hub.add_comment(&ben, &name, NewComment { text: "buy this", parent: None }).await.unwrap().id;
    let path = format!("/v2/repositories/acme/app/comments/{id}");
    for (scope, status) in [(TokenScope::Write, 403), (TokenScope::Admin, 204), (TokenScope::Admin, 404)] {
        let new =
            NewAccessToken { label: "bot".into(), scope, repositories: String::new(), expires_at: None };
        let (_, token) = hub.make_organization_token(&anna, &acme, &new).await.unwrap();
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("acme:{token}")));
        assert_eq!(server.call("DELETE", &path, &basic, "").await.status, status, "{scope:?}");
    }
}

#[tokio::test]
async fn a_flood_is_told_when_to_come_again() {
    let server = stocked("--comments-per-account 2").await;
    say(&server, "ben", "one").await;
    say(&server, "ben", "two").await;
    let many = send(&server, &format!("POST {LIST}"), "ben", &json!({ "comment": "three" })).await;
    assert_eq!(many.status, 429);
    assert!(many.header("retry-after").parse::<u32>().is_ok_and(|seconds| (1..=60).contains(&seconds)));
    assert_eq!(server.get(LIST, "").await.json()["count"], 2);
}

#[tokio::test]
async fn another_site_s_form_writes_nothing() {
    let server = stocked("").await;
    let ben = server.hub.person(&"ben".parse().unwrap()).await.unwrap().unwrap();
    let session = server.hub.open_session(&ben, &Visit::default()).await.unwrap();
    let post = async |origin: &str| {
        let request = axum::http::Request::builder()
            .method("POST")
            .uri("/api/fn/add_comment")
            .header("cookie", format!("__Host-session={session}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .header("origin", origin);
        let body = axum::body::Body::from("name=anna%2Fapp&text=hello");
        server.send(request.body(body).unwrap()).await
    };
    assert_eq!(post("https://evil.example").await.status, 403);
    assert_eq!(server.get(LIST, "").await.json()["count"], 0);
    let own = post(URL).await;
    assert_eq!(own.status, 303);
    assert!(
        own.header("location").starts_with("/r/anna/app/comments#comment-"),
        "{}",
        own.header("location")
    );
    assert_eq!(server.get(LIST, "").await.json()["count"], 1);
}

#[tokio::test]
async fn pages_show_comments_and_nobody_else_s_hidden_ones() {
    let server = stocked("").await;
    let id = say(&server, "ben", "<script>alert(1)</script> a remark").await;
    let page = server.get("/r/anna/app/comments", "").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt; a remark"), "{}", page.text());
    assert!(page.text().contains(&format!("id=\"comment-{id}\"")));
    let hide = json!({ "reason": "a secret reason" });
    assert_eq!(send(&server, &format!("POST {LIST}{id}/hide"), "anna", &hide).await.status, 204);
    for path in ["/r/anna/app/comments".to_owned(), format!("/r/anna/app/comments/{id}")] {
        let text = server.get(&path, "").await.text();
        assert!(!text.contains("a remark") && !text.contains("a secret reason"), "{path}");
    }
    let gone = server.get(&format!("/r/anna/app/comments/{id}"), "").await;
    let never = server.get("/r/anna/app/comments/0190f5fe-1111-7000-8000-000000000000", "").await;
    assert_eq!((gone.status.as_u16(), never.status.as_u16()), (404, 404));
}
