//! Keeps the page of a run up with it.

use crate::api::live;
use crate::browser;
use leptos::prelude::*;
use model::RepositoryName;
use std::time::Duration;

/// How often it asks.
const EVERY: Duration = Duration::from_secs(1);

/// Loads the page again once the run is no longer as it was when the page showed it (`seen`).
#[island]
pub(crate) fn LiveRun(name: RepositoryName, webhook: String, run: String, seen: String) -> impl IntoView {
    Effect::new(move |_| watch(&name, &webhook, &run, &seen));
}

fn watch(name: &RepositoryName, webhook: &str, run: &str, seen: &str) {
    let (name, webhook, run, seen) = (name.clone(), webhook.to_owned(), run.to_owned(), seen.to_owned());
    let ask = move || {
        let (name, webhook, run, seen) = (name.clone(), webhook.clone(), run.clone(), seen.clone());
        leptos::task::spawn_local(async move {
            // The next question may be answered.
            if live::run_version(name, webhook, run).await.is_ok_and(|version| version != seen) {
                browser::reload();
            }
        });
    };
    set_interval(ask, EVERY);
}
