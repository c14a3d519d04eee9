//! What the front page shows.

use super::{Hit, SignUp};
use crate::{RepositoryName, Tag, Timestamp, Username};
use serde::{Deserialize, Serialize};

/// A push that is told on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentPush {
    pub repository: RepositoryName,
    pub tag: Tag,
    pub at: Timestamp,
    pub by: String,
}

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The last pushes to repositories of the viewer, by anybody.
    pub pushes: Vec<RecentPush>,
    /// No account exists yet: the operator must open the one-time link.
    pub first_start: bool,
    /// Who may make accounts.
    pub sign_up: SignUp,
    /// Public repositories: the best ones, and the latest pushes.
    pub popular: Vec<Hit>,
    pub recent: Vec<Hit>,
    /// The viewer's own, their organizations' and those they collaborate on; empty for a visitor.
    pub own: Vec<super::RepositoryRow>,
    /// The viewer's.
    pub organizations: Vec<Username>,
    /// Private slots of the viewer's own name space: how many are used, and of how many.
    pub slots: Option<(u64, Option<u32>)>,
    /// Host and port as docker wants them.
    pub host: String,
}
