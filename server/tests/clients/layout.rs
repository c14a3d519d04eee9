//! Images made by hand, as OCI layouts on disk.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use testing::{MANIFEST, digest, image_config};

pub(crate) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// Noise under this name is taken as it is; skopeo would compress a plain tar.
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar+gzip";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";

/// A layout in a folder.
pub(crate) struct Layout {
    folder: PathBuf,
}

impl Layout {
    pub(crate) fn new(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(folder.join("blobs/sha256"))?;
        fs::write(folder.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)?;
        Ok(Self { folder })
    }

    /// `oci:<folder>:latest`, as skopeo writes it.
    pub(crate) fn name(&self) -> String {
        format!("oci:{}:latest", self.folder.display())
    }

    /// Where a blob lies.
    pub(crate) fn blob(&self, digest: &str) -> Result<PathBuf> {
        blob_in(&self.folder, digest)
    }

    fn add(&self, media_type: &str, bytes: &[u8]) -> Result<Value> {
        let digest = digest(bytes);
        fs::write(self.blob(&digest)?, bytes)?;
        Ok(json!({ "mediaType": media_type, "digest": digest, "size": bytes.len() }))
    }

    /// Adds an image of one layer: its descriptor.
    pub(crate) fn image(&self, layer: &[u8], architecture: &str) -> Result<Value> {
        let layer = self.add(LAYER, layer)?;
        let config = String::from_utf8(image_config(layer["digest"].as_str().unwrap_or_default()))?;
        let config = self.add(CONFIG, config.replace("amd64", architecture).as_bytes())?;
        let manifest =
            json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer] });
        let mut image = self.add(MANIFEST, manifest.to_string().as_bytes())?;
        image["platform"] = json!({ "architecture": architecture, "os": "linux" });
        Ok(image)
    }

    /// Adds an index over images: its descriptor.
    pub(crate) fn index(&self, images: &[Value]) -> Result<Value> {
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": images });
        self.add(INDEX, index.to_string().as_bytes())
    }

    /// Says which one is `latest`: its digest.
    pub(crate) fn finish(&self, mut latest: Value) -> Result<String> {
        latest["annotations"] = json!({ "org.opencontainers.image.ref.name": "latest" });
        let entry = json!({ "schemaVersion": 2, "manifests": [latest] });
        fs::write(self.folder.join("index.json"), entry.to_string())?;
        Ok(entry["manifests"][0]["digest"].as_str().context("a digest")?.to_owned())
    }
}

/// Where a blob lies in a layout.
pub(crate) fn blob_in(folder: &Path, digest: &str) -> Result<PathBuf> {
    Ok(folder.join("blobs/sha256").join(digest.strip_prefix("sha256:").context("a sha256 digest")?))
}
