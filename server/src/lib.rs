//! The axum process: sockets, the registry's protocol, the JSON API, the pages.

pub mod accept;
pub mod bearer;
pub mod command;
pub mod config;
pub mod dispatcher;
pub mod front;
pub mod guard;
pub mod identity;
pub mod json_api;
pub mod limits;
pub mod live;
pub mod logs;
pub mod mail;
pub mod operations;
pub mod pages;
pub mod registry;
mod secret_file;
pub mod shared;
pub mod sharing;
pub mod site;
pub mod start;
