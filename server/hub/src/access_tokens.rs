//! Personal access tokens: what programs use instead of a password (SPEC R1.2). Shown once, stored as a hash.

use crate::actor::Actor;
use crate::store::access_tokens::{self as rows, FoundOwner, FoundToken};
use crate::store::{StoreError, new_id, organization_tokens};
use crate::{Hub, events, secrets};
use model::event::Event;
use model::view::AccessTokenRow;
use model::{Error, Missing, Problem, RepositoryName, Timestamp, TokenScope};
use std::sync::Arc;

/// What every token begins with, so that people and secret scanners know one when they see it.
const PREFIX: &str = "brt_pat_";
/// And an organization's.
pub(crate) const ORGANIZATION_PREFIX: &str = "brt_oat_";
const LABEL_MOST: usize = 100;
const REPOSITORIES_MOST: usize = 50;
/// That a token was used is noted at most this often, in milliseconds.
const USED_EVERY: i64 = 60_000;

/// What "New token" asks for.
#[derive(Debug, Clone)]
pub struct NewAccessToken {
    pub label: String,
    pub scope: TokenScope,
    /// Names with spaces or commas between them; empty: all that its owner may reach.
    pub repositories: String,
    pub expires_at: Option<Timestamp>,
}

impl Hub {
    /// One's own tokens, the latest first.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for somebody who came with such a token.
    pub async fn access_tokens(&self, actor: &Actor) -> Result<Vec<AccessTokenRow>, Error> {
        Ok(rows::of_user(self.database(), &actor.whole()?.id).await?)
    }

    /// Makes a token; its secret is in nobody's hands but the caller's.
    ///
    /// # Errors
    /// Those of `access_tokens`; `Invalid` a field.
    pub async fn make_access_token(
        &self,
        actor: &Actor,
        new: &NewAccessToken,
    ) -> Result<(AccessTokenRow, String), Error> {
        let (person, now) = (actor.whole()?, self.now());
        let row = new.row(now)?;
        let secret = format!("{PREFIX}{}", secrets::new_token()?);
        let mut change = self.change().await?;
        rows::add(&mut change, &person.id, &secrets::hash(&secret), &row).await?;
        let event = Event::AccessTokenMade { label: row.label.clone(), scope: row.scope };
        events::record(&mut change, now, actor, None, &event).await?;
        change.commit().await?;
        Ok((row, secret))
    }

    /// Ends a token, and what was logged in with it.
    ///
    /// # Errors
    /// Those of `access_tokens`; `NotFound(Token)`.
    pub async fn revoke_access_token(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        let label =
            rows::revoke(&mut change, &person.id, id).await?.ok_or(Error::NotFound(Missing::Token))?;
        events::record(&mut change, self.now(), actor, None, &Event::AccessTokenRevoked { label }).await?;
        Ok(change.commit().await?)
    }

    /// Gives a token another label.
    ///
    /// # Errors
    /// Those of `access_tokens`; `NotFound(Token)`; `Invalid` on `label`.
    pub async fn relabel_access_token(
        &self,
        actor: &Actor,
        id: &str,
        label: &str,
    ) -> Result<AccessTokenRow, Error> {
        let (person, label) = (actor.whole()?, checked_label(label)?);
        let mut change = self.change().await?;
        if !rows::relabel(&mut change, &person.id, id, &label).await? {
            return Err(Error::NotFound(Missing::Token));
        }
        change.commit().await?;
        let row = self.access_tokens(actor).await?.into_iter().find(|row| row.id == id);
        row.ok_or(Error::NotFound(Missing::Token))
    }

    /// Whether `secret` looks like a token.
    pub(crate) fn is_access_token(secret: &str) -> bool {
        secret.starts_with(PREFIX) || secret.starts_with(ORGANIZATION_PREFIX)
    }

