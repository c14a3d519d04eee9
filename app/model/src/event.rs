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
    /// Renamed, or moved to another namespace; the old name leads to the new one.
    RepositoryMoved {
        from: RepositoryName,
        to: RepositoryName,
    },
    MemberInvited {
        organization: Username,
        /// Empty for a link that is passed on by hand.
        email: String,
    },
    OrganizationTokenMade {
        organization: Username,
        label: String,
        scope: TokenScope,
    },
    OrganizationTokenRevoked {
        organization: Username,
        label: String,
    },
    AccountCreated {
        username: String,
    },
    SignedIn {
        username: String,
    },
    PasswordChanged {
        username: String,
    },
    /// By a link that was mailed.
    PasswordReset {
        username: String,
    },
    EmailChanged {
        username: String,
    },
    EmailVerified {
        username: String,
    },
    TwoFactorOn {
        username: String,
    },
    TwoFactorOff {
        username: String,
    },
    RecoveryCodeUsed {
        username: String,
    },
    PasskeyAdded {
        label: String,
    },
    PasskeyRemoved {
        label: String,
    },
    AccountSuspended {
        username: String,
    },
    AccountRestored {
        username: String,
    },
}

/// Gives each kind of event its word.
macro_rules! actions {
    ($($event:ident = $word:literal,)*) => {
        impl Event {
            /// Every action, by what it is about.
            pub const ACTIONS: &'static [&'static str] = &[$($word),*];

            /// The word that it is filed under and filtered by; Docker Hub's where it has one.
            #[must_use]
            pub const fn action(&self) -> &'static str {
                match self {
                    $(Self::$event { .. } => $word,)*
                }
            }
        }
    };
}

actions! {
    RepositoryCreated = "repo.create",
    RepositoryDescribed = "repo.change.description",
    VisibilityChanged = "repo.change.privacy",
    RepositoryMoved = "repo.move",
    RepositoryDeleted = "repo.delete",
    Pushed = "repo.tag.push",
    TagDeleted = "repo.tag.delete",
    TagRestored = "repo.tag.restore",
    ManifestDeleted = "repo.image.delete",
    CollaboratorAdded = "repo.collaborator.add",
    CollaboratorRemoved = "repo.collaborator.remove",
    TeamGiven = "repo.team.add",
    TeamTaken = "repo.team.remove",
    OrganizationCreated = "org.create",
    OrganizationChanged = "org.change",
    MemberInvited = "org.member.invite",
    MemberJoined = "org.member.add",
    MembershipChanged = "org.member.change",
    MemberRemoved = "org.member.remove",
    OrganizationTokenMade = "org.token.create",
    OrganizationTokenRevoked = "org.token.delete",
    TeamCreated = "org.team.create",
    TeamDeleted = "org.team.delete",
    TeamMemberAdded = "org.team.member.add",
    TeamMemberRemoved = "org.team.member.remove",
    AccessTokenMade = "account.token.create",
    AccessTokenRevoked = "account.token.delete",
    PlanChanged = "account.plan.change",
    AccountCreated = "account.create",
    SignedIn = "account.sign_in",
    PasswordChanged = "account.password.change",
    PasswordReset = "account.password.reset",
    EmailChanged = "account.email.change",
    EmailVerified = "account.email.verify",
    TwoFactorOn = "account.two_factor.on",
    TwoFactorOff = "account.two_factor.off",
    RecoveryCodeUsed = "account.two_factor.recovery",
    PasskeyAdded = "account.passkey.add",
    PasskeyRemoved = "account.passkey.remove",
    AccountSuspended = "account.suspend",
    AccountRestored = "account.restore",
}

impl Event {
    /// The namespace that it happened in; `None`: that of whoever did it.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::RepositoryCreated { repository, .. }
            | Self::RepositoryDescribed { repository }
            | Self::VisibilityChanged { repository, .. }
            | Self::RepositoryDeleted { repository }
            | Self::Pushed { repository, .. }
            | Self::TagDeleted { repository, .. }
            | Self::TagRestored { repository, .. }
            | Self::ManifestDeleted { repository, .. }
            | Self::CollaboratorAdded { repository, .. }
            | Self::CollaboratorRemoved { repository, .. }
            | Self::TeamGiven { repository, .. }
            | Self::TeamTaken { repository, .. }
            | Self::RepositoryMoved { from: repository, .. } => Some(repository.namespace()),
            Self::OrganizationCreated { organization }
            | Self::OrganizationChanged { organization }
            | Self::MemberInvited { organization, .. }
            | Self::MemberJoined { organization, .. }
            | Self::MembershipChanged { organization, .. }
            | Self::MemberRemoved { organization, .. }
            | Self::OrganizationTokenMade { organization, .. }
            | Self::OrganizationTokenRevoked { organization, .. }
            | Self::TeamCreated { organization, .. }
            | Self::TeamDeleted { organization, .. }
            | Self::TeamMemberAdded { organization, .. }
            | Self::TeamMemberRemoved { organization, .. }
            | Self::PlanChanged { namespace: organization, .. } => Some(organization.as_str()),
            Self::AccountCreated { username }
            | Self::SignedIn { username }
            | Self::PasswordChanged { username }
            | Self::PasswordReset { username }
            | Self::EmailChanged { username }
            | Self::EmailVerified { username }
            | Self::TwoFactorOn { username }
            | Self::TwoFactorOff { username }
            | Self::RecoveryCodeUsed { username }
            | Self::AccountSuspended { username }
            | Self::AccountRestored { username } => Some(username),
            Self::AccessTokenMade { .. }
            | Self::AccessTokenRevoked { .. }
            | Self::PasskeyAdded { .. }
            | Self::PasskeyRemoved { .. } => None,
        }
    }
}
