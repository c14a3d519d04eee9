//! The site's files as a browser gets them. Needs them built: `cargo xtask site`.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "the helpers of a test fail as the test does")]

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use server::site::{Assets, assets, router};
use tower::ServiceExt;

fn built() -> &'static Assets {
    assets().expect("built without the site: run `cargo xtask site`, then build again")
}

async fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let builder = Request::builder().method(method).uri(path);
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    router().oneshot(builder.body(Body::empty()).unwrap()).await.unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

async fn body(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

#[tokio::test]
async fn each_asset_is_there_with_its_type_and_may_be_kept_for_ever() {
    let assets = built();
    let types =
        [(&assets.js, "text/javascript"), (&assets.wasm, "application/wasm"), (&assets.css, "text/css")];
    for (path, kind) in types {
        let response = ask(Method::GET, path, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert!(header(&response, "content-type").starts_with(kind), "{path}");
        assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&response, "content-encoding"), "");
        assert!(!body(response).await.is_empty());
    }
}

#[tokio::test]
async fn brotli_is_sent_to_those_who_take_it() {
    let js = &built().js;
    let plain = ask(Method::GET, js, &[("accept-encoding", "gzip, br;q=0")]).await;
    assert_eq!(header(&plain, "vary"), "accept-encoding");
    let brotli = ask(Method::GET, js, &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!(header(&brotli, "content-encoding"), "br");
    assert_eq!(header(&brotli, "vary"), "accept-encoding");
    assert_ne!(header(&plain, "etag"), header(&brotli, "etag"));
    assert!(body(brotli).await.len() < body(plain).await.len());
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let js = &built().js;
    let tag = header(&ask(Method::GET, js, &[]).await, "etag").to_owned();
    for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let response = ask(Method::GET, js, &[("if-none-match", &known)]).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(header(&response, "etag"), tag);
        assert!(body(response).await.is_empty());
    }
    assert_eq!(ask(Method::GET, js, &[("if-none-match", "\"other\"")]).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_head_request_gets_the_headers_alone() {
    let js = &built().js;
    let whole = ask(Method::GET, js, &[]).await;
    let head = ask(Method::HEAD, js, &[]).await;
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(header(&head, "etag"), header(&whole, "etag"));
    let length = body(whole).await.len();
    assert_eq!(header(&head, "content-length"), length.to_string());
    assert!(body(head).await.is_empty());
}

#[tokio::test]
async fn the_files_of_the_root_are_kept_for_an_hour() {
    built();
    let response = ask(Method::GET, "/favicon.svg", &[]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header(&response, "content-type"), "image/svg+xml");
    assert_eq!(header(&response, "cache-control"), "public, max-age=3600");
}

#[tokio::test]
async fn nothing_else_is_served() {
    let hidden_form = format!("{}.br", built().js);
    let others = [
        "/pkg/none.js",
        "/pkg/..%2fassets.json",
        "/pkg/",
        "/assets.json",
        "/public/favicon.svg",
        &hidden_form,
    ];
    for path in others {
        assert_eq!(ask(Method::GET, path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(ask(Method::POST, "/favicon.svg", &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
}
