//! The queue of mails: filed with the change that they tell of, sent by the server, tried again for a day.

use crate::Hub;
use crate::store::mails::{self, Due};
use crate::store::notifications;
use model::mail::Mail;
use model::{Error, Timestamp};

/// Mails a round.
const ROUND: i64 = 20;
const MINUTE: i64 = 60_000;
/// A process that took a mail has this long to send it; then another may try.
const LEASE: i64 = 10 * MINUTE;
/// After this many tries a mail is given up: one, two, four … minutes apart, about a day in all.
const MOST_ATTEMPTS: i64 = 11;

/// A mail that is to be sent now.
#[derive(Debug, Clone)]
pub struct DueMail {
    pub id: String,
    pub mail: Mail,
    attempts: i64,
    /// The notice that it is about.
    notice: Option<String>,
}

impl Hub {
    /// Mails that are to be sent now.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn due_mails(&self) -> Result<Vec<DueMail>, Error> {
        let due = mails::due(self.database(), self.now(), ROUND).await?;
        let mut readable = Vec::with_capacity(due.len());
        for Due { id, mail, attempts, notice } in due {
            match mail {
                Some(mail) => readable.push(DueMail { id, mail, attempts, notice }),
                None => self.put_off(&id, attempts).await?,
            }
        }
        Ok(readable)
    }

    /// One that can not be read must not keep the others from being sent: a newer program may read it.
    async fn put_off(&self, id: &str, attempts: i64) -> Result<(), Error> {
        tracing::warn!(mail = id, "another version of Berth wrote this mail; it waits");
        if self.take(id, attempts).await? { self.tried(id, attempts, false).await } else { Ok(()) }
    }

    /// To be called before a mail is sent, which may take ten minutes then; `false`: another process sends it, or nobody
    /// does, since what it tells was taken back or is not for its reader any more.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn take_mail(&self, due: &DueMail) -> Result<bool, Error> {
        if self.is_void(due).await? {
            let mut change = self.change().await?;
            mails::remove(&mut change, &due.id).await?;
            change.commit_quietly().await?;
            return Ok(false);
        }
        self.take(&due.id, due.attempts).await
    }

    async fn is_void(&self, due: &DueMail) -> Result<bool, Error> {
        match &due.notice {
            Some(id) => Ok(!notifications::is_still_mailed(self.database(), id, &due.mail.to).await?),
            None => Ok(false),
        }
    }

    async fn take(&self, id: &str, attempts: i64) -> Result<bool, Error> {
        let mut change = self.change().await?;
        let is_ours = mails::take(&mut change, id, attempts, self.now().plus(LEASE)).await?;
        change.commit_quietly().await?;
        Ok(is_ours)
    }

    /// A mail was taken by a server, or by nobody: then it is tried again later.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn mail_tried(&self, due: &DueMail, was_sent: bool) -> Result<(), Error> {
        self.tried(&due.id, due.attempts, was_sent).await
    }

    async fn tried(&self, id: &str, attempts: i64, was_sent: bool) -> Result<(), Error> {
        let mut change = self.change().await?;
        if was_sent || attempts + 1 >= MOST_ATTEMPTS {
            mails::remove(&mut change, id).await?;
        } else {
            mails::postpone(&mut change, id, next_try(self.now(), attempts)).await?;
        }
        Ok(change.commit_quietly().await?)
    }

    /// Returns when a mail was filed.
    pub async fn mail_waits(&self) {
        self.inner.mail_bell.notified().await;
    }

    /// To be called after the commit of a change that filed a mail.
    pub(crate) fn ring_mail_bell(&self) {
        self.inner.mail_bell.notify_one();
    }
}

fn next_try(now: Timestamp, attempts: i64) -> Timestamp {
    now.plus(MINUTE << attempts.clamp(0, 10))
}
