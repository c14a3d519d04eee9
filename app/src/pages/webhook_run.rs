//! One run: the chain as a picture, what can be done about it, and every attempt.

use super::loaded::{loaded, repository_name};
use crate::api::reading;
use crate::api::webhooks::{CancelRun, ReplayRun, SkipStep};
use crate::islands::live_run::{LiveRun, REGION};
use crate::parts::field::{Hidden, NameField};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, refusal};
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::run_state::{RunBadge, step_class};
use crate::parts::time::{Ago, minute};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::view::{AttemptRow, RunPage, Step};
use model::webhook::{Callback, StepState};

/// The page.
#[component]
pub(crate) fn WebhookRun() -> AnyView {
    let name = repository_name();
    let (id, run) = {
        let params = use_params_map();
        let params = params.read();
        (params.get("webhook").unwrap_or_default(), params.get("run").unwrap_or_default())
    };
    loaded(async move { reading::webhook_run(name?, id, run).await }, show)
}

fn show(page: RunPage) -> AnyView {
    let words = &words().webhooks;
    let name = page.head.name.clone();
    let title = (words.run_of)(&format!("{name}:{}", page.run.tag));
    let back = routes::webhook(&name, &page.webhook.id);
    view! {
        <PageMeta title=title.clone() description=title hidden=true/>
        <Head head=page.head.clone() open=Tab::Settings/>
        <SettingsTabs name=name open=SettingsTab::Webhooks/>
        <p><a href=back translate="no">{page.webhook.name.clone()}</a></p>
        <RefusalNotice refusal=refusal()/>
        {live(&page)}
        {region(&page)}
    }
    .into_any()
}

/// What changes while the run is under way. Whatever may come or go in it has an id, so that it is known again.
fn region(page: &RunPage) -> AnyView {
    let words = &words().webhooks;
    view! {
        <div id=REGION data-version=page.version() data-last=page.run.state.is_over().then_some("true")>
            <h2><span translate="no">{page.run.tag.clone()}</span>" "<RunBadge state=page.run.state/></h2>
            <p class="soft">
                {(words.cause)(page.run.cause)}" · "<span translate="no">{page.run.pusher.clone()}</span>" · "
                <Ago at=page.run.started_at/>
            </p>
            <ol class="chain" id="chain" aria-label=words.chain aria-live="polite">
                <li class="good"><strong>{words.push}</strong></li>
                {page.steps.iter().map(|step| node(page, step)).collect_view()}
            </ol>
            {actions(page)}
            {page.steps.iter().map(details).collect_view()}
            <section id="payload">
                <h3>{words.payload}</h3>
                <pre class="raw" translate="no" tabindex="0">{pretty(&page.payload)}</pre>
            </section>
        </div>
    }
    .into_any()
}

/// The page keeps up with a run that is under way.
fn live(page: &RunPage) -> AnyView {
    let words = &words().webhooks;
    let (name, webhook, run) = (&page.head.name, &page.webhook.id, &page.run.id);
    (!page.run.state.is_over())
        .then(|| {
            view! {
                <LiveRun events=routes::webhook_run_events(name, webhook, run)/>
                <noscript><p><a href=routes::webhook_run(name, webhook, run)>{words.reload}</a></p></noscript>
            }
        })
        .into_any()
}

