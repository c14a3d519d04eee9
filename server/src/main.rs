//! The program `berth`: reads the command line and starts what it asks for.

use clap::Parser;
use server::command;
use server::config::Cli;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stderr, reason = "the log may not have been started")]
fn main() -> ExitCode {
    command::run(Cli::parse()).unwrap_or_else(|error| {
        eprintln!("berth: {error}");
        ExitCode::FAILURE
    })
}
