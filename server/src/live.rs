//! What an open page hears: server-sent events.
//!
//! An event says only that something happened; what it is, the page asks for as always.

use crate::registry::refusal;
use crate::shared::Shared;
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use futures::stream::{self, StreamExt};
use hub::{Actor, Hub, WebhookNews};
use model::webhook::RunState;
use model::{Error, Missing, RepositoryName};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const RUN: &str = "/r/{namespace}/{name}/settings/webhooks/{webhook}/runs/{run}/events";

/// Every path, to be read with GET.
pub const PATHS: [&str; 1] = [RUN];

/// Streams of one server at once.
const MOST: usize = 1000;
/// See [`Live::lasting`].
const SIGN: Duration = Duration::from_secs(15);
const LONGEST: Duration = Duration::from_secs(600);
/// Between two looks at the same run: a hub with much to do has news all the time.
const PAUSE: Duration = Duration::from_millis(200);
/// nginx passes such an answer on as it comes.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The room that there is for streams, and what ends them all.
#[derive(Clone)]
pub struct Live {
    room: Arc<Semaphore>,
    stop: CancellationToken,
    sign: Duration,
    longest: Duration,
}

impl Live {
    /// Streams until `stop`.
    #[must_use]
    pub fn until(stop: CancellationToken) -> Self {
        Self { room: Arc::new(Semaphore::new(MOST)), stop, sign: SIGN, longest: LONGEST }
    }

    /// A stream without news gives a sign of life each `sign`, so that no proxy takes it for dead. After `longest` it
    /// ends: the browser asks again, and who asks is found out again.
    #[must_use]
    pub fn lasting(self, sign: Duration, longest: Duration) -> Self {
        Self { sign, longest, ..self }
    }
}

/// Answers [`PATHS`]. In front of it somebody found out who asks.
pub fn router() -> Router<Shared> {
    Router::new().route(RUN, get(run_events))
}

type Place = (String, String, String, String);

/// The version of a run's page now, and again whenever it changes, until the run is over.
async fn run_events(
    State(shared): State<Shared>,
    Extension(actor): Extension<Actor>,
    Path((namespace, name, webhook, run)): Path<Place>,
) -> Response {
    let Ok(room) = Arc::clone(&shared.live.room).try_acquire_owned() else { return refusal(&Error::Busy) };
    let Ok(name) = format!("{namespace}/{name}").parse() else {
        return refusal(&Error::NotFound(Missing::Repository));
    };
    let run = Run { hub: shared.hub, actor, name, webhook, run };
    let news = run.hub.webhook_news();
    match run.standing().await {
        Ok(standing) => {
            let watch = Watch { run, news, standing, told: None, looked: Instant::now(), _room: room };
            answer(watch, shared.live)
        }
        Err(error) => refusal(&error),
    }
}

fn answer(watch: Watch, live: Live) -> Response {
    let sign = KeepAlive::new().interval(live.sign);
    let end = async move { live.stop.run_until_cancelled(tokio::time::sleep(live.longest)).await };
    let events = stream::unfold(watch, Watch::next).take_until(Box::pin(end));
    let events = Sse::new(events).keep_alive(sign);
    ([(CACHE_CONTROL, "no-store"), (BUFFERING, "no")], events).into_response()
}

/// Which run, and who looks at it.
struct Run {
    hub: Hub,
    actor: Actor,
    name: RepositoryName,
    webhook: String,
    run: String,
}

impl Run {
    async fn standing(&self) -> Result<(RunState, String), Error> {
        self.hub.run_version(&self.actor, &self.name, &self.webhook, &self.run).await
    }
}

/// Somebody watches a run.
struct Watch {
    run: Run,
    news: WebhookNews,
    standing: (RunState, String),
    told: Option<String>,
    looked: Instant,
    _room: OwnedSemaphorePermit,
}

impl Watch {
    /// The next event; none once it was told that the run is over, or when it may not be seen any more.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        while self.told.as_ref() == Some(&self.standing.1) {
            if self.standing.0.is_over() {
                return None;
            }
            self.news.next().await;
            tokio::time::sleep_until(self.looked + PAUSE).await;
            self.looked = Instant::now();
            self.standing = self.run.standing().await.ok()?;
        }
        let event = Event::default().data(&self.standing.1);
        self.told = Some(self.standing.1.clone());
        Some((Ok(event), self))
    }
}
