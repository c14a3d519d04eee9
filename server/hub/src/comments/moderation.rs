//! What maintainers and site admins do: the queue, judgements, and who may comment at all.

use super::PAGE;
use super::flags::words_of;
use crate::actor::Actor;
use crate::store::comments::Viewer;
use crate::store::comments::blocks;
use crate::store::comments::changes::{self as rows, Judged};
use crate::store::comments::moderation::{self, Queue};
use crate::{Hub, events};
use model::comment::{CommentPolicy, CommentState, Judgement};
use model::event::Event;
use model::view::{Case, ModerationPage, Page, SiteModerationPage};
use model::{Action, Error, Missing, Problem, RepositoryName};

/// Which comments somebody wants to decide about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentQueue {
    /// Flagged ones, and in a repository those that wait.
    Open,
    Hidden,
}

impl From<CommentQueue> for Queue {
    fn from(queue: CommentQueue) -> Self {
        match queue {
            CommentQueue::Open => Self::Open,
            CommentQueue::Hidden => Self::Hidden,
        }
    }
}

impl Hub {
    /// What a repository's moderators decide about; `page` counts from 1.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn moderation(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        queue: CommentQueue,
        page: u32,
    ) -> Result<ModerationPage, Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let (policy, first_waits) = rows::policy(self.database(), &entered).await?;
        let (number, offset) = slice(page);
        let (cases, total) = moderation::cases(
            self.database(),
            Some(&entered),
            moderator(actor),
            queue.into(),
            i64::from(PAGE),
            offset,
        )
        .await?;
        Ok(ModerationPage {
            head: self.head(&entered).await?,
            policy,
            first_waits,
            cases: paged(cases, total, number),
            blocked: blocks::blocked(self.database(), Some(&entered)).await?,
        })
    }

    /// What site admins decide about, in every repository; `page` counts from 1.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for all but site admins.
    pub async fn site_moderation(
        &self,
        actor: &Actor,
        queue: CommentQueue,
        page: u32,
    ) -> Result<SiteModerationPage, Error> {
        actor.site_admin()?;
        let (number, offset) = slice(page);
        let (cases, total) =
            moderation::cases(self.database(), None, moderator(actor), queue.into(), i64::from(PAGE), offset)
                .await?;
        Ok(SiteModerationPage {
            cases: paged(cases, total, number),
            blocked: blocks::blocked(self.database(), None).await?,
        })
    }

    /// Decides about a comment, and thereby about its flags. Hiding one takes a reason, which its author is told.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Comment)`; `Invalid` on `judgement` when it was decided meanwhile, on `because`;
    /// `Denied` to restore what a site admin hid, and to leave or show one's own.
    pub async fn judge_comment(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        judgement: Judgement,
        because: &str,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let because = words_of("because", because, judgement == Judgement::Hide)?;
        let mut change = self.change_repository(&entered).await?;
        let standing = rows::standing(&mut change, &entered, id).await?;
        let standing = standing.filter(|standing| standing.state != CommentState::Deleted);
        let standing = standing.ok_or(Error::NotFound(Missing::Comment))?;
        let to = judgement.of(standing.state).ok_or(Error::field("judgement", Problem::Over))?;
        // Flags of one's own comment are for others to decide about.
        let is_own = actor.user_id() == Some(standing.author_id.as_str());
        if (standing.by_site || (is_own && !judgement.upholds_flags())) && !actor.is_admin() {
            return Err(Error::Denied);
        }
        let states = (standing.state, to);
        rows::set_state(&mut change, &entered, id, states, judged(actor, &because)).await?;
        self.tell_of_judgement(&mut change, actor, &entered, (id, &standing), judgement).await?;
        let event = Event::CommentJudged {
            repository: entered.name().clone(),
            comment: id.to_owned(),
            author: standing.author,
            judgement,
            because,
        };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        change.commit_quietly().await?;
        self.ring_mail_bell();
        Ok(())
    }

    /// Chooses who may comment, and whether a person's first comment waits.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn set_comments(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        policy: CommentPolicy,
        first_waits: bool,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let mut change = self.change_repository(&entered).await?;
        rows::set_policy(&mut change, &entered, policy, first_waits).await?;
        let event = Event::CommentsSet { repository: entered.name().clone(), policy, first_waits };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit_quietly().await?)
    }
}

/// Who decided, in a row.
pub(super) fn judged<'a>(actor: &'a Actor, because: &'a str) -> Judged<'a> {
    let by = actor.username().map_or("", |name| name.as_str());
    Judged { by, because, by_site: actor.is_admin() }
}

fn moderator(actor: &Actor) -> Viewer<'_> {
    Viewer { id: actor.user_id().unwrap_or_default(), sees_all: true }
}

/// The page's number, and how many rows come before it.
fn slice(page: u32) -> (u32, i64) {
    let number = page.max(1);
    (number, i64::from(number - 1) * i64::from(PAGE))
}

fn paged(rows: Vec<Case>, total: u64, number: u32) -> Page<Case> {
    Page { rows, total, number, size: PAGE }
}
