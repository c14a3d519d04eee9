//! The JSON API as Docker Hub's tools use it.

use crate::support::{Answer, TestServer, URL, basic};
use serde_json::{Value, json};

const JSON: &str = "application/json";

async fn send(server: &TestServer, call: &str, authorization: &str, body: &Value) -> Answer {
    let (method, path) = call.split_once(' ').unwrap();
    server.typed(method, path, authorization, JSON, body.to_string()).await
}

async fn signed_in(server: &TestServer, person: &str) -> String {
    let body = json!({ "identifier": person, "secret": "correct horse battery" });
    let answer = send(server, "POST /v2/auth/token", "", &body).await;
    format!("Bearer {}", answer.json()["access_token"].as_str().unwrap())
}

/// Anna, with a repository of each visibility.
async fn stocked() -> (TestServer, String) {
    let server = TestServer::new().await;
    let anna = signed_in(&server, "anna").await;
    for visibility in ["public", "unlisted", "private"] {
        let body =
            json!({ "name": format!("my-{visibility}"), "namespace": "anna", "visibility": visibility });
        let answer = send(&server, "POST /v2/namespaces/anna/repositories", &anna, &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_eq!(answer.json()["is_private"], visibility == "private");
    }
    (server, anna)
}

fn names(answer: &Answer) -> Vec<String> {
    let list = answer.json()["results"].as_array().unwrap().clone();
    list.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn both_ways_to_sign_in_give_a_token_and_a_wrong_one_is_like_an_unknown_one() {
    let server = TestServer::new().await;
    let body = json!({ "username": "anna", "password": "correct horse battery", "is_admin": true });
    let token = send(&server, "POST /v2/users/login/", "", &body).await.json()["token"].clone();
    for scheme in ["Bearer", "JWT"] {
        let me = server.get("/v2/user/", &format!("{scheme} {}", token.as_str().unwrap())).await.json();
        assert_eq!((&me["username"], &me["is_admin"]), (&json!("anna"), &json!(false)));
    }
    let refused = |name| json!({ "identifier": name, "secret": "wrong" });
    let wrong = send(&server, "POST /v2/auth/token", "", &refused("anna")).await;
    let unknown = send(&server, "POST /v2/auth/token", "", &refused("nobody")).await;
    assert_eq!((wrong.status.as_u16(), wrong.text()), (401, unknown.text()));
    let without_id = |mut headers: axum::http::HeaderMap| {
        headers.remove("x-request-id");
        headers
    };
    assert_eq!(without_id(wrong.headers), without_id(unknown.headers));
    assert_eq!(server.get("/v2/user", "").await.status, 401);
    assert_eq!(server.get("/v2/user", "Bearer made.up.token").await.status, 401);
    let registry_token = server.bearer("anna", "repository:anna/app:pull").await;
    assert_eq!(server.get("/v2/user", &registry_token).await.status, 401, "another door's token");
}

#[tokio::test]
async fn a_repository_is_made_edited_and_deleted() {
    let (server, anna) = stocked().await;
    let path = "/v2/repositories/anna/my-public/";
    let made = server.get(path, &anna).await.json();
    assert_eq!((&made["user"], &made["permissions"]["admin"]), (&json!("anna"), &json!(true)));
    let changes =
        json!({ "full_description": "# Hello", "visibility": "unlisted", "user": "ben", "status": 0 });
    let edited = send(&server, &format!("PATCH {path}"), &anna, &changes).await;
    assert_eq!(edited.status, 200, "{}", edited.text());
    let edited = edited.json();
    assert_eq!((&edited["full_description"], &edited["user"]), (&json!("# Hello"), &json!("anna")));
    assert_eq!((&edited["visibility"], &edited["is_private"]), (&json!("unlisted"), &json!(false)));
    let as_private = send(&server, &format!("PATCH {path}"), &anna, &json!({ "is_private": true })).await;
    assert_eq!(as_private.json()["visibility"], "private");
    let both = json!({ "is_private": true, "visibility": "public" });
    let refused = send(&server, &format!("PATCH {path}"), &anna, &both).await;
    assert_eq!(refused.status, 400);
    assert!(refused.json()["errors"]["is_private"][0].is_string());
    assert_eq!(server.call("DELETE", path, &anna, "").await.status, 202);
    assert_eq!(server.get(path, &anna).await.status, 404);
}

#[tokio::test]
async fn what_is_wrong_with_a_new_one_is_said_by_field() {
    let (server, anna) = stocked().await;
    for (body, field) in [
        (json!({ "namespace": "anna", "name": "My" }), "name"),
        (json!({ "namespace": "anna", "name": "my-public" }), "name"),
        (json!({ "namespace": "anna", "name": "b2", "description": "x".repeat(101) }), "description"),
        (json!({ "namespace": "Anna!", "name": "b2" }), "namespace"),
        (
            json!({ "namespace": "anna", "name": "b2", "visibility": "private", "is_private": false }),
            "is_private",
        ),
    ] {
        let answer = send(&server, "POST /v2/repositories/", &anna, &body).await;
        assert_eq!(answer.status, 400, "{body} {}", answer.text());
        assert!(answer.json()["errors"][field][0].is_string(), "{}", answer.text());
        assert!(answer.json()["message"].is_string());
    }
    let new = json!({ "namespace": "anna", "name": "quiet" });
    let quiet = send(&server, "POST /v2/repositories", &anna, &new).await;
    assert_eq!((quiet.status.as_u16(), &quiet.json()["visibility"]), (201, &json!("private")));
    let elsewhere = json!({ "namespace": "ben", "name": "mine" });
    assert_eq!(send(&server, "POST /v2/repositories", &anna, &elsewhere).await.status, 403);
    assert_eq!(send(&server, "POST /v2/repositories", "", &elsewhere).await.status, 401);
    let mixed = send(&server, "POST /v2/namespaces/anna/repositories", &anna, &elsewhere).await;
    assert_eq!(mixed.status, 400);
}

#[tokio::test]
async fn lists_are_paged_and_hold_what_one_may_find() {
    let (server, anna) = stocked().await;
    let list = "/v2/namespaces/anna/repositories";
    let visitor = server.get(list, "").await;
    assert_eq!((names(&visitor), &visitor.json()["count"]), (vec!["my-public".to_owned()], &json!(1)));
    assert_eq!(names(&server.get("/v2/repositories/anna/", &basic("ben")).await), ["my-public"]);
    let own = server.get(&format!("{list}/?ordering=name&page_size=2"), &anna).await;
    assert_eq!(names(&own), ["my-private", "my-public"]);
    let next = own.json()["next"].as_str().unwrap().to_owned();
    let rest = server.get(next.strip_prefix(URL).unwrap(), &anna).await;
    assert_eq!((names(&rest), &rest.json()["next"]), (vec!["my-unlisted".to_owned()], &Value::Null));
    assert_eq!(names(&server.get(&format!("{list}?name=LIST"), &anna).await), ["my-unlisted"]);
    assert_eq!(server.get("/v2/namespaces/nobody/repositories", "").await.status, 404);
    for bad in ["page=0", "page=-1", "page=x", "page_size=x", "ordering=colour"] {
        let answer = server.get(&format!("{list}?{bad}"), "").await;
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.json()["errors"][bad.split('=').next().unwrap()][0].is_string());
    }
    let all = server.get(&format!("{list}?page_size=999999999999999999999"), &anna).await;
    assert_eq!(names(&all).len(), 3);
}

#[tokio::test]
async fn tags_tell_what_they_hold() {
    let (server, anna) = stocked().await;
    let image = server.push_image("anna", "anna/my-public", "v1").await;
    let path = "/v2/namespaces/anna/repositories/my-public/tags";
    let list = server.get(path, "").await.json();
    assert_eq!((&list["count"], &list["results"][0]["name"]), (&json!(1), &json!("v1")));
    let tag = server.get(&format!("{path}/v1"), "").await.json();
    assert_eq!((&tag["digest"], &tag["last_updater_username"]), (&json!(image.digest), &json!("anna")));
    let platform = &tag["images"][0];
    assert_eq!((&platform["os"], &platform["architecture"]), (&json!("linux"), &json!("arm64")));
    assert_eq!(platform["layers"][0]["digest"], json!(image.layer));
    assert_eq!(platform["layers"][0]["instruction"], "COPY app /app");
    let head = server.call("HEAD", &format!("{path}/v1"), "", "").await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    assert_eq!(server.call("HEAD", &format!("{path}/v2"), "", "").await.status, 404);
    let old = "/v2/repositories/anna/my-public/tags/v1/";
    assert_eq!(server.call("DELETE", old, "", "").await.status, 401);
    assert_eq!(server.call("DELETE", old, &basic("ben"), "").await.status, 403);
    assert_eq!(server.call("DELETE", old, &anna, "").await.status, 204);
    assert_eq!(server.get(old, "").await.status, 404);
}

#[tokio::test]
async fn a_session_counts_on_the_hubs_own_pages_only() {
    let (server, _) = stocked().await;
    let anna = server.hub.check_password("anna", "correct horse battery").await.unwrap();
    let token = server.hub.open_session(&anna, &hub::Visit::default()).await.unwrap();
    let send = async |method: &str, headers: &[(&str, &str)]| {
        let mut request = axum::http::Request::builder()
            .method(method)
            .uri("/v2/namespaces/anna/repositories/my-private")
            .header("cookie", format!("__Host-session={token}"))
            .header("content-type", JSON);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        server.send(request.body("{}".into()).unwrap()).await.status.as_u16()
    };
    assert_eq!(send("GET", &[]).await, 200);
    assert_eq!(send("PATCH", &[]).await, 403);
    assert_eq!(send("PATCH", &[("origin", "https://evil.example")]).await, 403);
    assert_eq!(send("DELETE", &[("sec-fetch-site", "same-site")]).await, 403);
    assert_eq!(send("PATCH", &[("origin", URL)]).await, 200);
    assert_eq!(send("PATCH", &[("sec-fetch-site", "same-origin")]).await, 200);
}

#[tokio::test]
async fn its_description_is_served() {
    let server = TestServer::new().await;
    let answer = server.get("/api/openapi.json", "").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, JSON));
    assert_eq!(answer.json()["info"]["version"], env!("CARGO_PKG_VERSION"));
}
