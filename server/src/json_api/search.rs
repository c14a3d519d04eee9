//! Search: as Docker Hub's v2 API has it, and as `docker search` and `podman search` ask for it (`/v1/`).

use super::asking::{Asking, Searching};
use super::error::Refusal;
use super::paging::{PageParameters, Results, Wanted};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use axum::response::IntoResponse;
use hub::{Hub, SearchQuery};
use model::view::Hit;
use serde::Serialize;
use utoipa::ToSchema;

/// Found repositories that `docker search` gets when it does not say how many.
const USUAL: u32 = 25;
const STANDALONE: HeaderName = HeaderName::from_static("x-docker-registry-standalone");

/// A repository that was found, in Docker Hub's words.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundRepository {
    repo_name: String,
    repo_owner: String,
    short_description: String,
    star_count: u64,
    pull_count: u64,
    is_official: bool,
    is_automated: bool,
}

impl FoundRepository {
    fn new(hit: Hit) -> Self {
        Self {
            repo_name: hit.row.name.to_string(),
            repo_owner: hit.row.name.namespace().to_owned(),
            is_official: hit.row.name.is_official(),
            is_automated: false,
            short_description: hit.row.description,
            star_count: hit.row.stars,
            pull_count: hit.row.pulls,
        }
    }
}

/// Repositories that fit, the best first. At most some hundreds are counted.
#[utoipa::path(
    get, path = "/v2/search/repositories", tag = "search", operation_id = "search_repositories",
    security((), ("token" = [])),
    params(
        ("query" = Option<String>, Query, description = "At most 400 characters; empty: all, the most popular first"),
        PageParameters
    ),
    responses((status = 200, body = Results<FoundRepository>), (status = 400, body = Refusal))
)]
pub(super) async fn repositories(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    wanted: Wanted,
) -> Result<Json<Results<FoundRepository>>, Refusal> {
    let query = SearchQuery {
        text: wanted.get("query").unwrap_or_default().to_owned(),
        page: wanted.page,
        size: wanted.size,
        ..SearchQuery::default()
    };
    let page = hub.search(&actor, &query).await?;
    Ok(Json(wanted.results(page.hits, FoundRepository::new)))
}

/// What docker asks before it searches.
#[derive(Serialize, ToSchema)]
pub(super) struct Ping {
    /// Credentials go along with a search.
    standalone: bool,
}

/// Whether there is a search.
#[utoipa::path(
    get, path = "/v1/_ping", tag = "search", operation_id = "docker_ping", security(()),
    responses((status = 200, body = Ping))
)]
pub(super) async fn ping() -> impl IntoResponse {
    ([(STANDALONE, "true")], Json(Ping { standalone: true }))
}

/// What `docker search` prints.
#[derive(Serialize, ToSchema)]
pub(super) struct DockerResults {
    query: String,
    /// Rows in all pages.
    num_results: u64,
    num_pages: u64,
    page: u32,
    page_size: u32,
    results: Vec<DockerResult>,
}

#[derive(Serialize, ToSchema)]
struct DockerResult {
    name: String,
    description: String,
    star_count: u64,
    is_official: bool,
    is_automated: bool,
}

/// `docker search` and `podman search`.
#[utoipa::path(
    get, path = "/v1/search", tag = "search", operation_id = "docker_search", security((), ("password" = [])),
    params(
        ("q" = Option<String>, Query, description = "At most 400 characters"),
        ("n" = Option<u32>, Query, description = "Rows a page, 1 to 100; 25 without it"),
        ("page" = Option<u32>, Query, description = "From 1")
    ),
    responses((status = 200, body = DockerResults), (status = 400, body = Refusal), (status = 401, body = Refusal))
)]
pub(super) async fn docker(
    State(hub): State<Hub>,
    Searching(actor): Searching,
    wanted: Wanted,
) -> Result<Json<DockerResults>, Refusal> {
    let text = wanted.get("q").unwrap_or_default().to_owned();
    let size = wanted.number("n", USUAL)?.min(100);
    let query = SearchQuery { text, page: wanted.page, size, ..SearchQuery::default() };
    let hits = hub.search(&actor, &query).await?.hits;
    let result = |hit: Hit| DockerResult {
        name: hit.row.name.to_string(),
        is_official: hit.row.name.is_official(),
        is_automated: false,
        description: hit.row.description,
        star_count: hit.row.stars,
    };
    Ok(Json(DockerResults {
        query: query.text,
        num_results: hits.total,
        num_pages: hits.total.div_ceil(u64::from(size)),
        page: hits.number,
        page_size: size,
        results: hits.rows.into_iter().map(result).collect(),
    }))
}
