//! The order on disk of one push, as the kernel saw it: the blob's bytes, its name, the folder, the database,
//! and only then the answer.

use crate::programs::missing;
use crate::stage::BINARY;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};
use testing::{Berth, Registry, digest, noise};

const CALLS: &str = "trace=fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg";

/// One system call: the lines of the trace at which it began and came back.
#[derive(Debug)]
struct Call {
    text: String,
    began: usize,
    ended: usize,
}

impl Call {
    fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.text.starts_with(&format!("{name}(")))
    }
}

/// The calls of a trace; one that another thread interrupted is put together again.
fn calls(trace: &str) -> Vec<Call> {
    let mut calls = Vec::<Call>::new();
    let mut open = std::collections::HashMap::<&str, usize>::new();
    for (line, text) in trace.lines().enumerate() {
        let Some((thread, text)) = text.split_once(' ') else { continue };
        let text = text.trim_start();
        if text.starts_with("<... ") {
            if let Some(call) = open.remove(thread).and_then(|at| calls.get_mut(at)) {
                call.ended = line;
            }
            continue;
        }
        if text.ends_with("<unfinished ...>") {
            open.insert(thread, calls.len());
        }
        calls.push(Call { text: text.to_owned(), began: line, ended: line });
    }
    calls
}

/// The first call after line `after` that fits.
fn next<'a>(calls: &'a [Call], after: usize, what: &str, fits: impl Fn(&Call) -> bool) -> Result<&'a Call> {
    let found = calls.iter().find(|call| call.began > after && fits(call));
    found.with_context(|| format!("no {what} after line {after} of the trace"))
}

/// Proves the order for the blob `hex` that was acknowledged by the trace's last `201`.
fn prove(trace: &str, hex: &str) -> Result<String> {
    let calls = calls(trace);
    let answers = |call: &Call| {
        call.is(&["write", "writev", "sendto", "sendmsg"]) && call.text.contains("HTTP/1.1 201")
    };
    let answer = calls.iter().find(|call| answers(call)).context("no 201 in the trace")?;
    let rename = |call: &Call| call.is(&["rename", "renameat", "renameat2"]) && call.text.contains(hex);
    let renamed = next(&calls, 0, "rename", rename)?;
    let temporary = renamed.text.split('"').nth(1).context("the rename's first path")?;
    let syncs = ["fsync", "fdatasync"];
    let of_temporary = |call: &Call| call.is(&syncs) && call.text.contains(temporary_name(temporary));
    let synced = next(&calls, 0, "sync of the temporary file", of_temporary)?;
    let open_folder = format!("{}>", folder_of(&renamed.text, hex));
    let folder = |call: &Call| call.is(&syncs) && call.text.contains(&open_folder);
    let placed = next(&calls, renamed.ended, "sync of the folder", folder)?;
    let wal = |call: &Call| call.is(&syncs) && call.text.contains("-wal>");
    let committed = next(&calls, placed.ended, "sync of the database", wal)?;
    ensure!(synced.ended < renamed.began, "renamed before the bytes were synced");
    ensure!(committed.ended < answer.began, "answered before the database was synced");
    Ok([synced, renamed, placed, committed, answer].map(|call| format!("{call:?}")).join("\n"))
}

/// The trace, as soon as strace has written down that the process ended.
fn whole(trace: &Path, process: u32) -> Result<String> {
    let (since, process) = (Instant::now(), format!("{process} "));
    loop {
        let text = std::fs::read_to_string(trace)?;
        let is_end = |line: &str| line.starts_with(&process) && line.contains("+++ exited with");
        if text.lines().any(is_end) {
            return Ok(text);
        }
        ensure!(since.elapsed() < Duration::from_secs(60), "the trace has no end");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn temporary_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder that the rename put the blob into.
fn folder_of<'a>(rename: &'a str, hex: &str) -> &'a str {
    let target = rename.split('"').rfind(|part| part.contains(hex)).unwrap_or_default();
    target.rsplit_once('/').map_or(target, |(folder, _)| folder)
}

#[test]
#[expect(clippy::print_stdout, reason = "the trace of the proof is what one wants to read")]
fn a_push_is_on_disk_before_it_is_acknowledged() -> Result<()> {
    if missing(&["strace"])? {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let trace = folder.path().join("trace");
    let file = trace.to_string_lossy().into_owned();
    // -D: strace is the child, so that the process that is stopped is Berth.
    let strace = ["strace", "-D", "-f", "-y", "-s", "32", "-e", CALLS, "-e", "signal=none", "-o", &file];
    let mut berth = Berth::start_under(&strace, Path::new(BINARY), &folder.path().join("data"))?;
    let anna = berth.add_user("anna")?;
    let mut registry = Registry::new(&berth.address, "anna/app", Some(&anna));
    let bytes = noise(11, 100_000);
    registry.push_blob(&digest(&bytes), &bytes)?;
    berth.stop()?;
    let hex = digest(&bytes).replace("sha256:", "");
    let steps = prove(&whole(&trace, berth.pid())?, &hex)?;
    println!("{steps}");
    Ok(())
}
