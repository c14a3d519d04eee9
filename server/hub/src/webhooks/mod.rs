//! Webhooks and chains of them (SPEC R4): who is told of pushes. Only administrators of a repository see them.
//!
//! `runs` makes runs of pushes, `deliveries` says what is to be sent, `outcomes` what becomes of it, `callbacks` takes
//! receivers' reports. Nothing here knows of images: a push is an event that was written down.

mod callbacks;
mod deliveries;
mod history;
mod news;
mod outcomes;
mod payload;
mod runs;
mod signing;
mod slots;
mod steering;
mod target;

pub use callbacks::Reported;
pub use deliveries::{Attempt, Delivery, Outcome};
pub use news::WebhookNews;
pub use slots::Slots;
pub use target::{Reach, Refused};

use crate::access::Entered;
use crate::actor::Actor;
use crate::store::webhooks::{self as rows, NewRow, WebhookRow};
use crate::store::{Change, notifications};
use crate::{Hub, events};
use model::event::Event;
use model::view::{WebhookPage, WebhooksPage};
use model::webhook::{Disabled, PayloadFormat, URLS_MOST, WEBHOOKS_MOST};
use model::{Action, Error, Missing, Problem, RepositoryName};

const NAME_MOST: usize = 100;
/// Milliseconds that the secret before a rotation still signs.
const OVERLAP: i64 = 24 * 3_600_000;
const MINUTE: i64 = 60_000;
/// Minutes that a step may wait for its callback.
const WAIT_MOST: u32 = 30 * 24 * 60;

/// What the form asks for.
#[derive(Debug, Clone)]
pub struct WebhookForm {
    pub name: String,
    /// In the order in which they are called. None: nothing is sent until there is one.
    pub urls: Vec<String>,
    pub format: PayloadFormat,
    /// Also the last one's callback is awaited.
    pub waits: bool,
    /// Minutes that each step may wait for its callback.
    pub wait_minutes: u32,
}

