//! Comments: who may write them, what can become of one, and who decides. Rules without a clock or a database.

use crate::word_enum::word_enum;

/// The longest comment, in characters.
pub const COMMENT_MOST: usize = 10_000;
/// The longest reason for hiding a comment or blocking a person, and what a flag may say, in characters.
pub const REASON_MOST: usize = 500;

word_enum! {
    /// Who may comment on a repository.
    CommentPolicy {
        /// Nobody; what was written before stays.
        Off = "off",
        /// People with a role in it.
        Members = "members",
        /// Everybody who sees it and is signed in.
        Everybody = "everybody",
    }
}

word_enum! {
    /// How a comment stands.
    CommentState {
        /// Whoever sees the repository sees it.
        Visible = "visible",
        /// A person's first one, where a maintainer reads it before others do.
        Waiting = "waiting",
        /// Taken from view by somebody who may; its author sees it, and why.
        Hidden = "hidden",
        /// Its text is gone. The row stays: others may have answered, and limits count it.
        Deleted = "deleted",
    }
}

word_enum! {
    /// What somebody finds wrong with a comment.
    FlagReason {
        Spam = "spam",
        Abuse = "abuse",
        OffTopic = "off_topic",
        Unlawful = "unlawful",
        Other = "other",
    }
}

word_enum! {
    /// What a moderator does about a comment.
    Judgement {
        /// Others may see it.
        Approve = "approve",
        Hide = "hide",
        Restore = "restore",
        Delete = "delete",
        /// It stays, and its flags are settled.
        Keep = "keep",
    }
}

word_enum! {
    /// Why somebody can not comment.
    Obstacle {
        SignIn = "sign_in",
        /// The e-mail address is not verified.
        Unverified = "unverified",
        /// Comments are off here.
        Off = "off",
        /// Only people with a role comment here.
        MembersOnly = "members_only",
        /// A maintainer blocked them here.
        Blocked = "blocked",
        /// A site admin blocked them everywhere.
        BlockedEverywhere = "blocked_everywhere",
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::SignIn => "sign in first",
            Self::Unverified => "verify your e-mail address first",
            Self::Off => "comments are off here",
            Self::MembersOnly => "only people with a role in this repository comment here",
            Self::Blocked => "a maintainer blocked you here",
            Self::BlockedEverywhere => "a site admin blocked you",
        })
    }
}

impl CommentState {
    /// Whether everybody sees it who sees the repository; these are counted.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Visible)
    }
}

impl Judgement {
    /// How a comment stands afterwards that stands so now; `None`: there is nothing to decide.
    #[must_use]
    pub const fn of(self, now: CommentState) -> Option<CommentState> {
        use CommentState::{Deleted, Hidden, Visible, Waiting};
        match (self, now) {
            (_, Deleted) => None,
            (Self::Approve, Waiting) | (Self::Restore, Hidden) | (Self::Keep, Visible) => Some(Visible),
            (Self::Hide, Visible | Waiting) => Some(Hidden),
            (Self::Delete, Visible | Waiting | Hidden) => Some(Deleted),
            (Self::Approve | Self::Restore | Self::Keep | Self::Hide, _) => None,
        }
    }

    /// Whether those who flagged the comment were right.
    #[must_use]
    pub const fn upholds_flags(self) -> bool {
        matches!(self, Self::Hide | Self::Delete)
    }
}

/// What may stand in the way of somebody's comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commenter {
    pub is_verified: bool,
    /// Has a role in the repository.
    pub is_member: bool,
    pub is_blocked: bool,
    pub is_blocked_everywhere: bool,
}

impl Commenter {
    /// Why they can not comment where `policy` holds; the reason that they can do least about comes first.
    #[must_use]
    pub const fn obstacle(self, policy: CommentPolicy) -> Option<Obstacle> {
        match (self.bar(), policy) {
            (Some(Obstacle::Unverified) | None, CommentPolicy::Off) => Some(Obstacle::Off),
            (Some(Obstacle::Unverified) | None, CommentPolicy::Members) if !self.is_member => {
                Some(Obstacle::MembersOnly)
            }
            (bar, _) => bar,
        }
    }

    /// What bars them from flagging too, which no policy forbids.
    #[must_use]
    pub const fn bar(self) -> Option<Obstacle> {
        match self {
            Self { is_blocked_everywhere: true, .. } => Some(Obstacle::BlockedEverywhere),
            Self { is_blocked: true, .. } => Some(Obstacle::Blocked),
            Self { is_verified: false, .. } => Some(Obstacle::Unverified),
            Self { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Commenter =
        Commenter { is_verified: true, is_member: false, is_blocked: false, is_blocked_everywhere: false };

    #[test]
    fn what_is_deleted_stays_deleted() {
        for judgement in Judgement::ALL {
            assert_eq!(judgement.of(CommentState::Deleted), None);
        }
    }

    #[test]
    fn no_judgement_is_passed_twice_except_that_a_comment_is_kept() {
        for judgement in Judgement::ALL {
            for state in CommentState::ALL {
                let again = judgement.of(*state).and_then(|after| judgement.of(after));
                assert!(again.is_none() || *judgement == Judgement::Keep, "{judgement:?} {state:?}");
            }
        }
    }

    #[test]
    fn what_is_hidden_comes_back_only_when_it_is_restored() {
        let visible =
            |judgement: &&Judgement| judgement.of(CommentState::Hidden) == Some(CommentState::Visible);
        assert_eq!(Judgement::ALL.iter().filter(visible).collect::<Vec<_>>(), [&Judgement::Restore]);
    }

    #[test]
    fn everybody_comments_where_everybody_may() {
        assert_eq!(FREE.obstacle(CommentPolicy::Everybody), None);
        assert_eq!(FREE.obstacle(CommentPolicy::Members), Some(Obstacle::MembersOnly));
        let member = Commenter { is_member: true, ..FREE };
        assert_eq!(member.obstacle(CommentPolicy::Members), None);
        assert_eq!(member.obstacle(CommentPolicy::Off), Some(Obstacle::Off));
    }

    #[test]
    fn a_blocked_or_unverified_person_comments_nowhere() {
        let unverified = Commenter { is_verified: false, ..FREE };
        let blocked = Commenter { is_blocked: true, ..unverified };
        let banned = Commenter { is_blocked_everywhere: true, ..blocked };
        for policy in CommentPolicy::ALL {
            assert!(unverified.obstacle(*policy).is_some());
            assert_eq!(blocked.obstacle(*policy), Some(Obstacle::Blocked));
            assert_eq!(banned.obstacle(*policy), Some(Obstacle::BlockedEverywhere));
        }
        assert_eq!(unverified.obstacle(CommentPolicy::Everybody), Some(Obstacle::Unverified));
        assert_eq!((unverified.bar(), FREE.bar()), (Some(Obstacle::Unverified), None));
    }
}
