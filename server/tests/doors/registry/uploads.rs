//! Blobs on their way in and out.

use super::{Anna, hex, sha256};
use sha2::{Digest, Sha512};

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
