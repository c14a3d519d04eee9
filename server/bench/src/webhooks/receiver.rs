//! A receiver that costs next to nothing: it looks for the end of a request, notes the moment, and answers with one
//! write over a kept connection. It runs on the cores that are measured.

use crate::replay::{content_length, find};
use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";
const BUFFER: usize = 64 * 1024;

/// A delivery that came in.
pub(super) struct Arrival {
    pub(super) at: Instant,
    body: Vec<u8>,
}

impl Arrival {
    /// The tag that was pushed.
    pub(super) fn tag(&self) -> Result<String> {
        let payload: serde_json::Value = serde_json::from_slice(&self.body)?;
        Ok(payload["push_data"]["tag"].as_str().context("no tag in a payload")?.to_owned())
    }
}

/// Receivers of one kind, each on a port of its own, and what came to any of them.
pub(super) struct Receivers {
    pub(super) urls: Vec<String>,
    arrivals: mpsc::Receiver<Arrival>,
    hang: Arc<AtomicBool>,
}

impl Receivers {
    /// They answer at once.
    pub(super) fn start(count: usize) -> Result<Self> {
        let (sender, arrivals) = mpsc::channel();
        let hang = Arc::new(AtomicBool::new(false));
        let urls = (0..count).map(|_| listen(&hang, &sender)).collect::<Result<_>>()?;
        Ok(Self { urls, arrivals, hang })
    }

    /// From now on they take what they are sent, and never answer.
    pub(super) fn hang(&self) {
        self.hang.store(true, Ordering::Relaxed);
    }

    /// The next deliveries, as many as are told; each must come within `patience` of the one before.
    pub(super) fn take(&self, count: usize, patience: Duration) -> Result<Vec<Arrival>> {
        let next = |number| {
            let arrival = self.arrivals.recv_timeout(patience);
            arrival.with_context(|| format!("{number} of {count} deliveries came"))
        };
        (0..count).map(next).collect()
    }

    /// How many came that nobody took yet.
    pub(super) fn count(&self) -> usize {
        self.arrivals.try_iter().count()
    }
}

fn listen(hang: &Arc<AtomicBool>, sender: &Sender<Arrival>) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/hook", listener.local_addr()?);
    let (hang, sender) = (Arc::clone(hang), sender.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (hang, sender) = (Arc::clone(&hang), sender.clone());
            // It ends when the other side closes.
            std::thread::spawn(move || serve(stream, &hang, &sender));
        }
    });
    Ok(url)
}

fn serve(mut stream: TcpStream, hang: &AtomicBool, sender: &Sender<Arrival>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; BUFFER];
    loop {
        let body = read(&mut stream, &mut buffer)?;
        let arrival = Arrival { at: Instant::now(), body };
        if !hang.load(Ordering::Relaxed) {
            stream.write_all(ANSWER)?;
        }
        sender.send(arrival)?;
    }
}

/// The body of the next request.
fn read(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<Vec<u8>> {
    let mut filled = 0;
    loop {
        let more = stream.read(&mut buffer[filled..])?;
        ensure!(more > 0, "closed");
        filled += more;
        if let Some(at) = find(&buffer[..filled], b"\r\n\r\n") {
            let length = content_length(&buffer[..at + 4])?.context("no length")?;
            let end = at + 4 + length;
            ensure!(end <= buffer.len(), "a body of {length} bytes");
            if filled >= end {
                return Ok(buffer[at + 4..end].to_vec());
            }
        }
    }
}
