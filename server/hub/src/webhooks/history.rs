//! What became of pushes: runs, steps and attempts, and what receivers said of an image.

use super::missing;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::Snapshot;
use crate::store::webhooks::{history as rows, reports};
use crate::{Hub, store};
use model::view::{Check, Page, RunPage, RunRow};
use model::{Action, Digest, Error, RepositoryName, Tag, Timestamp};

/// Runs on one page of a history.
const RUNS: u32 = 25;

impl Hub {
    /// One run: its chain, its attempts, its payload.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn webhook_run(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
    ) -> Result<RunPage, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let webhook = store::webhooks::one(self.database(), &entered, id).await?.ok_or(missing())?;
        let mut snapshot = Snapshot::of(self.database()).await?;
        let run = rows::one(&mut snapshot, &webhook.id, run_id).await?.ok_or(missing())?;
        let (digest, payload) = rows::texts(&mut snapshot, run_id).await?;
        let steps = rows::steps(&mut snapshot, run_id).await?;
        drop(snapshot);
        Ok(RunPage { head: self.head(&entered).await?, webhook, run, digest, payload, steps })
    }

    pub(super) async fn run_rows(&self, webhook_id: &str, number: u32) -> Result<Page<RunRow>, Error> {
        let offset = i64::from(number.max(1) - 1) * i64::from(RUNS);
        let (rows, total) = rows::list(self.database(), webhook_id, i64::from(RUNS), offset).await?;
        Ok(Page { rows, total, number: number.max(1), size: RUNS })
    }

    /// What receivers said of an image under this tag, the latest first.
    pub(crate) async fn checks(
        &self,
        entered: &Entered,
        digest: &Digest,
        tag: &Tag,
    ) -> Result<Vec<Check>, Error> {
        let found = reports::checks(self.database(), entered.id(), digest.as_str(), tag.as_str()).await?;
        found
            .into_iter()
            .map(|(webhook, tag, callback, at)| {
                Ok(Check {
                    webhook,
                    tag: tag.parse().map_err(|_| Error::Internal)?,
                    callback: serde_json::from_str(&callback).map_err(|_| Error::Internal)?,
                    at: Timestamp(at),
                })
            })
            .collect()
    }
}
