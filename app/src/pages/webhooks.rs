//! The webhooks of one repository, and the form for a new one.

use super::loaded::{loaded, repository_name};
use crate::api::reading;
use crate::api::webhooks::AddWebhook;
use crate::parts::empty::Empty;
use crate::parts::field::NameField;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::time::ago;
use crate::parts::webhook_fields::{Filled, WebhookFields};
use crate::routes::{self, HELP_WEBHOOKS};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;
use model::view::{WebhookSummary, WebhooksPage};
use model::webhook::PayloadFormat;

/// The page.
#[component]
pub(crate) fn Webhooks() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::webhooks(name?).await }, show)
}

fn show((page, sources): (WebhooksPage, Vec<String>)) -> AnyView {
    let (all, words, refusal) = (words(), &words().webhooks, refusal());
    let name = page.head.name.clone();
    let filled = Filled {
        label: kept("label"),
        urls: kept("urls"),
        format: PayloadFormat::Hub,
        waits: false,
        wait_minutes: 60,
    };
    view! {
        <PageMeta title=words.webhooks description=words.webhooks_text hidden=true/>
        <Head head=page.head open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::Webhooks/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <section>
                <h2>{words.webhooks}</h2>
                <p class="soft">{words.webhooks_text}</p>
                {list(&name, page.webhooks)}
                <p><a href=HELP_WEBHOOKS>{all.help.link}</a></p>
            </section>
            <section>
                <h2>{words.add_webhook}</h2>
                <form method="post" action=AddWebhook::url()>
                    <NameField name=name/>
                    <WebhookFields filled refusal/>
                    <button class="primary" type="submit">{words.add_webhook}</button>
                </form>
            </section>
            {where_from(sources)}
        </div>
    }
    .into_any()
}

fn list(name: &RepositoryName, webhooks: Vec<WebhookSummary>) -> AnyView {
    let words = &words().webhooks;
    if webhooks.is_empty() {
        return view! { <Empty title=words.no_webhooks text=words.no_webhooks_text/> }.into_any();
    }
    let rows = webhooks.into_iter().map(|webhook| row(name, webhook)).collect_view();
    view! { <ul class="entries">{rows}</ul> }.into_any()
}

fn row(name: &RepositoryName, webhook: WebhookSummary) -> AnyView {
    let words = &words().webhooks;
    let state = match (&webhook.disabled, &webhook.last_run) {
        (Some(why), _) => (words.is_off)(*why),
        (None, Some(run)) => format!("{} · {}", (words.run_state)(run.state), ago(run.at)),
        (None, None) => words.never_ran.to_owned(),
    };
    let chain = webhook.urls.join(" → ");
    view! {
        <li>
            <div>
                <a href=routes::webhook(name, &webhook.id)><strong translate="no">{webhook.name}</strong></a>
                <p class="soft"><span class="happened" translate="no">{chain}</span></p>
                <p class="soft">{state}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What a firewall in front of receivers has to let in.
pub(super) fn where_from(sources: Vec<String>) -> AnyView {
    let words = &words().webhooks;
    if sources.is_empty() {
        return view! { <p class="soft">{words.sources_unknown}</p> }.into_any();
    }
    view! { <p class="soft">{words.sources}" "<code translate="no">{sources.join(", ")}</code></p> }
        .into_any()
}
