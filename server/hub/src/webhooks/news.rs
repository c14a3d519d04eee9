//! Tells those who watch a run that something may have happened to it. What, they ask for as always.

use super::missing;
use crate::Hub;
use crate::actor::Actor;
use crate::store::Snapshot;
use crate::store::webhooks::{self, history};
use model::view::run_version;
use model::webhook::RunState;
use model::{Action, Error, RepositoryName};
use std::time::Duration;
use tokio::sync::watch;

/// What other processes did is looked for this often.
const ROUND: Duration = Duration::from_secs(1);

/// Wakes its owner after changes of runs.
pub struct WebhookNews {
    told: watch::Receiver<()>,
    /// Nobody else writes to the database.
    is_alone: bool,
}

impl WebhookNews {
    /// Returns when something may have happened to a run since it returned last.
    pub async fn next(&mut self) {
        // The hub of whoever waits is there, and with it the sender.
        let told = self.told.changed();
        if self.is_alone {
            told.await.ok();
        } else {
            tokio::time::timeout(ROUND, told).await.ok();
        }
    }
}

impl Hub {
    /// News of runs from now on.
    #[must_use]
    pub fn webhook_news(&self) -> WebhookNews {
        let is_alone = self.database().has_one_process();
        WebhookNews { told: self.inner.webhook_news.subscribe(), is_alone }
    }

    /// How a run stands, and the version of its page.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn run_version(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        run_id: &str,
    ) -> Result<(RunState, String), Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let webhook = webhooks::find(self.database(), &entered, id).await?.ok_or(missing())?;
        let mut snapshot = Snapshot::of(self.database()).await?;
        let run = history::one(&mut snapshot, &webhook.id, run_id).await?.ok_or(missing())?;
        let steps = history::standings(&mut snapshot, run_id).await?;
        Ok((run.state, run_version(run.state, steps.into_iter())))
    }
}
