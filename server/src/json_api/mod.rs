//! Docker Hub's v2 API, so that its tools work after changing the host name (PROTOCOLS.md B7).
//!
//! One file a subject, one handler a call. Knows nothing of pages or of the registry's protocol.

mod access_tokens;
mod asking;
mod audit_logs;
mod auth;
mod collaborators;
mod comments;
mod error;
mod groups;
mod input;
mod invites;
mod moving;
mod openapi;
mod organization_tokens;
mod organizations;
mod paging;
mod people;
mod repositories;
mod search;
mod shape;
mod stars;
mod table;
mod tags;
mod webhooks;

pub use openapi::document;
pub use table::Route;

use crate::shared::Shared;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CACHE_CONTROL, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use error::{Moved, Refusal};
use model::{Error, Missing};
use table::Table;

/// Where the description of this API is served.
pub const OPENAPI: &str = "/api/openapi.json";

/// A namespace's repositories: Docker Hub's path, and the old one that tools still use.
const REPOSITORIES: [&str; 2] = ["/v2/namespaces/{namespace}/repositories", "/v2/repositories/{namespace}"];
/// One repository.
const REPOSITORY: [&str; 2] =
    ["/v2/namespaces/{namespace}/repositories/{repository}", "/v2/repositories/{namespace}/{repository}"];
/// Who else may push to it.
const COLLABORATORS: &str = "/v2/repositories/{namespace}/{repository}/collaborators";
/// The asker's star on it.
const STARS: &str = "/v2/repositories/{namespace}/{repository}/stars";
/// Who is told of pushes.
const WEBHOOKS: &str = "/v2/repositories/{namespace}/{repository}/webhooks";
/// One of them.
const WEBHOOK: &str = "/v2/repositories/{namespace}/{repository}/webhooks/{uuid}";
/// One of them.
const COLLABORATOR: &str = "/v2/repositories/{namespace}/{repository}/collaborators/{username}";
/// What people say about it.
const COMMENTS: &str = "/v2/repositories/{namespace}/{repository}/comments";
/// One of these.
const COMMENT: &str = "/v2/repositories/{namespace}/{repository}/comments/{uuid}";
/// Its tags.
const TAGS: [&str; 2] = [
    "/v2/namespaces/{namespace}/repositories/{repository}/tags",
    "/v2/repositories/{namespace}/{repository}/tags",
];
/// One tag.
const TAG: [&str; 2] = [
    "/v2/namespaces/{namespace}/repositories/{repository}/tags/{tag}",
    "/v2/repositories/{namespace}/{repository}/tags/{tag}",
];

fn table() -> Table {
    let table = webhook_table(organization_table(repository_table(account_table(Table::default()))));
    search_table(comment_table(table))
}

fn account_table(table: Table) -> Table {
    table
        .get(&[OPENAPI], openapi::serve)
        .post(&["/v2/auth/token"], auth::token)
        .post(&["/v2/users/login"], auth::login)
        .post(&["/v2/users/2fa-login"], auth::second_step)
        .get(&["/v2/access-tokens"], access_tokens::list)
        .post(&["/v2/access-tokens"], access_tokens::make)
        .get(&["/v2/access-tokens/{uuid}"], access_tokens::get)
        .patch(&["/v2/access-tokens/{uuid}"], access_tokens::change)
        .delete(&["/v2/access-tokens/{uuid}"], access_tokens::revoke)
        .get(&["/v2/user"], people::me)
        .get(&["/v2/users/{username}"], people::user)
        .get(&["/v2/user/orgs"], organizations::own)
        .get(&["/v2/users/{username}/registry-settings"], people::registry_settings)
        .get(&["/v2/users/{username}/repositories/starred"], stars::starred)
        .get(&["/api/auditlogs"], audit_logs::of_site)
        .get(&["/api/auditlogs/export"], audit_logs::export_site)
        .get(&["/v2/auditlogs/{username}"], audit_logs::list)
        .get(&["/v2/auditlogs/{username}/actions"], audit_logs::actions)
        .get(&["/v2/auditlogs/{username}/export"], audit_logs::export)
}

fn organization_table(table: Table) -> Table {
    table
        .post(&["/v2/orgs"], organizations::create)
        .get(&["/v2/orgs/{namespace}"], organizations::get)
        .get(&["/v2/orgs/{namespace}/members"], organizations::members)
        .get(&["/v2/orgs/{namespace}/members/export"], organizations::export)
        .put(&["/v2/orgs/{namespace}/members/{username}"], organizations::set_member)
        .delete(&["/v2/orgs/{namespace}/members/{username}"], organizations::remove_member)
        .get(&["/v2/orgs/{namespace}/invites"], invites::list)
        .delete(&["/v2/orgs/{namespace}/invites/{uuid}"], invites::revoke)
        .post(&["/v2/invites/bulk"], invites::invite)
        .delete(&["/v2/invites/{uuid}"], invites::revoke_by_id)
        .get(&["/v2/orgs/{namespace}/groups"], groups::list)
        .post(&["/v2/orgs/{namespace}/groups"], groups::create)
        .get(&["/v2/orgs/{namespace}/groups/{group}"], groups::get)
        .delete(&["/v2/orgs/{namespace}/groups/{group}"], groups::delete)
        .get(&["/v2/orgs/{namespace}/groups/{group}/members"], groups::members)
        .post(&["/v2/orgs/{namespace}/groups/{group}/members"], groups::add_member)
        .delete(&["/v2/orgs/{namespace}/groups/{group}/members/{username}"], groups::remove_member)
        .get(&["/v2/orgs/{namespace}/groups/{group}/repositories"], groups::repositories)
        .get(&["/v2/orgs/{namespace}/access-tokens"], organization_tokens::list)
        .post(&["/v2/orgs/{namespace}/access-tokens"], organization_tokens::make)
        .get(&["/v2/orgs/{namespace}/access-tokens/{uuid}"], organization_tokens::get)
        .delete(&["/v2/orgs/{namespace}/access-tokens/{uuid}"], organization_tokens::revoke)
}

