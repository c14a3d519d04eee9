//! What pages show of what happened.

use super::{Page, RepositoryHead};
use crate::event::Event;
use crate::{Timestamp, Username};
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: String,
    pub at: Timestamp,
    /// Who did it; empty: the hub itself, or somebody without a name.
    pub actor: String,
    /// Where the request came from; empty where there was none.
    pub address: String,
    pub means: Means,
    pub event: Event,
}

/// What somebody proved themselves with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// Nothing: a visitor, or the operator's shell.
    #[default]
    None,
    /// A browser's session.
    Session,
    /// A password, or what `docker login` made of it.
    Password,
    /// The access token with this label.
    Token(String),
}

/// Whose log it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditOf {
    Repository(RepositoryHead),
    Namespace(Username),
    Site,
}

/// A page of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub of: AuditOf,
    /// The latest first.
    pub rows: Page<AuditRow>,
}
