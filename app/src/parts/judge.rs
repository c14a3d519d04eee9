//! The forms of those who decide about a comment: leave it, show it, hide it with a reason, delete it; block its author.

use super::field::{Hidden, NameField};
use super::notice::Refusal;
use crate::api::comments::{BlockCommenter, JudgeComment};
use crate::surroundings::{surroundings, viewer, words};
use crate::words::problem_of;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;
use model::comment::{CommentState, Judgement, REASON_MOST};
use model::view::Comment;

/// The page that somebody decides on, where they come back to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Desk {
    Queue,
    Site,
    Thread,
}

impl Desk {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Site => "site",
            Self::Thread => "thread",
        }
    }
}

/// Tells those who decide how many comments wait in their `queue`, if any do.
pub(crate) fn open_cases(count: u64, queue: String) -> Option<AnyView> {
    let text = (words().comments.open_cases)(count);
    (count > 0).then(|| view! { <p class="notice"><a href=queue>{text}</a></p> }.into_any())
}

/// All that can be decided about `comment`. `refusal` and `typed` are of the form that was refused, if it was this one's.
#[component]
pub(crate) fn JudgeForms(
    name: RepositoryName,
    comment: Comment,
    from: Desk,
    refusal: Refusal,
    #[prop(into)] typed: String,
) -> AnyView {
    let words = &words().comments;
    let at_once = match comment.state {
        CommentState::Visible => Some(Judgement::Keep),
        CommentState::Waiting => Some(Judgement::Approve),
        CommentState::Hidden => Some(Judgement::Restore),
        CommentState::Deleted => None,
    };
    // Whether flags of one's own comment are right is for others to decide.
    let may_keep = !comment.is_own || viewer().is_some_and(|viewer| viewer.is_admin);
    let at_once = at_once.filter(|_| may_keep).map(|judgement| one(&name, &comment, from, judgement));
    let for_others = (!may_keep).then(|| view! { <p class="soft">{words.own_case}</p> });
    let hide = (comment.state != CommentState::Hidden).then(|| {
        let inner = view! {
            <ReasonField id=format!("because-{}", comment.id) value=typed refusal=refusal.clone()/>
            <button class="bad" type="submit" name="judgement" value="hide">
                {(words.judgement)(Judgement::Hide)}
            </button>
        };
        let is_open = refusal.of("because").is_some();
        folded((words.judgement)(Judgement::Hide), is_open, judging(&name, &comment, from, inner.into_any()))
    });
    let delete = view! {
        <p class="soft">{if may_keep { words.delete_for_good } else { words.delete_own }}</p>
        <button class="bad" type="submit" name="judgement" value="delete">
            {(words.judgement)(Judgement::Delete)}
        </button>
    };
    let delete = judging(&name, &comment, from, delete.into_any());
    view! {
        <div class="judge">
            {at_once}
            {for_others}
            {hide}
            {folded((words.judgement)(Judgement::Delete), false, delete)}
            {(!comment.is_own).then(|| block(&name, &comment))}
        </div>
    }
    .into_any()
}

fn one(name: &RepositoryName, comment: &Comment, from: Desk, judgement: Judgement) -> AnyView {
    let label = (words().comments.judgement)(judgement);
    let button = view! { <button type="submit" name="judgement" value=judgement.as_str()>{label}</button> };
    judging(name, comment, from, button.into_any())
}

fn judging(name: &RepositoryName, comment: &Comment, from: Desk, inner: AnyView) -> AnyView {
    view! {
        <form method="post" action=JudgeComment::url()>
            <NameField name=name.clone()/>
            <Hidden name="comment" value=comment.id.clone()/>
            <Hidden name="from" value=from.as_str()/>
            {inner}
        </form>
    }
    .into_any()
}

fn folded(title: String, is_open: bool, inner: AnyView) -> AnyView {
    view! { <details open=is_open><summary>{title}"…"</summary>{inner}</details> }.into_any()
}

fn block(name: &RepositoryName, comment: &Comment) -> AnyView {
    let words = &words().comments;
    let author = comment.author.to_string();
    let form = view! {
        <form method="post" action=BlockCommenter::url()>
            <NameField name=name.clone()/>
            <Hidden name="username" value=author.clone()/>
            <p class="soft">{words.blocked_text}</p>
            <ReasonField id=format!("block-{}", comment.id) value="" refusal=Refusal::default()/>
            <HideAllField id=format!("hide-all-{}", comment.id)/>
            <button class="bad" type="submit">{words.block}</button>
        </form>
    };
    folded((words.block_author)(&author), false, form.into_any())
}

/// Why something is done to somebody; many of these stand on one page.
#[component]
pub(crate) fn ReasonField(id: String, #[prop(into)] value: String, refusal: Refusal) -> AnyView {
    let words = &words().comments;
    let problem = refusal.of("because").map(|problem| problem_of(surroundings().locale, problem));
    let hint = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{words.because}</label>
            <input
                id=id
                name="because"
                value=value
                maxlength=REASON_MOST.to_string()
                required=true
                autocomplete="off"
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=hint.clone()
            />
            <p class="hint" id=hint>
                {problem.map(|text| view! { <strong class="problem">{text}" "</strong> })}
                {words.because_hint}
            </p>
        </div>
    }
    .into_any()
}

/// Whether all that somebody wrote is hidden too.
#[component]
pub(crate) fn HideAllField(id: String) -> AnyView {
    let words = &words().comments;
    view! {
        <div class="choice field">
            <input type="checkbox" id=id.clone() name="hide_all" value="yes"/>
            <label for=id>{words.hide_all}</label>
            <p>{words.hide_all_text}</p>
        </div>
    }
    .into_any()
}
