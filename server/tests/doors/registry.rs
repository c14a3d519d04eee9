//! `/v2/`: the rows of the OCI distribution specification, one story each.

use crate::support::{Answer, TestServer};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use sha2::{Digest, Sha256, Sha512};

fn sha256(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const IMAGE: &str = "application/vnd.oci.image.manifest.v1+json";

/// Anna with a bearer for all that she may do in `anna/app`.
struct Anna {
    server: TestServer,
    bearer: String,
}

impl Anna {
    async fn new() -> Self {
        Self::with("").await
    }

    async fn with(flags: &str) -> Self {
        let server = TestServer::with(flags).await;
        let bearer = server.bearer("anna", "repository:anna/app:pull,push").await;
        let answer = server.call("POST", "/v2/anna/app/blobs/uploads/", &bearer, "").await;
        assert_eq!(answer.status, 202, "the first push makes the repository");
        let bearer = server.bearer("anna", "repository:anna/app:pull,push,delete").await;
        Self { server, bearer }
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("authorization", &self.bearer);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.server.send(request.body(body.into()).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], "").await
    }

    async fn blob(&self, bytes: &[u8]) -> String {
        let digest = sha256(bytes);
        let path = format!("/v2/anna/app/blobs/uploads/?digest={digest}");
        let answer = self.call("POST", &path, &[], bytes.to_vec()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        assert_eq!(answer.header("location"), format!("/v2/anna/app/blobs/{digest}"));
        digest
    }

    /// A manifest with one layer; `extra` is merged in.
    async fn manifest(&self, extra: serde_json::Value) -> Vec<u8> {
        let config = self.blob(b"{}").await;
        let layer = self.blob(b"layer").await;
        let mut manifest = json!({
            "schemaVersion": 2, "mediaType": IMAGE,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": config, "size": 2},
            "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": layer, "size": 5}],
        });
        for (key, value) in extra.as_object().unwrap() {
            manifest[key] = value.clone();
        }
        serde_json::to_vec_pretty(&manifest).unwrap()
    }

    async fn put(&self, reference: &str, manifest: &[u8]) -> Answer {
        let path = format!("/v2/anna/app/manifests/{reference}");
        self.call("PUT", &path, &[("content-type", IMAGE)], manifest.to_vec()).await
    }
}

#[tokio::test]
async fn an_image_comes_back_byte_for_byte() {
    let anna = Anna::new().await;
    let manifest = anna.manifest(json!({})).await;
    let digest = sha256(&manifest);
    let put = anna.put("latest", &manifest).await;
    assert_eq!(put.status, 201, "{}", put.text());
    assert_eq!(put.header("docker-content-digest"), digest);
    assert_eq!(put.header("location"), format!("/v2/anna/app/manifests/{digest}"));
    for reference in ["latest", &digest] {
        let path = format!("/v2/anna/app/manifests/{reference}");
        let got = anna.get(&path).await;
        assert_eq!((got.status.as_u16(), &got.body[..]), (200, &manifest[..]));
        assert_eq!(
            (got.header("content-type"), got.header("docker-content-digest")),
            (IMAGE, digest.as_str())
        );
        let head = anna.call("HEAD", &path, &[], "").await;
        assert!(head.body.is_empty());
        assert_eq!(head.header("content-length"), manifest.len().to_string());
        let known = anna.call("GET", &path, &[("if-none-match", got.header("etag"))], "").await;
        assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
        assert_eq!(got.header("cache-control"), "private, no-store", "first pushes are private");
    }
    assert_eq!(
        anna.get("/v2/anna/app/tags/list").await.json(),
        json!({"name": "anna/app", "tags": ["latest"]})
    );
}

#[tokio::test]
async fn chunks_go_in_order_and_ranges_are_exact() {
    let anna = Anna::new().await;
    let begun = anna.call("POST", "/v2/anna/app/blobs/uploads/", &[], "").await;
    let session = begun.header("location").to_owned();
    let first =
        anna.call("PATCH", &session, &[("content-range", "0-4"), ("content-length", "5")], "hello").await;
    assert_eq!((first.status.as_u16(), first.header("range")), (202, "0-4"));
    let again = anna.call("PATCH", &session, &[("content-range", "0-4")], "hello").await;
    assert_eq!((again.status.as_u16(), again.header("range")), (416, "0-4"));
    let gap = anna.call("PATCH", &session, &[("content-range", "6-6")], "x").await;
    assert_eq!(gap.status, 416);
    for bad in ["x", "4-1", "-", "bytes=5-9"] {
        assert_eq!(anna.call("PATCH", &session, &[("content-range", bad)], "x").await.status, 400, "{bad}");
    }
    let short = anna.call("PATCH", &session, &[("content-range", "5-14")], " w").await;
    assert_eq!((short.status.as_u16(), short.code().as_str()), (400, "SIZE_INVALID"));
    let told = anna.get(&session).await;
    assert_eq!((told.status.as_u16(), told.header("range")), (204, "0-6"), "what came is kept");
    let digest = sha256(b"hello world");
    let early =
        anna.call("PUT", &format!("{session}?digest={digest}"), &[("content-range", "0-3")], "orld").await;
    assert_eq!(early.status, 416);
    let last =
        anna.call("PUT", &format!("{session}?digest={digest}"), &[("content-range", "7-10")], "orld").await;
    assert_eq!(last.status, 201, "{}", last.text());
    assert_eq!(anna.get(&format!("/v2/anna/app/blobs/{digest}")).await.text(), "hello world");
    assert_eq!(anna.get(&session).await.code(), "BLOB_UPLOAD_UNKNOWN");
}

