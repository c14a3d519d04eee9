//! Stars: given and taken back by whoever may pull, kept as bookmarks (SPEC R5.1).
//!
//! No event tells of them: a star changes nothing of the repository, and its row says who and when.

use crate::Hub;
use crate::actor::Actor;
use crate::store::accounts::{self, By};
use crate::store::stars::{self as rows, Starred};
use model::view::{Page, RepositoryRow, StargazersPage, StarsPage};
use model::{Action, Error, Missing, RepositoryName, StarOrder, Username};

/// Rows of a page.
const PAGE: u32 = 25;

/// Which of one's stars are wanted.
#[derive(Debug, Clone, Default)]
pub struct StarQuery {
    /// Words that are all in the name or the description; the first four count.
    pub words: String,
    pub order: StarOrder,
    /// From 1.
    pub page: u32,
}

impl Hub {
    /// Stars a repository; once is enough.
    ///
    /// # Errors
    /// Those of the gate; `SignInNeeded` for a program of an organization, which is nobody; `TooMany`.
    pub async fn star(&self, actor: &Actor, name: &RepositoryName) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Star).await?;
        let person = actor.signed_in()?;
        self.star_floods().take(actor, self.now())?;
        let mut change = self.change_repository(&entered).await?;
        rows::add(&mut change, &entered, &person.id, self.now()).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Takes the star back, if there is one.
    ///
    /// # Errors
    /// As for [`Hub::star`].
    pub async fn unstar(&self, actor: &Actor, name: &RepositoryName) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Star).await?;
        let person = actor.signed_in()?;
        self.star_floods().take(actor, self.now())?;
        let mut change = self.change_repository(&entered).await?;
        rows::remove(&mut change, &entered, &person.id).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Who starred a repository, the latest first.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn stargazers(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        page: u32,
    ) -> Result<StargazersPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let (head, number) = (self.head(&entered).await?, page.max(1));
        let (limit, offset) = part(number, PAGE);
        let rows = rows::of_repository(self.database(), &entered, limit, offset).await?;
        let total = head.stars;
        Ok(StargazersPage { head, people: Page { rows, total, number, size: PAGE } })
    }

    /// One's own bookmarks: whatever was lost is not among them.
    ///
    /// # Errors
    /// `SignInNeeded`.
    pub async fn stars(&self, actor: &Actor, query: &StarQuery) -> Result<StarsPage, Error> {
        let username = actor.signed_in()?.username.clone();
        let repositories = self.starred(actor, &username, query, PAGE).await?;
        Ok(StarsPage { username, is_self: true, repositories })
    }

    /// Somebody's stars: for others only those on public repositories.
    ///
    /// # Errors
    /// `NotFound(Account)`.
    pub async fn stars_of(&self, actor: &Actor, username: &Username, page: u32) -> Result<StarsPage, Error> {
        let query = StarQuery { page, ..StarQuery::default() };
        let repositories = self.starred(actor, username, &query, PAGE).await?;
        let is_self = actor.username() == Some(username);
        Ok(StarsPage { username: username.clone(), is_self, repositories })
    }

    /// The same as a bare list, with `size` rows a page, at most 100.
    ///
    /// # Errors
    /// `NotFound(Account)`.
    pub async fn starred(
        &self,
        actor: &Actor,
        username: &Username,
        query: &StarQuery,
        size: u32,
    ) -> Result<Page<RepositoryRow>, Error> {
        let user = accounts::find(self.database(), By::Username(username.as_str())).await?;
        let user = user.ok_or(Error::NotFound(Missing::Account))?;
        let (size, number) = (size.clamp(1, 100), query.page.max(1));
        let wanted = starred_of(actor, &user.id, query, part(number, size));
        let rows = rows::starred(self.database(), &wanted).await?;
        let total = rows::total(self.database(), &wanted).await?;
        Ok(Page { rows, total, number, size })
    }

    /// How many of somebody's stars `actor` may find.
    pub(crate) async fn starred_total(&self, actor: &Actor, user_id: &str) -> Result<u64, Error> {
        let query = StarQuery::default();
        Ok(rows::total(self.database(), &starred_of(actor, user_id, &query, (0, 0))).await?)
    }
}

fn starred_of<'a>(
    actor: &Actor,
    user_id: &'a str,
    query: &'a StarQuery,
    (limit, offset): (i64, i64),
) -> Starred<'a> {
    let mut words = query.words.split_whitespace();
    Starred {
        user_id,
        is_own: actor.lister_id() == user_id,
        sees_all: actor.is_admin(),
        words: std::array::from_fn(|_| words.next().unwrap_or_default()),
        order: query.order,
        limit,
        offset,
    }
}

/// How many rows a page has, and how many come before it.
fn part(number: u32, size: u32) -> (i64, i64) {
    (i64::from(size), i64::from(number - 1) * i64::from(size))
}
