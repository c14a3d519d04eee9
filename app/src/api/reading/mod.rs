//! What pages show, asked while the server renders them. Nothing here changes anything.

mod finding;
mod people;
mod repositories;
mod site;

pub(crate) use finding::*;
pub(crate) use people::*;
pub(crate) use repositories::*;
pub(crate) use site::*;