impl Hub {
    /// A repository's webhooks, each with its latest run.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn webhooks(&self, actor: &Actor, name: &RepositoryName) -> Result<WebhooksPage, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let webhooks = rows::of_repository(self.database(), &entered).await?;
        Ok(WebhooksPage { head: self.head(&entered).await?, webhooks })
    }

    /// One webhook with its history.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn webhook(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        page: u32,
    ) -> Result<WebhookPage, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let row = self.found_webhook(&entered, id).await?;
        let old_secret_until = (row.old_secret_until > self.now().0).then_some(row.old_secret_until());
        Ok(WebhookPage {
            head: self.head(&entered).await?,
            waits: row.waits,
            wait_minutes: u32::try_from(row.step_ttl / MINUTE).unwrap_or(WAIT_MOST),
            format: row.format()?,
            runs: self.run_rows(&row.id, page).await?,
            webhook: rows::one(self.database(), &entered, id).await?.ok_or(missing())?,
            old_secret_until,
        })
    }

    /// Makes a webhook; the answer is its id and the secret that it signs with, which nobody sees again.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` a field.
    pub async fn add_webhook(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        form: &WebhookForm,
    ) -> Result<(String, String), Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let (label, urls) = self.checked_form(form).await?;
        let (id, secret) = (crate::store::new_id(), signing::new_secret()?);
        let mut change = self.change_repository(&entered).await?;
        if rows::count(&mut change, &entered).await? >= WEBHOOKS_MOST {
            return Err(Error::field("name", Problem::TooMany { max: WEBHOOKS_MOST }));
        }
        let by = actor.username().map(|name| name.as_str()).unwrap_or_default();
        let (sealed, at) = (self.vault().seal(&secret)?, self.now());
        let new = NewRow { id: &id, name: &label, form, secret: &sealed, by, at };
        rows::add(&mut change, &entered, &new, &urls).await?;
        let event = Event::WebhookAdded { repository: name.clone(), name: label };
        events::record(&mut change, at, actor, Some(entered.id()), &event).await?;
        change.commit_quietly().await?;
        Ok((id, secret))
    }

    /// Changes a webhook. Steps that were not taken yet go to the new URLs.
    ///
    /// # Errors
    /// As for `add_webhook`; `NotFound(Webhook)`.
    pub async fn edit_webhook(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        form: &WebhookForm,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        self.found_webhook(&entered, id).await?;
        let (label, urls) = self.checked_form(form).await?;
        let mut change = self.change_repository(&entered).await?;
        rows::edit(&mut change, &entered, id, &label, form, &urls).await?;
        self.leave_out_beyond(&mut change, id, urls.len()).await?;
        let event = Event::WebhookChanged { repository: name.clone(), name: label };
        self.finish(change, actor, &entered, &event).await
    }

    /// Turns it off, or on again; what waits to be sent waits on.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn set_webhook_on(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        is_on: bool,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut change = self.change_repository(&entered).await?;
        rows::set_disabled(&mut change, id, (!is_on).then_some(Disabled::Off)).await?;
        let (repository, name) = (name.clone(), found.name);
        let event = match is_on {
            true => Event::WebhookEnabled { repository, name },
            false => Event::WebhookDisabled { repository, name, because: Disabled::Off },
        };
        self.finish(change, actor, &entered, &event).await?;
        self.ring_webhook_bell();
        Ok(())
    }

    /// Makes a new secret; the old one signs too for a day.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn rotate_webhook(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
    ) -> Result<String, Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let secret = signing::new_secret()?;
        let mut change = self.change_repository(&entered).await?;
        let until = self.now().plus(OVERLAP);
        rows::rotate(&mut change, id, &self.vault().seal(&secret)?, until).await?;
        let event = Event::WebhookRotated { repository: name.clone(), name: found.name };
        self.finish(change, actor, &entered, &event).await?;
        Ok(secret)
    }

    /// Deletes it with its history; nothing more is sent.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Webhook)`.
    pub async fn delete_webhook(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Webhooks).await?;
        let found = self.found_webhook(&entered, id).await?;
        let mut change = self.change_repository(&entered).await?;
        rows::delete(&mut change, id).await?;
        notifications::take_back(&mut change, id).await?;
        let event = Event::WebhookDeleted { repository: name.clone(), name: found.name };
        self.finish(change, actor, &entered, &event).await?;
        self.ring_webhook_bell();
        Ok(())
    }

    async fn finish(
        &self,
        mut change: Change,
        actor: &Actor,
        entered: &Entered,
        event: &Event,
    ) -> Result<(), Error> {
        events::record(&mut change, self.now(), actor, Some(entered.id()), event).await?;
        Ok(change.commit_quietly().await?)
    }

    pub(super) async fn found_webhook(&self, entered: &Entered, id: &str) -> Result<WebhookRow, Error> {
        rows::find(self.database(), entered, id).await?.ok_or(missing())
    }

    async fn checked_form(&self, form: &WebhookForm) -> Result<(String, Vec<String>), Error> {
        let name = form.name.trim();
        match name.chars().count() {
            0 => return Err(Error::field("name", Problem::Required)),
            1..=NAME_MOST => {}
            _ => return Err(Error::field("name", Problem::TooLong { max: NAME_MOST })),
        }
        if !(1..=WAIT_MOST).contains(&form.wait_minutes) {
            return Err(Error::field("wait", Problem::BadValue));
        }
        let urls: Vec<&str> = form.urls.iter().map(|url| url.trim()).filter(|url| !url.is_empty()).collect();
        if urls.len() > URLS_MOST {
            return Err(Error::field("url", Problem::TooMany { max: URLS_MOST }));
        }
        let mut checked = Vec::new();
        for url in urls {
            checked.push(self.reach().check_field("url", url).await?);
        }
        Ok((name.to_owned(), checked))
    }
}

pub(super) fn missing() -> Error {
    Error::NotFound(Missing::Webhook)
}
