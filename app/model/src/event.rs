//! What happened in the hub. An event is written in the transaction of the change that it tells of.
//!
//! Says nothing of who listens (webhooks, audit log, notifications).

use crate::{Digest, Membership, RepositoryName, Role, Tag, TeamName, TokenScope, Username, Visibility};
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
    CollaboratorAdded {
        repository: RepositoryName,
        username: Username,
    },
    CollaboratorRemoved {
        repository: RepositoryName,
        username: Username,
    },
    OrganizationCreated {
        organization: Username,
    },
    OrganizationChanged {
        organization: Username,
    },
    MemberJoined {
        organization: Username,
        username: Username,
        membership: Membership,
    },
    MembershipChanged {
        organization: Username,
        username: Username,
        membership: Membership,
    },
    MemberRemoved {
        organization: Username,
        username: Username,
    },
    TeamCreated {
        organization: Username,
        team: TeamName,
    },
    TeamDeleted {
        organization: Username,
        team: TeamName,
    },
    TeamMemberAdded {
        organization: Username,
        team: TeamName,
        username: Username,
    },
    TeamMemberRemoved {
        organization: Username,
        team: TeamName,
        username: Username,
    },
    /// A team has this role in the repository from now on.
    TeamGiven {
        repository: RepositoryName,
        team: TeamName,
        role: Role,
    },
    TeamTaken {
        repository: RepositoryName,
        team: TeamName,
    },
    AccessTokenMade {
        label: String,
        scope: TokenScope,
    },
    AccessTokenRevoked {
        label: String,
    },
    PlanChanged {
        namespace: Username,
        plan: String,
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
            Self::CollaboratorAdded { .. } => "collaborator_added",
            Self::CollaboratorRemoved { .. } => "collaborator_removed",
            Self::OrganizationCreated { .. } => "organization_created",
            Self::OrganizationChanged { .. } => "organization_changed",
            Self::MemberJoined { .. } => "member_joined",
            Self::MembershipChanged { .. } => "membership_changed",
            Self::MemberRemoved { .. } => "member_removed",
            Self::TeamCreated { .. } => "team_created",
            Self::TeamDeleted { .. } => "team_deleted",
            Self::TeamMemberAdded { .. } => "team_member_added",
            Self::TeamMemberRemoved { .. } => "team_member_removed",
            Self::TeamGiven { .. } => "team_given",
            Self::TeamTaken { .. } => "team_taken",
            Self::AccessTokenMade { .. } => "access_token_made",
            Self::AccessTokenRevoked { .. } => "access_token_revoked",
            Self::PlanChanged { .. } => "plan_changed",
            Self::AccountCreated { .. } => "account_created",
            Self::PasswordChanged { .. } => "password_changed",
            Self::EmailChanged { .. } => "email_changed",
        }
    }
}
