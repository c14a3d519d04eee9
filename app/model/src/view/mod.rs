//! What pages show: plain fields, filled by the hub, drawn by the app, and nothing more.

mod accounts;
mod administration;
mod audit;
mod notices;
mod organizations;
mod rights;
mod stars;
mod webhooks;

pub use accounts::{AccountPage, ProfilePage, SessionRow, SignUp};
pub use administration::{AccountRow, AccountsPage, OrganizationRow, SitePage};
pub use audit::{AuditOf, AuditPage, AuditRow, Means};
pub use notices::{NoticeRow, NoticesPage};
pub use organizations::{
    InvitationPage, Member, MemberInvitation, MembersPage, OrganizationHead, OrganizationPage,
    OrganizationSettings, OrganizationTokensPage, TeamPage, TeamRepository, TeamRow, TeamsPage,
};
pub use rights::{
    AccessTokenRow, Authenticator, Collaborator, CollaboratorsPage, Passkey, PasskeysPage, PlanPage,
    TwoFactorPage,
};
pub use stars::{Stargazer, StargazersPage, StarsPage};
pub use webhooks::{
    AttemptRow, Check, LastRun, RunPage, RunRow, Step, WebhookPage, WebhookSummary, WebhooksPage, run_version,
};

use crate::{Digest, Error, RepositoryName, Role, Tag, Timestamp, Username, Visibility};
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

/// A push that is told on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentPush {
    pub repository: RepositoryName,
    pub tag: Tag,
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

/// One image of a tag: one platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformRow {
    /// `linux/amd64`, `linux/arm/v7`; the artifact type for what is no image.
    pub platform: String,
    pub digest: Digest,
    /// Compressed bytes of config and layers.
    pub size: u64,
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
    pub images: Vec<ImageView>,
    /// What receivers of webhooks said of it, the latest first.
    pub checks: Vec<Check>,
    /// Newest first; the first is where the tag stands now.
    pub history: Vec<TagMove>,
    /// What `docker pull` is followed by.
    pub pull_name: String,
}

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The last pushes to repositories of the viewer, by anybody.
    pub pushes: Vec<RecentPush>,
    /// No account exists yet: the operator must open the one-time link.
    pub first_start: bool,
    /// Who may make accounts.
    pub sign_up: SignUp,
    /// Public repositories, the latest push first.
    pub recent: Page<RepositoryRow>,
    /// The viewer's own, their organizations' and those they collaborate on; empty for a visitor.
    pub own: Vec<RepositoryRow>,
    /// The viewer's.
    pub organizations: Vec<Username>,
    /// Private slots of the viewer's own name space: how many are used, and of how many.
    pub slots: Option<(u64, Option<u32>)>,
    /// Host and port as docker wants them.
    pub host: String,
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
