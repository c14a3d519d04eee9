//! Notices: what people are told of, with a bell and, where they want it, by e-mail.
//!
//! A notice is written in the transaction of what it tells. It holds names and ids, never what somebody wrote:
//! a comment that is hidden must be gone from everywhere.

use crate::comment::Judgement;
use crate::webhook::Disabled;
use crate::word_enum::word_enum;
use crate::{RepositoryName, Role, Username};
use serde::{Deserialize, Serialize};

/// Something that happened and concerns whoever is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Notice {
    /// A webhook was turned off, since nothing could be delivered.
    WebhookDisabled { repository: RepositoryName, webhook: String, id: String, because: Disabled },
    /// Somebody wants the person in an organization; `id` is the invitation's.
    Invited { organization: Username, by: Username, id: String },
    /// Somebody lets the person push.
    CollaboratorAdded { repository: RepositoryName, by: Username },
    /// A repository of somebody else's came into a namespace of the person.
    RepositoryReceived { repository: RepositoryName, from: RepositoryName, by: Username },
    /// Somebody wrote a comment on a repository that the person maintains; `id` is the comment's.
    Commented { repository: RepositoryName, by: Username, id: String },
    /// Somebody wrote a comment there that waits for the person's decision.
    CommentWaits { repository: RepositoryName, by: Username, id: String },
    /// Somebody answered a comment of the person.
    Replied { repository: RepositoryName, by: Username, id: String },
    /// Somebody finds a comment inappropriate; told to maintainers.
    CommentFlagged { repository: RepositoryName, by: Username, id: String },
    /// Somebody who may decided about a comment of the person.
    CommentJudged { repository: RepositoryName, judgement: Judgement, id: String },
    /// The person may not comment there any more; the reason stands on the page of its comments.
    CommentsBlocked { repository: RepositoryName, id: String },
    /// The person may not comment anywhere any more.
    CommentsBlockedEverywhere { id: String },
}

word_enum! {
    /// What one chooses by: what comes by e-mail too.
    NoticeKind {
        Webhook = "webhook",
        Invitation = "invitation",
        Collaborator = "collaborator",
        Transfer = "transfer",
        Comment = "comment",
        Reply = "reply",
        Flag = "flag",
        Judged = "judged",
    }
}

impl NoticeKind {
    /// Whether it comes by e-mail too while nobody chose; `None`: there is nothing to choose.
    #[must_use]
    pub const fn mailed(self) -> Option<bool> {
        match self {
            // It is mailed to whatever address was invited, by itself.
            Self::Invitation => None,
            Self::Webhook
            | Self::Collaborator
            | Self::Transfer
            | Self::Comment
            | Self::Reply
            | Self::Flag => Some(true),
            Self::Judged => Some(false),
        }
    }

    /// Whether strangers may cause many of them: then mails leave at intervals.
    #[must_use]
    pub const fn may_flood(self) -> bool {
        matches!(self, Self::Comment | Self::Reply | Self::Flag | Self::Judged)
    }
}

impl Notice {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> NoticeKind {
        match self {
            Self::WebhookDisabled { .. } => NoticeKind::Webhook,
            Self::Invited { .. } => NoticeKind::Invitation,
            Self::CollaboratorAdded { .. } => NoticeKind::Collaborator,
            Self::RepositoryReceived { .. } => NoticeKind::Transfer,
            Self::Commented { .. } | Self::CommentWaits { .. } => NoticeKind::Comment,
            Self::Replied { .. } => NoticeKind::Reply,
            Self::CommentFlagged { .. } => NoticeKind::Flag,
            Self::CommentJudged { .. }
            | Self::CommentsBlocked { .. }
            | Self::CommentsBlockedEverywhere { .. } => NoticeKind::Judged,
        }
    }

