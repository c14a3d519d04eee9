//! The commands beside `serve`: short, on the same data, also while the server runs.

use crate::config::{AddUser, Cli, Command, Fsck, Invite, LogFormat, UserCommand};
use crate::logs;
use crate::start::{StartError, open_hub, serve};
use hub::{NewAccount, Settings};
use std::process::ExitCode;

/// Leptos can hang while it renders on fewer threads than this (leptos #4578, #4647).
const LEAST_THREADS: usize = 4;

/// Threads that wait for files. None waits for a client, so they are for the disk's sake only.
const FILE_THREADS: usize = 16;

/// Does what the command line says, on threads of its own.
///
/// # Errors
/// What the operator has to be told.
pub fn run(cli: Cli) -> Result<ExitCode, StartError> {
    let threads = std::thread::available_parallelism().map_or(LEAST_THREADS, usize::from).max(LEAST_THREADS);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(FILE_THREADS)
        .enable_all()
        .build();
    runtime.map_err(StartError::Threads)?.block_on(carry_out(cli))
}

async fn carry_out(cli: Cli) -> Result<ExitCode, StartError> {
    match cli.command {
        Command::Serve(config) => Box::pin(serve(*config)).await.map(|()| ExitCode::SUCCESS),
        Command::User { command: UserCommand::Add(user) } => Box::pin(add_user(user)).await,
        Command::Invite(invite) => Box::pin(make_invitation(invite)).await,
        Command::Fsck(check) => fsck(check).await,
    }
}

#[expect(clippy::print_stdout, reason = "this is what the command says")]
async fn add_user(user: AddUser) -> Result<ExitCode, StartError> {
    logs::start(LogFormat::Text);
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(StartError::Input)?;
    let hub = open_hub(&user.place, Settings::default()).await?;
    let new = NewAccount {
        username: user.name.to_string(),
        email: user.email,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        invite: None,
    };
    let name = hub.add_user(&new, user.admin).await?;
    hub.close().await;
    println!("added {name}");
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "this is what the command says")]
async fn make_invitation(invite: Invite) -> Result<ExitCode, StartError> {
    logs::start(LogFormat::Text);
    let hub = open_hub(&invite.place, Settings { url: invite.url, ..Settings::default() }).await?;
    let token = hub.invite(invite.admin).await?;
    println!("{}/signup?invite={token}", hub.settings().url);
    hub.close().await;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "this is what the command says")]
async fn fsck(check: Fsck) -> Result<ExitCode, StartError> {
    logs::start(LogFormat::Text);
    if !check.place.exists() {
        return Err(StartError::NoHub(check.place.data));
    }
    let hub = open_hub(&check.place, Settings::default()).await?;
    let report = hub.fsck().await?;
    hub.close().await;
    if check.json {
        println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        for finding in report.errors.iter().chain(&report.notes) {
            println!("{}: {}", finding.kind, finding.what);
        }
        let (tags, manifests, blobs) = (report.tags, report.manifests, report.blobs);
        println!("{tags} tags, {manifests} manifests, {blobs} blobs of {} bytes", report.bytes);
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
