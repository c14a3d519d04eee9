//! Headers that promise what they do not hold.

use super::Target;
use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

#[tokio::test]
async fn credentials_that_are_none_sign_nobody_in() {
    let target = Target::new().await;
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.";
    let mut given: Vec<String> = [
        "",
        "x",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        "JWT x",
        "Basic",
        "Basic !",
        "Basic YW5uYQ==",
        "Negotiate x",
    ]
    .map(str::to_owned)
    .into();
    given.push(format!("Bearer {none}"));
    given.push(format!("Bearer {}", "a".repeat(60_000)));
    for pair in ["anna\0:x", ":", "anna:", "\u{430}nna:x", "anna:correct horse battery\0", "a:b:c"] {
        given.push(format!("Basic {}", BASE64_STANDARD.encode(pair)));
    }
    given.push(format!("Basic {}", BASE64_STANDARD.encode(format!("anna:{}", "x".repeat(40_000)))));
    given.push(format!("Basic {}", BASE64_STANDARD.encode([0xff, b':', 0xfe])));
    for authorization in given {
        for path in
            ["/v2/anna/app/manifests/v1", "/v2/user", "/token?account=anna&offline_token=true", "/settings"]
        {
            let request = Request::builder().uri(path).header("authorization", &authorization);
            let answer = target.send(request.body(Body::empty())).await.unwrap();
            let is_token = path.starts_with("/token");
            assert!(!answer.status.is_success() || is_token || path == "/settings", "{authorization} {path}");
        }
    }
}

#[tokio::test]
async fn cookies_ranges_and_the_rest_are_read_with_care() {
    let target = Target::new().await;
    let manifest = target.server.get("/v2/anna/app/manifests/v1", &target.registry).await.json();
    let blob = format!("/v2/anna/app/blobs/{}", manifest["layers"][0]["digest"].as_str().unwrap());
    let many = "a=b; ".repeat(10_000);
    let ranges = format!("bytes={}", "0-0,".repeat(5_000));
    for (name, value) in [
        ("cookie", many.as_str()),
        ("cookie", "__Host-session=%00; __Host-session="),
        ("cookie", "=;=;;;"),
        ("range", "bytes="),
        ("range", "bytes=-0"),
        ("range", "bytes=5-2"),
        ("range", "bytes=99999999999999999999999999-"),
        ("range", "bytes=-99999999999999999999999999"),
        ("range", "lines=1-2"),
        ("range", &ranges),
        ("content-range", "0-"),
        ("content-range", "9-1"),
        ("content-range", "99999999999999999999-99999999999999999999"),
        ("content-range", "bytes x"),
        ("content-length", "99999999999999999999"),
        ("content-type", "\u{7f}"),
        ("accept", "*/*;q=99999999, ;;;,,,"),
        ("accept-language", ",;q=,zh-;q=NaN"),
        ("accept-encoding", "gzip;q=1e999, *;q=-1"),
        ("if-none-match", "\"\\\", W/"),
        ("x-forwarded-for", "1.2.3.4, ::::, 999.1.1.1"),
        ("host", "evil.example"),
        ("sec-fetch-site", "?"),
        ("origin", "null"),
    ] {
        for (method, path) in [
            ("GET", blob.as_str()),
            ("GET", "/v2/anna/app/manifests/v1"),
            ("POST", "/v2/anna/app/blobs/uploads/"),
            ("PATCH", "/v2/anna/app/blobs/uploads/00000000-0000-7000-8000-000000000000"),
            ("PATCH", "/v2/namespaces/anna/repositories/app"),
            ("POST", "/token"),
            ("GET", "/"),
            ("POST", "/api/fn/sign_in"),
            ("GET", "/pkg/berth.js"),
        ] {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("authorization", target.authorization(path))
                .header(name, value);
            target.send(request.body(Body::empty())).await;
        }
    }
    target.assert_sound().await;
}
