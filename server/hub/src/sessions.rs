//! Signing in and out, and who a session or a token belongs to.

use crate::actor::{Actor, Person};
use crate::store::accounts::UserRow;
use crate::store::sessions::NewRefresh;
use crate::store::{accounts, mailed_links, members, passkeys, second_factors, sessions};
use crate::{Hub, events, secrets};
use model::event::Event;
use model::{Error, Missing, Timestamp, Username};
use std::sync::Arc;

/// Where somebody signs in from, shown in their list of sessions.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    pub user_agent: String,
    pub address: String,
    /// The language that mails are to be written in (BCP 47).
    pub language: String,
}

/// A session is noted as used at most this often, in milliseconds.
const SEEN_EVERY: i64 = 60_000;
/// The same for a refresh token, which docker uses for every pull.
const USED_EVERY: i64 = 24 * 3_600_000;

impl Hub {
    /// Starts a session for somebody who just proved who they are; the answer is the cookie's value.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor; `WrongCredentials` for an access token, which is for programs.
    pub async fn open_session(&self, actor: &Actor, visit: &Visit) -> Result<String, Error> {
        let person = actor.signed_in()?;
        if !actor.is_whole() {
            return Err(Error::WrongCredentials);
        }
        self.start_session(person, visit).await
    }

    /// Starts a session for an account that just proved itself.
    pub(crate) async fn start_session(&self, person: &Person, visit: &Visit) -> Result<String, Error> {
        let token = secrets::new_token()?;
        let now = self.now();
        let until = now.plus(self.settings().session_ttl);
        let mut change = self.change().await?;
        sessions::add(&mut change, &secrets::hash(&token), &person.id, &visit.clipped(), now, until).await?;
        let actor = Actor::person(Arc::new(person.clone())).seen_from_text(&visit.address);
        let event = Event::SignedIn { username: person.username.to_string() };
        events::record(&mut change, now, &actor, None, &event).await?;
        change.commit().await?;
        Ok(token)
    }

    /// Ends the session of this cookie.
    ///
    /// # Errors
    /// Only when nothing can be written.
    pub async fn sign_out(&self, token: &str) -> Result<(), Error> {
        let mut change = self.change().await?;
        sessions::end(&mut change, &secrets::hash(token)).await?;
        Ok(change.commit().await?)
    }

