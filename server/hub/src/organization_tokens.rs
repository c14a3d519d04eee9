//! Tokens of organizations: what their programs use, so that nobody who leaves takes the CI along. They reach the
//! organization's repositories only, as an admin of them.

use crate::access_tokens::{NewAccessToken, ORGANIZATION_PREFIX};
use crate::actor::Actor;
use crate::store::organization_tokens as rows;
use crate::{Hub, events, secrets};
use model::event::Event;
use model::view::{AccessTokenRow, OrganizationTokensPage};
use model::{Error, Missing, OrganizationAction, Problem, Username};

impl Hub {
    /// An organization's tokens, the latest first.
    ///
    /// # Errors
    /// Those of the gate: they are for owners.
    pub async fn organization_tokens(
        &self,
        actor: &Actor,
        name: &Username,
    ) -> Result<OrganizationTokensPage, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        Ok(OrganizationTokensPage {
            tokens: rows::of_organization(self.database(), name).await?,
            head: entered.head(),
        })
    }

    /// Makes a token; its secret is in nobody's hands but the caller's.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` a field.
    pub async fn make_organization_token(
        &self,
        actor: &Actor,
        name: &Username,
        new: &NewAccessToken,
    ) -> Result<(AccessTokenRow, String), Error> {
        self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let (by, now) = (actor.signed_in()?.username.to_string(), self.now());
        let row = new.row(now)?;
        if row.repositories.iter().any(|repository| repository.namespace() != name.as_str()) {
            return Err(Error::field("repositories", Problem::BadValue));
        }
        let secret = format!("{ORGANIZATION_PREFIX}{}", secrets::new_token()?);
        let mut change = self.change().await?;
        rows::add(&mut change, name, &by, &secrets::hash(&secret), &row).await?;
        let (organization, label) = (name.clone(), row.label.clone());
        let event = Event::OrganizationTokenMade { organization, label, scope: row.scope };
        events::record(&mut change, now, actor, None, &event).await?;
        change.commit().await?;
        Ok((row, secret))
    }

    /// Ends a token, and what was logged in with it.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Token)`.
    pub async fn revoke_organization_token(
        &self,
        actor: &Actor,
        name: &Username,
        id: &str,
    ) -> Result<(), Error> {
        self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let mut change = self.change().await?;
        let label = rows::revoke(&mut change, name, id).await?.ok_or(Error::NotFound(Missing::Token))?;
        let event = Event::OrganizationTokenRevoked { organization: name.clone(), label };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }
}
