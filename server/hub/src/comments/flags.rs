//! What readers do about others' comments: tell maintainers and site admins what is wrong with one.

use super::commenter;
use crate::actor::Actor;
use crate::store::comments::changes as rows;
use crate::store::comments::moderation::{self, NewFlag};
use crate::{Hub, events};
use model::comment::{FlagReason, REASON_MOST};
use model::event::Event;
use model::{Action, Error, Missing, Problem, RepositoryName};

impl Hub {
    /// Flags a comment, once; a second time changes nothing.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Comment)` for one that not everybody sees; `MayNotComment`; `TooMany`; `Invalid` on
    /// `words`; `Denied` for one's own.
    pub async fn flag_comment(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        id: &str,
        reason: FlagReason,
        words: &str,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Comment).await?;
        let person = actor.signed_in()?;
        let words = words_of("words", words, reason == FlagReason::Other)?;
        self.comment_floods().take(actor, self.now())?;
        let mut change = self.change_repository(&entered).await?;
        let author = rows::hold_author(&mut change, &entered, &person.id, self.known_from()).await?;
        let flagger = commenter(&author, &entered);
        if let Some(bar) = flagger.bar() {
            return Err(Error::MayNotComment(bar));
        }
        let standing = rows::standing(&mut change, &entered, id).await?;
        let standing = standing.filter(|standing| standing.state.is_public());
        let standing = standing.ok_or(Error::NotFound(Missing::Comment))?;
        if standing.author_id == person.id {
            return Err(Error::Denied);
        }
        let at = self.now();
        let flag = NewFlag { comment: id, by: &person.id, reason, words: &words, body: &standing.body, at };
        let Some(open) = moderation::flag(&mut change, &flag).await? else { return Ok(()) };
        let event = Event::CommentFlagged {
            repository: entered.name().clone(),
            comment: id.to_owned(),
            author: standing.author,
            reason,
        };
        events::record(&mut change, at, actor, Some(entered.id()), &event).await?;
        // The first one tells of it; the queue has the others.
        if open == 1 {
            self.tell_of_flag(&mut change, actor, &entered, id).await?;
        }
        change.commit_quietly().await?;
        self.ring_mail_bell();
        Ok(())
    }
}

/// A reason in somebody's own words.
pub(super) fn words_of(field: &'static str, typed: &str, is_required: bool) -> Result<String, Error> {
    let words = typed.trim();
    match words.chars().count() {
        0 if is_required => Err(Error::field(field, Problem::Required)),
        0..=REASON_MOST if !words.contains('\0') => Ok(words.to_owned()),
        0..=REASON_MOST => Err(Error::field(field, Problem::BadValue)),
        _ => Err(Error::field(field, Problem::TooLong { max: REASON_MOST })),
    }
}
