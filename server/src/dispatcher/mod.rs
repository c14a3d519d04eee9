//! Sends webhooks' deliveries: the only HTTP that leaves this program (SPEC R4.7, R4.8).
//!
//! What is sent, when and to whom is the hub's decision; here are sockets, times and sizes.

mod answer;
mod guarded;
mod paced;

pub(crate) use guarded::NoClient;

use bytes::Bytes;
use guarded::{Client, client};
use http_body_util::Full;
use hub::{Attempt, Delivery, Hub, Outcome, Slots};
use hyper::Request;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;

/// Outcomes that are written down together: one commit for all of them.
const TOGETHER: usize = 64;
/// What other processes left, and callbacks that are overdue, are looked for this often.
const ROUND: Duration = Duration::from_secs(1);
const USER_AGENT: &str = concat!("Berth/", env!("CARGO_PKG_VERSION"));

/// Sends what the hub says is due.
pub struct Dispatcher {
    hub: Hub,
    client: Client,
    patience: Duration,
}

impl Dispatcher {
    /// # Errors
    /// The TLS library finds no certificates to trust.
    pub fn new(hub: &Hub) -> Result<Self, NoClient> {
        let patience =
            Duration::from_millis(u64::try_from(hub.settings().webhook_timeout).unwrap_or_default());
        Ok(Self { hub: hub.clone(), client: client(hub)?, patience })
    }

    /// Sends until `stop`, then ends what is under way. What was not ended is sent again by whoever comes next.
    pub async fn serve(self, stop: CancellationToken) {
        if let Err(error) = self.hub.take_over_deliveries().await {
            tracing::warn!(%error, "what was under way before is sent when its leases are over");
        }
        let (outcomes, settled) = channel(TOGETHER);
        // The last attempt under way has the last sender: then settling ends.
        tokio::join!(self.send_all(outcomes, &stop), settle_all(self.hub.clone(), settled));
    }

    async fn send_all(&self, outcomes: Sender<(Delivery, Attempt)>, stop: &CancellationToken) {
        let slots = Slots::default();
        let mut round = tokio::time::interval(ROUND);
        while !stop.is_cancelled() {
            let claimed = self.hub.claim_deliveries(&slots).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "deliveries can not be looked for");
                Vec::new()
            });
            if claimed.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.hub.webhooks_wait() => {}
                    _ = round.tick() => self.expire().await,
                }
            }
            for delivery in claimed {
                self.spawn(delivery, outcomes.clone());
            }
        }
    }

    fn spawn(&self, delivery: Delivery, outcomes: Sender<(Delivery, Attempt)>) {
        let (hub, client, patience) = (self.hub.clone(), self.client.clone(), self.patience);
        tokio::spawn(async move {
            let attempt = attempt(&hub, &client, &delivery, patience).await;
            // Nobody settles any more: the lease runs out, and somebody sends it again.
            outcomes.send((delivery, attempt)).await.ok();
        });
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
    let mut request = Request::post(url.as_str())
        .header("user-agent", USER_AGENT)
        .header("accept", "*/*")
        .header("content-type", "application/json");
    for (name, value) in &delivery.headers {
        request = request.header(*name, value);
    }
    let body = Full::new(Bytes::from(delivery.body.clone()));
    let request = request.body(body).map_err(|error| error.to_string())?;
    let response = client.request(request).await.map_err(|error| guarded::why(&error))?;
    Ok(answer::read(response).await)
}
