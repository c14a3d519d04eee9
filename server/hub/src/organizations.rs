//! Organizations: made, shown, changed; and the gate to them (SPEC R1.4).

use crate::actor::Actor;
use crate::repository_lists::first_page;
use crate::store::organizations::{self as rows, OrganizationRow};
use crate::store::{access, members};
use crate::{Hub, events};
use model::event::Event;
use model::view::{OrganizationHead, OrganizationPage, OrganizationSettings};
use model::{
    Error, Membership, Missing, OrganizationAction, Problem, Timestamp, Username, Verdict, Visibility,
    decide_organization,
};

/// The longest full name, in characters.
const FULL_NAME_MOST: usize = 80;

/// Proof that the actor may do what was asked, with the organization it was asked for.
pub(crate) struct EnteredOrganization {
    pub(crate) name: Username,
    pub(crate) row: OrganizationRow,
    pub(crate) membership: Option<Membership>,
}

impl EnteredOrganization {
    pub(crate) fn head(&self) -> OrganizationHead {
        OrganizationHead {
            name: self.name.clone(),
            full_name: self.row.full_name.clone(),
            membership: self.membership,
        }
    }

    pub(crate) fn is_owner(&self) -> bool {
        self.membership == Some(Membership::Owner)
    }
}

impl Hub {
    /// Lets `actor` in to do `action`, or refuses. The only door to an organization's people and settings.
    ///
    /// # Errors
    /// `NotFound(Account)`, `SignInNeeded`, `Denied`.
    pub(crate) async fn enter_organization(
        &self,
        actor: &Actor,
        name: &Username,
        action: OrganizationAction,
    ) -> Result<EnteredOrganization, Error> {
        let entered = self.see_organization(actor, name).await?;
        match decide_organization(actor.is_signed_in(), entered.membership, action) {
            Verdict::Allow if actor.is_whole() => Ok(entered),
            Verdict::SignIn => Err(Error::SignInNeeded),
            Verdict::Allow | Verdict::Deny | Verdict::Hide => Err(Error::Denied),
        }
    }

    /// What everybody may know of an organization, and how `actor` belongs to it.
    async fn see_organization(&self, actor: &Actor, name: &Username) -> Result<EnteredOrganization, Error> {
        let row = rows::find(self.database(), name.as_str(), actor.user_id().unwrap_or_default()).await?;
        let row = row.ok_or(Error::NotFound(Missing::Account))?;
        let membership = match row.role {
            _ if actor.is_admin() => Some(Membership::Owner),
            Some(rank) => Some(access::membership_of_rank(rank)?),
            None => None,
        };
        Ok(EnteredOrganization { name: name.clone(), row, membership })
    }

    /// Makes an organization that `actor` owns.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` where only site admins may; `Invalid` a field.
    pub async fn create_organization(
        &self,
        actor: &Actor,
        name: &str,
        full_name: &str,
    ) -> Result<Username, Error> {
        let person = actor.signed_in()?;
        if !self.may_create_organizations(actor) {
            return Err(Error::Denied);
        }
        let name: Username = name.trim().parse().map_err(|problem| Error::field("name", problem))?;
        if name.is_reserved() && !actor.is_admin() {
            return Err(Error::field("name", Problem::Reserved));
        }
        let (full_name, now) = (checked_full_name(full_name)?, self.now());
        let mut change = self.change().await?;
        if !rows::add(&mut change, &name, full_name, now).await? {
            return Err(Error::field("name", Problem::Taken));
        }
        members::add(&mut change, &name, &person.id, Membership::Owner).await?;
        let event = Event::OrganizationCreated { organization: name.clone() };
        events::record(&mut change, now, actor, None, &event).await?;
        change.commit().await?;
        Ok(name)
    }

    /// Whether `actor` may make an organization.
    #[must_use]
    pub fn may_create_organizations(&self, actor: &Actor) -> bool {
        actor.is_whole() && (actor.is_admin() || self.settings().organizations_are_free)
    }

    /// The namespaces that `actor` may add repositories to: their own, and organizations that they own.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor.
    pub async fn owned_namespaces(&self, actor: &Actor) -> Result<Vec<Username>, Error> {
        Ok(rows::owned(self.database(), &actor.signed_in()?.id).await?)
    }

    /// An organization's public page; `None`: there is no such organization.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn organization(
        &self,
        actor: &Actor,
        name: &Username,
        page: u32,
    ) -> Result<Option<OrganizationPage>, Error> {
        let entered = match self.see_organization(actor, name).await {
            Err(Error::NotFound(_)) => return Ok(None),
            answer => answer?,
        };
        let viewer = actor.lister_id();
        Ok(Some(OrganizationPage {
            head: entered.head(),
            created_at: Timestamp(entered.row.created_at),
            repositories: self.listed(viewer, name.as_str(), &first_page(page)).await?,
        }))
    }

    /// What its settings page shows.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn organization_settings(
        &self,
        actor: &Actor,
        name: &Username,
    ) -> Result<OrganizationSettings, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        Ok(OrganizationSettings {
            default_visibility: entered.row.default_visibility()?,
            head: entered.head(),
        })
    }

    /// Replaces what its settings say.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` a field.
    pub async fn change_organization(
        &self,
        actor: &Actor,
        name: &Username,
        full_name: &str,
        default_visibility: Visibility,
    ) -> Result<(), Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let full_name = checked_full_name(full_name)?;
        let mut change = self.change().await?;
        rows::change(&mut change, &entered.name, full_name, default_visibility).await?;
        let event = Event::OrganizationChanged { organization: entered.name };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }
}

fn checked_full_name(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    match text.chars().count() {
        n if n > FULL_NAME_MOST => Err(Error::field("full_name", Problem::TooLong { max: FULL_NAME_MOST })),
        _ => Ok(text),
    }
}
