//! Tags and their images, as pages show them.

use super::{Check, Page, PullSummary, RepositoryHead};
use crate::{Digest, Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// One image of a tag: one platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformRow {
    /// `linux/amd64`, `linux/arm/v7`; the artifact type for what is no image.
    pub platform: String,
    pub digest: Digest,
    /// Compressed bytes of config and layers.
    pub size: u64,
    pub pulled_at: Option<Timestamp>,
}

/// A tag in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagRow {
    pub tag: Tag,
    pub digest: Digest,
    pub media_type: String,
    pub platforms: Vec<PlatformRow>,
    pub pushed_at: Timestamp,
    pub pushed_by: String,
    pub pulled_at: Option<Timestamp>,
}

/// The tags page of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagsPage {
    pub head: RepositoryHead,
    pub tags: Page<TagRow>,
    pub pull_name: String,
}

/// A line of an image's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerRow {
    /// The instruction that made it, as the image's config tells; empty when it does not.
    pub instruction: String,
    /// `None`: the instruction made no layer.
    pub digest: Option<Digest>,
    /// Compressed bytes; 0 without a layer.
    pub size: u64,
}

/// One platform of a tag, with its layers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageView {
    pub platform: String,
    pub digest: Digest,
    pub size: u64,
    pub pulled_at: Option<Timestamp>,
    pub created_at: Option<String>,
    pub layers: Vec<LayerRow>,
}

/// One move of a tag; kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagMove {
    /// `None`: the tag was deleted.
    pub digest: Option<Digest>,
    pub at: Timestamp,
    pub by: String,
    /// The image is still there, so that one can go back to it.
    pub restorable: bool,
}

/// The page of one tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPage {
    pub head: RepositoryHead,
    pub tag: Tag,
    pub digest: Digest,
    pub media_type: String,
    pub pushed_at: Timestamp,
    pub pushed_by: String,
    pub pulls: PullSummary,
    pub images: Vec<ImageView>,
    /// What receivers of webhooks said of it, the latest first.
    pub checks: Vec<Check>,
    /// Newest first; the first is where the tag stands now.
    pub history: Vec<TagMove>,
    /// What `docker pull` is followed by.
    pub pull_name: String,
}
