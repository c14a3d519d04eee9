//! The comments of one repository, and the page of one comment with the forms that do something with it.

use super::comment_forms::{form_of, new_comment};
use super::loaded::{loaded, missing, page_number, repository_name};
use crate::api::reading;
use crate::parts::comment::{CommentCard, Place};
use crate::parts::empty::Empty;
use crate::parts::judge::open_cases;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::pager::{Pager, paged, past_end};
use crate::parts::repository_head::{Head, Tab};
use crate::parts::repository_meta::RepositoryMeta;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::view::{Comment, Commenting, CommentsPage, Thread, ThreadPage};
use model::{Missing, RepositoryName};

/// The list.
#[component]
pub(crate) fn Comments() -> AnyView {
    let (name, page) = (repository_name(), page_number());
    loaded(async move { reading::comments(name?, page).await }, show)
}

/// One comment.
#[component]
pub(crate) fn CommentThread() -> AnyView {
    let name = repository_name();
    let id = use_params_map().read().get("comment").filter(|id| !id.is_empty());
    let page = (!kept("page").is_empty()).then(page_number);
    let thread = async move {
        let id = id.ok_or(missing(Missing::Comment))?;
        reading::comment_thread(name?, id, page).await
    };
    loaded(thread, show_thread)
}

fn show(page: CommentsPage) -> AnyView {
    let (words, refusal) = (&words().comments, refusal());
    let (head, threads, commenting) = (page.head, page.threads, page.commenting);
    let (name, path) = (head.name.clone(), routes::comments(&head.name));
    let title = (words.comments_of)(name.as_str());
    let nothing = view! { <Empty title=words.no_comments text=words.no_comments_text/> }.into_any();
    let list = |rows: Vec<Thread>| {
        let rows = rows.into_iter().map(|one| thread(&name, one, &commenting)).collect_view();
        view! { <div class="threads">{rows}</div> }.into_any()
    };
    view! {
        <RepositoryMeta head=&head title=title.clone() description=title path=path.clone() page=threads.number/>
        <Head head open=Tab::Comments/>
        <div class="reading">
            <h2 class="hidden">{words.comments}</h2>
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            {open_cases(commenting.open, routes::moderation(&name))}
            {new_comment(&name, &commenting, &refusal)}
            {paged(threads, &path, nothing, list)}
        </div>
    }
    .into_any()
}

fn card(name: &RepositoryName, comment: Comment, commenting: &Commenting, is_asked: bool) -> AnyView {
    view! {
        <CommentCard
            name=name.clone()
            comment
            is_asked
            may_moderate=commenting.may_moderate
            may_reply=commenting.obstacle.is_none()
            place=Place::List
        />
    }
    .into_any()
}

/// What begins a thread; a gap where it is gone and others had answered.
fn first(name: &RepositoryName, head: Option<Comment>, commenting: &Commenting, is_asked: bool) -> AnyView {
    match head {
        Some(comment) => card(name, comment, commenting, is_asked),
        None => view! { <p class="gone soft">{words().comments.gone}</p> }.into_any(),
    }
}

fn thread(name: &RepositoryName, thread: Thread, commenting: &Commenting) -> AnyView {
    let words = &words().comments;
    let shown = u64::try_from(thread.replies.len()).unwrap_or(u64::MAX);
    // The page of the last reply that is shown has those after it.
    let more = thread.replies.last().filter(|_| thread.reply_count > shown).map(|last| {
        let href = routes::comment_in_thread(name, &last.id);
        view! { <p><a href=href>{(words.all_replies)(thread.reply_count)}</a></p> }
    });
    let replies = thread.replies.into_iter().map(|reply| card(name, reply, commenting, false));
    let replies: Vec<AnyView> = replies.collect();
    view! {
        <div class="thread">
            {first(name, thread.head, commenting, false)}
            {(!replies.is_empty()).then(|| view! { <div class="replies">{replies}{more}</div> })}
        </div>
    }
    .into_any()
}

fn show_thread(page: ThreadPage) -> AnyView {
    let (words, refusal) = (&words().comments, refusal());
    let (head, commenting) = (page.head.clone(), page.commenting.clone());
    let (name, asked) = (head.name.clone(), page.asked.id.clone());
    let title = (words.comment_by)(page.asked.author.as_str());
    let path = routes::comment(&name, &asked);
    let form = form_of(&page, &kept("do"), &refusal);
    let past = past_end(&page.replies, &path);
    let replies = page.replies.rows.into_iter().map(|reply| {
        let is_asked = reply.id == asked;
        card(&name, reply, &commenting, is_asked)
    });
    let replies: Vec<AnyView> = replies.collect();
    view! {
        <RepositoryMeta
            head=&head
            title=format!("{title} · {name}")
            description=(words.comments_of)(name.as_str())
            path=path.clone()
            page=page.replies.number
        />
        <Head head open=Tab::Comments/>
        <div class="reading">
            <p><a href=routes::comments(&name)>{words.all_comments}</a></p>
            <h2 class="hidden">{title}</h2>
            <SavedNotice/>
            <RefusalNotice refusal/>
            <div class="thread">
                {first(&name, page.first, &commenting, page.id == asked)}
                {(!replies.is_empty()).then(|| view! { <div class="replies">{replies}</div> })}
            </div>
            {past}
            <Pager number=page.replies.number size=page.replies.size total=page.replies.total path/>
            {form}
        </div>
    }
    .into_any()
}
