//! What mails are about. Their words are the pages' (`app::words`), their sending is the server's.

use crate::{Notice, Username};
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

/// Why somebody gets a mail. Each link is a whole address; those that prove something are good once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAbout {
    /// Prove that the address is theirs.
    Verification { username: Username, link: String },
    /// Choose a new password.
    Reset { username: Username, link: String },
    /// Join an organization.
    Invitation { organization: Username, by: Username, link: String },
    /// What the bell tells too. Both links stay good; the second leads to the choice of what is mailed.
    Notice { username: Username, notice: Notice, link: String, settings: String },
}
