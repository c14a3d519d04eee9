//! What site admins see.

use super::Page;
use crate::{Plan, Timestamp, Username};
use serde::{Deserialize, Serialize};

/// An account, as site admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    pub username: Username,
    pub email: String,
    pub email_verified: bool,
    pub is_admin: bool,
    pub is_suspended: bool,
    pub has_second_factor: bool,
    pub plan: String,
    pub repositories: u64,
    pub created_at: Timestamp,
}

/// Accounts whose name or e-mail has the words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPage {
    pub rows: Page<AccountRow>,
    /// Every plan of this hub.
    pub plans: Vec<Plan>,
}

/// An organization, as site admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRow {
    pub name: Username,
    pub full_name: String,
    pub plan: String,
    pub members: u64,
    pub repositories: u64,
    pub created_at: Timestamp,
}

/// What is there and what runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitePage {
    pub version: String,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    pub started_at: Timestamp,
    pub accounts: u64,
    pub organizations: u64,
    pub repositories: u64,
    pub tags: u64,
    pub blobs: u64,
    /// Bytes of all blobs, each counted once.
    pub stored: u64,
    /// Uploads under way, in bytes received.
    pub uploading: u64,
    /// Mails that wait to be sent.
    pub mails: u64,
    /// Flagged comments that nobody decided about.
    pub open_cases: u64,
    /// What the operator set, by its name.
    pub settings: Vec<(String, String)>,
}
