//! Whom maintainers keep from commenting in their repository, and site admins everywhere.

use super::flags::words_of;
use super::moderation::judged;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::accounts::{self, By, UserRow};
use crate::store::comments::blocks as rows;
use crate::store::comments::changes::Judged;
use crate::store::{Change, access, notifications};
use crate::{Hub, events};
use model::event::Event;
use model::{Action, Error, Missing, Notice, Problem, RepositoryName, Role, Username};

impl Hub {
    /// Keeps somebody from commenting in a repository; `hide_all`: what they wrote there is hidden too.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` on `username` for nobody, oneself, and whoever may push here or anywhere; on `because`.
    pub async fn block_commenter(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        username: &str,
        because: &str,
        hide_all: bool,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let because = words_of("because", because, true)?;
        let user = self.to_block(username).await?;
        let standing = access::standing(self.database(), entered.name(), &user.id).await?;
        if standing.and_then(|standing| standing.role) >= Some(Role::Write) {
            return Err(Error::field("username", Problem::Maintains));
        }
        let (at, judged) = (self.now(), judged(actor, &because));
        let mut change = self.change_repository(&entered).await?;
        let is_new = rows::block(&mut change, Some(&entered), &user.id, judged, at).await?;
        let hidden = hidden(&mut change, &entered, &user, judged, hide_all).await?;
        if is_new || hidden > 0 {
            let event = Event::CommenterBlocked {
                repository: entered.name().clone(),
                username: user.username()?,
                because: because.clone(),
                hidden,
            };
            events::record(&mut change, at, actor, Some(entered.id()), &event).await?;
        }
        // Whoever never wrote here is not told: owners could ring at anybody's door.
        if is_new && rows::has_written(&mut change, &entered, &user.id).await? {
            let id = block_id(Some(&entered), &user.id);
            let notice = Notice::CommentsBlocked { repository: entered.name().clone(), id };
            self.notify(&mut change, actor, &[user.id], Some(entered.id()), &notice).await?;
        }
        change.commit_quietly().await?;
        self.ring_mail_bell();
        Ok(())
    }

    /// Lets somebody comment in a repository again. What was hidden stays hidden.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Account)` for whoever is not blocked there.
    pub async fn unblock_commenter(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        username: &Username,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let user = self.blocked_account(username).await?;
        let mut change = self.change_repository(&entered).await?;
        if !rows::unblock(&mut change, Some(&entered), &user.id).await? {
            return Err(Error::NotFound(Missing::Account));
        }
        notifications::take_back(&mut change, &block_id(Some(&entered), &user.id)).await?;
        let event =
            Event::CommenterUnblocked { repository: entered.name().clone(), username: username.clone() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Keeps somebody from commenting anywhere; `hide_all`: what they wrote anywhere is hidden too.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for all but site admins; `Invalid` on `username` for nobody and for site admins, on
    /// `because`.
    pub async fn block_everywhere(
        &self,
        actor: &Actor,
        username: &str,
        because: &str,
        hide_all: bool,
    ) -> Result<(), Error> {
        actor.site_admin()?;
        let because = words_of("because", because, true)?;
        let user = self.to_block(username).await?;
        let judged = judged(actor, &because);
        let mut change = self.change().await?;
        if rows::block(&mut change, None, &user.id, judged, self.now()).await? {
            let (username, because) = (user.username()?, because.clone());
            let event = Event::CommenterBlockedEverywhere { username, because };
            events::record(&mut change, self.now(), actor, None, &event).await?;
            let notice = Notice::CommentsBlockedEverywhere { id: block_id(None, &user.id) };
            self.notify(&mut change, actor, std::slice::from_ref(&user.id), None, &notice).await?;
        }
        change.commit_quietly().await?;
        self.ring_mail_bell();
        // One repository after the other: whoever waits for one does not wait for all.
        for name in if hide_all { rows::where_to_hide(self.database(), &user.id).await? } else { Vec::new() }
        {
            match self.hide_all(actor, &name, &user, judged).await {
                // It was moved or deleted meanwhile: the others wait for the same.
                Err(Error::Moved { to, .. }) => self.hide_all(actor, &to, &user, judged).await?,
                Err(Error::NotFound(Missing::Repository)) => {}
                other => other?,
            }
        }
        Ok(())
    }

    async fn hide_all(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        user: &UserRow,
        judged: Judged<'_>,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Moderate).await?;
        let mut change = self.change_repository(&entered).await?;
        let hidden = rows::hide_all(&mut change, &entered, &user.id, judged).await?;
        let (repository, username) = (name.clone(), user.username()?);
        let event = Event::CommentsHidden { repository, username, hidden };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Lets somebody comment again wherever nobody else blocked them.
    ///
    /// # Errors
    /// `SignInNeeded`; `Denied` for all but site admins; `NotFound(Account)` for whoever is not blocked.
    pub async fn unblock_everywhere(&self, actor: &Actor, username: &Username) -> Result<(), Error> {
        actor.site_admin()?;
        let user = self.blocked_account(username).await?;
        let mut change = self.change().await?;
        if !rows::unblock(&mut change, None, &user.id).await? {
            return Err(Error::NotFound(Missing::Account));
        }
        notifications::take_back(&mut change, &block_id(None, &user.id)).await?;
        let event = Event::CommenterUnblockedEverywhere { username: username.clone() };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Nobody keeps a site admin from anything.
    async fn to_block(&self, username: &str) -> Result<UserRow, Error> {
        let key = username.trim().to_lowercase();
        let user = accounts::find(self.database(), By::Username(&key)).await?;
        match user {
            None => Err(Error::field("username", Problem::Nobody)),
            Some(user) if user.is_admin => Err(Error::field("username", Problem::Maintains)),
            Some(user) => Ok(user),
        }
    }

    async fn blocked_account(&self, username: &Username) -> Result<UserRow, Error> {
        let user = accounts::find(self.database(), By::Username(username.as_str())).await?;
        user.ok_or(Error::NotFound(Missing::Account))
    }
}

/// What the notice of a block is taken back by.
fn block_id(here: Option<&Entered>, user_id: &str) -> String {
    format!("block {} {user_id}", here.map_or("everywhere", Entered::id))
}

async fn hidden(
    change: &mut Change,
    entered: &Entered,
    user: &UserRow,
    judged: Judged<'_>,
    hide_all: bool,
) -> Result<u64, Error> {
    if !hide_all {
        return Ok(0);
    }
    Ok(rows::hide_all(change, entered, &user.id, judged).await?)
}
