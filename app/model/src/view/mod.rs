//! What pages show: plain fields, filled by the hub, drawn by the app, and nothing more.

mod accounts;
mod administration;
mod audit;
mod comments;
mod home;
mod images;
mod notices;
mod organizations;
mod pulls;
mod rights;
mod search;
mod sharing;
mod stars;
mod webhooks;

pub use accounts::{AccountPage, ProfilePage, SessionRow, SignUp};
pub use administration::{AccountRow, AccountsPage, OrganizationRow, SitePage};
pub use audit::{AuditOf, AuditPage, AuditRow, Means};
pub use comments::{
    Blocked, Case, Comment, Commenting, CommentsPage, Flag, ModerationPage, NewcomerLimits,
    SiteModerationPage, Thread, ThreadPage,
};
pub use home::{HomePage, RecentPush};
pub use images::{ImageView, LayerRow, PlatformRow, TagMove, TagPage, TagRow, TagsPage};
pub use notices::{NoticeRow, NoticesPage};
pub use organizations::{
    InvitationPage, Member, MemberInvitation, MembersPage, OrganizationHead, OrganizationPage,
    OrganizationSettings, OrganizationTokensPage, TeamPage, TeamRepository, TeamRow, TeamsPage,
};
pub use pulls::{PullBar, PullSpan, PullSummary, PulledAs, PullsPage, TagPulls};
pub use rights::{
    AccessTokenRow, Authenticator, Collaborator, CollaboratorsPage, Passkey, PasskeysPage, PlanPage,
    TwoFactorPage,
};
pub use search::{ExplorePage, Hit, Piece, SearchPage};
pub use sharing::{FeedPush, PushFeed, SitemapRow};
pub use stars::{Stargazer, StargazersPage, StarsPage};
pub use webhooks::{
    AttemptRow, Check, LastRun, RunPage, RunRow, Step, WebhookPage, WebhookSummary, WebhooksPage, run_version,
};

use crate::{Error, RepositoryName, Role, Tag, Timestamp, Username, Visibility};
use serde::{Deserialize, Serialize};

/// The person whose session this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub username: Username,
    /// May administer the whole hub.
    pub is_admin: bool,
}

/// Some rows of a longer list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
    /// This page's number, from 1.
    pub number: u32,
    /// Rows on a full page.
    pub size: u32,
}

impl<T> Page<T> {
    /// One page with all of a short list.
    #[must_use]
    pub fn of_all(rows: Vec<T>) -> Self {
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Self { rows, total, number: 1, size: u32::try_from(total).unwrap_or(u32::MAX).max(1) }
    }
}

/// A repository in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryRow {
    pub name: RepositoryName,
    pub description: String,
    pub visibility: Visibility,
    pub tag_count: u64,
    pub stars: u64,
    pub pulls: u64,
    /// The last push, or the creation while there was none.
    pub updated_at: Timestamp,
}

/// The latest push to a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPush {
    /// `None`: pushed by digest.
    pub tag: Option<Tag>,
    pub at: Timestamp,
    pub by: String,
}

/// What the head of each page of one repository shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryHead {
    pub name: RepositoryName,
    pub description: String,
    pub visibility: Visibility,
    /// What the viewer may do here; `None` for a visitor of a public one.
    pub role: Option<Role>,
    pub tag_count: u64,
    /// Comments that everybody sees; `None`: there are none and nobody may write any.
    pub comments: Option<u64>,
    pub stars: u64,
    /// The viewer starred it.
    pub is_starred: bool,
    pub pulls: u64,
}

/// The overview of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryPage {
    pub head: RepositoryHead,
    /// Sanitised HTML; empty when there is no full description.
    pub readme_html: String,
    pub created_at: Timestamp,
    pub last_push: Option<LastPush>,
    /// Platforms of the newest image, for example `linux/arm64`.
    pub platforms: Vec<String>,
    /// Bytes that a pull of the newest image moves; of its largest platform.
    pub size: u64,
    /// What `docker pull` is followed by: host and name, with a tag if `latest` is missing.
    pub pull_name: String,
    pub pulls: PullSummary,
    /// Somebody let the viewer push; they may leave.
    pub is_collaborator: bool,
}

/// What the API tells of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositoryDetails {
    pub head: RepositoryHead,
    /// Markdown.
    pub full_description: String,
    /// Bytes of its blobs in the store; shared ones count for each repository.
    pub stored: u64,
    pub created_at: Timestamp,
    /// The last push, or the creation while there was none.
    pub updated_at: Timestamp,
}

/// The settings of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepositorySettings {
    pub head: RepositoryHead,
    /// Markdown.
    pub full_description: String,
}

/// Whose name stands before a repository's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NamespacePage {
    Person(ProfilePage),
    Organization(OrganizationPage),
}

/// What the page after "Add repository" waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushProgress {
    /// Bytes received by uploads that are under way.
    pub uploading: Option<u64>,
    /// The tag that arrived.
    pub arrived: Option<LastPush>,
}

/// What a refused form keeps: the error, and the values to fill in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub error: Error,
    pub values: Vec<(String, String)>,
}