#[tokio::test]
async fn an_upload_belongs_to_who_began_it_and_can_be_cancelled() {
    let anna = Anna::new().await;
    let session =
        anna.call("POST", "/v2/anna/app/blobs/uploads/", &[], "").await.header("location").to_owned();
    let root = anna.server.bearer("root", "repository:anna/app:pull,push").await;
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(
            anna.server.call(method, &session, &root, "").await.code(),
            "BLOB_UPLOAD_UNKNOWN",
            "{method}"
        );
    }
    assert_eq!(anna.call("DELETE", &session, &[], "").await.status, 204);
    assert_eq!(anna.call("DELETE", &session, &[], "").await.status, 404);
    assert_eq!(anna.call("PATCH", &session, &[], "x").await.status, 404);
    let wrong =
        anna.call("POST", &format!("/v2/anna/app/blobs/uploads/?digest={}", sha256(b"a")), &[], "b").await;
    assert_eq!((wrong.status.as_u16(), wrong.code().as_str()), (400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn parts_of_a_blob_follow_rfc_9110() {
    let anna = Anna::new().await;
    let digest = anna.blob(b"0123456789").await;
    let path = format!("/v2/anna/app/blobs/{digest}");
    for (range, status, body, told) in [
        ("bytes=0-0", 206, "0", "bytes 0-0/10"),
        ("bytes=-3", 206, "789", "bytes 7-9/10"),
        ("bytes=8-", 206, "89", "bytes 8-9/10"),
        ("bytes=5-500", 206, "56789", "bytes 5-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=0-1,3-4", 200, "0123456789", ""),
        ("nonsense", 200, "0123456789", ""),
    ] {
        let got = anna.call("GET", &path, &[("range", range)], "").await;
        assert_eq!(
            (got.status.as_u16(), got.text().as_str(), got.header("content-range")),
            (status, body, told)
        );
    }
    let stale = [("range", "bytes=0-0"), ("if-range", "\"other\"")];
    assert_eq!(anna.call("GET", &path, &stale, "").await.text(), "0123456789");
    let head = anna.call("HEAD", &path, &[], "").await;
    assert_eq!(
        (head.header("content-length"), head.header("docker-content-digest")),
        ("10", digest.as_str())
    );
    assert_eq!(head.header("content-disposition"), "attachment");
    assert_eq!(head.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn several_tags_come_with_one_push_and_lists_have_pages() {
    let anna = Anna::new().await;
    let manifest = anna.manifest(json!({})).await;
    let digest = sha256(&manifest);
    let tags = ["A", "_x", "a", "a-", "a.b", "b", "c", "d", "e", "f"];
    let query: Vec<String> = tags.iter().map(|tag| format!("tag={tag}")).collect();
    let put = anna.put(&format!("{digest}?{}", query.join("&")), &manifest).await;
    assert_eq!((put.status.as_u16(), put.headers.get_all("oci-tag").iter().count()), (201, 10));
    let mut path = "/v2/anna/app/tags/list?n=3".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = anna.get(&path).await;
        seen.extend(
            page.json()["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned()),
        );
        let Some(link) = page.header("link").strip_prefix('<') else { break };
        path = link.split_once(">; rel=\"next\"").unwrap().0.to_owned();
    }
    assert_eq!(seen, tags);
    let none = anna.get("/v2/anna/app/tags/list?n=0").await;
    assert_eq!((&none.json()["tags"], none.header("link")), (&json!([]), ""));
    assert_eq!(anna.get("/v2/anna/app/tags/list?last=zz").await.json()["tags"], json!([]));
    assert_eq!(anna.get("/v2/anna/app/tags/list?n=x").await.status, 400);
    assert_eq!(anna.get("/v2/anna/app/tags/list?n=99999999999999999999").await.status, 200);
    let many: Vec<String> = (0..100).map(|n| format!("tag=t{n}")).collect();
    assert_eq!(anna.put(&format!("{digest}?{}", many.join("&")), &manifest).await.status, 414);
}

#[tokio::test]
async fn referrers_are_listed_before_and_after_their_subject() {
    let anna = Anna::new().await;
    let image = anna.manifest(json!({})).await;
    let subject = json!({"mediaType": IMAGE, "digest": sha256(&image), "size": image.len()});
    let path = format!("/v2/anna/app/referrers/{}", sha256(&image));
    assert_eq!(anna.get(&path).await.json()["manifests"], json!([]));
    let annotations = json!({"key": "value"});
    let signature =
        anna.manifest(json!({"subject": subject, "artifactType": "a/sig", "annotations": annotations}));
    let signature = signature.await;
    let put = anna.put(&sha256(&signature), &signature).await;
    assert_eq!((put.status.as_u16(), put.header("oci-subject")), (201, sha256(&image).as_str()));
    assert_eq!(anna.put("latest", &image).await.status, 201);
    let list = anna.get(&path).await;
    assert_eq!(list.header("content-type"), "application/vnd.oci.image.index.v1+json");
    let expected = json!([{"mediaType": IMAGE, "digest": sha256(&signature), "size": signature.len(),
        "artifactType": "a/sig", "annotations": annotations}]);
    assert_eq!(list.json()["manifests"], expected);
    let filtered = anna.get(&format!("{path}?artifactType=a/other")).await;
    assert_eq!(
        (&filtered.json()["manifests"], filtered.header("oci-filters-applied")),
        (&json!([]), "artifactType")
    );
    assert_eq!(anna.get("/v2/anna/app/referrers/sha256:abc").await.code(), "DIGEST_INVALID");
}

#[tokio::test]
async fn bad_manifests_are_refused_with_the_right_code() {
    let anna = Anna::with("--manifest-limit 4KiB").await;
    let missing = anna
        .manifest(json!({"layers": [
        {"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": sha256(b"?"), "size": 1}]}))
        .await;
    let refused = anna.put("latest", &missing).await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (400, "MANIFEST_BLOB_UNKNOWN"));
    assert_eq!(refused.json()["errors"][0]["detail"]["digest"], sha256(b"?"));
    for bad in ["", "[]", "{", "{}", "null", &"[".repeat(4000)] {
        let refused = anna.put("latest", bad.as_bytes()).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (400, "MANIFEST_INVALID"), "{bad}");
    }
    let large = anna.put("latest", &vec![b' '; 5000]).await;
    assert_eq!((large.status.as_u16(), large.code().as_str()), (413, "SIZE_INVALID"));
    let endless =
        Body::from_stream(futures::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b' '; 1024])));
    let refused =
        anna.call("PUT", "/v2/anna/app/manifests/latest", &[("content-type", IMAGE)], endless).await;
    assert_eq!(refused.status, 413);
    let other = anna.put(&sha256(b"other"), &anna.manifest(json!({})).await).await;
    assert_eq!((other.status.as_u16(), other.code().as_str()), (400, "DIGEST_INVALID"));
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let anna = Anna::new().await;
    let manifest = anna.manifest(json!({})).await;
    let digest = sha256(&manifest);
    for tag in ["one", "two", "three"] {
        anna.put(tag, &manifest).await;
    }
    let path = |what: &str| format!("/v2/anna/app/manifests/{what}");
    assert_eq!(anna.call("DELETE", &path("one"), &[], "").await.status, 202);
    assert_eq!(anna.get(&path("one")).await.code(), "MANIFEST_UNKNOWN");
    assert_eq!(anna.get(&path(&digest)).await.status, 200);
    let layer = format!("/v2/anna/app/blobs/{}", sha256(b"layer"));
    assert_eq!(anna.call("DELETE", &layer, &[], "").await.status, 409, "a manifest needs it");
    assert_eq!(anna.call("DELETE", &path(&digest), &[], "").await.status, 202);
    for gone in ["two", "three", &digest] {
        assert_eq!(anna.get(&path(gone)).await.status, 404);
    }
    assert_eq!(anna.call("DELETE", &layer, &[], "").await.status, 202);
    assert_eq!(anna.get(&layer).await.code(), "BLOB_UNKNOWN");
    assert_eq!(anna.call("DELETE", &layer, &[], "").await.status, 404);
}

