//! One webhook: its history, its settings, its secret.

use super::loaded::{loaded, page_number, repository_name};
use crate::api::webhooks::{
    DeleteWebhook, EditWebhook, ResendMissed, RotateWebhook, SetWebhookOn, TestWebhook,
};
use crate::api::{reading, shown_once};
use crate::parts::command::Command;
use crate::parts::field::{Field, Hidden, NameField};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::pager::paged;
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::run_state::RunBadge;
use crate::parts::time::{Ago, minute};
use crate::parts::webhook_fields::{Filled, WebhookFields};
use crate::routes::{self, HELP_WEBHOOKS};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::RepositoryName;
use model::view::{Page, RunRow, WebhookPage};

/// The page.
#[component]
pub(crate) fn Webhook() -> AnyView {
    let (name, number) = (repository_name(), page_number());
    let id = use_params_map().read().get("webhook").unwrap_or_default();
    loaded(async move { reading::webhook(name?, id, number).await }, show)
}

fn show(page: WebhookPage) -> AnyView {
    let (words, refusal) = (&words().webhooks, refusal());
    let (name, id) = (page.head.name.clone(), page.webhook.id.clone());
    let title = page.webhook.name.clone();
    view! {
        <PageMeta title=title.clone() description=words.webhooks_text hidden=true/>
        <Head head=page.head.clone() open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::Webhooks/>
        <p><a href=routes::webhooks(&name)>{words.webhooks}</a></p>
        <h2 translate="no">{title}</h2>
        <SavedNotice/>
        <ResentNotice/>
        <RefusalNotice refusal=refusal.clone()/>
        {page.webhook.disabled.map(|why| view! { <p class="notice bad">{(words.is_off)(why)}</p> })}
        {new_secret()}
        <div class="reading">
            <section>
                <h3>{words.history}</h3>
                <form method="post" action=TestWebhook::url()>
                    <NameField name=name.clone()/>
                    <Hidden name="id" value=id.clone()/>
                    <button type="submit">{words.send_test}</button>
                </form>
                {history(&name, &id, page.runs.clone())}
            </section>
            {settings(&page, &refusal)}
            {secret(&page)}
            {resend(&name, &id, &refusal)}
            {end(&page)}
        </div>
    }
    .into_any()
}

#[component]
fn ResentNotice() -> AnyView {
    let resent = kept("resent").parse::<usize>().ok();
    let words = &words().webhooks;
    resent.map(|runs| view! { <p class="notice good" role="status">{(words.resent)(runs)}</p> }).into_any()
}

/// The secret that was just made.
fn new_secret() -> AnyView {
    let words = &words().webhooks;
    shown_once()
        .map(|secret| {
            view! {
                <section class="notice good" role="status">
                    <p><strong>{words.secret}</strong></p>
                    <p>{words.secret_text}</p>
                    <Command line=secret/>
                </section>
            }
        })
        .into_any()
}

fn history(name: &RepositoryName, id: &str, runs: Page<RunRow>) -> AnyView {
    let words = &words().webhooks;
    let nothing = view! { <p class="soft">{words.no_runs}</p> }.into_any();
    paged(runs, &routes::webhook(name, id), nothing, |runs| {
        let rows = runs.into_iter().map(|run| row(name, id, run)).collect_view();
        view! { <ul class="entries">{rows}</ul> }.into_any()
    })
}

fn row(name: &RepositoryName, id: &str, run: RunRow) -> AnyView {
    let words = &words().webhooks;
    view! {
        <li>
            <div>
                <a href=routes::webhook_run(name, id, &run.id)><strong translate="no">{run.tag.clone()}</strong></a>
                <p class="soft">
                    {(words.cause)(run.cause)}" · "<span translate="no">{run.pusher}</span>" · "
                    <Ago at=run.started_at/>
                </p>
            </div>
            <RunBadge state=run.state/>
        </li>
    }
    .into_any()
}

fn settings(page: &WebhookPage, refusal: &Refusal) -> AnyView {
    let words = &words().webhooks;
    let typed = |key: &str, value: String| if refusal.is_there() { kept(key) } else { value };
    let filled = Filled {
        label: typed("label", page.webhook.name.clone()),
        urls: typed("urls", page.webhook.urls.join("\n")),
        format: page.format,
        waits: page.waits,
        wait_minutes: page.wait_minutes,
    };
    view! {
        <section>
            <h3>{words.settings}</h3>
            <form method="post" action=EditWebhook::url()>
                <NameField name=page.head.name.clone()/>
                <Hidden name="id" value=page.webhook.id.clone()/>
                <WebhookFields filled refusal=refusal.clone()/>
                <button class="primary" type="submit">{crate::surroundings::words().save}</button>
            </form>
        </section>
    }
    .into_any()
}

fn secret(page: &WebhookPage) -> AnyView {
    let (all, words) = (words(), &words().webhooks);
    view! {
        <section>
            <h3>{words.secret}</h3>
            {page.old_secret_until.map(|at| view! { <p>{(words.old_secret)(&minute(at))}</p> })}
            <p><a href=HELP_WEBHOOKS>{all.help.link}</a></p>
            <p class="soft">{words.rotate_text}</p>
            <form method="post" action=RotateWebhook::url()>
                <NameField name=page.head.name.clone()/>
                <Hidden name="id" value=page.webhook.id.clone()/>
                <button type="submit">{words.rotate}</button>
            </form>
        </section>
    }
    .into_any()
}

fn resend(name: &RepositoryName, id: &str, refusal: &Refusal) -> AnyView {
    let words = &words().webhooks;
    view! {
        <section>
            <h3>{words.resend}</h3>
            <p class="soft">{words.resend_text}</p>
            <form method="post" action=ResendMissed::url()>
                <NameField name=name.clone()/>
                <Hidden name="id" value=id.to_owned()/>
                <Field name="since" label=words.since kind="date" value=kept("since") refusal=refusal.clone()/>
                <button type="submit">{words.resend}</button>
            </form>
        </section>
    }
    .into_any()
}

fn end(page: &WebhookPage) -> AnyView {
    let words = &words().webhooks;
    let is_on = page.webhook.disabled.is_none();
    view! {
        <section class="danger">
            <form method="post" action=SetWebhookOn::url()>
                <NameField name=page.head.name.clone()/>
                <Hidden name="id" value=page.webhook.id.clone()/>
                <Hidden name="on" value=if is_on { "no" } else { "yes" }/>
                <button type="submit">{if is_on { words.turn_off } else { words.turn_on }}</button>
            </form>
            <details>
                <summary>{words.delete}</summary>
                <p>{words.delete_text}</p>
                <form method="post" action=DeleteWebhook::url()>
                    <NameField name=page.head.name.clone()/>
                    <Hidden name="id" value=page.webhook.id.clone()/>
                    <button class="bad" type="submit">{words.delete}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
