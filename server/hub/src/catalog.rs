//! The catalog of `docker` tools: names of the repositories that one may see in lists.

use crate::Hub;
use crate::actor::Actor;
use crate::store::catalog;
use model::{Error, RepositoryName};

/// Names on one page at most.
const PAGE: u32 = 1000;

impl Hub {
    /// Up to `most` names behind `last` (empty: from the start), in the order of their bytes, and whether there
    /// are more. Public repositories, and those that the actor has a role in; no unlisted ones of others.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn catalog(
        &self,
        actor: &Actor,
        most: Option<u32>,
        last: &str,
    ) -> Result<(Vec<RepositoryName>, bool), Error> {
        let most = most.unwrap_or(PAGE).min(PAGE);
        let viewer = actor.lister_id();
        let names = catalog::names_visible_to(self.database(), viewer, last, i64::from(most) + 1).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = names.len() > most;
        Ok((names.into_iter().take(most).collect(), more))
    }
}