#[tokio::test]
async fn other_algorithms_and_mounts() {
    let anna = Anna::new().await;
    let digest = format!("sha512:{}", hex(&Sha512::digest(b"bytes")));
    let begun = anna.call("POST", "/v2/anna/app/blobs/uploads/?digest-algorithm=sha512", &[], "").await;
    let session = begun.header("location").to_owned();
    assert_eq!(anna.call("PATCH", &session, &[], "bytes").await.status, 202);
    assert_eq!(anna.call("PUT", &format!("{session}?digest={digest}"), &[], "").await.status, 201);
    assert_eq!(anna.get(&format!("/v2/anna/app/blobs/{digest}")).await.text(), "bytes");
    let scopes = "repository:anna/other:pull,push repository:anna/app:pull";
    let bearer = anna.server.bearer("anna", scopes).await;
    let mount = |from: &str| format!("/v2/anna/other/blobs/uploads/?mount={digest}{from}");
    let post = async |path: String| anna.server.call("POST", &path, &bearer, "").await.status.as_u16();
    assert_eq!(post(mount("&from=anna/missing")).await, 202);
    assert_eq!(post(mount("&from=anna/app")).await, 201);
    let ben = anna.server.bearer("ben", "repository:ben/app:pull,push repository:anna/app:pull").await;
    let stolen = format!("/v2/ben/app/blobs/uploads/?mount={digest}&from=anna/app");
    assert_eq!(anna.server.call("POST", &stolen, &ben, "").await.status, 202, "private to others");
}

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
