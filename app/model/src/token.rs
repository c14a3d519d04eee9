//! What an access token is good for: a pure rule beside the one for roles. A token never adds a right.

use crate::access::{Action, Visibility};
use serde::{Deserialize, Serialize};

/// How far a token reaches; each includes the ones before it (SPEC R1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TokenScope {
    /// Pulls what anybody may pull.
    #[serde(rename = "repo:public_read")]
    PublicRead,
    /// Pulls what its owner may pull.
    #[serde(rename = "repo:read")]
    Read,
    /// Stars, comments, pushes, and edits descriptions.
    #[serde(rename = "repo:write")]
    Write,
    /// All that its owner may do with repositories.
    #[serde(rename = "repo:admin")]
    Admin,
}

impl TokenScope {
    /// Every scope, the narrowest first.
    pub const ALL: [Self; 4] = [Self::PublicRead, Self::Read, Self::Write, Self::Admin];

    /// Docker Hub's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PublicRead => "repo:public_read",
            Self::Read => "repo:read",
            Self::Write => "repo:write",
            Self::Admin => "repo:admin",
        }
    }

    /// The scope that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// Whether a token with this scope may be used for `action`; whether its owner may is another question.
    #[must_use]
    pub fn allows(self, action: Action, visibility: Visibility) -> bool {
        let needed = match (action, visibility) {
            (Action::Pull, Visibility::Public | Visibility::Unlisted) => Self::PublicRead,
            (Action::Pull, Visibility::Private) => Self::Read,
            (Action::Star | Action::Comment | Action::Push | Action::Describe, _) => Self::Write,
            (
                Action::DeleteImage
                | Action::Collaborators
                | Action::Moderate
                | Action::Webhooks
                | Action::SetVisibility
                | Action::Rename
                | Action::Delete
                | Action::Transfer,
                _,
            ) => Self::Admin,
        };
        self >= needed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_stacked() {
        for visibility in Visibility::ALL {
            for action in Action::ALL {
                let allowed = TokenScope::ALL.map(|scope| scope.allows(action, visibility));
                assert!(allowed.is_sorted() && allowed[3], "{action:?} {visibility:?}");
            }
        }
    }

    #[test]
    fn descriptions_need_no_more_than_write() {
        assert!(TokenScope::Write.allows(Action::Describe, Visibility::Private));
        assert!(!TokenScope::Read.allows(Action::Describe, Visibility::Public));
        assert!(!TokenScope::Write.allows(Action::DeleteImage, Visibility::Public));
        assert!(!TokenScope::PublicRead.allows(Action::Pull, Visibility::Private));
        assert!(!TokenScope::Read.allows(Action::Star, Visibility::Public), "a star is written");
    }
}
