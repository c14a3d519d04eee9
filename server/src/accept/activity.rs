//! What goes on on one connection: requests under way, or how long it has been waiting for one.

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Instant;

/// Shared by the socket, the requests and the watch of one connection.
pub(super) struct Activity {
    opened: Instant,
    header: Duration,
    idle: Duration,
    under_way: AtomicUsize,
    /// Milliseconds after `opened` at which the last request ended.
    idle_since: AtomicU64,
    /// Milliseconds after `opened`, plus one, at which the next request began to arrive; 0: it did not.
    arriving_since: AtomicU64,
}

impl Activity {
    pub(super) fn new(header: Duration, idle: Duration) -> Arc<Self> {
        Arc::new(Self {
            opened: Instant::now(),
            header,
            idle,
            under_way: AtomicUsize::new(0),
            idle_since: AtomicU64::new(0),
            // A connection is opened to send a request: its headers are awaited from the start.
            arriving_since: AtomicU64::new(1),
        })
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(super) fn bytes_arrived(&self) {
        let waiting = self.under_way.load(Ordering::Relaxed) == 0;
        if waiting && self.arriving_since.load(Ordering::Relaxed) == 0 {
            self.arriving_since.store(self.millis().saturating_add(1), Ordering::Relaxed);
        }
    }

    /// A request's headers are complete.
    pub(super) fn begin(self: &Arc<Self>) -> Busy {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        self.arriving_since.store(0, Ordering::Relaxed);
        Busy(self.clone())
    }

    fn end(&self) {
        self.idle_since.store(self.millis(), Ordering::Relaxed);
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }

    /// When the connection will have waited too long, as far as can be told now.
    fn deadline(&self) -> Instant {
        if self.under_way.load(Ordering::Relaxed) > 0 {
            return Instant::now() + self.header;
        }
        let idle = Duration::from_millis(self.idle_since.load(Ordering::Relaxed)) + self.idle;
        let header = match self.arriving_since.load(Ordering::Relaxed) {
            0 => idle,
            since => Duration::from_millis(since - 1) + self.header,
        };
        self.opened + idle.min(header)
    }

    /// Returns when the connection has waited too long for a request.
    pub(super) async fn quiet(&self) {
        loop {
            let deadline = self.deadline();
            tokio::time::sleep_until(deadline).await;
            if self.under_way.load(Ordering::Relaxed) == 0 && self.deadline() <= Instant::now() {
                return;
            }
        }
    }

    /// Returns when nothing is under way and the client does not go although it was asked to.
    pub(super) async fn stuck(&self) {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.under_way.load(Ordering::Relaxed) == 0 {
                return;
            }
        }
    }
}

/// A request under way, up to the last byte of its response.
pub(super) struct Busy(Arc<Activity>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// A response's body that counts as activity while it lives.
pub(super) struct Counted<B> {
    body: B,
    _busy: Busy,
}

impl<B> Counted<B> {
    pub(super) fn new(body: B, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Counted<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
