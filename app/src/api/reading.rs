//! What pages show, asked while the server renders them. Nothing here changes anything.

use super::Failure;
use super::context::{answer, caller};
use model::view::{
    AccountPage, HomePage, ProfilePage, RepositoryPage, RepositorySettings, TagPage, TagsPage,
};
use model::{RepositoryName, Tag, Username};

/// Rows on a page of tags.
const TAGS: u32 = 25;

/// The front page; pages count from 1.
pub(crate) async fn home(page: u32) -> Result<HomePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.home(&caller.actor, page).await)
}

/// One's own account.
pub(crate) async fn account() -> Result<AccountPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.account(&caller.actor).await)
}

/// A person's public page.
pub(crate) async fn profile(name: Username, page: u32) -> Result<ProfilePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.profile(&caller.actor, &name, page).await)
}

/// The overview of a repository.
pub(crate) async fn repository(name: RepositoryName) -> Result<RepositoryPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository(&caller.actor, &name).await)
}

/// Its settings.
pub(crate) async fn repository_settings(name: RepositoryName) -> Result<RepositorySettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository_settings(&caller.actor, &name).await)
}

/// Its tags; pages count from 1.
pub(crate) async fn tags(name: RepositoryName, page: u32) -> Result<TagsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tags(&caller.actor, &name, page, TAGS).await)
}

/// One tag.
pub(crate) async fn tag(name: RepositoryName, tag: Tag) -> Result<TagPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.tag(&caller.actor, &name, &tag).await)
}