/// A step in the picture.
fn node(page: &RunPage, step: &Step) -> AnyView {
    let words = &words().webhooks;
    let host = step.url.split_once("://").map_or(step.url.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?']).next().unwrap_or(host).to_owned();
    view! {
        <li class=step_class(step.state)>
            <strong translate="no">{host}</strong>
            <span>{(words.step_state)(step.state)}{span_of(step).map(|span| format!(" · {span}"))}</span>
            {step.callback.clone().map(report)}
            {step_actions(page, step)}
        </li>
    }
    .into_any()
}

/// From its turn to its end.
fn span_of(step: &Step) -> Option<String> {
    let (from, to) = (step.started_at?, step.ended_at?);
    let millis = u64::try_from(to.0 - from.0).unwrap_or_default();
    Some(match millis {
        0..1000 => (words().webhooks.milliseconds)(millis),
        _ => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    })
}

/// What a receiver said.
pub(crate) fn report(callback: Callback) -> AnyView {
    let words = &words().webhooks;
    let state = (words.callback_state)(callback.state);
    let said = if callback.description.is_empty() { state } else { callback.description };
    let said = if callback.target_url.is_empty() {
        view! { <span>{said}</span> }.into_any()
    } else {
        view! { <a href=callback.target_url rel="nofollow noopener noreferrer">{said}</a> }.into_any()
    };
    view! { <span class="report">{said}<span class="soft">{callback.context}</span></span> }.into_any()
}

fn step_actions(page: &RunPage, step: &Step) -> AnyView {
    let words = &words().webhooks;
    let is_current = matches!(step.state, StepState::Sending | StepState::Called);
    let label = |word: &str| format!("{word}: {}", step.position);
    view! {
        <span class="actions" id=format!("actions-{}", step.position)>
            <form method="post" action=ReplayRun::url()>
                {named(page)}
                <Hidden name="step" value=step.position.to_string()/>
                <button class="quiet" type="submit" aria-label=label(words.replay_from_here)>
                    {words.replay_from_here}
                </button>
            </form>
            {is_current.then(|| view! {
                <form method="post" action=SkipStep::url()>
                    {named(page)}
                    <Hidden name="step" value=step.position.to_string()/>
                    <button class="quiet" type="submit" aria-label=label(words.skip)>{words.skip}</button>
                </form>
            })}
        </span>
    }
    .into_any()
}

fn named(page: &RunPage) -> AnyView {
    view! {
        <NameField name=page.head.name.clone()/>
        <Hidden name="id" value=page.webhook.id.clone()/>
        <Hidden name="run" value=page.run.id.clone()/>
    }
    .into_any()
}

fn actions(page: &RunPage) -> AnyView {
    let words = &words().webhooks;
    if page.run.state.is_over() {
        return ().into_any();
    }
    view! {
        <form method="post" action=CancelRun::url() id="cancel">
            {named(page)}
            <button type="submit">{words.cancel_run}</button>
        </form>
    }
    .into_any()
}

fn details(step: &Step) -> AnyView {
    let words = &words().webhooks;
    if step.attempts.is_empty() {
        return ().into_any();
    }
    let due =
        step.due_at.filter(|_| step.state == StepState::Sending).map(|at| (words.next_attempt)(&minute(at)));
    let until = step
        .expires_at
        .filter(|_| step.state == StepState::Called)
        .map(|at| (words.waits_until)(&minute(at)));
    view! {
        <section class="step-details" id=format!("step-{}", step.position)>
            <h3>{step.position}". "<span class="happened" translate="no">{step.url.clone()}</span></h3>
            {due.or(until).map(|text| view! { <p class="soft">{text}</p> })}
            {step.attempts.iter().cloned().map(|row| attempt(step.position, row)).collect_view()}
        </section>
    }
    .into_any()
}

fn attempt(position: u32, row: AttemptRow) -> AnyView {
    let words = &words().webhooks;
    let result = match row.status {
        Some(status) => status.to_string(),
        None => (words.no_answer)(&row.error),
    };
    view! {
        <details id=format!("attempt-{position}-{}", row.number)>
            <summary>
                {(words.attempt)(row.number)}" · "{result}" · "{(words.milliseconds)(row.duration)}" · "
                <Ago at=row.sent_at/>
            </summary>
            <h4>{words.request}</h4>
            <pre class="raw" translate="no" tabindex="0">{format!("POST {}\n{}", row.url, row.request_headers)}</pre>
            <h4>{words.response}</h4>
            <pre class="raw" translate="no" tabindex="0">{format!("{}\n{}", row.response_headers, row.response)}</pre>
        </details>
    }
    .into_any()
}

/// JSON as people read it.
fn pretty(json: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(json).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| json.to_owned())
}
