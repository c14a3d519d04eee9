//! The server's doors as clients find them. One program: linking is most of what a test costs here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod accept;
mod access;
mod api;
mod guard;
mod hostile;
mod images;
mod privacy;
mod registry;
mod support;
mod token;
