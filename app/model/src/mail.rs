//! What mails are about. Their words are the pages' (`app::words`), their sending is the server's.

use crate::webhook::Disabled;
use crate::{RepositoryName, Username};
use serde::{Deserialize, Serialize};

/// A mail that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// The language to write it in (BCP 47).
    pub language: String,
    pub about: MailAbout,
}

/// Why somebody gets a mail. Each link is a whole address, good once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAbout {
    /// Prove that the address is theirs.
    Verification { username: Username, link: String },
    /// Choose a new password.
    Reset { username: Username, link: String },
    /// Join an organization.
    Invitation { organization: Username, by: Username, link: String },
    /// A webhook of theirs was turned off, since nothing could be delivered. The link stays good.
    WebhookDisabled {
        username: Username,
        webhook: String,
        repository: RepositoryName,
        because: Disabled,
        link: String,
    },
}