    /// Who the cookie belongs to; `None` for an ended or invented one.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn session(&self, token: &str) -> Result<Option<Actor>, Error> {
        let now = self.now();
        let Some(found) = sessions::find(self.database(), &secrets::hash(token), now).await? else {
            return Ok(None);
        };
        if now.0.saturating_sub(found.seen_at) > SEEN_EVERY {
            self.note_session(&found.session_id, now).await;
        }
        let session = found.session_id;
        Ok(Some(Actor::person(Arc::new(found.person.person()?)).in_session(&session)))
    }

    /// A visit that can not be noted (full disk) is no reason to turn somebody away.
    async fn note_session(&self, id: &str, now: Timestamp) {
        let noted = async {
            let mut change = self.change().await?;
            sessions::seen(&mut change, id, now, now.plus(self.settings().session_ttl)).await?;
            change.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "session not noted");
        }
    }

    /// Who this name and password, or access token, belong to: docker login, Basic.
    ///
    /// # Errors
    /// `WrongCredentials`, after the same work whether or not the account exists; `TokenNeeded` where a password
    /// is not enough; `Suspended`.
    pub async fn check_password(&self, name: &str, password: &str) -> Result<Actor, Error> {
        if Self::is_access_token(password) {
            return Box::pin(self.by_access_token(name, password)).await;
        }
        let user = self.check_credentials(name, password).await?;
        if user.has_second_factor {
            return Err(Error::TokenNeeded);
        }
        Ok(Actor::person(Arc::new(user.person()?)))
    }

    /// The account with this name or e-mail and this password.
    pub(crate) async fn check_credentials(&self, name: &str, password: &str) -> Result<UserRow, Error> {
        let key = name.trim().to_lowercase();
        let by = if key.contains('@') { accounts::By::Email(&key) } else { accounts::By::Username(&key) };
        let user = accounts::find(self.database(), by).await?;
        let hash = user.as_ref().map(|user| user.password_hash.as_str());
        match (self.passwords().matches(password, hash).await?, user) {
            (true, Some(user)) if user.is_suspended => Err(Error::Suspended),
            (true, Some(user)) => Ok(user),
            _ => Err(Error::WrongCredentials),
        }
    }

    /// A token that `docker login` keeps instead of the password; `None` for an organization's program, which keeps
    /// its own token.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn refresh_token(&self, actor: &Actor, client_id: &str) -> Result<Option<String>, Error> {
        let Ok(person) = actor.signed_in() else { return Ok(None) };
        let token = secrets::new_token()?;
        let (now, client) = (self.now(), clip(client_id, 100));
        let until = now.plus(self.settings().refresh_ttl);
        let mut change = self.change().await?;
        let new = NewRefresh {
            token_hash: &secrets::hash(&token),
            user_id: &person.id,
            access_token_id: actor.access_token_id(),
            client_id: &client,
            at: now,
            until,
        };
        sessions::add_refresh(&mut change, &new).await?;
        change.commit_quietly().await?;
        Ok(Some(token))
    }

    /// Whose refresh token this is.
    ///
    /// # Errors
    /// `WrongCredentials` for an ended or invented one.
    pub async fn redeem_refresh_token(&self, token: &str) -> Result<Actor, Error> {
        let (now, hash) = (self.now(), secrets::hash(token));
        let found = sessions::find_refresh(self.database(), &hash, now).await?;
        let found = found.ok_or(Error::WrongCredentials)?;
        if now.0.saturating_sub(found.used_at) > USED_EVERY {
            self.note_refresh(&hash, now).await;
        }
        match &found.access_token_id {
            Some(id) => Box::pin(self.access_token_actor(id)).await?.ok_or(Error::WrongCredentials),
            None => Ok(Actor::person(Arc::new(found.person.person()?))),
        }
    }

    async fn note_refresh(&self, hash: &str, now: Timestamp) {
        let noted = async {
            let mut change = self.change().await?;
            sessions::use_refresh(&mut change, hash, now, now.plus(self.settings().refresh_ttl)).await?;
            change.commit_quietly().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "refresh token not noted");
        }
    }

    /// Forgets sessions, docker logins and invitations that are over, what people were told long ago, and the days of
    /// pulls that no page shows.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn sweep_sessions(&self) -> Result<(), Error> {
        let mut change = self.change().await?;
        sessions::end_expired(&mut change, self.now()).await?;
        accounts::end_expired_invitations(&mut change, self.now()).await?;
        members::end_expired(&mut change, self.now()).await?;
        second_factors::end_expired(&mut change, self.now()).await?;
        passkeys::end_expired(&mut change, self.now()).await?;
        mailed_links::end_expired(&mut change, self.now()).await?;
        self.sweep_notices(&mut change).await?;
        self.sweep_pulls(&mut change).await?;
        Ok(change.commit().await?)
    }

    /// The account that a verified bearer token names; `None` when it is gone.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn person(&self, username: &Username) -> Result<Option<Actor>, Error> {
        let key = username.as_str().to_owned();
        let shelf = self.caches().people();
        if let Some(kept) = shelf.get(&key) {
            return Ok(kept.map(Actor::person));
        }
        let read_at = self.caches().version();
        let user = accounts::find(self.database(), accounts::By::Username(&key)).await?;
        let user = user.filter(|user| !user.is_suspended);
        let person = user.map(|user| user.person().map(Arc::new)).transpose()?;
        shelf.put(read_at, key, person.clone());
        Ok(person.map(Actor::person))
    }

    /// Ends one of one's own sessions.
    ///
    /// # Errors
    /// `NotFound(Session)` for one that is not one's own.
    pub async fn end_session(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        if !sessions::end_one(&mut change, &person.id, id).await? {
            return Err(Error::NotFound(Missing::Session));
        }
        Ok(change.commit().await?)
    }
}

impl Visit {
    /// What strangers send is kept short.
    fn clipped(&self) -> Self {
        Self {
            user_agent: clip(&self.user_agent, 200),
            address: clip(&self.address, 64),
            language: clip(&self.language, 16),
        }
    }
}

fn clip(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}
