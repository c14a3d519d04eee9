//! What an image's config tells: its platform, and which instruction made which layer (OCI image spec, "Image
//! Configuration"). Whatever is missing or odd in it is left out; it is somebody else's file.

use crate::Hub;
use bytes::Bytes;
use futures::TryStreamExt;
use model::Digest;
use model::view::LayerRow;
use serde::Deserialize;

/// Configs are small; a larger one is not worth reading for a page.
const MOST: u64 = 1 << 20;

/// The parts of a config that pages show.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ImageConfig {
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    os: String,
    #[serde(default)]
    variant: Option<String>,
    #[serde(default)]
    created: Option<String>,
    #[serde(default)]
    history: Vec<HistoryEntry>,
}

#[derive(Debug, Deserialize)]
struct HistoryEntry {
    #[serde(default)]
    created_by: String,
    #[serde(default)]
    empty_layer: bool,
}

impl Hub {
    /// The config with this digest; an empty one where it can not be read.
    pub(crate) async fn image_config(&self, digest: &str) -> ImageConfig {
        let Ok(digest) = digest.parse::<Digest>() else { return ImageConfig::default() };
        let bytes = self.read_small(&digest, MOST).await;
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// A whole small blob; `None` where it is missing or larger than `most` bytes.
    pub(crate) async fn read_small(&self, digest: &Digest, most: u64) -> Option<Vec<u8>> {
        let size = self.blobs().size(digest).await.ok()?.filter(|size| *size <= most)?;
        let pieces: Vec<Bytes> = self.blobs().read(digest, 0..size).await.ok()?.try_collect().await.ok()?;
        Some(pieces.concat())
    }
}

/// Lines of a history that are believed; builders write a few dozen.
const HISTORY_SHOWN: usize = 1000;
/// Characters of an instruction that are shown.
const INSTRUCTION_SHOWN: usize = 2000;

impl ImageConfig {
    /// `linux/arm/v7`; empty for what is no image.
    pub(crate) fn platform(&self) -> String {
        let parts = [Some(&self.os), Some(&self.architecture), self.variant.as_ref()];
        let known: Vec<&str> =
            parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
        known.join("/").chars().filter(|c| !c.is_control()).take(100).collect()
    }

    /// When the image was built, as its builder wrote it (RFC 3339).
    pub(crate) fn created(&self) -> Option<String> {
        self.created.clone().filter(|text| text.len() <= 40)
    }

    /// The history with the layers it made, oldest first. A history that does not fit the layers is not believed.
    pub(crate) fn history(&self, layers: &[(Digest, u64)]) -> Vec<LayerRow> {
        if self.history.len() > HISTORY_SHOWN
            || self.history.iter().filter(|entry| !entry.empty_layer).count() != layers.len()
        {
            return layers.iter().map(|layer| row(String::new(), Some(layer))).collect();
        }
        let mut layers = layers.iter();
        self.history
            .iter()
            .map(|entry| row(entry.instruction(), if entry.empty_layer { None } else { layers.next() }))
            .collect()
    }
}

impl HistoryEntry {
    fn instruction(&self) -> String {
        self.created_by.chars().take(INSTRUCTION_SHOWN).collect()
    }
}

fn row(instruction: String, layer: Option<&(Digest, u64)>) -> LayerRow {
    LayerRow {
        instruction,
        digest: layer.map(|(digest, _)| digest.clone()),
        size: layer.map(|(_, size)| *size).unwrap_or_default(),
    }
}