    /// Who is shown it: people with this role in the repository; `None`: whoever may pull from it.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        match self {
            Self::WebhookDisabled { .. } | Self::CommentWaits { .. } | Self::CommentFlagged { .. } => {
                Some(Role::Admin)
            }
            Self::Invited { .. }
            | Self::CollaboratorAdded { .. }
            | Self::RepositoryReceived { .. }
            | Self::Commented { .. }
            | Self::Replied { .. }
            | Self::CommentJudged { .. }
            | Self::CommentsBlocked { .. }
            | Self::CommentsBlockedEverywhere { .. } => None,
        }
    }

    /// The id of what it is about, by which it is taken back when that is gone; empty: a repository as a whole.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::WebhookDisabled { id, .. }
            | Self::Invited { id, .. }
            | Self::Commented { id, .. }
            | Self::CommentWaits { id, .. }
            | Self::Replied { id, .. }
            | Self::CommentFlagged { id, .. }
            | Self::CommentJudged { id, .. }
            | Self::CommentsBlocked { id, .. }
            | Self::CommentsBlockedEverywhere { id } => id,
            Self::CollaboratorAdded { .. } | Self::RepositoryReceived { .. } => "",
        }
    }

    /// Where the repository's name stands that it is about: repositories move after they were told of.
    pub const fn repository_mut(&mut self) -> Option<&mut RepositoryName> {
        match self {
            Self::WebhookDisabled { repository, .. }
            | Self::CollaboratorAdded { repository, .. }
            | Self::RepositoryReceived { repository, .. }
            | Self::Commented { repository, .. }
            | Self::CommentWaits { repository, .. }
            | Self::Replied { repository, .. }
            | Self::CommentFlagged { repository, .. }
            | Self::CommentJudged { repository, .. }
            | Self::CommentsBlocked { repository, .. } => Some(repository),
            Self::Invited { .. } | Self::CommentsBlockedEverywhere { .. } => None,
        }
    }

    /// The page that it leads to.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::WebhookDisabled { repository, id, .. } => format!("/r/{repository}/settings/webhooks/{id}"),
            Self::Invited { id, .. } => format!("/join/{id}"),
            Self::CollaboratorAdded { repository, .. } | Self::RepositoryReceived { repository, .. } => {
                format!("/r/{repository}")
            }
            // There is no page of what is gone.
            Self::CommentJudged { repository, judgement: Judgement::Delete, .. }
            | Self::CommentsBlocked { repository, .. } => format!("/r/{repository}/comments"),
            // No page is about it.
            Self::CommentsBlockedEverywhere { .. } => "/notifications".to_owned(),
            Self::Commented { repository, id, .. }
            | Self::CommentWaits { repository, id, .. }
            | Self::Replied { repository, id, .. }
            | Self::CommentFlagged { repository, id, .. }
            | Self::CommentJudged { repository, id, .. } => format!("/r/{repository}/comments/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commented() -> Notice {
        let repository = "anna/app".parse().unwrap();
        Notice::Commented { repository, by: "ben".parse().unwrap(), id: "7".into() }
    }

    #[test]
    fn a_notice_follows_its_repository() {
        let mut notice = commented();
        *notice.repository_mut().unwrap() = "org/app".parse().unwrap();
        assert_eq!(notice.path(), "/r/org/app/comments/7");
    }

    #[test]
    fn a_stored_notice_is_read_again() {
        let stored = serde_json::to_string(&commented()).unwrap();
        assert!(stored.contains(r#""kind":"commented""#), "{stored}");
        assert_eq!(serde_json::from_str::<Notice>(&stored).unwrap(), commented());
    }

    #[test]
    fn what_only_admins_may_look_at_is_shown_to_admins_only() {
        let waits = |by: &str| Notice::CommentWaits {
            repository: "anna/app".parse().unwrap(),
            by: by.parse().unwrap(),
            id: "7".into(),
        };
        assert_eq!((waits("ben").role(), commented().role()), (Some(Role::Admin), None));
    }
}
