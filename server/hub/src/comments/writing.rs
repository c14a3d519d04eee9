//! What authors do: write, edit and delete their comments.

use super::limits::check_links;
use super::text::Text;
use super::{commenter, is_maintainer, key, waits};
use crate::access::Entered;
use crate::actor::{Actor, Person};
use crate::store::comments::changes::{self as rows, AuthorRow, Judged, NewRow, Standing};
use crate::store::{Change, new_id, notifications};
use crate::{Hub, events};
use model::comment::CommentState;
use model::event::Event;
use model::view::NewcomerLimits;
use model::{Action, Error, Missing, RepositoryName};

/// What the form says.
#[derive(Debug, Clone, Copy)]
pub struct NewComment<'a> {
    /// Markdown.
    pub text: &'a str,
    /// The comment that it answers; an answer to an answer joins its thread.
    pub parent: Option<&'a str>,
}

/// A comment that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: String,
    /// Visible, or waiting for a maintainer.
    pub state: CommentState,
}

impl Hub {
    /// Writes a comment. What is refused is kept for the form.
    ///
    /// # Errors
    /// Those of the gate; `MayNotComment`; `TooMany`; `Invalid` on `text`; `NotFound(Comment)` for the `parent`.
    pub async fn add_comment(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        new: NewComment<'_>,
    ) -> Result<Written, Error> {
        let entered = self.enter(actor, name, Action::Comment).await?;
        let person = actor.signed_in()?;
        let draft = key(&person.id, &entered, new.parent.unwrap_or_default());
        let written = self.write_comment(actor, person, &entered, new).await;
        match &written {
            Ok(_) => self.drafts().forget(&draft),
            Err(_) => self.drafts().keep(draft, new.text, self.now()),
        }
        written
    }

    async fn write_comment(
        &self,
        actor: &Actor,
        person: &Person,
        entered: &Entered,
        new: NewComment<'_>,
    ) -> Result<Written, Error> {
        self.comment_floods().take(actor, self.now())?;
        let text = Text::read(new.text)?;
        let mut change = self.change_repository(entered).await?;
        let author = self.admitted(&mut change, person, entered).await?;
        let limits = self.limits_of(&author, entered);
        check_links(text.links, limits)?;
        if let Some(limits) = limits {
            self.check_newcomer(&mut change, person, limits).await?;
        }
        let answered = answered(&mut change, entered, new.parent).await?;
        let state = if waits(&author, entered) { CommentState::Waiting } else { CommentState::Visible };
        let (id, at) = (new_id(), self.now());
        let row = NewRow {
            id: &id,
            parent: answered.as_ref().map(|answered| answered.thread.as_str()),
            answered_id: answered.as_ref().map(|answered| answered.author_id.as_str()),
            author_id: &person.id,
            body: &text.body,
            html: &text.html,
            state,
            at,
        };
        rows::add(&mut change, entered, &row).await?;
        let event = Event::CommentAdded { repository: entered.name().clone(), comment: id.clone() };
        events::record(&mut change, at, actor, Some(entered.id()), &event).await?;
        let author = answered.as_ref().map(|answered| answered.author_id.as_str());
        self.tell_of_comment(&mut change, actor, entered, (&id, state), author).await?;
        change.commit_quietly().await?;
        self.ring_mail_bell();
        Ok(Written { id, state })
    }

    /// Changes one's own comment; it is shown as edited.
    ///
    /// # Errors
    /// As for `add_comment`; `NotFound(Comment)`; `Denied` for others' comments and for hidden ones.
    pub async fn edit_comment(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        typed: &str,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Comment).await?;
        let person = actor.signed_in()?;
        // A form that changes a comment has its draft apart from the one that answers it.
        let draft = key(&person.id, &entered, &format!("edit {id}"));
        let edited = self.rewrite_comment(actor, person, &entered, id, typed).await;
        match &edited {
            Ok(()) => self.drafts().forget(&draft),
            Err(_) => self.drafts().keep(draft, typed, self.now()),
        }
        edited
    }

    async fn rewrite_comment(
        &self,
        actor: &Actor,
        person: &Person,
        entered: &Entered,
        id: &str,
        typed: &str,
    ) -> Result<(), Error> {
        self.comment_floods().take(actor, self.now())?;
        let text = Text::read(typed)?;
        let mut change = self.change_repository(entered).await?;
        let author = self.admitted(&mut change, person, entered).await?;
        check_links(text.links, self.limits_of(&author, entered))?;
        let standing = own(&mut change, entered, person, id).await?;
        if standing.state == CommentState::Hidden {
            return Err(Error::Denied);
        }
        if standing.body == text.body {
            return Ok(());
        }
        let at = self.now();
        rows::set_text(&mut change, id, &text.body, &text.html, at).await?;
        let event = Event::CommentEdited { repository: entered.name().clone(), comment: id.to_owned() };
        events::record(&mut change, at, actor, Some(entered.id()), &event).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Deletes one's own comment: its text is gone, answers to it stay.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Comment)`; `Denied` for others' comments.
    pub async fn delete_comment(&self, actor: &Actor, name: &RepositoryName, id: &str) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Comment).await?;
        let person = actor.signed_in()?;
        let mut change = self.change_repository(&entered).await?;
        let standing = own(&mut change, &entered, person, id).await?;
        let states = (standing.state, CommentState::Deleted);
        rows::set_state(&mut change, &entered, id, states, Judged::default()).await?;
        notifications::take_back(&mut change, id).await?;
        let event = Event::CommentDeleted { repository: entered.name().clone(), comment: id.to_owned() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit_quietly().await?)
    }

    /// Whoever wants to write here, if nothing stands in the way; nobody else writes in their name meanwhile.
    async fn admitted(
        &self,
        change: &mut Change,
        person: &Person,
        entered: &Entered,
    ) -> Result<AuthorRow, Error> {
        let author = rows::hold_author(change, entered, &person.id, self.known_from()).await?;
        match commenter(&author, entered).obstacle(author.policy()?) {
            Some(obstacle) => Err(Error::MayNotComment(obstacle)),
            None => Ok(author),
        }
    }

    fn limits_of(&self, author: &AuthorRow, entered: &Entered) -> Option<NewcomerLimits> {
        self.newcomer_limits(author).filter(|_| !is_maintainer(entered))
    }
}

/// What a new comment answers.
struct Answered {
    thread: String,
    author_id: String,
}

/// The thread that a new comment joins: everybody must see what it answers.
async fn answered(
    change: &mut Change,
    entered: &Entered,
    parent: Option<&str>,
) -> Result<Option<Answered>, Error> {
    let Some(id) = parent else { return Ok(None) };
    let standing = rows::standing(change, entered, id).await?;
    match standing.filter(|standing| standing.state.is_public()) {
        Some(standing) => Ok(Some(Answered {
            thread: standing.parent.unwrap_or_else(|| id.to_owned()),
            author_id: standing.author_id,
        })),
        None => Err(Error::NotFound(Missing::Comment)),
    }
}

/// One's own comment. Whether others' comments are there is told of visible ones only.
async fn own(change: &mut Change, entered: &Entered, person: &Person, id: &str) -> Result<Standing, Error> {
    let standing = rows::standing(change, entered, id).await?;
    let standing = standing.filter(|standing| standing.state != CommentState::Deleted);
    match standing.ok_or(Error::NotFound(Missing::Comment))? {
        standing if standing.author_id == person.id => Ok(standing),
        standing if standing.state.is_public() => Err(Error::Denied),
        _ => Err(Error::NotFound(Missing::Comment)),
    }
}
