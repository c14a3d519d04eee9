//! The audit log: of a namespace, of a repository, of the hub; as JSON in pages, or all of it as lines of JSON.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Named, NamedAccount};
use super::paging::{PageParameters, Results, Wanted};
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use hub::{Actor, AuditQuery, AuditScope, Hub};
use model::event::Event;
use model::view::{AuditRow, Means};
use model::{Error, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// Rows of an export that are read at once, and the most it has.
const STEP: u32 = 1000;
const MOST: u32 = 100;

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditLog {
    /// The namespace or repository that was asked for; empty: the hub.
    account: String,
    /// `repo.tag.push` and the like; see `/v2/auditlogs/{account}/actions`.
    action: &'static str,
    /// Who did it; empty: the hub itself.
    actor: String,
    /// The event with all its names, as they were then.
    data: serde_json::Value,
    /// RFC 3339.
    timestamp: String,
    /// Where the request came from; empty where there was none.
    address: String,
    /// `session`, `password`, `token` or empty.
    means: &'static str,
    /// The access token's label.
    token: Option<String>,
}

impl AuditLog {
    fn new(account: &str, row: AuditRow) -> Self {
        let (means, token) = match row.means {
            Means::None => ("", None),
            Means::Session => ("session", None),
            Means::Password => ("password", None),
            Means::Token(label) => ("token", Some(label)),
        };
        Self {
            account: account.to_owned(),
            action: row.event.action(),
            actor: row.actor,
            data: serde_json::to_value(&row.event).unwrap_or_default(),
            timestamp: moment(row.at),
            address: row.address,
            means,
            token,
        }
    }
}

/// The words that logs can be narrowed by.
#[derive(Serialize, ToSchema)]
pub(super) struct Actions {
    actions: Vec<&'static str>,
}

/// What happened in a namespace, the latest first.
#[utoipa::path(
    get, path = "/v2/auditlogs/{username}", tag = "audit logs", operation_id = "list_audit_logs",
    params(
        ("username" = String, Path), PageParameters, ("action" = Option<String>, Query),
        ("actor" = Option<String>, Query), ("from" = Option<String>, Query, description = "RFC 3339"),
        ("to" = Option<String>, Query, description = "RFC 3339, not this moment any more")
    ),
    responses(
        (status = 200, body = Results<AuditLog>), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    wanted: Wanted,
) -> Result<Json<Results<AuditLog>>, Refusal> {
    let account = name.to_string();
    page(&hub, &actor, &AuditScope::Namespace(name), &account, &wanted).await
}

/// What happened to a repository, the latest first.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/auditlogs", tag = "audit logs",
    operation_id = "list_repository_audit_logs",
    params(
        ("namespace" = String, Path), ("repository" = String, Path), PageParameters,
        ("action" = Option<String>, Query), ("actor" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query)
    ),
    responses(
        (status = 200, body = Results<AuditLog>), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn of_repository(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Json<Results<AuditLog>>, Refusal> {
    let account = name.to_string();
    page(&hub, &actor, &AuditScope::Repository(name), &account, &wanted).await
}

/// Every action that logs can be narrowed by.
#[utoipa::path(
    get, path = "/v2/auditlogs/{username}/actions", tag = "audit logs", operation_id = "list_audit_actions",
    params(("username" = String, Path)),
    responses((status = 200, body = Actions), (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal))
)]
pub(super) async fn actions(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
) -> Result<Json<Actions>, Refusal> {
    let query = AuditQuery { size: 1, ..AuditQuery::default() };
    hub.audit_log(&actor, &AuditScope::Namespace(name), &query).await?;
    Ok(Json(Actions { actions: Event::ACTIONS.to_vec() }))
}

/// A namespace's log as lines of JSON, at most 100,000.
#[utoipa::path(
    get, path = "/v2/auditlogs/{username}/export", tag = "audit logs", operation_id = "export_audit_logs",
    params(("username" = String, Path)),
    responses(
        (status = 200, description = "One object a line", content_type = "application/x-ndjson"),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn export(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedAccount(name): NamedAccount,
    wanted: Wanted,
) -> Result<Response, Refusal> {
    let account = name.to_string();
    lines(&hub, &actor, &AuditScope::Namespace(name), &account, &wanted).await
}

/// A repository's log as lines of JSON, at most 100,000.
#[utoipa::path(
    get, path = "/v2/repositories/{namespace}/{repository}/auditlogs/export", tag = "audit logs",
    operation_id = "export_repository_audit_logs",
    params(("namespace" = String, Path), ("repository" = String, Path)),
    responses(
        (status = 200, description = "One object a line", content_type = "application/x-ndjson"),
        (status = 401, body = Refusal), (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn export_repository(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Named(name): Named,
    wanted: Wanted,
) -> Result<Response, Refusal> {
    let account = name.to_string();
    lines(&hub, &actor, &AuditScope::Repository(name), &account, &wanted).await
}

/// What happened in the whole hub, the latest first; for site admins.
#[utoipa::path(
    get, path = "/api/auditlogs", tag = "audit logs", operation_id = "list_site_audit_logs",
    params(
        PageParameters, ("action" = Option<String>, Query), ("actor" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query)
    ),
    responses(
        (status = 200, body = Results<AuditLog>), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal)
    )
)]
pub(super) async fn of_site(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    wanted: Wanted,
) -> Result<Json<Results<AuditLog>>, Refusal> {
    page(&hub, &actor, &AuditScope::Site, "", &wanted).await
}

/// The hub's log as lines of JSON, at most 100,000; for site admins.
#[utoipa::path(
    get, path = "/api/auditlogs/export", tag = "audit logs", operation_id = "export_site_audit_logs",
    responses(
        (status = 200, description = "One object a line", content_type = "application/x-ndjson"),
        (status = 401, body = Refusal), (status = 403, body = Refusal)
    )
)]
pub(super) async fn export_site(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    wanted: Wanted,
) -> Result<Response, Refusal> {
    lines(&hub, &actor, &AuditScope::Site, "", &wanted).await
}

