//! The ways in which a receiver can be hostile, and the words that its webhook's history has for each (BAR W15).

use super::wild::{Behaviour, Caller};
use std::io::Result;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Duration;

const OK: &str = "HTTP/1.1 200 OK\r\n";
const LARGE: &str = "Content-Length: 1000000000\r\n\r\n";
const CHUNKED: &str = "Transfer-Encoding: chunked\r\n\r\n";
const NONE: Duration = Duration::ZERO;
const SECOND: Duration = Duration::from_secs(1);
/// Slow enough that bodies without end leave the machine to others.
const PACE: Duration = Duration::from_millis(2);
const PIECE: [u8; 4096] = [b'x'; 4096];
/// A chunk of one byte.
const SINGLE: &[u8] = b"1\r\nx\r\n";
/// What is read of a body.
const READ_MOST: usize = 64 * 1024;

/// What an attempt ends with.
pub(crate) enum End {
    /// This status.
    Answer(u16),
    /// No status, and words with one of these in them.
    Words(&'static [&'static str]),
}

/// A way to be hostile.
pub(crate) struct Beast {
    pub(crate) name: &'static str,
    pub(crate) scheme: &'static str,
    pub(crate) behaviour: Behaviour,
    pub(crate) end: End,
}

const fn beast(name: &'static str, behaviour: Behaviour, end: End) -> Beast {
    Beast { name, scheme: "http", behaviour, end }
}

const TIMEOUT: End = End::Words(&["no answer in 8 seconds"]);
const NO_CONNECTION: End = End::Words(&["no connection in 5 seconds"]);
const TOO_LARGE: End = End::Words(&["too large"]);
const NO_HTTP: End = End::Words(&["invalid HTTP"]);
const LENGTH: End = End::Words(&["invalid content-length"]);
const CLOSED: End = End::Words(&["closed", "reset"]);

pub(crate) const ZOO: &[Beast] = &[
    beast("hangs after accepting", |caller| caller.read().and_then(|()| caller.wait()), TIMEOUT),
    beast("never reads", |_| pause_forever(), TIMEOUT),
    beast("one byte a second", one_byte_a_second, TIMEOUT),
    beast("headers without end", |caller| flood(caller, "X-A: b\r\n"), TOO_LARGE),
    beast("a header of 1 MB", one_large_header, TOO_LARGE),
    beast("a header without end", |caller| flood(caller, "x"), TOO_LARGE),
    beast("100 headers and one more", many_headers, TOO_LARGE),
    beast("100 Continue without end", only_continue, End::Words(&["the answer is too large"])),
    beast("HTTP/0.9", |caller| say(caller, "hello there\n"), NO_HTTP),
    beast("another protocol", |caller| say(caller, "SSH-2.0-OpenSSH_9.2\r\n"), NO_HTTP),
    beast("HTTP/2 at once", |caller| say(caller, "\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0d"), NO_HTTP),
    beast("no number for a status", |caller| say(caller, "HTTP/1.1 OK\r\n\r\n"), NO_HTTP),
    beast("two lengths", |caller| ok(caller, "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx"), LENGTH),
    beast("closes at once", |_| Ok(()), CLOSED),
    beast("resets", |caller| caller.peek(), CLOSED),
    beast("another protocol asked for", |caller| say(caller, "HTTP/1.1 101 X\r\n\r\n"), End::Answer(101)),
    beast("a body of 1 GB", large_body, End::Answer(200)),
    beast("a body without end", endless_body, End::Answer(200)),
    beast("a body in single bytes", single_bytes, End::Answer(200)),
    beast("less than it promised", |caller| ok(caller, "Content-Length: 9\r\n\r\nx"), End::Answer(200)),
    beast("NUL, and no text", |caller| ok(caller, "X-A: \u{ff}\r\n\r\n\0\u{1}\u{202e}"), End::Answer(200)),
    Beast { scheme: "https", ..beast("plain where TLS is due", |caller| ok(caller, "\r\n"), TLS) },
    Beast { scheme: "https", ..beast("hangs in the handshake", |caller| caller.wait(), NO_CONNECTION) },
];

const TLS: End = End::Words(&["corrupt message", "InvalidContentType"]);

pub(crate) fn say(caller: &mut Caller, words: &str) -> Result<()> {
    caller.read()?;
    caller.say(words)
}

fn ok(caller: &mut Caller, rest: &str) -> Result<()> {
    say(caller, &format!("{OK}{rest}"))
}

fn one_byte_a_second(caller: &mut Caller) -> Result<()> {
    caller.read()?;
    caller.repeat("H", SECOND)
}

fn pause_forever() -> Result<()> {
    std::thread::sleep(Duration::from_secs(600));
    Ok(())
}

pub(crate) fn flood(caller: &mut Caller, what: &str) -> Result<()> {
    ok(caller, "X-First: ")?;
    caller.repeat(what.repeat(8192), NONE)
}

pub(crate) fn one_large_header(caller: &mut Caller) -> Result<()> {
    ok(caller, &format!("X-Large: {}\r\n\r\n", "x".repeat(1_000_000)))?;
    caller.wait()
}

fn many_headers(caller: &mut Caller) -> Result<()> {
    ok(caller, &format!("{}\r\n", "X-A: b\r\n".repeat(101)))?;
    caller.wait()
}

pub(crate) fn only_continue(caller: &mut Caller) -> Result<()> {
    caller.read()?;
    caller.repeat("HTTP/1.1 100 Continue\r\n\r\n".repeat(100), NONE)
}

pub(crate) fn large_body(caller: &mut Caller) -> Result<()> {
    ok(caller, LARGE)?;
    caller.repeat(PIECE, PACE)
}

pub(crate) fn endless_body(caller: &mut Caller) -> Result<()> {
    ok(caller, CHUNKED)?;
    caller.repeat(chunk(), PACE)
}

fn single_bytes(caller: &mut Caller) -> Result<()> {
    ok(caller, CHUNKED)?;
    caller.repeat(SINGLE.repeat(512), PACE)
}

/// A chunk of one piece.
fn chunk() -> Vec<u8> {
    [b"1000\r\n", &PIECE[..], b"\r\n"].concat()
}

/// As much of a large body as is read, and no more until the other side closes.
pub(crate) fn begun_body(caller: &mut Caller) -> Result<()> {
    begun(caller, LARGE, &PIECE, READ_MOST / PIECE.len())
}

pub(crate) fn begun_chunks(caller: &mut Caller) -> Result<()> {
    begun(caller, CHUNKED, &chunk(), READ_MOST / PIECE.len())
}

pub(crate) fn begun_single_bytes(caller: &mut Caller) -> Result<()> {
    begun(caller, CHUNKED, SINGLE, READ_MOST)
}

fn begun(caller: &mut Caller, head: &str, piece: &[u8], times: usize) -> Result<()> {
    ok(caller, head)?;
    caller.say(piece.repeat(times))?;
    caller.wait()
}

/// 100 MB of nothing, as `gzip` packs it.
pub(crate) fn bomb(caller: &mut Caller) -> Result<()> {
    let head = format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", PACKED.len());
    ok(caller, &head)?;
    caller.say(&*PACKED)
}

/// Made before it is asked for: that takes longer than a receiver has.
pub(crate) static PACKED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut command = Command::new("sh");
    let output = command.args(["-c", "head -c 100000000 /dev/zero | gzip -1"]).output();
    output.map(|output| output.stdout).unwrap_or_default()
});
