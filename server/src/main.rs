//! The program `berth`: reads the command line and starts what it asks for.

use clap::Parser;
use server::{command, config::Cli};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Leptos can hang while it renders on fewer threads than this (leptos #4578, #4647).
const LEAST_THREADS: usize = 4;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let threads = std::thread::available_parallelism().map_or(LEAST_THREADS, usize::from).max(LEAST_THREADS);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    match runtime
        .map_err(|error| error.to_string())
        .and_then(|runtime| runtime.block_on(command::run(cli)).map_err(|error| error.to_string()))
    {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the log may not have been started")]
fn complain(error: &str) -> ExitCode {
    eprintln!("berth: {error}");
    ExitCode::FAILURE
}
