//! The accept loop: sockets to requests, with limits on everything that a client can leave hanging.
//!
//! `axum::serve` has no header timeout and leaves Nagle on. Knows nothing of what the requests mean.

mod activity;
mod body;
mod pace;
mod stream;

pub use body::PacedBody;

use crate::config::{Limits, Spans};
use activity::{Activity, Counted};
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Who is at the other end of the connection; a proxy, perhaps.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Answers requests.
pub trait Answer: Clone + Send + 'static {
    fn answer(self, request: Request<PacedBody>) -> impl Future<Output = Response<Body>> + Send;
}

/// What the loop needs to know.
#[derive(Clone)]
pub struct Rules {
    connections: usize,
    header: Duration,
    idle: Duration,
    body: Duration,
    drain: Duration,
}

impl Rules {
    #[must_use]
    pub fn new(limits: &Limits, spans: &Spans) -> Self {
        Self {
            connections: limits.connection_limit,
            header: spans.header_timeout.duration(),
            idle: spans.idle_timeout.duration(),
            body: spans.body_timeout.duration(),
            drain: spans.drain.duration(),
        }
    }
}

/// Serves `listener` until `stop`, then lets requests under way finish.
pub async fn serve<A: Answer>(listener: TcpListener, answer: A, rules: Rules, stop: CancellationToken) {
    let room = Arc::new(Semaphore::new(rules.connections));
    let builder = builder();
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = next(&listener, &room) => accepted,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        let (builder, answer, rules, stop) = (builder.clone(), answer.clone(), rules.clone(), stop.clone());
        tasks.spawn(async move {
            connection(&builder, stream, peer, answer, &rules, stop).await;
            drop(permit);
        });
    }
    drop(listener);
    tasks.close();
    if tokio::time::timeout(rules.drain, tasks.wait()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

/// Bytes read at once from a connection, at most; every upload has such a buffer.
const READ_BUFFER: usize = 128 * 1024;

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // The header timeout is `Activity`'s: hyper's own would close idle connections as early as slow ones.
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_headers(100)
        .max_buf_size(READ_BUFFER)
        .half_close(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(128)
        .max_header_list_size(64 * 1024)
        .initial_stream_window_size(1024 * 1024)
        .initial_connection_window_size(4 * 1024 * 1024)
        .keep_alive_interval(Duration::from_secs(30))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

/// The next connection, once there is room for it.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let permit = room.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            stream.set_nodelay(true).ok()?;
            Some((stream, peer, permit))
        }
        Err(error) => {
            // Out of file descriptors, most likely: spinning would not make any free.
            tracing::warn!(%error, "no connection can be accepted");
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn connection<A: Answer>(
    builder: &auto::Builder<TokioExecutor>,
    stream: TcpStream,
    peer: SocketAddr,
    answer: A,
    rules: &Rules,
    stop: CancellationToken,
) {
    let activity = Activity::new(rules.header, rules.idle);
    let stream = stream::GuardedStream::new(stream, activity.clone(), rules.body);
    let (patience, counter) = (rules.body, activity.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let busy = counter.begin();
        let mut request = request.map(|body| PacedBody::new(body, patience));
        request.extensions_mut().insert(Peer(peer));
        let answer = answer.clone().answer(request);
        async move {
            let response = answer.await;
            Ok::<_, Infallible>(response.map(|body| Counted::new(body, busy)))
        }
    });
    let serving = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    tokio::select! {
        result = &mut serving => return trace_end(result),
        () = stop.cancelled() => {}
        () = activity.quiet() => {}
    }
    serving.as_mut().graceful_shutdown();
    tokio::select! {
        result = &mut serving => trace_end(result),
        () = activity.stuck() => {}
    }
}

fn trace_end(result: Result<(), Box<dyn std::error::Error + Send + Sync>>) {
    if let Err(error) = result {
        tracing::debug!(%error, "connection ended");
    }
}
