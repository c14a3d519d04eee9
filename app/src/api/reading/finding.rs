//! What pages show that lead to many repositories, and what one was told of.

use super::repositories::at_home;
use crate::api::Failure;
use crate::api::context::{answer, caller};
use hub::{SearchQuery, StarQuery};
use model::view::{ExplorePage, HomePage, NoticesPage, SearchPage, StargazersPage, StarsPage};
use model::{RepositoryName, Username};

/// The front page.
pub(crate) async fn home() -> Result<HomePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.home(&caller.actor).await)
}

/// What there is to discover.
pub(crate) async fn explore() -> Result<ExplorePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.explore().await)
}

/// What fits what was typed.
pub(crate) async fn search(query: SearchQuery) -> Result<SearchPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.search(&caller.actor, &query).await)
}

/// One's own bookmarks.
pub(crate) async fn stars(query: StarQuery) -> Result<StarsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.stars(&caller.actor, &query).await)
}

/// Somebody's stars.
pub(crate) async fn stars_of(name: Username, page: u32) -> Result<StarsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.stars_of(&caller.actor, &name, page).await)
}

/// Who starred a repository.
pub(crate) async fn stargazers(name: RepositoryName, page: u32) -> Result<StargazersPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.stargazers(&caller.actor, &name, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// What one was told of.
pub(crate) async fn notices(page: u32) -> Result<NoticesPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.notices(&caller.actor, page).await)
}
