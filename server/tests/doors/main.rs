//! The server's doors as clients find them. One program: linking is most of what a test costs here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod accept;
mod guard;
mod registry;
mod support;
mod token;
