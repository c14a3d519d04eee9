//! An answer: status, headers, body.

use anyhow::{Context, Result, ensure};
use std::io::Read;
use std::net::TcpStream;

/// What came back. `length` counts the body's bytes even where they were not kept.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case, in the order they came in.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub length: u64,
}

impl Reply {
    pub(super) fn parse(head: &[u8]) -> Result<Self> {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).context("no status")?;
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Ok(Self { status: status.parse()?, headers, ..Self::default() })
    }

    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("{}: {}", self.status, self.text()))
    }

    /// This answer, if its status is `status`.
    ///
    /// # Errors
    /// It is another one; the message has the body.
    pub fn expect_status(self, status: u16) -> Result<Self> {
        ensure!(self.status == status, "{} instead of {status}: {}", self.status, self.text());
        Ok(self)
    }

    pub(super) fn closes(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }

    pub(super) fn read_body(
        &mut self,
        early: &[u8],
        stream: &mut TcpStream,
        buffer: &mut [u8],
        keep: bool,
    ) -> Result<()> {
        if matches!(self.status, 204 | 304) {
            return Ok(());
        }
        if let Some(length) = self.header("content-length").map(str::parse).transpose()? {
            self.read_sized(length, early, stream, buffer, keep)
        } else if self.header("transfer-encoding").is_some() {
            self.read_chunks(early.to_vec(), stream, buffer)
        } else {
            self.body.extend_from_slice(early);
            stream.read_to_end(&mut self.body)?;
            self.length = u64::try_from(self.body.len())?;
            Ok(())
        }
    }

    fn read_sized(
        &mut self,
        length: u64,
        early: &[u8],
        stream: &mut TcpStream,
        buffer: &mut [u8],
        keep: bool,
    ) -> Result<()> {
        self.take(early, keep)?;
        while self.length < length {
            let more = stream.read(buffer)?;
            ensure!(more > 0, "closed after {} of {length} bytes", self.length);
            self.take(&buffer[..more], keep)?;
        }
        Ok(())
    }

    fn take(&mut self, bytes: &[u8], keep: bool) -> Result<()> {
        self.length += u64::try_from(bytes.len())?;
        if keep {
            self.body.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Chunked bodies are small here (pages, JSON): they are kept.
    fn read_chunks(&mut self, mut raw: Vec<u8>, stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
        let mut at = 0;
        loop {
            let line = loop {
                if let Some(end) = raw[at..].windows(2).position(|two| two == b"\r\n") {
                    break at + end;
                }
                fill(&mut raw, stream, buffer)?;
            };
            let size = std::str::from_utf8(&raw[at..line])?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)?;
            at = line + 2;
            while raw.len() < at + size + 2 {
                fill(&mut raw, stream, buffer)?;
            }
            self.take(&raw[at..at + size], true)?;
            at += size + 2;
            if size == 0 {
                return Ok(());
            }
        }
    }
}

fn fill(raw: &mut Vec<u8>, stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
    let more = stream.read(buffer)?;
    ensure!(more > 0, "closed within a chunk");
    raw.extend_from_slice(&buffer[..more]);
    Ok(())
}
