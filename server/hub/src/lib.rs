//! Decisions and state: everything Berth can be asked to do, one method of [`Hub`] each.
//!
//! Knows nothing of HTTP, HTML, docker's paths or Leptos. Every use case on a repository goes through
//! `Hub::enter`; every change records an event in its own transaction.

mod access;
mod access_tokens;
mod accounts;
mod actor;
mod administration;
mod audit;
mod blobs;
mod budget;
mod cache;
mod catalog;
mod clock;
mod collaborators;
mod comments;
mod events;
mod explore;
mod first_push;
mod fsck;
mod image_config;
mod images;
mod mail;
mod mailed_links;
mod manifest;
mod members;
mod moving;
mod notifications;
mod organization_tokens;
mod organizations;
mod passkeys;
mod passwords;
mod plans;
mod pulls;
mod readme;
mod ready;
mod referrers;
mod repositories;
mod repository_blobs;
mod repository_lists;
mod search;
mod second_factor;
mod secrets;
mod sessions;
mod settings;
mod sharing;
mod stars;
mod store;
mod tags;
mod teams;
mod uploads;
mod vault;
mod versions;
mod webhooks;

pub use access_tokens::NewAccessToken;
pub use accounts::NewAccount;
pub use actor::{Actor, Grant, GrantAction, Person};
pub use audit::{AuditQuery, AuditScope};
pub use blobs::{BlobError, BlobStore, BodyBroken, DiskBlobs, Incoming, Outgoing};
pub use budget::{Budget, FloodLimits, block_of};
pub use clock::Clock;
pub use comments::{CommentLimits, CommentQueue, NewComment, Written};
pub use fsck::{Finding, Report};
pub use images::{Manifest, PutManifest, Stored};
pub use mail::DueMail;
pub use passkeys::PasskeyQuestion;
pub use referrers::Referrer;
pub use repositories::{FULL_MOST, NewRepository, RepositoryEdit, SHORT_MOST};
pub use repository_blobs::Blob;
pub use repository_lists::{Order, RepositoryQuery};
pub use search::{QUESTION_MOST, SearchQuery};
pub use second_factor::FirstStep;
pub use sessions::Visit;
pub use settings::Settings;
pub use sharing::SITEMAP_PAGE;
pub use stars::StarQuery;
pub use store::{Database, OpenError};
pub use vault::Vault;
pub use webhooks::{Attempt, Delivery, Outcome, Reach, Refused, Reported, Slots, WebhookForm, WebhookNews};

use budget::Floods;
use cache::Caches;
use comments::Drafts;
use passwords::Passwords;
use pulls::{Tallies, Trails};
use std::sync::Arc;
use tokio::sync::{Notify, watch};
use webauthn_rs::prelude::Webauthn;

/// The hub: cheap to clone, shared by everything that answers requests.
#[derive(Clone)]
pub struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    settings: Settings,
    database: Database,
    blobs: Arc<dyn BlobStore>,
    caches: Caches,
    passwords: Passwords,
    tallies: Tallies,
    trails: Trails,
    clock: Clock,
    comment_floods: Floods,
    star_floods: Floods,
    preview_floods: Floods,
    drafts: Drafts,
    mail_bell: Notify,
    relying_party: Option<Webauthn>,
    vault: Vault,
    reach: Reach,
    webhook_bell: Arc<Notify>,
    webhook_news: watch::Sender<()>,
    started_at: model::Timestamp,
}

impl Hub {
    /// Puts the parts together. The database was migrated when it was opened.
    #[must_use]
    pub fn new(
        settings: Settings,
        database: Database,
        blobs: Arc<dyn BlobStore>,
        clock: Clock,
        vault: Vault,
    ) -> Self {
        let caches = Caches::new(database.has_one_process());
        Self {
            inner: Arc::new(Inner {
                vault,
                reach: Reach::new(settings.webhook_reach.clone(), &settings.url),
                webhook_bell: Arc::new(Notify::new()),
                webhook_news: watch::Sender::new(()),
                relying_party: passkeys::relying_party(&settings.url),
                comment_floods: Floods::new(settings.comments.floods),
                star_floods: Floods::new(settings.stars),
                preview_floods: Floods::new(readme::PREVIEWS),
                drafts: Drafts::default(),
                settings,
                database,
                blobs,
                caches,
                passwords: Passwords::new(),
                tallies: Tallies::default(),
                trails: Trails::default(),
                mail_bell: Notify::new(),
                started_at: clock.now(),
                clock,
            }),
        }
    }

    /// What the operator configured.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Waits for running statements and lets go of the database.
    pub async fn close(&self) {
        self.database().close().await;
    }

    fn database(&self) -> &Database {
        &self.inner.database
    }

    fn blobs(&self) -> &dyn BlobStore {
        &*self.inner.blobs
    }

    fn caches(&self) -> &Caches {
        &self.inner.caches
    }

    fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    fn tallies(&self) -> &Tallies {
        &self.inner.tallies
    }

    fn trails(&self) -> &Trails {
        &self.inner.trails
    }

    /// Where webhooks may lead.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.inner.reach
    }

    fn comment_floods(&self) -> &Floods {
        &self.inner.comment_floods
    }

    fn star_floods(&self) -> &Floods {
        &self.inner.star_floods
    }

    fn preview_floods(&self) -> &Floods {
        &self.inner.preview_floods
    }

    fn drafts(&self) -> &Drafts {
        &self.inner.drafts
    }

    fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    fn relying_party(&self) -> Option<&Webauthn> {
        self.inner.relying_party.as_ref()
    }

    fn now(&self) -> model::Timestamp {
        self.inner.clock.now()
    }

    /// Starts a change. What it reads and writes is one transaction; dropping it changes nothing.
    async fn change(&self) -> Result<store::Change, store::StoreError> {
        let bell = Arc::clone(&self.inner.webhook_bell);
        self.database().begin(self.caches().clone(), bell).await
    }

    /// Starts a change of one repository; no other one runs until it ends. Databases with several writers
    /// would let a blob go while a manifest that needs it comes in.
    async fn change_repository(&self, entered: &access::Entered) -> Result<store::Change, model::Error> {
        let mut change = self.change().await?;
        if store::repositories::hold(&mut change, entered).await? {
            Ok(change)
        } else {
            Err(model::Error::NotFound(model::Missing::Repository))
        }
    }
}
