//! What maintainers and site admins decide about comments: the queue, who may comment, who is blocked.

use super::loaded::{loaded, page_number, repository_name};
use crate::api::comments::{
    BlockCommenter, BlockEverywhere, SetComments, UnblockCommenter, UnblockEverywhere,
};
use crate::api::reading;
use crate::parts::comment::{CommentCard, Place};
use crate::parts::empty::Empty;
use crate::parts::field::{Field, Hidden, NameField};
use crate::parts::judge::{Desk, HideAllField, JudgeForms, ReasonField};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::pager::paged;
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::site_tabs::{SiteTab, SiteTabs};
use crate::parts::time::{Ago, ago};
use crate::routes;
use crate::surroundings::words;
use hub::CommentQueue;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;
use model::comment::CommentPolicy;
use model::view::{Blocked, Case, Flag, ModerationPage, Page, SiteModerationPage};

/// Of one repository.
#[component]
pub(crate) fn Moderation() -> AnyView {
    let (name, page, queue) = (repository_name(), page_number(), wanted());
    loaded(async move { reading::moderation(name?, queue, page).await }, show)
}

/// Of the whole hub.
#[component]
pub(crate) fn SiteModeration() -> AnyView {
    loaded(reading::site_moderation(wanted(), page_number()), show_site)
}

fn wanted() -> CommentQueue {
    if kept("show") == "hidden" { CommentQueue::Hidden } else { CommentQueue::Open }
}

fn show(page: ModerationPage) -> AnyView {
    let (words, refusal) = (&words().comments, refusal());
    let name = page.head.name.clone();
    view! {
        <PageMeta title=words.comments description=words.queue_text hidden=true/>
        <Head head=page.head open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::Comments/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <section>
                <h2>{words.queue}</h2>
                <p class="soft">{words.queue_text}</p>
                {queue(page.cases, &routes::moderation(&name), Desk::Queue, &refusal)}
            </section>
            {policy(&name, page.policy, page.first_waits)}
            {blocked(Some(&name), page.blocked, &refusal)}
        </div>
    }
    .into_any()
}

fn show_site(page: SiteModerationPage) -> AnyView {
    let (words, refusal) = (&words().comments, refusal());
    view! {
        <PageMeta title=words.comments description=words.queue_text hidden=true/>
        <SiteTabs open=SiteTab::Comments/>
        <h1>{words.comments}</h1>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <section>
                <h2>{words.queue}</h2>
                {queue(page.cases, routes::ADMIN_COMMENTS, Desk::Site, &refusal)}
            </section>
            {blocked(None, page.blocked, &refusal)}
        </div>
    }
    .into_any()
}

fn queue(cases: Page<Case>, path: &str, from: Desk, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let is_hidden = wanted() == CommentQueue::Hidden;
    let current = |is_it: bool| is_it.then_some("page");
    let (hidden_path, open_path) = (format!("{path}?show=hidden"), path.to_owned());
    let pages = if is_hidden { hidden_path.clone() } else { open_path.clone() };
    let title = if is_hidden { words.nothing_hidden } else { words.nothing_open };
    let nothing = view! { <Empty title text=words.nothing_text/> }.into_any();
    let list = |rows: Vec<Case>| {
        let rows = rows.into_iter().map(|one| case(one, from, refusal)).collect_view();
        view! { <ul class="cases">{rows}</ul> }.into_any()
    };
    view! {
        <nav class="tabs minor queue" aria-label=words.queue>
            <a href=open_path aria-current=current(!is_hidden)>{words.open}</a>
            <a href=hidden_path aria-current=current(is_hidden)>{words.hidden_ones}</a>
        </nav>
        {paged(cases, &pages, nothing, list)}
    }
    .into_any()
}

fn case(case: Case, from: Desk, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let (name, comment) = (case.repository, case.comment);
    let is_refused = kept("about") == comment.id;
    let (refusal, typed) = match is_refused {
        true => (refusal.clone(), kept("because")),
        false => (Refusal::default(), String::new()),
    };
    let repository = (from == Desk::Site).then(|| {
        view! { <p><a href=routes::comment(&name, &comment.id) translate="no">{name.to_string()}</a></p> }
    });
    let answers = case.answers.map(|answered| {
        view! {
            <div class="answered">
                <p class="soft">{(words.answers)(answered.author.as_str())}</p>
                <div class="comment-text" dir="auto" inner_html=answered.html></div>
            </div>
        }
    });
    let hidden_by = (!case.hidden_by.is_empty() && !comment.state.is_public())
        .then(|| view! { <p class="soft">{(words.hidden_by)(&case.hidden_by)}</p> });
    view! {
        <li>
            {repository}
            {answers}
            <CommentCard name=name.clone() comment=comment.clone() place=Place::Case/>
            {hidden_by}
            {flags(case.flags)}
            <JudgeForms name comment from refusal typed/>
        </li>
    }
    .into_any()
}

