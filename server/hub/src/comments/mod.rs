//! Comments on repositories (SPEC R5.2): threads of one level, the newest first.
//!
//! `writing` is what authors do, `flags` what readers do about others' comments, `moderation` what maintainers and site
//! admins do, `blocks` whom they keep out, `limits` how much is accepted, `telling` who hears of it,
//! `text` what a comment may be made of.
//!
//! A suspended person's comments stay: suspending ends what somebody does, hiding is another decision, one comment or
//! (with a block) all of them at once. Accounts are never deleted; the tables refuse it while there are comments.

mod blocks;
mod drafts;
mod flags;
mod limits;
mod moderation;
mod telling;
mod text;
mod writing;

pub use limits::CommentLimits;
pub use moderation::CommentQueue;
pub use writing::{NewComment, Written};

pub(crate) use drafts::Drafts;

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::comments::changes::{self, AuthorRow};
use crate::store::comments::moderation::{Queue, total};
use crate::store::comments::{self as rows, Replies, Viewer};
use drafts::Key;
use model::comment::{CommentPolicy, Commenter, Obstacle};
use model::view::{Comment, Commenting, CommentsPage, Page, Thread, ThreadPage};
use model::{Action, Error, Missing, RepositoryName, Role};

/// Threads on a page, and replies on the page of one thread.
const PAGE: u32 = 25;
/// Replies of each thread on the page of all.
const REPLIES_SHOWN: i64 = 5;

impl Hub {
    /// A page of threads, the newest first; `page` counts from 1.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn comments(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        page: u32,
    ) -> Result<CommentsPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let viewer = Viewer { id: actor.user_id().unwrap_or_default(), sees_all: false };
        let number = page.max(1);
        let offset = i64::from(number - 1) * i64::from(PAGE);
        let (heads, total) =
            rows::threads(self.database(), &entered, viewer, i64::from(PAGE), offset).await?;
        let threads = self.with_replies(&entered, viewer, heads).await?;
        Ok(CommentsPage {
            head: self.head(&entered).await?,
            threads: Page { rows: threads, total, number, size: PAGE },
            commenting: self.commenting(actor, &entered, "").await?,
        })
    }

    /// Each thread of a page with its first replies.
    async fn with_replies(
        &self,
        entered: &Entered,
        viewer: Viewer<'_>,
        heads: Vec<(String, Option<Comment>)>,
    ) -> Result<Vec<Thread>, Error> {
        let mut threads: Vec<Thread> = heads
            .into_iter()
            .map(|(id, head)| Thread { id, head, replies: Vec::new(), reply_count: 0 })
            .collect();
        // Ids sort by the time they were made: a page is all threads between its last and its first one.
        let (Some(last), Some(first)) = (threads.last(), threads.first()) else { return Ok(threads) };
        let (from, to) = (last.id.clone(), first.id.clone());
        let wanted = Replies { from: &from, to: &to, after: 0, most: REPLIES_SHOWN };
        for (reply, total) in rows::replies(self.database(), entered, viewer, &wanted).await? {
            let of = |thread: &&mut Thread| reply.parent.as_ref() == Some(&thread.id);
            if let Some(thread) = threads.iter_mut().find(of) {
                thread.reply_count = total;
                thread.replies.push(reply);
            }
        }
        Ok(threads)
    }

    /// One comment in its thread. Without a `page` it is the one that has the comment.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Comment)`.
    pub async fn comment_thread(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        page: Option<u32>,
    ) -> Result<ThreadPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let viewer = viewer(actor, &entered);
        let asked = self.seen_comment(&entered, viewer, id).await?;
        let thread = asked.parent.clone().unwrap_or_else(|| asked.id.clone());
        let number = match page {
            Some(page) => page.max(1),
            None => {
                let place = rows::place(self.database(), &entered, viewer, &thread, id).await?;
                u32::try_from(place.div_ceil(u64::from(PAGE))).unwrap_or(1).max(1)
            }
        };
        let after = i64::from(number - 1) * i64::from(PAGE);
        let wanted = Replies { from: &thread, to: &thread, after, most: i64::from(PAGE) };
        let found = rows::replies(self.database(), &entered, viewer, &wanted).await?;
        let total = rows::place(self.database(), &entered, viewer, &thread, "").await?;
        let replies = found.into_iter().map(|(reply, _)| reply).collect();
        Ok(ThreadPage {
            head: self.head(&entered).await?,
            first: rows::one(self.database(), &entered, viewer, &thread).await?,
            replies: Page { rows: replies, total, number, size: PAGE },
            commenting: self.commenting(actor, &entered, id).await?,
            edit_draft: self.draft(actor, &entered, &format!("edit {id}")),
            id: thread,
            asked,
        })
    }

    /// All comments that everybody sees, replies among them, the newest first; for programs.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn comment_list(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        page: u32,
        size: u32,
    ) -> Result<Page<Comment>, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let viewer = Viewer { id: actor.user_id().unwrap_or_default(), sees_all: false };
        let (number, size) = (page.max(1), size.clamp(1, 100));
        let offset = i64::from(number - 1) * i64::from(size);
        let found = rows::latest(self.database(), &entered, viewer, i64::from(size), offset).await?;
        let total = self.head(&entered).await?.comments.unwrap_or_default();
        Ok(Page { rows: found, total, number, size })
    }

    /// One comment; for programs.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Comment)`.
    pub async fn comment(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<Comment, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        self.seen_comment(&entered, viewer(actor, &entered), id).await
    }

    /// What Markdown of a comment will look like.
    ///
    /// # Errors
    /// `SignInNeeded`; `TooMany`; `Invalid` as when it is saved.
    pub fn preview_comment(&self, actor: &Actor, markdown: &str) -> Result<String, Error> {
        self.preview_floods().take(actor, self.now())?;
        Ok(text::Text::read(markdown)?.html)
    }

    async fn seen_comment(&self, entered: &Entered, viewer: Viewer<'_>, id: &str) -> Result<Comment, Error> {
        rows::one(self.database(), entered, viewer, id).await?.ok_or(Error::NotFound(Missing::Comment))
    }

    /// How the viewer stands to the comments here. `about`: the comment whose page it is.
    async fn commenting(&self, actor: &Actor, entered: &Entered, about: &str) -> Result<Commenting, Error> {
        let may_moderate = entered.also_lets(actor, Action::Moderate);
        let open = if may_moderate { total(self.database(), Some(entered), Queue::Open).await? } else { 0 };
        let Some(person) = actor.signed_in().ok() else {
            let (policy, _) = changes::policy(self.database(), entered).await?;
            let obstacle = if policy == CommentPolicy::Off { Obstacle::Off } else { Obstacle::SignIn };
            return Ok(Commenting {
                obstacle: Some(obstacle),
                because: None,
                waits: false,
                newcomer: None,
                may_moderate,
                open,
                draft: String::new(),
            });
        };
        let author = changes::author(self.database(), entered, &person.id, self.known_from()).await?;
        let is_maintainer = is_maintainer(entered);
        let obstacle = commenter(&author, entered).obstacle(author.policy()?);
        Ok(Commenting {
            obstacle,
            because: reason(&author, obstacle),
            waits: waits(&author, entered),
            newcomer: self.newcomer_limits(&author).filter(|_| !is_maintainer),
            may_moderate,
            open,
            draft: self.draft(actor, entered, about),
        })
    }

    /// What somebody typed into a form that was refused.
    fn draft(&self, actor: &Actor, entered: &Entered, about: &str) -> String {
        let user = actor.user_id().unwrap_or_default();
        self.drafts().find(&key(user, entered, about), self.now())
    }

    /// So many visible comments make somebody known.
    fn known_from(&self) -> i64 {
        i64::from(self.settings().comments.newcomer_comments)
    }
}

