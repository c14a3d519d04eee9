//! Lists of repositories: the front page, a profile, a namespace. Unlisted and private ones are in those of their people only.

use crate::Hub;
use crate::actor::Actor;
use crate::store;
use crate::store::repository_lists::{self as rows, Slice};
use crate::store::{organizations, plans, tags};
use model::view::{HomePage, NamespacePage, Page, ProfilePage, RepositoryRow};
use model::{Error, Missing, Timestamp, Username};

/// Which part of a list is wanted.
#[derive(Debug, Clone)]
pub struct RepositoryQuery {
    /// Only names with this in them.
    pub name_part: String,
    /// Which way round.
    pub order: Order,
    /// From 1.
    pub page: u32,
    /// Rows a page, at most 100.
    pub size: u32,
}

/// The orders of a list of repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Name,
    NameDescending,
    LeastRecent,
    MostRecent,
    FewestPulls,
    MostPulls,
}

impl Order {
    const fn as_sql(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameDescending => "-name",
            Self::LeastRecent => "last_updated",
            Self::MostRecent => "-last_updated",
            Self::FewestPulls => "pull_count",
            Self::MostPulls => "-pull_count",
        }
    }
}

/// Rows on a page of the pages' lists.
const PAGE: u32 = 25;
/// Own repositories on the front page.
const OWN: u32 = 50;
/// Popular and recent repositories on the front page.
const FOUND: u32 = 6;
/// Pushes on the front page.
const PUSHES: u32 = 5;

impl Hub {
    /// A namespace's repositories, as far as `actor` may find them.
    ///
    /// # Errors
    /// `NotFound(Account)` for a namespace that does not exist.
    pub async fn repositories(
        &self,
        actor: &Actor,
        namespace: &Username,
        query: &RepositoryQuery,
    ) -> Result<Page<RepositoryRow>, Error> {
        plans::name(self.database(), namespace.as_str()).await?.ok_or(Error::NotFound(Missing::Account))?;
        self.listed(actor.lister_id(), namespace.as_str(), query).await
    }

    pub(crate) async fn listed(
        &self,
        user_id: &str,
        namespace: &str,
        query: &RepositoryQuery,
    ) -> Result<Page<RepositoryRow>, Error> {
        let size = query.size.clamp(1, 100);
        let slice = Slice {
            namespace,
            name_part: &query.name_part,
            order: query.order.as_sql(),
            size,
            skip: u64::from(query.page.saturating_sub(1)) * u64::from(size),
        };
        let (rows, total) = rows::listed_for(self.database(), user_id, &slice).await?;
        Ok(Page { rows, total, number: query.page.max(1), size })
    }

    async fn account_row(&self, name: &Username) -> Result<store::accounts::UserRow, Error> {
        store::accounts::find(self.database(), store::accounts::By::Username(name.as_str()))
            .await?
            .ok_or(Error::NotFound(Missing::Account))
    }

    /// The front page: for a visitor what there is, for a person their own.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn home(&self, actor: &Actor) -> Result<HomePage, Error> {
        let mut home = HomePage {
            first_start: !actor.is_signed_in() && self.first_start().await?,
            sign_up: self.settings().sign_up,
            popular: Vec::new(),
            recent: self.latest(FOUND).await?,
            own: Vec::new(),
            pushes: Vec::new(),
            organizations: Vec::new(),
            slots: None,
            host: self.settings().host().to_owned(),
        };
        if let Ok(person) = actor.signed_in() {
            home.own = rows::own(self.database(), &person.id, OWN).await?;
            home.pushes = tags::recent(self.database(), &person.id, PUSHES).await?;
            home.organizations = organizations::of_user(self.database(), &person.id).await?;
            let plan = self.plan(actor, &person.username).await?;
            home.slots = Some((plan.used, plan.plan.private_slots));
        } else {
            home.popular = self.popular(FOUND).await?;
        }
        Ok(home)
    }

    /// The public page of whoever has that name.
    ///
    /// # Errors
    /// `NotFound(Account)`.
    pub async fn namespace(&self, actor: &Actor, name: &Username, page: u32) -> Result<NamespacePage, Error> {
        match self.organization(actor, name, page).await? {
            Some(page) => Ok(NamespacePage::Organization(page)),
            None => self.profile(actor, name, page).await.map(NamespacePage::Person),
        }
    }

    /// A person's public page.
    ///
    /// # Errors
    /// `NotFound(Account)`.
    pub async fn profile(&self, actor: &Actor, name: &Username, page: u32) -> Result<ProfilePage, Error> {
        let user = self.account_row(name).await?;
        let viewer = actor.lister_id();
        Ok(ProfilePage {
            joined_at: Timestamp(user.created_at),
            repositories: self.listed(viewer, name.as_str(), &first_page(page)).await?,
            organizations: organizations::of_user(self.database(), &user.id).await?,
            starred: self.starred_total(actor, &user.id).await?,
            is_self: actor.user_id() == Some(user.id.as_str()),
            username: name.clone(),
        })
    }
}

/// What pages ask: the latest first.
pub(crate) fn first_page(page: u32) -> RepositoryQuery {
    RepositoryQuery { name_part: String::new(), order: Order::MostRecent, page, size: PAGE }
}