fn webhook_table(table: Table) -> Table {
    use webhooks::{callback, runs};
    table
        .get(&[WEBHOOKS], webhooks::list)
        .post(&[WEBHOOKS], webhooks::make)
        .get(&[WEBHOOK], webhooks::get)
        .patch(&[WEBHOOK], webhooks::change)
        .delete(&[WEBHOOK], webhooks::delete)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/hooks"], webhooks::add_hook)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/secret"], webhooks::rotate)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/test"], runs::test)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/resend"], runs::resend)
        .get(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs"], runs::list)
        .get(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}"], runs::get)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/replay"], runs::replay)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/skip"], runs::skip)
        .post(&["/v2/repositories/{namespace}/{repository}/webhooks/{uuid}/runs/{run}/cancel"], runs::cancel)
        .post(&["/u/{namespace}/{repository}/hook/{uuid}"], callback::report)
        .get(&["/api/meta"], runs::meta)
}

fn comment_table(table: Table) -> Table {
    table
        .get(&[COMMENTS], comments::list)
        .post(&[COMMENTS], comments::add)
        .get(&[COMMENT], comments::get)
        .patch(&[COMMENT], comments::edit)
        .delete(&[COMMENT], comments::delete)
        .post(&["/v2/repositories/{namespace}/{repository}/comments/{uuid}/flag"], comments::flag)
        .post(&["/v2/repositories/{namespace}/{repository}/comments/{uuid}/hide"], comments::hide)
        .post(&["/v2/repositories/{namespace}/{repository}/comments/{uuid}/restore"], comments::restore)
        .post(&["/v2/repositories/{namespace}/{repository}/comments/{uuid}/approve"], comments::approve)
}

fn search_table(table: Table) -> Table {
    table
        .get(&["/v2/search/repositories"], search::repositories)
        .get(&["/v1/_ping"], search::ping)
        .get(&["/v1/search"], search::docker)
}

fn repository_table(table: Table) -> Table {
    table
        .get(&REPOSITORIES, repositories::list)
        .post(&REPOSITORIES[..1], repositories::create_in)
        .post(&["/v2/repositories"], repositories::create)
        .get(&REPOSITORY, repositories::get)
        .patch(&REPOSITORY, repositories::edit)
        .delete(&REPOSITORY, repositories::delete)
        .get(&[COLLABORATORS], collaborators::list)
        .post(&[COLLABORATORS], collaborators::add)
        .delete(&[COLLABORATOR], collaborators::remove)
        .post(&[STARS], stars::star)
        .delete(&[STARS], stars::unstar)
        .post(&["/v2/repositories/{namespace}/{repository}/privacy"], collaborators::set_privacy)
        .post(&["/v2/repositories/{namespace}/{repository}/rename"], moving::rename)
        .post(&["/v2/repositories/{namespace}/{repository}/transfer"], moving::transfer)
        .post(&["/v2/repositories/{namespace}/{repository}/groups"], groups::give)
        .delete(&["/v2/repositories/{namespace}/{repository}/groups/{group}"], groups::take)
        .get(&["/v2/repositories/{namespace}/{repository}/auditlogs"], audit_logs::of_repository)
        .get(&["/v2/repositories/{namespace}/{repository}/auditlogs/export"], audit_logs::export_repository)
        .get(&TAGS, tags::list)
        .get(&TAG, tags::get)
        .delete(&TAG, tags::delete)
}

/// Every call: its method and path. A `GET` answers `HEAD` too, and a slash at the end changes nothing.
#[must_use]
pub fn routes() -> Vec<Route> {
    table().routes
}

/// Answers every path of this API, and whatever else is sent here with a refusal in its format.
pub fn router(shared: Shared) -> Router {
    let largest = shared.rules.form_bytes;
    table()
        .router
        .fallback(async || Refusal::from(Error::NotFound(Missing::Page)))
        .method_not_allowed_fallback(async || {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this path does not take this method")
        })
        .layer(axum::middleware::from_fn(guarded))
        .layer(DefaultBodyLimit::max(largest))
        .with_state(shared)
}

/// What one person may see nothing on the way keeps for the next.
async fn guarded(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let location = response.extensions().get::<Moved>().and_then(|moved| moved.location(&path));
    let headers = response.headers_mut();
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(location) = location {
        headers.insert(LOCATION, location);
    }
    response
}
