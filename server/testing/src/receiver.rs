//! A receiver of webhooks: keeps what it is sent, and answers as the test says.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Channel, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// A request that came in.
#[derive(Debug, Clone)]
pub struct Received {
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
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

/// What to answer a request with: the status; `None` never answers.
pub type Answering = fn(&Received) -> Option<u16>;

/// A server on a port of its own, until the program ends.
pub struct Receiver {
    /// `http://127.0.0.1:port`.
    pub url: String,
    received: Channel<Received>,
}

impl Receiver {
    /// Starts one.
    ///
    /// # Errors
    /// No port is free.
    pub fn start(answering: Answering) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, received) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let sender = sender.clone();
                std::thread::spawn(move || serve(&stream, answering, &sender));
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
fn serve(stream: &TcpStream, answering: Answering, sender: &Sender<Received>) {
    let mut reader = BufReader::new(stream);
    while let Ok(request) = read(&mut reader) {
        let status = answering(&request);
        if sender.send(request).is_err() {
            return;
        }
        let Some(status) = status else {
            // The other side gives up, and closes.
            let _ = reader.read(&mut [0]);
            return;
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
    Ok(Received { path, headers, body })
}

fn line(reader: &mut BufReader<&TcpStream>) -> Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
