//! One comment as everybody sees it, with what this viewer may do about it as links.

use super::time::Ago;
use crate::routes;
use crate::surroundings::{viewer, words};
use leptos::prelude::*;
use model::RepositoryName;
use model::comment::CommentState;
use model::view::Comment;

/// Where a comment stands, and what may be done about it there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Among others, with all links.
    List,
    /// Where somebody decides about it: no links.
    Case,
}

/// One comment.
#[component]
pub(crate) fn CommentCard(
    name: RepositoryName,
    comment: Comment,
    #[prop(optional)] is_asked: bool,
    #[prop(optional)] may_moderate: bool,
    #[prop(optional)] may_reply: bool,
    place: Place,
) -> AnyView {
    let words = &words().comments;
    let class = if is_asked { "comment asked" } else { "comment" };
    // A page has at most one comment with an id, or fragments would lead anywhere.
    let id = (place == Place::List).then(|| format!("comment-{}", comment.id));
    let actions = (place == Place::List).then(|| actions(&name, &comment, may_moderate, may_reply));
    view! {
        <article class=class id=id aria-label=(words.comment_by)(comment.author.as_str())>
            {header(&name, &comment)}
            // Sanitised by the hub when it was saved; the text's own direction stays inside.
            <div class="comment-text" dir="auto" inner_html=comment.html.clone()></div>
            {state(&comment)}
            {actions}
        </article>
    }
    .into_any()
}

fn header(name: &RepositoryName, comment: &Comment) -> AnyView {
    let words = &words().comments;
    let author = comment.author.to_string();
    let badge = |text: &'static str| view! { <span class="badge">{text}</span> };
    view! {
        <header>
            <a class="author" href=routes::profile(&author) translate="no">{author.clone()}</a>
            {comment.is_maintainer.then(|| badge(words.maintainer))}
            {(comment.state == CommentState::Waiting).then(|| badge(words.waiting))}
            {(comment.state == CommentState::Hidden).then(|| badge(words.hidden))}
            <a class="when" href=routes::comment_in_thread(name, &comment.id) title=words.permalink>
                <Ago at=comment.written_at/>
            </a>
            {comment.edited_at.map(|at| view! { <span class="soft">{words.edited}" "<Ago at/></span> })}
        </header>
    }
    .into_any()
}

/// What became of it, to its author and those who decide.
fn state(comment: &Comment) -> AnyView {
    let words = &words().comments;
    let text = match comment.state {
        CommentState::Waiting => Some(words.waiting_text.to_owned()),
        CommentState::Hidden => Some((words.hidden_because)(&comment.because, comment.by_site)),
        CommentState::Visible | CommentState::Deleted => None,
    };
    text.map(|text| view! { <p class="notice" dir="auto">{text}</p> }).into_any()
}

fn actions(name: &RepositoryName, comment: &Comment, may_moderate: bool, may_reply: bool) -> AnyView {
    let words = &words().comments;
    let author = comment.author.to_string();
    let link = |is_shown: bool, action: &str, text: &'static str, label: String| {
        let href = format!("{}#write", routes::comment_action(name, &comment.id, action));
        is_shown.then(|| view! { <a class="button quiet" href=href aria-label=label>{text}</a> })
    };
    let of = |text: &str| format!("{text}: {}", (words.comment_by)(&author));
    let is_public = comment.state.is_public();
    let may_edit = comment.is_own && comment.state != CommentState::Hidden;
    let may_flag = is_public && !comment.is_own && !comment.is_flagged && viewer().is_some();
    view! {
        <footer class="actions">
            {link(is_public && may_reply, "reply", words.reply, (words.reply_to)(&author))}
            {link(may_edit, "edit", words.edit, of(words.edit))}
            {link(comment.is_own, "delete", words.delete, of(words.delete))}
            {link(may_flag, "flag", words.report, of(words.report))}
            {comment.is_flagged.then(|| view! { <span class="soft">{words.flagged}</span> })}
            {link(may_moderate && !comment.is_own, "moderate", words.moderate, of(words.moderate))}
        </footer>
    }
    .into_any()
}
