//! What happened in the hub. An event is written in the transaction of the change that it tells of.
//!
//! Says nothing of who listens (webhooks, audit log, notifications).

mod filing;

use crate::comment::{CommentPolicy, FlagReason, Judgement};
use crate::webhook::Disabled;
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
    WebhookAdded {
        repository: RepositoryName,
        name: String,
    },
    WebhookChanged {
        repository: RepositoryName,
        name: String,
    },
    WebhookRotated {
        repository: RepositoryName,
        name: String,
    },
    WebhookEnabled {
        repository: RepositoryName,
        name: String,
    },
    WebhookDisabled {
        repository: RepositoryName,
        name: String,
        because: Disabled,
    },
    WebhookDeleted {
        repository: RepositoryName,
        name: String,
    },
    /// Who may comment, and whether a person's first comment waits, were chosen.
    CommentsSet {
        repository: RepositoryName,
        policy: CommentPolicy,
        first_waits: bool,
    },
    CommentAdded {
        repository: RepositoryName,
        comment: String,
    },
    CommentEdited {
        repository: RepositoryName,
        comment: String,
    },
    /// By its author.
    CommentDeleted {
        repository: RepositoryName,
        comment: String,
    },
    CommentFlagged {
        repository: RepositoryName,
        comment: String,
        author: Username,
        reason: FlagReason,
    },
    /// A moderator decided about somebody's comment.
    CommentJudged {
        repository: RepositoryName,
        comment: String,
        author: Username,
        judgement: Judgement,
        because: String,
    },
    /// Somebody may not comment here any more; so many of their comments were hidden with it.
    CommenterBlocked {
        repository: RepositoryName,
        username: Username,
        because: String,
        hidden: u64,
    },
    CommenterUnblocked {
        repository: RepositoryName,
        username: Username,
    },
    /// A site admin hid all comments of somebody who may not comment any more.
    CommentsHidden {
        repository: RepositoryName,
        username: Username,
        hidden: u64,
    },
    CommenterBlockedEverywhere {
        username: Username,
        because: String,
    },
    CommenterUnblockedEverywhere {
        username: Username,
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
