//! `/v2/`: the rows of the OCI distribution specification, one story each.

mod manifests;
mod refusals;
mod uploads;

use crate::support::{Answer, TestServer};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use sha2::{Digest, Sha256};

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
        let server = TestServer::with(&format!("--token-ttl 24h {flags}")).await;
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