    /// Whose token this is, narrowed to it. No hash is computed slowly here: 256 random bits can not be guessed.
    pub(crate) async fn by_access_token(&self, name: &str, secret: &str) -> Result<Actor, Error> {
        let (key, hash) = (name.trim().to_lowercase(), secrets::hash(secret));
        let (actor, used_at) = if secret.starts_with(ORGANIZATION_PREFIX) {
            let found = organization_tokens::by_hash(self.database(), &hash).await?;
            let found = called(found, &key)?;
            (organization_actor(&found)?, found.used_at)
        } else {
            let found = called(rows::by_hash(self.database(), &hash).await?, &key)?;
            (person_actor(&found)?, found.used_at)
        };
        if actor.is_over(self.now()) {
            return Err(Error::WrongCredentials);
        }
        if used_at.is_none_or(|at| self.now().0.saturating_sub(at) > USED_EVERY) {
            self.note_access_token(&actor).await;
        }
        Ok(actor)
    }

    async fn note_access_token(&self, actor: &Actor) {
        let (id, now) = (actor.access_token_id().unwrap_or_default(), self.now());
        let noted = async {
            let mut change = self.change().await?;
            match actor.user_id() {
                Some(_) => rows::used(&mut change, id, now).await?,
                None => organization_tokens::used(&mut change, id, now).await?,
            }
            change.commit_quietly().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "access token not noted");
        }
    }

    /// Who came with the token of this id; `None` once it is revoked or over.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn access_token_actor(&self, id: &str) -> Result<Option<Actor>, Error> {
        let now = self.now();
        Ok(self.kept_access_token(id).await?.filter(|actor| !actor.is_over(now)))
    }

    async fn kept_access_token(&self, id: &str) -> Result<Option<Actor>, StoreError> {
        let (shelf, key) = (self.caches().access_tokens(), id.to_owned());
        if let Some(kept) = shelf.get(&key) {
            return Ok(kept);
        }
        let read_at = self.caches().version();
        let actor = match rows::by_id(self.database(), id).await? {
            Some(found) => Some(person_actor(&found)?),
            None => {
                let found = organization_tokens::by_id(self.database(), id).await?;
                found.as_ref().map(organization_actor).transpose()?
            }
        };
        shelf.put(read_at, key, actor.clone());
        Ok(actor)
    }
}

impl NewAccessToken {
    /// The row for it, made `now`.
    ///
    /// # Errors
    /// `Invalid` a field.
    pub(crate) fn row(&self, now: Timestamp) -> Result<AccessTokenRow, Error> {
        if self.expires_at.is_some_and(|at| at.0 <= now.0) {
            return Err(Error::field("expires_at", Problem::BadValue));
        }
        Ok(AccessTokenRow {
            id: new_id(),
            label: checked_label(&self.label)?,
            scope: self.scope,
            repositories: checked_names(&self.repositories)?,
            created_at: now,
            expires_at: self.expires_at,
            used_at: None,
        })
    }
}

/// The token, if it belongs to whoever says so.
fn called<O: FoundOwner>(found: Option<FoundToken<O>>, name: &str) -> Result<FoundToken<O>, Error> {
    found.filter(|found| found.owner.is_called(name)).ok_or(Error::WrongCredentials)
}

fn person_actor(found: &FoundToken<rows::Owner>) -> Result<Actor, StoreError> {
    Ok(Actor::person(Arc::new(found.owner.person()?)).limited(Arc::new(found.limits()?)))
}

fn organization_actor(found: &FoundToken<organization_tokens::Owner>) -> Result<Actor, StoreError> {
    Ok(Actor::organization(found.owner.name()?, Arc::new(found.limits()?)))
}

/// What its owner knows it by.
pub(crate) fn checked_label(text: &str) -> Result<String, Error> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Error::field("label", Problem::Required)),
        n if n > LABEL_MOST => Err(Error::field("label", Problem::TooLong { max: LABEL_MOST })),
        _ => Ok(text.to_owned()),
    }
}

/// Whether they exist is not told: a token for a name that one may not see is good for nothing.
fn checked_names(text: &str) -> Result<Vec<RepositoryName>, Error> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let names: Result<Vec<RepositoryName>, _> = words.map(str::parse).collect();
    let names = names.map_err(|problem| Error::field("repositories", problem))?;
    if names.len() > REPOSITORIES_MOST {
        return Err(Error::field("repositories", Problem::TooMany { max: REPOSITORIES_MOST }));
    }
    Ok(names)
}
