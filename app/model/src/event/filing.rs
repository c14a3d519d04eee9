//! Under which word and which namespace an event is filed in logs.

use super::Event;

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
    WebhookAdded = "repo.webhook.add",
    WebhookChanged = "repo.webhook.change",
    WebhookRotated = "repo.webhook.rotate",
    WebhookEnabled = "repo.webhook.enable",
    WebhookDisabled = "repo.webhook.disable",
    WebhookDeleted = "repo.webhook.delete",
    CommentsSet = "repo.comment.policy",
    CommentAdded = "repo.comment.add",
    CommentEdited = "repo.comment.edit",
    CommentDeleted = "repo.comment.delete",
    CommentFlagged = "repo.comment.flag",
    CommentJudged = "repo.comment.moderate",
    CommentsHidden = "repo.comment.hide_all",
    CommenterBlocked = "repo.comment.block",
    CommenterUnblocked = "repo.comment.unblock",
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
    CommenterBlockedEverywhere = "account.comment.block",
    CommenterUnblockedEverywhere = "account.comment.unblock",
    AccountSuspended = "account.suspend",
    AccountRestored = "account.restore",
}

impl Event {
    /// Whether somebody may do it who has no role there: a reader who comments, a site admin who decides.
    #[must_use]
    pub const fn is_of_strangers(&self) -> bool {
        matches!(
            self,
            Self::CommentAdded { .. }
                | Self::CommentEdited { .. }
                | Self::CommentDeleted { .. }
                | Self::CommentFlagged { .. }
                | Self::CommentJudged { .. }
                | Self::CommentsHidden { .. }
                | Self::CommenterBlocked { .. }
                | Self::CommenterUnblocked { .. }
                | Self::CommenterBlockedEverywhere { .. }
                | Self::CommenterUnblockedEverywhere { .. }
                | Self::AccountSuspended { .. }
                | Self::AccountRestored { .. }
        )
    }

    /// The namespace that it happened in; `None`: that of whoever did it.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a table with a line for each event")]
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
            | Self::WebhookAdded { repository, .. }
            | Self::WebhookChanged { repository, .. }
            | Self::WebhookRotated { repository, .. }
            | Self::WebhookEnabled { repository, .. }
            | Self::WebhookDisabled { repository, .. }
            | Self::WebhookDeleted { repository, .. }
            | Self::CommentsSet { repository, .. }
            | Self::CommentAdded { repository, .. }
            | Self::CommentEdited { repository, .. }
            | Self::CommentDeleted { repository, .. }
            | Self::CommentFlagged { repository, .. }
            | Self::CommentJudged { repository, .. }
            | Self::CommentsHidden { repository, .. }
            | Self::CommenterBlocked { repository, .. }
            | Self::CommenterUnblocked { repository, .. }
            | Self::RepositoryMoved { from: repository, .. } => Some(repository.namespace()),
            Self::CommenterBlockedEverywhere { username, .. }
            | Self::CommenterUnblockedEverywhere { username } => Some(username.as_str()),
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
