//! Forms of comments, and of what is done about them.

use super::Failure;
use super::context::{caller, settle};
use crate::routes;
use hub::NewComment;
use leptos::prelude::*;
use model::comment::{CommentPolicy, FlagReason, Judgement};
use model::{RepositoryName, Username};

/// Writes a comment, or an answer to one.
#[server(prefix = "/api/fn", endpoint = "add_comment")]
pub async fn add_comment(
    name: RepositoryName,
    text: String,
    #[server(default)] parent: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let new = NewComment { text: &text, parent: (!parent.is_empty()).then_some(parent.as_str()) };
    let written = caller.hub.add_comment(&caller.actor, &name, new).await;
    let done = match &written {
        Ok(written) if parent.is_empty() => format!("{}#comment-{}", routes::comments(&name), written.id),
        Ok(written) => routes::comment_in_thread(&name, &written.id),
        Err(_) => String::new(),
    };
    // The hub keeps what was typed: it does not fit into an address.
    let back = match parent.as_str() {
        "" => routes::comments(&name),
        parent => routes::comment_action(&name, parent, "reply"),
    };
    settle(written.map(drop), &done, &back, &[])
}

/// Changes one's own comment.
#[server(prefix = "/api/fn", endpoint = "edit_comment")]
pub async fn edit_comment(name: RepositoryName, comment: String, text: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.edit_comment(&caller.actor, &name, &comment, &text).await;
    let back = routes::comment_action(&name, &comment, "edit");
    settle(result, &routes::comment_in_thread(&name, &comment), &back, &[])
}

/// Deletes one's own comment.
#[server(prefix = "/api/fn", endpoint = "delete_comment")]
pub async fn delete_comment(name: RepositoryName, comment: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.delete_comment(&caller.actor, &name, &comment).await;
    let page = routes::comments(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Tells those who decide that something is wrong with a comment.
#[server(prefix = "/api/fn", endpoint = "flag_comment")]
pub async fn flag_comment(
    name: RepositoryName,
    comment: String,
    reason: FlagReason,
    #[server(default)] words: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.flag_comment(&caller.actor, &name, &comment, reason, &words).await;
    let back = routes::comment_action(&name, &comment, "flag");
    let kept = [("reason", reason.as_str()), ("words", words.as_str())];
    settle(result, &routes::comment_in_thread(&name, &comment), &back, &kept)
}

/// Decides about a comment; `from`: the page that it was decided on.
#[server(prefix = "/api/fn", endpoint = "judge_comment")]
pub async fn judge_comment(
    name: RepositoryName,
    comment: String,
    judgement: Judgement,
    #[server(default)] because: String,
    #[server(default)] from: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.judge_comment(&caller.actor, &name, &comment, judgement, &because).await;
    let (done, back) = match from.as_str() {
        "site" => (routes::ADMIN_COMMENTS.to_owned(), routes::ADMIN_COMMENTS.to_owned()),
        "thread" if judgement == Judgement::Delete => {
            (routes::comments(&name), routes::comment_action(&name, &comment, "moderate"))
        }
        "thread" => (routes::comment(&name, &comment), routes::comment_action(&name, &comment, "moderate")),
        _ => (routes::moderation(&name), routes::moderation(&name)),
    };
    settle(result, &format!("{done}?saved=1"), &back, &[("about", &comment), ("because", &because)])
}

/// Chooses who may comment.
#[server(prefix = "/api/fn", endpoint = "set_comments")]
pub async fn set_comments(
    name: RepositoryName,
    policy: CommentPolicy,
    #[server(default)] first_waits: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.set_comments(&caller.actor, &name, policy, first_waits == "yes").await;
    let page = routes::moderation(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Keeps somebody from commenting in a repository.
#[server(prefix = "/api/fn", endpoint = "block_commenter")]
pub async fn block_commenter(
    name: RepositoryName,
    username: String,
    #[server(default)] because: String,
    #[server(default)] hide_all: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let hides = hide_all == "yes";
    let result = caller.hub.block_commenter(&caller.actor, &name, &username, &because, hides).await;
    let page = routes::moderation(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[("username", &username), ("why", &because)])
}

/// Lets somebody comment in a repository again.
#[server(prefix = "/api/fn", endpoint = "unblock_commenter")]
pub async fn unblock_commenter(name: RepositoryName, username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.unblock_commenter(&caller.actor, &name, &username).await;
    let page = routes::moderation(&name);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Keeps somebody from commenting anywhere.
#[server(prefix = "/api/fn", endpoint = "block_everywhere")]
pub async fn block_everywhere(
    username: String,
    #[server(default)] because: String,
    #[server(default)] hide_all: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.block_everywhere(&caller.actor, &username, &because, hide_all == "yes").await;
    let page = routes::ADMIN_COMMENTS;
    settle(result, &format!("{page}?saved=1"), page, &[("username", &username), ("why", &because)])
}

/// Lets somebody comment again.
#[server(prefix = "/api/fn", endpoint = "unblock_everywhere")]
pub async fn unblock_everywhere(username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.unblock_everywhere(&caller.actor, &username).await;
    let page = routes::ADMIN_COMMENTS;
    settle(result, &format!("{page}?saved=1"), page, &[])
}
