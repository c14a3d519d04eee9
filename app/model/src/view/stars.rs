//! What pages show of stars.

use super::{Page, RepositoryHead, RepositoryRow};
use crate::{Timestamp, Username};
use serde::{Deserialize, Serialize};

/// Somebody who starred a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stargazer {
    pub username: Username,
    pub at: Timestamp,
}

/// Who starred a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StargazersPage {
    pub head: RepositoryHead,
    /// The latest first.
    pub people: Page<Stargazer>,
}

/// What somebody starred, as far as the viewer may find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarsPage {
    pub username: Username,
    pub is_self: bool,
    pub repositories: Page<RepositoryRow>,
}
