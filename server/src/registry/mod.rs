//! Docker's side: `/v2/` and `/token`.
//!
//! One parser, one `match`, one method of the hub for each call. Knows nothing of pages or the JSON API.

mod error;
mod headers;
mod refuse;
mod serve;
mod token;

pub(crate) use error::refusal;
pub use serve::Registry;
