//! The one place where the parts are put together.

use crate::accept::{self, Rules as AcceptRules};
use crate::bearer::{Bearers, KeyError, SigningKey};
use crate::config::{Place, Serve};
use crate::dispatcher::{Dispatcher, NoClient};
use crate::front::{Front, Meters};
use crate::identity::{Identity, Sources};
use crate::limits::Limits;
use crate::live::Live;
use crate::mail::{MailError, Postman};
use crate::registry::Registry;
use crate::shared::{Rules, Shared};
use crate::sharing::Sharing;
use crate::{json_api, logs, operations, pages, secret_file, site};
use hub::{Clock, Database, DiskBlobs, Hub, OpenError, Settings, Vault};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

const TURN: Duration = Duration::from_secs(10);
const TURNS_AN_HOUR: u64 = 360;
/// Until catching up is tried again.
const CATCH_UP_PAUSE: Duration = Duration::from_secs(30);
/// Chunks of repositories that are weighed again in one turn.
const CHUNKS_A_TURN: u32 = 10;

/// Why the hub does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the data folder {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    #[error("mail: {0}")]
    Mail(#[from] MailError),
    #[error("{0} is not a key of 32 bytes")]
    SecretKey(PathBuf),
    #[error("the client for webhooks: {0}")]
    Client(NoClient),
    #[error("the token key: {0}")]
    Key(#[from] KeyError),
    #[error("the database: {0}")]
    Database(#[from] OpenError),
    #[error("{0} can not be listened on: {1}")]
    Listen(std::net::SocketAddr, std::io::Error),
    #[error("there is no hub in {0}")]
    NoHub(PathBuf),
    #[error("standard input: {0}")]
    Input(std::io::Error),
    #[error("threads: {0}")]
    Threads(std::io::Error),
    #[error("signals: {0}")]
    Signals(std::io::Error),
    #[error(transparent)]
    Hub(#[from] model::Error),
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// See [`StartError`].
pub async fn serve(config: Serve) -> Result<(), StartError> {
    logs::start(config.log_format);
    let stop = stop_on_signals().map_err(StartError::Signals)?;
    secret_folder(&config.place.data)?;
    let listener =
        TcpListener::bind(config.listen).await.map_err(|error| StartError::Listen(config.listen, error))?;
    let address = listener.local_addr().map_err(|error| StartError::Listen(config.listen, error))?;
    let url = config.url.clone().unwrap_or_else(|| format!("http://{address}"));
    let hub = open_hub(&config.place, config.settings(url)).await?;
    let meters = Meters::new();
    let shared = Shared { live: Live::until(stop.clone()), ..shared(&config, &hub)? };
    let front = front(&shared, &meters);
    let postman = Postman::new(&config.mail, &config.place.data)?;
    let dispatcher = Dispatcher::new(&hub).map_err(StartError::Client)?;
    announce(&hub, address).await?;
    let mails = tokio::spawn(postman.serve(hub.clone()));
    let mut deliveries = tokio::spawn(dispatcher.serve(stop.clone()));
    let chores = tokio::spawn(chores(hub.clone(), meters, stop.clone()));
    let catching_up = tokio::spawn(catch_up(hub.clone()));
    let pulls = tokio::spawn(count_pulls(hub.clone(), config.spans.pulls_flush.duration(), stop.clone()));
    let sent = async {
        stop.cancelled().await;
        tokio::time::timeout(config.spans.drain.duration(), &mut deliveries).await.ok();
    };
    let rules = AcceptRules::new(&config.limits, &config.spans);
    tokio::join!(accept::serve(listener, front, rules, stop.clone()), sent);
    chores.abort();
    catching_up.abort();
    mails.abort();
    deliveries.abort();
    // Not aborted: a commit under way must not be written twice.
    pulls.await.ok();
    write_pulls(&hub).await;
    hub.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The hub of `place`; other processes may have it open too.
///
/// # Errors
/// See [`StartError`].
pub async fn open_hub(place: &Place, settings: Settings) -> Result<Hub, StartError> {
    secret_folder(&place.data)?;
    let database = Database::open(&place.database()).await?;
    let blobs =
        DiskBlobs::open(&place.data).map_err(|error| StartError::Folder(place.data.clone(), error))?;
    let vault = open_vault(&place.data.join("secret-key"))?;
    Ok(Hub::new(settings, database, Arc::new(blobs), Clock::system(), vault))
}

/// What seals secrets in the database: 256 random bits in a file beside it.
fn open_vault(file: &Path) -> Result<Vault, StartError> {
    let fault = |error| StartError::Folder(file.to_owned(), error);
    let key = secret_file::kept(file, || {
        let mut key = vec![0_u8; 32];
        aws_lc_rs::rand::fill(&mut key).map_err(|_| std::io::Error::other("no randomness"))?;
        Ok(key)
    });
    let key: [u8; 32] = key.map_err(fault)?.try_into().map_err(|_| StartError::SecretKey(file.to_owned()))?;
    Ok(Vault::new(&key)?)
}

/// What everything that answers requests needs.
///
/// # Errors
/// The token key can neither be read nor made.
pub fn shared(config: &Serve, hub: &Hub) -> Result<Shared, StartError> {
    let key = SigningKey::open(&config.place.data.join("token-key.pem"))?;
    let settings = hub.settings();
    let bearers = Arc::new(Bearers::new(key, &settings.url, settings.host(), Clock::system()));
    let limits = &config.limits;
    let guesses = Limits::new(limits.guesses_per_account, limits.guesses_per_source, Clock::system());
    let sources = Sources::new(config.trusted_proxies.clone());
    let identity = Identity::new(hub.clone(), bearers.clone(), guesses, sources);
    let rules = Rules {
        form_bytes: limits.form_limit.length(),
        token_ttl: config.spans.token_ttl.duration(),
        api_token_ttl: config.spans.api_token_ttl.duration(),
    };
    let live = Live::until(CancellationToken::new());
    Ok(Shared {
        hub: hub.clone(),
        identity,
        bearers,
        rules,
        clock: Clock::system(),
        live,
        sharing: Sharing::default(),
    })
}

/// Everything that answers requests.
#[must_use]
pub fn front(shared: &Shared, meters: &Meters) -> Front {
    let router = operations::router(meters.clone())
        .with_state(shared.clone())
        .merge(site::router())
        .merge(pages::router(shared));
    let api = json_api::router(shared.clone());
    Front::new(Registry::new(shared.clone()), api, router, meters.clone())
}

/// One plain line for whoever waits for it, and the way in while there is no account.
#[expect(clippy::print_stdout, reason = "this is what the command says")]
async fn announce(hub: &Hub, address: std::net::SocketAddr) -> Result<(), StartError> {
    println!("listening on http://{address}");
    tracing::info!(%address, url = hub.settings().url, "listening");
    if hub.first_start().await? {
        let token = hub.first_invitation().await?;
        println!("the first account: {}/signup?invite={token}", hub.settings().url);
    }
    Ok(())
}

/// What has to be done now and then.
async fn chores(hub: Hub, meters: Meters, stop: CancellationToken) {
    let mut turns = tokio::time::interval(TURN);
    for turn in 0_u64.. {
        if stop.run_until_cancelled(turns.tick()).await.is_none() {
            break;
        }
        meters.tidy();
        if let Err(error) = hub.sweep_uploads().await {
            tracing::warn!(%error, "old uploads can not be forgotten");
        }
        if let Err(error) = weigh(&hub).await {
            tracing::warn!(%error, "search can not be kept up");
        }
        if turn.is_multiple_of(TURNS_AN_HOUR)
            && let Err(error) = hub.sweep_sessions().await
        {
            tracing::warn!(%error, "old sessions can not be forgotten");
        }
    }
}

/// What older versions left is brought up to this one, while all else goes on.
async fn catch_up(hub: Hub) {
    index(&hub).await;
    render(&hub).await;
}

/// READMEs that an older renderer wrote are rendered again.
async fn render(hub: &Hub) {
    loop {
        match hub.render_old_readmes().await {
            Ok(0) => return,
            Ok(count) => return tracing::info!(count, "READMEs were rendered again"),
            Err(error) => tracing::warn!(%error, "READMEs can not be rendered again yet"),
        }
        tokio::time::sleep(CATCH_UP_PAUSE).await;
    }
}

/// Repositories that are older than the search index get into it.
async fn index(hub: &Hub) {
    let pause = async |error| {
        tracing::warn!(%error, "repositories can not be indexed for search yet");
        tokio::time::sleep(CATCH_UP_PAUSE).await;
    };
    let count = hub.index_until_done(pause).await;
    if count > 0 {
        tracing::info!(count, "repositories were indexed for search");
    }
}

/// Weighs what got stars, pulls or pushes; a turn of each chunk, so that others can write in between.
async fn weigh(hub: &Hub) -> Result<(), model::Error> {
    let mut weighed = 0;
    while hub.weigh_again().await? > 0 {
        weighed += 1;
        if weighed >= CHUNKS_A_TURN {
            break;
        }
    }
    if weighed > 0 { hub.tidy_search().await } else { Ok(()) }
}

/// Writes pulls down now and then, until `stop`.
async fn count_pulls(hub: Hub, pause: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        write_pulls(&hub).await;
        tokio::select! {
            () = stop.cancelled() => {}
            () = hub.pulls_wait() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn write_pulls(hub: &Hub) {
    if let Err(error) = hub.write_pulls().await {
        tracing::warn!(%error, "pulls can not be written down yet");
    }
}

/// A folder that only its owner may look into.
fn secret_folder(folder: &Path) -> Result<(), StartError> {
    let fault = |error| StartError::Folder(folder.to_owned(), error);
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(fault)?;
    let mode = std::fs::metadata(folder).map_err(fault)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!(folder = %folder.display(), "others may look into the data folder");
    }
    Ok(())
}

fn stop_on_signals() -> Result<CancellationToken, std::io::Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        told.cancel();
    });
    Ok(stop)
}
