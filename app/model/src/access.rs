//! THE permission rule: who may do what, as one pure function.
//!
//! Enforced in one place (`hub::access`); pages use it only to hide what would be refused.

use serde::{Deserialize, Serialize};

/// Who can find and pull a repository (SPEC R2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Anyone pulls; listed everywhere.
    Public,
    /// Anyone who knows the name pulls; in no list.
    Unlisted,
    /// Only people with a role; for all others it does not exist.
    Private,
}

impl Visibility {
    /// Every visibility, the most open first.
    pub const ALL: [Self; 3] = [Self::Public, Self::Unlisted, Self::Private];

    /// The word used in the database, the API and forms.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
        }
    }

    /// The visibility that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.as_str() == word)
    }
}

/// What a person may do in one repository; each includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Views and pulls, also while it is private.
    Read,
    /// Pushes. A collaborator has this.
    Write,
    /// Describes, deletes images, changes visibility, deletes the repository.
    Admin,
    /// Owns the namespace.
    Owner,
}

impl Role {
    /// Every role, the weakest first.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Admin, Self::Owner];

    /// The word used in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The role that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// Something one may want to do with a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Read its pages and pull its images.
    Pull,
    /// Keep it as a bookmark, for oneself.
    Star,
    /// Say something about it: comment, flag a comment.
    Comment,
    /// Upload blobs, put manifests and tags.
    Push,
    /// Delete tags, manifests and blobs; move a tag back.
    DeleteImage,
    /// See its settings; edit its descriptions.
    Describe,
    /// See and change who else may push.
    Collaborators,
    /// Decide about others' comments, and about who may write some.
    Moderate,
    /// See and change who is told of pushes.
    Webhooks,
    /// Switch between public, unlisted and private.
    SetVisibility,
    /// Give it another name in its namespace.
    Rename,
    /// Delete the repository with all its images.
    Delete,
    /// Move it to another namespace.
    Transfer,
}

impl Action {
    /// Every action, the most harmless first.
    pub const ALL: [Self; 13] = [
        Self::Pull,
        Self::Star,
        Self::Comment,
        Self::Push,
        Self::DeleteImage,
        Self::Describe,
        Self::Collaborators,
        Self::Moderate,
        Self::Webhooks,
        Self::SetVisibility,
        Self::Rename,
        Self::Delete,
        Self::Transfer,
    ];
}

/// The answer of [`decide`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allow,
    /// The repository must look missing.
    Hide,
    /// It can be seen, but nobody is signed in: ask for a name first.
    SignIn,
    /// It can be seen, and this is refused.
    Deny,
}

/// Whether someone may do `action`. `signed_in` tells a visitor from a person without a role.
#[must_use]
pub fn decide(signed_in: bool, role: Option<Role>, visibility: Visibility, action: Action) -> Verdict {
    if role >= needed(action, visibility) && (signed_in || action == Action::Pull) {
        return Verdict::Allow;
    }
    match (role, visibility) {
        (None, Visibility::Private) => Verdict::Hide,
        _ if signed_in => Verdict::Deny,
        _ => Verdict::SignIn,
    }
}

/// The weakest role that may do `action`; `None` is everybody.
const fn needed(action: Action, visibility: Visibility) -> Option<Role> {
    match (action, visibility) {
        (Action::Pull | Action::Star | Action::Comment, Visibility::Public | Visibility::Unlisted) => None,
        (Action::Pull | Action::Star | Action::Comment, Visibility::Private) => Some(Role::Read),
        (Action::Push, _) => Some(Role::Write),
        (
            Action::DeleteImage
            | Action::Describe
            | Action::Collaborators
            | Action::Moderate
            | Action::Webhooks
            | Action::SetVisibility
            | Action::Rename
            | Action::Delete,
            _,
        ) => Some(Role::Admin),
        (Action::Transfer, _) => Some(Role::Owner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_repository_is_hidden_from_everyone_without_a_role() {
        for action in Action::ALL {
            for signed_in in [false, true] {
                assert_eq!(decide(signed_in, None, Visibility::Private, action), Verdict::Hide);
            }
        }
    }

    #[test]
    fn anyone_pulls_what_is_not_private_and_a_person_stars_and_comments_and_nothing_more() {
        for visibility in [Visibility::Public, Visibility::Unlisted] {
            assert_eq!(decide(false, None, visibility, Action::Pull), Verdict::Allow);
            for action in Action::ALL.into_iter().skip(1) {
                assert_eq!(decide(false, None, visibility, action), Verdict::SignIn);
            }
            for action in [Action::Star, Action::Comment] {
                assert_eq!(decide(true, None, visibility, action), Verdict::Allow);
            }
            for action in Action::ALL.into_iter().skip(3) {
                assert_eq!(decide(true, None, visibility, action), Verdict::Deny);
            }
        }
    }

    #[test]
    fn a_writer_pushes_and_administers_nothing() {
        for visibility in Visibility::ALL {
            for action in [Action::Pull, Action::Star, Action::Comment, Action::Push] {
                assert_eq!(decide(true, Some(Role::Write), visibility, action), Verdict::Allow);
            }
            for action in Action::ALL.into_iter().skip(4) {
                assert_eq!(decide(true, Some(Role::Write), visibility, action), Verdict::Deny);
            }
        }
    }

    #[test]
    fn each_role_may_all_that_the_weaker_ones_may() {
        for visibility in Visibility::ALL {
            for action in Action::ALL {
                let verdicts =
                    Role::ALL.map(|role| decide(true, Some(role), visibility, action) == Verdict::Allow);
                assert!(verdicts.is_sorted(), "{visibility:?} {action:?}");
                assert!(verdicts[3], "an owner may everything");
            }
        }
    }
}
