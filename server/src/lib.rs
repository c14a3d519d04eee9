//! The axum process: sockets, registry protocol, API, pages.

pub mod site;
