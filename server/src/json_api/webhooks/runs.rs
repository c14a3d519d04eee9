//! What became of pushes, and what an administrator does about it; and where deliveries come from.

use super::shape::{Run, RunDetails};
use crate::json_api::asking::Asking;
use crate::json_api::error::Refusal;
use crate::json_api::input::{Input, Named, NamedId, NamedRun};
use crate::json_api::paging::{Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::Hub;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A step of a run.
#[derive(Deserialize, ToSchema)]
pub(in crate::json_api) struct WhichStep {
    /// From 1.
    step: u32,
}

/// From when on.
#[derive(Deserialize, ToSchema)]
pub(in crate::json_api) struct Since {
    /// RFC 3339.
    since: String,
}

/// A run that was started.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Started {
    id: String,
}

/// How many runs were started.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Resent {
    runs: usize,
}

/// What a firewall in front of receivers has to know.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Meta {
    version: &'static str,
    /// Addresses and networks that deliveries come from, as the operator told them; empty: not told.
    webhook_sources: Vec<String>,
}

/// A webhook's history, the latest run first; 25 on a page.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs", tag = "webhooks",
    operation_id = "list_webhook_runs",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = Results<Run>), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    wanted: Wanted,
) -> Result<Json<Results<Run>>, Refusal> {
    let page = hub.webhook(&actor, &name, &id, wanted.page).await?.runs;
    Ok(Json(wanted.results(page, Run::new)))
}

/// One run with its steps and attempts.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}", tag = "webhooks",
    operation_id = "get_webhook_run",
    params(
        ("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path), ("run" = String, Path)
    ),
    responses(
        (status = 200, body = RunDetails), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    NamedRun(run): NamedRun,
) -> Result<Json<RunDetails>, Refusal> {
    let page = hub.webhook_run(&actor, &name, &id, &run).await?;
    Ok(Json(RunDetails::new(page.run, page.digest, page.steps)))
}

/// Send the latest push once more, as a test.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/test", tag = "webhooks",
    operation_id = "test_webhook",
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 201, body = Started), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn test(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
) -> Result<(StatusCode, Json<Started>), Refusal> {
    Ok((StatusCode::CREATED, Json(Started { id: hub.test_webhook(&actor, &name, &id).await? })))
}

/// Send the pushes that were missed while the webhook was off; at most 1,000.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/resend", tag = "webhooks",
    operation_id = "resend_missed", request_body = Since,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = Resent), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn resend(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    Input(since): Input<Since>,
) -> Result<Json<Resent>, Refusal> {
    let since: Result<jiff::Timestamp, _> = since.since.parse();
    let since = since.map_err(|_| Refusal::field("since", "must be RFC 3339"))?;
    let runs = hub.resend_missed(&actor, &name, &id, Timestamp(since.as_millisecond())).await?;
    Ok(Json(Resent { runs }))
}

/// A new run of the same payload, from a step on.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/replay", tag = "webhooks",
    operation_id = "replay_webhook_run", request_body = WhichStep,
    params(
        ("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path), ("run" = String, Path)
    ),
    responses(
        (status = 201, body = Started), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn replay(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    NamedRun(run): NamedRun,
    Input(which): Input<WhichStep>,
) -> Result<(StatusCode, Json<Started>), Refusal> {
    let id = hub.replay(&actor, &name, &id, &run, which.step).await?;
    Ok((StatusCode::CREATED, Json(Started { id })))
}

/// Go on without a step that is being sent or waited for.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/skip", tag = "webhooks",
    operation_id = "skip_webhook_step", request_body = WhichStep,
    params(
        ("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path), ("run" = String, Path)
    ),
    responses(
        (status = 204, description = "It goes on"), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn skip(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    NamedRun(run): NamedRun,
    Input(which): Input<WhichStep>,
) -> Result<StatusCode, Refusal> {
    hub.skip_step(&actor, &name, &id, &run, which.step).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End a run.
#[utoipa::path(
    post, path = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/cancel", tag = "webhooks",
    operation_id = "cancel_webhook_run",
    params(
        ("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path), ("run" = String, Path)
    ),
    responses(
        (status = 204, description = "Nothing more is sent"), (status = 400, body = Refusal),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(in crate::json_api) async fn cancel(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    NamedId(id): NamedId,
    NamedRun(run): NamedRun,
) -> Result<StatusCode, Refusal> {
    hub.cancel_run(&actor, &name, &id, &run).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where deliveries come from.
#[utoipa::path(
    get, path = "/api/meta", tag = "description", operation_id = "meta", security(()),
    responses((status = 200, body = Meta))
)]
pub(in crate::json_api) async fn meta(State(hub): State<Hub>) -> Json<Meta> {
    let webhook_sources = hub.settings().webhook_sources.clone();
    Json(Meta { version: env!("CARGO_PKG_VERSION"), webhook_sources })
}
