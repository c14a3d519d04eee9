//! The plainest HTTP/1.1 client: one blocking connection, kept alive. It exists because tests must be able to
//! cut a request in two, and a benchmark must cost next to nothing itself. It knows nothing of registries.

mod connection;
mod reply;

pub use connection::Connection;
pub use reply::Reply;

use std::fmt::Write;

/// What is asked. Paths may also be absolute URLs; the host in them is ignored.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    #[must_use]
    pub fn new(method: &'a str, path: &'a str) -> Self {
        Self { method, path, headers: Vec::new(), body: b"" }
    }

    #[must_use]
    pub fn get(path: &'a str) -> Self {
        Self::new("GET", path)
    }

    #[must_use]
    pub fn header(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn body(mut self, body: &'a [u8]) -> Self {
        self.body = body;
        self
    }

    /// The request up to its body. `length` is what the head promises.
    #[must_use]
    pub fn head(&self, host: &str, length: usize) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, path_of(self.path));
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        if length > 0 || !matches!(self.method, "GET" | "HEAD" | "DELETE") {
            let _ = write!(head, "Content-Length: {length}\r\n");
        }
        head.push_str("\r\n");
        head
    }
}

/// Path and query of a URL; a path stays what it is.
fn path_of(url: &str) -> &str {
    match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    }
}
