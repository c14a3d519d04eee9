//! How every page gets its data: one resource, made at the top, read in one place.

use super::refused::Refused;
use crate::api::Failure;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{Error, Missing, RepositoryName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;

/// Loads what `key` names and shows it; or why not.
pub(crate) fn loaded<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    load: impl Fn(K) -> F + Send + Sync + 'static,
    show: fn(T) -> AnyView,
) -> AnyView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let resource = Resource::new(key, load);
    view! {
        <Suspense fallback=|| view! { <div class="skeleton" aria-hidden="true"></div> }>
            {move || Suspend::new(async move {
                match resource.await {
                    Ok(data) => show(data),
                    Err(failure) => view! { <Refused failure/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The repository that the path names; one word alone is the operator's.
pub(crate) fn repository_name() -> Result<RepositoryName, Failure> {
    let params = use_params_map();
    let params = params.read();
    let namespace = params.get("namespace").unwrap_or_else(|| "library".into());
    let name = params.get("name").unwrap_or_default();
    format!("{namespace}/{name}").parse().map_err(|_| missing(Missing::Repository))
}

/// What an address that can not name anything is answered with.
pub(crate) fn missing(what: Missing) -> Failure {
    Failure::Refused(Error::NotFound(what))
}

/// The `page` of the address, from 1.
pub(crate) fn page_number() -> u32 {
    use_query_map().read().get("page").and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 1_000_000)
}
