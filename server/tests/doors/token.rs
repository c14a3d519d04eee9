//! `/token` and the bearers that it gives.

use crate::support::{TestServer, basic};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn a_client_without_credentials_is_told_where_tokens_are() {
    let server = TestServer::new().await;
    let answer = server.get("/v2/", "").await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "UNAUTHORIZED"));
    let challenge = r#"Bearer realm="https://hub.example/token",service="hub.example""#;
    assert_eq!(answer.header("www-authenticate"), challenge);
    assert_eq!(answer.header("docker-distribution-api-version"), "registry/2.0");
}

#[tokio::test]
async fn a_token_holds_what_was_asked_for_and_may_be_had() {
    let server = TestServer::new().await;
    let scopes =
        "scope=repository:anna/app:pull,push,delete&scope=repository:ben/app:pull,push&scope=nonsense";
    let answer = server.get(&format!("/token?service=hub.example&{scopes}"), &basic("anna")).await;
    assert_eq!(answer.status, 200);
    let reply = answer.json();
    assert_eq!(reply["token"], reply["access_token"]);
    assert_eq!(reply["expires_in"], 60);
    assert!(reply.get("refresh_token").is_none());
    let claims = claims(reply["token"].as_str().unwrap());
    assert_eq!((&claims["sub"], &claims["aud"]), (&json!("anna"), &json!("hub.example")));
    let expected = json!([{"type": "repository", "name": "anna/app", "actions": ["pull", "push"]}]);
    assert_eq!(claims["access"], expected);
    let authorization = format!("Bearer {}", reply["token"].as_str().unwrap());
    assert_eq!(server.get("/v2/", &authorization).await.status, 200);
}

#[tokio::test]
async fn a_visitor_has_a_token_too_and_it_opens_nothing() {
    let server = TestServer::new().await;
    let bearer = server.bearer("", "repository:anna/app:pull,push").await;
    assert_eq!(claims(&bearer)["access"], json!([]));
    assert_eq!(server.get("/v2/", &bearer).await.status, 200);
}

#[tokio::test]
async fn wrong_passwords_are_refused_and_limited() {
    let server = TestServer::with("--guesses-per-account 3").await;
    let wrong = "Basic YW5uYTp3cm9uZw==";
    for _ in 0..3 {
        let answer = server.get("/token", wrong).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (401, "UNAUTHORIZED"));
        assert!(answer.header("www-authenticate").starts_with("Basic "));
    }
    let answer = server.get("/v2/", wrong).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (429, "TOOMANYREQUESTS"));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    for bad in ["Basic", "Basic !", "Digest x", "Bearer", "Bearer x.y.z", "\u{7f}"] {
        let request = axum::http::Request::get("/v2/").header("authorization", bad.as_bytes());
        let Ok(request) = request.body(axum::body::Body::empty()) else { continue };
        assert_eq!(server.send(request).await.status, 401, "{bad}");
    }
}

#[tokio::test]
async fn a_refresh_token_stands_for_the_password() {
    let server = TestServer::new().await;
    let answer =
        server.get("/token?service=hub.example&offline_token=true&client_id=docker", &basic("anna")).await;
    let refresh = answer.json()["refresh_token"].as_str().unwrap().to_owned();
    let form = |token: &str| {
        format!(
            "grant_type=refresh_token&refresh_token={token}&service=hub.example&scope=repository:anna/a1:pull+repository:anna/b2:push"
        )
    };
    let answer = server.call("POST", "/token", "", form(&refresh)).await;
    assert_eq!(answer.status, 200);
    let reply = answer.json();
    assert_eq!(reply["scope"], "repository:anna/a1:pull repository:anna/b2:push");
    assert_eq!(reply["refresh_token"], refresh.as_str());
    assert_eq!(claims(reply["access_token"].as_str().unwrap())["sub"], "anna");
    assert_eq!(server.call("POST", "/token", "", form("invented")).await.status, 401);
    let password = "grant_type=password&username=anna&password=correct+horse+battery&access_type=offline";
    assert!(server.call("POST", "/token", "", password).await.json()["refresh_token"].is_string());
    assert_eq!(server.call("POST", "/token", "", "grant_type=magic").await.status, 400);
    assert_eq!(server.call("DELETE", "/token", "", "").await.status, 405);
}

#[tokio::test]
async fn cookies_open_nothing_at_the_registry() {
    let server = TestServer::new().await;
    let visit =
        hub::Visit { user_agent: "test".into(), address: "192.0.2.1".into(), ..hub::Visit::default() };
    let anna = server.hub.check_password("anna", "correct horse battery").await.unwrap();
    let session = server.hub.open_session(&anna, &visit).await.unwrap();
    let request = axum::http::Request::get("/v2/").header("cookie", format!("__Host-session={session}"));
    assert_eq!(server.send(request.body(axum::body::Body::empty()).unwrap()).await.status, 401);
}
