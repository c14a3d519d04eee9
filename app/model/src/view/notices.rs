//! What the bell leads to.

use super::Page;
use crate::{Notice, Timestamp};
use serde::{Deserialize, Serialize};

/// Something that the viewer was told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: String,
    pub at: Timestamp,
    pub is_read: bool,
    pub notice: Notice,
}

/// What the viewer was told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesPage {
    /// Unread ones first, the latest first.
    pub notices: Page<NoticeRow>,
    pub unread: u64,
}
