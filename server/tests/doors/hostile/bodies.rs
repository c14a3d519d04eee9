//! X04 and X05: bodies that are too large, too deep, cut off, or mean two things.

use super::Target;
use crate::images::{self, MANIFEST, sha256};
use crate::support::Answer;
use axum::body::{Body, Bytes};
use axum::http::Request;
use serde_json::{Value, json};

const JSON: &str = "application/json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";

async fn put(target: &Target, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method("PUT")
        .uri("/v2/anna/app/manifests/hostile")
        .header("authorization", &target.registry)
        .header("content-type", kind);
    target.send(request.body(body.into())).await.unwrap()
}

/// A manifest of what `push_image` pushed, to be spoiled.
fn good() -> Value {
    serde_json::from_slice(&images::manifest(&images::config(), b"layer of v1")).unwrap()
}

fn spoiled(change: impl FnOnce(&mut Value)) -> String {
    let mut manifest = good();
    change(&mut manifest);
    manifest.to_string()
}

#[tokio::test]
async fn a_manifest_that_means_two_things_is_refused() {
    let target = Target::new().await;
    let text = good().to_string();
    let twice = text.replacen('{', &format!(r#"{{"mediaType":"{INDEX}","#), 1);
    let other = "application/vnd.docker.distribution.manifest.v2+json";
    for (kind, body) in [
        (MANIFEST, spoiled(|m| m["manifests"] = json!([]))),
        (MANIFEST, spoiled(|m| m["mediaType"] = json!(INDEX))),
        (MANIFEST, twice),
        (MANIFEST, spoiled(|m| m["schemaVersion"] = json!(1))),
        (MANIFEST, spoiled(|m| m["schemaVersion"] = json!("2"))),
        (MANIFEST, spoiled(|m| m["layers"][0]["size"] = json!(-1))),
        (MANIFEST, spoiled(|m| m["layers"][0]["size"] = json!(1e300))),
        (MANIFEST, spoiled(|m| m["layers"][0]["size"] = json!(1))),
        (MANIFEST, spoiled(|m| m["layers"][0]["digest"] = json!("sha256:../../x"))),
        (MANIFEST, spoiled(|m| m["layers"] = json!({}))),
        (MANIFEST, spoiled(|m| m["config"] = Value::Null)),
        (MANIFEST, "[]".into()),
        (MANIFEST, "\"x\"".into()),
        (MANIFEST, "{}".into()),
        (MANIFEST, String::new()),
        (MANIFEST, text[..text.len() / 2].into()),
        (MANIFEST, format!("{text}{text}")),
        (INDEX, text.clone()),
        (other, text.clone()),
        ("application/vnd.docker.distribution.manifest.v1+prettyjws", text.clone()),
    ] {
        let answer = put(&target, kind, body.clone()).await;
        assert_eq!(answer.status, 400, "{kind} {body}: {}", answer.text());
        assert!(answer.json()["errors"][0]["code"].is_string());
    }
    for kind in ["text/html", "x", "multipart/form-data", "application/json; charset=utf-16"] {
        let status = put(&target, kind, text.clone()).await.status;
        assert!(status.is_client_error(), "{kind}: {status}");
    }
    target.assert_sound().await;
}

#[tokio::test]
async fn size_and_depth_have_an_end() {
    let target = Target::new().await;
    let padded = |length: usize| {
        let text = good().to_string();
        let spaces = " ".repeat(length - text.len());
        text.replacen('{', &format!("{{{spaces}"), 1)
    };
    let limit = 4 * 1024 * 1024;
    assert_eq!(put(&target, MANIFEST, padded(limit)).await.status, 201);
    assert_eq!(put(&target, MANIFEST, padded(limit + 1)).await.status, 413);
    let endless =
        futures::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 65536])));
    assert_eq!(put(&target, MANIFEST, Body::from_stream(endless)).await.status, 413);
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(put(&target, MANIFEST, deep.clone()).await.status, 400);
        let inside = good().to_string().replacen('{', &format!(r#"{{"annotations":{deep},"#), 1);
        assert_eq!(put(&target, MANIFEST, inside).await.status, 400);
        // Members that the API does not know are skipped, however deep they are.
        let expected = if open == "[" { 400 } else { 200 };
        assert_eq!(api(&target, JSON, deep).await.status, expected);
    }
    let layer = good()["layers"][0].clone();
    put(&target, MANIFEST, spoiled(|m| m["layers"] = json!(vec![layer; 20_000]))).await;
    let notes: serde_json::Map<String, Value> = (0..100_000).map(|n| (format!("n{n}"), json!("x"))).collect();
    put(&target, MANIFEST, spoiled(|m| m["annotations"] = notes.into())).await;
    target.assert_sound().await;
}

