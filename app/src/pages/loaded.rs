//! How every page gets its data: once, while the server renders it.

use super::refused::Refused;
use crate::api::Failure;
use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{Error, Missing, RepositoryName, Username};
use std::future::Future;

/// Waits for `page` and shows it; or why not.
pub(crate) fn loaded<T: Send + 'static>(
    page: impl Future<Output = Result<T, Failure>> + Send + 'static,
    show: fn(T) -> AnyView,
) -> AnyView {
    let view = async move {
        let view = match page.await {
            Ok(data) => show(data),
            Err(failure) => view! { <Refused failure/> }.into_any(),
        };
        // What has waited is written later, when nobody owns it any more; title and share tags need the owner.
        OwnedView::new(view)
    };
    Suspend::new(view).into_any()
}

/// The repository that the path names; one word alone is the operator's.
pub(crate) fn repository_name() -> Result<RepositoryName, Failure> {
    let params = use_params_map();
    let params = params.read();
    let namespace = params.get("namespace").unwrap_or_else(|| "library".into());
    let name = params.get("name").unwrap_or_default();
    format!("{namespace}/{name}").parse().map_err(|_| missing(Missing::Repository))
}

/// The person or organization that the path names.
pub(crate) fn namespace() -> Result<Username, Failure> {
    let text = use_params_map().read().get("user").unwrap_or_default();
    text.parse().map_err(|_| missing(Missing::Account))
}

/// What an address that can not name anything is answered with.
pub(crate) fn missing(what: Missing) -> Failure {
    Failure::Refused(Error::NotFound(what))
}

/// The `page` of the address, from 1.
pub(crate) fn page_number() -> u32 {
    use_query_map().read().get("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 1_000_000)
}
