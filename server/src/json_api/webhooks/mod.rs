//! Webhooks in Docker Hub's old shape (a name, then its hooks), and all that Berth's do beside.

pub(super) mod callback;
pub(super) mod runs;
mod shape;

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, Named, NamedId};
use super::paging::{Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::{Actor, Hub, WebhookForm};
use model::RepositoryName;
use model::view::Page;
use model::webhook::PayloadFormat;
use serde::{Deserialize, Serialize};
use shape::{Webhook, WebhookDetails};
use utoipa::ToSchema;

/// Minutes that a step waits for its callback, where nobody said otherwise.
const WAIT_MINUTES: u32 = 60;

/// A URL to be called.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewHook {
    hook_url: String,
}

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewWebhook {
    /// At most 100 characters.
    name: String,
    /// In the order in which they are called; more than one make a chain. They can also be added later.
    #[serde(default)]
    webhooks: Vec<NewHook>,
    /// `hub` (the default) or `distribution`.
    #[schema(value_type = Option<String>)]
    format: Option<PayloadFormat>,
    /// Also the last step waits for its callback.
    #[serde(default)]
    wait_for_callback: bool,
    wait_minutes: Option<u32>,
}

/// What may change about a webhook; what is left out stays.
#[derive(Deserialize, ToSchema)]
pub(super) struct WebhookChange {
    name: Option<String>,
    webhooks: Option<Vec<NewHook>>,
    #[schema(value_type = Option<String>)]
    format: Option<PayloadFormat>,
    wait_for_callback: Option<bool>,
    wait_minutes: Option<u32>,
    active: Option<bool>,
}

/// A new secret.
#[derive(Serialize, ToSchema)]
pub(super) struct Secret {
    /// Shown once; the one before signs too for a day.
    secret: String,
}

fn urls(hooks: Vec<NewHook>) -> Vec<String> {
    hooks.into_iter().map(|hook| hook.hook_url).collect()
}

/// A repository's webhooks, all on one page.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/webhooks", tag = "webhooks", operation_id = "list_webhooks",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, body = Results<Webhook>), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Json<Results<Webhook>>, Refusal> {
    let page = Page::of_all(hub.webhooks(&actor, &name).await?.webhooks);
    Ok(Json(wanted.results(page, Webhook::new)))
}

/// Make a webhook.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks", tag = "webhooks",
    operation_id = "make_webhook", request_body = NewWebhook,
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 201, body = WebhookDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn make(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    Input(new): Input<NewWebhook>,
) -> Result<(StatusCode, Json<WebhookDetails>), Refusal> {
    let form = WebhookForm {
        name: new.name,
        urls: urls(new.webhooks),
        format: new.format.unwrap_or(PayloadFormat::Hub),
        waits: new.wait_for_callback,
        wait_minutes: new.wait_minutes.unwrap_or(WAIT_MINUTES),
    };
    let (id, secret) = hub.add_webhook(&actor, &name, &form).await?;
    let page = hub.webhook(&actor, &name, &id, 1).await?;
    Ok((StatusCode::CREATED, Json(WebhookDetails::new(page, Some(secret)))))
}

/// One webhook.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}", tag = "webhooks",
    operation_id = "get_webhook",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = WebhookDetails), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<Json<WebhookDetails>, Refusal> {
    Ok(Json(WebhookDetails::new(hub.webhook(&actor, &name, &id, 1).await?, None)))
}

/// Change a webhook.
#[utoipa::path(
    patch, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}", tag = "webhooks",
    operation_id = "change_webhook", request_body = WebhookChange,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = WebhookDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn change(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(change): Input<WebhookChange>,
) -> Result<Json<WebhookDetails>, Refusal> {
    let mut form = form_of(&hub, &actor, &name, &id).await?;
    form.name = change.name.unwrap_or(form.name);
    form.urls = change.webhooks.map_or(form.urls, urls);
    form.format = change.format.unwrap_or(form.format);
    form.waits = change.wait_for_callback.unwrap_or(form.waits);
    form.wait_minutes = change.wait_minutes.unwrap_or(form.wait_minutes);
    hub.edit_webhook(&actor, &name, &id, &form).await?;
    if let Some(is_on) = change.active {
        hub.set_webhook_on(&actor, &name, &id, is_on).await?;
    }
    Ok(Json(WebhookDetails::new(hub.webhook(&actor, &name, &id, 1).await?, None)))
}

/// Add a URL to the end of a chain.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/hooks", tag = "webhooks",
    operation_id = "add_hook", request_body = NewHook,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 201, body = WebhookDetails), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn add_hook(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(new): Input<NewHook>,
) -> Result<(StatusCode, Json<WebhookDetails>), Refusal> {
    let mut form = form_of(&hub, &actor, &name, &id).await?;
    form.urls.push(new.hook_url);
    hub.edit_webhook(&actor, &name, &id, &form).await?;
    let page = hub.webhook(&actor, &name, &id, 1).await?;
    Ok((StatusCode::CREATED, Json(WebhookDetails::new(page, None))))
}

/// Make a new secret.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/secret", tag = "webhooks",
    operation_id = "rotate_webhook",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = Secret), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn rotate(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<Json<Secret>, Refusal> {
    Ok(Json(Secret { secret: hub.rotate_webhook(&actor, &name, &id).await? }))
}

/// Delete a webhook with its history.
#[utoipa::path(
    delete, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}", tag = "webhooks",
    operation_id = "delete_webhook",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "Nothing more is sent"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn delete(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.delete_webhook(&actor, &name, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a webhook is now, as a form.
async fn form_of(hub: &Hub, actor: &Actor, name: &RepositoryName, id: &str) -> Result<WebhookForm, Refusal> {
    let page = hub.webhook(actor, name, id, 1).await?;
    Ok(WebhookForm {
        name: page.webhook.name,
        urls: page.webhook.urls,
        format: page.format,
        waits: page.waits,
        wait_minutes: page.wait_minutes,
    })
}
