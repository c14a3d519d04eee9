//! A small image, pushed the way docker pushes.

use crate::support::{TestServer, basic};
use aws_lc_rs::digest::{SHA256, digest};
use serde_json::json;

const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
pub(crate) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// What was pushed.
pub(crate) struct Image {
    pub(crate) digest: String,
    pub(crate) layer: String,
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    let hex: String = digest(&SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// The bytes of an image's config.
pub(crate) fn config() -> Vec<u8> {
    let history = json!([
        { "created_by": "COPY app /app", "created": "2026-01-01T00:00:00Z" },
        { "created_by": "CMD [\"/app\"]", "empty_layer": true },
    ]);
    let rootfs = json!({ "type": "layers", "diff_ids": [] });
    json!({ "architecture": "arm64", "os": "linux", "history": history, "rootfs": rootfs })
        .to_string()
        .into_bytes()
}

/// The bytes of an image's manifest.
pub(crate) fn manifest(config: &[u8], layer: &[u8]) -> Vec<u8> {
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": { "mediaType": CONFIG, "digest": sha256(config), "size": config.len() },
        "layers": [{ "mediaType": LAYER, "digest": sha256(layer), "size": layer.len() }],
    });
    manifest.to_string().into_bytes()
}

impl TestServer {
    /// A blob of `name`, by the person with Basic.
    pub(crate) async fn push_blob(&self, person: &str, name: &str, bytes: &[u8]) -> String {
        let digest = sha256(bytes);
        let path = format!("/v2/{name}/blobs/uploads/?digest={digest}");
        let answer = self.call("POST", &path, &basic(person), bytes.to_vec()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        digest
    }

    /// An image for `linux/arm64` with one layer.
    pub(crate) async fn push_image(&self, person: &str, name: &str, tag: &str) -> Image {
        let (config, layer) = (config(), format!("layer of {tag}").into_bytes());
        self.push_blob(person, name, &config).await;
        let layer_digest = self.push_blob(person, name, &layer).await;
        let manifest = manifest(&config, &layer);
        let path = format!("/v2/{name}/manifests/{tag}");
        let answer = self.typed("PUT", &path, &basic(person), MANIFEST, manifest.clone()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        Image { digest: sha256(&manifest), layer: layer_digest }
    }
}
