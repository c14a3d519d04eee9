//! What islands ask the server while a page is open. Nothing here changes anything that people see.

use super::Failure;
#[cfg(feature = "ssr")]
use super::context::{answer, answer_in_words, caller};
#[cfg(feature = "ssr")]
use super::security::expect_passkey;
use leptos::prelude::*;
use model::RepositoryName;
use model::view::PushProgress;

/// Whether the first push arrived.
#[server(name = ReadPushProgress, prefix = "/api/fn", endpoint = "push_progress")]
pub async fn push_progress(name: RepositoryName) -> Result<PushProgress, Failure> {
    let caller = caller()?;
    answer(caller.hub.push_progress(&caller.actor, &name).await)
}

/// What Markdown will look like.
#[server(prefix = "/api/fn", endpoint = "preview")]
pub async fn preview(markdown: String) -> Result<String, Failure> {
    let caller = caller()?;
    answer_in_words(caller.hub.preview(&caller.actor, &markdown).await)
}

/// What the Markdown of a comment will look like.
#[server(prefix = "/api/fn", endpoint = "preview_comment")]
pub async fn preview_comment(markdown: String) -> Result<String, Failure> {
    let caller = caller()?;
    answer_in_words(caller.hub.preview_comment(&caller.actor, &markdown))
}

/// Names of repositories that `text` may be the beginning of.
#[server(prefix = "/api/fn", endpoint = "suggest")]
pub async fn suggest(text: String) -> Result<Vec<RepositoryName>, Failure> {
    let caller = caller()?;
    answer(caller.hub.suggest(&caller.actor, &text).await)
}

/// A question to the device for any passkey of this hub.
#[server(prefix = "/api/fn", endpoint = "ask_for_passkey")]
pub async fn ask_for_passkey() -> Result<String, Failure> {
    let caller = caller()?;
    let question = answer((caller.ask_for_passkey)().await)?;
    expect_passkey(&question.pending, caller.is_secure);
    Ok(question.options)
}
