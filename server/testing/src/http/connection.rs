//! One connection and the reading of answers from it.

use super::{Reply, Request};
use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Big enough that the client is not what a pull waits for.
const BUFFER: usize = 256 * 1024;
const PATIENCE: Duration = Duration::from_secs(300);

/// A connection to `address` (`host:port`), opened when first needed and again after the server closed it.
pub struct Connection {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    #[must_use]
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None, buffer: vec![0; BUFFER] }
    }

    /// Asks, and reads the whole answer.
    ///
    /// # Errors
    /// The connection could not be opened or broke. It is opened anew for the next request.
    pub fn send(&mut self, request: &Request<'_>) -> Result<Reply> {
        self.ask(request, true)
    }

    /// Like [`Connection::send`], but only counts the bytes of the body.
    ///
    /// # Errors
    /// As for [`Connection::send`].
    pub fn drain(&mut self, request: &Request<'_>) -> Result<Reply> {
        self.ask(request, false)
    }

    /// A kept connection may have been closed meanwhile (a server that refused an earlier request without reading
    /// its body does that); like real clients we then ask once more over a new one.
    fn ask(&mut self, request: &Request<'_>, keep: bool) -> Result<Reply> {
        let was_kept = self.stream.is_some();
        match self.ask_once(request, keep) {
            Err(_) if was_kept => self.ask_once(request, keep),
            answer => answer,
        }
    }

    fn ask_once(&mut self, request: &Request<'_>, keep: bool) -> Result<Reply> {
        let answer = self.write(request, request.body.len()).and_then(|()| self.read(request.method, keep));
        match &answer {
            Ok(reply) if !reply.closes() => {}
            _ => self.stream = None,
        }
        answer
    }

    /// Promises `promised` bytes, sends only the request's body, and closes the sending half. The answer, if any.
    ///
    /// # Errors
    /// The connection could not be opened, or the server closed it without an answer.
    pub fn send_cut_off(&mut self, request: &Request<'_>, promised: usize) -> Result<Reply> {
        let written = self.write(request, promised);
        let stream = self.stream.take().context("not connected")?;
        written?;
        stream.shutdown(Shutdown::Write)?;
        self.stream = Some(stream);
        let answer = self.read(request.method, true);
        self.stream = None;
        answer
    }

    fn write(&mut self, request: &Request<'_>, promised: usize) -> Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            self.stream = Some(stream);
        }
        let stream = self.stream.as_mut().context("not connected")?;
        stream.write_all(request.head(&self.address, promised).as_bytes())?;
        // A server may refuse before it has read everything; its answer says more than the broken pipe.
        let _ = stream.write_all(request.body);
        Ok(())
    }

    fn read(&mut self, method: &str, keep: bool) -> Result<Reply> {
        let stream = self.stream.as_mut().context("not connected")?;
        let mut filled = 0;
        let end = loop {
            ensure!(filled < self.buffer.len(), "an endless head");
            let more = stream.read(&mut self.buffer[filled..])?;
            ensure!(more > 0, "closed before an answer");
            let from = filled.saturating_sub(3);
            filled += more;
            if let Some(at) = self.buffer[from..filled].windows(4).position(|four| four == b"\r\n\r\n") {
                break from + at + 4;
            }
        };
        let mut reply = Reply::parse(&self.buffer[..end])?;
        let early = self.buffer[end..filled].to_vec();
        if method != "HEAD" {
            reply.read_body(&early, stream, &mut self.buffer, keep)?;
        }
        Ok(reply)
    }
}