async fn page(
    hub: &Hub,
    actor: &Actor,
    scope: &AuditScope,
    account: &str,
    wanted: &Wanted,
) -> Result<Json<Results<AuditLog>>, Refusal> {
    let query = AuditQuery { page: wanted.page, size: wanted.size, ..narrowed(wanted)? };
    let rows = hub.audit_log(actor, scope, &query).await?.rows;
    Ok(Json(wanted.results(rows, |row| AuditLog::new(account, row))))
}

async fn lines(
    hub: &Hub,
    actor: &Actor,
    scope: &AuditScope,
    account: &str,
    wanted: &Wanted,
) -> Result<Response, Refusal> {
    let narrowed = narrowed(wanted)?;
    let mut text = String::new();
    for page in 1..=MOST {
        let query = AuditQuery { page, size: STEP, ..narrowed.clone() };
        let rows = hub.audit_log(actor, scope, &query).await?.rows.rows;
        let is_last = rows.len() < STEP.try_into().unwrap_or(usize::MAX);
        for row in rows {
            let line = serde_json::to_string(&AuditLog::new(account, row)).map_err(|_| Error::Internal)?;
            text.push_str(&line);
            text.push('\n');
        }
        if is_last {
            break;
        }
    }
    let headers = [
        (CONTENT_TYPE, "application/x-ndjson"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit-log.ndjson\""),
    ];
    Ok((headers, text).into_response())
}

fn narrowed(wanted: &Wanted) -> Result<AuditQuery, Refusal> {
    let text = |key| wanted.get(key).unwrap_or_default().to_owned();
    Ok(AuditQuery {
        action: text("action"),
        actor: text("actor"),
        from: time(wanted, "from")?,
        before: time(wanted, "to")?,
        ..AuditQuery::default()
    })
}

fn time(wanted: &Wanted, key: &str) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = wanted.get(key).filter(|text| !text.is_empty()) else { return Ok(None) };
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    let at = parsed.map_err(|_| Refusal::field(key, "must be RFC 3339"))?;
    Ok(Some(Timestamp(at.as_millisecond())))
}