/// Moderators see what is hidden where one asks for it.
fn viewer<'a>(actor: &'a Actor, entered: &Entered) -> Viewer<'a> {
    let sees_all = entered.also_lets(actor, Action::Moderate);
    Viewer { id: actor.user_id().unwrap_or_default(), sees_all }
}

/// What may stand in somebody's way.
fn commenter(author: &AuthorRow, entered: &Entered) -> Commenter {
    Commenter {
        is_verified: author.email_verified,
        is_member: entered.role().is_some(),
        is_blocked: author.blocked.is_some(),
        is_blocked_everywhere: author.blocked_everywhere.is_some(),
    }
}

/// In whoever's words blocked them, why they were.
fn reason(author: &AuthorRow, obstacle: Option<Obstacle>) -> Option<String> {
    match obstacle? {
        Obstacle::Blocked => author.blocked.clone(),
        Obstacle::BlockedEverywhere => author.blocked_everywhere.clone(),
        Obstacle::SignIn | Obstacle::Unverified | Obstacle::Off | Obstacle::MembersOnly => None,
    }
}

/// Whether what they write waits until a maintainer reads it.
fn waits(author: &AuthorRow, entered: &Entered) -> bool {
    author.first_comment_waits && !author.is_known_here && !is_maintainer(entered)
}

/// Who may push answers for the repository: no limit of newcomers holds for them there.
fn is_maintainer(entered: &Entered) -> bool {
    entered.role() >= Some(Role::Write)
}

fn key(user: &str, entered: &Entered, about: &str) -> Key {
    Key { user: user.to_owned(), repository: entered.id().to_owned(), about: about.to_owned() }
}
