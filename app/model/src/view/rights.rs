//! What pages show of who may do what: collaborators, plans, access tokens.

use super::RepositoryHead;
use crate::{Plan, RepositoryName, Timestamp, TokenScope, Username};
use serde::{Deserialize, Serialize};

/// Somebody whom a repository's owner lets push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collaborator {
    pub username: Username,
    pub added_at: Timestamp,
}

/// The collaborators of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaboratorsPage {
    pub head: RepositoryHead,
    /// By name.
    pub collaborators: Vec<Collaborator>,
}

/// What a namespace may have, and how much of it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPage {
    pub namespace: Username,
    pub plan: Plan,
    /// Private repositories.
    pub used: u64,
    /// Every plan of this hub.
    pub plans: Vec<Plan>,
    /// Bytes of its repositories, as the plan counts them.
    pub stored: u64,
    /// The viewer may choose another one.
    pub may_change: bool,
}

/// One of somebody's access tokens, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessTokenRow {
    pub id: String,
    pub label: String,
    pub scope: TokenScope,
    /// Only these; empty: all that its owner may reach.
    pub repositories: Vec<RepositoryName>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
}

/// One's own two-factor sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactorPage {
    pub is_on: bool,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u64,
    /// What is to be given to an authenticator, until its first code comes back.
    pub authenticator: Option<Authenticator>,
}

/// A secret for an authenticator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authenticator {
    /// Base32, to be typed.
    pub secret: String,
    /// The same as a link (`otpauth:`), to be drawn.
    pub url: String,
}

/// One's own passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeysPage {
    /// The hub's address can have passkeys.
    pub can_add: bool,
    pub passkeys: Vec<Passkey>,
    /// What the browser is to be given to make a new one, JSON.
    pub options: Option<String>,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    pub id: String,
    pub label: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}
