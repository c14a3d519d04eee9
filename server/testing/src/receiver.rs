//! A receiver of webhooks: keeps what it is sent, and answers as the test says.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver as Channel, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Received {
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    pub at: Instant,
    /// The sender was gone then, or closed the connection just after: nobody waits for an answer.
    pub is_orphaned: bool,
}

impl Received {
    /// The body as JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn json(&self) -> Result<serde_json::Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// What to answer a request with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Status(u16),
    /// Nothing, until the other side gives up.
    Never,
    /// Nothing: the connection is closed.
    Cut,
}

impl From<Option<u16>> for Answer {
    fn from(status: Option<u16>) -> Self {
        status.map_or(Self::Never, Self::Status)
    }
}

type Answering = Arc<dyn Fn(&Received) -> Answer + Send + Sync>;

/// A server on a port of its own, until the program ends.
pub struct Receiver {
    /// `http://127.0.0.1:port`.
    pub url: String,
    received: Channel<Received>,
}

impl Receiver {
    /// Starts one that answers as `answering` says, once that has returned.
    ///
    /// # Errors
    /// No port is free.
    pub fn start<A: Into<Answer>>(
        answering: impl Fn(&Received) -> A + Send + Sync + 'static,
    ) -> Result<Self> {
        let answering: Answering = Arc::new(move |request| answering(request).into());
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, received) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (answering, sender) = (Arc::clone(&answering), sender.clone());
                std::thread::spawn(move || serve(&stream, &answering, &sender));
            }
        });
        Ok(Self { url, received })
    }

    /// The next request, within `limit`; `None`: none came.
    ///
    /// # Errors
    /// The server is gone.
    pub fn next(&self, limit: Duration) -> Result<Option<Received>> {
        match self.received.recv_timeout(limit) {
            Ok(received) => Ok(Some(received)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(gone @ RecvTimeoutError::Disconnected) => Err(gone.into()),
        }
    }
}

/// Answers the requests of one connection until it is closed.
fn serve(stream: &TcpStream, answering: &Answering, sender: &Sender<Received>) {
    let mut reader = BufReader::new(stream);
    while let Ok(request) = read(&mut reader) {
        let answer = answering(&request);
        if sender.send(request).is_err() {
            return;
        }
        let status = match answer {
            Answer::Status(status) => status,
            Answer::Never => {
                // The other side gives up, and closes.
                let _ = reader.read(&mut [0]);
                return;
            }
            Answer::Cut => return,
        };
        let mut stream = stream;
        if write!(stream, "HTTP/1.1 {status} X\r\nContent-Length: 3\r\n\r\nok\n").is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> Result<Received> {
    let first = line(reader)?;
    let path = first.split(' ').nth(1).context("no request line")?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let at = Instant::now();
    Ok(Received { path, headers, body, at, is_orphaned: is_closed(reader.get_ref())? })
}

fn is_closed(stream: &TcpStream) -> Result<bool> {
    stream.set_nonblocking(true)?;
    let next = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(match next {
        Ok(length) => length == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    })
}

fn line(reader: &mut BufReader<&TcpStream>) -> Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
