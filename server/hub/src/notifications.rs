//! Notices: people are told of what concerns them, with a bell and by e-mail.
//!
//! Whoever changes something tells of it in the same change: [`Hub::notify`]. A notice about a repository is shown
//! only while its reader may see that repository.

use crate::Hub;
use crate::actor::Actor;
use crate::store::notifications::{self as rows, NewNotification, Reader};
use crate::store::{Change, mails};
use model::mail::{Mail, MailAbout};
use model::view::{NoticesPage, Page};
use model::{Error, Missing, Notice, NoticeKind, Timestamp};

/// Notices on a page.
const PAGE: u32 = 25;
/// Milliseconds that a notice is kept.
const KEPT: i64 = 90 * 24 * 3_600_000;
/// Milliseconds in which one unread mail about comments of one repository is enough.
const PAUSE: i64 = 3_600_000;

impl Hub {
    /// Tells the people with these ids, but nobody of what they did themselves; to be followed by `ring_mail_bell`
    /// after the commit. `repository_id` is the repository that the notice names.
    ///
    /// # Errors
    /// Only the database's.
    pub(crate) async fn notify(
        &self,
        change: &mut Change,
        by: &Actor,
        to: &[String],
        repository_id: Option<&str>,
        notice: &Notice,
    ) -> Result<(), Error> {
        let at = self.now();
        for user_id in to.iter().filter(|id| by.user_id() != Some(id)) {
            let since = if notice.kind().may_flood() { at.plus(-PAUSE) } else { Timestamp(i64::MAX) };
            let reader = rows::reader(change, user_id, repository_id, notice, since).await?;
            let is_mailed = reader.is_some();
            let new = NewNotification { user_id, repository_id, notice, at, is_mailed };
            let id = rows::add(change, &new).await?;
            if let Some(reader) = reader {
                mails::add(change, &self.mail_of(reader, notice)?, Some(&id), at).await?;
            }
        }
        Ok(())
    }

    fn mail_of(&self, reader: Reader, notice: &Notice) -> Result<Mail, Error> {
        let url = &self.settings().url;
        let about = MailAbout::Notice {
            username: reader.username.parse().map_err(|_| Error::Internal)?,
            notice: notice.clone(),
            link: format!("{url}{}", notice.path()),
            settings: format!("{url}/settings#notifications"),
        };
        Ok(Mail { to: reader.email, language: reader.language, about })
    }

    /// How many notices `actor` has not read, and 100 are many; none for a visitor. Asked for every page.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn unread(&self, actor: &Actor) -> Result<u64, Error> {
        let Some(id) = actor.user_id().filter(|_| actor.is_whole()) else { return Ok(0) };
        let key = id.to_owned();
        if let Some(kept) = self.caches().unread().get(&key) {
            return Ok(kept);
        }
        let read_at = self.caches().version();
        let unread = rows::unread(self.database(), id).await?;
        self.caches().unread().put(read_at, key, unread);
        Ok(unread)
    }

    /// What one was told of in the last 90 days, unread ones first.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for a token.
    pub async fn notices(&self, actor: &Actor, page: u32) -> Result<NoticesPage, Error> {
        let person = actor.whole()?;
        let offset = i64::from(page.max(1) - 1) * i64::from(PAGE);
        let (notices, total) = rows::list(self.database(), &person.id, i64::from(PAGE), offset).await?;
        Ok(NoticesPage {
            notices: Page { rows: notices, total, number: page.max(1), size: PAGE },
            unread: self.unread(actor).await?,
        })
    }

    /// Reads one notice; where it leads to.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for a token; `NotFound(Notice)`.
    pub async fn open_notice(&self, actor: &Actor, id: &str) -> Result<String, Error> {
        let person = actor.whole()?;
        let found = rows::find(self.database(), &person.id, id).await?;
        let found = found.ok_or(Error::NotFound(Missing::Notice))?;
        if !found.is_read {
            self.mark_read(actor, Some(id)).await?;
        }
        Ok(found.notice.path())
    }

    /// Marks one notice as read, or all.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for a token.
    pub async fn mark_read(&self, actor: &Actor, id: Option<&str>) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        rows::mark(&mut change, &person.id, id, self.now()).await?;
        Ok(change.commit().await?)
    }

    /// What comes by e-mail too, of the kinds that one may choose.
    pub(crate) async fn mailed_kinds(&self, user_id: &str) -> Result<Vec<(NoticeKind, bool)>, Error> {
        let chosen = rows::choices(self.database(), user_id).await?;
        let choice = |kind: NoticeKind| {
            let by_itself = kind.mailed()?;
            let found = chosen.iter().find(|(chosen, _)| *chosen == kind);
            Some((kind, found.map_or(by_itself, |(_, wanted)| *wanted)))
        };
        Ok(NoticeKind::ALL.iter().copied().filter_map(choice).collect())
    }

    /// Chooses the kinds that come by e-mail too; all others do not.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for a token.
    pub async fn choose_mailed_kinds(&self, actor: &Actor, wanted: &[NoticeKind]) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        for kind in NoticeKind::ALL.iter().filter(|kind| kind.mailed().is_some()) {
            rows::choose(&mut change, &person.id, *kind, wanted.contains(kind)).await?;
        }
        Ok(change.commit_quietly().await?)
    }

    /// Forgets what was told long ago, and invitations that are over.
    pub(crate) async fn sweep_notices(&self, change: &mut Change) -> Result<(), Error> {
        rows::end_old(change, self.now().plus(-KEPT)).await?;
        Ok(rows::end_invitations(change).await?)
    }
}
