//! What pages show of comments and of what is done about them.

use super::{Page, RepositoryHead};
use crate::comment::{CommentPolicy, CommentState, FlagReason, Obstacle};
use crate::{RepositoryName, Timestamp, Username};
use serde::{Deserialize, Serialize};

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: String,
    /// The comment that it answers.
    pub parent: Option<String>,
    pub author: Username,
    /// May push to the repository.
    pub is_maintainer: bool,
    /// Markdown.
    pub body: String,
    /// Sanitised when it was saved.
    pub html: String,
    pub state: CommentState,
    pub written_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    /// Why it was hidden; for its author and for moderators.
    pub because: String,
    /// A site admin hid it: only they restore it.
    pub by_site: bool,
    pub is_own: bool,
    /// The viewer flagged it.
    pub is_flagged: bool,
}

/// A comment and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub id: String,
    /// `None`: it is gone, and others had answered.
    pub head: Option<Comment>,
    /// The oldest first; perhaps not all.
    pub replies: Vec<Comment>,
    pub reply_count: u64,
}

/// How the viewer stands to the comments of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commenting {
    /// Why the viewer can not comment.
    pub obstacle: Option<Obstacle>,
    /// Why the viewer was blocked, in the words of whoever did it.
    pub because: Option<String>,
    /// What the viewer writes now waits for a maintainer.
    pub waits: bool,
    pub newcomer: Option<NewcomerLimits>,
    pub may_moderate: bool,
    /// Comments that a maintainer is to decide about; 0 for those who may not.
    pub open: u64,
    /// What the viewer typed before it was refused.
    pub draft: String,
}

/// What an account that few know yet may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewcomerLimits {
    /// Comments an hour.
    pub hourly: u32,
    /// Comments a day.
    pub daily: u32,
    /// Links in one comment.
    pub links: u32,
}

/// The comments of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentsPage {
    pub head: RepositoryHead,
    /// The newest first.
    pub threads: Page<Thread>,
    pub commenting: Commenting,
}

/// One thread, and the comment of it that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPage {
    pub head: RepositoryHead,
    pub id: String,
    /// `None`: it is gone, and others had answered.
    pub first: Option<Comment>,
    /// The oldest first.
    pub replies: Page<Comment>,
    /// The one that was asked for; one of those above, if this is its page.
    pub asked: Comment,
    /// What its author typed to change it, before that was refused.
    pub edit_draft: String,
    pub commenting: Commenting,
}

/// What somebody said of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    pub by: Username,
    pub reason: FlagReason,
    pub words: String,
    pub at: Timestamp,
    /// What the comment said then, where it says something else now; Markdown.
    pub body_then: Option<String>,
}

/// A comment that somebody decides about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub repository: RepositoryName,
    pub comment: Comment,
    /// What it answers.
    pub answers: Option<Comment>,
    /// The oldest first.
    pub flags: Vec<Flag>,
    /// Who hid it.
    pub hidden_by: String,
}

/// Somebody who may not comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocked {
    pub username: Username,
    pub because: String,
    pub by: String,
    pub at: Timestamp,
}

/// What a repository's maintainers decide about comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModerationPage {
    pub head: RepositoryHead,
    pub policy: CommentPolicy,
    /// A person's first comment waits for a maintainer.
    pub first_waits: bool,
    /// The oldest first.
    pub cases: Page<Case>,
    pub blocked: Vec<Blocked>,
}

/// What site admins decide about comments, of all repositories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteModerationPage {
    /// The oldest first.
    pub cases: Page<Case>,
    pub blocked: Vec<Blocked>,
}
