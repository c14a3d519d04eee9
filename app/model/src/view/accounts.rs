//! What pages show of accounts: one's own, and what others see of it.

use super::{Page, RepositoryRow};
use crate::{NoticeKind, Timestamp, Username, Visibility};
use serde::{Deserialize, Serialize};

/// Who may make an account (SPEC R1, `BERTH_SIGN_UP`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUp {
    Closed,
    Invite,
    Open,
}

/// A person's public page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    pub username: Username,
    pub joined_at: Timestamp,
    /// Public ones; with all for the person.
    pub repositories: Page<RepositoryRow>,
    pub organizations: Vec<Username>,
    /// Starred repositories that the viewer may find.
    pub starred: u64,
    pub is_self: bool,
}

/// One signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: String,
    pub user_agent: String,
    pub address: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub is_current: bool,
}

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    pub username: Username,
    pub email: String,
    pub email_verified: bool,
    pub has_second_factor: bool,
    /// What the first push to a new name makes.
    pub default_visibility: Visibility,
    /// Which notices come by e-mail too, of those that one may choose.
    pub mailed_kinds: Vec<(NoticeKind, bool)>,
    pub sessions: Vec<SessionRow>,
}
