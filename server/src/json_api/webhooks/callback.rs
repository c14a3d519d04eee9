//! Receivers' reports: the address that each payload names. Whoever knows it may use it, once.

use crate::json_api::error::Refusal;
use crate::json_api::input::NamedId;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use hub::{Hub, Reported};
use model::webhook::Callback;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A report is small; more is none.
const LARGEST: usize = 64 * 1024;

/// What a receiver reports.
#[derive(Deserialize, ToSchema)]
#[schema(as = Callback)]
pub(in crate::json_api) struct Report {
    /// `success`, `failure` or `error`. Anything but `success` stops the chain.
    state: Option<String>,
    /// At most 255 characters.
    description: Option<String>,
    /// At most 100 characters.
    context: Option<String>,
    /// Where the result is: http or https.
    target_url: Option<String>,
}

/// That it was taken.
#[derive(Serialize, ToSchema)]
pub(in crate::json_api) struct Accepted {
    status: &'static str,
}

/// Report how a step of a webhook went. The body is JSON, whatever its Content-Type says.
#[utoipa::path(
    post, path = "/u/{namespace}/{repository}/hook/{uuid}", tag = "webhooks", operation_id = "report_callback",
    security(()), request_body = Report,
    params(("namespace" = String, Path), ("repository" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 200, body = Accepted),
        (status = 400, body = Refusal, description = "Not a report; the step still waits"),
        (status = 404, body = Refusal, description = "Nobody was given this address"),
        (status = 409, body = Refusal, description = "There is a report already, or none is awaited yet"),
        (status = 410, body = Refusal, description = "The run is over, or the time was up")
    )
)]
pub(in crate::json_api) async fn report(
    State(hub): State<Hub>,
    NamedId(token): NamedId,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Accepted>, Refusal> {
    let bad = |message: &str| Refusal::new(StatusCode::BAD_REQUEST, message);
    let body = body.map_err(|_| bad("the body broke off or is too large"))?;
    if body.len() > LARGEST || body.trim_ascii_start().first() != Some(&b'{') {
        return Err(bad("the body must be a JSON object of at most 64 KiB"));
    }
    let report: Report = serde_json::from_slice(&body).map_err(|_| {
        bad("the body must be JSON: state (success, failure or error), and as texts description, context, target_url")
    })?;
    let text = |value: &Option<String>| value.as_deref().filter(|text| !text.is_empty()).map(str::to_owned);
    let (description, context, target_url) =
        (text(&report.description), text(&report.context), text(&report.target_url));
    let callback = Callback::checked(
        report.state.as_deref(),
        description.as_deref(),
        context.as_deref(),
        target_url.as_deref(),
    )?;
    match hub.report(&token, &callback).await? {
        Reported::Taken => Ok(Json(Accepted { status: "accepted" })),
        Reported::NotAwaited => Err(Refusal::new(
            StatusCode::CONFLICT,
            "no report is awaited here: there is one already, or the step was not called yet",
        )),
        Reported::TooLate => Err(Refusal::new(
            StatusCode::GONE,
            "this report is too late: the run is over, or its time was up",
        )),
    }
}
