//! The server's doors as clients find them. One program: linking is most of what a test costs here.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::large_futures, reason = "tests need no small stacks")]

mod accept;
mod access;
mod api;
mod api_organizations;
mod callbacks;
mod comments;
mod guard;
mod help;
mod hostile;
mod images;
mod live;
mod privacy;
mod pulls;
mod registry;
mod search;
mod sharing;
mod support;
mod token;
