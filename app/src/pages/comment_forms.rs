//! The forms of comments: a new one, an answer, and what the page of one comment asks for.

use crate::api::comments::{AddComment, DeleteComment, EditComment, FlagComment};
use crate::islands::preview::Preview;
use crate::parts::field::{Field, Hidden, NameField, TextArea};
use crate::parts::here::here;
use crate::parts::judge::{Desk, JudgeForms};
use crate::parts::notice::{Refusal, kept};
use crate::parts::select::Select;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;
use model::comment::{COMMENT_MOST, FlagReason, Obstacle};
use model::view::{Comment, Commenting, ThreadPage};

/// The form above the list, or why there is none.
pub(crate) fn new_comment(name: &RepositoryName, commenting: &Commenting, refusal: &Refusal) -> AnyView {
    match commenting.obstacle {
        Some(obstacle) => in_the_way(obstacle, commenting.because.as_deref()),
        None => view! {
            <section class="write">
                <h3>{words().comments.write}</h3>
                {writing(name, "", commenting, refusal)}
            </section>
        }
        .into_any(),
    }
}

/// What the page of a comment asks for; without a word, an answer.
pub(crate) fn form_of(page: &ThreadPage, wanted: &str, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let (name, asked, commenting) = (&page.head.name, &page.asked, &page.commenting);
    let (title, form) = match wanted {
        "edit" if asked.is_own => (words.edit_title.to_owned(), editing(page, refusal)),
        "delete" if asked.is_own => (words.delete_title.to_owned(), deleting(name, asked)),
        "flag" if !asked.is_own => (words.flag_title.to_owned(), flagging(name, asked, refusal)),
        "moderate" if commenting.may_moderate => (words.moderate.to_owned(), moderating(page, refusal)),
        _ => match commenting.obstacle {
            Some(obstacle) => return in_the_way(obstacle, commenting.because.as_deref()),
            None if !asked.state.is_public() => return ().into_any(),
            None => ((words.reply_to)(asked.author.as_str()), writing(name, &asked.id, commenting, refusal)),
        },
    };
    view! { <section class="write" id="write"><h3>{title}</h3>{form}</section> }.into_any()
}

/// Why the viewer can not comment, and what to do about it; `because`: in the words of whoever blocked them.
fn in_the_way(obstacle: Obstacle, because: Option<&str>) -> AnyView {
    let text = (words().comments.obstacle)(obstacle);
    match obstacle {
        Obstacle::SignIn => {
            view! { <p class="notice"><a href=routes::with_next(routes::SIGN_IN, &here())>{text}</a></p> }
                .into_any()
        }
        Obstacle::Unverified => view! { <p class="notice"><a href="/settings">{text}</a></p> }.into_any(),
        Obstacle::Off | Obstacle::MembersOnly | Obstacle::Blocked | Obstacle::BlockedEverywhere => {
            let because = because.map(|because| view! { <q>{because.to_owned()}</q> });
            view! { <p class="notice">{text}" "{because}</p> }.into_any()
        }
    }
}

fn text_area(value: String, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    view! {
        <TextArea
            name="text"
            label=words.text
            hint=words.text_hint
            value
            rows=5
            max=COMMENT_MOST
            refusal=refusal.clone()
        />
    }
    .into_any()
}

fn preview() -> AnyView {
    let (label, failed) = (words().preview.to_owned(), words().preview_failed.to_owned());
    view! { <Preview of="text".to_owned() label failed is_comment=true/> }.into_any()
}

fn writing(name: &RepositoryName, parent: &str, commenting: &Commenting, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let typed = if refusal.is_there() { commenting.draft.clone() } else { String::new() };
    view! {
        <form method="post" action=AddComment::url()>
            <NameField name=name.clone()/>
            <Hidden name="parent" value=parent.to_owned()/>
            {text_area(typed, refusal)}
            {commenting.waits.then(|| view! { <p class="soft">{words.draft_waits}</p> })}
            {commenting.newcomer.map(|limits| view! { <p class="soft">{(words.newcomer)(limits)}</p> })}
            <button class="primary" type="submit">{words.send}</button>
            {preview()}
        </form>
    }
    .into_any()
}

fn editing(page: &ThreadPage, refusal: &Refusal) -> AnyView {
    let typed = if refusal.is_there() { page.edit_draft.clone() } else { page.asked.body.clone() };
    view! {
        <form method="post" action=EditComment::url()>
            <NameField name=page.head.name.clone()/>
            <Hidden name="comment" value=page.asked.id.clone()/>
            {text_area(typed, refusal)}
            <button class="primary" type="submit">{words().save}</button>
            {preview()}
        </form>
    }
    .into_any()
}

fn deleting(name: &RepositoryName, comment: &Comment) -> AnyView {
    let (all, words) = (words(), &words().comments);
    view! {
        <p>{words.delete_text}</p>
        <form method="post" action=DeleteComment::url()>
            <NameField name=name.clone()/>
            <Hidden name="comment" value=comment.id.clone()/>
            <p class="links">
                <button class="bad" type="submit">{words.delete}</button>
                <a class="button" href=routes::comment(name, &comment.id)>{all.cancel}</a>
            </p>
        </form>
    }
    .into_any()
}

fn flagging(name: &RepositoryName, comment: &Comment, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let reasons = FlagReason::ALL.iter().map(|one| (one.as_str().to_owned(), (words.reason)(*one))).collect();
    view! {
        <p class="soft">{words.flag_text}</p>
        <form method="post" action=FlagComment::url()>
            <NameField name=name.clone()/>
            <Hidden name="comment" value=comment.id.clone()/>
            <Select name="reason" label=words.flag_reason options=reasons chosen=kept("reason")/>
            <Field
                name="words"
                label=words.flag_words
                hint=words.flag_words_hint
                value=kept("words")
                max=500
                optional=true
                autocomplete="off"
                refusal=refusal.clone()
            />
            <button class="primary" type="submit">{words.report}</button>
        </form>
    }
    .into_any()
}

fn moderating(page: &ThreadPage, refusal: &Refusal) -> AnyView {
    view! {
        <JudgeForms
            name=page.head.name.clone()
            comment=page.asked.clone()
            from=Desk::Thread
            refusal=refusal.clone()
            typed=kept("because")
        />
    }
    .into_any()
}
