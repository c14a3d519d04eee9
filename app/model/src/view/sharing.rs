//! What leaves the hub to be shown elsewhere: feeds of pushes, lists for search engines.

use super::RepositoryHead;
use crate::{Digest, RepositoryName, Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// A push that a feed tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPush {
    /// Its own for ever (UUID).
    pub id: String,
    pub tag: Tag,
    pub digest: Digest,
    pub at: Timestamp,
    pub by: String,
}

/// The last pushes to a repository of tags that are there, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushFeed {
    pub head: RepositoryHead,
    /// The repository's own for ever (UUID), whatever it is called.
    pub id: String,
    pub created_at: Timestamp,
    pub pushes: Vec<FeedPush>,
}

/// A public repository as search engines are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitemapRow {
    pub name: RepositoryName,
    /// The last push, or the creation while there was none.
    pub updated_at: Timestamp,
}
