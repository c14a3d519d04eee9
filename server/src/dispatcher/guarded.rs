//! A client that connects only to addresses that the hub admits: what was checked is what is dialled.

use super::paced::Paced;
use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::Full;
use hub::{Hub, Refused};
use hyper::Uri;
use hyper_rustls::{HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::error::Error;
use std::net::SocketAddr;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower::timeout::error::Elapsed;
use tower::util::BoxCloneSyncService;
use tower::{Service, ServiceBuilder};

/// A connection must be there after this, its TLS too: who waits for it may be gone, since another became free.
const CONNECT: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(30);
const IDLE_MOST: usize = 8;

/// Why there is no client, or no connection.
pub(crate) type NoClient = Box<dyn Error + Send + Sync>;

type Connector = BoxCloneSyncService<Uri, MaybeHttpsStream<Paced<TokioIo<TcpStream>>>, NoClient>;

/// No redirects, no proxies, no decompression: none of that is hyper's.
pub(super) type Client = legacy::Client<Connector, Full<Bytes>>;

/// The authorities that the system trusts; names resolved by the guard.
///
/// # Errors
/// There are no such authorities.
pub(super) fn client(hub: &Hub) -> Result<Client, NoClient> {
    let mut connector = HttpConnector::new_with_resolver(Guard(hub.clone()));
    connector.set_nodelay(true);
    // With `https` it dials too; what is spoken then is the next one's business.
    connector.enforce_http(false);
    // No ALPN: whoever is asked for nothing speaks HTTP/1.1.
    let connector = HttpsConnectorBuilder::new()
        .try_with_platform_verifier()?
        .https_or_http()
        .enable_http1()
        .wrap_connector(ServiceBuilder::new().map_response(Paced::new).service(connector));
    Ok(legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_MOST)
        .build(BoxCloneSyncService::new(
            ServiceBuilder::new().map_err(in_words).timeout(CONNECT).service(connector),
        )))
}

fn in_words(error: NoClient) -> NoClient {
    match error.is::<Elapsed>() {
        true => format!("no connection in {} seconds", CONNECT.as_secs()).into(),
        false => error,
    }
}

#[derive(Clone)]
pub(super) struct Guard(Hub);

impl Service<Name> for Guard {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Refused;
    type Future = BoxFuture<'static, Result<Self::Response, Refused>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Refused>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let hub = self.0.clone();
        Box::pin(async move { Ok(hub.reach().resolve(name.as_str(), 0).await.map_err(refuse)?.into_iter()) })
    }
}

/// Counted: an operator sees that somebody tries.
pub(super) fn refuse(refused: Refused) -> Refused {
    if refused != Refused::Unknown {
        metrics::counter!("berth_webhook_refused_total").increment(1);
    }
    refused
}

/// The innermost cause, in a few words: the wrapping ones say only that something failed.
pub(super) fn why(error: &legacy::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string().chars().take(200).collect()
}