#[tokio::test]
async fn an_index_may_be_nested_and_a_subject_a_circle() {
    let target = Target::new().await;
    let mut inner = good().to_string().into_bytes();
    let mut kind = MANIFEST;
    for _ in 0..200 {
        let answer = put(&target, kind, inner.clone()).await;
        assert!(answer.status == 201 || answer.status == 400, "{}", answer.text());
        let part = json!({ "mediaType": kind, "digest": sha256(&inner), "size": inner.len() });
        inner =
            json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [part] }).to_string().into_bytes();
        kind = INDEX;
    }
    for path in ["/v2/repositories/anna/app/tags/hostile", "/r/anna/app/tags/hostile"] {
        let request = Request::builder().uri(path).header("authorization", target.authorization(path));
        target.send(request.body(Body::empty())).await;
    }
    let of_itself =
        spoiled(|m| m["subject"] = json!({ "mediaType": MANIFEST, "digest": sha256(b"x"), "size": 1 }));
    assert_eq!(put(&target, MANIFEST, of_itself).await.status, 201);
    target.assert_sound().await;
}

async fn api(target: &Target, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method("PATCH")
        .uri("/v2/namespaces/anna/repositories/app")
        .header("authorization", &target.api)
        .header("content-type", kind);
    target.send(request.body(body.into())).await.unwrap()
}

#[tokio::test]
async fn the_api_refuses_in_its_own_words() {
    let target = Target::new().await;
    let broken = futures::stream::iter([Ok(Bytes::from("{\"a\":")), Err(std::io::Error::other("gone"))]);
    for (kind, body, status) in [
        (JSON, Body::from("{"), 400),
        (JSON, Body::from(""), 400),
        (JSON, Body::from("null"), 400),
        (JSON, Body::from("[\"x\",\"y\",\"public\",true]"), 400),
        (JSON, Body::from("{\"description\":1}"), 400),
        (JSON, Body::from("{\"visibility\":\"secret\"}"), 400),
        (JSON, Body::from("{\"description\":\"a\",\"description\":\"b\"}"), 400),
        (JSON, Body::from("{\"description\":\"\\ud800\"}"), 400),
        (JSON, Body::from(b"{\"description\":\"\xff\"}".to_vec()), 400),
        (JSON, Body::from(vec![b'x'; 1024 * 1024 + 1]), 413),
        (JSON, Body::from_stream(broken), 400),
        ("text/plain", Body::from("{}"), 415),
        ("application/x-www-form-urlencoded", Body::from("description=x"), 415),
        ("", Body::from("{}"), 415),
        ("application/json;charset=utf-8", Body::from("{\"is_admin\":true,\"owner\":\"ben\"}"), 200),
    ] {
        let answer = api(&target, kind, body).await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.text());
        assert_eq!(answer.header("content-type"), JSON);
        assert!(status == 200 || answer.json()["message"].is_string());
    }
    let login = json!({ "identifier": "anna\0", "secret": "x\0" }).to_string();
    let answer = target.server.typed("POST", "/v2/auth/token", "", JSON, login).await;
    assert_eq!(answer.status, 401, "{}", answer.text());
    let wrong = target.server.call("PUT", "/v2/namespaces/anna/repositories", "", "").await;
    assert_eq!((wrong.status.as_u16(), wrong.json()["message"].is_string()), (405, true));
    assert_eq!(target.server.get("/v2/users/anna/nothing/here", "").await.status, 404);
}
