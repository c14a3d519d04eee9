//! The same request again and again over one connection, as cheaply as can be: at tens of thousands of answers a
//! second on two cores the client's own work would be measured too.

use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::TcpStream;
use testing::http::Request;

/// Room for the largest answer without a length: 10,000 tags.
const BUFFER: usize = 1 << 20;

pub(crate) struct Replay {
    stream: TcpStream,
    request: Vec<u8>,
    has_body: bool,
    buffer: Vec<u8>,
}

impl Replay {
    pub(crate) fn new(address: &str, request: &Request<'_>) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let bytes = request.head(address, 0).into_bytes();
        Ok(Self { stream, request: bytes, has_body: request.method != "HEAD", buffer: vec![0; BUFFER] })
    }

    /// Asks once more: the length of the body. Every answer must be a 200.
    pub(crate) fn again(&mut self) -> Result<u64> {
        self.stream.write_all(&self.request)?;
        let mut filled = 0;
        let (head, length) = loop {
            filled += self.read_more(filled)?;
            if let Some(at) = find(&self.buffer[..filled], b"\r\n\r\n") {
                let head = &self.buffer[..at + 4];
                ensure!(head.get(9..12) == Some(b"200"), "{}", String::from_utf8_lossy(head));
                break (at + 4, content_length(head)?);
            }
        };
        let mut body = filled - head;
        match length {
            _ if !self.has_body => return Ok(0),
            Some(length) => {
                while body < length {
                    body += self.read_more(0)?;
                }
            }
            // Chunked, and small enough for the buffer: it ends with an empty chunk (RFC 9112 section 7.1).
            None => {
                while !self.buffer[..head + body].ends_with(b"0\r\n\r\n") {
                    body += self.read_more(head + body)?;
                }
            }
        }
        Ok(u64::try_from(body)?)
    }

    fn read_more(&mut self, filled: usize) -> Result<usize> {
        let more = self.stream.read(&mut self.buffer[filled..])?;
        ensure!(more > 0, "closed in the middle of an answer");
        Ok(more)
    }
}

pub(crate) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

pub(crate) fn content_length(head: &[u8]) -> Result<Option<usize>> {
    const NAME: &[u8] = b"content-length:";
    for line in head.split(|byte| *byte == b'\n') {
        if line.len() > NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME) {
            return std::str::from_utf8(&line[NAME.len()..])?.trim().parse().map(Some).context("a length");
        }
    }
    Ok(None)
}