fn flags(flags: Vec<Flag>) -> AnyView {
    if flags.is_empty() {
        return ().into_any();
    }
    view! { <ul class="flags">{flags.into_iter().map(flag).collect_view()}</ul> }.into_any()
}

fn flag(flag: Flag) -> AnyView {
    let words = &words().comments;
    let then = flag.body_then.filter(|body| !body.is_empty()).map(|body| {
        view! {
            <details>
                <summary>{words.said_then}</summary>
                <pre class="raw" dir="auto">{body}</pre>
            </details>
        }
    });
    view! {
        <li>
            <strong>{(words.said)(flag.by.as_str(), flag.reason)}</strong>" "
            <span class="soft"><Ago at=flag.at/></span>
            {(!flag.words.is_empty()).then(|| view! { <p dir="auto">{flag.words}</p> })}
            {then}
        </li>
    }
    .into_any()
}

fn policy(name: &RepositoryName, chosen: CommentPolicy, first_waits: bool) -> AnyView {
    let words = &words().comments;
    let cards = CommentPolicy::ALL.iter().rev().map(|policy| {
        let id = format!("policy-{}", policy.as_str());
        view! {
            <div class="choice">
                <input
                    type="radio"
                    name="policy"
                    id=id.clone()
                    value=policy.as_str()
                    checked=*policy == chosen
                    aria-describedby=format!("{id}-hint")
                />
                <label for=id.clone()>{(words.policy)(*policy)}</label>
                <p id=format!("{id}-hint")>{(words.policy_hint)(*policy)}</p>
            </div>
        }
    });
    view! {
        <section>
            <h2>{words.who_may}</h2>
            <form method="post" action=SetComments::url()>
                <NameField name=name.clone()/>
                <fieldset class="choices">
                    <legend class="hidden">{words.who_may}</legend>
                    {cards.collect_view()}
                </fieldset>
                <div class="choice field">
                    <input type="checkbox" id="first_waits" name="first_waits" value="yes" checked=first_waits/>
                    <label for="first_waits">{words.first_waits}</label>
                    <p>{words.first_waits_text}</p>
                </div>
                <button type="submit">{crate::surroundings::words().save}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Who is blocked in a repository, or everywhere without one; and the form for one more.
fn blocked(name: Option<&RepositoryName>, blocked: Vec<Blocked>, refusal: &Refusal) -> AnyView {
    let words = &words().comments;
    let (url, text) = match name {
        Some(_) => (BlockCommenter::url(), words.blocked_text),
        None => (BlockEverywhere::url(), words.blocked_everywhere_text),
    };
    let is_refused = kept("about").is_empty();
    let refusal = if is_refused { refusal.clone() } else { Refusal::default() };
    let list = if blocked.is_empty() {
        view! { <p>{words.nobody_blocked}</p> }.into_any()
    } else {
        let rows = blocked.into_iter().map(|one| blocked_row(name, one)).collect_view();
        view! { <ul class="entries">{rows}</ul> }.into_any()
    };
    view! {
        <section>
            <h2>{words.blocked}</h2>
            <p class="soft">{text}</p>
            {list}
            <form method="post" action=url>
                {name.map(|name| view! { <NameField name=name.clone()/> })}
                <Field
                    name="username"
                    label=crate::surroundings::words().username
                    value=kept("username")
                    max=64
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <ReasonField id="because".to_owned() value=kept("why") refusal/>
                <HideAllField id="hide-all".to_owned()/>
                <button type="submit">{words.block}</button>
            </form>
        </section>
    }
    .into_any()
}

fn blocked_row(name: Option<&RepositoryName>, blocked: Blocked) -> AnyView {
    let words = &words().comments;
    let username = blocked.username.to_string();
    let url = if name.is_some() { UnblockCommenter::url() } else { UnblockEverywhere::url() };
    view! {
        <li>
            <div>
                <a href=routes::profile(&username) translate="no"><strong>{username.clone()}</strong></a>
                <p dir="auto">{blocked.because}</p>
                <p class="soft">{(words.blocked_by)(&blocked.by, &ago(blocked.at))}</p>
            </div>
            <form method="post" action=url>
                {name.map(|name| view! { <NameField name=name.clone()/> })}
                <Hidden name="username" value=username.clone()/>
                <button class="quiet" type="submit" aria-label=format!("{} {username}", words.unblock)>
                    {words.unblock}
                </button>
            </form>
        </li>
    }
    .into_any()
}
