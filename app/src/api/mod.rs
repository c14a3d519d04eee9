//! Server functions: how pages reach the hub. One file a subject, bodies of a few lines.
//!
//! Writing ones are what plain forms post to, so that they work without any script: they answer with a redirect, and
//! a refusal goes back to the form in its address. Islands call those in `live`; only these reach the browser.

#[cfg(feature = "ssr")]
pub mod accounts;
#[cfg(feature = "ssr")]
pub mod administration;
#[cfg(feature = "ssr")]
pub mod comments;
#[cfg(feature = "ssr")]
mod context;
pub mod live;
#[cfg(feature = "ssr")]
pub mod moving;
#[cfg(feature = "ssr")]
pub mod notifications;
#[cfg(feature = "ssr")]
pub mod organizations;
#[cfg(feature = "ssr")]
pub mod preferences;
#[cfg(feature = "ssr")]
pub(crate) mod reading;
#[cfg(feature = "ssr")]
pub mod repositories;
#[cfg(feature = "ssr")]
pub mod rights;
#[cfg(feature = "ssr")]
pub mod security;
#[cfg(feature = "ssr")]
mod shown_once;
#[cfg(feature = "ssr")]
pub mod stars;
#[cfg(feature = "ssr")]
pub mod teams;
#[cfg(feature = "ssr")]
pub mod tokens;
#[cfg(feature = "ssr")]
pub mod webhooks;

#[cfg(feature = "ssr")]
pub use context::{AskForPasskey, Caller, Prove, SigningIn};
#[cfg(feature = "ssr")]
pub(crate) use context::{go_where_it_moved, set_status};
#[cfg(feature = "ssr")]
pub(crate) use shown_once::shown_once;

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::Error;
use serde::{Deserialize, Serialize};

/// Why a server function has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(#[from] Error),
    /// Refused, as a sentence for whoever asked: islands have no words of their own.
    #[error("{0}")]
    Told(String),
    /// The browser could not reach the server, or did not understand it.
    #[error("the server can not be reached")]
    Unreachable,
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => {
                let error = Error::field("form", model::Problem::BadValue);
                #[cfg(feature = "ssr")]
                set_status(&error);
                Self::Refused(error)
            }
            _ => Self::Unreachable,
        }
    }
}
