//! Manifests, tags and what refers to them.

use super::{Anna, IMAGE, sha256};
use axum::body::Body;
use serde_json::json;

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
