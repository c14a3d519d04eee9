//! What is refused, and how.

use super::{Anna, sha256};
use serde_json::json;

#[tokio::test]
async fn a_token_for_too_little_is_told_what_to_ask_for() {
    let anna = Anna::new().await;
    let narrow = anna.server.bearer("anna", "repository:anna/app:pull").await;
    let answer = anna.server.call("POST", "/v2/anna/app/blobs/uploads/", &narrow, "").await;
    assert_eq!(answer.status, 401);
    let challenge = answer.header("www-authenticate");
    assert!(
        challenge.ends_with(r#"scope="repository:anna/app:pull,push",error="insufficient_scope""#),
        "{challenge}"
    );
}

#[tokio::test]
async fn private_and_missing_look_the_same() {
    let anna = Anna::new().await;
    anna.put("latest", &anna.manifest(json!({})).await).await;
    let digest = sha256(b"layer");
    let scopes = "repository:anna/app:pull,push,delete repository:anna/no:pull,push,delete";
    let people = [String::new(), anna.server.bearer("", scopes).await, crate::support::basic("ben")];
    let ben = anna.server.bearer("ben", scopes).await;
    for authorization in people.iter().chain([&ben]) {
        for (method, path) in [
            ("GET", "manifests/latest".to_owned()),
            ("HEAD", "manifests/latest".to_owned()),
            ("PUT", "manifests/latest".to_owned()),
            ("DELETE", "manifests/latest".to_owned()),
            ("GET", "tags/list".to_owned()),
            ("GET", format!("blobs/{digest}")),
            ("DELETE", format!("blobs/{digest}")),
            ("POST", "blobs/uploads/".to_owned()),
            ("POST", format!("blobs/uploads/?mount={digest}&from=anna/app")),
            ("PATCH", "blobs/uploads/0190f5fe-1111-7000-8000-000000000000".to_owned()),
            ("GET", format!("referrers/{digest}")),
        ] {
            let see = async |name: &str| {
                let path = format!("/v2/{name}/{path}");
                let mut answer = anna.server.call(method, &path, authorization, "").await;
                answer.headers.remove("x-request-id");
                let challenge = answer.header("www-authenticate").replace(name, "NAME");
                answer.headers.remove("www-authenticate");
                (answer.status, answer.headers, challenge, answer.body)
            };
            let (private, missing) = (see("anna/app").await, see("anna/no").await);
            assert_eq!(private, missing, "{method} {path}");
            assert!(matches!(private.0.as_u16(), 401 | 404), "{method} {path} {}", private.0);
        }
    }
}

#[tokio::test]
async fn hostile_requests_are_the_clients_fault() {
    let anna = Anna::new().await;
    for (method, path) in [
        ("GET", "/v2/anna/%2e%2e/manifests/latest"),
        ("GET", "/v2/anna/app/manifests/%00"),
        ("GET", "/v2/a/b/c/manifests/latest"),
        ("GET", "/v2/anna/app/blobs/sha256:zz"),
        ("PUT", "/v2/anna/app/blobs/uploads/x"),
        ("POST", "/v2/anna/app/manifests/latest"),
        ("GET", "/v2/_catalog?n=-1"),
        ("GET", "/v2/x"),
        ("TRACE", "/v2/"),
        ("POST", "/v2/anna/app/blobs/uploads/?digest=sha256:1"),
    ] {
        let answer = anna.call(method, path, &[], "").await;
        assert!(answer.status.is_client_error(), "{method} {path} {}", answer.status);
        assert!(!answer.code().is_empty(), "{method} {path}");
    }
    let list = anna.get("/v2/_catalog").await;
    assert_eq!(list.json(), json!({"repositories": ["anna/app"]}));
    let ben = anna.server.bearer("ben", "registry:catalog:*").await;
    assert_eq!(anna.server.get("/v2/_catalog", &ben).await.json(), json!({"repositories": []}));
    assert_eq!(anna.server.get("/v2/_catalog", "").await.status, 401);
}
