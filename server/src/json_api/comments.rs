//! Comments in Docker Hub's old shape (a list of `comment`s by `user`s), and what is done about them.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named, NamedId};
use super::paging::{PageParameters, Results, Wanted};
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::{Hub, NewComment};
use model::comment::{CommentState, FlagReason, Judgement};
use model::{Error, Missing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A comment.
#[derive(Serialize, ToSchema)]
pub(super) struct Comment {
    id: String,
    user: String,
    /// Markdown.
    comment: String,
    /// The same as HTML that is safe to show.
    html: String,
    /// The comment that it answers.
    parent: Option<String>,
    /// `visible`; for its author and for moderators also `waiting` and `hidden`.
    #[schema(value_type = String)]
    status: CommentState,
    /// Whether its author may push to the repository.
    is_maintainer: bool,
    created_on: String,
    /// When it was edited last, or written.
    updated_on: String,
    is_edited: bool,
}

impl Comment {
    fn new(comment: model::view::Comment) -> Self {
        Self {
            id: comment.id,
            user: comment.author.to_string(),
            comment: comment.body,
            html: comment.html,
            parent: comment.parent,
            status: comment.state,
            is_maintainer: comment.is_maintainer,
            created_on: moment(comment.written_at),
            updated_on: moment(comment.edited_at.unwrap_or(comment.written_at)),
            is_edited: comment.edited_at.is_some(),
        }
    }
}

/// A comment to be written.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewText {
    /// Markdown, 1 to 10,000 characters.
    comment: String,
    /// The comment that it answers; an answer to an answer joins its thread.
    parent: Option<String>,
}

/// What is wrong with a comment.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewFlag {
    /// `spam`, `abuse`, `off_topic`, `unlawful` or `other`.
    #[schema(value_type = String)]
    reason: FlagReason,
    /// In one's own words, at most 500 characters; needed for `other`.
    #[serde(default)]
    words: String,
}

/// Why a comment is hidden.
#[derive(Deserialize, ToSchema)]
pub(super) struct Why {
    /// Its author is told; at most 500 characters.
    reason: String,
}

/// All comments that everybody sees, replies among them, the newest first.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/comments", tag = "comments", operation_id = "list_comments",
    security((), ("token" = [])),
    params(("namespace" = String, Path), ("repository" = String, Path), PageParameters),
    responses(
        (status = 200, body = Results<Comment>), (status = 400, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Json<Results<Comment>>, Refusal> {
    let page = hub.comment_list(&actor, &name, wanted.page, wanted.size).await?;
    Ok(Json(wanted.results(page, Comment::new)))
}

/// Comment on a repository.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/comments", tag = "comments", operation_id = "add_comment",
    request_body = NewText, params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 201, body = Comment), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal),
        (status = 429, body = Refusal, description = "Too many for now")
    )
)]
pub(super) async fn add(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(new): Input<NewText>,
) -> Result<(StatusCode, Json<Comment>), Refusal> {
    let new = NewComment { text: &new.comment, parent: new.parent.as_deref() };
    let written = hub.add_comment(&actor, &name, new).await;
    let written = written.map_err(|error| renamed(error, "text", "comment"))?;
    let comment = hub.comment(&actor, &name, &written.id).await?;
    Ok((StatusCode::CREATED, Json(Comment::new(comment))))
}

/// One comment.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}", tag = "comments",
    operation_id = "get_comment", security((), ("token" = [])),
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses((status = 200, body = Comment), (status = 404, body = Refusal))
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<Json<Comment>, Refusal> {
    Ok(Json(Comment::new(hub.comment(&actor, &name, &id).await?)))
}

/// Change one's own comment.
#[utoipa::path(
    patch, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}", tag = "comments",
    operation_id = "edit_comment", request_body = NewText,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = Comment), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal), (status = 429, body = Refusal)
    )
)]
pub(super) async fn edit(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(new): Input<NewText>,
) -> Result<Json<Comment>, Refusal> {
    let edited = hub.edit_comment(&actor, &name, &id, &new.comment).await;
    edited.map_err(|error| renamed(error, "text", "comment"))?;
    Ok(Json(Comment::new(hub.comment(&actor, &name, &id).await?)))
}

/// Delete one's own comment; a moderator deletes others' too.
#[utoipa::path(
    delete, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}", tag = "comments",
    operation_id = "delete_comment",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "Its text is gone"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn delete(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    let refused = match hub.delete_comment(&actor, &name, &id).await {
        Ok(()) => return Ok(StatusCode::NO_CONTENT),
        Err(error) => error,
    };
    // A program of an organization has no comments of its own, and may be a moderator.
    let may_judge = match refused {
        Error::Denied | Error::NotFound(Missing::Comment) => true,
        Error::SignInNeeded => actor.is_signed_in(),
        _ => false,
    };
    if !may_judge {
        return Err(refused.into());
    }
    let judged = hub.judge_comment(&actor, &name, &id, Judgement::Delete, "").await;
    // What only moderators may is refused as if there were none.
    let told = |error| match error {
        Error::Denied | Error::NotFound(Missing::Repository) if refused != Error::SignInNeeded => refused,
        other => other,
    };
    judged.map_err(told)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tell moderators that something is wrong with a comment. A second time changes nothing.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}/flag", tag = "comments",
    operation_id = "flag_comment", request_body = NewFlag,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "They are told"), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal), (status = 429, body = Refusal)
    )
)]
pub(super) async fn flag(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(flag): Input<NewFlag>,
) -> Result<StatusCode, Refusal> {
    hub.flag_comment(&actor, &name, &id, flag.reason, &flag.words).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a comment from view. Its author sees why.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}/hide", tag = "comments",
    operation_id = "hide_comment", request_body = Why,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "It is hidden"), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn hide(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(why): Input<Why>,
) -> Result<StatusCode, Refusal> {
    let hidden = hub.judge_comment(&actor, &name, &id, Judgement::Hide, &why.reason).await;
    hidden.map_err(|error| renamed(error, "because", "reason"))?;
    Ok(StatusCode::NO_CONTENT)
}

/// A problem with a field that this API calls by another name.
fn renamed(error: Error, from: &str, to: &str) -> Error {
    match error {
        Error::Invalid(mut problems) => {
            for problem in problems.iter_mut().filter(|problem| problem.field == from) {
                problem.field = to.to_owned();
            }
            Error::Invalid(problems)
        }
        other => other,
    }
}

/// Show a hidden comment again.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}/restore", tag = "comments",
    operation_id = "restore_comment",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "Everybody sees it"), (status = 400, body = Refusal),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn restore(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.judge_comment(&actor, &name, &id, Judgement::Restore, "").await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let others see a first comment that waits.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/comments/{uuid}/approve", tag = "comments",
    operation_id = "approve_comment",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "Everybody sees it"), (status = 400, body = Refusal),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn approve(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.judge_comment(&actor, &name, &id, Judgement::Approve, "").await?;
    Ok(StatusCode::NO_CONTENT)
}
