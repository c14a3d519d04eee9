//! The words that the browser and the server share: names, rights, events, views, errors.
//!
//! Nothing here does I/O, waits, reads a clock or knows which side it runs on (no `cfg`).

pub mod access;
pub mod badge;
pub mod comment;
pub mod error;
pub mod event;
pub mod mail;
pub mod membership;
pub mod name;
pub mod network;
pub mod notice;
pub mod plan;
pub mod search;
pub mod star;
pub mod time;
pub mod token;
pub mod view;
pub mod webhook;
mod word_enum;

pub use access::{Action, Role, Verdict, Visibility, decide};
pub use badge::Badge;
pub use error::{Error, FieldProblem, Missing, Problem};
pub use membership::{Membership, OrganizationAction, decide_organization};
pub use name::{Algorithm, Digest, Reference, RepositoryName, Tag, TeamName, Username};
pub use notice::{Notice, NoticeKind};
pub use plan::{Plan, Plans};
pub use search::SearchOrder;
pub use star::StarOrder;
pub use time::Timestamp;
pub use token::TokenScope;
