//! What mails prove: that an address is somebody's, and that they may choose a new password.
//!
//! Whoever asks learns nothing: an unknown address is answered like a known one.

use crate::Hub;
use crate::actor::Actor;
use crate::store::accounts::{self, By, UserRow};
use crate::store::mailed_links::{self as rows, NewLink, Purpose};
use crate::store::{Change, mails, sessions};
use crate::{events, passwords, secrets};
use model::event::Event;
use model::mail::{Mail, MailAbout};
use model::{Error, Missing, Username};

/// One mail of a kind a minute for one address.
const MAIL_EVERY: i64 = 60_000;

impl Hub {
    /// Mails a link that proves the address of whoever is signed in, unless it is proved or one was just sent.
    ///
    /// # Errors
    /// `SignInNeeded`, `Denied` for a token.
    pub async fn send_verification(&self, actor: &Actor, language: &str) -> Result<(), Error> {
        actor.whole()?;
        let user = self.own_row(actor).await?;
        if user.email_verified {
            return Ok(());
        }
        self.mail_link(&user, Purpose::Verification, language).await
    }

    /// The link proves the address that it went to.
    ///
    /// # Errors
    /// `NotFound(Link)` for a used or expired one, or when the address was changed meanwhile.
    pub async fn verify_email(&self, token: &str) -> Result<(), Error> {
        let (user, hash) = self.linked(token, Purpose::Verification).await?;
        let mut change = self.taking(&hash).await?;
        accounts::verify_email(&mut change, &user.id, &user.email.to_lowercase()).await?;
        let event = Event::EmailVerified { username: user.username };
        events::record(&mut change, self.now(), &Actor::anonymous(), None, &event).await?;
        Ok(change.commit().await?)
    }

    /// The same as `request_reset` on a task of its own: how long an answer takes must not tell who is here.
    pub fn request_reset_unseen(&self, email: String, language: String) {
        let hub = self.clone();
        tokio::spawn(async move {
            if let Err(error) = hub.request_reset(&email, &language).await {
                tracing::warn!(%error, "no mail for a forgotten password");
            }
        });
    }

    /// Mails a link to choose a new password to whoever has this address.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn request_reset(&self, email: &str, language: &str) -> Result<(), Error> {
        let user = accounts::find(self.database(), By::Email(&email.trim().to_lowercase())).await?;
        match user.filter(|user| !user.is_suspended) {
            Some(user) => self.mail_link(&user, Purpose::Reset, language).await,
            None => Ok(()),
        }
    }

    /// Whose password the link changes.
    ///
    /// # Errors
    /// `NotFound(Link)`.
    pub async fn reset_link(&self, token: &str) -> Result<Username, Error> {
        Ok(self.linked(token, Purpose::Reset).await?.0.username()?)
    }

    /// Chooses a new password with a link; every session and docker login ends. Two-factor sign-in stays on.
    ///
    /// # Errors
    /// `NotFound(Link)`; `Invalid` on `password`.
    pub async fn reset_password(&self, token: &str, password: &str) -> Result<(), Error> {
        let (user, hash) = self.linked(token, Purpose::Reset).await?;
        passwords::check_strength("password", password)?;
        let hashed = self.passwords().hash(password).await?;
        let mut change = self.taking(&hash).await?;
        rows::end_of_user(&mut change, &user.id, Purpose::Reset).await?;
        accounts::set_password(&mut change, &user.id, &hashed).await?;
        // The mail arrived, so the address is theirs.
        accounts::verify_email(&mut change, &user.id, &user.email.to_lowercase()).await?;
        sessions::end_others(&mut change, &user.id, "").await?;
        let event = Event::PasswordReset { username: user.username };
        events::record(&mut change, self.now(), &Actor::anonymous(), None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Files a link and its mail in `change`.
    pub(crate) async fn file_link(
        &self,
        change: &mut Change,
        user: &UserRow,
        purpose: Purpose,
        language: &str,
    ) -> Result<(), Error> {
        let (token, now) = (secrets::new_token()?, self.now());
        let new = NewLink {
            token_hash: &secrets::hash(&token),
            purpose,
            user_id: &user.id,
            email_key: &user.email.to_lowercase(),
            at: now,
            until: now.plus(self.settings().invitation_ttl),
        };
        rows::add(change, &new).await?;
        let (username, url) = (user.username()?, &self.settings().url);
        let about = match purpose {
            Purpose::Verification => {
                MailAbout::Verification { username, link: format!("{url}/verify/{token}") }
            }
            Purpose::Reset => MailAbout::Reset { username, link: format!("{url}/reset/{token}") },
        };
        let mail = Mail { to: user.email.clone(), language: language.to_owned(), about };
        Ok(mails::add(change, &mail, None, now).await?)
    }

    async fn mail_link(&self, user: &UserRow, purpose: Purpose, language: &str) -> Result<(), Error> {
        let latest = rows::latest(self.database(), &user.id, purpose, &user.email.to_lowercase()).await?;
        if latest.is_some_and(|at| self.now().0.saturating_sub(at) < MAIL_EVERY) {
            return Ok(());
        }
        let mut change = self.change().await?;
        self.file_link(&mut change, user, purpose, language).await?;
        change.commit().await?;
        self.ring_mail_bell();
        Ok(())
    }

    async fn linked(&self, token: &str, purpose: Purpose) -> Result<(UserRow, String), Error> {
        let hash = secrets::hash(token);
        let id = rows::find(self.database(), &hash, purpose, self.now()).await?;
        let id = id.ok_or(Error::NotFound(Missing::Link))?;
        let user = accounts::find(self.database(), By::Id(&id)).await?;
        Ok((user.ok_or(Error::NotFound(Missing::Link))?, hash))
    }

    /// Starts the change that uses the link up.
    async fn taking(&self, hash: &str) -> Result<Change, Error> {
        let mut change = self.change().await?;
        if rows::take(&mut change, hash).await? { Ok(change) } else { Err(Error::NotFound(Missing::Link)) }
    }
}
