//! What browsers may do, and what other sites may not make them do.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::{Html, Response};
use axum::routing::get;
use hub::Actor;
use server::guard::{PageNonce, guarded};
use tower::ServiceExt;

use crate::support::TestServer;

async fn page(request: Request<Body>) -> Html<String> {
    let name = request.extensions().get::<Actor>().and_then(|actor| actor.username().cloned());
    let nonce = request.extensions().get::<PageNonce>().unwrap().0.clone();
    Html(format!("{} {nonce}", name.map_or("nobody".into(), |name| name.to_string())))
}

async fn send(
    server: &TestServer,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let pages = Router::new().route("/page", get(page).post(async |text: String| text));
    let mut request = Request::builder().method(method).uri(path).header("host", "hub.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    guarded(pages, server.shared()).oneshot(request).await.unwrap()
}

#[tokio::test]
async fn a_document_says_what_it_may_do() {
    let server = TestServer::new().await;
    let response = send(&server, "GET", "/page", &[], "").await;
    let headers = response.headers().clone();
    let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    let nonce = text.strip_prefix("nobody ").unwrap();
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains(&format!("'nonce-{nonce}'")) && !policy.contains("unsafe-inline"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
        ("cache-control", "private, no-cache"),
    ] {
        assert_eq!(headers[name], value);
    }
}

#[tokio::test]
async fn a_session_is_recognised_by_its_cookie() {
    let server = TestServer::new().await;
    let visit =
        hub::Visit { user_agent: "test".into(), address: "192.0.2.1".into(), ..hub::Visit::default() };
    let anna = server.hub.check_password("anna", "correct horse battery").await.unwrap();
    let token = server.hub.open_session(&anna, &visit).await.unwrap();
    for (cookie, name) in
        [(format!("a=b; __Host-session={token}"), "anna"), ("__Host-session=x".into(), "nobody")]
    {
        let response = send(&server, "GET", "/page", &[("cookie", &cookie)], "").await;
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert!(body.starts_with(name.as_bytes()));
    }
}

#[tokio::test]
async fn forged_and_oversized_posts_are_refused() {
    let server = TestServer::with("--form-limit 1KiB").await;
    let status = async |headers: &[(&str, &str)], body: &str| {
        send(&server, "POST", "/page", headers, body).await.status().as_u16()
    };
    assert_eq!(status(&[("origin", "https://hub.example"), ("cookie", "a=b")], "x").await, 200);
    assert_eq!(status(&[("sec-fetch-site", "same-origin")], "x").await, 200);
    assert_eq!(status(&[], "x").await, 200, "no browser, no cookie");
    for forged in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null"), ("cookie", "a=b")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "https://x.hub.example")],
        &[("cookie", "a=b")],
    ] {
        assert_eq!(status(forged, "x").await, 403, "{forged:?}");
    }
    assert_eq!(status(&[], &"x".repeat(1025)).await, 413);
}

#[tokio::test]
async fn a_slash_at_the_end_leads_to_the_page_on_this_host() {
    let server = TestServer::new().await;
    for (path, location) in
        [("/page/", "/page"), ("/page/?a=b", "/page?a=b"), ("//evil.example/", "/evil.example")]
    {
        let response = send(&server, "GET", path, &[], "").await;
        assert_eq!(
            (response.status().as_u16(), &response.headers()["location"]),
            (308, &location.parse().unwrap())
        );
    }
}
