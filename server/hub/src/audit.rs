//! The audit log: who did what, when, from where and with what (SPEC R9.2). Read from the outbox, never written here.

use crate::Hub;
use crate::actor::Actor;
use crate::store::events::{self, Narrowed, Of};
use model::view::{AuditOf, AuditPage, AuditRow, Means, Page};
use model::{Action, Error, Missing, OrganizationAction, RepositoryName, Timestamp, Username};

/// Whose log is asked for.
#[derive(Debug, Clone)]
pub enum AuditScope {
    Repository(RepositoryName),
    /// A person or an organization, with their repositories.
    Namespace(Username),
    Site,
}

/// Which part of it; empty texts narrow nothing.
#[derive(Debug, Clone, Default)]
pub struct AuditQuery {
    /// A word of `Event::ACTIONS`.
    pub action: String,
    /// A user name.
    pub actor: String,
    pub from: Option<Timestamp>,
    /// Not this moment any more.
    pub before: Option<Timestamp>,
    /// From 1.
    pub page: u32,
    pub size: u32,
}

impl Hub {
    /// A page of a log, the latest first.
    ///
    /// # Errors
    /// Those of the gates: a repository's log is for its admins, a namespace's for its owners, the site's for
    /// site admins.
    pub async fn audit_log(
        &self,
        actor: &Actor,
        scope: &AuditScope,
        query: &AuditQuery,
    ) -> Result<AuditPage, Error> {
        match scope {
            AuditScope::Repository(name) => {
                let entered = self.enter(actor, name, Action::Describe).await?;
                actor.whole()?;
                let rows = self.events_of(actor, Of::Repository(entered.id()), query).await?;
                Ok(AuditPage { of: AuditOf::Repository(self.head(&entered).await?), rows })
            }
            AuditScope::Namespace(name) => {
                self.check_owns(actor, name).await?;
                let rows = self.events_of(actor, Of::Namespace(name.as_str()), query).await?;
                Ok(AuditPage { of: AuditOf::Namespace(name.clone()), rows })
            }
            AuditScope::Site => {
                actor.site_admin()?;
                Ok(AuditPage { of: AuditOf::Site, rows: self.events_of(actor, Of::Site, query).await? })
            }
        }
    }

    /// A person owns their own namespace; an organization's owners own that.
    async fn check_owns(&self, actor: &Actor, name: &Username) -> Result<(), Error> {
        let person = actor.whole()?;
        if person.username == *name {
            return Ok(());
        }
        match self.enter_organization(actor, name, OrganizationAction::Manage).await {
            Ok(_) => Ok(()),
            Err(Error::NotFound(_)) if actor.is_admin() => self.check_is_there(name).await,
            // Whether there is such a person is told on their page; their log is nobody else's.
            Err(Error::NotFound(_)) => Err(Error::NotFound(Missing::Account)),
            Err(error) => Err(error),
        }
    }

    async fn check_is_there(&self, name: &Username) -> Result<(), Error> {
        self.person(name).await?.map(drop).ok_or(Error::NotFound(Missing::Account))
    }

    async fn events_of(
        &self,
        actor: &Actor,
        of: Of<'_>,
        query: &AuditQuery,
    ) -> Result<Page<AuditRow>, Error> {
        let narrowed = Narrowed {
            action: &query.action,
            actor: &query.actor,
            from: query.from.unwrap_or(Timestamp(0)),
            before: query.before.unwrap_or(Timestamp(i64::MAX)),
        };
        let (size, number) = (query.size.clamp(1, 1000), query.page.max(1));
        let offset = i64::from(number - 1) * i64::from(size);
        let (mut rows, total) = events::list(self.database(), of, &narrowed, i64::from(size), offset).await?;
        if !matches!(of, Of::Site) {
            rows.iter_mut().filter(|row| is_of_others(row, actor)).for_each(hide_source);
        }
        Ok(Page { rows, total, number, size })
    }
}

/// Somebody else did it, who need not belong to those whose log it is.
fn is_of_others(row: &AuditRow, actor: &Actor) -> bool {
    row.event.is_of_strangers() && actor.username().is_none_or(|name| name.as_str() != row.actor)
}

/// From where and with what is told to site admins only, in the log of the site.
fn hide_source(row: &mut AuditRow) {
    row.address.clear();
    row.means = Means::None;
}
