//! What pages show. Nothing here changes anything.

use super::Failure;
#[cfg(feature = "ssr")]
use super::context::{answer, caller};
use leptos::prelude::*;
use model::view::{
    AccountPage, HomePage, ProfilePage, PushProgress, RepositoryPage, RepositorySettings, TagPage, TagsPage,
};
use model::{RepositoryName, Tag, Username};

/// Rows on a page of tags.
#[cfg(feature = "ssr")]
const TAGS: u32 = 25;

/// The front page; pages count from 1.
#[server(prefix = "/api/fn", endpoint = "home")]
pub async fn home(page: u32) -> Result<HomePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.home(&caller.actor, page).await)
}

/// One's own account.
#[server(prefix = "/api/fn", endpoint = "account")]
pub async fn account() -> Result<AccountPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.account(&caller.actor).await)
}

/// A person's public page.
#[server(prefix = "/api/fn", endpoint = "profile")]
pub async fn profile(name: Username, page: u32) -> Result<ProfilePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.profile(&caller.actor, &name, page).await)
}

/// The overview of a repository.
#[server(prefix = "/api/fn", endpoint = "repository")]
pub async fn repository(name: RepositoryName) -> Result<RepositoryPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository(&caller.actor, &name).await)
}

/// Its settings.
#[server(name = ReadRepositorySettings, prefix = "/api/fn", endpoint = "repository_settings")]
pub async fn repository_settings(name: RepositoryName) -> Result<RepositorySettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository_settings(&caller.actor, &name).await)
}

/// Its tags; pages count from 1.
#[server(prefix = "/api/fn", endpoint = "tags")]
pub async fn tags(name: RepositoryName, page: u32) -> Result<TagsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tags(&caller.actor, &name, page, TAGS).await)
}

/// One tag.
#[server(name = ReadTag, prefix = "/api/fn", endpoint = "tag")]
pub async fn tag(name: RepositoryName, tag: Tag) -> Result<TagPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tag(&caller.actor, &name, &tag).await)
}

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
    answer(caller.hub.preview(&markdown))
}
