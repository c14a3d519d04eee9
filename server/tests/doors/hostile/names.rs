//! X01 and X03: names, tags, digests, session ids and counts that are none.

use super::Target;
use axum::body::Body;
use axum::http::Request;

/// What stands where a name should, as it is sent.
#[rustfmt::skip]
const SHORT: [&str; 57] = [
    "..", ".", "%2e%2e", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%252e%252e%252f", "%252e", "%5c",
    "..%5c..", "%00", "a%00b", "%c3%a9", "%d0%b0nna", "%ff", "%c0%ae%c0%ae", "%ed%a0%80", "%", "%z",
    "%2", "anna.", ".anna", "anna%20", "%20", "%0d%0aset-cookie:%20a=b", "%e2%80%aeanna",
    "%f0%9f%90%b3", "-", "--", "a..b", "A", "_", "v2", "api", "login", "library", "sha256:..%2f..%2fx",
    "sha256:../../x", "sha256:", "sha256:g", ":", "@", "a@sha256:b", "*", "$(id)", "'", "\"", "{x}",
    "<b>", "%3Cscript%3E", "a;b", "a,b", "00000000-0000-0000-0000-000000000000", "-1", "1e9", "null",
    "undefined", "__proto__",
];

/// [`SHORT`] ones, and long ones.
fn names() -> Vec<String> {
    let long =
        ["a".repeat(129), "a".repeat(5120), "%2e".repeat(2000), format!("sha256:{}", "a".repeat(5000))];
    let upper = format!("sha256:{}", "A".repeat(64));
    let other = format!("sha999:{}", "a".repeat(64));
    SHORT.map(str::to_owned).into_iter().chain(long).chain([upper, other]).collect()
}

/// Where a name may stand; `^` is the place.
const PLACES: [&str; 27] = [
    "/v2/^/app/manifests/v1",
    "/v2/anna/^/manifests/v1",
    "/v2/^/manifests/v1",
    "/v2/a/b/^/manifests/v1",
    "/v2/^/tags/list",
    "/v2/anna/app/manifests/^",
    "/v2/anna/app/manifests/v2?tag=^",
    "/v2/anna/app/blobs/^",
    "/v2/anna/app/referrers/^",
    "/v2/anna/app/blobs/uploads/^",
    "/v2/anna/app/blobs/uploads/^?digest=^",
    "/v2/anna/app/blobs/uploads/?digest=^",
    "/v2/anna/app/blobs/uploads/?mount=^&from=^",
    "/v2/anna/app/blobs/uploads/?digest-algorithm=^",
    "/v2/anna/app/^",
    "/v2/^",
    "/token?service=^&scope=repository:^:pull,push&account=^",
    "/v2/namespaces/^/repositories",
    "/v2/namespaces/anna/repositories/^",
    "/v2/namespaces/anna/repositories/app/tags/^",
    "/v2/repositories/^/^/tags/^",
    "/v2/users/^",
    "/r/anna/^",
    "/r/^/app/tags/^",
    "/u/^",
    "/pkg/^",
    "/^",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_name_names_nothing() {
    let target = Target::new().await;
    for name in names() {
        for place in PLACES {
            let path = place.replace('^', &name);
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] {
                for authorization in ["", target.authorization(&path)] {
                    let request = Request::builder()
                        .method(method)
                        .uri(&path)
                        .header("authorization", authorization)
                        .header("content-type", "application/json");
                    target.send(request.body(Body::from("{}"))).await;
                }
            }
        }
    }
    target.assert_sound().await;
}

const COUNTS: [&str; 14] = [
    "0",
    "-1",
    "1",
    "2147483648",
    "9223372036854775808",
    "1000000000000000000000000000000",
    "x",
    "",
    "%00",
    "1.5",
    "1e3",
    "%2B1",
    "%201",
    "0x10",
];

#[tokio::test]
async fn counts_are_clamped_or_refused() {
    let target = Target::new().await;
    let digest = format!("sha256:{}", "a".repeat(64));
    for count in COUNTS {
        for place in [
            "/v2/_catalog?n=^".to_owned(),
            "/v2/anna/app/tags/list?n=^&last=^".to_owned(),
            format!("/v2/anna/app/referrers/{digest}?n=^&last=^&artifactType=^"),
            "/v2/namespaces/anna/repositories?page=^&page_size=^&name=^".to_owned(),
            "/v2/repositories/anna/app/tags?page=^".to_owned(),
            "/?page=^".to_owned(),
            "/u/anna?page=^".to_owned(),
            "/r/anna/app/tags?page=^".to_owned(),
        ] {
            let path = place.replace('^', count);
            let request = Request::builder().uri(&path).header("authorization", target.authorization(&path));
            let answer = target.send(request.body(Body::empty())).await.unwrap();
            assert!(answer.body.len() < 100_000, "{path}: {} bytes", answer.body.len());
        }
    }
}
