//! Sends webhooks' deliveries: the only HTTP that leaves this program (SPEC R4.7, R4.8).
//!
//! What is sent, when and to whom is the hub's decision; here are sockets, times and sizes.

mod answer;
mod guarded;

use guarded::client;
use hub::{Attempt, Delivery, Hub, Outcome};
use reqwest::Client;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Deliveries under way at once.
const AT_ONCE: usize = 1024;
/// Outcomes that are written down together: one commit for all of them.
const TOGETHER: usize = 64;
/// A lease lasts thirty seconds; an attempt must be over before.
const LONGEST: Duration = Duration::from_secs(25);
/// What other processes left, and callbacks that are overdue, are looked for this often.
const ROUND: Duration = Duration::from_secs(1);

/// Sends what the hub says is due.
pub struct Dispatcher {
    hub: Hub,
    client: Client,
    patience: Duration,
}

impl Dispatcher {
    /// A receiver has `patience` for its whole answer.
    ///
    /// # Errors
    /// The TLS library finds no certificates to trust.
    pub fn new(hub: &Hub, patience: Duration) -> Result<Self, reqwest::Error> {
        Ok(Self { hub: hub.clone(), client: client(hub)?, patience: patience.min(LONGEST) })
    }

    /// Sends until it is dropped. What was under way then is sent again by whoever comes next.
    pub async fn serve(self) {
        let (outcomes, settled) = channel(AT_ONCE);
        let sending = self.send_all(outcomes);
        tokio::join!(sending, settle_all(self.hub.clone(), settled));
    }

    async fn send_all(&self, outcomes: Sender<(Delivery, Attempt)>) {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let mut round = tokio::time::interval(ROUND);
        loop {
            let claimed = self.hub.claim_deliveries().await.unwrap_or_else(|error| {
                tracing::warn!(%error, "deliveries can not be looked for");
                Vec::new()
            });
            if claimed.is_empty() {
                tokio::select! {
                    () = self.hub.webhooks_wait() => {}
                    _ = round.tick() => self.expire().await,
                }
            }
            for delivery in claimed {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
                let (client, patience, outcomes) = (self.client.clone(), self.patience, outcomes.clone());
                let hub = self.hub.clone();
                tokio::spawn(async move {
                    let attempt = attempt(&hub, &client, &delivery, patience).await;
                    // Nobody settles any more: the lease runs out, and somebody sends it again.
                    outcomes.send((delivery, attempt)).await.ok();
                    drop(slot);
                });
            }
        }
    }

    async fn expire(&self) {
        if let Err(error) = self.hub.expire_callbacks().await {
            tracing::warn!(%error, "overdue callbacks can not be looked for");
        }
    }
}

async fn settle_all(hub: Hub, mut settled: Receiver<(Delivery, Attempt)>) {
    let mut together = Vec::with_capacity(TOGETHER);
    while settled.recv_many(&mut together, TOGETHER).await > 0 {
        if let Err(error) = hub.settle_deliveries(&together).await {
            tracing::warn!(%error, "outcomes of deliveries are not written down: they are sent again");
        }
        together.clear();
    }
}

async fn attempt(hub: &Hub, client: &Client, delivery: &Delivery, patience: Duration) -> Attempt {
    let begin = Instant::now();
    let sent = tokio::time::timeout(patience, send(hub, client, delivery)).await;
    let mut attempt = match sent {
        Ok(Ok(attempt)) => attempt,
        Ok(Err(why)) => answer::none(why),
        Err(_) => answer::none(format!("no answer in {} seconds", patience.as_secs())),
    };
    attempt.duration = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
    let outcome = match attempt.outcome {
        Outcome::Answered(200..=299, _) => "delivered",
        Outcome::Answered(..) => "refused",
        Outcome::Unanswered(_) => "unanswered",
    };
    metrics::counter!("berth_webhook_attempts_total", "outcome" => outcome).increment(1);
    attempt
}

async fn send(hub: &Hub, client: &Client, delivery: &Delivery) -> Result<Attempt, String> {
    // An address in the URL itself is never resolved, so it is looked at here.
    let url = hub.reach().check(&delivery.url).map_err(|refused| guarded::refuse(refused).to_string())?;
    let mut request = client.post(url).header("content-type", "application/json");
    for (name, value) in &delivery.headers {
        request = request.header(*name, value);
    }
    let response = request.body(delivery.body.clone()).send().await.map_err(|error| guarded::why(&error))?;
    Ok(answer::read(response).await)
}
