//! Docker's side: `/v2/` and `/token`.
//!
//! One parser, one `match`, one method of the hub for each call. Knows nothing of pages or the JSON API.

mod blobs;
mod call;
mod error;
mod headers;
mod lists;
mod manifests;
mod query;
mod range;
mod refuse;
mod serve;
mod token;
mod uploads;

pub use call::ROUTES;
pub(crate) use error::refusal;
pub use serve::Registry;
