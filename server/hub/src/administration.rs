//! What site admins see and do: accounts, organizations, what is there and what runs.

use crate::Hub;
use crate::actor::Actor;
use crate::events;
use crate::store::accounts::{self, By, UserRow};
use crate::store::comments::moderation::{self, Queue};
use crate::store::repositories::count;
use crate::store::repository_lists::like;
use crate::store::{administration as rows, mails, second_factors, sessions};
use model::event::Event;
use model::view::{AccountsPage, OrganizationRow, Page, SitePage};
use model::{Error, Missing, Username};

/// Rows a page.
const PAGE: u32 = 50;

impl Hub {
    /// Accounts with `part` in their name or e-mail; pages count from 1.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for all but site admins.
    pub async fn accounts(&self, actor: &Actor, part: &str, page: u32) -> Result<AccountsPage, Error> {
        actor.site_admin()?;
        let (number, offset) = slice(page);
        let part = like(part.trim());
        let (mut found, total) = rows::accounts(self.database(), &part, i64::from(PAGE), offset).await?;
        let plans = &self.settings().plans;
        for row in &mut found {
            row.plan.clone_from(&plans.of(&row.plan).name);
        }
        let rows = Page { rows: found, total, number, size: PAGE };
        Ok(AccountsPage { rows, plans: plans.all().cloned().collect() })
    }

    /// Organizations with `part` in their name; pages count from 1.
    ///
    /// # Errors
    /// As for `accounts`.
    pub async fn all_organizations(
        &self,
        actor: &Actor,
        part: &str,
        page: u32,
    ) -> Result<Page<OrganizationRow>, Error> {
        actor.site_admin()?;
        let (number, offset) = slice(page);
        let part = like(part.trim());
        let (mut rows, total) = rows::organizations(self.database(), &part, i64::from(PAGE), offset).await?;
        for row in &mut rows {
            row.plan.clone_from(&self.settings().plans.of(&row.plan).name);
        }
        Ok(Page { rows, total, number, size: PAGE })
    }

    /// What is there and what runs.
    ///
    /// # Errors
    /// As for `accounts`.
    pub async fn site(&self, actor: &Actor) -> Result<SitePage, Error> {
        actor.site_admin()?;
        let totals = rows::totals(self.database()).await?;
        let mut uploading = 0;
        for upload in self.blobs().uploads().await? {
            uploading += self.blobs().received(&upload).await?.unwrap_or_default();
        }
        Ok(SitePage {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            database: self.database().product().to_owned(),
            started_at: self.inner.started_at,
            accounts: count(totals.accounts),
            organizations: count(totals.organizations),
            repositories: count(totals.repositories),
            tags: count(totals.tags),
            blobs: count(totals.blobs),
            stored: count(totals.stored),
            uploading,
            mails: mails::waiting(self.database()).await?,
            open_cases: moderation::total(self.database(), None, Queue::Open).await?,
            settings: self.settings().shown(),
        })
    }

    /// Suspends an account: its sessions and docker logins end, its tokens are good for nothing. Its repositories
    /// stay as they are.
    ///
    /// # Errors
    /// As for `accounts`; `NotFound(Account)`; `Invalid` on `username` for oneself.
    pub async fn suspend_account(&self, actor: &Actor, username: &Username) -> Result<(), Error> {
        let user = self.account_of(actor, username).await?;
        if actor.user_id() == Some(user.id.as_str()) {
            return Err(Error::field("username", model::Problem::BadValue));
        }
        let mut change = self.change().await?;
        accounts::suspend(&mut change, &user.id, true).await?;
        sessions::end_others(&mut change, &user.id, "").await?;
        let event = Event::AccountSuspended { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Lets a suspended account in again.
    ///
    /// # Errors
    /// As for `suspend_account`.
    pub async fn restore_account(&self, actor: &Actor, username: &Username) -> Result<(), Error> {
        let user = self.account_of(actor, username).await?;
        let mut change = self.change().await?;
        accounts::suspend(&mut change, &user.id, false).await?;
        let event = Event::AccountRestored { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Takes the second factor from somebody who lost it.
    ///
    /// # Errors
    /// As for `suspend_account`.
    pub async fn reset_two_factor(&self, actor: &Actor, username: &Username) -> Result<(), Error> {
        let user = self.account_of(actor, username).await?;
        let mut change = self.change().await?;
        second_factors::end(&mut change, &user.id).await?;
        let event = Event::TwoFactorOff { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    async fn account_of(&self, actor: &Actor, username: &Username) -> Result<UserRow, Error> {
        actor.site_admin()?;
        let user = accounts::find(self.database(), By::Username(username.as_str())).await?;
        user.ok_or(Error::NotFound(Missing::Account))
    }
}

/// The page's number, and how many rows come before it.
fn slice(page: u32) -> (u32, i64) {
    let number = page.max(1);
    (number, i64::from(number - 1) * i64::from(PAGE))
}
