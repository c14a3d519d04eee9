//! The programs the stories drive, and what happens where one is missing.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Whether some program is missing. Says so; fails where `CI` is `true`.
pub(crate) fn missing(programs: &[&str]) -> Result<bool> {
    let Some(absent) = programs.iter().find(|program| find(program).is_none()) else { return Ok(false) };
    skip(&format!("{absent} is not installed"))
}

/// A story that needs root (a mount, an unprivileged account) and does not have it.
pub(crate) fn not_root() -> Result<bool> {
    if run(Command::new("id").arg("-u"))?.trim() == "0" {
        return Ok(false);
    }
    skip("it needs root")
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
pub(crate) fn skip(why: &str) -> Result<bool> {
    ensure!(std::env::var("CI").as_deref() != Ok("true"), "not skipped in CI: {why}");
    eprintln!("SKIPPED: {why}");
    Ok(true)
}

/// A program by its name, also where only root's PATH has it.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/sbin"]);
    folders.map(|folder| Path::new(folder).join(program)).find(|file| file.is_file())
}

/// Runs it to a good end: what it printed.
pub(crate) fn run(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Runs it to a bad end: what it complained of.
pub(crate) fn refused(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    ensure!(!output.status.success(), "{command:?} was not refused");
    Ok(String::from_utf8(output.stderr)?)
}

fn output(command: &mut Command) -> Result<Output> {
    command.output().with_context(|| format!("{command:?}"))
}

/// Runs it with `input` on its standard input.
pub(crate) fn run_with_input(command: &mut Command, input: &str) -> Result<String> {
    use std::io::Write;
    use std::process::Stdio;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    child.stdin.take().context("no standard input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
