//! What happened in the hub. An event is written in the transaction of the change that it tells of.
//!
//! Says nothing of who listens (webhooks, audit log, notifications).

use crate::{Digest, RepositoryName, Tag, Visibility};
use serde::{Deserialize, Serialize};

/// Something that happened; names and digests as they were at that time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Event {
    RepositoryCreated {
        repository: RepositoryName,
        visibility: Visibility,
    },
    RepositoryDescribed {
        repository: RepositoryName,
    },
    VisibilityChanged {
        repository: RepositoryName,
        from: Visibility,
        to: Visibility,
    },
    RepositoryDeleted {
        repository: RepositoryName,
    },
    /// A manifest arrived; one event a tag, or one without a tag for a push by digest.
    Pushed {
        repository: RepositoryName,
        digest: Digest,
        media_type: String,
        tag: Option<Tag>,
    },
    TagDeleted {
        repository: RepositoryName,
        tag: Tag,
        digest: Digest,
    },
    /// A tag was moved back to an image that it had before.
    TagRestored {
        repository: RepositoryName,
        tag: Tag,
        digest: Digest,
    },
    ManifestDeleted {
        repository: RepositoryName,
        digest: Digest,
    },
    AccountCreated {
        username: String,
    },
    PasswordChanged {
        username: String,
    },
    EmailChanged {
        username: String,
    },
}

impl Event {
    /// The word that the database files this event under.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::RepositoryCreated { .. } => "repository_created",
            Self::RepositoryDescribed { .. } => "repository_described",
            Self::VisibilityChanged { .. } => "visibility_changed",
            Self::RepositoryDeleted { .. } => "repository_deleted",
            Self::Pushed { .. } => "pushed",
            Self::TagDeleted { .. } => "tag_deleted",
            Self::TagRestored { .. } => "tag_restored",
            Self::ManifestDeleted { .. } => "manifest_deleted",
            Self::AccountCreated { .. } => "account_created",
            Self::PasswordChanged { .. } => "password_changed",
            Self::EmailChanged { .. } => "email_changed",
        }
    }
}
