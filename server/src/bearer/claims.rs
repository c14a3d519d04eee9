//! What stands in a token (distribution spec, "Token Authentication Specification").

use hub::{Grant, GrantAction};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    /// Empty for a visitor.
    pub(super) sub: String,
    pub(super) aud: String,
    pub(super) exp: i64,
    pub(super) nbf: i64,
    pub(super) iat: i64,
    pub(super) jti: String,
    /// The id of the access token that it was made with; when that ends, this one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) access_token: Option<String>,
    #[serde(default)]
    pub(super) access: Vec<Access>,
}

/// A resource and what the token may be used for there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub actions: Vec<String>,
}

impl Access {
    /// The grant that this is; `None` for what is no repository.
    pub(super) fn to_grant(&self) -> Option<Grant> {
        if self.kind != "repository" {
            return None;
        }
        let actions = self.actions.iter().filter_map(|word| grant_action(word)).collect();
        Some(Grant { repository: self.name.parse().ok()?, actions })
    }

    /// The text that stands for it in a scope.
    #[must_use]
    pub fn to_scope(&self) -> String {
        format!("{}:{}:{}", self.kind, self.name, self.actions.join(","))
    }
}

/// The registry right that `word` names.
#[must_use]
pub fn grant_action(word: &str) -> Option<GrantAction> {
    match word {
        "pull" => Some(GrantAction::Pull),
        "push" => Some(GrantAction::Push),
        "delete" => Some(GrantAction::Delete),
        _ => None,
    }
}
